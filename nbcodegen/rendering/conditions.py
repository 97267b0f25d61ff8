"""Conditions of a plan (COND, GCOND) -> source. Part of the cycle of `expressions`."""

from __future__ import annotations

import ast
from collections.abc import Callable

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering import expressions, texts
from nbcodegen.rendering.date_conditions import between_dates, dated
from nbcodegen.rendering.dates import as_date
from nbcodegen.rendering.literals import (
    FALSE_WORDS,
    TRUE_WORDS,
    ignores_case,
    is_literal,
    literal_item,
    spelled,
    year_of,
)
from nbcodegen.rendering.scope import Expr, Scope, fraction, item_of, plain_text
from nbcodegen.rendering.source import atom, binary, compare, operand, quoted, snake
from nbcodegen.values import Item

SIGNS = {"eq": "==", "ne": "!=", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
OPPOSITE = {"eq": "ne", "ne": "eq", "isna": "notna", "notna": "isna", "in": "notin", "notin": "in"}


def condition(node: Node, scope: Scope) -> str:
    """Source of a condition: one truth value a row."""
    if node.symbol in SIGNS:
        return _comparison(node, scope)
    return _HANDLERS[node.symbol](node, scope)


def label(node: Node, scope: Scope) -> str:
    """A short name for a condition, for a column that holds it."""
    if node.symbol in ("and", "or", "not") or not node.children:
        return "flag"
    if node.children[0].symbol == "list":
        return node.symbol
    subject = node.children[-1 if node.symbol in ("toppct", "bottompct") else 0]
    name = expressions.expression(subject, scope).label
    if node.symbol in SIGNS and is_literal(node.children[1]):
        return f"{name} {node.symbol} {literal_item(node.children[1], scope).text}"
    return f"{node.symbol} {name}"


def _comparison(node: Node, scope: Scope) -> str:
    first, right = node.children
    sign = SIGNS[node.symbol]
    if (first.symbol, right.symbol) == ("sub", "0"):
        over, under = (expressions.expression(child, scope) for child in first.children)
        if {over.kind, under.kind} <= {"integer", "float"}:
            return compare(over.text, sign, under.text)
    left = _subject(first, scope)
    if is_literal(right):
        item = literal_item(right, scope)
        if left.kind in ("datetime", "period"):
            left, source = dated(left, item, node.symbol)
            return compare(left.text, sign, source)
        if ignores_case(item, left):
            lowered = quoted(str(ast.literal_eval(item.source)).lower())
            return f"{atom(left.text)}.str.lower() {sign} {lowered}"
        return compare(left.text, sign, spelled(item, left))
    return compare(left.text, sign, expressions.value(right, scope, left))


def _subject(node: Node, scope: Scope) -> Expr:
    """What a condition is about; text that reads as dates is read as dates."""
    expr = expressions.expression(node, scope)
    return as_date(expr) if expr.kind == "datetext" else expr


def _logic(node: Node, scope: Scope) -> str:
    left, right = (condition(child, scope) for child in node.children)
    return binary(left, "&" if node.symbol == "and" else "|", right)


def _not(node: Node, scope: Scope) -> str:
    inner = node.children[0]
    if inner.symbol in OPPOSITE:
        return condition(Node(OPPOSITE[inner.symbol], inner.children), scope)
    return negated(condition(inner, scope))


def negated(text: str) -> str:
    """The opposite of a condition."""
    return text[1:] if text.startswith("~") else f"~{atom(text)}"


def _between(node: Node, scope: Scope) -> str:
    left = _subject(node.children[0], scope)
    low, high = node.children[1:]
    if left.kind in ("datetime", "period") and is_literal(low) and is_literal(high):
        return between_dates(left, literal_item(low, scope), literal_item(high, scope))
    ends = ", ".join(expressions.value(end, scope, left) for end in (low, high))
    return f"{atom(left.text)}.between({ends})"


def _in(node: Node, scope: Scope) -> str:
    left = _subject(node.children[0], scope)
    choices = node.children[1].children
    if not all(is_literal(choice) for choice in choices):
        parts = [condition(Node("eq", (node.children[0], choice)), scope) for choice in choices]
        joined = " | ".join(operand(part, "|") for part in parts)
        return negated(joined) if node.symbol == "notin" else joined
    text = _membership(left, [literal_item(choice, scope) for choice in choices])
    return negated(text) if node.symbol == "notin" else text


def _membership(left: Expr, items: list[Item]) -> str:
    if left.kind == "datetime" and items:
        left = dated(left, items[0], "eq")[0]
        sources = [
            item.source.strip("'\"") if year_of(item) else plain_text(item) for item in items
        ]
        if left.kind == "period":
            return f"{atom(left.text)}.astype(str).isin([{', '.join(sources)}])"
        return f"{atom(left.text)}.isin([{', '.join(sources)}])"
    if any(ignores_case(item, left) for item in items):
        texts_ = [quoted(str(ast.literal_eval(item.source)).lower()) for item in items]
        return f"{atom(left.text)}.str.lower().isin([{', '.join(texts_)}])"
    base = f"{atom(left.text)}.astype(str)" if left.kind == "period" else atom(left.text)
    return f"{base}.isin([{', '.join(spelled(item, left) for item in items)}])"


def _missing(node: Node, scope: Scope) -> str:
    return f"{atom(expressions.expression(node.children[0], scope).text)}.{node.symbol}()"


def _contains(node: Node, scope: Scope) -> str:
    left = texts.text_of(node.children[0], scope)
    text = _wanted(node.children[1], scope)
    return f"{atom(left.text)}.str.contains({quoted(text)}, case=False, na=False, regex=False)"


def _affix(node: Node, scope: Scope) -> str:
    left = texts.text_of(node.children[0], scope)
    text = _wanted(node.children[1], scope)
    # A request in lower case does not mean cells in lower case.
    fold = ".str.lower()" if text == text.lower() and text != text.upper() else ""
    return f"{atom(left.text)}{fold}.str.{node.symbol}({quoted(text)}, na=False)"


def _wanted(node: Node, scope: Scope) -> str:
    if not is_literal(node):
        raise PlanError("a text can be searched for a text of the request only")
    return str(ast.literal_eval(literal_item(node, scope).source))


def _truth(node: Node, scope: Scope) -> str:
    expr, wanted = scope.column(node.children[0].symbol), node.symbol == "istrue"
    if expr.kind == "boolean":
        return expr.text if wanted else f"~{expr.text}"
    if expr.kind in ("integer", "float"):
        return f"{expr.text} == {int(wanted)}"
    words = TRUE_WORDS if wanted else FALSE_WORDS
    cells = [cell for cell in (expr.column.values if expr.column else ()) if cell.lower() in words]
    if len(cells) == 1:
        return f"{expr.text} == {quoted(cells[0])}"
    options = '"true", "yes", "1"' if wanted else '"false", "no", "0"'
    return f"{expr.text}.astype(str).str.lower().isin([{options}])"


def _outlier(node: Node, scope: Scope) -> str:
    over = expressions.real(expressions.expression(node.children[0], scope))
    text = over.text if over.key else scope.cell.assign(snake(over.label), over.text)
    if node.symbol == "zoutlier":
        return f"({text} - {text}.mean()).abs() > 3 * {text}.std()"
    low, high = scope.cell.fresh("q1"), scope.cell.fresh("q3")
    scope.cell.emit(f"{low}, {high} = {text}.quantile([0.25, 0.75])")
    iqr = scope.cell.assign("iqr", f"{high} - {low}")
    return f"({text} < {low} - 1.5 * {iqr}) | ({text} > {high} + 1.5 * {iqr})"


def _extreme(node: Node, scope: Scope) -> str:
    over = expressions.real(expressions.expression(node.children[1], scope))
    share, text = fraction(node.children[0], scope), atom(over.text)
    if node.symbol == "toppct":
        return f"{text} >= {text}.quantile({round(1 - float(share), 6)!r})"
    return f"{text} <= {text}.quantile({share})"


def _duplicated(node: Node, scope: Scope) -> str:
    keys = [scope.column(child.symbol).key for child in node.children[0].children]
    if not all(keys):
        raise PlanError("duplicates are looked for in columns with labels of their own")
    subset = f"[{', '.join(keys)}], " if keys else ""
    return f"{scope.name()}.duplicated({subset}keep=False)"


def _elsewhere(node: Node, scope: Scope) -> str:
    left = expressions.expression(node.children[0], scope)
    other = item_of(scope.items, node.children[1].symbol)
    table = next(
        (
            item
            for item in scope.items.values()
            if item.role == "table" and item.table == other.table
        ),
        None,
    )
    if table is None:
        raise PlanError("the other column's table is not there")
    text = f"{atom(left.text)}.isin({table.source}[{other.source}])"
    return negated(text) if node.symbol == "notinother" else text


_HANDLERS: dict[str, Callable[[Node, Scope], str]] = {
    "and": _logic,
    "or": _logic,
    "not": _not,
    "between": _between,
    "in": _in,
    "notin": _in,
    "isna": _missing,
    "notna": _missing,
    "contains": _contains,
    "startswith": _affix,
    "endswith": _affix,
    "istrue": _truth,
    "isfalse": _truth,
    "outlier": _outlier,
    "zoutlier": _outlier,
    "toppct": _extreme,
    "bottompct": _extreme,
    "duplicated": _duplicated,
    "inother": _elsewhere,
    "notinother": _elsewhere,
}
