"""Calls on the result of `groupby` and `resample`."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from nbcodegen.checks.flow.calls import Call, Named, Operation
from nbcodegen.checks.flow.reshape import OPEN
from nbcodegen.checks.flow.shapes import Column, Groups, Known, Label, Series, Shape, Table
from nbcodegen.values import Kind

FLOATS = {"mean", "median", "std", "var", "sem", "quantile", "skew"}
COUNTS = {"count", "nunique"}
KEEPERS = {"sum", "min", "max", "first", "last", "prod"}
AGGREGATES = FLOATS | COUNTS | KEEPERS | {"any", "all", "idxmin", "idxmax"}
ALIGNED = {
    "transform", "shift", "diff", "cumsum", "cumprod", "cummax", "cummin", "rank", "ffill",
    "bfill", "pct_change", "fillna",
}  # fmt: skip
ROWS = {"head", "tail", "sample", "nth", "filter", "get_group"}
TEXT: tuple[Kind, ...] = ("string", "datetext", "category")
NUMBERS: tuple[Kind, ...] = ("integer", "float", "boolean")


def groupby(call: Call, table: Table) -> Shape:
    """Follow `table.groupby(…)`: its keys are columns, index levels or aligned Series."""
    by = call.argument("by", 0)
    flat = call.known("as_index", default=True) is False
    if by is None:
        return Groups(table, _levels(call, table), flat=flat)
    written = by.elts if isinstance(by, ast.List) else [by]
    keys: list[Label] | None = []
    for node in written:
        found = _key(call, node, table)
        keys = None if keys is None or found is None else [*keys, *found]
    return Groups(table, None if keys is None else tuple(keys), flat=flat)


def _key(call: Call, node: ast.expr, table: Table) -> Sequence[Label] | None:
    shape = call.evaluator.shape(node)
    if isinstance(shape, Series):
        return [shape.label] if shape.named else None
    if not isinstance(shape, Known):
        return None
    values = shape.value if isinstance(shape.value, list) else [shape.value]
    return call.use([Named(value, node.lineno) for value in values], table, levels=True)


def _levels(call: Call, table: Table) -> tuple[Label, ...] | None:
    found = call.labels("level", 1)
    if found is None or table.index is None:
        return None
    names: list[Label] = []
    for named in found:
        place = named.label
        if isinstance(place, int) and -len(table.index) <= place < len(table.index):
            place = table.index[place]
        names.append(place)
    return tuple(names)


def resample(call: Call, table: Table) -> Shape:
    on = call.asks("on", None, table, levels=True)
    return Groups(table, on if "on" in call.named else table.index)


def series_groupby(call: Call, series: Series) -> Shape:
    by = call.argument("by", 0)
    keys = None if by is None or not series.named else _series_keys(call, by)
    table = Table((Column(series.label, series.kind),), series.index, open=not series.named)
    return Groups(table, keys, (series.label,), single=True) if series.named else None


def _series_keys(call: Call, by: ast.expr) -> tuple[Label, ...] | None:
    shapes = [call.evaluator.shape(n) for n in (by.elts if isinstance(by, ast.List) else [by])]
    if not all(isinstance(shape, Series) and shape.named for shape in shapes):
        return None
    return tuple(shape.label for shape in shapes if isinstance(shape, Series))


def result(call: Call, groups: Groups) -> Shape:
    """Return what a method of the groups gives."""
    name = call.name
    if name in ("agg", "aggregate"):
        return _agg(call, groups)
    if name in AGGREGATES:
        return aggregated(call, groups, name)
    if name == "size":
        if groups.flat:
            return _frame(groups, [Column("size", "integer")])
        label = groups.chosen[0] if groups.single and groups.chosen else None
        return Series(label, "integer", groups.keys)
    if name in ALIGNED or name in ROWS:
        return _aligned(groups, everything=name in ROWS)
    if name == "value_counts" and groups.single and groups.chosen and groups.keys is not None:
        label = "proportion" if call.said("normalize") else "count"
        return Series(label, None, (*groups.keys, groups.chosen[0]))
    if name == "apply":
        function = call.argument("func", 0)
        if isinstance(function, ast.Lambda) and not groups.chosen:
            call.evaluator.apply(function, [groups.table.copy()])
    if name == "describe":
        return Table((), groups.keys, open=True)
    return None


def _kind(function: object, kind: Kind | None) -> Kind | None:
    if function in FLOATS:
        return "float" if kind in NUMBERS else None
    if function in COUNTS or function == "size":
        return "integer"
    return kind if function in KEEPERS else None


def _valued(groups: Groups) -> list[Label]:
    if groups.chosen is not None:
        return list(groups.chosen)
    return [label for label in groups.table.labels if label not in (groups.keys or ())]


def aggregated(call: Call, groups: Groups, function: str) -> Shape:
    """Return what one aggregate over the chosen columns gives."""
    values = _valued(groups)
    if call.said("numeric_only"):
        kinds = [groups.table.kind(label) for label in values]
        if None in kinds or groups.table.open:
            return Table((), None if groups.flat else groups.keys, open=True)
        values = [label for label, kind in zip(values, kinds, strict=True) if kind in NUMBERS]
    elif groups.chosen is not None or groups.keys is not None:
        for label in values:
            judge(call, function, groups.table.kind(label), label, call.line)
    if groups.single and not groups.flat:
        kind = _kind(function, groups.table.kind(values[0]))
        return Series(values[0], kind, groups.keys)
    columns = [Column(label, _kind(function, groups.table.kind(label))) for label in values]
    return _frame(groups, columns)


def judge(call: Call, name: str, kind: Kind | None, label: Label, line: int) -> None:
    """Record an operation on a column whose kind is known."""
    if kind is not None:
        call.evaluator.record(Operation(name, kind, label, line))


def _frame(groups: Groups, columns: list[Column]) -> Table:
    partly = groups.table.open and groups.chosen is None
    if not groups.flat:
        return Table(tuple(columns), groups.keys, open=partly)
    keys = [Column(key, groups.table.kind(key)) for key in groups.keys or ()]
    return Table((*keys, *columns), (None,), open=partly or groups.keys is None)


def _aligned(groups: Groups, *, everything: bool) -> Shape:
    if groups.single and groups.chosen:
        return Series(groups.chosen[0], None, groups.table.index)
    if groups.chosen is not None:
        return groups.table.only(groups.chosen)
    table = groups.table.copy()
    return table if everything else table.without(groups.keys or ()).of_kind(None)


def _agg(call: Call, groups: Groups) -> Shape:
    if not call.certain:
        return OPEN
    if not call.node.args and "func" not in call.named:
        return _named_agg(call, groups)
    node = call.argument("func", 0)
    shape = call.shape("func", 0)
    if isinstance(shape, Known) and isinstance(shape.value, str):
        return aggregated(call, groups, shape.value)
    if isinstance(shape, Known) and isinstance(shape.value, list) and groups.single:
        for function in shape.value:
            _judged(call, groups, (groups.chosen or (None,))[0], function, call.line)
        return _frame(groups, [Column(name) for name in shape.value])
    if isinstance(node, ast.Name | ast.Attribute | ast.Lambda) and groups.chosen:
        if groups.single and not groups.flat:
            return Series(groups.chosen[0], None, groups.keys)
        return _frame(groups, [Column(label) for label in groups.chosen])
    return _dict_agg(call, groups, node)


def _dict_agg(call: Call, groups: Groups, node: ast.expr | None) -> Shape:
    entries = call.items(node)
    if entries is None:
        return Table((), None if groups.flat else groups.keys, open=True)
    call.use([named for named, _ in entries], groups.table)
    columns = []
    nested = False
    for named, value in entries:
        function = call.evaluator.shape(value)
        names = function.value if isinstance(function, Known) else None
        nested = nested or isinstance(value, ast.List | ast.Dict) or isinstance(names, list)
        for name in names if isinstance(names, list) else [names]:
            _judged(call, groups, named.label, name, named.line)
        columns.append(Column(named.label))
    if nested:
        return Table((), groups.keys, open=True)
    return _frame(groups, columns)


def _named_agg(call: Call, groups: Groups) -> Shape:
    columns = []
    for name, value in call.named.items():
        written = _pair(value)
        if groups.single and groups.chosen:
            label: Label = groups.chosen[0]
            function: ast.expr | None = value
        elif written is not None:
            column = call.evaluator.shape(written[0])
            if not isinstance(column, Known):
                columns.append(Column(name))
                continue
            label, function = column.value, written[1]
            call.use([Named(label, written[0].lineno)], groups.table)
        else:
            return OPEN
        known = call.evaluator.shape(function) if function is not None else None
        done = known.value if isinstance(known, Known) else None
        _judged(call, groups, label, done, value.lineno)
        columns.append(Column(name, _kind(done, groups.table.kind(label))))
    return _frame(groups, columns)


def _pair(value: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """Return the column and the function of `("x", "sum")` or `pd.NamedAgg("x", "sum")`."""
    if isinstance(value, ast.Tuple) and len(value.elts) == 2:
        return value.elts[0], value.elts[1]
    if not isinstance(value, ast.Call):
        return None
    named = {word.arg: word.value for word in value.keywords}
    given = [*value.args, *(named[n] for n in ("column", "aggfunc") if n in named)]
    return (given[0], given[1]) if len(given) == 2 else None


def _judged(call: Call, groups: Groups, label: Label, function: object, line: int) -> None:
    if isinstance(function, str):
        judge(call, function, groups.table.kind(label), label, line)
