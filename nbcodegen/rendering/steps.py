"""Steps over rows (where, sort, head, cols, eachtop, ...) -> source."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering import answers, changes, charts, groups
from nbcodegen.rendering.conditions import condition
from nbcodegen.rendering.expressions import expression
from nbcodegen.rendering.ordering import ascending
from nbcodegen.rendering.rows import Rows, keys_argument
from nbcodegen.rendering.scope import Expr, whole
from nbcodegen.rendering.source import atom, listed
from nbcodegen.rendering.spine import Step

LOOKS_AROUND = frozenset(
    ["scalar", "outlier", "zoutlier", "toppct", "bottompct", "duplicated", "per"]
)  # words whose meaning depends on which rows are there
LONG_FILTER = 60
"""A longer filter gets a line of its own before what follows it."""
RANKED = frozenset({"integer", "float", "duration", "datetime"})


def render_rows(rows: Rows, steps: Sequence[Step]) -> None:
    """Write all steps, several at once where one idiom says them."""
    steps = _merged(steps)
    while steps:
        first = steps[0]
        _out_of_index(rows, first)
        if first.word == "by":
            groups.render_groups(rows, steps)
            return
        taken = _idiom(rows, steps)
        if not taken:
            _one(rows, first, steps[1:])
            taken = 1
        steps = steps[taken:]


def _out_of_index(rows: Rows, step: Step) -> None:
    """A column that was moved to the index comes back when a step names it."""
    named = {node.symbol for part in step.parts for node in part.walk()}
    if rows.indexed in named and step.word != "index":
        rows.advance(f"{rows.text}.reset_index()", "rows")
        rows.indexed = ""


def _merged(steps: Sequence[Step]) -> Sequence[Step]:
    """Two filters in a row are one, unless the second depends on what the first left."""
    merged: list[Step] = []
    for step in steps:
        before = merged[-1] if merged else None
        if before and before.word == step.word == "where" and step.mode == before.mode:
            words = {node.symbol for node in step.parts[0].walk()}
            if not words & LOOKS_AROUND:
                both = Node("and", (before.parts[0], step.parts[0]))
                merged[-1] = Step(step.mode, "where", (both,))
                continue
        merged.append(step)
    return merged


def _idiom(rows: Rows, steps: Sequence[Step]) -> int:
    """Write steps that have a shorter form together; return how many were written."""
    words = [step.word for step in steps]
    if words == ["where", "count"]:
        rows.cell.emit(f"{atom(condition(steps[0].parts[0], rows))}.sum()")
        return 2
    if words[:2] == ["sort", "head"]:
        return _largest(rows, steps)
    if words[0] == "cols" and len(steps[0].parts[0].children) == 1:
        return _one_column(rows, steps)
    return 0


def _largest(rows: Rows, steps: Sequence[Step]) -> int:
    """`nlargest`, or `idxmax` for one cell of one row."""
    order = steps[0].parts[0].children
    if len(order) != 1 or rows.saving:
        return 0
    key = expression(order[0].children[0], rows)
    if not key.key or key.kind not in RANKED:
        return 0
    falling, size = order[0].symbol == "desc", whole(steps[1].parts[0], rows)
    words = [step.word for step in steps]
    if rows.untouched and rows.in_order() and size == "1" and words[2:] == ["cols", "show"]:
        wanted = [expression(node, rows) for node in steps[2].parts[0].children]
        if len(wanted) == 1 and wanted[0].key:
            place = f"{key.text}.{'idxmax' if falling else 'idxmin'}()"
            rows.cell.emit(f"{rows.name()}.loc[{place}, {wanted[0].key}]")
            return 4
    method = "nlargest" if falling else "nsmallest"
    rows.advance(f"{rows.text}.{method}({size}, {key.key})", "top" if falling else "bottom")
    return 2


_AFTER_COLUMN = {"distinct", "head", "tail", "sample", "show", "count"}


def _one_column(rows: Rows, steps: Sequence[Step]) -> int:
    """One column alone is a Series; what follows is written for a Series."""
    words = [step.word for step in steps[1:]]
    if rows.saving or not set(words) <= _AFTER_COLUMN:
        return 0
    text = _series(rows, steps[0].parts[0].children[0])
    if words == ["distinct", "count"]:
        rows.cell.emit(f"{text}.nunique()")
        return len(steps)
    for step, after in zip(steps[1:], [*steps[2:], None], strict=True):
        if step.word == "distinct":
            text += ".unique()" if after and after.word == "show" else ".drop_duplicates()"
        elif step.word in ("head", "tail", "sample"):
            text += f".{step.word}({whole(step.parts[0], rows)})"
        elif step.word == "count":
            text = f"len({text})"
    rows.cell.emit(text)
    return len(steps)


def _series(rows: Rows, node: Node) -> str:
    """Source of one column; a plain one without naming the rows first."""
    frame = rows.text
    if not node.children and node.symbol[0] == "C":
        key = rows.plain_key(node.symbol)
        if key:
            return f"{frame}[{key}]"
    return atom(expression(node, rows).text)


def _one(rows: Rows, step: Step, rest: Sequence[Step]) -> None:
    if step.word in _STEPS:
        _STEPS[step.word](rows, step, rest)
    elif step.word in changes.CHANGES:
        changes.CHANGES[step.word](rows, step)
    elif step.word in charts.CHARTS:
        charts.draw(rows, step)
    else:
        answers.ANSWERS[step.word](rows, step)


def _where(rows: Rows, step: Step, rest: Sequence[Step]) -> None:
    test = condition(step.parts[0], rows)
    rows.advance(f"{rows.name()}[{test}]", "matching", slices=True)
    if len(rows.text) > LONG_FILTER and rest and rest[0].word != "show":
        rows.name()


def _sort(rows: Rows, step: Step, rest: Sequence[Step]) -> None:
    order = step.parts[0].children
    nodes = [child.children[0] for child in order]
    exprs = [rows.column_or(node, expression) for node in nodes]
    falling = [child.symbol == "desc" for child in order]
    if not exprs:
        return
    rows.is_sorted = True
    if len(exprs) == 1 and not exprs[0].key and (by := _sort_key(rows, nodes[0], exprs[0])):
        rows.advance(f"{rows.text}.sort_values({by}{ascending(falling)})", "ranked")
        return
    before = set(rows.made)
    keys = rows.with_columns(nodes, exprs)
    text = f"{rows.text}.sort_values({keys_argument(keys)}{ascending(falling)})"
    added = [rows.made[name].key for name in rows.made if name not in before]
    if added and not (rest and rest[0].word in ("cols", "by", "count", "stat")):
        text += f".drop(columns={listed(added)})"
        rows.made = {name: made for name, made in rows.made.items() if name in before}
    rows.advance(text, "ranked")


def _sort_key(rows: Rows, node: Node, expr: Expr) -> str:
    """Sort by what is computed from one column, without making a column of it."""
    pointers = {below.symbol for below in node.walk() if below.symbol[0] == "C"}
    if len(pointers) != 1:
        return ""
    column = rows.column(pointers.pop())
    inner = expr.text.replace(column.text, "s")
    names = {node.id for node in ast.walk(ast.parse(inner)) if isinstance(node, ast.Name)}
    if not column.key or "s" not in names or not names <= {"s", "pd", "np"}:
        return ""
    return f"{column.key}, key=lambda s: {inner}"


def _part(rows: Rows, step: Step, rest: Sequence[Step]) -> None:
    size = whole(step.parts[0], rows)
    rows.advance(f"{rows.text}.{step.word}({size})", "part", slices=True)


def _cols(rows: Rows, step: Step, rest: Sequence[Step]) -> None:
    nodes = list(dict.fromkeys(step.parts[0].children))
    if not nodes:
        raise PlanError("no columns are picked")
    exprs = [rows.column_or(node, expression) for node in nodes]
    keys = [expr.key for expr in rows.with_columns(nodes, exprs)]
    rows.advance(f"{rows.text}[[{', '.join(dict.fromkeys(keys))}]]", "subset", slices=True)
    rows.kept = frozenset(keys)


def _eachtop(rows: Rows, step: Step, rest: Sequence[Step]) -> None:
    size, direction, by, group = step.parts
    nodes = [by, group]
    exprs = [rows.column_or(node, expression) for node in nodes]
    keys = rows.with_columns(nodes, exprs)
    order = ascending([direction.symbol == "desc"])
    observed = ", observed=True" if keys[1].categorical else ""
    # Of rows that are alike the first ones count, as with `nlargest`; the default order is any.
    ranked = f'{rows.text}.sort_values({keys[0].key}{order}, kind="stable")'
    text = f"{ranked}.groupby({keys[1].key}{observed})"
    rows.advance(f"{text}.head({whole(size, rows)})", "top", slices=True)


_STEPS: dict[str, Callable[[Rows, Step, Sequence[Step]], None]] = {
    "where": _where,
    "sort": _sort,
    "head": _part,
    "tail": _part,
    "sample": _part,
    "cols": _cols,
    "eachtop": _eachtop,
}
