"""Code -> trace: which columns it asks of which table, what it does to them, what it changes.

Nothing is run. Statements are followed in order; where a value cannot be known it is `None`,
and nothing is said about it.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from dataclasses import replace

from nbcodegen.checks.flow.calls import Change, ColumnUse, Operation, Trace, labels
from nbcodegen.checks.flow.expressions import Expressions, probes
from nbcodegen.checks.flow.shapes import (
    Accessor,
    Column,
    Groups,
    Known,
    Module,
    Row,
    Series,
    Shape,
    Table,
    join,
)
from nbcodegen.checks.scopes import stores
from nbcodegen.values import Kind, TableSchema

UNROLLED = 32
"""Loops over a literal list of at most this many labels are followed label by label."""


def trace(tree: ast.Module, tables: Sequence[TableSchema]) -> Trace:
    """Follow the code from the user's live tables."""
    flow = _Walk(tables)
    flow.block(tree.body)
    seen = list(flow.events)
    return Trace(
        tuple(event for event in seen if isinstance(event, ColumnUse)),
        tuple(event for event in seen if isinstance(event, Operation)),
        tuple(event for event in seen if isinstance(event, Change)),
    )


class _Walk(Expressions):
    """Statements in order, and the expressions that make variables."""

    def block(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        self.seen = {}
        handler = getattr(self, f"_do_{type(node).__name__}", None)
        if handler is not None:
            handler(node)
            return
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.shape(child)
        for name in stores([node]):
            self.env[name] = None

    def _do_Assign(self, node: ast.Assign) -> None:
        value = self.shape(node.value)
        if isinstance(node.value, ast.List | ast.Tuple | ast.Set | ast.Dict):
            self._escape(node.value)
        for target in node.targets:
            self._store(target, value, node.value)

    def _do_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._store(node.target, self.shape(node.value), node.value)

    def _do_AugAssign(self, node: ast.AugAssign) -> None:
        self.shape(node.value)
        old = self.shape(_loaded(node.target))
        kept = old.of_kind(None) if isinstance(old, Table) else None
        self._store(node.target, kept, node.value)

    def _do_If(self, node: ast.If) -> None:
        self.shape(node.test)
        with self._mute(probes(node.test)):
            self._branches([node.body, node.orelse])

    def _do_For(self, node: ast.For) -> None:
        source = self.shape(node.iter)
        self._escape(node.iter)
        items = source.value if isinstance(source, Known) else ()
        listed = isinstance(items, list | tuple) and 0 < len(items) <= UNROLLED
        if listed and isinstance(node.target, ast.Name):
            for item in items:
                self.env[node.target.id] = Known(item)
                self.block(node.body)
        else:
            self._loop(node)
        self.block(node.orelse)

    _do_AsyncFor = _do_For

    def _do_While(self, node: ast.While) -> None:
        self.shape(node.test)
        self._loop(node)
        self.block(node.orelse)

    def _do_Try(self, node: ast.Try) -> None:
        before = dict(self.env)
        with self._mute(bool(node.handlers)):
            self.block(node.body)
        self._join([before])
        self._branches([[], *(handler.body for handler in node.handlers)])
        self.block(node.orelse)
        self.block(node.finalbody)

    def _do_With(self, node: ast.With) -> None:
        for item in node.items:
            self.shape(item.context_expr)
            if item.optional_vars is not None:
                self._store(item.optional_vars, None, item.context_expr)
        self.block(node.body)

    def _do_Match(self, node: ast.Match) -> None:
        self.shape(node.subject)
        self._branches([case.body for case in node.cases] + [[]])

    def _do_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            self.env[name] = Module(alias.name if alias.asname else name)

    def _do_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A body runs when it is called, if ever: note only which tables it may change."""
        self.env[node.name] = None
        for name in _altered(node):
            self.touched.add(name)
            self.env[name] = None if isinstance(self.env.get(name), Known) else (
                _opened(self.env.get(name))
            )  # fmt: skip

    _do_AsyncFunctionDef = _do_FunctionDef

    def _do_ClassDef(self, node: ast.ClassDef) -> None:
        self.env[node.name] = None

    def _do_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Subscript):
                table = self.shape(target.value)
                found = labels(self, target.slice)
                if isinstance(table, Table):
                    self.shape(target)
                    gone = [named.label for named in found or ()]
                    self.change(table, table.without(gone), node.lineno)
            elif isinstance(target, ast.Name):
                self._rebind(target.id, None, node.lineno)

    def _branches(self, bodies: Sequence[Sequence[ast.stmt]]) -> None:
        before = dict(self.env)
        ends = []
        for body in bodies:
            self.env = dict(before)
            self.block(body)
            ends.append(self.env)
        self.env = ends[0]
        self._join(ends[1:])

    def _join(self, others: Sequence[dict[str, Shape]]) -> None:
        for other in others:
            names = self.env.keys() | other.keys()
            self.env = {name: join(self.env.get(name), other.get(name)) for name in names}

    def _loop(self, node: ast.For | ast.While) -> None:
        """Follow the body twice: in silence, to learn what it changes, then for good."""
        before = dict(self.env)
        for silent in (True, False):
            if isinstance(node, ast.For):
                self._bind(node.target, node.iter)
            with self._mute(silent):
                self.block(node.body)
            self._join([before])

    def _bind(self, target: ast.expr, source: ast.expr) -> None:
        item: Shape = None
        if isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute):
            table = self.shape(source.func.value)
            if source.func.attr == "iterrows" and isinstance(table, Table):
                item = Row(table)
        groups = self.shape(source)
        if isinstance(groups, Groups) and groups.chosen is None:
            item = groups.table.copy()
        for name in stores([target]):
            self.env[name] = None
        if item is not None and isinstance(target, ast.Tuple) and len(target.elts) == 2:
            self._store(target.elts[1], item, source)

    # Making and changing

    def _rebind(self, name: str, shape: Shape, line: int) -> None:
        if name in self.users and not (isinstance(shape, Table) and shape.owner == name):
            self.record(Change(name, line))
            self.users.discard(name)
        self.seen = {}
        self.env[name] = _opened(shape) if name in self.touched else shape

    def _store(self, target: ast.expr, value: Shape, source: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._rebind(target.id, value, target.lineno)
        elif isinstance(target, ast.Tuple | ast.List):
            same = isinstance(source, ast.Tuple) and len(source.elts) == len(target.elts)
            for place, part in enumerate(target.elts):
                written = source.elts[place] if same and isinstance(source, ast.Tuple) else source
                self._store(part, self.shape(written) if same else None, written)
        elif isinstance(target, ast.Subscript):
            self._store_item(target, value)
        elif isinstance(target, ast.Attribute):
            self._store_attribute(target, value)

    def _store_item(self, target: ast.Subscript, value: Shape) -> None:
        base = self.shape(target.value)
        key = target.slice
        if isinstance(base, Accessor) and isinstance(base.subject, Table):
            place = key.elts[1] if isinstance(key, ast.Tuple) and len(key.elts) == 2 else None
            self.shape(key)
            if base.name in ("loc", "at") and place is not None:
                self._set_columns(base.subject, place, None, target.lineno)
            else:
                self.change(base.subject, replace(base.subject), target.lineno)
        elif isinstance(base, Table):
            self._set_columns(base, key, value, target.lineno)
        elif isinstance(base, Known):
            self.change(base, None, target.lineno)
        else:
            self.shape(key)

    def _set_columns(self, table: Table, key: ast.expr, value: Shape, line: int) -> None:
        found = None if isinstance(key, ast.Slice) else labels(self, key)
        if found is not None and not all(isinstance(named.label, bool) for named in found):
            after = table
            kind = value.kind if isinstance(value, Series) else None
            for named in found:
                after = after.having(named.label, kind)
        elif isinstance(key, ast.Slice) or self._masks(key):
            after = table.of_kind(None)
        else:
            after = replace(table, open=True)
        self.change(table, after.copy() if after is table else after, line)

    def _store_attribute(self, target: ast.Attribute, value: Shape) -> None:
        inner = target.value
        if isinstance(inner, ast.Attribute) and inner.attr in ("index", "columns"):
            table = self.shape(inner.value)
            named = (value.value,) if isinstance(value, Known) else None
            if isinstance(table, Table) and inner.attr == "index":
                self.change(table, replace(table, index=named), target.lineno)
            return
        table = self.shape(inner)
        if not isinstance(table, Table):
            return
        after = replace(table, open=True)
        if target.attr == "columns":
            after = _relabelled(table, value)
        elif target.attr == "index":
            after = replace(table, index=None)
        elif target.attr in table.labels:
            after = table.having(target.attr)
        self.change(table, after, target.lineno)

    def _escape(self, node: ast.expr) -> None:
        """Forget what tables in a list or dict look like: they may be changed through it."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name):
                shape = self.env.get(inner.id)
                if isinstance(shape, Table) and not _read_only(node, inner):
                    self._forget(shape)

    def _of_NamedExpr(self, node: ast.NamedExpr) -> Shape:
        value = self.shape(node.value)
        self._store(node.target, value, node.value)
        return value

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Shape:
        with self._inner():
            self._generators(node.generators)
            self.shape(node.elt)
        return None

    _of_ListComp = _of_SetComp = _of_GeneratorExp = _comprehension

    def _of_DictComp(self, node: ast.DictComp) -> Shape:
        with self._inner():
            self._generators(node.generators)
            self.shape(node.key)
            self.shape(node.value)
        return None

    def _generators(self, generators: Sequence[ast.comprehension]) -> None:
        for generator in generators:
            self._bind(generator.target, generator.iter)
            for test in generator.ifs:
                self.shape(test)


def _relabelled(table: Table, value: Shape) -> Table:
    names = value.value if isinstance(value, Known) else None
    if not isinstance(names, list | tuple):
        return Table((), table.index, open=True)
    kinds: list[Kind | None] = [column.kind for column in table.columns]
    if len(kinds) != len(names) or table.open:
        kinds = [None] * len(names)
    pairs = zip(names, kinds, strict=True)
    return Table(tuple(Column(name, kind) for name, kind in pairs), table.index)


def _opened(shape: Shape) -> Shape:
    return replace(shape, open=True) if isinstance(shape, Table) else None


def _loaded(target: ast.expr) -> ast.expr:
    """The target of `x += 1`, as the reading that comes first."""
    if isinstance(target, ast.Name):
        return ast.copy_location(ast.Name(target.id, ast.Load()), target)
    return target


def _read_only(node: ast.expr, name: ast.Name) -> bool:
    """Say whether `name` stands in `node` only to be looked into: `name.columns`, `name[…]`."""
    return any(
        isinstance(outer, ast.Attribute | ast.Subscript) and outer.value is name
        for outer in ast.walk(node)
    )


def _altered(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Collection[str]:
    """Names of outer variables whose objects a function's body may change."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Global):
            found.update(node.names)
        base = node.value if isinstance(node, ast.Subscript | ast.Attribute) else None
        while isinstance(base, ast.Subscript | ast.Attribute):
            base = base.value
        if isinstance(base, ast.Name) and _writes(node):
            found.add(base.id)
    return found


def _writes(node: ast.AST) -> bool:
    if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
        return True
    return isinstance(node, ast.Attribute)  # a method may work in place
