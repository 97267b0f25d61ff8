"""A private view of the file system, for kernels without Landlock: `readable` folders, no more.

A new user and mount namespace (`unshare(2)`, `user_namespaces(7)`), a small file system in memory
as its root, and the folders in it, read-only. Children inherit it; the machine's own is untouched.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from nbcodegen.boundary.kernel import library

NEW_MOUNTS, NEW_USER = 0x00020000, 0x10000000
READ_ONLY, REMOUNT, BIND, RECURSIVE, PRIVATE = 1, 32, 4096, 16384, 1 << 18
NO_SET_UID, NO_DEVICES = 2, 4
ROOT = "/tmp"
"""Where the new root is put together, seen by this process only."""


def confine(paths: Iterable[str]) -> None:
    """Leave this process, and those it starts, only `paths` to read. For good.

    Raises OSError where the machine does not let users make namespaces. One thread only.
    """
    user, group = os.getuid(), os.getgid()
    library("unshare", NEW_USER | NEW_MOUNTS)
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    _mount("none", "/", "", RECURSIVE | PRIVATE)
    places = [(path, os.open(path, os.O_PATH | os.O_CLOEXEC)) for path in _outermost(paths)]
    _mount("tmpfs", ROOT, "tmpfs", NO_SET_UID | NO_DEVICES)
    for path, place in places:
        _show(f"/proc/self/fd/{place}", Path(ROOT + path))
        os.close(place)
    _mount("none", ROOT, "", REMOUNT | BIND | READ_ONLY)
    os.chroot(ROOT)
    os.chdir("/")


def _outermost(paths: Iterable[str]) -> list[str]:
    """Leave out what lies inside another: it comes along."""
    kept: list[str] = []
    for path in sorted(paths):
        if not any(Path(path).is_relative_to(outer) for outer in kept):
            kept.append(path)
    return kept


def _show(source: str, target: Path) -> None:
    if os.path.isdir(source):  # noqa: PTH112 - a descriptor's path, which Path would resolve
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    _mount(source, str(target), "", BIND | RECURSIVE)
    _mount("none", str(target), "", REMOUNT | BIND | READ_ONLY | NO_SET_UID)


def _mount(source: str, target: str, kind: str, flags: int) -> None:
    words = [ctypes.c_char_p(word.encode()) for word in (source, target, kind)]
    library("mount", *words, ctypes.c_ulong(flags), None)
