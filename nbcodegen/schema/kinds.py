"""Names of types -> our kinds, and texts that read as dates.

Every library names its types; one table reads them all, so that a column has the same kind in
pandas 2 and 3, polars, pyarrow and DuckDB.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nbcodegen.values import Kind

READ_AS_DATES = 24
"""Texts that decide whether a column reads as dates: the first and the last ones looked at."""
NEARLY_ALL = 0.8

_TYPE_NAMES: tuple[tuple[str, Kind], ...] = (
    (r"u?(int|integer|bigint|smallint|tinyint|hugeint)\d*", "integer"),
    (r"(half|hal)?float\d*|double|real|decimal\d*(\W.*)?", "float"),
    (r"bool|boolean", "boolean"),
    (r"(large_)?(str|string|utf8)(_view)?|varchar|text", "string"),
    (r"category|categorical\W?.*|dictionary<.*|enum\W?.*", "category"),
    # pyarrow's dates become `datetime.date` objects in pandas, which want `to_datetime` too.
    (r"date32\[day\]|date64\[ms\]", "datetext"),
    (r"datetime.*|timestamp.*|date|period\[.*", "datetime"),
    (r"timedelta.*|duration.*|interval", "duration"),
)
_TYPES = [(re.compile(pattern), kind) for pattern, kind in _TYPE_NAMES]
_WRAPPED = re.compile(r"sparse\[(\w+).*|(.*)\[pyarrow\]")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE_TEXT = re.compile(
    rf"""\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?
    (?:(?P<y>[12]\d{{3}})(?P<s>[-/.])(?P<m>\d{{1,2}})(?:(?P=s)(?P<d>\d{{1,2}}))?
    |(?P<a>\d{{1,2}})(?:/(?P<b>\d{{1,2}})/(?:\d{{4}}|\d{{2}})
                     |(?P<t>[-.])(?P<c>\d{{1,2}})(?P=t)[12]\d{{3}})
    |{_MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?[12]\d{{3}}
    |\d{{1,2}}(?:st|nd|rd|th)?[\s-](?:of\s)?{_MONTH},?[\s-](?:[12]\d{{3}}|\d{{2}}))
    (?:[T,\s]\s*\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?
       \s*(?:Z|UTC|GMT|[+-]\d{{2}}:?\d{{2}})?)?\s*""",
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=256)
def kind_of_type(name: str) -> Kind:
    """Say what a column of this type holds, by the type's name in any of the libraries.

    >>> [kind_of_type(name) for name in ("Int64", "datetime64[ns, UTC]", "VARCHAR", "list<int64>")]
    ['integer', 'datetime', 'string', 'other']
    """
    lowered = name.lower()
    if wrapped := _WRAPPED.fullmatch(lowered):
        lowered = wrapped.group(1) or wrapped.group(2)
    if lowered.endswith("[]"):
        return "other"
    return next((kind for pattern, kind in _TYPES if pattern.fullmatch(lowered)), "other")


def read_as_dates(texts: Sequence[str]) -> bool:
    """Whether nearly all of these distinct texts are dates: not times, years, or numbers.

    >>> read_as_dates(["3/10/2013", "Jan 3, 2020", "2013-03-10 18:47"]), read_as_dates(["10:15"])
    (True, False)
    """
    if not texts or (not _is_date(texts[0]) and not _is_date(texts[-1])):
        return False
    half = READ_AS_DATES // 2
    some = texts if len(texts) <= READ_AS_DATES else (*texts[:half], *texts[-half:])
    return sum(map(_is_date, some)) >= NEARLY_ALL * len(some)


def shows_day_first(text: str) -> bool:
    """Whether a date can only be read with its day before its month.

    >>> shows_day_first("31/01/2020"), shows_day_first("01/02/2020")
    (True, False)
    """
    found = _DATE_TEXT.fullmatch(text) if len(text) <= 60 else None
    return bool(found and found["a"] and int(found["a"]) > 12)


def _is_date(text: str) -> bool:
    found = _DATE_TEXT.fullmatch(text) if len(text) <= 60 else None
    if found is None:
        return False
    if found["a"]:
        first, second = int(found["a"]), int(found["b"] or found["c"])
        return 1 <= min(first, second) <= 12 and max(first, second) <= 31
    if found["y"]:
        return 1 <= int(found["m"]) <= 12 and not _is_season(found) and _is_day(found["d"])
    return True


def _is_day(text: str | None) -> bool:
    return text is None or 1 <= int(text) <= 31


def _is_season(found: re.Match[str]) -> bool:
    """`2010-11` is a season at least as often as a November."""
    return found["d"] is None and int(found["m"]) == (int(found["y"]) + 1) % 100
