"""A value that a cell ends with -> the grids of plain cells that it may be read as."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

Column = tuple[Any, ...]
Form = Literal["table", "row", "long", "turned"]

SMALL = 60
"""Frames with more labels than this on a side are not turned or read as a matrix."""

ISO_DATE = re.compile(r"\d{4}-\d{2}(-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?)?")
QUARTER = re.compile(r"\d{4}-?Q[1-4]")
SINGLE = (datetime.date, datetime.timedelta, pd.Timestamp, pd.Timedelta, pd.Period)


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
    if value is None or (not np.isscalar(value) and not isinstance(value, SINGLE)):
        return None
    return pd.DataFrame({0: [value]})


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
    return Grid(tuple(zip(*[row for row in rows if counts(row)], strict=True)), "long")


def counts(row: Sequence[Any]) -> bool:
    """Whether a row of a long table says that its combination occurs."""
    return not any(item is None or (isinstance(item, float) and item == 0) for item in row)
