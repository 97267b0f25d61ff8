"""Calls of pandas' and seaborn's functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nbcodegen.checks.flow import reshape
from nbcodegen.checks.flow.calls import Call
from nbcodegen.checks.flow.shapes import (
    Known,
    Module,
    Series,
    Shape,
    Table,
)
from nbcodegen.values import Kind

SEABORN = ("x", "y", "hue", "size", "style", "col", "row", "weights", "vars", "x_vars", "y_vars")


def module_call(call: Call, module: Module) -> Shape:
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
