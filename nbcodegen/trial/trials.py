"""The kernel's end of the zygote: start it, send it code and samples, read reports."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from nbcodegen.boundary import Limits, support
from nbcodegen.footprint import names_in
from nbcodegen.trial import alone, wire, zygote
from nbcodegen.trial.batch import Batch, nobody, not_tried, read
from nbcodegen.trial.sample import Sample
from nbcodegen.values import Report

START_S = 60.0
"""How long the first start may take: fonts are listed once for each user."""
LOOK_S = 0.05
"""How often a waiting kernel looks whether it should stop."""
KEPT = (
    "HOME", "LANG", "LC_ALL", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
    "LD_LIBRARY_PATH", "SYSTEMROOT",
)  # fmt: skip
"""Variables that libraries need to load; the trial's own environment is empty."""
ONE_THREAD = {
    **{f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR")},
    **dict.fromkeys(("MALLOC_CONF", "JE_ARROW_MALLOC_CONF"), "background_thread:false"),
}
"""What keeps libraries from starting threads, which a fork would lose."""
LARGE_PAGES = {"PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""Memory in fewer pieces: a fork copies the list of them, and its end takes that down again. It
makes both three times as fast where the kernel and the C library know it; else it changes nothing.
"""


class Trials:
    """Runs candidates on copies of tables. Used from any thread, one batch at a time."""

    def __init__(self, *, seconds: float = 8.0, unbounded: bool = False) -> None:
        """`unbounded` lets code run where no boundary can be had; elsewhere it changes nothing."""
        self._limits = Limits(seconds=seconds)
        self._unbounded = unbounded
        self._bounded = not (unbounded and support().missing)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._owner = 0
        self._guard: dict[str, Any] = {}
        self._refusal = ""
        self._unanswered = 0
        """Stops that the zygote has not confirmed: it takes down children while we go on."""

    def __enter__(self) -> Trials:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def refusal(self) -> str:
        """Why nothing is tried; empty where trials are possible as far as is known."""
        return self._refusal or (support().missing if self._bounded else "")

    @property
    def guard(self) -> str:
        """What holds trials, in words; where the zygote has not started, what would."""
        if not self._bounded:
            return "no boundary: you chose trial=unbounded"
        files = self._guard.get("files") or support().files
        return f"seccomp and {files}"

    @property
    def process(self) -> int | None:
        """The zygote's process, while it runs."""
        return self._process.pid if self._process and self._owner == os.getpid() else None

    def start(self) -> None:
        """Begin to load the zygote and return at once; a zygote that runs is kept."""
        if self.refusal or not _forks():
            return
        if self._line is not None and self._owner == os.getpid():
            return
        ours, theirs = socket.socketpair()
        with theirs:
            command = zygote.command(theirs.fileno(), _libraries(), bounded=self._bounded)
            self._process = subprocess.Popen(
                command,
                pass_fds=(theirs.fileno(),),
                env=_environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._line, self._owner, self._guard = ours, os.getpid(), {}

    def run(
        self,
        codes: Sequence[str],
        sample: Sample,
        stop: Callable[[], bool] = lambda: False,
        pick: Callable[[Sequence[Report]], Sequence[int]] = lambda reports: (),
        early: Callable[[int, Report], None] = nobody,
    ) -> tuple[Report, ...]:
        """Try each code on its own copy of the sample; a report for each, in order.

        `pick` says whose charts to draw pictures of. Where trials take long, `early` is told of
        each that ran before the others have ended. Raises nothing for what the code does. Codes
        after a stop come back as not tried.
        """
        if self.refusal:
            return tuple(not_tried(self.refusal) for _ in codes)
        counts = [sample.of(names_in(code)) for code in codes]
        batch = Batch(codes, sample, counts, stop, pick, early)
        with self._lock:
            try:
                self._serve(batch)
                return batch.reports("stopped")
            except wire.Ended as error:
                self._drop()
                return batch.reports(self._refusal or f"the process for trials ended: {error}")
            except BaseException:  # an interrupt: what was said meanwhile must not be read later
                self._drop()
                raise

    def close(self) -> None:
        """End the zygote and all that it runs."""
        with self._lock:
            self._drop()

    def _serve(self, batch: Batch) -> None:
        if not _forks():
            command, env = alone.command(_libraries()), _environment()
            batch.found = alone.served(
                batch.codes, batch.sample, self._limits, batch.stop, command=command, env=env
            )
            return
        line = self._ready(batch.stop)
        if line is None:
            return
        wire.send(line, {"op": "load"}, batch.sample.payload)
        for place, (code, token) in enumerate(zip(batch.codes, batch.tokens, strict=True)):
            task = {"name": place, "code": code, "token": token.hex()}
            wire.send(line, {"op": "run", **task, "limits": asdict(self._limits)})
        while len(batch.found) < len(batch.codes) and not batch.stop():
            self._hear(line, batch, batch.has_news)
            if batch.is_late and len(batch.found) < len(batch.codes):
                self._draw(line, batch)
                batch.tell()
        if not batch.stop():
            self._draw(line, batch)
        while not batch.wished <= batch.pictured and not batch.stop():
            self._hear(line, batch)
        wire.send(line, {"op": "stop"})  # its children, and to keep the sample
        self._unanswered += 1

    def _draw(self, line: socket.socket, batch: Batch) -> None:
        for place in batch.wishes():
            wire.send(line, {"op": "picture", "name": place})

    def _hear(
        self, line: socket.socket, batch: Batch, enough: Callable[[], bool] = lambda: False
    ) -> None:
        """Read one message; those of a batch that was stopped before are let go."""
        message, body = self._message(line, lambda: batch.stop() or enough())
        if message.get("op") == "stopped":
            self._unanswered -= 1
        elif message and not self._unanswered:
            place = message["name"]
            said = read(body, batch.tokens[place], message["how"], message["signal"])
            if message["op"] == "reported":
                batch.found[place] = said
            else:
                batch.pictured.add(place)
                if said.ran:
                    batch.found[place] = said

    def _ready(self, stop: Callable[[], bool]) -> socket.socket | None:
        self.start()
        line = self._line
        assert line is not None
        end = time.monotonic() + START_S
        while not self._guard and not stop():
            message, _ = self._message(line, lambda: stop() or time.monotonic() > end)
            if message.get("op") == "failed":
                return self._refused(str(message["why"]), stop)
            self._guard = message
        return line if self._guard else None

    def _refused(self, why: str, stop: Callable[[], bool]) -> socket.socket | None:
        """The boundary does not hold on this machine."""
        self._drop()
        if self._bounded and self._unbounded:
            self._bounded = False
            return self._ready(stop)
        self._refusal = why
        raise wire.Ended(why)

    def _message(
        self, line: socket.socket, stop: Callable[[], bool]
    ) -> tuple[dict[str, Any], bytes]:
        """Wait for a message, looking now and then whether to stop; {} where it was to."""
        import select

        while not select.select([line], [], [], LOOK_S)[0]:
            if stop():
                return {}, b""
        return wire.receive(line)

    def _drop(self) -> None:
        """Leave the zygote. In a fork of the kernel it is not ours to end."""
        if self._line is not None:
            self._line.close()
        process, self._process, self._line = self._process, None, None
        self._guard, self._unanswered = {}, 0
        if process is None or self._owner != os.getpid():
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        process.wait()


def _forks() -> bool:
    """Whether a zygote can be had: elsewhere each trial is a fresh process."""
    return sys.platform.startswith("linux")


def _libraries() -> list[str]:
    """Folders that this process imports from, without the notebook's own."""
    here = Path.cwd()
    return [path for path in sys.path if os.path.isabs(path) and Path(path) != here]  # noqa: PTH117


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | ONE_THREAD | LARGE_PAGES | {"MPLBACKEND": "Agg"}
