"""Calls that give a table other columns: merge, melt, pivot, rename, reset_index …"""

from __future__ import annotations

import ast
from dataclasses import replace

from nbcodegen.checks.flow.calls import Call
from nbcodegen.checks.flow.shapes import Column, Known, Label, Series, Shape, Table, mapping

OPEN = Table((), None, open=True)


def reset_index(call: Call, table: Table) -> Shape:
    """Turn index levels into columns, as far as their names are known."""
    if call.argument("level", 0) is not None or not call.certain:
        return replace(OPEN, columns=table.columns)
    if call.said("drop"):
        return replace(table, index=(None,), owner="")
    names = call.labels("names")
    index = table.index
    if "names" in call.named:
        index = tuple(named.label for named in names) if names else None
    if index is None:
        return Table(table.columns, (None,), open=True)
    levels = tuple(Column(label) for label in _level_names(index, table))
    return Table((*levels, *table.columns), (None,), open=table.open)


def _level_names(index: tuple[Label, ...], table: Table) -> list[Label]:
    if len(index) == 1 and index[0] is None:
        return ["level_0" if "index" in table.labels else "index"]
    return [f"level_{place}" if name is None else name for place, name in enumerate(index)]


def set_index(call: Call, table: Table) -> Shape:
    keys = call.asks("keys", 0, table)
    if keys is None or not call.certain:
        return replace(OPEN, columns=table.columns)
    left = table if call.known("drop", 1, True) is False else table.without(keys)
    return replace(left, index=None if call.said("append") else keys, owner="")


def rename(call: Call, table: Table) -> Shape:
    node = call.argument("columns")
    if node is None and call.known("axis", default=0) in (1, "columns"):
        node = call.argument("mapper", 0)
    if node is None:
        return replace(table, index=None, owner="") if "index" in call.named else table.copy()
    entries = call.items(node)
    if entries is None:
        return _renamed_by_function(node, table)
    call.use([named for named, _ in entries], table)
    names = {named.label: call.evaluator.shape(value) for named, value in entries}
    known = {old: new.value for old, new in names.items() if isinstance(new, Known)}
    if len(known) < len(names):
        return replace(OPEN, columns=table.columns, index=table.index)
    return table.renamed(mapping(known))


def _renamed_by_function(node: ast.expr, table: Table) -> Table:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        method = node.attr if node.value.id == "str" else ""
        if method in ("lower", "upper", "title", "strip", "capitalize"):
            return table.renamed(lambda label: getattr(str(label), method)())
    return replace(OPEN, columns=table.columns, index=table.index)


def drop(call: Call, table: Table) -> Shape:
    by_axis = call.known("axis", 1, 0) in (1, "columns")
    name, position = ("labels", 0) if by_axis else ("columns", None)
    if call.argument(name, position) is None:
        return table.copy()
    if call.known("errors") == "ignore":
        gone = call.labels(name, position)
        return table.without(named.label for named in gone) if gone is not None else _may(table)
    dropped = call.asks(name, position, table)
    return _may(table) if dropped is None else table.without(dropped)


def _may(table: Table) -> Table:
    return replace(table, open=True, owner="")


def assign(call: Call, table: Table) -> Shape:
    result = table.copy() if call.certain else _may(table)
    for name, value in call.named.items():
        made = call.evaluator.shape(value)
        if isinstance(value, ast.Lambda):
            made = call.evaluator.apply(value, [result])
        result = result.having(name, made.kind if isinstance(made, Series) else None)
    return result


def melt(call: Call, table: Table, shift: int = 0) -> Shape:
    ids = call.asks("id_vars", shift, table)
    call.asks("value_vars", shift + 1, table)
    if "id_vars" in call.named and ids is None:
        return OPEN
    names = call.known("var_name", shift + 2, "variable"), call.known("value_name", shift + 3)
    kept = [Column(label, table.kind(label)) for label in ids or ()]
    certain = call.certain and not table.open
    made = [Column(names[0]), Column("value" if names[1] is None else names[1])]
    return Table((*kept, *made), (None,), open=not certain)


def pivot(call: Call, table: Table, *, levels: bool = False, shift: int = 0) -> Shape:
    """Follow pivot and pivot_table: the index is known, the columns come from the data."""
    table_form = call.name == "pivot_table"
    order = ("values", "index", "columns") if table_form else ("columns", "index", "values")
    places: dict[str, int | None] = {name: shift + place for place, name in enumerate(order)}
    if not table_form:
        places = dict.fromkeys(order)
    for name in order:
        call.asks(name, places[name], table, levels=levels and name != "values")
    keys = call.labels("index", places["index"])
    index = tuple(named.label for named in keys) if keys is not None else None
    values = call.labels("values", places["values"])
    plain = call.argument("columns", places["columns"]) is None and values is not None
    listed = isinstance(call.known("aggfunc", default="mean"), str)
    if table_form and plain and listed and call.certain and values:
        return Table(tuple(Column(named.label) for named in values), index)
    return Table((), index, open=True)


def merge(call: Call, left: Table, right: Table, shift: int = 0) -> Shape:
    """Follow merge: keys once, shared columns with their suffixes."""
    if not call.certain:
        return OPEN
    on = call.asks("on", shift + 2, left, levels=True)
    call.asks("on", shift + 2, right, levels=True)
    left_on = call.asks("left_on", shift + 3, left, levels=True)
    right_on = call.asks("right_on", shift + 4, right, levels=True)
    given = {"on", "left_on", "right_on"} & call.named.keys()
    if (given and on is None and (left_on is None) == (right_on is None) and left_on is None) or (
        len(call.node.args) > shift + 2 and on is None
    ):
        return OPEN
    if left.open or right.open:
        return Table((), None, open=True)
    if on is not None:
        shared = set(on)
    elif given or call.said("left_index") or call.known("how") == "cross":
        shared = {a for a, b in zip(left_on or (), right_on or (), strict=False) if a == b}
    else:
        shared = set(left.labels) & set(right.labels)
    suffixes = call.known("suffixes", default=("_x", "_y"))
    if ("suffixes" in call.named and call.known("suffixes") is None) or len(suffixes) != 2:
        return OPEN
    both = (set(left.labels) & set(right.labels)) - shared
    ours = [Column(_suffixed(c.label, suffixes[0], both), c.kind) for c in left.columns]
    theirs = [
        Column(_suffixed(column.label, suffixes[1], both), column.kind)
        for column in right.columns
        if column.label not in shared
    ]
    # A key may come from an index level, and then stands among the columns or stays a level.
    levels = [Column(label) for label in shared if label not in left.labels]
    extra = [Column("_merge")] if call.said("indicator") else []
    indexed = call.said("left_index") or call.said("right_index")
    index = None if indexed or levels else (None,)
    return Table((*ours, *levels, *theirs, *extra), index)


def _suffixed(label: Label, suffix: str | None, both: set[Label]) -> Label:
    return f"{label}{suffix}" if label in both and suffix else label


def joined(call: Call, left: Table) -> Shape:
    """Follow `left.join(other)`."""
    call.asks("on", 1, left, levels=True)
    other = call.shape("other", 0)
    if isinstance(other, Series) and other.named:
        return left.having(other.label, other.kind)
    if not isinstance(other, Table) or other.open or left.open:
        return OPEN
    both = set(left.labels) & set(other.labels)
    marks = call.known("lsuffix", 3, ""), call.known("rsuffix", 4, "")
    ours = [Column(_suffixed(c.label, marks[0], both), c.kind) for c in left.columns]
    theirs = [Column(_suffixed(c.label, marks[1], both), c.kind) for c in other.columns]
    return Table((*ours, *theirs), None)


def concat(call: Call) -> Shape:
    """Follow `pd.concat` of a list that the code writes out."""
    node = call.argument("objs", 0)
    if not isinstance(node, ast.List | ast.Tuple):
        return OPEN
    parts = [call.evaluator.shape(element) for element in node.elts]
    wide = call.known("axis", 1, 0) in (1, "columns")
    found: list[Column] = []
    for part in parts:
        if isinstance(part, Table) and not part.open:
            found.extend(part.columns)
        elif isinstance(part, Series) and part.named and part.label is not None and wide:
            found.append(Column(part.label, part.kind))
        else:
            return OPEN
    if wide:
        return OPEN if "keys" in call.named else Table(tuple(found), None)
    labels = dict.fromkeys(column.label for column in found)
    plain = call.said("ignore_index")
    closed = call.known("join", default="outer") == "outer"
    if all(isinstance(part, Series) for part in parts):
        return None
    return Table(tuple(Column(label) for label in labels), (None,) if plain else None,
                 open=not closed)  # fmt: skip


def crosstab(call: Call) -> Shape:
    index = call.shape("index", 0)
    named = isinstance(index, Series) and index.named
    return Table((), (index.label,) if named and isinstance(index, Series) else None, open=True)


def new_table(call: Call) -> Shape:
    """Follow `pd.DataFrame(…)` where it names its columns."""
    data = call.argument("data", 0)
    columns = call.labels("columns", 2)
    if columns is not None:
        return Table(tuple(Column(named.label) for named in columns), None)
    entries = call.items(data)
    if entries is None or "columns" in call.named:
        source = call.evaluator.shape(data) if data is not None else None
        return source.copy() if isinstance(source, Table) and not call.named else OPEN
    return Table(tuple(Column(named.label) for named, _ in entries), None)


def dummies(call: Call) -> Shape:
    table = call.shape("data", 0)
    if isinstance(table, Table):
        call.asks("columns", None, table)
    return OPEN
