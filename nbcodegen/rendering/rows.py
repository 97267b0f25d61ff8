"""Rows of a table, as far as the plan has come: the scope of `C3`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence

from nbcodegen.plan import Node, PlanError, flatten
from nbcodegen.rendering.dates import as_date
from nbcodegen.rendering.lines import Cell
from nbcodegen.rendering.scope import Expr, PointerMap, item_of
from nbcodegen.rendering.source import keywords, listed, literal, quoted, snake
from nbcodegen.values import Item, TableSchema


class Rows:
    """The current rows as an expression, which gets a name of its own when one is needed."""

    def __init__(self, cell: Cell, items: PointerMap, tables: Sequence[TableSchema]) -> None:
        self.cell = cell
        self.items = items
        self.tables = tables
        self.text = ""
        self.hint = "rows"
        self.saving = False
        self.within: set[int] = set()
        """Tables whose columns can be named."""
        self.keys: dict[tuple[int, str], str] = {}
        """New keys of columns: (table, key in the table) -> key now."""
        self.kinds: dict[str, str] = {}
        self.made: dict[tuple[str, ...], Expr] = {}
        """Columns made so far, by the expression that made them."""
        self.kept: frozenset[str] | None = None
        """Keys of the columns that were picked; None while all are there."""
        self.dropped: set[str] = set()
        self.indexed = ""
        """A column that a step has moved to the index."""
        self.sliced = False
        """Whether the rows may be a piece of another table, as a filter leaves them."""
        self.is_sorted = False
        """Whether the plan has put the rows in an order."""
        self.untouched = True
        """Whether these are still the rows of the user's table, in place."""

    def name(self) -> str:
        """A variable that holds the rows; gives them one where they have none."""
        if not self.text.isidentifier():
            self.text = self.cell.assign(self.hint, self.text)
        return self.text

    def start(self, *, saving: bool) -> None:
        """Begin the plan's steps; in a plan that saves, the rows have a variable from the start."""
        self.saving = saving
        if saving:
            self.name()

    def owned(self) -> bool:
        """Whether columns can be set in place: pandas 2 warns on a piece of another table."""
        return not self.sliced

    def advance(self, text: str, hint: str = "rows", *, slices: bool = False) -> None:
        """Go on with other rows; in a plan that saves, the user's variable takes them."""
        self.untouched = False
        self.sliced = slices
        if self.saving:
            target = self.name()
            self.cell.emit(f"{target} = {text}")
        else:
            self.text, self.hint = text, hint

    def column(self, symbol: str) -> Expr:
        """The column a pointer means, as the table stands."""
        item = item_of(self.items, symbol)
        if item.column is None or item.role != "column":
            raise PlanError(f"{symbol} is not a column")
        if item.table not in self.within:
            raise PlanError(f"{symbol} is a column of a table that is not read here")
        kind = self.kinds.get(symbol, item.column.kind)
        label = item.column.label
        if not item.column.unique:
            text = f"{self.name()}.iloc[:, {item.column.position}]"
            return Expr(text, kind, label, "", item.column)
        key = self.column_key(item)
        return Expr(f"{self.name()}[{key}]", kind, label, key, item.column)

    def column_key(self, item: Item) -> str:
        """Source of a column's key as the table stands."""
        key = self.keys.get((item.table, item.source), literal(item.source))
        if key in self.dropped or (self.kept is not None and key not in self.kept):
            raise PlanError(f"{key} is no longer there at this step")
        return key

    def read_dates(self, nodes: Iterable[Node]) -> None:
        """Turn text columns among the nodes into dates, once for all that follows."""
        pairs = []
        for symbol in dict.fromkeys(node.symbol for node in nodes if not node.children):
            expr = self.column(symbol) if symbol[0] == "C" else None
            if expr and expr.kind == "datetext" and expr.key and expr.key[0] in "'\"":
                pairs.append((str(ast.literal_eval(expr.key)), as_date(expr).text))
                self.kinds[symbol] = "datetime"
        if pairs:
            self.advance(f"{self.name()}.assign({keywords(pairs)})", "dated")

    def plain_key(self, symbol: str) -> str:
        """Source of a column's key, found without giving the rows a name."""
        item = item_of(self.items, symbol)
        if item.column is None or not item.column.unique or item.table not in self.within:
            return ""
        return self.column_key(item)

    def column_or(self, node: Node, render: Callable[[Node, Rows], Expr]) -> Expr:
        """A plain column without giving the rows a name, or what `render` makes of the rest."""
        key = "" if node.children or node.symbol[0] != "C" else self.plain_key(node.symbol)
        if not key:
            return render(node, self)
        column = item_of(self.items, node.symbol).column
        assert column is not None
        kind = self.kinds.get(node.symbol, column.kind)
        return Expr("", kind, column.label, key, column)

    def keys_of(self, nodes: Sequence[Node]) -> list[str]:
        """Keys of a list of columns, for `subset=` and `columns=`."""
        keys = [self.plain_key(node.symbol) for node in nodes]
        if not all(keys):
            raise PlanError("a column here shares its label with another, or is not of this table")
        return list(dict.fromkeys(keys))

    def picked(self, keys: Sequence[str]) -> str:
        """Source of one column, of several, or of all where none is named."""
        if len(keys) == 1:
            return f"{self.text}[{keys[0]}]"
        return f"{self.text}[[{', '.join(keys)}]]" if keys else self.text

    def in_order(self) -> bool:
        """Whether rows are numbered from 0, so that a row's label finds one row."""
        return all(not self.tables[number].index for number in self.within)

    def known(self, node: Node) -> Expr | None:
        """A column that an earlier step made by the same expression."""
        if not node.children or not self.made:
            return None
        made = self.made.get(flatten(node))
        if made is None:
            return None
        return Expr(f"{self.name()}[{made.key}]", made.kind, made.label, made.key, made.column)

    def labels(self) -> set[str]:
        """Texts of the labels that are in use, as far as the schemas tell."""
        used = {str(ast.literal_eval(expr.key)) for expr in self.made.values()}
        for number in self.within:
            columns = (*self.tables[number].columns, *self.tables[number].index)
            used.update(str(ast.literal_eval(column.key)) for column in columns)
        return used | {str(ast.literal_eval(key)) for key in self.keys.values()}

    def unused(self, label: str) -> str:
        """A column name near a label that no column has."""
        name, used, number = snake(label), self.labels(), 2
        base = name
        while name in used:
            name, number = f"{base}_{number}", number + 1
        return name

    def with_columns(self, nodes: Sequence[Node], exprs: Sequence[Expr]) -> list[Expr]:
        """Make every expression a column of the rows, in one `assign`; return the columns."""
        added: list[tuple[str, str]] = []
        found = []
        for node, expr in zip(nodes, exprs, strict=True):
            if expr.key:
                found.append(expr)
                continue
            name = self.unused(expr.label)
            added.append((name, expr.text))
            column = Expr("", expr.kind, expr.label, quoted(name))
            self.made[flatten(node)] = column
            found.append(column)
        if added:
            frame = self.name()
            saving, self.saving = self.saving, False
            self.advance(f"{frame}.assign({keywords(added)})", self.hint)
            self.saving = saving
        return found


def keys_argument(exprs: Sequence[Expr]) -> str:
    """One key, or a list of keys, for `groupby` and `sort_values`."""
    return listed([expr.key or expr.text for expr in exprs])
