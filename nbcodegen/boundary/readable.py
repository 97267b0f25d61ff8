"""What code under trial may read: Python's own libraries, fonts, time zones, and no data."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/fonts",
    "/usr/local/share/fonts", "/usr/share/zoneinfo", "/etc/localtime", "/etc/fonts",
    "/etc/ld.so.cache", "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom",
)  # fmt: skip
PACKAGES = (
    "numpy", "pandas", "matplotlib", "PIL", "scipy", "dateutil", "pytz", "tzdata",
    "fontTools", "pyarrow", "polars", "duckdb", "seaborn",
)  # fmt: skip
"""Their own folders, wherever they are: they read fonts, time zones and parts of theirs late."""
OF_THE_USER = (".fonts", ".local/share/fonts")


@lru_cache(maxsize=1)
def readable() -> tuple[str, ...]:
    """Return files and folders, resolved; those that are not there are left out.

    Folders that hold code by Python's own layout, never one that PYTHONPATH or a notebook's
    folder put on the path: those may hold data. Of these, only the packages that tables and charts
    need: modules of a shared machine often come by PYTHONPATH.
    """
    layout = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    libraries = [Path(prefix) / "lib" for prefix in (sys.prefix, sys.base_prefix)]
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises without a home
    wanted: list[str | Path | None] = [
        *layout,
        *libraries,
        *site.getsitepackages(),
        site.getusersitepackages(),
        *_packages(),
        Path(__file__).resolve().parents[1],
        *SYSTEM,
        *(home / folder for folder in OF_THE_USER),
    ]
    found = [Path(path).resolve() for path in wanted if path and Path(path).exists()]
    return tuple(dict.fromkeys(str(path) for path in found if path != Path("/")))


def _packages() -> Iterator[str]:
    for name in PACKAGES:
        spec = find_spec(name)
        # A folder of data that happens to have such a name is a namespace without an origin.
        if spec and spec.origin:
            yield from spec.submodule_search_locations or ()
