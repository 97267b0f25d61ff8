"""A value of the request, next to what it is compared with -> source.

The request says `2020`, the column holds dates; it says `downtown`, the cells say `Downtown`.
"""

from __future__ import annotations

import ast
import re

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering.scope import LITERALS, Expr, Scope, item_of, plain_number
from nbcodegen.rendering.source import literal, quoted
from nbcodegen.values import Item

TRUE_WORDS = frozenset(
    ["true", "yes", "y", "t", "si", "sí", "verdadero", "on", "active", "activo", "1"]
)
FALSE_WORDS = frozenset(["false", "no", "n", "f", "falso", "off", "inactive", "inactivo", "0"])
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def is_literal(node: Node) -> bool:
    """Tell a bare value (a value pointer or a number of the grammar) from an expression."""
    return node.symbol in LITERALS or (node.symbol[0] == "V" and node.symbol[1:].isdigit())


def literal_item(node: Node, scope: Scope) -> Item:
    """The value itself."""
    if node.symbol in LITERALS:
        return Item("value", node.symbol, node.symbol, "integer")
    return item_of(scope.items, node.symbol)


def spelled(item: Item, against: Expr | None) -> str:
    """Write a value as code, fit to stand beside `against`."""
    kind = against.kind if against else ""
    value = ast.literal_eval(item.source)
    if kind in ("integer", "float"):
        return plain_number(item)
    if kind == "boolean":
        return _truth(item)
    if kind == "duration":
        argument = (
            f"days={item.source}" if isinstance(value, (int, float)) else literal(item.source)
        )
        return f"pd.Timedelta({argument})"
    if kind == "weekday":
        return quoted(str(value).capitalize())
    if kind == "monthname":
        in_year = isinstance(value, int) and 1 <= value <= 12
        return quoted(_MONTHS[value - 1] if in_year else str(value).capitalize())
    if kind in ("string", "category", "datetext", "period", "datetime"):
        return _cell_text(str(value), against)
    return literal(item.source)


def _truth(item: Item) -> str:
    value = ast.literal_eval(item.source)
    text = str(value).strip().lower()
    if text in TRUE_WORDS or text in FALSE_WORDS:
        return str(text in TRUE_WORDS)
    raise PlanError(f"{item.source} is neither true nor false")


def _cell_text(text: str, against: Expr | None) -> str:
    """A cell that differs from the value only by case is what was meant."""
    texts = against.column.values if against and against.column else ()
    if text not in texts:
        text = next((cell for cell in texts if cell.lower() == text.lower()), text)
    return quoted(text)


def ignores_case(item: Item, against: Expr) -> bool:
    """Whether a text must be compared without regard to case: no cell is known to hold it."""
    value = ast.literal_eval(item.source)
    if against.kind not in ("string", "other", "category") or not isinstance(value, str):
        return False
    if value.lower() == value.upper() or item.column is not None:
        return False
    texts = against.column.values if against.column else ()
    return value.lower() not in {cell.lower() for cell in texts}


def year_of(item: Item) -> bool:
    """Tell a bare year: `2020`, not `'2020-03'`."""
    return re.fullmatch(r"['\"]?(1[5-9]|20|21)\d\d['\"]?", item.source) is not None


def month_of(item: Item) -> bool:
    """Tell a month of a year: `'2020-03'`."""
    return re.fullmatch(r"['\"]\d{4}-\d{1,2}['\"]", item.source) is not None


def has_clock(item: Item) -> bool:
    """Tell a date with a time of day."""
    return ":" in item.source
