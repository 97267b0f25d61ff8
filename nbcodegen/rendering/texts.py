"""Text expressions of a plan (TXT without dates) -> source. Part of the cycle of `expressions`."""

from __future__ import annotations

from collections.abc import Sequence

from nbcodegen.plan import Node
from nbcodegen.rendering import conditions, expressions
from nbcodegen.rendering.literals import is_literal
from nbcodegen.rendering.scope import Expr, Scope, item_of, plain_text, whole
from nbcodegen.rendering.source import atom
from nbcodegen.values import ColumnSchema

STRINGS = {
    "lower": "{}.str.lower()",
    "upper": "{}.str.upper()",
    "title": "{}.str.title()",
    "strip": "{}.str.strip()",
    "firstword": "{}.str.split().str[0]",
    "lastword": "{}.str.split().str[-1]",
}
LABELS = {"firstword": "first word of {}", "lastword": "last word of {}"}
TEXT_KINDS = frozenset({"string", "category", "datetext", "other", "weekday", "monthname"})
"""What `.str` works on."""


def text_of(node: Node, scope: Scope) -> Expr:
    """An expression whose values are texts."""
    expr = expressions.expression(node, scope)
    if expr.kind in TEXT_KINDS:
        return expr
    return Expr(f"{atom(expr.text)}.astype(str)", "string", expr.label)


def string(node: Node, scope: Scope) -> Expr:
    """`lower`, `title`, `firstword` and their like."""
    over = text_of(node.children[0], scope)
    label = scope.cell.say(LABELS.get(node.symbol, "{}"), over.label)
    return Expr(STRINGS[node.symbol].format(atom(over.text)), "string", label)


def length(node: Node, scope: Scope) -> Expr:
    """`len` and `words`: characters and words of a text."""
    over = text_of(node.children[0], scope)
    if node.symbol == "len":
        label = scope.cell.say("{} length", over.label)
        return Expr(f"{atom(over.text)}.str.len()", "float", label)
    label = scope.cell.say("{} words", over.label)
    return Expr(f"{atom(over.text)}.str.split().str.len()", "float", label)


def prefix(node: Node, scope: Scope) -> Expr:
    """The first characters of a text."""
    over, size = text_of(node.children[1], scope), whole(node.children[0], scope)
    label = scope.cell.say("{} prefix", over.label)
    return Expr(f"{atom(over.text)}.str[:{size}]", "string", label)


def concat(node: Node, scope: Scope) -> Expr:
    """Two texts with a space between."""
    left, right = (_plain(text_of(child, scope)) for child in node.children)
    return Expr(f'{left.text} + " " + {right.text}', "string", f"{left.label} {right.label}")


def _plain(expr: Expr) -> Expr:
    """Categories do not add up; texts do."""
    if expr.kind not in ("category", "other"):
        return expr
    return Expr(f"{atom(expr.text)}.astype(str)", "string", expr.label)


def swap(node: Node, scope: Scope) -> Expr:
    """A part of each text replaced by another."""
    over = text_of(node.children[0], scope)
    old, new = (plain_text(item_of(scope.items, child.symbol)) for child in node.children[1:])
    text = f"{atom(over.text)}.str.replace({old}, {new}, regex=False)"
    return Expr(text, "string", over.label)


def tonum(node: Node, scope: Scope) -> Expr:
    """Texts read as numbers."""
    over = text_of(node.children[0], scope)
    return Expr(as_number(over), "float", over.label)


def as_number(expr: Expr) -> str:
    """Read texts as numbers; signs such as `$` and `,` go first where examples show them."""
    text = expr.text
    examples = "".join(expr.column.examples) if expr.column else ""
    if any(sign in examples for sign in "$€£,%"):
        text = f'{atom(text)}.str.replace(r"[^\\d.-]", "", regex=True)'
    return f'pd.to_numeric({text}, errors="coerce")'


def pick(node: Node, scope: Scope) -> Expr:
    """One of two values, row by row."""
    test = conditions.condition(node.children[0], scope)
    yes, no = (expressions.value(child, scope) for child in node.children[1:])
    fixed = [is_literal(child) or child.symbol == "scalar" for child in node.children[1:]]
    kind = "string" if yes[0] in "'\"" else "float"
    if all(fixed):
        label = scope.cell.say("group")
        return Expr(f"{atom(test)}.map({{True: {yes}, False: {no}}})", kind, label)
    if fixed[0]:
        return Expr(f"{atom(no)}.mask({test}, {yes})", "other", scope.cell.say("choice"))
    return Expr(f"{atom(yes)}.where({test}, {no})", "other", scope.cell.say("choice"))


def cut(node: Node, scope: Scope) -> Expr:
    """`cut` (even ranges), `qcut` (even counts) and `cutat` (given edges)."""
    over = expressions.real(expressions.expression(node.children[0], scope))
    label = scope.cell.say("{} group", over.label)
    if node.symbol == "cutat":
        number = Expr("", "float", "")
        edges = [expressions.value(edge, scope, number) for edge in node.children[1].children]
        return Expr(f"pd.cut({over.text}, {_bands(edges, over.column)})", "bins", label)
    size = max(int(whole(node.children[1], scope)), 1)
    extra = ', duplicates="drop"' if node.symbol == "qcut" else ""
    return Expr(f"pd.{node.symbol}({over.text}, {size}{extra})", "bins", label)


def _bands(edges: Sequence[str], column: ColumnSchema | None) -> str:
    """Edges in their order, open at the ends: values may lie beyond those that were looked at.

    Bands of what cannot be negative, such as ages, begin at 0 where the request says so.
    """
    numbers = {_number(edge): edge for edge in edges}
    if None in numbers:
        return f"[-np.inf, {', '.join(edges)}, np.inf]"
    ordered = sorted(number for number in numbers if number is not None)
    inner = ", ".join(numbers[number] for number in ordered)
    low = _number(column.low) if column else None
    if len(ordered) > 1 and ordered[0] == 0 and low is not None and low >= 0:
        return f"[{inner}, np.inf], include_lowest=True"
    return f"[-np.inf, {inner}, np.inf]"


def _number(source: str) -> float | None:
    try:
        return float(source)
    except ValueError:
        return None


HANDLERS = {
    **dict.fromkeys(STRINGS, string),
    "len": length,
    "words": length,
    "prefix": prefix,
    "concat": concat,
    "swap": swap,
    "tonum": tonum,
    "pick": pick,
    "cut": cut,
    "qcut": cut,
    "cutat": cut,
}
