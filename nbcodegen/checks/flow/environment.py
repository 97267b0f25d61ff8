"""Variables -> shapes: what the walk knows at one place in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from nbcodegen.checks.flow.calls import Change, ColumnUse, Event, Named, short
from nbcodegen.checks.flow.shapes import (
    Module,
    Series,
    Shape,
    Table,
    live_shapes,
)
from nbcodegen.values import TableSchema

ALIASES = {
    "pd": "pandas", "np": "numpy", "plt": "matplotlib.pyplot", "sns": "seaborn",
}  # fmt: skip


class Environment:
    """What each variable looks like so far, and the events seen so far."""

    def __init__(self, tables: Sequence[TableSchema]) -> None:
        modules: dict[str, Shape] = {alias: Module(name) for alias, name in ALIASES.items()}
        self.env: dict[str, Shape] = modules | live_shapes(tables)
        self.users = {table.name for table in tables}
        self.touched: set[str] = set()
        self.muted = 0
        self.seen: dict[int, tuple[ast.expr, Shape]] = {}
        self.events: dict[Event, None] = {}

    # What calls need

    def record(self, event: Event) -> None:
        if not self.muted:
            self.events[event] = None

    def change(self, old: Shape, new: Shape, line: int) -> None:
        """Put `new` wherever `old` is: every name of one object sees its change."""
        owner = old.owner if isinstance(old, Table) else ""
        if owner:
            self.record(Change(owner, line))
        if isinstance(new, Table):
            new = replace(new, owner=owner)
        for name in [name for name, shape in self.env.items() if shape is old]:
            self.env[name] = new
        self.seen = {}

    def apply(self, function: ast.Lambda, given: Sequence[Shape]) -> Shape:
        names = [argument.arg for argument in function.args.args]
        with self._inner():
            self.env.update(dict.fromkeys(names))
            self.env.update(zip(names, given, strict=False))
            return self.shape(function.body)

    @contextmanager
    def _inner(self) -> Iterator[None]:
        outer, seen = dict(self.env), self.seen
        self.seen = {}
        try:
            yield
        finally:
            self.env, self.seen = outer, seen

    @contextmanager
    def _mute(self, active: bool) -> Iterator[None]:
        self.muted += active
        try:
            yield
        finally:
            self.muted -= active
            self.seen = {}

    def _forget(self, table: Table) -> None:
        for name in [name for name, shape in self.env.items() if shape is table]:
            self.env[name] = replace(table, open=True)
        self.seen = {}

    def shape(self, node: ast.expr) -> Shape:
        """Return what the expression is known to look like, recording what it asks for.

        Within a statement each expression is followed once, though several may ask.
        """
        if id(node) not in self.seen:
            found = self._evaluated(node)
            self.seen[id(node)] = (node, found)
        return self.seen[id(node)][1]

    def _evaluated(self, node: ast.expr) -> Shape:
        handler = getattr(self, f"_of_{type(node).__name__}", None)
        if handler is not None:
            found: Shape = handler(node)
            return found
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.shape(child)
        return None

    def _use(self, named: Named, table: Table, source: ast.expr) -> None:
        missing = not table.has(named.label)
        self.record(ColumnUse(named.label, named.line, short(source), table, missing))

    def _masks(self, key: ast.expr) -> bool:
        """Say whether a key selects rows."""
        if isinstance(self.shape(key), Series | Table):
            return True
        if isinstance(key, ast.UnaryOp):
            return isinstance(key.op, ast.Invert)
        bits = ast.BitAnd | ast.BitOr | ast.BitXor
        return isinstance(key, ast.Compare) or (
            isinstance(key, ast.BinOp) and isinstance(key.op, bits)
        )
