"""Files of programs -> attacks, one property each.

A file under `programs` is split at lines `# %% name [tags]: what it tries`; what stands before the
first is put in front of each of its programs. A program that gets what it wants says `BREACHED`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = Path(__file__).parent / "programs"
HEADING = re.compile(r"^# %% (\w+)(?: \[([\w\-, ]+)\])?: (.+)\n", re.MULTILINE)
TAGS = {"bare", "endless", "fails", "ipv6", "runs", "x86-64"}
"""Harmless and successful without a boundary; needs its time limit; must not run to its end."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A program that tries one thing it must not be able to do."""

    area: str
    name: str
    goal: str
    tags: frozenset[str]
    code: str

    def aimed(self, targets: Mapping[str, object]) -> str:
        """Return the code with `{canary}`, `{port}`, ... replaced by what there is to attack."""
        code = self.code
        for name, target in targets.items():
            code = code.replace("{" + name + "}", str(target))
        return code


def attacks() -> list[Attack]:
    """Return all of them, by file."""
    return [attack for path in sorted(PROGRAMS.glob("*.py")) for attack in _split(path)]


def _split(path: Path) -> list[Attack]:
    start, *parts = HEADING.split(path.read_text(encoding="utf-8"))
    return [
        Attack(path.stem, name, goal, _tags(tags), start + code)
        for name, tags, goal, code in zip(*(parts[place::4] for place in range(4)), strict=True)
    ]


def _tags(text: str | None) -> frozenset[str]:
    tags = frozenset(text.split(", ")) if text else frozenset()
    assert tags <= TAGS, f"unknown tags: {sorted(tags - TAGS)}"
    return tags
