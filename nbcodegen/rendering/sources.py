"""SRC of a plan (a table, joins, two tables stacked) -> the rows a plan starts from."""

from __future__ import annotations

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering.rows import Rows
from nbcodegen.rendering.scope import item_of
from nbcodegen.rendering.source import literal, quoted, snake
from nbcodegen.values import Item, TableSchema

CONVERSIONS = {"polars": ".to_pandas()", "pyarrow": ".to_pandas()", "duckdb": ".df()"}


def open_source(node: Node, rows: Rows) -> None:
    """Set the rows to what the plan reads."""
    if node.symbol == "join":
        _join(node, rows)
    elif node.symbol == "concat":
        parts = [_table(child.symbol, rows) for child in node.children]
        rows.text, rows.hint = f"pd.concat([{', '.join(parts)}], ignore_index=True)", "combined"
        rows.untouched = False
    else:
        rows.text = _table(node.symbol, rows)


def _table(symbol: str, rows: Rows) -> str:
    """A variable with the table as a DataFrame, whatever it was."""
    item = item_of(rows.items, symbol)
    if item.role != "table" or not 0 <= item.table < len(rows.tables):
        raise PlanError(f"{symbol} is not a table")
    schema = rows.tables[item.table]
    rows.within.add(item.table)
    text = item.source
    if schema.frame in CONVERSIONS:
        return rows.cell.assign(f"{snake(text)}_df", text + CONVERSIONS[schema.frame])
    if schema.frame == "series":
        return rows.cell.assign(f"{snake(text)}_df", f"{text}.to_frame({_own_key(schema)})")
    return text


def _own_key(schema: TableSchema) -> str:
    return literal(schema.columns[0].key) if len(schema.columns) == 1 else ""


def uses_index(plan: Node, rows: Rows) -> bool:
    """Whether a plan names a level of an index, which must become a column first."""
    symbols = {node.symbol for node in plan.walk() if node.symbol[0] == "C"}
    items = [rows.items[symbol] for symbol in symbols if symbol in rows.items]
    return any(item.column is not None and item.column.position < 0 for item in items)


def _join(node: Node, rows: Rows) -> None:
    how, left_node, right_node, *on = node.children
    open_source(left_node, rows)
    left_tables = set(rows.within)
    right = _table(right_node.symbol, rows)
    number = item_of(rows.items, right_node.symbol).table
    if number in left_tables:
        raise PlanError("a table cannot be joined with itself here")
    left_item, right_item = (item_of(rows.items, child.symbol) for child in on)
    if left_item.table == number:
        left_item, right_item = right_item, left_item
    if left_item.table not in left_tables or right_item.table != number:
        raise PlanError("a join needs a column of each table")
    rows.text = _merge(rows, right, left_item, right_item, how.symbol)
    rows.hint, rows.untouched = "joined", False


def _merge(rows: Rows, right: str, left_item: Item, right_item: Item, how: str) -> str:
    left_key = rows.column_key(left_item)
    right_key = literal(right_item.source)
    same = left_key == right_key
    clashing = _rename_clashes(rows, right_item, right, left_key if same else "")
    on = f"on={left_key}" if same else f"left_on={left_key}, right_on={right_key}"
    kind = "" if how == "inner" else f', how="{how}"'
    suffixes = f', suffixes=("", "_{snake(right)}")' if clashing else ""
    return f"{rows.text}.merge({right}, {on}{kind}{suffixes})"


def _rename_clashes(rows: Rows, right_item: Item, right: str, shared: str) -> bool:
    """Note what labels that both sides have are called after the merge."""
    taken = {
        rows.keys.get((number, column.key), literal(column.key))
        for number in rows.within - {right_item.table}
        for column in rows.tables[number].columns
    }
    clashing = False
    for column in rows.tables[right_item.table].columns:
        key = literal(column.key)
        if key not in taken or key == shared:
            continue
        clashing = True
        if key[0] in "'\"":
            rows.keys[right_item.table, column.key] = quoted(f"{key[1:-1]}_{snake(right)}")
    return clashing
