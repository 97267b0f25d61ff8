"""Whether a boundary holds: try what it should stop, harmlessly, and tell what went through."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path


def breaches() -> Iterator[str]:
    """Yield what this process could do though it should not; run it inside the boundary."""
    for what, attempt in _ATTEMPTS.items():
        try:
            attempt()
        except OSError:
            continue
        yield what


def _start_a_process() -> None:
    if os.fork() == 0:
        os._exit(0)


_ATTEMPTS: dict[str, Callable[[], object]] = {
    "list a folder of the system": lambda: list(Path("/var").iterdir()),
    "read a file of the system": lambda: os.close(os.open("/etc/passwd", os.O_RDONLY)),
    "read the process's environment": lambda: os.close(os.open("/proc/self/environ", os.O_RDONLY)),
    "open a file for writing": lambda: os.close(os.open("/dev/null", os.O_WRONLY)),
    "make a folder": lambda: Path("/dev/null").mkdir(),
    "make an internet socket": lambda: socket.socket(socket.AF_INET).close(),
    "make a local socket": lambda: socket.socket(socket.AF_UNIX).close(),
    "start a process": _start_a_process,
    "signal another process": lambda: os.kill(os.getppid(), 0),
}
