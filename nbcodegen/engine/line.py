"""The line between a kernel and an engine: messages in JSON, each side proves that it may speak.

The transport is Python's own (`multiprocessing.connection`): a Unix socket in a private folder or a
named pipe, with a challenge answered by HMAC. Nothing is pickled.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Client, Connection
from typing import Any

from nbcodegen.engine.places import Place
from nbcodegen.errors import Cancelled

LOOK_S = 0.05
"""How often one who waits looks whether to stop."""


class Lost(Exception):
    """Nobody is there, or no longer."""


def connect(place: Place) -> Connection:
    """Call an engine; raises `Lost`."""
    from multiprocessing import AuthenticationError

    try:
        return Client(place.address, authkey=bytes.fromhex(place.secret))
    except (OSError, EOFError, AuthenticationError, ValueError) as error:
        raise Lost(str(error)) from None


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
