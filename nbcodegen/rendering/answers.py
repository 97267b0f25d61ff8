"""Last steps over rows that are not charts (show, stat, describe, corr, ...) -> source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering.aggregates import ratio, reducer, scalar
from nbcodegen.rendering.conditions import condition
from nbcodegen.rendering.expressions import expression, real
from nbcodegen.rendering.grouping import Groups
from nbcodegen.rendering.rows import Rows
from nbcodegen.rendering.scope import Expr
from nbcodegen.rendering.source import WIDTH, atom, quoted
from nbcodegen.rendering.spine import Step


def _show(rows: Rows, step: Step) -> None:
    rows.cell.emit(rows.text)


def _count(rows: Rows, step: Step) -> None:
    rows.cell.emit(f"len({rows.text})")


def _stat(rows: Rows, step: Step) -> None:
    nodes = list(dict.fromkeys(step.parts[0].children))
    if not nodes:
        raise PlanError("no statistic is asked for")
    rows.cell.emit(statistics(rows, nodes))


def statistics(rows: Rows | Groups, nodes: Sequence[Node]) -> str:
    """Source of one scalar, or of several as a Series."""
    if len(nodes) == 1:
        simple = _inline(rows, nodes[0]) if isinstance(rows, Rows) else ""
        return simple or scalar(nodes[0], rows).text
    same = _same_column(rows, nodes)
    if same:
        return same
    parts = [scalar(node, rows) for node in nodes]
    pairs = [f"{quoted(part.label)}: {part.text}" for part in parts]
    short = f"pd.Series({{{', '.join(pairs)}}})"
    if len(short) <= WIDTH:
        return short
    inner = "".join(f"    {pair},\n" for pair in pairs)
    return f"pd.Series({{\n{inner}}})"


def _inline(rows: Rows, node: Node) -> str:
    """`df[df["a"] > 1]["b"].mean()`: rows that are used once need no name."""
    if node.symbol == "size":
        return f"len({rows.text})"
    column = node.children[-1] if node.children else node
    if len(node.children) != 1 or column.symbol[0] != "C" or node.symbol in ("range", "sumpct"):
        return ""
    key = rows.plain_key(column.symbol)
    if not key or rows.text.isidentifier():
        return ""
    method = _SCALAR_METHODS.get(node.symbol)
    return f"{rows.text}[{key}]{method or f'.{node.symbol}()'}"


_SCALAR_METHODS = {
    "mode": ".mode()[0]",
    "missing": ".isna().sum()",
    "first": ".iloc[0]",
    "last": ".iloc[-1]",
}


def _same_column(rows: Rows | Groups, nodes: Sequence[Node]) -> str:
    """`df["a"].agg(["min", "max"])`: plain statistics of one column."""
    parts = [reducer(node, rows) for node in nodes if node.symbol not in ("size", "pct")]
    texts = {part.over.text for part in parts if part.over}
    plain = all(part.func.startswith('"') and part.word != "sumpct" for part in parts)
    if len(parts) != len(nodes) or len(texts) != 1 or not plain or parts[0].scale:
        return ""
    if {"first", "last"} & {part.word for part in parts}:
        return ""
    return f"{atom(texts.pop())}.agg([{', '.join(part.func for part in parts)}])"


def _describe(rows: Rows, step: Step) -> None:
    keys = rows.keys_of(step.parts[0].children)
    rows.cell.emit(f"{rows.picked(keys)}.describe()")


def _fixed(template: str) -> Callable[[Rows, Step], None]:
    def write(rows: Rows, step: Step) -> None:
        rows.cell.emit(template.format(rows.text))

    return write


def _numbers(rows: Rows, nodes: Sequence[Node]) -> list[Expr]:
    return [real(expression(node, rows)) for node in nodes]


def _corr(rows: Rows, step: Step) -> None:
    left, right = _numbers(rows, step.parts)
    rows.cell.emit(f"{atom(left.text)}.corr({right.text})")


def _corrwith(rows: Rows, step: Step) -> None:
    over = _numbers(rows, step.parts)[0]
    text = f"{rows.name()}.corrwith({over.text}, numeric_only=True)"
    if over.key:
        text = f"{rows.name()}.corr(numeric_only=True)[{over.key}].drop({over.key})"
    rows.cell.emit(f"{text}.sort_values(ascending=False)")


def _pctwhere(rows: Rows, step: Step) -> None:
    rows.cell.emit(f"{atom(condition(step.parts[0], rows))}.mean() * 100")


def _calc(rows: Rows, step: Step) -> None:
    word, left, right = step.parts
    sides = [_given(rows, side) for side in (left, right)]
    rows.cell.emit(ratio(sides[0], word.symbol, sides[1]))


def _given(rows: Rows, node: Node) -> str:
    """A scalar over all rows, or over the rows that meet a condition."""
    if node.symbol != "given":
        return scalar(node, rows).text
    test, agg = node.children
    if agg.symbol == "size":
        return f"{atom(condition(test, rows))}.sum()"
    text = condition(test, rows)
    part = Rows(rows.cell, rows.items, rows.tables)
    part.within, part.keys, part.kinds = rows.within, rows.keys, rows.kinds
    part.text, part.hint = f"{rows.name()}[{text}]", "part"
    return _inline(part, agg) or scalar(agg, part).text


ANSWERS: dict[str, Callable[[Rows, Step], None]] = {
    "show": _show,
    "save": _show,
    "count": _count,
    "stat": _stat,
    "describe": _describe,
    "info": _fixed("{}.info()"),
    "shape": _fixed("{}.shape"),
    "dtypes": _fixed("{}.dtypes"),
    "columns": _fixed("{}.columns.tolist()"),
    "missing": _fixed("{}.isna().sum()"),
    "missingpct": _fixed("{}.isna().mean() * 100"),
    "dups": _fixed("{}.duplicated().sum()"),
    "corrmat": _fixed("{}.corr(numeric_only=True)"),
    "corr": _corr,
    "corrwith": _corrwith,
    "pctwhere": _pctwhere,
    "calc": _calc,
}
