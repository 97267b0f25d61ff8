"""Calls on tables: what they ask for and what they give."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from nbcodegen.checks.flow import grouping, reshape
from nbcodegen.checks.flow.calls import Call, Named
from nbcodegen.checks.flow.modules import module_call
from nbcodegen.checks.flow.queries import query_names
from nbcodegen.checks.flow.series import RECAST, SAME, TESTS, accessor_call, series_call, table_plot
from nbcodegen.checks.flow.shapes import (
    Accessor,
    Column,
    Foreign,
    Groups,
    Known,
    Module,
    Row,
    Series,
    Shape,
    Table,
)

ASKS: dict[str, tuple[tuple[str, int | None, bool], ...]] = {
    # method: (argument, position, whether names of index levels will do)
    "sort_values": (("by", 0, True),),
    "nlargest": (("columns", 1, False),),
    "nsmallest": (("columns", 1, False),),
    "dropna": (("subset", None, False),),
    "drop_duplicates": (("subset", 0, False),),
    "duplicated": (("subset", 0, False),),
    "value_counts": (("subset", 0, False),),
    "explode": (("column", 0, False),),
    "hist": (("column", 0, False), ("by", 1, False)),
    "boxplot": (("column", 0, False), ("by", 1, False)),
    "rolling": (("on", None, True),),
    "pop": (("item", 0, False),),
}
CHANGERS = {"insert", "pop", "update", "__setitem__"}


def result(call: Call) -> Shape:
    """Return what the call gives, and record what it asks for."""
    subject = call.subject
    if isinstance(subject, Table):
        return _changed(call, subject, _table(call, subject))
    if isinstance(subject, Series):
        return None if call.said("inplace") else series_call(call, subject)
    if isinstance(subject, Groups):
        return grouping.result(call, subject)
    if isinstance(subject, Accessor):
        return accessor_call(call, subject)
    if isinstance(subject, Module):
        return module_call(call, subject)
    if isinstance(subject, Foreign):
        turned = call.name in ("to_pandas", "df", "to_df", "fetchdf")
        return subject.table.copy() if turned else None
    if isinstance(subject, Known):
        return subject if call.name == "tolist" else None
    return None


def _changed(call: Call, table: Table, made: Shape) -> Shape:
    if call.name in CHANGERS:
        after = replace(table, open=True)
        if call.name == "pop":
            after = table.without(named.label for named in call.labels("item", 0) or ())
        label = call.known("column", 1)
        if call.name == "insert" and label is not None:
            after = table.having(label)
        call.evaluator.change(table, after, call.line)
    elif call.said("inplace"):
        after = made if isinstance(made, Table) else replace(table, open=True)
        call.evaluator.change(table, after, call.line)
        return None
    return made


def _table(call: Call, table: Table) -> Shape:
    for argument, position, levels in ASKS.get(call.name, ()):
        call.asks(argument, position, table, levels=levels)
    handler = TABLE.get(call.name)
    if handler is not None:
        return handler(call, table)
    name = call.name
    if name in SAME or name in ("sort_values", "nlargest", "nsmallest", "dropna"):
        kept = call.known("axis", default=0) in (0, "index", "rows")
        fresh = call.said("ignore_index")
        rows = replace(table, index=(None,), owner="") if fresh else table.copy()
        return rows if kept else reshape.OPEN
    if name == "drop_duplicates":
        return table.copy()
    if name in RECAST:
        return _recast(call, table)
    if name in TESTS:
        return Series(None, "boolean", table.index) if name == "duplicated" else (
            table.of_kind("boolean")
        )  # fmt: skip
    if name in grouping.FLOATS and not call.said("numeric_only") and not call.node.args:
        _judge_all(call, table)
    return None


def _judge_all(call: Call, table: Table) -> None:
    if call.known("axis", default=0) in (0, "index"):
        for column in table.columns:
            grouping.judge(call, call.name, column.kind, column.label, call.line)


def _recast(call: Call, table: Table) -> Shape:
    if call.name in ("fillna", "round", "replace"):
        entries = call.items(call.argument("value" if call.name == "fillna" else "decimals", 0))
        if entries is not None and call.name != "replace":
            call.use([named for named, _ in entries], table)
    if call.name == "fillna":
        return table.copy()
    return table.of_kind(None)


def _astype(call: Call, table: Table) -> Shape:
    entries = call.items(call.argument("dtype", 0))
    if entries is None:
        return table.of_kind(None)
    call.use([named for named, _ in entries], table)
    result = table.copy()
    for named, _ in entries:
        result = result.having(named.label)
    return result


def _query(call: Call, table: Table) -> Shape:
    text = call.argument("expr", 0)
    value = call.known("expr", 0)
    if text is not None and isinstance(value, str) and table.index == (None,):
        names = [Named(name, text.lineno) for name in query_names(value)]
        call.use(names, table, levels=True)
    return table.copy()


def _apply(call: Call, table: Table) -> Shape:
    function = call.argument("func", 0)
    if isinstance(function, ast.Lambda) and call.known("axis", 1, 0) in (1, "columns"):
        call.evaluator.apply(function, [Row(table)])
        return Series(None, None, table.index, named=False)
    return None


def _pipe(call: Call, table: Table) -> Shape:
    function = call.argument("func", 0)
    if isinstance(function, ast.Lambda):
        return call.evaluator.apply(function, [table])
    return None


def _agg(call: Call, table: Table) -> Shape:
    entries = call.items(call.argument("func", 0))
    call.use([named for named, _ in entries or ()], table)
    return None


def _counts(call: Call, table: Table) -> Shape:
    found = call.labels("subset", 0)
    index = table.labels if call.argument("subset", 0) is None else None
    index = tuple(named.label for named in found) if found else index
    name = "proportion" if call.said("normalize") else "count"
    return Series(name, "float" if call.said("normalize") else "integer", index)


def _rename_axis(call: Call, table: Table) -> Shape:
    names = call.labels("mapper", 0)
    return replace(table, index=tuple(n.label for n in names) if names else None, owner="")


def _merge(call: Call, table: Table) -> Shape:
    other = call.shape("right", 0)
    if isinstance(other, Series) and other.named:
        other = Table((Column(other.label, other.kind),), other.index)
    return reshape.merge(call, table, other if isinstance(other, Table) else reshape.OPEN, -1)


TABLE: dict[str, Callable[[Call, Table], Shape]] = {
    "groupby": grouping.groupby,
    "resample": grouping.resample,
    "reset_index": reshape.reset_index,
    "set_index": reshape.set_index,
    "rename": reshape.rename,
    "drop": reshape.drop,
    "assign": reshape.assign,
    "melt": reshape.melt,
    "pivot": reshape.pivot,
    "pivot_table": lambda call, table: reshape.pivot(call, table, levels=True),
    "merge": _merge,
    "join": reshape.joined,
    "astype": _astype,
    "query": _query,
    "apply": _apply,
    "pipe": _pipe,
    "agg": _agg,
    "aggregate": _agg,
    "value_counts": _counts,
    "rename_axis": _rename_axis,
    "plot": table_plot,
    "select_dtypes": lambda call, table: replace(table.of_kind(None), open=True),
    "explode": lambda call, table: table.of_kind(None),
    "rolling": lambda call, table: Accessor(table, "rolling"),
    "expanding": lambda call, table: Accessor(table, "rolling"),
    "ewm": lambda call, table: Accessor(table, "rolling"),
    "pop": lambda call, table: table.column(call.known("item", 0)),
}
