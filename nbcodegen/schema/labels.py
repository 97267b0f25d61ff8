"""A live column's label -> words for people, and the source that code takes it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

LONGEST = 80
LONGEST_KEY = 200
"""A label whose source is longer is taken by position: it would fill the prompt by itself."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a column is called, for people and for code."""

    text: str
    key: str
    unique: bool


def read_labels(labels: Sequence[Hashable]) -> list[Label]:
    """Read all labels of a table; those that code cannot spell, or that are not alone, not unique.

    >>> [label.key for label in read_labels(["price", 0, ("a", "b")])]
    ["'price'", '0', "('a', 'b')"]
    """
    sources = [_source(label) for label in labels]
    # Equal labels of different types (1, 1.0, True) fetch one another, so labels are counted,
    # not sources. A stranger is never counted: hashing it would run its own code.
    known = Counter(label for label, source in zip(labels, sources, strict=True) if source)
    return [_read(label, source, known) for label, source in zip(labels, sources, strict=True)]


def one_line(text: str, longest: int = LONGEST) -> str:
    """Escape what does not print, and cut what is too long.

    >>> one_line("a\\nb")
    'a\\\\nb'
    """
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    if cut.isprintable():
        return cut
    shown = "".join(char if char.isprintable() else repr(char)[1:-1] for char in cut)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def name_of_type(value: object) -> str:
    """The name of a value's type, without asking the type, which may answer with its own code."""
    name: str = type.__dict__["__name__"].__get__(type(value))
    return one_line(name, 30)


def _read(label: Hashable, source: str, known: Counter[Hashable]) -> Label:
    text = one_line(_words(label))
    if not source or len(source) > LONGEST_KEY:
        return Label(text, repr(text), False)
    return Label(text, source, known[label] == 1)


def _words(label: object) -> str:
    if type(label) is str:
        return label
    if type(label) is tuple:
        return " ".join(part for part in map(_words, label) if part)
    if label != label if type(label) is float else label is None:
        # pandas 3 keeps None among text labels as NaN.
        return "None"
    if _is_of_pandas(label) or _is_short_number(label):
        return str(label)
    return name_of_type(label)


def _source(label: object) -> str:
    """The label as a Python literal, or nothing where there is none."""
    if type(label) is tuple:
        parts = [_source(part) for part in label]
        if not all(parts):
            return ""
        return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
    if type(label) is float:
        return repr(label) if label - label == 0 else ""
    if type(label) is str and len(label) > LONGEST_KEY:
        return ""
    return repr(label) if type(label) is str or _is_short_number(label) else ""


def _is_short_number(label: object) -> bool:
    if type(label) is int:
        # Python itself refuses to write integers of thousands of digits.
        return label.bit_length() <= 128
    return type(label) in (float, bool)


def _is_of_pandas(label: object) -> bool:
    """Timestamps, periods, intervals, dates: types whose `str` is known to be harmless."""
    return type(label).__module__.split(".")[0] in ("pandas", "numpy", "datetime", "decimal")
