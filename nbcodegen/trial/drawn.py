"""A figure that a cell drew -> what it shows, read back from the artists: one panel per axes.

Style is left behind: colours, sizes, fonts, legends, axis limits. Kept are the kind of every mark,
its categories, values and series, the order of categories, and logarithmic axes.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib.dates
import numpy as np
from matplotlib.category import StrCategoryConverter
from matplotlib.collections import PathCollection, PolyCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.patches import Wedge
from matplotlib.ticker import FixedFormatter, FuncFormatter

from nbcodegen.trial.readings import Grid, cell

Rows = list[tuple[Any, ...]]
Axes = Any
"""Matplotlib's types say too little of what its artists hold."""

KDE_POINTS = 100
"""Smooth curves have at least this many points, evenly spaced, over an area of one."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What one axes shows, by kind of mark: rows of plain cells in the order drawn."""

    marks: Mapping[str, Grid]
    log: tuple[bool, bool]


def panels(figures: Sequence[Figure]) -> list[Panel]:
    """Every axes that shows data, colour bars left out. The figures need not have been drawn."""
    found = []
    for figure in figures:
        for axes in figure.axes:
            marks = _marks(axes) if axes.get_label() != "<colorbar>" else {}
            if marks:
                log = (axes.get_xscale() == "log", axes.get_yscale() == "log")
                found.append(Panel(marks, log))
    return found


def words(figures: Sequence[Figure]) -> str:
    """Every text that a reader sees on the figures."""
    from matplotlib.text import Text

    texts = [text.get_text() for figure in figures for text in figure.findobj(Text)]
    return "\n".join(texts)


def _marks(axes: Axes) -> dict[str, Grid]:
    readers: dict[str, Callable[[Axes], Rows]] = {
        "box": _boxes,
        "violin": _violins,
        "pie": _wedges,
        "hexbin": _hexagons,
        "heatmap": _cells,
        "area": _areas,
    }
    rows = {kind: reader(axes) for kind, reader in readers.items()}
    rows |= _bars(axes)
    rows |= _points_and_lines(axes, alone=not (rows["box"] or rows["violin"] or rows["area"]))
    return {
        kind: Grid(tuple(zip(*found, strict=True)))
        for kind, found in rows.items()
        if found and not (kind == "area" and rows["violin"])
    }


def _bars(axes: Axes) -> dict[str, Rows]:
    groups = [group for group in axes.containers if hasattr(group, "patches") and group.patches]
    if groups and all(_touching(group) for group in groups):
        return {"hist": [_counts_and_range(group, len(groups) > 1) for group in groups]}
    rows: Rows = []
    stacked, flat = False, False
    for group in groups:
        flat = group.orientation == "horizontal"
        for patch in group.patches:
            low, size = (
                (patch.get_x(), patch.get_width()) if flat else (patch.get_y(), patch.get_height())
            )
            start, width = (
                (patch.get_y(), patch.get_height()) if flat else (patch.get_x(), patch.get_width())
            )
            stacked |= abs(low) > 1e-9
            if not math.isnan(size):
                rows.append((start + width / 2, str(group.get_label()), float(size)))
    axis = axes.yaxis if flat else axes.xaxis
    kind = ("stacked " if stacked else "") + ("barh" if flat else "bar")
    return {kind: _named(_without_empty(rows, stacked), axis)}


def _without_empty(rows: Rows, stacked: bool) -> Rows:
    """Combinations that do not occur are drawn as nothing, or not drawn."""
    several = stacked or len({round(row[0]) for row in rows}) < len(rows)
    return [row for row in rows if row[2] or not several]


def _named(rows: Rows, axis: Any) -> Rows:
    """Positions become labels; series are told apart only where a category has several."""
    places = {round(row[0]) for row in rows} if rows else set()
    series = len({row[1] for row in rows}) > 1 and len(places) < len(rows)
    rows = sorted(rows, key=lambda row: row[0])
    return [(_label(axis, row[0]), *((row[1],) if series else ()), row[2]) for row in rows]


def _label(axis: Any, place: float) -> Any:
    """What the axis calls a position: a category, a date, or the number itself."""
    formatter = axis.get_major_formatter()
    mapping = getattr(getattr(axis, "units", None), "_mapping", None)
    if isinstance(axis.get_converter(), StrCategoryConverter) and mapping:
        names = {round(value): name for name, value in mapping.items()}
        return category(names.get(round(place), place))
    if isinstance(formatter, FixedFormatter):
        ticks = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=False)
        near = [text.get_text() for spot, text in ticks if abs(spot - place) < 0.45]
        return category(near[0] if near else place)
    if isinstance(formatter, FuncFormatter):
        ticks = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=False)
        near = [text.get_text() for spot, text in ticks if abs(spot - place) < 0.45]
        return category(formatter(round(place)) or (near[0] if near else place))
    if isinstance(formatter, matplotlib.dates.AutoDateFormatter | matplotlib.dates.DateFormatter):
        day: Any = matplotlib.dates.num2date(place)  # type: ignore[no-untyped-call]
        return cell(day.replace(tzinfo=None))
    return category(float(f"{place:.6g}"))


def category(name: Any) -> Any:
    """A label as a cell; numbers written as text are numbers, since axes write them so."""
    if isinstance(name, str):
        name = name.strip()
        if name in {"True", "False"}:
            return name == "True"
        try:
            return float(name.replace("−", "-"))
        except ValueError:
            return cell(name)
    return cell(name)


def _touching(group: Any) -> bool:
    """Whether bars stand edge to edge, as those of a histogram do."""
    flat = group.orientation == "horizontal"
    edges = sorted(
        (patch.get_y(), patch.get_height()) if flat else (patch.get_x(), patch.get_width())
        for patch in group.patches
    )
    return len(edges) > 2 and all(
        math.isclose(start + width, following[0], abs_tol=1e-6 * abs(width))
        for (start, width), following in itertools.pairwise(edges)
    )


def _counts_and_range(group: Any, named: bool) -> tuple[Any, ...]:
    flat = group.orientation == "horizontal"
    sizes = [patch.get_width() if flat else patch.get_height() for patch in group.patches]
    edges = [patch.get_y() if flat else patch.get_x() for patch in group.patches]
    width = group.patches[-1].get_height() if flat else group.patches[-1].get_width()
    bounds = (float(min(edges)), float(max(edges) + width))
    return (*((str(group.get_label()),) if named else ()), float(sum(sizes)), *bounds)


def _boxes(axes: Axes) -> Rows:
    return _spread(axes, "boxes", ("med", "q1", "q3"))


def _violins(axes: Axes) -> Rows:
    return _spread(axes, "violins", ("median", "min", "max"))


def _spread(axes: Axes, kind: str, statistics: Sequence[str]) -> Rows:
    kept = getattr(axes, kind, [])
    upright = any(isinstance(_label(axes.xaxis, place), str) for place, _ in kept)
    sideways = any(isinstance(_label(axes.yaxis, place), str) for place, _ in kept)
    axis = axes.yaxis if sideways and not upright else axes.xaxis
    rows = [
        (_label(axis, place), *(float(stats[name]) for name in statistics)) for place, stats in kept
    ]
    return rows if len(rows) > 1 else [row[1:] for row in rows]


def _wedges(axes: Axes) -> Rows:
    wedges = [patch for patch in axes.patches if isinstance(patch, Wedge)]
    legend = axes.get_legend()
    names = [text.get_text() for text in legend.get_texts()] if legend else []
    rows: Rows = []
    for number, wedge in enumerate(wedges):
        name = str(wedge.get_label())
        if (not name or name.startswith("_")) and number < len(names):
            name = names[number]
        rows.append((category(name), (wedge.theta2 - wedge.theta1) / 360))
    return [row for row in rows if row[1]]


def _hexagons(axes: Axes) -> Rows:
    rows: Rows = []
    for shape in axes.collections:
        if isinstance(shape, PolyCollection) and shape.get_array() is not None:
            offsets: Any = shape.get_offsets()
            (left, low), (right, high) = offsets.min(0), offsets.max(0)
            total = float(np.asarray(shape.get_array()).sum())
            rows.append((total, *map(float, (left, right, low, high))))
    return rows


def _cells(axes: Axes) -> Rows:
    """Values of a heat map in no order: rows may be turned, flipped or sorted."""
    meshes = [shape for shape in axes.collections if isinstance(shape, QuadMesh)]
    rows: Rows = []
    for mesh in [*axes.images, *meshes]:
        values: Any = np.ma.filled(np.ma.asarray(mesh.get_array(), dtype=float), np.nan)
        rows += [(float(value),) for value in values.ravel() if not math.isnan(value)]
    return rows


def _areas(axes: Axes) -> Rows:
    rows: Rows = []
    for number, shape in enumerate(axes.collections):
        if isinstance(shape, PolyCollection) and shape.get_array() is None:
            heights: dict[float, list[float]] = {}
            for path in shape.get_paths():
                vertices: Any = path.vertices
                for x, y in vertices:
                    heights.setdefault(float(x), []).append(float(y))
            rows += [(x, number, max(ys) - min(ys)) for x, ys in sorted(heights.items())]
    return [(_number_or_label(axes, x), height) for x, _, height in rows]


def _number_or_label(axes: Axes, x: float) -> Any:
    freq = getattr(axes.xaxis, "freq", None)
    if freq is not None:
        import pandas as pd

        return pd.Period(ordinal=round(x), freq=freq).start_time
    return _label(axes.xaxis, x)


def _points_and_lines(axes: Axes, *, alone: bool) -> dict[str, Rows]:
    lines: list[Any] = []
    points: Rows = []
    for number, line in enumerate(axes.lines):
        if line.get_transform() != axes.transData or not alone:
            continue  # a reference line across the axes, or part of another mark
        if line.get_linestyle() == "None":
            spots = zip(line.get_xdata(orig=False), line.get_ydata(orig=False), strict=True)
            points += [(float(x), float(y), f"line {number}", 1.0) for x, y in spots]
        elif len(line.get_xdata()):
            lines.append(line)
    points += [point for shape in axes.collections for point in _scattered(shape)]
    smooth = [line for line in lines if _is_density(line)]
    return {
        "scatter": _grouped_points(points),
        "kde": [_density(line, len(smooth) > 1) for line in smooth],
        "line": _line_rows(axes, [line for line in lines if line not in smooth]),
    }


def _scattered(shape: Any) -> Iterator[tuple[Any, ...]]:
    if not isinstance(shape, PathCollection):
        return
    colours, sizes = shape.get_array(), shape.get_sizes()
    faces = shape.get_facecolor() if colours is None else np.asarray(colours)
    names = [f"{id(shape)} {face}" for face in faces] or [f"{id(shape)} "]
    areas = [float(size) for size in sizes] or [0.0]
    for number, (x, y) in enumerate(np.ma.filled(shape.get_offsets(), np.nan).tolist()):
        if not (math.isnan(x) or math.isnan(y)):
            yield x, y, names[number % len(names)], areas[number % len(areas)]


def _grouped_points(points: Rows) -> Rows:
    """Colours and sizes as groups of points, each told by its sum: which colour is style."""
    columns = []
    for place in (2, 3):
        sums: dict[Any, float] = {}
        for point in points:
            sums[point[place]] = sums.get(point[place], 0.0) + point[0] + point[1]
        if len(sums) > 1:
            columns.append([sums[point[place]] for point in points])
    return [
        (*point[:2], *(column[number] for column in columns)) for number, point in enumerate(points)
    ]


def _is_density(line: Any) -> bool:
    try:
        x, y = (np.asarray(data, dtype=float) for data in line.get_data())
    except (TypeError, ValueError):  # categories or periods
        return False
    if len(x) < KDE_POINTS or np.ptp(np.diff(x)) > 1e-6 * np.ptp(x) or (y < 0).any():
        return False
    return bool(0.8 < float(y.sum() * (x[1] - x[0])) < 1.1)


def _density(line: Any, named: bool) -> tuple[Any, ...]:
    x, y = (np.asarray(data, dtype=float) for data in line.get_data())
    return (*((str(line.get_label()),) if named else ()), float((x * y).sum() / y.sum()))


def _line_rows(axes: Axes, lines: Sequence[Any]) -> Rows:
    rows: Rows = []
    for line in lines:
        raw = line.get_xdata(orig=True)
        for x, place, y in zip(raw, line.get_xdata(), line.get_ydata(), strict=True):
            if np.isreal(y) and not np.isnan(y):
                plain = isinstance(x, int | float | np.number)
                name = _label(axes.xaxis, float(place)) if plain else category(x)
                rows.append((name, str(line.get_label()), float(y)))
    if len({row[1] for row in rows}) > 1:
        return rows
    return [(row[0], row[2]) for row in rows]
