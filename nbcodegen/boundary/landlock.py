"""Reading limited to some folders, and nothing written: Landlock.

Source: the kernel's "Landlock: unprivileged access control" (userspace API), ABI 1 to 7.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

from nbcodegen.boundary.kernel import call

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""The same numbers on every architecture."""
ASK_VERSION = 1
PATH_BENEATH = 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3
RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""Version -> how many rights over files it knows; later versions add none."""
NETWORK, SCOPES = (4, 0b11), (6, 0b11)
"""From this version on: binding and connecting TCP; abstract sockets and signals."""


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # what `_pack_` means; Python 3.14 wants it said
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """Return the version that this kernel offers; 0 where it has none or it is turned off."""
    try:
        return call(CREATE_RULESET, None, 0, ASK_VERSION)
    except OSError:
        return 0


def allow_reading(paths: Iterable[str]) -> None:
    """Deny this process every file but those under `paths`, which can be read. For good."""
    known = version()
    if not known:
        raise OSError("this kernel has no Landlock")
    files = (1 << max(count for since, count in RIGHTS.items() if since <= known)) - 1
    network, scopes = (bits if known >= since else 0 for since, bits in (NETWORK, SCOPES))
    wanted = _Ruleset(files, network, scopes)
    size = 24 if scopes else 16 if network else 8
    ruleset = call(CREATE_RULESET, ctypes.byref(wanted), size, 0)
    try:
        for path in paths:
            _allow(ruleset, path)
        call(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this machine: nothing to allow
    try:
        folder = stat.S_ISDIR(os.fstat(place).st_mode)
        rule = _PathBeneath(READ_FILE | READ_DIR if folder else READ_FILE, place)
        call(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(place)
