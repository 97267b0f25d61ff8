"""A value that a cell ends with -> grids of plain cells, and whether two of them say the same.

Free: names of the index and of columns, order of columns, order of rows (unless it was asked
for), an index or the same thing as a column, 3 or 3.0, a date or its text, a period named by its
first or its last day. Not free: which rows, which columns, and every value in them.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

Column = tuple[Any, ...]
Form = Literal["table", "row", "long", "turned"]

TOLERANCE = 1e-4
SMALL = 60
"""Frames with more labels than this on a side are not turned or read as a matrix."""

ISO_DATE = re.compile(r"\d{4}-\d{2}(-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?)?")
QUARTER = re.compile(r"\d{4}-?Q[1-4]")
PERIODS = ("D", "W", "M", "Q", "Y")


@dataclass(frozen=True, slots=True)
class Grid:
    """One reading of a value: columns of normalised cells, all of one length."""

    columns: tuple[Column, ...]
    form: Form = "table"
    labels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """What each column's dtype is good for: `number`, `date`, `text`..., where it is known."""

    @property
    def rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0


def readings(value: object) -> tuple[Grid, ...]:
    """Every grid that a value may be read as, the plainest first; none if it holds no data."""
    frame = _frame(value)
    if frame is None or not frame.shape[1]:
        return ()
    grids = [_table(frame)]
    labelled = not isinstance(value, pd.DataFrame) or bool(_index_columns(frame.index))
    if frame.shape[1] == 1 and labelled and 1 < len(frame) <= SMALL:
        grids.append(Grid(tuple((cell(item),) for item in frame.iloc[:, 0]), "row"))
    if frame.shape[1] > 1 and _index_columns(frame.index):
        grids.append(_long(frame))
        if max(frame.shape) <= SMALL:
            turned = _table(frame.T)
            grids.append(Grid(turned.columns, "turned"))
    return tuple(grids)


def same(expected: object, actual: object, *, ordered: bool = False, extra: bool = False) -> bool:
    """Whether two values hold the same data. With `extra`, `actual` may hold more columns."""
    return any(
        matches(left, right, ordered=ordered, extra=extra)
        for left in readings(expected)
        for right in readings(actual)
        if comparable(left, right)
    )


def comparable(expected: Grid, actual: Grid) -> bool:
    """A row may stand for a table and a matrix for a long table, but a row not for a row:
    both would have lost their labels."""
    return expected.form == "table" or (
        expected.form in {"row", "turned"} and actual.form == "table"
    )


def matches(
    expected: Grid,
    actual: Grid,
    *,
    ordered: bool = False,
    extra: bool = False,
    kinds: bool = False,
    tolerance: float = TOLERANCE,
) -> bool:
    """Whether the columns of `expected` can be found in `actual`, row by row."""
    if actual.form == "long":
        expected = _without_zeros(expected)
    if expected.rows != actual.rows or len(expected.columns) > len(actual.columns):
        return False
    if len(expected.columns) < len(actual.columns) and not extra:
        return False
    return any(
        _rows_agree(pairs, tolerance) and (not ordered or _order_agrees(pairs, tolerance))
        for pairs in _pairings(expected, actual, tolerance, kinds)
    )


def cell(item: Any) -> Any:
    """One value in a form that compares: a float, a timestamp without zone, text, or None."""
    if item is None or item is pd.NaT or item is pd.NA:
        return None
    if isinstance(item, (bool, np.bool_)):
        return bool(item)
    if isinstance(item, (int, float, np.integer, np.floating)):
        return None if math.isnan(item) else float(item)
    if isinstance(item, pd.Period):
        return item.start_time
    if isinstance(item, (pd.Timestamp, datetime.date, np.datetime64)):
        return pd.Timestamp(item).tz_localize(None)
    if isinstance(item, (pd.Timedelta, datetime.timedelta, np.timedelta64)):
        return pd.Timedelta(item).total_seconds()
    if isinstance(item, str):
        return _text(item)
    return str(item)


def _text(item: str) -> Any:
    if ISO_DATE.fullmatch(item) or QUARTER.fullmatch(item):
        try:
            return pd.Timestamp(item) if "Q" not in item else pd.Period(item).start_time
        except ValueError:  # 2023-15-40 is text, whatever it looks like
            return item
    return item


def _frame(value: object) -> pd.DataFrame | None:
    if isinstance(value, pd.DataFrame):
        return value
    if isinstance(value, pd.Series):
        return value.to_frame()
    if isinstance(value, dict):
        return _frame(pd.Series(value)) if value else None
    if isinstance(
        value, (list, tuple, set, np.ndarray, pd.Index, pd.api.extensions.ExtensionArray)
    ):
        items = list(value)
        return pd.DataFrame(items) if items and np.ndim(items[0]) else pd.DataFrame({0: items})
    if value is None or (not np.isscalar(value) and not isinstance(value, _SINGLE)):
        return None
    return pd.DataFrame({0: [value]})


_SINGLE = (datetime.date, datetime.timedelta, pd.Timestamp, pd.Timedelta, pd.Period)


def _index_columns(index: pd.Index) -> list[tuple[str, pd.Index]]:
    """Levels that say something: not row numbers, which are integers without a name."""
    levels = [index.get_level_values(number) for number in range(index.nlevels)]
    return [
        (str(level.name), level)
        for level in levels
        if level.name is not None or not pd.api.types.is_integer_dtype(level.dtype)
    ]


def _table(frame: pd.DataFrame) -> Grid:
    parts: list[tuple[str, Any]] = [*_index_columns(frame.index)]
    parts += [(str(label), frame.iloc[:, place]) for place, label in enumerate(frame.columns)]
    return Grid(
        tuple(tuple(cell(item) for item in part) for _, part in parts),
        labels=tuple(label for label, _ in parts),
        kinds=tuple(_kind(part.dtype) for _, part in parts),
    )


def _kind(dtype: Any) -> str:
    tests: tuple[tuple[str, Callable[[Any], bool]], ...] = (
        ("boolean", pd.api.types.is_bool_dtype),
        ("integer", pd.api.types.is_integer_dtype),
        ("float", pd.api.types.is_float_dtype),
        ("date", pd.api.types.is_datetime64_any_dtype),
    )
    if isinstance(dtype, pd.CategoricalDtype):
        return "category"
    return next((name for name, test in tests if test(dtype)), "text")


def _long(frame: pd.DataFrame) -> Grid:
    """A matrix read as (row label..., column label..., value), empty combinations left out."""
    keys = [level for _, level in _index_columns(frame.index)]
    rows = []
    for place, label in enumerate(frame.columns):
        heads = [cell(part) for part in (label if isinstance(label, tuple) else (label,))]
        for number, item in enumerate(frame.iloc[:, place]):
            rows.append((*(cell(key[number]) for key in keys), *heads, cell(item)))
    return Grid(tuple(zip(*[row for row in rows if _counts(row)], strict=True)), "long")


def _without_zeros(grid: Grid) -> Grid:
    rows = [row for row in zip(*grid.columns, strict=True) if _counts(row)]
    return Grid(tuple(zip(*rows, strict=True)), grid.form, grid.labels, grid.kinds)


def _counts(row: Sequence[Any]) -> bool:
    return not any(item is None or (isinstance(item, float) and item == 0) for item in row)


Pair = tuple[Column, Column]


def _pairings(
    expected: Grid, actual: Grid, tolerance: float, kinds: bool
) -> Iterator[tuple[Pair, ...]]:
    """Ways to give every expected column its own column with the same content."""
    choices = []
    for place, column in enumerate(expected.columns):
        fits = {}
        for other, candidate in enumerate(actual.columns):
            if kinds and expected.kinds[place] != actual.kinds[other]:
                continue
            pair = _alike(column, candidate, tolerance)
            if pair:
                fits[other] = pair
        choices.append(fits)
    yield from _assign(choices, frozenset())


def _assign(choices: list[dict[int, Pair]], used: frozenset[int]) -> Iterator[tuple[Pair, ...]]:
    if not choices:
        yield ()
        return
    for place, pair in choices[0].items():
        if place not in used:
            for rest in _assign(choices[1:], used | {place}):
                yield (pair, *rest)


def _alike(left: Column, right: Column, tolerance: float) -> Pair | None:
    """The two columns in comparable cells if they hold the same values in some order."""
    for one, two in _common_terms(left, right):
        pairs = zip(sorted(one, key=_key), sorted(two, key=_key), strict=True)
        if all(_equal(a, b, tolerance) for a, b in pairs):
            return one, two
    return None


def _common_terms(left: Column, right: Column) -> Iterator[Pair]:
    yield left, right
    dates = [all(isinstance(item, pd.Timestamp) for item in column) for column in (left, right)]
    if all(dates) and left:
        for period in PERIODS:
            terms = tuple(_periods(column, period) for column in (left, right))
            if terms[0] and terms[1]:
                yield terms[0], terms[1]
    elif any(dates):
        yield _years(left), _years(right)


def _periods(column: Column, period: str) -> Column:
    """Dates as periods, where each is named by its first or its last day; else nothing."""
    days = [item.normalize() for item in column]
    spans = [day.to_period(period) for day in days]
    edges = [{span.start_time, span.end_time.normalize()} for span in spans]
    if all(day in edge for day, edge in zip(days, edges, strict=True)):
        return tuple(span.start_time for span in spans)
    return ()


def _years(column: Column) -> Column:
    return tuple(float(item.year) if isinstance(item, pd.Timestamp) else item for item in column)


def _rows_agree(pairs: tuple[Pair, ...], tolerance: float) -> bool:
    left = sorted(zip(*(pair[0] for pair in pairs), strict=True), key=_row_key)
    right = sorted(zip(*(pair[1] for pair in pairs), strict=True), key=_row_key)
    return all(
        _equal(a, b, tolerance)
        for one, two in zip(left, right, strict=True)
        for a, b in zip(one, two, strict=True)
    )


def _order_agrees(pairs: tuple[Pair, ...], tolerance: float) -> bool:
    """Whether the sorted columns run alike; rows that tie in them may stand in any order."""
    keys = [pair for pair in pairs if _sorted(pair[0])] or list(pairs)
    return all(_equal(a, b, tolerance) for one, two in keys for a, b in zip(one, two, strict=True))


def _sorted(column: Column) -> bool:
    keys = [_key(item) for item in column if item is not None]
    return len(set(keys)) > 1 and keys in (sorted(keys), sorted(keys, reverse=True))


def _equal(left: Any, right: Any, tolerance: float) -> bool:
    if isinstance(left, (float, bool)) and isinstance(right, (float, bool)):
        return math.isclose(left, right, rel_tol=tolerance, abs_tol=1e-6)
    return bool(left == right)


def _row_key(row: tuple[Any, ...]) -> list[tuple[int, Any]]:
    return [_key(item) for item in row]


def _key(item: Any) -> tuple[int, Any]:
    """Orders any two cells; digits past the tolerance do not decide."""
    if item is None:
        return (0, 0.0)
    if isinstance(item, (float, bool)):
        return (1, float(f"{item:.5g}"))
    return (2, item) if isinstance(item, pd.Timestamp) else (3, str(item))
