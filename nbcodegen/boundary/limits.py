"""How much a process may use: rlimits, which it cannot raise."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """What one trial may use."""

    seconds: float = 8.0
    """Elapsed time, which the parent keeps; processor time is this, rounded up."""
    memory: int = 1 << 30
    """Bytes of address space beyond what the process has when it starts."""
    open_files: int = 64
    threads: int = 256
    """Beyond those that the user's processes have; the system does not count root's."""


def measure() -> None:
    """Look at what there is, once: limits are counted from it, and inside nobody can look."""
    address_space()
    threads_of_user()


def apply(limits: Limits) -> None:
    """Set them for this process. Nothing can be written: files may have no size."""
    import resource  # not on Windows

    seconds = int(limits.seconds) + 1
    room = address_space() + limits.memory
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, room),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, threads_of_user() + limits.threads),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


@lru_cache(maxsize=1)
def threads_of_user() -> int:
    """Threads of all the user's processes when first asked; forks inherit the answer."""
    user, count = os.getuid(), 0
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):  # processes come and go
            if folder.name.isdigit() and folder.stat().st_uid == user:
                count += int((folder / "stat").read_text("utf-8", "replace").split()[-33])
    return count


@lru_cache(maxsize=1)
def address_space() -> int:
    """Bytes of address space in use when first asked; forks inherit the answer."""
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()
