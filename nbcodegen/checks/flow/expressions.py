"""Expression -> shape, recording the columns that it asks for."""

from __future__ import annotations

import ast
import builtins
import sys
from dataclasses import replace

from nbcodegen.checks.flow import methods
from nbcodegen.checks.flow.calls import Call, Named, Operation
from nbcodegen.checks.flow.shapes import (
    Accessor,
    Groups,
    Known,
    Label,
    Module,
    Row,
    Series,
    Shape,
    Table,
    join,
)
from nbcodegen.checks.flow.subscripts import Subscripts
from nbcodegen.values import Kind

PARTS: dict[str, Kind] = dict.fromkeys(
    ("year", "month", "day", "hour", "minute", "second", "quarter", "dayofweek", "weekday"),
    "integer",
)
LONGEST_KNOWN = 10_000
HARMLESS = {*dir(builtins), "display"}


class Expressions(Subscripts):
    """Names, literals, operators, attributes and calls."""

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

    def _of_Lambda(self, node: ast.Lambda) -> Shape:
        return self.apply(node, []) and None

    def _of_IfExp(self, node: ast.IfExp) -> Shape:
        self.shape(node.test)
        with self._mute(probes(node.test)):
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
            # Doubled often enough, a text would fill the memory of the user's own process.
            small = add and len(left.value) + len(right.value) <= LONGEST_KNOWN
            return Known(left.value + right.value) if small else None
        return _combined(left, right, None)

    def _of_Compare(self, node: ast.Compare) -> Shape:
        shapes = [self.shape(part) for part in (node.left, *node.comparators)]
        if any(isinstance(op, ast.In | ast.NotIn | ast.Is | ast.IsNot) for op in node.ops):
            return None
        return _combined(shapes[0], shapes[1], "boolean")

    def _of_Call(self, node: ast.Call) -> Shape:
        function = node.func
        if isinstance(function, ast.Attribute):
            subject = self.shape(function.value)
            call = Call(self, node, function.attr, subject)
            if subject is None:
                self._hand_over(node)
            elif isinstance(subject, Known) and function.attr != "tolist":
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


def probes(test: ast.expr) -> bool:
    """Say whether a condition asks which columns there are: what it guards may lack them."""
    return any(
        (isinstance(node, ast.Compare) and any(isinstance(o, ast.In | ast.NotIn) for o in node.ops))
        or (isinstance(node, ast.Name) and node.id == "hasattr")
        for node in ast.walk(test)
    )


def _frame_attributes() -> set[str]:
    """Attributes that pandas frames and rows have, as this process knows them."""
    import pandas as pd

    known = {*dir(pd.DataFrame), *dir(pd.Series)}
    geopandas = sys.modules.get("geopandas")
    if geopandas is not None:
        known |= set(dir(geopandas.GeoDataFrame))
    return known
