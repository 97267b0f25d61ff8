"""Expressions of a plan (NUM, DATE, PERIOD, EXPR) -> source.

In the grammar numbers, texts, conditions and aggregates contain each other; so `expressions`,
`texts`, `conditions` and `aggregates` import each other, as modules.
"""

from __future__ import annotations

from nbcodegen.plan import Node
from nbcodegen.rendering import aggregates, conditions, texts
from nbcodegen.rendering.dates import as_date, date_part, difference, is_date_word
from nbcodegen.rendering.literals import is_literal, literal_item, spelled
from nbcodegen.rendering.scope import Expr, Scope, name_of, whole
from nbcodegen.rendering.source import atom, binary, snake
from nbcodegen.rendering.windows import WINDOWS, grouped, window

SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
JOINTS = {"add": "{} plus {}", "sub": "{} minus {}", "mul": "{} times {}", "div": "{} per {}"}
NUMBER = Expr("", "float", "")
"""What a literal is written for where a number must stand."""


def expression(node: Node, scope: Scope) -> Expr:
    """Source of any expression of the plan."""
    made = scope.known(node)
    if made is not None:
        return made
    word = node.symbol
    if word[1:].isdigit():
        return scope.column(word)
    if word in SIGNS:
        return _arithmetic(node, scope)
    if is_date_word(node):
        return date_part(word, as_date(expression(node.children[0], scope)), scope.cell)
    if word in WINDOWS:
        return window(node, scope, _measured(node.children[-1], scope))
    return _HANDLERS[word](node, scope)


def real(expr: Expr) -> Expr:
    """A number that arithmetic takes: durations in days, truth values as 0 and 1."""
    if expr.kind == "duration":
        return Expr(f"{atom(expr.text)} / pd.Timedelta(days=1)", "float", expr.label)
    if expr.kind == "boolean":
        return Expr(f"{atom(expr.text)}.astype(int)", "integer", expr.label)
    return expr


def _measured(node: Node, scope: Scope) -> Expr:
    """A number to rank, sum up or take differences of: truth values as 0 and 1."""
    over = expression(node, scope)
    return real(over) if over.kind == "boolean" else over


def value(node: Node, scope: Scope, against: Expr | None = None) -> str:
    """Source of a VAL or NUMVAL: a literal, a scalar aggregate or another column."""
    if is_literal(node):
        return spelled(literal_item(node, scope), against)
    if node.symbol == "scalar":
        return aggregates.scalar(node.children[0], scope).text
    other = expression(node, scope)
    return as_date(other).text if against and against.kind == "datetime" else other.text


def value_label(node: Node, scope: Scope) -> str:
    """A value in words."""
    if is_literal(node):
        return literal_item(node, scope).text
    if node.symbol == "scalar":
        return aggregates.scalar(node.children[0], scope).label
    return expression(node, scope).label


def _arithmetic(node: Node, scope: Scope) -> Expr:
    first, second = node.children
    left = real(expression(first, scope))
    if is_literal(second) or second.symbol == "scalar":
        right = Expr(value(second, scope, NUMBER), "float", value_label(second, scope))
    else:
        right = real(expression(second, scope))
    text = binary(left.text, SIGNS[node.symbol], right.text)
    label = scope.cell.say(JOINTS[node.symbol], left.label, right.label)
    return Expr(text, "float", label)


def _abs(node: Node, scope: Scope) -> Expr:
    over = _measured(node.children[0], scope)
    return Expr(f"{atom(over.text)}.abs()", over.kind, scope.cell.say("absolute {}", over.label))


def _round(node: Node, scope: Scope) -> Expr:
    over = real(expression(node.children[0], scope))
    places = whole(node.children[1], scope)
    inner = "" if places == "0" else places
    label = scope.cell.say("rounded {}", over.label)
    return Expr(f"{atom(over.text)}.round({inner})", "float", label)


def _numpy(node: Node, scope: Scope) -> Expr:
    over = real(expression(node.children[0], scope))
    label = scope.cell.say(node.symbol + " {}", over.label)
    return Expr(f"np.{node.symbol}({over.text})", "float", label)


def _flag(node: Node, scope: Scope) -> Expr:
    test = node.children[0]
    return Expr(conditions.condition(test, scope), "boolean", conditions.label(test, scope))


def _per(node: Node, scope: Scope) -> Expr:
    key, inner = expression(node.children[0], scope), node.children[1]
    extra = ", observed=True" if key.categorical else ""
    group = f"{scope.name()}.groupby({key.key or key.text}{extra})"
    if inner.symbol == "cumcount":
        label = scope.cell.say("number within {}", key.label)
        return Expr(f"{group}.cumcount() + 1", "integer", label)
    if inner.symbol == "size":
        series = (
            f"{group}[{key.key}]" if key.key else f"{atom(key.text)}.groupby({key.text}{extra})"
        )
        return Expr(f'{series}.transform("size")', "integer", scope.cell.say("{} count", key.label))
    over = _measured(inner.children[-1], scope)
    if over.key:
        return grouped(inner, scope, f"{group}[{over.key}]", over, key.label)
    series = f"{atom(over.text)}.groupby({key.text}{extra})"
    return grouped(inner, scope, series, over, key.label)


def _days(node: Node, scope: Scope) -> Expr:
    start, end = (expression(child, scope) for child in node.children)
    return difference(start, end, scope.cell)


def _todate(node: Node, scope: Scope) -> Expr:
    return as_date(scope.column(node.children[0].symbol))


def _constant(node: Node, scope: Scope) -> Expr:
    child = node.children[0]
    if is_literal(child):
        item = literal_item(child, scope)
        return Expr(spelled(item, None), item.kind, item.text)
    return Expr(value(child, scope), "other", value_label(child, scope))


_HANDLERS = {
    **texts.HANDLERS,
    "abs": _abs,
    "round": _round,
    "log": _numpy,
    "sqrt": _numpy,
    "flag": _flag,
    "per": _per,
    "days": _days,
    "todate": _todate,
    "const": _constant,
}


def new_name(node: Node, made: Expr, scope: Scope) -> str:
    """Name of a new column: the one the request gives, or one made from its expression."""
    return snake(made.label) if node.symbol == "auto" else name_of(node, scope)
