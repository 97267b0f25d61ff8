"""Scatter and hexbin charts -> source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nbcodegen.plan import Node
from nbcodegen.rendering.axes import Options, arguments
from nbcodegen.rendering.expressions import expression, real
from nbcodegen.rendering.rows import Rows
from nbcodegen.rendering.scope import Expr
from nbcodegen.rendering.spine import Step

SMOOTH = frozenset({"integer", "float", "duration"})
MAX_CATEGORIES = 12
"""Integers with at most this many distinct values are colours of their own, not a scale."""


def points(rows: Rows, nodes: Sequence[Node], *, numbers: bool) -> list[Expr]:
    """Make coordinates columns of the rows: numbers, or dates."""
    rows.read_dates(nodes)
    exprs = []
    for node in nodes:
        expr = rows.column_or(node, expression)
        if expr.kind in ("boolean", "duration") and numbers:
            expr = real(expression(node, rows))
        exprs.append(expr)
    return rows.with_columns(nodes, exprs)


def _is_scale(expr: Expr) -> bool:
    if expr.kind not in SMOOTH:
        return False
    few = expr.column is not None and (expr.column.distinct or MAX_CATEGORIES + 1) <= MAX_CATEGORIES
    return not (few and expr.kind == "integer")


def _scatter(rows: Rows, step: Step, options: Options) -> None:
    x, y = points(rows, step.parts[:2], numbers=True)
    extras = [node for node in (options.node("hue"), options.node("bubble")) if node]
    columns = points(rows, extras, numbers=False)
    hue = columns[0] if options.has("hue") else None
    bubble = columns[-1] if options.has("bubble") else None
    frame = rows.name() if hue or bubble or options.has("trend") else rows.text
    size = f"s={frame}[{bubble.key}] / {frame}[{bubble.key}].max() * 200" if bubble else ""
    if hue and not _is_scale(hue):
        _by_category(rows, (x, y), hue, bubble)
    else:
        scale = f"c={hue.key}, colormap='viridis'".replace("'", '"') if hue else options.color()
        looks = arguments(f"x={x.key}", f"y={y.key}", scale, size, "alpha=0.7")
        rows.cell.emit(f"ax = {frame}.plot.scatter({looks})")
    if options.has("trend"):
        _trend(rows, x, y)
    legend = hue.label if hue and not _is_scale(hue) else ""
    title = rows.cell.say("{} by {}", y.label, x.label)
    options.finish(rows.cell, title=title, x=x.label, y=y.label, legend=legend)


def _by_category(rows: Rows, at: tuple[Expr, Expr], hue: Expr, bubble: Expr | None) -> None:
    frame, cell = rows.name(), rows.cell
    observed = ", observed=True" if hue.categorical else ""
    name, part = cell.fresh("name"), cell.fresh("part")
    size = f"s={part}[{bubble.key}] / {frame}[{bubble.key}].max() * 200" if bubble else ""
    marks = arguments(*(f"{part}[{axis.key}]" for axis in at), size, "alpha=0.7", f"label={name}")
    cell.emit(
        "fig, ax = plt.subplots()",
        f"for {name}, {part} in {frame}.groupby({hue.key}{observed}):",
        f"    ax.scatter({marks})",
    )


def _trend(rows: Rows, x: Expr, y: Expr) -> None:
    """The least-squares line; gaps are left out, since `polyfit` does not take them."""
    cell = rows.cell
    points_ = cell.assign("points", f"{rows.name()}[[{x.key}, {y.key}]].dropna()")
    slope, start = cell.fresh("slope"), cell.fresh("intercept")
    cell.emit(
        f"{slope}, {start} = np.polyfit({points_}[{x.key}], {points_}[{y.key}], 1)",
        f'ax.axline((0, {start}), slope={slope}, color="gray", linestyle="--")',
    )


def _hexbin(rows: Rows, step: Step, options: Options) -> None:
    x, y = points(rows, step.parts[:2], numbers=True)
    looks = arguments(f"x={x.key}", f"y={y.key}", f"gridsize={options.bins('25')}")
    rows.cell.emit(f"ax = {rows.text}.plot.hexbin({looks})")
    title = rows.cell.say("{} by {}", y.label, x.label)
    options.finish(rows.cell, title=title, x=x.label, y=y.label)


CHARTS: dict[str, Callable[[Rows, Step, Options], None]] = {
    "scatter": _scatter,
    "hexbin": _hexbin,
}
