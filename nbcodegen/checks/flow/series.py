"""Calls on Series and on what stands between a value and a method."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from nbcodegen.checks.flow import grouping, reshape
from nbcodegen.checks.flow.calls import Call
from nbcodegen.checks.flow.shapes import (
    Accessor,
    Column,
    Groups,
    Known,
    Label,
    Series,
    Shape,
    Table,
)
from nbcodegen.values import Kind

SAME = {
    "head", "tail", "copy", "sort_index", "sample", "ffill", "bfill", "truncate", "reindex_like",
    "tz_localize", "tz_convert",
}  # fmt: skip
RECAST = {
    "round", "clip", "abs", "replace", "interpolate", "infer_objects", "convert_dtypes", "shift",
    "diff", "cumsum", "cumprod", "cummax", "cummin", "pct_change", "where", "mask", "rank", "add",
    "sub", "mul", "div", "map", "applymap", "fillna",
}  # fmt: skip
TESTS = {"isna", "isnull", "notna", "notnull", "isin", "between", "duplicated", "eq", "ne",
         "gt", "ge", "lt", "le"}  # fmt: skip


def series_call(call: Call, series: Series) -> Shape:
    name = call.name
    if name in ("groupby", "resample"):
        if name == "resample":
            holder = Table((Column(series.label, series.kind),), series.index)
            return Groups(holder, series.index, (series.label,), single=True)
        return grouping.series_groupby(call, series)
    handler = SERIES.get(name)
    if handler is not None:
        return handler(call, series)
    grouping.judge(call, name, series.kind, series.label, call.line)
    if name in SAME or name in ("sort_values", "nlargest", "nsmallest", "dropna", "fillna",
                                "drop_duplicates", "mode"):  # fmt: skip
        fresh = call.said("ignore_index") or name == "mode"
        return replace(series, index=(None,)) if fresh else series
    if name in TESTS:
        return replace(series, kind="boolean")
    if name in ("rolling", "expanding", "ewm"):
        return Accessor(series, "rolling")
    if name in RECAST or name in ("astype", "apply"):
        return replace(series, kind=None, named=series.named and name not in ("add", "sub"))
    return None


def _to_frame(call: Call, series: Series) -> Shape:
    label = _given_label(call, series)
    if label is None:
        return Table((), series.index, open=True)
    return Table((Column(label.value, series.kind),), series.index)


def _given_label(call: Call, series: Series) -> Known | None:
    """Return the label a Series gets as a column; None where it cannot be known."""
    if call.argument("name", 0 if call.name == "to_frame" else None) is not None:
        name = call.known("name", 0 if call.name == "to_frame" else None)
        return None if name is None else Known(name)
    if not series.named:
        return None
    return Known(0 if series.label is None else series.label)


def _series_reset(call: Call, series: Series) -> Shape:
    if call.said("drop"):
        return replace(series, index=(None,))
    label = _given_label(call, series)
    if label is None:
        return reshape.reset_index(call, Table((), series.index, open=True))
    return reshape.reset_index(call, Table((Column(label.value, series.kind),), series.index))


def _series_rename(call: Call, series: Series) -> Shape:
    node = call.argument("index", 0)
    if node is None or isinstance(node, ast.Dict | ast.Lambda):
        return series
    name = call.shape("index", 0)
    known = isinstance(name, Known)
    label: Label = name.value if isinstance(name, Known) else None
    return replace(series, label=label, named=known)


def _series_counts(call: Call, series: Series) -> Shape:
    shared = call.said("normalize")
    index = (series.label,) if series.named else None
    if call.argument("bins") is not None:
        index = (None,)
    return Series("proportion" if shared else "count", "float" if shared else "integer", index)


def _unstack(call: Call, series: Series) -> Shape:
    index = series.index[:-1] if series.index and not call.node.args else None
    return Table((), None if call.named.get("level") else index, open=True)


def _series_axis(call: Call, series: Series) -> Shape:
    names = call.labels("mapper", 0)
    return replace(series, index=tuple(n.label for n in names) if names else None)


SERIES: dict[str, Callable[[Call, Series], Shape]] = {
    "to_frame": _to_frame,
    "reset_index": _series_reset,
    "rename": _series_rename,
    "rename_axis": _series_axis,
    "value_counts": _series_counts,
    "unstack": _unstack,
}


def table_plot(call: Call, table: Table) -> Shape:
    """`table.plot(x=…, y=…)`: text names a column; a number may be a place."""
    for name, position in (("x", 0), ("y", 1)):
        found = call.labels(name, position) or ()
        call.use([named for named in found if isinstance(named.label, str)], table)
    call.asks("by", None, table)
    return None


def accessor_call(call: Call, accessor: Accessor) -> Shape:
    subject = accessor.subject
    if accessor.name == "plot" and isinstance(subject, Table):
        return table_plot(call, subject)
    if accessor.name == "rolling" and call.name not in ("agg", "aggregate", "apply", "corr"):
        if isinstance(subject, Series):
            return replace(subject, kind=None)
        return subject.of_kind(None)
    if accessor.name in ("str", "dt") and isinstance(subject, Series):
        text = accessor.name == "str"
        if call.said("expand") or call.name in ("extract", "get_dummies", "cat", "partition"):
            return None
        kinds: dict[str, Kind] = {"contains": "boolean", "startswith": "boolean", "len": "integer"}
        return replace(subject, kind=kinds.get(call.name) if text else None)
    return None
