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
    """One child, running or, once it has reported, waiting for a wish."""

    name: int
    child: int
    pipe: int
    orders: int
    deadline: float
    said: bytearray = field(default_factory=bytearray)
    rests: bool = False


class _Zygote:
    """The loop: messages in, children out, reports back."""

    def __init__(self, line: socket.socket, *, bounded: bool, confined: bool) -> None:
        self._line = line
        self._bounded, self._confined = bounded, confined
        self._payload = b""
        self._waiting: deque[dict[str, Any]] = deque()
        self._trials: dict[int, _Trial] = {}
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
                elif key.fd in self._trials:  # not ended by the message before it
                    self._hear(self._trials[key.fd])
            self._stop_the_late()
            self._fork_the_waiting()
            if not events and not self._trials:
                next(self._later, None)

    def _patience(self) -> float:
        if not self._trials:
            return IDLE_S
        return max(0.0, min(trial.deadline for trial in self._trials.values()) - time.monotonic())

    def _take(self, message: dict[str, Any], body: bytes) -> None:
        if message["op"] == "load":
            self._payload = body
        elif message["op"] == "run":
            self._waiting.append(message)
        elif message["op"] == "picture":
            for trial in self._trials.values():
                if trial.name == message["name"]:
                    os.write(trial.orders, b"!")
        elif message["op"] == "stop":
            self._waiting.clear()
            self._payload = b""
            for trial in list(self._trials.values()):
                self._bury(trial)
            wire.send(self._line, {"op": "stopped"})

    def _fork_the_waiting(self) -> None:
        running = sum(not trial.rests for trial in self._trials.values())
        for _ in range(min(self._at_once - running, len(self._waiting))):
            self._fork(self._waiting.popleft())

    def _fork(self, message: dict[str, Any]) -> None:
        granted = Limits(**message["limits"])
        token = bytes.fromhex(message["token"])
        task = Task(message["code"], token, granted, self._bounded, self._confined)
        inner, outer = os.pipe()
        wishes, orders = os.pipe()
        child = os.fork()
        if not child:
            payload = self._payload
            self._forget()
            perform(task, payload, outer, wishes)
        os.close(outer)
        os.close(wishes)
        deadline = time.monotonic() + granted.seconds
        self._trials[inner] = _Trial(message["name"], child, inner, orders, deadline)
        self._selector.register(inner, selectors.EVENT_READ)

    def _forget(self) -> None:
        """Keep nothing of other trials in a child's memory: neither code, tokens nor reports."""
        self._payload = b""
        self._waiting.clear()
        self._trials.clear()

    def _hear(self, trial: _Trial) -> None:
        part = os.read(trial.pipe, 1 << 16)
        trial.said += part
        try:
            raw = report.parted(trial.said)
        except report.Forged:
            self._end(trial, "Flooded")
            return
        if raw is not None:
            self._tell(trial, raw)
            trial.rests = True
        elif not part:
            self._end(trial, "")

    def _stop_the_late(self) -> None:
        now = time.monotonic()
        for trial in list(self._trials.values()):
            if trial.deadline <= now:
                self._end(trial, "Stopped")

    def _end(self, trial: _Trial, how: str) -> None:
        """A child that will say no more; told only where it had not reported yet."""
        number = self._bury(trial)
        self._tell(trial, b"", how, 0 if how else number)

    def _tell(self, trial: _Trial, raw: bytes, how: str = "", number: int = 0) -> None:
        op = "pictured" if trial.rests else "reported"
        message = {"op": op, "name": trial.name, "how": how, "signal": number}
        wire.send(self._line, message, raw)

    def _bury(self, trial: _Trial) -> int:
        """End a child: it and its threads are gone after this. Returns the signal that ended it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(trial.child, signal.SIGKILL)
        _, status = os.waitpid(trial.child, 0)
        self._selector.unregister(trial.pipe)
        for end in (trial.pipe, trial.orders):
            os.close(end)
        del self._trials[trial.pipe]
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


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
        sys.executable, "-s", "-X", "utf8", "-c", program, json.dumps(path), str(number),
        "bounded" if bounded else "unbounded",
    ]  # fmt: skip
