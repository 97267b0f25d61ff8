"""What subscripts take out of a table, and which columns they ask for."""

from __future__ import annotations

import ast
from dataclasses import replace

from nbcodegen.checks.flow.calls import labels
from nbcodegen.checks.flow.environment import Environment
from nbcodegen.checks.flow.shapes import (
    Accessor,
    Groups,
    Known,
    Row,
    Series,
    Shape,
    Table,
)


class Subscripts(Environment):
    """`table[…]`, `table.loc[…]`, `groups[…]`: rows and columns taken out."""

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
