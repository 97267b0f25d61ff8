"""One method or function call in generated code: its arguments, and what it asks of a table."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from nbcodegen.checks.flow.shapes import Known, Label, Shape, Table
from nbcodegen.values import Kind


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """Code asks a table for a column."""

    label: Label
    line: int
    source: str
    """The table, as the code writes it."""
    table: Table
    missing: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """Code does something to a column of a known kind."""

    name: str
    kind: Kind
    label: Label
    line: int


@dataclass(frozen=True, slots=True)
class Change:
    """Code changes a table of the user's, or what its name stands for."""

    table: str
    line: int


Event: TypeAlias = ColumnUse | Operation | Change


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything the walk saw, each thing once, in order."""

    uses: tuple[ColumnUse, ...]
    operations: tuple[Operation, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A label and the line that names it."""

    label: Label
    line: int


class Evaluator(Protocol):
    """What a call needs from the walk that met it."""

    def shape(self, node: ast.expr) -> Shape: ...
    def apply(self, function: ast.Lambda, given: Sequence[Shape]) -> Shape: ...
    def record(self, event: Event) -> None: ...
    def change(self, old: Shape, new: Shape, line: int) -> None: ...


class Call:
    """A call with its arguments evaluated."""

    def __init__(self, evaluator: Evaluator, node: ast.Call, name: str, subject: Shape) -> None:
        self.evaluator, self.node, self.name, self.subject = evaluator, node, name, subject
        self.starred = any(isinstance(given, ast.Starred) for given in node.args)
        self.named = {word.arg: word.value for word in node.keywords if word.arg is not None}
        self.certain = not self.starred and len(self.named) == len(node.keywords)
        """False where `*` or `**` hides arguments."""
        for given in (*node.args, *(word.value for word in node.keywords)):
            evaluator.shape(given)

    @property
    def line(self) -> int:
        function = self.node.func
        return (function.end_lineno if isinstance(function, ast.Attribute) else None) or (
            self.node.lineno
        )

    def argument(self, name: str, position: int | None = None) -> ast.expr | None:
        """Return the argument's expression, given by name or by position."""
        if name in self.named:
            return self.named[name]
        if position is None or self.starred or position >= len(self.node.args):
            return None
        return self.node.args[position]

    def shape(self, name: str, position: int | None = None) -> Shape:
        node = self.argument(name, position)
        return None if node is None else self.evaluator.shape(node)

    def known(self, name: str, position: int | None = None, default: Any = None) -> Any:
        """Return a literal argument's value; `default` where it is absent or not a literal."""
        shape = self.shape(name, position)
        return shape.value if isinstance(shape, Known) else default

    def said(self, name: str) -> bool:
        """Say whether a flag is given and not plainly False."""
        return name in self.named and self.known(name, default=True) is not False

    def labels(self, name: str, position: int | None = None) -> tuple[Named, ...] | None:
        """Return the labels that an argument names; None where they cannot be known."""
        node = self.argument(name, position)
        return labels(self.evaluator, node) if node is not None else None

    def items(self, node: ast.expr | None) -> tuple[tuple[Named, ast.expr], ...] | None:
        """Return the entries of a dict display (or `dict(…)`) whose keys are all literals."""
        if isinstance(node, ast.Dict):
            keys = [None if key is None else self.evaluator.shape(key) for key in node.keys]
            if not all(isinstance(key, Known) for key in keys):
                return None
            return tuple(
                (Named(key.value, value.lineno if written is None else written.lineno), value)
                for key, written, value in zip(keys, node.keys, node.values, strict=True)
                if isinstance(key, Known)
            )
        return None

    def use(
        self, found: Sequence[Named] | None, table: Table, *, levels: bool = False
    ) -> tuple[Label, ...] | None:
        """Record that the call asks `table` for these columns; return their labels."""
        if found is None:
            return None
        for named in found:
            self._use(named, table, levels=levels)
        return tuple(named.label for named in found)

    def asks(
        self, name: str, position: int | None, table: Table, *, levels: bool = False
    ) -> tuple[Label, ...] | None:
        """Record the columns that one argument names, and return their labels."""
        return self.use(self.labels(name, position), table, levels=levels)

    def _use(self, named: Named, table: Table, *, levels: bool) -> None:
        subject = self.node.func.value if isinstance(self.node.func, ast.Attribute) else None
        source = short(subject) if subject is not None and self.subject is table else ""
        missing = not table.has(named.label, levels=levels)
        self.evaluator.record(ColumnUse(named.label, named.line, source, table, missing))


def labels(evaluator: Evaluator, node: ast.expr) -> tuple[Named, ...] | None:
    """Return the label or labels that an expression stands for."""
    if isinstance(node, ast.List):
        parts = [labels(evaluator, element) for element in node.elts]
        if any(part is None for part in parts):
            return None
        return tuple(named for part in parts if part is not None for named in part)
    shape = evaluator.shape(node)
    if not isinstance(shape, Known):
        return None
    values = shape.value if isinstance(shape.value, list) else [shape.value]
    return tuple(Named(value, node.lineno) for value in values if value is not None)


def short(node: ast.expr) -> str:
    """Write an expression on one line, cut to what a message can hold."""
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else text[:59] + "…"
