"""Charts of how values are spread (hist, kde, box, violin, pairs, correlations) -> source."""

from __future__ import annotations

from collections.abc import Callable

from nbcodegen.plan import PlanError
from nbcodegen.rendering.axes import Options, arguments
from nbcodegen.rendering.charts_points import points
from nbcodegen.rendering.dates import ordered
from nbcodegen.rendering.expressions import expression
from nbcodegen.rendering.heatmap import heatmap
from nbcodegen.rendering.rows import Rows
from nbcodegen.rendering.scope import Expr
from nbcodegen.rendering.spine import Step


def _drawn(rows: Rows, step: Step) -> list[Expr]:
    return points(rows, list(dict.fromkeys(step.parts[0].children)), numbers=True)


def _hue(rows: Rows, options: Options) -> Expr | None:
    node = options.node("hue")
    if node is None:
        return None
    return rows.with_columns([node], [ordered(rows.column_or(node, expression), rows.cell)])[0]


def _names(rows: Rows, exprs: list[Expr]) -> str:
    return rows.cell.join([expr.label for expr in exprs])


def _title(rows: Rows, exprs: list[Expr], by: str = "") -> str:
    title = rows.cell.say("distribution of {}", _names(rows, exprs))
    return rows.cell.say("{} by {}", title, by) if by else title


def _hist(rows: Rows, step: Step, options: Options) -> None:
    columns = _drawn(rows, step)
    if not columns:
        _histall(rows, step, options)
        return
    hue = _hue(rows, options)
    extra = arguments(f"bins={options.bins()}", options.color())
    if step.word == "kde":
        extra = options.color()
    method = step.word
    if hue:
        _overlaid(rows, columns[0], hue, method, extra)
    else:
        clear = "alpha=0.6" if len(columns) > 1 and method == "hist" else ""
        edge = 'edgecolor="white"' if method == "hist" else ""
        data = rows.picked([column.key for column in columns])
        rows.cell.emit(f"ax = {data}.plot.{method}({arguments(extra, edge, clear)})")
    axis = rows.cell.say("density" if method == "kde" else "frequency")
    legend = hue.label if hue else ""
    title = _title(rows, columns, legend)
    options.finish(rows.cell, title=title, x=_names(rows, columns), y=axis, legend=legend)


def _overlaid(rows: Rows, column: Expr, hue: Expr, method: str, extra: str) -> None:
    cell, frame = rows.cell, rows.name()
    observed = ", observed=True" if hue.categorical else ""
    name, part = cell.fresh("name"), cell.fresh("part")
    clear = "alpha=0.5" if method == "hist" else ""
    looks = arguments("ax=ax", extra, clear, f"label={name}")
    cell.emit(
        "fig, ax = plt.subplots()",
        f"for {name}, {part} in {frame}.groupby({hue.key}{observed})[{column.key}]:",
        f"    {part}.plot.{method}({looks})",
    )


def _box(rows: Rows, step: Step, options: Options) -> None:
    columns, hue = _drawn(rows, step), _hue(rows, options)
    if not columns:
        _boxall(rows, step, options)
        return
    if not hue:
        data = rows.picked([column.key for column in columns])
        rows.cell.emit(f"ax = {data}.plot.box({options.color()})")
        names = _names(rows, columns)
        options.finish(rows.cell, title=_title(rows, columns), x="", y=names)
        return
    y = columns[0]
    rows.cell.emit(
        f"ax = {rows.text}.boxplot(column={y.key}, by={hue.key}, rot=45)",
        'ax.figure.suptitle("")',
    )
    title = rows.cell.say("{} by {}", y.label, hue.label)
    options.finish(rows.cell, title=title, x=hue.label, y=y.label)


def _violin(rows: Rows, step: Step, options: Options) -> None:
    columns, hue = _drawn(rows, step), _hue(rows, options)
    if not columns:
        raise PlanError("no column to draw")
    cell, y = rows.cell, columns[0]
    if hue:
        observed = ", observed=True" if hue.categorical else ""
        frame = f"{rows.text}.dropna(subset=[{y.key}])"
        groups = cell.assign("parts", f"dict(list({frame}.groupby({hue.key}{observed})[{y.key}]))")
        values, ticks = f"list({groups}.values())", f"list({groups})"
        count, x = f"len({groups})", hue.label
    else:
        frame = rows.name()
        values = f"[{', '.join(f'{frame}[{column.key}].dropna()' for column in columns)}]"
        ticks, count, x = f"[{', '.join(column.key for column in columns)}]", str(len(columns)), ""
    cell.emit(
        "fig, ax = plt.subplots()",
        f"ax.violinplot({values}, showmedians=True)",
        f"ax.set_xticks(range(1, {count} + 1), {ticks}, rotation=45)",
    )
    names = _names(rows, columns)
    title = cell.say("{} by {}", names, x) if x else _title(rows, columns)
    options.finish(cell, title=title, x=x, y=names)


def _heatcorr(rows: Rows, step: Step, options: Options) -> None:
    name = rows.cell.assign("correlations", f"{rows.text}.corr(numeric_only=True)")
    heatmap(rows.cell, name, 'vmin=-1, vmax=1, cmap="coolwarm"', numbers=True)
    options.finish(rows.cell, title=rows.cell.say("correlations"), x="", y="")


def _whole(template: str) -> Callable[[Rows, Step, Options], None]:
    def write(rows: Rows, step: Step, options: Options) -> None:
        rows.cell.emit(template.format(rows.text, bins=options.bins()))
        if options.has("title"):
            rows.cell.emit(f"plt.suptitle({options.text('title')})")
        rows.cell.emit("plt.tight_layout()", "plt.show()")

    return write


_histall = _whole("axes = {}.hist(bins={bins}, figsize=(10, 8))")
_boxall = _whole("ax = {}.plot.box(rot=45)")

CHARTS: dict[str, Callable[[Rows, Step, Options], None]] = {
    "hist": _hist,
    "kde": _hist,
    "box": _box,
    "violin": _violin,
    "heatcorr": _heatcorr,
    "pairs": _whole(
        'axes = pd.plotting.scatter_matrix({}.select_dtypes("number"), figsize=(10, 10))'
    ),
    "histall": _histall,
    "boxall": _boxall,
}
