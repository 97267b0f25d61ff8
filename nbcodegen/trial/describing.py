"""What a cell left behind -> a Report: sizes, first rows, kinds of charts, a picture, a digest."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from nbcodegen.trial.doubting import about_marks, about_value
from nbcodegen.trial.drawn import Panel, panels
from nbcodegen.trial.intactness import changed, rebound
from nbcodegen.trial.readings import Grid, readings
from nbcodegen.trial.running import Outcome
from nbcodegen.values import Doubt, Report, Shown

ROWS, COLUMNS = 10, 12
"""Of a table's beginning, what a preview may show."""
MAX_CELL, MAX_TEXT = 60, 4_000
MANY_CELLS = 20_000
"""From here on a table is compared column by column, and by its first columns."""
MANY_COLUMNS = 1_000
MOST_FIGURES = 4
PICTURE_WIDTH, PICTURE_DPI = 480, 75
"""Pixels on the longer side at most, and as many to an inch at most."""
MARGIN = 0.8
"""Inches around a figure that its labels may take."""


def describe(outcome: Outcome, tables: Mapping[str, Any], originals: Mapping[str, Any]) -> Report:
    """Write the report of a run. `tables` are what it was given, `originals` what they were."""
    if outcome.error is not None:
        return Report(failure=outcome.error, seconds=outcome.seconds)
    said = Report(
        changed=tuple(changed(outcome.names, tables, originals)),
        rebound=tuple(rebound(outcome.names, tables)),
        printed=outcome.text,
        warnings=outcome.warnings,
        seconds=outcome.seconds,
    )
    drawn = panels(outcome.figures[:MOST_FIGURES])
    if drawn:
        return _with_charts(said, drawn)
    return _with_value(said, next(iter(outcome.values), None), originals)


def _with_charts(said: Report, drawn: Sequence[Panel]) -> Report:
    grids = [mark for panel in drawn for mark in panel.marks.values()]
    kinds = ["+".join(sorted(panel.marks)) for panel in drawn]
    scales = [f"{kind} {panel.log}" for kind, panel in zip(kinds, drawn, strict=True)]
    return replace(
        said,
        charts=tuple(kinds),
        marks=sum(grid.rows for grid in grids),
        digest=_digest([*sorted(scales), *sorted(_content(grid) for grid in grids)]),
        doubts=tuple(about_marks(grids)),
    )


def _with_value(said: Report, value: Any, originals: Mapping[str, Any]) -> Report:
    if value is None or _is_by_product(value):
        doubts: tuple[Doubt, ...] = () if said.printed else ("empty",)
        return replace(said, digest=_digest([said.printed]), doubts=doubts)
    said = replace(said, shown=_shown(value), doubts=tuple(about_value(value, originals, said)))
    if isinstance(value, pd.DataFrame | pd.Series) and value.size > MANY_CELLS:
        return replace(said, digest=_digest(_bulk(value)))
    grids = readings(value)[:1]
    contents = [_content(grid) for grid in grids] or [_line(value, MAX_TEXT)]
    return replace(said, digest=_digest(contents))


def picture(figure: Any) -> bytes:
    """Draw a figure, once and small, with a margin for labels that stand out, and cut that off.

    Ticks and labels stand where they will at any size. `savefig` would lay it all out twice.
    """
    from matplotlib.backends import backend_agg
    from PIL import Image

    width, height = figure.get_size_inches()
    figure.set_dpi(min(PICTURE_DPI, PICTURE_WIDTH / max(width, height)))
    sides = [side + 2 * MARGIN for side in (width, height)]
    agg: Any = backend_agg  # which has no types
    renderer = agg.RendererAgg(*(side * figure.dpi for side in sides), figure.dpi)
    figure.bbox_inches.set_points(np.array([[0, 0], [width, height]]) + MARGIN)
    figure.draw(renderer)
    figure.bbox_inches.set_points(np.array([[0, 0], [width, height]]))
    small = io.BytesIO()
    drawn = Image.fromarray(_cropped(np.asarray(renderer.buffer_rgba())))
    drawn.save(small, format="png", compress_level=3)
    return small.getvalue()


def _cropped(pixels: np.ndarray) -> np.ndarray:
    """Without the margin, which nothing was drawn on."""
    drawn = pixels[:, :, 3] > 0
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    if not len(rows):
        return pixels
    return pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _is_by_product(value: object) -> bool:
    """Whether a value is what a plotting call returns (axes, artists), which nobody reads."""
    if isinstance(value, (list, tuple)):
        return bool(value) and _is_by_product(value[0])
    if isinstance(value, np.ndarray) and value.dtype == object and value.size:
        return _is_by_product(value.flat[0])
    return type(value).__module__.partition(".")[0] in {"matplotlib", "seaborn"}


def _shown(value: Any) -> Shown:
    if isinstance(value, pd.Series):
        value = value.to_frame(name="" if value.name is None else value.name)
    if not isinstance(value, pd.DataFrame):
        return Shown(_line(value, MAX_TEXT))
    head = value.iloc[:ROWS, :COLUMNS]
    columns = [*_index(head.index), *((_label(name), head.iloc[:, place])
               for place, name in enumerate(head.columns))]  # fmt: skip
    cells = [[_line(item, MAX_CELL) for item in column] for _, column in columns]
    rows = tuple(zip(*cells, strict=True)) if len(head) else ()
    text = head.to_string(max_colwidth=MAX_CELL)[:MAX_TEXT]
    return Shown(text, len(value), value.shape[1], tuple(name for name, _ in columns), rows)


def _index(index: pd.Index) -> Iterator[tuple[str, Any]]:
    """The index as columns, where it says something; row numbers are left out."""
    for number in range(index.nlevels):
        level = index.get_level_values(number)
        if level.name is not None or not pd.api.types.is_integer_dtype(level.dtype):
            yield _label("" if level.name is None else level.name), level


def _label(name: object) -> str:
    return _line(" ".join(map(str, name)) if isinstance(name, tuple) else name, MAX_CELL)


def _line(item: object, most: int) -> str:
    """A value as one short line; numbers with as many digits as say something."""
    if isinstance(item, float | np.floating):
        return f"{item:,.6g}"
    if isinstance(item, pd.Timestamp) and item == item.normalize():
        return str(item.date())
    return str(item)[:most]


def _digest(contents: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(contents).encode("utf-8", "replace")).hexdigest()[:32]


def _content(grid: Grid) -> str:
    """A grid without names, order of rows and of columns, and digits past the sixth."""
    columns = [[_plain(item) for item in column] for column in grid.columns]
    columns.sort(key=sorted)
    rows = sorted("\t".join(row) for row in zip(*columns, strict=True))
    return f"{grid.rows}\n" + "\n".join(rows)


def _bulk(value: pd.DataFrame | pd.Series) -> list[str]:
    """The same for many rows: what each column holds, in any order."""
    table = value.to_frame() if isinstance(value, pd.Series) else value
    places = range(min(table.shape[1], MANY_COLUMNS))
    sums = [_sum_of_hashes(table.iloc[:, place]) for place in places]
    return [str(table.shape), *sorted(map(str, sums))]


def _sum_of_hashes(column: pd.Series) -> int:
    if pd.api.types.is_float_dtype(column.dtype):
        column = column.astype("float32")
    try:
        return int(pd.util.hash_pandas_object(column, index=False).sum())
    except TypeError:  # lists and other cells without a hash
        return 0


def _plain(item: Any) -> str:
    if isinstance(item, bool):
        return f"{float(item):.6g}"
    if isinstance(item, float):
        return "nan" if math.isnan(item) else f"{item:.6g}"
    return str(item)
