"""Calls on tables, Series and modules: what they ask for and what they give."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable
from dataclasses import replace

from nbcodegen import grouping, reshape
from nbcodegen.calls import Call, Named
from nbcodegen.shapes import (
    Accessor,
    Column,
    Foreign,
    Groups,
    Known,
    Label,
    Module,
    Row,
    Series,
    Shape,
    Table,
)
from nbcodegen.values import Kind

SAME = {
    "head", "tail", "copy", "sort_index", "sample", "ffill", "bfill", "truncate", "reindex_like",
    "rename_axis_", "tz_localize", "tz_convert",
}  # fmt: skip
RECAST = {
    "round", "clip", "abs", "replace", "interpolate", "infer_objects", "convert_dtypes", "shift",
    "diff", "cumsum", "cumprod", "cummax", "cummin", "pct_change", "where", "mask", "rank", "add",
    "sub", "mul", "div", "map", "applymap", "fillna",
}  # fmt: skip
TESTS = {"isna", "isnull", "notna", "notnull", "isin", "between", "duplicated", "eq", "ne",
         "gt", "ge", "lt", "le"}  # fmt: skip
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
SEABORN = ("x", "y", "hue", "size", "style", "col", "row", "weights", "vars", "x_vars", "y_vars")


def result(call: Call) -> Shape:
    """Return what the call gives, and record what it asks for."""
    subject = call.subject
    if isinstance(subject, Table):
        return _changed(call, subject, _table(call, subject))
    if isinstance(subject, Series):
        return None if call.said("inplace") else _series(call, subject)
    if isinstance(subject, Groups):
        return grouping.result(call, subject)
    if isinstance(subject, Accessor):
        return _accessor(call, subject)
    if isinstance(subject, Module):
        return _module(call, subject)
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
        if call.known("axis", default=0) in (0, "index"):
            for column in table.columns:
                grouping.judge(call, name, column.kind, column.label, call.line)
    return None


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


def query_names(text: str) -> tuple[str, ...]:
    """Return the plain column names of a `query` expression; none where unsure."""
    if "`" in text:
        return ()
    try:
        tree = ast.parse(_without_variables(text).strip(), mode="eval")
    except (SyntaxError, ValueError, tokenize.TokenError):
        return ()
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called]
    return tuple(name for name in dict.fromkeys(names) if name != "index")


def _without_variables(text: str) -> str:
    """Replace each `@name` by a number: it is a variable, not a column."""
    tokens = list(tokenize.generate_tokens(io.StringIO(text.replace("\n", " ")).readline))
    kept: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None and before.string == "@":
            kept[-1] = "0"
        else:
            kept.append(token.string)
    return " ".join(kept)


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


def _plotted(call: Call, table: Table) -> Shape:
    """`table.plot(x=…, y=…)`: text names a column; a number may be a place."""
    for name, position in (("x", 0), ("y", 1)):
        found = call.labels(name, position) or ()
        call.use([named for named in found if isinstance(named.label, str)], table)
    call.asks("by", None, table)
    return None


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
    "plot": _plotted,
    "select_dtypes": lambda call, table: replace(table, open=True, owner=""),
    "explode": lambda call, table: table.of_kind(None),
    "rolling": lambda call, table: Accessor(table, "rolling"),
    "expanding": lambda call, table: Accessor(table, "rolling"),
    "ewm": lambda call, table: Accessor(table, "rolling"),
    "pop": lambda call, table: table.column(call.known("item", 0)),
}


def _series(call: Call, series: Series) -> Shape:
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


def _accessor(call: Call, accessor: Accessor) -> Shape:
    subject = accessor.subject
    if accessor.name == "plot" and isinstance(subject, Table):
        return _plotted(call, subject)
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


def _module(call: Call, module: Module) -> Shape:
    if module.name == "seaborn":
        return _seaborn(call)
    if module.name != "pandas":
        return None
    first = call.shape("frame" if call.name == "melt" else "data", 0)
    if call.name == "merge":
        left, right = call.shape("left", 0), call.shape("right", 1)
        pair = [part if isinstance(part, Table) else reshape.OPEN for part in (left, right)]
        return reshape.merge(call, pair[0], pair[1])
    if call.name == "Grouper":  # a Grouper stands for its key
        key = call.known("key", 0)
        return None if key is None else Known(key)
    if call.name in ("melt", "pivot_table", "pivot") and isinstance(first, Table):
        if call.name == "melt":
            return reshape.melt(call, first, 1)
        return reshape.pivot(call, first, levels=call.name == "pivot_table", shift=1)
    if call.name in CASTS:
        source = call.evaluator.shape(call.node.args[0]) if call.node.args else None
        kind = CASTS[call.name] if not {"errors", "labels"} & call.named.keys() else None
        return replace(source, kind=kind) if isinstance(source, Series) else None
    handler = PANDAS.get(call.name)
    return None if handler is None else handler(call)


CASTS: dict[str, Kind | None] = {
    "to_datetime": "datetime", "to_numeric": None, "to_timedelta": "duration", "cut": "category",
    "qcut": "category", "isna": "boolean", "notna": "boolean",
}  # fmt: skip
PANDAS: dict[str, Callable[[Call], Shape]] = {
    "concat": reshape.concat,
    "crosstab": reshape.crosstab,
    "DataFrame": reshape.new_table,
    "get_dummies": reshape.dummies,
}


def _seaborn(call: Call) -> Shape:
    """Seaborn takes names of columns, and of index levels, where `data` is a table."""
    table = call.shape("data", 0)
    if isinstance(table, Table) and table.index is not None:
        for name in SEABORN:
            found = call.labels(name) or ()
            call.use([n for n in found if isinstance(n.label, str)], table, levels=True)
    return None
