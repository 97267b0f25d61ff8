"""The line between a kernel and an engine: messages in JSON, each side proves that it may speak.

The transport is Python's own (`multiprocessing.connection`): a Unix socket in a private folder or a
named pipe, with a challenge answered by HMAC. Nothing is pickled.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, answer_challenge, deliver_challenge
from typing import Any, cast

from nbcodegen.engine.places import Place
from nbcodegen.errors import Cancelled

LOOK_S = 0.05
"""How often one who waits looks whether to stop."""
PROVE_S = 5.0
"""What a caller may take to prove that it knows the secret."""
_UNPROVED = (OSError, EOFError, AuthenticationError, ValueError, AssertionError)
"""A line that breaks, a wrong secret, and words that are none of the protocol's."""


class Lost(Exception):
    """Nobody is there, or no longer."""


def connect(place: Place) -> Connection:
    """Call an engine; raises `Lost`."""
    try:
        return Client(place.address, authkey=bytes.fromhex(place.secret))
    except _UNPROVED as error:
        raise Lost(str(error)) from None


def admit(line: Connection, secret: str) -> None:
    """Have a caller prove that it knows the secret, and prove it to the caller; raises `Lost`.

    The other side of `connect`, for the thread of that caller: a `Listener` that was told the
    secret would do the same before it takes the next call, for as long as this one pleases.
    """
    hurried = cast(Connection, _Hurried(line))
    try:
        deliver_challenge(hurried, bytes.fromhex(secret))
        answer_challenge(hurried, bytes.fromhex(secret))
    except _UNPROVED as error:
        line.close()
        raise Lost(str(error)) from None


class _Hurried:
    """A line that is read from for a while only."""

    def __init__(self, line: Connection) -> None:
        self._line, self._end = line, time.monotonic() + PROVE_S
        self.send_bytes = line.send_bytes

    def recv_bytes(self, most: int | None = None) -> bytes:
        if not self._line.poll(max(0.0, self._end - time.monotonic())):
            raise TimeoutError("said nothing")
        return self._line.recv_bytes(most)


def send(line: Connection, message: Mapping[str, Any]) -> None:
    """Send one message; raises `Lost`."""
    try:
        line.send_bytes(json.dumps(message).encode())
    except (OSError, ValueError) as error:
        raise Lost(str(error)) from None


def receive(line: Connection) -> dict[str, Any]:
    """Wait for one message; raises `Lost`."""
    try:
        return dict(json.loads(line.recv_bytes()))
    except (OSError, EOFError, ValueError) as error:
        raise Lost(str(error)) from None


def answers(line: Connection, stop: Callable[[], bool]) -> Iterator[dict[str, Any]]:
    """Yield messages as they come, up to the one that says `end`.

    Raises `Lost` when the line breaks, `Cancelled` on a stop; the line is closed in any case, by
    which the engine knows that nobody waits any more.
    """
    try:
        while True:
            if stop():
                raise Cancelled("Stopped.")
            if not _ready(line):
                continue
            told = receive(line)
            if "end" in told:
                return
            yield told
    finally:
        line.close()


def _ready(line: Connection) -> bool:
    try:
        return line.poll(LOOK_S)
    except (OSError, EOFError) as error:
        raise Lost(str(error)) from None
