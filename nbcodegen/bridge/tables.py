"""A live namespace -> the sidebar's list of tables, a page of columns, a closer look at one.

The list asks for sizes only. Cells are looked at when somebody opens a table or a column, and
never more than the first few thousand rows; how many is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nbcodegen.bridge.messages import Column, ColumnLine, Columns, TableLine, Tables, Top
from nbcodegen.errors import UnknownName
from nbcodegen.schema import frame_of, groups_of_types, one_line, table_schema
from nbcodegen.values import Frame

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

PAGE = 200
"""Most columns in one message."""
MOST_ROWS = 20_000
"""Rows that a closer look takes into account."""
BINS = 12
TOP = 5
LONGEST = 60


def listed(namespace: Mapping[str, object]) -> Tables:
    """List every public table with its size."""
    lines = []
    for name, value in list(namespace.items()):
        frame = None if name.startswith("_") else frame_of(value)
        if frame is not None:
            rows, columns = _shape(value, frame)
            lines.append(TableLine(name, rows, columns, frame))
    return Tables(tuple(lines))


def page(
    namespace: Mapping[str, object], name: str, start: int = 0, count: int = PAGE, like: str = ""
) -> Columns:
    """Describe some of a table's columns: those whose label holds `like`, from the `start`-th."""
    schema = table_schema(name, _table(namespace, name)[0])
    wanted = like.casefold()
    found = [each for each in schema.columns if wanted in each.label.casefold()]
    shown = found[max(0, start) : max(0, start) + min(PAGE, max(0, count))]
    lines = tuple(
        ColumnLine(
            each.label, each.position, each.kind, each.missing, each.distinct, each.low, each.high
        )
        for each in shown
    )
    return Columns(name, len(found), max(0, start), schema.looked_at, lines)


def closer(namespace: Mapping[str, object], name: str, position: int) -> Column:
    """Look at one column: how its cells are spread, or which are the most frequent."""
    table, frame = _table(namespace, name)
    rows, width = _shape(table, frame)
    if not 0 <= position < width:
        raise UnknownName(f"{name} has no column number {position} any more.")
    cells = _cells(table, frame, position)
    if cells is None:
        return Column(name, position, rows, 0, 0, None)
    missing = int(cells.isna().sum())
    present = cells.dropna()
    facts = _spread(present) or _counted(present)
    return Column(name, position, rows, len(cells), missing, **facts)


def _table(namespace: Mapping[str, object], name: str) -> tuple[Any, Frame]:
    table = namespace.get(name)
    frame = frame_of(table)
    if frame is None:
        raise UnknownName(f"There is no table named {name} any more.")
    return table, frame


def _shape(table: Any, frame: Frame) -> tuple[int | None, int]:
    if frame == "duckdb":
        return None, len(table.columns)
    if frame == "series":
        return len(table), 1
    if frame == "pyarrow":
        return int(table.num_rows), int(table.num_columns)
    return int(table.shape[0]), int(table.shape[1])


def _cells(table: Any, frame: Frame, position: int) -> pd.Series | None:
    """The first cells of one column as pandas; None where they would have to be fetched."""
    import pandas as pd

    if frame == "duckdb":
        return None
    if frame == "series":
        return table.iloc[:MOST_ROWS]
    if frame == "pandas":
        return table.iloc[:MOST_ROWS, position]
    if frame == "pyarrow":
        return pd.Series(table.column(position)[:MOST_ROWS].to_pylist())
    return pd.Series(table.get_columns()[position].head(MOST_ROWS).to_list())


def _spread(present: pd.Series) -> dict[str, Any] | None:
    """How numbers or moments are spread; None for anything else."""
    import numpy as np
    import pandas as pd

    kinds = pd.api.types
    moments = kinds.is_datetime64_any_dtype(present.dtype) or kinds.is_timedelta64_dtype(present)
    numbers = kinds.is_numeric_dtype(present.dtype) and not kinds.is_bool_dtype(present.dtype)
    if not (moments or numbers) or kinds.is_complex_dtype(present.dtype):
        return None
    values = present.astype("int64") if moments else present.astype("float64")
    finite = values[np.isfinite(values.to_numpy())]
    if finite.empty:
        return {"distinct": int(present.nunique())}
    ends = (present[values == finite.min()].iloc[0], present[values == finite.max()].iloc[0])
    low, high = (one_line(_said(end), LONGEST) for end in ends)
    bins = _binned(finite.to_numpy(dtype="float64"))
    return {"distinct": int(present.nunique()), "low": low, "high": high, "bins": bins}


def _binned(values: npt.NDArray[np.float64]) -> tuple[int, ...]:
    """Count values in equally wide ranges; halves, as the widest range is no float."""
    import numpy as np

    halves = values / 2 - values.min() / 2
    if not halves.max() > 0:
        return ()
    places = np.minimum((halves / halves.max() * BINS).astype(int), BINS - 1)
    return tuple(int(count) for count in np.bincount(places, minlength=BINS))


def _said(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _counted(present: pd.Series) -> dict[str, Any]:
    """The most frequent cells; nothing where cells would answer with code of their own."""
    known = groups_of_types()
    if present.dtype == object and any(type(cell) not in known for cell in present):
        return {"distinct": None}
    counts = present.value_counts()
    top = tuple(
        Top(one_line(str(cell), LONGEST), int(count)) for cell, count in counts.head(TOP).items()
    )
    return {"distinct": len(counts), "top": top}
