"""The engine itself: opens one model, answers kernels, ends when nobody has asked for a while."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Listener
from typing import Any

from nbcodegen.causal.opening import Opened, What, open_writer
from nbcodegen.causal.reading import Tell
from nbcodegen.engine import places
from nbcodegen.engine.line import LOOK_S, Lost, admit, receive, send
from nbcodegen.engine.requests import steps
from nbcodegen.engine.turns import Job, Message, Turns, problem
from nbcodegen.errors import GenerateError

IDLE_S = 30 * 60.0
"""Without a request for so long it ends and gives the memory back; NBCODEGEN_ENGINE_IDLE_S."""
TELL_S = 0.5
"""How often one who waits for the model to open hears that it still does."""
LINGER_S = 2.0
"""After a model that could not be opened, so that all who wait hear why."""


@dataclass(slots=True)
class _State:
    """How the engine stands: opening, open, or broken."""

    share: float = 0.0
    """Of the way, while it opens."""
    opened: Opened | None = None
    failed: Message | None = None


class Engine:
    """One model, and those who ask."""

    def __init__(self, what: What, opened: Callable[[What, Tell], Opened], idle: float) -> None:
        self._what, self._open, self._idle = what, opened, idle
        self._state = _State()
        self._ready = threading.Event()
        self._inbox: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._began = time.time()
        self._turns = Turns(self._steps)

    def listen(self, listener: Listener, secret: str) -> None:
        """Take calls, each in a thread of its own, until the process ends.

        Who knows the secret is found out there too: one who stalls over it holds up nobody.
        """
        while True:
            try:
                line = listener.accept()
                threading.Thread(target=self._admit, args=(line, secret), daemon=True).start()
            except Exception:  # hung up, or no room for more just now; a deaf engine is none
                time.sleep(LOOK_S)

    def run(self) -> None:
        """Open the model, then work until nobody has asked for a while."""
        try:
            self._state.opened = self._open(self._what, self._tell)
        except Exception as error:
            if not isinstance(error, GenerateError):
                traceback.print_exc()
            self._state.failed = problem(error)
        self._ready.set()
        if self._state.failed:
            time.sleep(LINGER_S)
            return
        while (job := self._next()) is not None:
            self._turns.take(job)
            while self._turns.busy:
                self._turns.step()
                while not self._inbox.empty():
                    if (job := self._inbox.get()) is None:
                        return
                    self._turns.take(job)

    def _tell(self, share: float) -> None:
        self._state.share = share

    def _next(self) -> Job | None:
        try:
            return self._inbox.get(timeout=self._idle)
        except queue.Empty:
            return None

    def _steps(self, message: Mapping[str, Any]) -> Iterator[Message | None]:
        assert self._state.opened is not None
        return steps(self._state.opened, message)

    def _admit(self, line: Connection, secret: str) -> None:
        with suppress(Lost):
            admit(line, secret)
            self._hear(line)

    def _hear(self, line: Connection) -> None:
        """One caller: one question, its answers, and the end."""
        mailbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        gone = threading.Event()
        threading.Thread(target=_speak, args=(line, mailbox, gone), daemon=True).start()
        try:
            message = receive(line)
            if message.get("do") == "status":
                mailbox.put(self.status())
                mailbox.put({"end": True})
            elif message.get("do") == "stop":
                mailbox.put({"end": True})
                self._inbox.put(None)
            else:
                self._wait_for_model(mailbox, gone)
                if self._state.opened is not None:
                    mailbox.put(self._about(self._state.opened))
                    self._inbox.put(Job(message, mailbox.put, gone.is_set))
            receive(line)  # says nothing more: this returns when the caller hangs up
        except Lost:
            pass
        gone.set()
        mailbox.put(None)

    def _wait_for_model(
        self, mailbox: queue.SimpleQueue[Message | None], gone: threading.Event
    ) -> None:
        while not self._ready.wait(TELL_S) and not gone.is_set():
            seconds = round(time.time() - self._began, 1)
            mailbox.put({"opening": seconds, "share": round(self._state.share, 3)})
        if self._state.failed:
            mailbox.put(self._state.failed)
            mailbox.put({"end": True})

    def _about(self, opened: Opened) -> Message:
        return {"revision": opened.revision, "form": opened.form, "about": opened.about}

    def status(self) -> Message:
        """How it stands, for people."""
        state = self._state
        about = "could not be opened" if state.failed else f"opening, {state.share:.0%}"
        if state.opened is not None:
            about = state.opened.about
        return {
            "pid": os.getpid(), "model": self._what.name, "adapter": self._what.adapter,
            "about": about, "served": self._turns.served,
        }  # fmt: skip


def _speak(
    line: Connection, mailbox: queue.SimpleQueue[Message | None], gone: threading.Event
) -> None:
    """Send what is in the mailbox: a caller that does not read holds up its own thread only."""
    while (message := mailbox.get()) is not None:
        try:
            send(line, message)
        except Lost:
            gone.set()
    line.close()


def main() -> None:
    """Read what to open from standard input, and serve it."""
    task = json.load(sys.stdin)
    what = What(**task["what"])
    secret = str(task["secret"])
    idle = float(os.environ.get("NBCODEGEN_ENGINE_IDLE_S") or IDLE_S)
    engine = Engine(what, open_writer, idle)
    with Listener(backlog=16) as listener:
        threading.Thread(target=engine.listen, args=(listener, secret), daemon=True).start()
        place = places.Place(task["key"], os.getpid(), str(listener.address), secret, what.name)
        places.write(place)
        try:
            engine.run()
        finally:
            places.remove(place.key, place.pid)
    # Threads that wait for calls hold nothing that must be put away.
    sys.stdout.flush()
    os._exit(0)
