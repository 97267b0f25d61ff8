"""Words of a request <-> words of column labels: stems, synonyms, and how well they match.

A reader as small as ours sees few column names in training; telling it which words of the
request stand in which label, or mean the same, is worth more than any number of layers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

GLOSSARY = Path(__file__).with_name("glossary.tsv")
"""Synonyms of data nouns in English and Spanish: one concept a line, `en<TAB>es`, `|` between."""

CUES = Path(__file__).with_name("cues.tsv")
"""What tells of a column without naming it: `words of a request<TAB>words of labels`."""

AMOUNTS = Path(__file__).with_name("amounts.txt")
"""Words of labels whose numbers are added up where nobody says what to do with them."""

_UNITS = frozenset(
    """mm cm km kg kwh kw mw gb mb ms mph kmh kph lb lbs oz ft sqft sqm usd eur gbp euros dollars
    hrs h s secs sec celsius pct $ € £ % #""".split()
)
"""Words of labels that nobody says: a label is named in full without them."""

_IDS = frozenset(["id", "cod", "kei", "index"])
"""Stems in names of columns that count rows."""

_IRREGULAR = {"women": "woman", "men": "man", "children": "child", "people": "person"}

_WORD = re.compile(r"[^\W_]+(?:[.,:/-]\d+)*|[^\w\s]", re.UNICODE)
_HUMP = re.compile(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=\d)")

STOPWORDS = frozenset(
    """a an the of for in on by to per each and or is are was were be with from at as that this
    it its their his her do does did what which who how many much show me give list find all
    i we you my our has have had not no than more less most least number count name names
    el la los las un una unos unas de del al por para cada y o es son fue con desde en que este
    esta su sus cual cuales quien como cuantos cuantas cuanto muestra dame lista todos todas
    yo mi tu se ha han no mas menos numero lo le""".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a request, where it stands, and its stem."""

    text: str
    start: int
    end: int
    stem: str


def plain(text: str) -> str:
    """Lower case, without accents.

    >>> plain("Año Categoría")
    'ano categoria'
    """
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    parts = unicodedata.normalize("NFKD", lowered)
    return "".join(char for char in parts if not unicodedata.combining(char))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Fold case, accents and plural of an English or Spanish word.

    >>> stem("Prices") == stem("price"), stem("ciudades") == stem("Ciudad")
    (True, True)
    """
    base = plain(word)
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if len(base) > 3 and base.endswith("s") and not base.endswith("ss"):
        base = base[:-1]
    if len(base) > 3 and base.endswith("e"):
        base = base[:-1]
    return base[:-1] + "i" if len(base) > 3 and base.endswith("y") else base


def words_of(text: str) -> tuple[Word, ...]:
    """Split a request into words and marks, keeping `3.5`, `2020-01-02` and `10:30` whole."""
    return tuple(
        Word(found.group(), found.start(), found.end(), stem(found.group()))
        for found in _WORD.finditer(text)
    )


@lru_cache(maxsize=8192)
def label_words(label: str) -> tuple[str, ...]:
    """Split a label as a person reads it.

    >>> label_words("avgSalePrice_usd")
    ('avg', 'Sale', 'Price', 'usd')
    """
    spaced = _HUMP.sub(" ", label.replace("_", " "))
    return tuple(re.findall(r"[^\W_]+|[%$€#]", spaced))


def adds_up(label: str) -> bool:
    """Tell amounts, whose total people mean by `sales by city`, from rates and sizes.

    >>> adds_up("total_sales"), adds_up("price")
    (True, False)
    """
    return not _amounts().isdisjoint(plain(word) for word in label_words(label))


def is_id(label: str) -> bool:
    """Tell columns that count rows or name them, by their words.

    >>> is_id("trip_id"), is_id("idea")
    (True, False)
    """
    return not _IDS.isdisjoint(stem(word) for word in label_words(label))


@lru_cache(maxsize=1)
def _amounts() -> frozenset[str]:
    return frozenset(AMOUNTS.read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _concepts() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines() if GLOSSARY.exists() else []
    for number, line in enumerate(lines):
        for name in line.replace("\t", "|").split("|"):
            key = " ".join(stem(word) for word in name.split())
            if key:
                found.setdefault(key, set()).add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


@lru_cache(maxsize=8192)
def concepts(stemmed: str) -> frozenset[int]:
    """Numbers of the glossary's concepts that a stem (or stems joined by spaces) names."""
    return _concepts().get(stemmed, frozenset())


@lru_cache(maxsize=1)
def _cues() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in CUES.read_text(encoding="utf-8").splitlines():
        said, meant = ([stem(word) for word in side.split("|")] for side in line.split("\t"))
        for word in said:
            found.setdefault(word, set()).update(meant)
    return {word: frozenset(labels) for word, labels in found.items()}


@lru_cache(maxsize=65536)
def affinity(left: str, right: str) -> int:
    """How alike a stem of a label and one of a request are.

    3 the same; 2 the same in meaning, or `cheap` for `price`; 1 the same beginning, or nearly.
    """
    if left == right:
        return 3
    if concepts(left) & concepts(right) or left in _cues().get(right, ()):
        return 2
    short, long = sorted((left, right), key=len)
    if len(short) >= 3 and long.startswith(short):
        return 1
    return int(len(short) >= 5 and _one_edit(short, long))


def _one_edit(short: str, long: str) -> bool:
    if len(long) - len(short) > 1 or short[0] != long[0]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
        return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]
    return short[at:] == long[at + 1 :]


def match_label(label: str, words: Sequence[Word]) -> tuple[int, frozenset[int]]:
    """Return how fully the request names a label (0 to 3), and the words that do.

    3: every word of the label stands in the request; 2: every word by stem or meaning; 1: some,
    or the unit that the label ends with.
    """
    squashed = _squashed(label)
    whole = {place for place, word in enumerate(words) if _squashed(word.text) == squashed}
    if whole and squashed:
        return 3, frozenset(whole)
    parts = [stem(part) for part in label_words(label)]
    units = [part for part in parts if part in _UNITS]
    parts = [part for part in parts if part not in _UNITS] or parts
    if not parts:
        return 0, frozenset()
    best, places = _best_matches(parts, words)
    if units and not max(best):
        measured, places = _best_matches(units, words)
        return int(max(measured) >= 2), frozenset(places)
    phrase = concepts(" ".join(parts))
    if len(parts) > 1 and phrase:
        named = {i for i, word in enumerate(words) if concepts(word.stem) & phrase}
        if named and min(best) < 2:
            return 2, frozenset(named)
    level = 3 if min(best) == 3 else 2 if min(best) >= 2 else 1 if max(best) >= 1 else 0
    return level, frozenset(places)


@lru_cache(maxsize=65536)
def _squashed(text: str) -> str:
    """`PM2.5`, `PM_2_5` and `pm25` are the same name."""
    return "".join(char for char in plain(text) if char.isalnum())


def _best_matches(parts: Iterable[str], words: Sequence[Word]) -> tuple[list[int], set[int]]:
    best, places = [], set()
    for part in parts:
        top = 0
        for place, word in enumerate(words):
            if word.stem in STOPWORDS and part != word.stem:
                continue
            grade = affinity(part, word.stem)
            top = max(top, grade)
            if grade and (part not in STOPWORDS or grade == 3):
                places.add(place)
        best.append(top)
    return best, places
