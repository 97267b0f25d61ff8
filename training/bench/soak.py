"""Thousands of requests in one kernel: what grows, and whether the tables stay as they are."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbcodegen.training.bench.kernel import Session, session

WARM = 100
"""Requests before the first look: caches fill and libraries load."""
# Weak references are not counted: pandas keeps up to 500 dead ones for every block of a table that
# was looked at, and clears them in bulk.
LOOK = """
import gc as _gc, glob as _glob, hashlib as _hashlib, pickle as _pickle, tempfile as _tempfile
import psutil as _psutil, weakref as _weakref
def _look():
    _gc.collect()
    me = _psutil.Process()
    family = [me, *me.children(recursive=True)]
    return {
        "objects": sum(type(each) is not _weakref.ref for each in _gc.get_objects()),
        "kernel MB": me.memory_info().rss / 2**20,
        "trials MB": sum(each.memory_info().rss for each in family[1:]) / 2**20,
        "descriptors": sum(each.num_fds() for each in family),
        "processes": len(family),
        "files": len(_glob.glob(_tempfile.gettempdir() + "/**", recursive=True)),
        "table": _hashlib.sha256(_pickle.dumps(homes)).hexdigest(),
    }
"""


@dataclass(frozen=True, slots=True)
class Soaked:
    """How things stood early and at the end."""

    requests: int
    early: Mapping[str, float | str]
    late: Mapping[str, float | str]

    @property
    def growth(self) -> dict[str, float]:
        """What is more at the end, by name."""
        return {
            name: float(self.late[name]) - float(value)
            for name, value in self.early.items()
            if name != "table"
        }

    @property
    def intact(self) -> bool:
        """Whether the user's table is, byte for byte, what it was."""
        return self.early["table"] == self.late["table"]


def soak(requests: int) -> Soaked:
    """Make so many requests of one kernel with a folder for temporary files of its own."""
    with tempfile.TemporaryDirectory() as folder, session({"TMPDIR": folder}) as kernel:
        kernel.run(LOOK)
        for _ in range(min(WARM, requests)):
            kernel.generate()
        early = _look(kernel)
        for _ in range(requests - WARM):
            kernel.generate()
        return Soaked(requests, early, _look(kernel))


def _look(kernel: Session) -> dict[str, float | str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "look.json"
        kernel.run(f"import json as _json; _json.dump(_look(), open({str(path)!r}, 'w'))")
        found: dict[str, float | str] = json.loads(path.read_text(encoding="utf-8"))
        return found
