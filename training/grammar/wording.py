"""Templates of requests: `[show|give me|] {y} [by|per] {x}` -> one of its wordings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from random import Random

Choice = tuple["str | Alternatives", ...]


class Alternatives(tuple[Choice, ...]):
    """The wordings between `[` and `]`, one of which is taken."""


_MARK = re.compile(r"[\[\]|]")
_SPACES = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+([,.?!:;)])")
_SLOT = re.compile(r"\{(\w+)\}")


@cache
def _parsed(template: str) -> Choice:
    choices, at = _alternatives(template, 0)
    if at != len(template) or len(choices) != 1:
        raise ValueError(f"brackets do not pair in template {template!r}")
    return choices[0]


def _alternatives(template: str, at: int) -> tuple[list[Choice], int]:
    choices: list[Choice] = []
    parts: list[str | Alternatives] = []
    while at < len(template):
        found = _MARK.search(template, at)
        parts.append(template[at : found.start() if found else len(template)])
        if not found:
            return [*choices, tuple(parts)], len(template)
        at = found.end()
        if found.group() == "[":
            inner, at = _alternatives(template, at)
            parts.append(Alternatives(inner))
            at += 1
        else:
            choices.append(tuple(parts))
            parts = []
            if found.group() == "]":
                return choices, found.start()
    return [*choices, tuple(parts)], at


def _pick(rng: Random, choice: Choice) -> str:
    return "".join(
        part if isinstance(part, str) else _pick(rng, part[rng.randrange(len(part))])
        for part in choice
    )


def tidy(text: str) -> str:
    """Collapse spaces and pull marks to the word before them.

    >>> tidy(" top 5  by price , please ")
    'top 5 by price, please'
    """
    return _BEFORE_MARK.sub(r"\1", _SPACES.sub(" ", text)).strip()


def expand(rng: Random, template: str, slots: Mapping[str, str]) -> str:
    """Take one wording of `template` and fill its `{slots}`, which are not expanded further.

    >>> expand(Random(1), "mean [of|] {y}", {"y": "a [b]"}) in ("mean of a [b]", "mean a [b]")
    True
    """
    picked = _pick(rng, _parsed(template))
    return tidy(_SLOT.sub(lambda found: slots[found.group(1)], picked))
