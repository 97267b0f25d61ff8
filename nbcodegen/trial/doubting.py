"""A result -> what makes it look like an answer to nothing. Signs, not proofs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from nbcodegen.trial.intactness import same
from nbcodegen.trial.readings import Grid
from nbcodegen.values import Doubt, Report

MANY_COLUMNS = 200
"""Tables wider than that are results of nothing that doubts are about, and take long to look at."""
FEW = 3
"""From so many rows on, numbers that are all the same are no coincidence."""


def about_marks(grids: Sequence[Grid]) -> Iterator[Doubt]:
    """What is doubtful about charts."""
    if not any(grid.rows for grid in grids):
        yield "empty"
    elif all(grid.rows >= FEW and len(set(grid.columns[-1])) == 1 for grid in grids):
        yield "constant"


def about_value(value: Any, originals: Mapping[str, Any], said: Report) -> Iterator[Doubt]:
    """What is doubtful about a value that a cell ends with."""
    if not isinstance(value, pd.DataFrame | pd.Series):
        if hasattr(value, "__len__") and not isinstance(value, str) and not len(value):
            yield "empty"
        return
    if not value.size:
        yield "empty"
        return
    table = value.to_frame() if isinstance(value, pd.Series) else value
    if table.shape[1] > MANY_COLUMNS:
        return
    if len(table) >= FEW and _is_constant(table):
        yield "constant"
    before = [each for each in originals.values() if isinstance(each, pd.DataFrame)]
    if any(same(table, each) for each in before):
        yield "idle" if said.rebound else "whole"
    elif any(_copies_a_column(table, each) for each in before):
        yield "copied"


def _is_constant(table: pd.DataFrame) -> bool:
    """Whether every column of numbers holds one number, or, without numbers, every column."""
    columns = [table.iloc[:, place] for place in range(table.shape[1])]
    numbers = [column for column in columns if pd.api.types.is_numeric_dtype(column.dtype)]
    return all(_holds_one(column) for column in numbers or columns)


def _holds_one(column: pd.Series) -> bool:
    try:
        return int(column.nunique(dropna=False)) == 1
    except TypeError:  # lists and other cells without a hash
        return False


def _copies_a_column(table: pd.DataFrame, before: pd.DataFrame) -> bool:
    """Whether a table with more columns than before holds one of the old ones twice."""
    if len(table) != len(before) or table.shape[1] <= before.shape[1]:
        return False
    old = [np.asarray(before.iloc[:, place]) for place in range(before.shape[1])]
    new = [np.asarray(table.iloc[:, place]) for place in range(before.shape[1], table.shape[1])]
    return any(_alike(one, two) for one in new for two in old)


def _alike(one: np.ndarray, two: np.ndarray) -> bool:
    try:
        return bool(np.array_equal(one, two, equal_nan=one.dtype.kind == "f" == two.dtype.kind))
    except (TypeError, ValueError):  # cells that cannot be compared
        return False
