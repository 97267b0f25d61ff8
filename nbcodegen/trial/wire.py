"""Messages between a kernel and its zygote: a line of JSON and some bytes, over a socket.

length of the line (4 bytes) | length of the bytes (4 bytes) | line | bytes
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_LENGTHS = struct.Struct("!II")


class Ended(Exception):
    """The other side is gone."""


def send(line: socket.socket, message: dict[str, Any], body: bytes = b"") -> None:
    """Send one message; raises `Ended` if nobody is there."""
    head = json.dumps(message).encode()
    try:
        line.sendall(_LENGTHS.pack(len(head), len(body)) + head)
        line.sendall(body)
    except OSError as error:
        raise Ended(str(error)) from None


def receive(line: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Wait for one message; raises `Ended` at the end of the line, TimeoutError at its time-out."""
    head, body = _LENGTHS.unpack(_exactly(line, _LENGTHS.size))
    message = json.loads(_exactly(line, head))
    return message, _exactly(line, body)


def _exactly(line: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        try:
            part = line.recv(min(1 << 20, count - len(parts)))
        except TimeoutError:
            raise
        except OSError as error:
            raise Ended(str(error)) from None
        if not part:
            raise Ended("the line was closed")
        parts += part
    return bytes(parts)
