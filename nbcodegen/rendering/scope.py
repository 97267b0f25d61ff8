"""Pointers -> source: which columns a step can name, and how code writes each.

A scope is what `C3`, `K0` or `A1` mean at one step of the plan. Rows have columns; groups have
keys and aggregates; both answer the same questions, so that expressions need one renderer.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering.lines import Cell
from nbcodegen.rendering.source import quoted
from nbcodegen.values import ColumnSchema, Item

PointerMap = Mapping[str, Item]
"""What each pointer symbol stands for."""


@dataclass(frozen=True, slots=True)
class Expr:
    """One column, or one value a row, as source, and what is known of it."""

    text: str
    kind: str
    """A column kind, or `period`, `weekday`, `monthname`, `bins`."""
    label: str
    """In words, for names of columns and for titles."""
    key: str = ""
    """Source of the column's key where the expression is a column of the table as it stands."""
    column: ColumnSchema | None = None

    @property
    def categorical(self) -> bool:
        """Whether groups of it are those of a category: all that could occur."""
        return self.kind in ("category", "bins")

    def has_missing(self) -> bool:
        """Whether values may be missing, as far as the schema tells."""
        return self.column is None or self.column.missing != 0


class Scope(Protocol):
    """What expressions and conditions ask of the place they stand in."""

    cell: Cell
    items: PointerMap

    def name(self) -> str:
        """A variable that holds the rows."""
        ...

    def column(self, symbol: str) -> Expr:
        """The column that `C3`, `K0` or `A1` points at."""
        ...

    def known(self, node: Node) -> Expr | None:
        """A column made earlier by the same expression."""
        ...


def item_of(items: PointerMap, symbol: str) -> Item:
    """Look a pointer up; a plan that points at nothing is not a plan for this request."""
    if symbol not in items:
        raise PlanError(f"{symbol} points at nothing here")
    return items[symbol]


NUMERIC = frozenset({"integer", "float", "boolean", "duration"})
TEXTUAL = frozenset({"string", "category", "other"})
LITERALS = frozenset({"0", "1", "2", "3", "5", "10", "100"})


def number(node: Node, scope: Scope) -> str:
    """Source of an `INT`: a literal of the grammar, or a number that the request mentions."""
    if node.symbol in LITERALS:
        return node.symbol
    return plain_number(item_of(scope.items, node.symbol))


def plain_number(item: Item) -> str:
    """Source of a value as a number."""
    value = ast.literal_eval(item.source)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return item.source
    text = str(value).replace(",", "").strip()
    try:
        float(text)
    except ValueError:
        raise PlanError(f"{item.source} is not a number") from None
    return repr(int(text)) if text.lstrip("+-").isdigit() else repr(float(text))


def whole(node: Node, scope: Scope) -> str:
    """Source of an `INT` that counts things: `5.0` is 5."""
    return str(int(float(number(node, scope))))


def fraction(node: Node, scope: Scope) -> str:
    """Source of an `INT` that is a percentage, as a fraction: 90 and 0.9 are 0.9."""
    value = float(number(node, scope))
    return repr(value if 0 <= value < 1 else round(value / 100, 6))


def plain_text(item: Item) -> str:
    """Source of a value as a text."""
    return quoted(str(ast.literal_eval(item.source)))


def name_of(node: Node, scope: Scope) -> str:
    """A value of the request used as a name."""
    return str(ast.literal_eval(item_of(scope.items, node.symbol).source))
