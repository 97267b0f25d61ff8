"""Words of a request <-> cells that mean the same: `women` and 'F', `rojas` and 'Red'.

A request rarely quotes a cell of another language, or the letter that stands for a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from nbcodegen.linking import STOPWORDS, Word, concepts, label_words, stem, words_of
from nbcodegen.values import ColumnSchema, TableSchema

MAX_CELLS = 30
"""Different texts of a column above which it is no set of kinds, and none of them is looked at."""
MAX_WORDS = 2

CODES = Path(__file__).with_name("codes.txt")
"""Sets of codes, one a line, and the word that each stands for: `F=woman M=man`."""
_UNKNOWN = frozenset(["U", "X", "NA", "?"])


class Meant(NamedTuple):
    """A run of words of the request and the cell that it means."""

    place: int
    size: int
    table: int
    column: ColumnSchema
    text: str


def meant(words: Sequence[Word], tables: Sequence[TableSchema]) -> Iterator[Meant]:
    """Yield the cells that words of a request mean; words that name a column name no cell."""
    runs = _runs(words)
    found = [
        (number, column, text, rows & runs.keys())
        for number, table in enumerate(tables)
        for column in _kinds(table)
        for text, rows in senses(column)
        if rows & runs.keys()
    ]
    named = _named(tables) if found else set()
    for number, column, text, rows in found:
        for place, size in {where for row in rows - named for where in runs[row]}:
            yield Meant(place, size, number, column, text)


def _kinds(table: TableSchema) -> list[ColumnSchema]:
    return [column for column in table.columns if 0 < len(column.values) <= MAX_CELLS]


def _runs(words: Sequence[Word]) -> dict[int, set[tuple[int, int]]]:
    """Concepts of the glossary -> where the request speaks of them."""
    found: dict[int, set[tuple[int, int]]] = {}
    for size in range(1, MAX_WORDS + 1):
        for place in range(len(words) - size + 1):
            run = [word.stem for word in words[place : place + size]]
            if size == 1 and run[0] in STOPWORDS:
                continue
            for concept in concepts(" ".join(run)):
                found.setdefault(concept, set()).add((place, size))
    return found


def _named(tables: Sequence[TableSchema]) -> set[int]:
    """Concepts that labels speak of."""
    found: set[int] = set()
    for table in tables:
        for column in table.columns:
            parts = [stem(part) for part in label_words(column.label)]
            found.update(*(concepts(part) for part in parts), concepts(" ".join(parts)))
    return found


@lru_cache(maxsize=1)
def _codes() -> tuple[dict[str, str], ...]:
    lines = CODES.read_text(encoding="utf-8").splitlines()
    return tuple(dict(pair.split("=") for pair in line.split()) for line in lines)


def senses(column: ColumnSchema) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield a column's cells that the glossary knows, and the concepts that they stand for."""
    codes = {text for text in column.values if text not in _UNKNOWN}
    for names in _codes():
        if codes <= names.keys() and len(codes) > 1 and 2 * len(codes) >= len(names):
            known = ((code, names[code]) for code in names if code in codes)
            yield from ((code, concepts(stem(name))) for code, name in known)
            return
    for text in column.values:
        parts = [word.stem for word in words_of(text)]
        if 0 < len(parts) <= MAX_WORDS and (found := concepts(" ".join(parts))):
            yield text, found
