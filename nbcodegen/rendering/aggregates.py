"""Aggregates of a plan (AGG, GAGG) -> source, over all rows or over groups.

Part of the cycle of `expressions`.
"""

from __future__ import annotations

from dataclasses import dataclass

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering import conditions, expressions
from nbcodegen.rendering.rows import Rows
from nbcodegen.rendering.scope import Expr, Scope, fraction
from nbcodegen.rendering.source import atom, binary, snake

PLAIN = frozenset(
    ["mean", "sum", "median", "std", "var", "min", "max", "nunique", "count", "first", "last"]
)
SCALARS = PLAIN - {"first", "last"}
LAMBDAS = {
    "range": "lambda s: s.max() - s.min()",
    "mode": "lambda s: s.mode().get(0)",
    "missing": "lambda s: s.isna().sum()",
}
LABELS = {
    "nunique": "unique {}",
    "mode": "most common {}",
    "missing": "missing {}",
    "count": "count of {}",
    "first": "first {}",
    "last": "last {}",
    "min": "min {}",
    "max": "max {}",
}
COUNTS = frozenset({"size", "count", "nunique", "missing", "countif"})


@dataclass(frozen=True, slots=True)
class Reducer:
    """One aggregate, taken apart: what it reads, and how it reduces that."""

    word: str
    label: str
    over: Expr | None
    """What it reads; None for a count of rows."""
    func: str
    """For `.agg`: a quoted name or a lambda."""
    method: str
    """After a grouped column: `.mean()`."""
    scale: str = ""
    """What is left to do with the result: ` * 100`."""

    @property
    def name(self) -> str:
        """A Python name for the result's column."""
        return snake(self.label.replace(" of ", " ").replace(" de ", " "))


def reducer(node: Node, scope: Scope, *, lazy: bool = False) -> Reducer:
    """Take an aggregate apart; `lazy` gives a plain column's key only, and names no rows."""
    word = node.symbol
    if word in ("size", "pct"):
        label = scope.cell.say("count" if word == "size" else "percent")
        return Reducer(word, label, None, '"size"', ".size()")
    if word in ("countif", "pctif", "sumif", "meanif"):
        return _conditional(node, scope)
    if lazy and isinstance(scope, Rows):
        over = scope.column_or(node.children[-1], expressions.expression)
    else:
        over = expressions.expression(node.children[-1], scope)
    if word == "quantile":
        share = fraction(node.children[0], scope)
        over = expressions.real(over) if over.kind == "boolean" and over.text else over
        label = scope.cell.say("p{} of {}", str(round(float(share) * 100)), over.label)
        return Reducer(word, label, over, f"lambda s: s.quantile({share})", f".quantile({share})")
    label = scope.cell.say(LABELS.get(word, word + " of {}"), over.label)
    if word == "sumpct":
        label = scope.cell.say("percent of {}", over.label)
        return Reducer(word, label, over, '"sum"', ".sum()")
    if word in LAMBDAS:
        return Reducer(word, label, over, LAMBDAS[word], f".agg({LAMBDAS[word]})")
    return Reducer(word, label, over, f'"{word}"', f".{word}()")


def _conditional(node: Node, scope: Scope) -> Reducer:
    word, test = node.symbol, node.children[0]
    text, about = conditions.condition(test, scope), conditions.label(test, scope)
    if word in ("countif", "pctif"):
        over = Expr(text, "boolean", about)
        if word == "countif":
            return Reducer(word, scope.cell.say("count {}", about), over, '"sum"', ".sum()")
        label = scope.cell.say("percent {}", about)
        return Reducer(word, label, over, "lambda s: s.mean() * 100", ".mean()", " * 100")
    inner = expressions.expression(node.children[1], scope)
    over = Expr(f"{atom(inner.text)}.where({text})", inner.kind, inner.label)
    func = word.removesuffix("if")
    label = scope.cell.say(func + " of {}", inner.label)
    return Reducer(word, f"{label} {about}", over, f'"{func}"', f".{func}()")


def scalar(node: Node, scope: Scope) -> Expr:
    """Source of an aggregate over all rows."""
    if node.symbol == "size":
        return Expr(f"len({scope.name()})", "integer", scope.cell.say("count"))
    if node.symbol == "pct":
        raise PlanError("a share of the rows needs groups or a condition")
    part = reducer(node, scope)
    assert part.over is not None
    base = atom(part.over.text)
    if node.symbol in ("sumif", "meanif", "countif", "pctif", "quantile") or part.word in SCALARS:
        return Expr(base + part.method + part.scale, _kind(part), part.label)
    text = {
        "first": f"{base}.iloc[0]",
        "last": f"{base}.iloc[-1]",
        "range": f"{_number(part.over)}.max() - {_number(part.over)}.min()",
        "mode": f"{base}.mode()[0]",
        "missing": f"{base}.isna().sum()",
        "sumpct": f"{base}.sum() / {atom(_whole(part.over.text, scope))}.sum() * 100",
    }[node.symbol]
    return Expr(text, _kind(part), part.label)


def _number(over: Expr) -> str:
    return atom(expressions.real(over).text) if over.kind == "boolean" else atom(over.text)


def _whole(text: str, scope: Scope) -> str:
    """The same column in the table as it was before rows were picked."""
    name, first = scope.name(), getattr(scope, "source_name", "")
    return text.replace(f"{name}[", f"{first}[") if first else text


def _kind(part: Reducer) -> str:
    if part.word in COUNTS:
        return "integer"
    if part.word in ("min", "max", "mode", "first", "last", "sum", "range") and part.over:
        return part.over.kind
    if part.word in ("mean", "median", "std", "quantile") and part.over:
        return "duration" if part.over.kind == "duration" else "float"
    return "float"


def kind_of(part: Reducer) -> str:
    """The kind of a group's aggregate."""
    return _kind(part)


def ratio(left: str, word: str, right: str) -> str:
    """`calc`: two scalars set against each other."""
    if word == "pct":
        return binary(binary(left, "/", right), "*", "100")
    return binary(left, expressions.SIGNS[word], right)
