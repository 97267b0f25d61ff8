"""Prompt -> the arrays that the embedded reader sees. Training encodes with this same file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from nbcodegen.linking import Word, label_words, match_label, words_of
from nbcodegen.values import ColumnSchema, Item, Prompt

SEGMENTS = ("request", "table", "column", "value", "previous")
KINDS = (
    "", "integer", "float", "boolean", "string", "category", "datetime", "datetext", "duration",
    "other",
)  # fmt: skip
MATCHES = 4
BUCKETS = 5
MAX_TOKENS = 320
MAX_LABEL = 8
MAX_PREVIOUS = 90

Pieces = Callable[[str], tuple[int, ...]]
"""A word -> its word pieces."""


@dataclass(slots=True)
class Encoded:
    """One prompt as integers: five parallel rows, and where each item's marker stands."""

    ids: list[int] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    matches: list[int] = field(default_factory=list)
    buckets: list[int] = field(default_factory=list)
    pointers: list[int] = field(default_factory=list)

    def add(
        self, ids: Sequence[int], segment: int, kind: int = 0, match: int = 0, bucket: int = 0
    ) -> None:
        """Append tokens that share their features."""
        count = len(ids)
        self.ids += ids
        self.segments += [segment] * count
        self.kinds += [kind] * count
        self.matches += [match] * count
        self.buckets += [bucket] * count


@dataclass(frozen=True, slots=True)
class Marks:
    """Ids of the tokens that open parts of the sequence."""

    start: int
    split: int
    table: int
    column: int
    value: int


def encode(prompt: Prompt, pieces: Pieces, marks: Marks) -> Encoded:
    """Lay out request, tables, columns, values and previous code in one sequence."""
    words = words_of(prompt.request)
    columns = [item for item in prompt.items if item.role == "column"]
    levels = [match_label(item.text, words) for item in columns]
    row = Encoded()
    row.add([marks.start], 0)
    _request(row, words, _word_matches(prompt, words, levels), pieces)
    row.add([marks.split], 0)
    level_of = iter(level for level, _ in levels)
    for item in prompt.items:
        row.pointers.append(len(row.ids))
        if item.role == "table":
            row.add([marks.table, *_text(item.text, pieces)], 1)
        elif item.role == "column":
            assert item.column is not None
            kind, bucket = KINDS.index(item.kind), _bucket(item.column)
            level = next(level_of)
            row.add([marks.column, *_text(item.text, pieces)], 2, kind, level, bucket)
        else:
            row.add([marks.value, *_value(item, pieces)], 3, KINDS.index(item.kind))
    if prompt.previous:
        code = [id for word in words_of(prompt.previous) for id in pieces(word.text)]
        row.add([marks.split, *code[:MAX_PREVIOUS]], 4)
    return row


def _request(row: Encoded, words: Sequence[Word], found: Sequence[int], pieces: Pieces) -> None:
    for word, match in zip(words[:120], found, strict=False):
        row.add(pieces(word.text), 0, match=match)


def _word_matches(
    prompt: Prompt, words: Sequence[Word], levels: Sequence[tuple[int, frozenset[int]]]
) -> list[int]:
    """0 nothing, 1 part of some label, 2 names a whole label, 3 part of a value."""
    found = [0] * len(words)
    for level, places in levels:
        for place in places:
            found[place] = max(found[place], 2 if level >= 2 else 1)
    for item in prompt.items:
        if item.role == "value" and item.column is not None:
            for place in _places(item.text, words):
                found[place] = 3
    return found


def _places(text: str, words: Sequence[Word]) -> list[int]:
    stems = [word.stem for word in words_of(text)]
    for start in range(len(words) - len(stems) + 1):
        if [word.stem for word in words[start : start + len(stems)]] == stems:
            return list(range(start, start + len(stems)))
    return []


@lru_cache(maxsize=4096)
def _labels(text: str) -> tuple[str, ...]:
    return label_words(text) or (text,)


def _text(text: str, pieces: Pieces) -> list[int]:
    return [id for word in _labels(text) for id in pieces(word)][:MAX_LABEL]


def _value(item: Item, pieces: Pieces) -> list[int]:
    """A value's own words, then the column it was found in."""
    own = [id for word in words_of(item.text) for id in pieces(word.text)][:MAX_LABEL]
    return own + (_text(item.column.label, pieces)[:4] if item.column else [])


def _bucket(column: ColumnSchema) -> int:
    """How many distinct values: 0 unknown, 1 one to four, 2 to twelve, 3 to fifty, 4 more."""
    if column.distinct is None:
        return 0
    return 1 + sum(column.distinct > limit for limit in (4, 12, 50))
