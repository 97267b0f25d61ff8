"""Templates of plans: `by {x} end mean {y} end show` and what stands in the slots -> symbols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Pointer(Protocol):
    """What a request points at: a column or a value."""

    @property
    def symbol(self) -> str:
        """Return the pointer as an Example's plan writes it."""


Part = str | Pointer | Sequence["Part"]
Steps = tuple[str, ...]


def symbols(part: Part) -> Steps:
    """Return the symbols of one part; a plain string is steps, divided at spaces."""
    if isinstance(part, str):
        return tuple(part.split())
    if isinstance(part, Sequence):
        return tuple(symbol for inner in part for symbol in _inner(inner))
    return (part.symbol,)


def _inner(part: Part) -> Steps:
    """A string within a sequence is one symbol already: `V='New York'` holds a space."""
    return (part,) if isinstance(part, str) else symbols(part)


def steps(template: str, **parts: Part) -> Steps:
    """Fill a plan's template.

    >>> steps("by {x} end {f} A0 end", x=("C0.1",), f="sort desc")
    ('by', 'C0.1', 'end', 'sort', 'desc', 'A0', 'end')
    """
    filled: list[str] = []
    for word in template.split():
        slotted = word.startswith("{")
        filled.extend(symbols(parts[word[1:-1]]) if slotted else (word,))
    return tuple(filled)
