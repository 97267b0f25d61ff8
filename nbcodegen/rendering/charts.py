"""Charts over rows (TAIL) -> source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering import charts_points, charts_spread
from nbcodegen.rendering.axes import Options, arguments, heading
from nbcodegen.rendering.dates import ordered
from nbcodegen.rendering.expressions import expression, real
from nbcodegen.rendering.rows import Rows
from nbcodegen.rendering.scope import Expr
from nbcodegen.rendering.source import atom
from nbcodegen.rendering.spine import Step


def draw(rows: Rows, step: Step) -> None:
    """Write a chart."""
    options = Options(step.parts[-1].children, rows.items)
    CHARTS[step.word](rows, step, options)


def _columns(rows: Rows, nodes: Sequence[Node], numbers: Collection[Node]) -> list[Expr]:
    """Make what is drawn columns of the rows; heights of marks are numbers."""
    exprs = []
    for node in nodes:
        expr = rows.column_or(node, expression)
        if node in numbers and expr.kind in ("duration", "boolean"):
            expr = real(expression(node, rows))
        exprs.append(ordered(expr, rows.cell) if expr.kind in ("weekday", "monthname") else expr)
    return rows.with_columns(nodes, exprs)


def _heights(step: Step) -> list[Node]:
    """What is drawn along x; x itself is not."""
    heights = [node for node in dict.fromkeys(step.parts[1].children) if node != step.parts[0]]
    if not heights:
        raise PlanError("a chart of a column against itself")
    return heights


def _lines(rows: Rows, step: Step, options: Options) -> None:
    """Line and area: one mark a row, along x."""
    if not step.parts[1].children:
        _counts(rows, step, options)
        return
    x_node, ys = step.parts[0], _heights(step)
    hue = options.node("hue")
    nodes = [x_node, *ys, *([hue] if hue else [])]
    rows.read_dates(nodes)
    columns = _columns(rows, list(dict.fromkeys(nodes)), ys)
    by_node = dict(zip(dict.fromkeys(nodes), columns, strict=True))
    x, y = by_node[x_node], [by_node[node] for node in dict.fromkeys(ys)]
    if hue:
        _by_hue(rows, step.word, x, y[0], by_node[hue], options)
        return
    frame = rows.text if rows.is_sorted else f"{rows.text}.sort_values({x.key})"
    names = y[0].key if len(y) == 1 else f"[{', '.join(column.key for column in y)}]"
    looks = arguments(f"x={x.key}", f"y={names}", options.color())
    extra = ", stacked=False" if step.word == "area" and len(y) > 1 else ""
    legend = ", legend=False" if len(y) == 1 or options.has("nolegend") else ""
    rows.cell.emit(f"ax = {frame}.plot.{step.word}({looks}{extra}{legend})")
    _finish(rows, step.word, x, y, options)


def _bars(rows: Rows, step: Step, options: Options) -> None:
    """Bars: one a row, in the order of the rows."""
    if not step.parts[1].children:
        _counts(rows, step, options)
        return
    x_node, ys = step.parts[0], _heights(step)
    hue = options.node("hue")
    nodes = list(dict.fromkeys([x_node, *ys, *([hue] if hue else [])]))
    by_node = dict(zip(nodes, _columns(rows, nodes, ys), strict=True))
    x, y = by_node[x_node], [by_node[node] for node in ys]
    if hue and hue != x_node:
        _by_hue(rows, step.word, x, y[0], by_node[hue], options)
        return
    names = y[0].key if len(y) == 1 else f"[{', '.join(column.key for column in y)}]"
    rotated = "rot=45" if step.word == "bar" else ""
    legend = "legend=False" if len(y) == 1 or options.has("nolegend") else ""
    looks = arguments(f"x={x.key}", f"y={names}", rotated, options.color(), legend)
    rows.cell.emit(f"ax = {rows.text}.plot.{step.word}({looks})")
    _finish(rows, step.word, x, y, options)


def _by_hue(rows: Rows, word: str, x: Expr, y: Expr, hue: Expr, options: Options) -> None:
    """One series a value of another column."""
    total = '"sum"' if word in ("bar", "barh", "area") else '"mean"'
    spread = f"index={x.key}, columns={hue.key}, values={y.key}, aggfunc={total}"
    observed = ", observed=True" if x.categorical or hue.categorical else ""
    looks = "rot=45" if word == "bar" else ""
    table = f"{rows.text}.pivot_table({spread}{observed})"
    rows.cell.emit(f"ax = {table}.plot.{word}({looks})")
    _finish(rows, word, x, [y], options, hue.label)


def _counts(rows: Rows, step: Step, options: Options) -> None:
    """A chart of one column alone is of how often each value occurs."""
    column = rows.column_or(step.parts[0], expression)
    base = f"{rows.text}[{column.key}]" if column.key else atom(column.text)
    order = ".sort_index()" if step.word in ("line", "area") else ""
    looks = arguments("rot=45" if step.word == "bar" else "", options.color())
    rows.cell.emit(f"ax = {base}.value_counts(){order}.plot.{step.word}({looks})")
    _finish(rows, step.word, column, [Expr("", "integer", rows.cell.say("count"))], options)


def _finish(
    rows: Rows, word: str, x: Expr, y: Sequence[Expr], options: Options, legend: str = ""
) -> None:
    what = rows.cell.join([column.label for column in y])
    title = rows.cell.say("{} by {}", what, x.label)
    if word == "barh":
        rows.cell.emit("ax.invert_yaxis()")
        options.finish(rows.cell, title=title, x=what, y=x.label, legend=legend)
    else:
        options.finish(rows.cell, title=title, x=x.label, y=what, legend=legend)


def _pie(rows: Rows, step: Step, options: Options) -> None:
    x, y = _columns(rows, step.parts[:2], step.parts[1:2])
    table = f"{rows.text}.set_index({x.key})[{y.key}]"
    rows.cell.emit(f'ax = {table}.plot.pie(autopct="%1.1f%%", ylabel="")')
    title = options.text("title") or heading(rows.cell.say("{} by {}", y.label, x.label))
    rows.cell.emit(f"ax.set_title({title})", "plt.show()")


CHARTS: dict[str, Callable[[Rows, Step, Options], None]] = {
    "bar": _bars,
    "barh": _bars,
    "line": _lines,
    "area": _lines,
    "pie": _pie,
    **charts_points.CHARTS,
    **charts_spread.CHARTS,
}
