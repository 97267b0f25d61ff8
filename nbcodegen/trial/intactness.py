"""Tables before and after a run -> which of them the code changed, or took the name of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd


def changed(
    names: Mapping[str, Any], tables: Mapping[str, Any], originals: Mapping[str, Any]
) -> Iterator[str]:
    """Yield the tables that are no longer what they were, in place or by assignment."""
    for name, table in tables.items():
        if not isinstance(table, pd.DataFrame | pd.Series):
            continue
        if not (same(table, originals[name]) and same(names.get(name), originals[name])):
            yield name


def rebound(names: Mapping[str, Any], tables: Mapping[str, Any]) -> Iterator[str]:
    """Yield the tables whose names stand for another object now."""
    for name, table in tables.items():
        if hasattr(table, "shape") and names.get(name) is not table:
            yield name


def same(table: Any, original: Any) -> bool:
    """Whether two tables hold the same, labels and kinds included."""
    if type(table) is not type(original) or table.shape != original.shape:
        return False
    try:
        axes = zip(table.axes, original.axes, strict=True)
        return all(one.identical(two) for one, two in axes) and bool(table.equals(original))
    except Exception:  # cells that cannot be compared: an array in one, a class of the user's
        return True
