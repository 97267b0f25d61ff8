"""Live variables -> a bounded copy of what some code reads, ready to travel to a trial.

Rows are taken evenly spaced, never at random: the same table gives the same sample. Pickles go
from the user's own process into the trial and never back.
"""

from __future__ import annotations

import pickle
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nbcodegen.schema.frames import frame_of

if TYPE_CHECKING:
    import numpy as np

MOST_ROWS, FEWEST_ROWS = 5_000, 100
MOST_CELLS = 200_000
MOST_BYTES = 32_000_000
"""Of one table."""
MOST_BYTES_OF_A_VALUE = 1_000_000
GLANCE = 16
"""Rows that tell how heavy the others are."""
MANY_CATEGORIES = 10_000


@dataclass(frozen=True, slots=True)
class Sample:
    """A copy on its way."""

    payload: bytes
    rows: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Of each table: rows in the copy, and rows in all (0 where nobody has counted)."""

    def of(self, names: Iterable[str]) -> tuple[int, int]:
        """Rows copied and rows in all, of these tables together."""
        counts = [self.rows[name] for name in names if name in self.rows]
        whole = all(total for _, total in counts)
        return sum(count for count, _ in counts), sum(total for _, total in counts) if whole else 0


def take_sample(namespace: Mapping[str, object], names: Iterable[str] | None = None) -> Sample:
    """Copy the variables with these names (all by default); nothing of them changes.

    What cannot be copied is left out with the reason: code that does not read it can be tried.
    """
    packed: dict[str, dict[str, Any]] = {"values": {}, "modules": {}, "missing": {}}
    rows: dict[str, tuple[int, int]] = {}
    for name in namespace.keys() if names is None else sorted(set(names) & namespace.keys()):
        value = namespace[name]
        if isinstance(value, types.ModuleType):
            packed["modules"][name] = value.__name__
            continue
        try:
            packed["values"][name], size = _copy(value)
        except Exception as error:  # whatever the user's own objects raise when pickled
            packed["missing"][name] = f"{type(error).__name__}: {error}"[:200]
        else:
            rows.update({name: size} if size else {})
    return Sample(pickle.dumps(packed, protocol=5), rows)


class _NotCopied(Exception):
    """A variable that cannot go into a trial, or is not worth it."""


def _copy(value: Any) -> tuple[bytes, tuple[int, int] | None]:
    """The variable's bytes, and of a table the rows copied and the rows in all."""
    frame = frame_of(value)
    if frame == "duckdb":  # its library ends the process where it cannot read the system's files
        raise _NotCopied("DuckDB does not start inside the boundary")
    if frame is None:
        raw = pickle.dumps(value, protocol=5)
        if len(raw) > MOST_BYTES_OF_A_VALUE:
            raise _NotCopied(f"it takes {len(raw):,} bytes")
        return raw, None
    total = len(value)
    table = _take(value, _affordable(value, total), total)
    return pickle.dumps(table, protocol=5), (len(table), total)


def _affordable(table: Any, total: int) -> int:
    """How many rows may be copied, by their number of cells and by their weight."""
    width = table.shape[1] if len(table.shape) > 1 else 1
    count = min(total, MOST_ROWS, max(FEWEST_ROWS, MOST_CELLS // max(1, width)))
    if count <= GLANCE:
        return count
    weight = len(pickle.dumps(_take(table, GLANCE, total), protocol=5)) / GLANCE
    return max(1, min(count, int(MOST_BYTES / weight)))


def _take(table: Any, count: int, total: int) -> Any:
    if count >= total:
        return table
    places = _spread(count, total)
    if hasattr(table, "iloc"):
        return _light(table.iloc[places])
    return table.take(places) if hasattr(table, "take") else table[places.tolist()]


def _spread(count: int, total: int) -> np.ndarray:
    """Places of `count` rows out of `total`, the first and the last among them."""
    import numpy as np

    return np.linspace(0, total - 1, count).astype("int64")


def _light(table: Any) -> Any:
    """Without the categories that no row has, where they would outweigh the rows."""
    import pandas as pd

    for place, dtype in enumerate(table.dtypes if hasattr(table, "columns") else ()):
        if isinstance(dtype, pd.CategoricalDtype) and len(dtype.categories) > MANY_CATEGORIES:
            table.isetitem(place, table.iloc[:, place].cat.remove_unused_categories())
    return table
