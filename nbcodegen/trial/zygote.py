"""The process that trials are forked from: libraries loaded once, one thread, no data of its own.

It reads messages from the kernel that started it, forks a child for each trial, keeps its time,
and passes its bytes on unread. It ends when the kernel does.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from nbcodegen.boundary import Limits, breaches, enclose, limits, mounts, readable, support
from nbcodegen.trial import report, wire
from nbcodegen.trial.child import Task, perform

MOST_AT_ONCE = 4
IDLE_S = 0.5
"""After so long without work it loads what charts may need later."""


def main(number: int, *, bounded: bool) -> None:
    """Serve the socket with that file descriptor until its other end closes."""
    line = socket.socket(fileno=number)
    with contextlib.suppress(wire.Ended):
        try:
            guard = _prepare(bounded=bounded)
        except Exception as error:  # told to the kernel, which tells the user
            wire.send(line, {"op": "failed", "why": f"{type(error).__name__}: {error}"})
            return
        wire.send(line, {"op": "ready", **guard})
        _Zygote(line, bounded=bounded, confined=bool(guard.get("confined"))).serve()


def _prepare(*, bounded: bool) -> dict[str, Any]:
    """Load the libraries, then try whether the boundary holds."""
    import resource  # noqa: F401 - loaded here, so that no child has to

    from nbcodegen.trial.warming import warm

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the kernel's to handle
    warm()
    readable.readable()
    limits.measure()
    gc.collect()
    gc.freeze()  # forks share what nobody collects
    if not bounded:
        return {"files": "no boundary"}
    found = support()
    confined = not found.landlock
    if confined:
        mounts.confine(readable.readable())
    through = _breaches(confined=confined)
    if through:
        raise OSError(f"the boundary lets code {', '.join(through)}")
    return {"files": found.files, "confined": confined}


def _breaches(*, confined: bool) -> list[str]:
    """Try the boundary in a child, which tells what it could do."""
    inner, outer = os.pipe()
    child = os.fork()
    if not child:
        try:
            enclose(Limits(), confined=confined)
            said = list(breaches.breaches())
        except BaseException as error:
            said = [f"not be enclosed: {error}"]
        os.write(outer, json.dumps(said).encode())
        os._exit(0)
    os.close(outer)
    with os.fdopen(inner, "rb") as told:
        text = told.read()
    os.waitpid(child, 0)
    return list(json.loads(text or b'["end the process that tried it"]'))


@dataclass
class _Trial:
    """One running child."""

    name: int
    child: int
    pipe: int
    deadline: float
    started: float
    said: bytearray = field(default_factory=bytearray)
    ended: str = ""


class _Zygote:
    """The loop: messages in, children out, reports back."""

    def __init__(self, line: socket.socket, *, bounded: bool, confined: bool) -> None:
        self._line = line
        self._bounded, self._confined = bounded, confined
        self._payload = b""
        self._waiting: deque[dict[str, Any]] = deque()
        self._running: dict[int, _Trial] = {}
        self._dying: deque[_Trial] = deque()
        self._selector = selectors.DefaultSelector()
        self._selector.register(line, selectors.EVENT_READ)
        self._at_once = min(MOST_AT_ONCE, len(os.sched_getaffinity(0)))
        self._later: Iterator[object] = _later()

    def serve(self) -> NoReturn:
        """Work until the line ends (`wire.Ended`)."""
        while True:
            events = self._selector.select(self._patience())
            for key, _ in events:
                if key.fileobj is self._line:
                    self._take(*wire.receive(self._line))
                elif key.fd in self._running:  # not stopped by the message before it
                    self._hear(self._running[key.fd])
            self._stop_the_late()
            self._fork_the_waiting()  # first, as taking a process down takes a while
            self._bury()
            if not events and not self._running:
                next(self._later, None)

    def _patience(self) -> float | None:
        if not self._running:
            return IDLE_S
        return max(0.0, min(trial.deadline for trial in self._running.values()) - time.monotonic())

    def _take(self, message: dict[str, Any], body: bytes) -> None:
        if message["op"] == "load":
            self._payload = body
        elif message["op"] == "run":
            self._waiting.append(message)
        elif message["op"] == "stop":
            self._waiting.clear()
            self._payload = b""
            for trial in list(self._running.values()):
                self._end(trial, "Stopped")
            self._bury()
            wire.send(self._line, {"op": "stopped"})

    def _fork_the_waiting(self) -> None:
        while self._waiting and len(self._running) < self._at_once:
            self._fork(self._waiting.popleft())

    def _fork(self, message: dict[str, Any]) -> None:
        granted = Limits(**message["limits"])
        token = bytes.fromhex(message["token"])
        task = Task(message["code"], token, granted, self._bounded, self._confined)
        inner, outer = os.pipe()
        now = time.monotonic()
        child = os.fork()
        if not child:
            payload = self._payload
            self._forget()
            perform(task, payload, outer)
        os.close(outer)
        self._running[inner] = _Trial(message["name"], child, inner, now + granted.seconds, now)
        self._selector.register(inner, selectors.EVENT_READ)

    def _forget(self) -> None:
        """Keep nothing of other trials in a child's memory: neither code, tokens nor reports."""
        self._payload = b""
        self._waiting.clear()
        self._running.clear()
        self._dying.clear()

    def _hear(self, trial: _Trial) -> None:
        part = os.read(trial.pipe, 1 << 16)
        trial.said += part
        if len(trial.said) > report.MAX_BYTES:
            self._end(trial, "Flooded")
        elif not part:
            self._end(trial, "")

    def _stop_the_late(self) -> None:
        now = time.monotonic()
        for trial in list(self._running.values()):
            if trial.deadline <= now:
                self._end(trial, "Stopped")

    def _end(self, trial: _Trial, how: str) -> None:
        """End a child that has reported, or may no longer."""
        trial.ended = how
        with contextlib.suppress(ProcessLookupError):
            os.kill(trial.child, signal.SIGKILL)
        self._selector.unregister(trial.pipe)
        os.close(trial.pipe)
        del self._running[trial.pipe]
        self._dying.append(trial)

    def _bury(self) -> None:
        """Pass on what the ended have said, once they and their threads are gone."""
        while self._dying:
            trial = self._dying.popleft()
            _, status = os.waitpid(trial.child, 0)
            number = os.WTERMSIG(status) if os.WIFSIGNALED(status) and not trial.ended else 0
            message = {"op": "ended", "name": trial.name, "how": trial.ended, "signal": number}
            wire.send(self._line, message, b"" if trial.ended else bytes(trial.said))


def _later() -> Iterator[object]:
    from nbcodegen.trial.warming import LATER

    for load in LATER:
        yield load()


def command(number: int, path: list[str], *, bounded: bool) -> list[str]:
    """The command line that starts a zygote with this process's folders of libraries."""
    program = (
        "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
        "from nbcodegen.trial.zygote import main; "
        "main(int(sys.argv[2]), bounded=sys.argv[3] == 'bounded')"
    )
    return [
        sys.executable, "-I", "-X", "utf8", "-c", program, json.dumps(path), str(number),
        "bounded" if bounded else "unbounded",
    ]  # fmt: skip
