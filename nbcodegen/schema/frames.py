"""A live table of any library -> its labels, the kinds of its columns, and its first cells.

Libraries are looked up in `sys.modules`, so none is imported for users who have not loaded it,
and each frame is read by its own few methods: they take columns by position, which duplicate
labels need. DuckDB relations are queries that have not run: nothing of them is fetched.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from nbcodegen.schema.facts import TypedCells, kind_of_cells, typed_cells
from nbcodegen.schema.kinds import kind_of_type
from nbcodegen.values import Frame, Kind

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 10_000
FEWEST_ROWS = 100
DESCRIBED = 200
"""Columns whose cells are looked at; of those after them only names and kinds are told."""
_OBJECTS = frozenset({"object", "str"})
GLANCE = 16
"""Cells that show what an object column holds, or that its texts are long."""
LONG_TEXT = 300

_CLASSES: tuple[tuple[str, str, Frame], ...] = (
    ("pandas", "DataFrame", "pandas"),
    ("pandas", "Series", "series"),
    ("polars", "DataFrame", "polars"),
    ("pyarrow", "Table", "pyarrow"),
    ("duckdb", "DuckDBPyRelation", "duckdb"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A live column or level of the index, cut to its first cells."""

    label: Hashable
    kind: Kind
    """By its type; `other` where only the cells can tell."""
    cells: TypedCells | list[object] | None = None
    """None where they are not looked at."""


@dataclass(frozen=True, slots=True)
class Head:
    """A live table cut to its first rows."""

    rows: int | None
    looked_at: int
    columns: Sequence[Column]
    index: Sequence[Column] = ()


def frame_of(value: object) -> Frame | None:
    """Say which kind of table this is, if one; asks the value's class and never the value."""
    for module, name, frame in _CLASSES:
        known = getattr(sys.modules.get(module), name, None)
        if isinstance(known, type) and issubclass(type(value), known):
            return frame
    return None


def read_head(table: object, frame: Frame, cells: int) -> Head:
    """Read the first rows of a table: about `cells` cells in all."""
    readers: dict[Frame, Callable[[Any, int], Head]] = {
        "pandas": _read_pandas,
        "series": _read_series,
        "polars": _read_polars,
        "pyarrow": _read_pyarrow,
        "duckdb": _read_duckdb,
    }
    return readers[frame](table, cells)


def _rows_to_read(rows: int, width: int, cells: int) -> int:
    fair = cells // max(1, min(width, DESCRIBED))
    return min(rows, MOST_ROWS, max(FEWEST_ROWS, fair))


def _read_pandas(table: pd.DataFrame, cells: int) -> Head:
    labels = table.columns.tolist()
    count = _rows_to_read(len(table), len(labels), cells)
    head = table.iloc[:count]
    types = _type_names(table.dtypes.tolist())
    described = [
        _pandas_column(label, name, head.iloc[:, place])
        for place, (label, name) in enumerate(zip(labels[:DESCRIBED], types, strict=False))
    ]
    columns = [*described, *_glanced(labels, types, head)]
    index = _read_index(head.index, labels, table.columns.nlevels)
    return Head(len(table), count, columns, index)


def _read_series(series: pd.Series, cells: int) -> Head:
    count = _rows_to_read(len(series), 1, cells)
    head = series.iloc[:count]
    column = _pandas_column(series.name, str(series.dtype), head)
    return Head(len(series), count, [column], _read_index(head.index, [series.name], 1))


def _type_names(types: Sequence[object]) -> list[str]:
    """Names of dtypes, each object asked once: among 10,000 columns most share a few."""
    names = {id(dtype): str(dtype) for dtype in {id(dtype): dtype for dtype in types}.values()}
    return [names[id(dtype)] for dtype in types]


def _pandas_column(label: Hashable, name: str, cells: pd.Series) -> Column:
    # `str` is what pandas 3 makes of the text that pandas 2 leaves as objects.
    kind = "other" if name in _OBJECTS else kind_of_type(name)
    if kind == "other" and name not in _OBJECTS:
        return Column(label, kind)
    return Column(label, kind, typed_cells(cells.array) or _objects(cells.array))


def _objects(array: Any) -> list[object]:
    """Cells of a pandas array as Python objects."""
    import numpy as np

    def read(count: int) -> list[object]:
        # `to_numpy` would ask every object whether it is missing.
        return cast("list[object]", np.asarray(array[:count], dtype=object).tolist())

    return _unless_long(read, len(array))


def _unless_long(read: Callable[[int], list[object]], count: int) -> list[object]:
    """Read `count` cells; only a few of long texts, as each has to be read whole."""
    few = read(min(count, GLANCE))
    return few if _are_long(few) else read(count)


def _are_long(cells: Iterable[object]) -> bool:
    lengths = sorted(len(cell) for cell in cells if type(cell) is str)
    return bool(lengths) and lengths[len(lengths) // 2] > LONG_TEXT


def _glanced(labels: Sequence[Hashable], types: Sequence[str], head: pd.DataFrame) -> list[Column]:
    """Columns after the described ones; a few cells of the object columns tell their kind."""
    places = range(DESCRIBED, len(labels))
    objects = [place for place in places if types[place] == "object"]
    cells = head.iloc[:GLANCE, objects].to_numpy(dtype=object)
    held = {place: kind_of_cells(cells[:, at].tolist()) for at, place in enumerate(objects)}
    return [Column(labels[at], held.get(at) or kind_of_type(types[at])) for at in places]


def _read_index(index: pd.Index, labels: Sequence[Hashable], depth: int) -> list[Column]:
    """Levels that `reset_index` turns into columns; none of row numbers, of no rows, or in the way.

    A filtered or sorted frame keeps its row numbers as an index of integers without a name.
    """
    import pandas as pd

    unnamed = all(name is None for name in index.names)
    if unnamed and (pd.api.types.is_integer_dtype(index.dtype) or len(index) == 0):
        return []
    taken = {label for label in labels if type(label) in (str, tuple)}
    columns = []
    for number, name in enumerate(index.names):
        label = _level_label(name, number, index.nlevels, taken)
        label = (label, *[""] * (depth - 1)) if depth > 1 else label
        level = pd.Series(index.get_level_values(number))
        if type(label) not in (str, tuple) or label not in taken:
            columns.append(_pandas_column(label, str(level.dtype), level))
    return columns


def _level_label(name: Hashable, number: int, levels: int, taken: set[Hashable]) -> Hashable:
    """What `reset_index` calls a level."""
    if name is not None:
        return name
    return "index" if levels == 1 and "index" not in taken else f"level_{number}"


def _read_polars(table: Any, cells: int) -> Head:
    count = _rows_to_read(table.height, table.width, cells)
    columns = [
        _column_of(series.name, series.dtype.base_type().__name__, place, series, count)
        for place, series in enumerate(table.get_columns())
    ]
    return Head(table.height, count, columns)


def _read_pyarrow(table: Any, cells: int) -> Head:
    count = _rows_to_read(table.num_rows, table.num_columns, cells)
    columns = [
        _column_of(label, str(array.type), place, array, count)
        for place, (label, array) in enumerate(zip(table.column_names, table.columns, strict=True))
    ]
    return Head(table.num_rows, count, columns)


def _column_of(label: str, name: str, place: int, array: Any, count: int) -> Column:
    """A column of polars or pyarrow; nested cells have no bound, and are left alone."""
    kind = kind_of_type(name)
    if kind == "other" or place >= DESCRIBED:
        return Column(label, kind)
    return Column(label, kind, _unless_long(lambda rows: _listed(array[:rows]), count))


def _listed(array: Any) -> list[object]:
    return list(array.to_pylist() if hasattr(array, "to_pylist") else array.to_list())


def _read_duckdb(relation: Any, cells: int) -> Head:
    types = zip(relation.columns, relation.types, strict=True)
    return Head(None, 0, [Column(name, kind_of_type(str(dtype))) for name, dtype in types])
