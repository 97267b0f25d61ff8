"""Code -> trace: which columns it asks of which table, what it does to them, what it changes.

Nothing is run. Statements are followed in order; where a value cannot be known it is `None`,
and nothing is said about it.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from nbcodegen import methods
from nbcodegen.calls import Call, Change, ColumnUse, Event, Named, Operation, labels, short
from nbcodegen.scopes import stores
from nbcodegen.shapes import (
    Accessor,
    Column,
    Groups,
    Known,
    Label,
    Module,
    Row,
    Series,
    Shape,
    Table,
    join,
    live_shapes,
)
from nbcodegen.values import Kind, TableSchema

ALIASES = {
    "pd": "pandas", "np": "numpy", "plt": "matplotlib.pyplot", "sns": "seaborn",
}  # fmt: skip
UNROLLED = 32
"""Loops over a literal list of at most this many labels are followed label by label."""
PARTS: dict[str, Kind] = dict.fromkeys(
    ("year", "month", "day", "hour", "minute", "second", "quarter", "dayofweek", "weekday"),
    "integer",
)
HARMLESS = {*dir(builtins), "display"}


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything the walk saw, each thing once, in order."""

    uses: tuple[ColumnUse, ...]
    operations: tuple[Operation, ...]
    changes: tuple[Change, ...]


def trace(tree: ast.Module, tables: Sequence[TableSchema]) -> Trace:
    """Follow the code from the user's live tables."""
    flow = _Flow(tables)
    flow.block(tree.body)
    seen = list(flow.events)
    return Trace(
        tuple(event for event in seen if isinstance(event, ColumnUse)),
        tuple(event for event in seen if isinstance(event, Operation)),
        tuple(event for event in seen if isinstance(event, Change)),
    )


class _Flow:
    """The walk: an environment of shapes, and the events seen so far."""

    def __init__(self, tables: Sequence[TableSchema]) -> None:
        modules: dict[str, Shape] = {alias: Module(name) for alias, name in ALIASES.items()}
        self.env: dict[str, Shape] = modules | live_shapes(tables)
        self.users = {table.name for table in tables}
        self.touched: set[str] = set()
        self.muted = 0
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

    def apply(self, function: ast.Lambda, given: Sequence[Shape]) -> Shape:
        names = [argument.arg for argument in function.args.args]
        with self._inner():
            self.env.update(dict.fromkeys(names))
            self.env.update(zip(names, given, strict=False))
            return self.shape(function.body)

    @contextmanager
    def _inner(self) -> Iterator[None]:
        outer = dict(self.env)
        try:
            yield
        finally:
            self.env = outer

    @contextmanager
    def _mute(self, active: bool) -> Iterator[None]:
        self.muted += active
        try:
            yield
        finally:
            self.muted -= active

    # Statements

    def block(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
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
        with self._mute(_probes(node.test)):
            self._branches([node.body, node.orelse])

    def _do_For(self, node: ast.For) -> None:
        source = self.shape(node.iter)
        self._escape(node.iter)
        items = source.value if isinstance(source, Known) else None
        if isinstance(items, list | tuple) and len(items) <= UNROLLED:
            if isinstance(node.target, ast.Name) and items:
                for item in items:
                    self.env[node.target.id] = Known(item)
                    self.block(node.body)
                self.block(node.orelse)
                return
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

    def _forget(self, table: Table) -> None:
        for name in [name for name, shape in self.env.items() if shape is table]:
            self.env[name] = replace(table, open=True)

    # Expressions

    def shape(self, node: ast.expr) -> Shape:
        """Return what the expression is known to look like, recording what it asks for."""
        handler = getattr(self, f"_of_{type(node).__name__}", None)
        if handler is not None:
            found: Shape = handler(node)
            return found
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.shape(child)
        return None

    def _of_Name(self, node: ast.Name) -> Shape:
        return self.env.get(node.id)

    def _of_Constant(self, node: ast.Constant) -> Shape:
        return Known(node.value)

    def _of_List(self, node: ast.List | ast.Tuple) -> Shape:
        parts = [self.shape(element) for element in node.elts]
        if not all(isinstance(part, Known) for part in parts):
            return None
        values = [part.value for part in parts if isinstance(part, Known)]
        return Known(tuple(values) if isinstance(node, ast.Tuple) else values)

    _of_Tuple = _of_List

    def _of_NamedExpr(self, node: ast.NamedExpr) -> Shape:
        value = self.shape(node.value)
        self._store(node.target, value, node.value)
        return value

    def _of_Lambda(self, node: ast.Lambda) -> Shape:
        return self.apply(node, []) and None

    def _of_IfExp(self, node: ast.IfExp) -> Shape:
        self.shape(node.test)
        with self._mute(_probes(node.test)):
            return join(self.shape(node.body), self.shape(node.orelse))

    def _of_UnaryOp(self, node: ast.UnaryOp) -> Shape:
        value = self.shape(node.operand)
        if isinstance(value, Known) and isinstance(node.op, ast.USub):
            number = isinstance(value.value, int | float)
            return Known(-value.value) if number else None
        return value if isinstance(value, Series | Table) else None

    def _of_BinOp(self, node: ast.BinOp) -> Shape:
        left, right = self.shape(node.left), self.shape(node.right)
        if isinstance(left, Known) and isinstance(right, Known):
            same = isinstance(left.value, str | list) and type(left.value) is type(right.value)
            add = same and isinstance(node.op, ast.Add)
            return Known(left.value + right.value) if add else None
        return _combined(left, right, None)

    def _of_Compare(self, node: ast.Compare) -> Shape:
        shapes = [self.shape(part) for part in (node.left, *node.comparators)]
        if any(isinstance(op, ast.In | ast.NotIn | ast.Is | ast.IsNot) for op in node.ops):
            return None
        return _combined(shapes[0], shapes[1], "boolean")

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
                self.muted += _probes(test) and 0

    def _of_Call(self, node: ast.Call) -> Shape:
        function = node.func
        if isinstance(function, ast.Attribute):
            subject = self._method_owner(function)
            call = Call(self, node, function.attr, subject)
            if subject is None:
                self._hand_over(node)
            elif isinstance(subject, Known) and isinstance(subject.value, list):
                if function.attr != "tolist":
                    self.change(subject, None, node.lineno)
            return methods.result(call)
        self.shape(function)
        call = Call(self, node, function.id if isinstance(function, ast.Name) else "", None)
        if call.name == "list" and len(node.args) == 1:
            given = self.shape(node.args[0])
            if isinstance(given, Table) and not given.open:
                return Known(list(given.labels))
            return given if isinstance(given, Known) else None
        if call.name not in HARMLESS:
            self._hand_over(node)
        return None

    def _method_owner(self, function: ast.Attribute) -> Shape:
        return self.shape(function.value)

    def _hand_over(self, node: ast.Call) -> None:
        """A function that is not pandas' may change the tables it is given."""
        for given in (*node.args, *(word.value for word in node.keywords)):
            shape = self.shape(given) if isinstance(given, ast.Name) else None
            if isinstance(shape, Table):
                self._forget(shape)

    def _of_Attribute(self, node: ast.Attribute) -> Shape:
        subject = self.shape(node.value)
        if isinstance(subject, Table):
            return self._table_attribute(node, subject)
        if isinstance(subject, Series):
            return self._series_attribute(node, subject)
        if isinstance(subject, Accessor) and isinstance(subject.subject, Series):
            return replace(subject.subject, kind=PARTS.get(node.attr))
        if isinstance(subject, Groups) and node.attr in subject.table.labels:
            return replace(subject, chosen=(node.attr,), single=True)
        if isinstance(subject, Row):
            self._attribute_use(node, subject.table)
        if isinstance(subject, Module):
            return Module(f"{subject.name}.{node.attr}")
        return None

    def _table_attribute(self, node: ast.Attribute, table: Table) -> Shape:
        if node.attr == "columns":
            return None if table.open else Known(list(table.labels))
        if node.attr in ("loc", "iloc", "at", "iat", "plot"):
            return Accessor(table, node.attr)
        self._attribute_use(node, table)
        return table.column(node.attr) if node.attr in table.labels else None

    def _attribute_use(self, node: ast.Attribute, table: Table) -> None:
        if table.has(node.attr):
            if node.attr in table.labels:
                self._use(Named(node.attr, node.end_lineno or node.lineno), table, node.value)
        elif not node.attr.startswith("_") and node.attr not in _frame_attributes():
            self._use(Named(node.attr, node.end_lineno or node.lineno), table, node.value)

    def _series_attribute(self, node: ast.Attribute, series: Series) -> Shape:
        if node.attr in ("str", "dt", "cat"):
            if series.kind is not None:
                line = node.end_lineno or node.lineno
                self.record(Operation(f".{node.attr}", series.kind, series.label, line))
            return Accessor(series, node.attr)
        return Accessor(series, node.attr) if node.attr in ("plot", "loc", "iloc") else None

    def _use(self, named: Named, table: Table, source: ast.expr) -> None:
        missing = not table.has(named.label)
        self.record(ColumnUse(named.label, named.line, short(source), table, missing))

    # Subscripts

    def _of_Subscript(self, node: ast.Subscript) -> Shape:
        base = self.shape(node.value)
        key = node.slice
        if isinstance(base, Table):
            return self._selected(node, base, key)
        if isinstance(base, Row):
            for named in labels(self, key) or ():
                self._use(named, base.table, node.value)
            return None
        if isinstance(base, Groups):
            return self._chosen(node, base)
        if isinstance(base, Accessor):
            return self._located(node, base)
        place = self.shape(key)
        if isinstance(base, Series):
            return base if isinstance(key, ast.Slice) or self._masks(key) else None
        if isinstance(base, Known) and isinstance(place, Known):
            inside = isinstance(base.value, list | tuple) and isinstance(place.value, int)
            inside = inside and -len(base.value) <= place.value < len(base.value)
            return Known(base.value[place.value]) if inside else None
        return None

    def _selected(self, node: ast.Subscript, table: Table, key: ast.expr) -> Shape:
        if isinstance(key, ast.Lambda):
            self.apply(key, [table])
            return table.copy()
        found = None if isinstance(key, ast.Slice) else labels(self, key)
        if found is None:
            rows = isinstance(key, ast.Slice) or self._masks(key)
            return table.copy() if rows else None
        if found and all(isinstance(named.label, bool) for named in found):
            return table.copy()
        for named in found:
            self._use(named, table, node.value)
        listed = self.shape(key)
        if isinstance(listed, Known) and isinstance(listed.value, list):
            return table.only([named.label for named in found])
        return table.column(found[0].label) if found else None

    def _chosen(self, node: ast.Subscript, groups: Groups) -> Shape:
        found = labels(self, node.slice)
        if found is None:
            return None
        for named in found:
            self._use(named, groups.table, node.value)
        several = isinstance(node.slice, ast.List) or len(found) != 1
        chosen = tuple(named.label for named in found)
        if any(label not in groups.table.labels for label in chosen) and not groups.table.open:
            return None
        return replace(groups, chosen=chosen, single=not several)

    def _located(self, node: ast.Subscript, accessor: Accessor) -> Shape:
        table, key = accessor.subject, node.slice
        for part in [part for part in ast.walk(key) if isinstance(part, ast.Lambda)]:
            self.apply(part, [table])
        if isinstance(table, Series):
            self.shape(key)
            plain = isinstance(key, ast.Slice) or self._masks(key)
            kept = plain and accessor.name in ("loc", "iloc")
            return replace(table, kind=None) if kept or accessor.name == "str" else None
        if not isinstance(key, ast.Tuple) or len(key.elts) != 2:
            rows = isinstance(key, ast.Slice | ast.Lambda) or self._masks(key)
            return table.copy() if rows else None
        rows_part, place = key.elts
        self.shape(rows_part)
        # On a row index of several levels, `loc[a, b]` is one row's key.
        if accessor.name not in ("loc", "at") or table.index is None or len(table.index) != 1:
            self.shape(place)
            return None
        return self._columns_of(node, table, place, rows_part)

    def _columns_of(
        self, node: ast.Subscript, table: Table, place: ast.expr, rows: ast.expr
    ) -> Shape:
        if isinstance(place, ast.Slice):
            for bound in (place.lower, place.upper):
                for named in (labels(self, bound) if bound is not None else None) or ():
                    self._use(named, table, node.value)
            return replace(table, columns=(), open=True, owner="")
        found = labels(self, place)
        if not found or any(isinstance(named.label, bool) for named in found):
            return None
        for named in found:
            self._use(named, table, node.value)
        if isinstance(place, ast.List):
            return table.only([named.label for named in found])
        several = isinstance(rows, ast.Slice) or self._masks(rows)
        return table.column(found[0].label) if several and len(found) == 1 else None

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


def _combined(left: Shape, right: Shape, kind: Kind | None) -> Shape:
    """Return what an operator gives: names survive only where both sides agree."""
    if isinstance(left, Series) and isinstance(right, Series):
        agree = left.named and right.named
        label: Label = left.label if left.label == right.label else None
        return Series(label, kind, left.index if left.index == right.index else None, agree)
    one = left if isinstance(left, Series | Table) else right
    other = right if one is left else left
    if isinstance(one, Series):
        return replace(one, kind=kind, named=one.named and isinstance(other, Known))
    if isinstance(one, Table) and isinstance(other, Known):
        return one.of_kind(kind)
    return None


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


def _probes(test: ast.expr) -> bool:
    """Say whether a condition asks which columns there are: what it guards may lack them."""
    return any(
        (isinstance(node, ast.Compare) and any(isinstance(o, ast.In | ast.NotIn) for o in node.ops))
        or (isinstance(node, ast.Name) and node.id == "hasattr")
        for node in ast.walk(test)
    )


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


def _frame_attributes() -> set[str]:
    """Attributes that pandas frames and rows have, as this process knows them."""
    import pandas as pd

    known = {*dir(pd.DataFrame), *dir(pd.Series)}
    geopandas = sys.modules.get("geopandas")
    if geopandas is not None:
        known |= set(dir(geopandas.GeoDataFrame))
    return known
