"""Schemas + request -> Prompt. The one renderer, for serving and for training.

Labels and cell texts are data: one line each, capped, so that nothing in a table can write a
line of its own. Whoever changes what is rendered changes `TEMPLATE` too: weights and adapters
carry the name of the template that they were made with, and refuse another.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from nbcodegen import mentions
from nbcodegen.linking import match_label, words_of
from nbcodegen.privacy import reduce
from nbcodegen.values import ColumnSchema, Item, Privacy, Prompt, TableSchema

TEMPLATE = "pointers-v1"
MAX_COLUMNS = 48
"""Columns of all tables together that a prompt lists; those the request names come first."""


def render(
    tables: Sequence[TableSchema], request: str, *, privacy: Privacy, previous: str = ""
) -> Prompt:
    """Write the prompt for one request; nothing above the grade `privacy` enters it."""
    one_line = " ".join(request.split())
    reduced = tuple(_chosen([reduce(table, privacy) for table in tables], one_line))
    # The user's own words may be matched against cells only where cells may be told.
    items = (*_tables(reduced), *_columns(reduced), *mentions.find(one_line, reduced, previous))
    text = "\n".join(chain(_lines(items, reduced), _previous(previous), [f"request: {one_line}"]))
    return Prompt(text + "\n", TEMPLATE, one_line, reduced, items, previous)


def _chosen(tables: Sequence[TableSchema], request: str) -> list[TableSchema]:
    """Keep at most MAX_COLUMNS columns: the ones the request names, then the first ones."""
    if sum(len(table.columns) + len(table.index) for table in tables) <= MAX_COLUMNS:
        return list(tables)
    words = words_of(request)
    ranked = sorted(
        (-match_label(column.label, words)[0], place, number)
        for number, table in enumerate(tables)
        for place, column in enumerate(table.columns)
    )[:MAX_COLUMNS]
    kept = {(number, place) for _, place, number in ranked}
    return [
        TableSchema(
            table.name,
            table.rows,
            tuple(c for place, c in enumerate(table.columns) if (number, place) in kept),
            table.index,
            table.frame,
            table.looked_at,
            table.width,
        )
        for number, table in enumerate(tables)
    ]


def _tables(tables: Sequence[TableSchema]) -> list[Item]:
    return [
        Item("table", table.name, table.name, "other", number)
        for number, table in enumerate(tables)
    ]


def _columns(tables: Sequence[TableSchema]) -> list[Item]:
    return [
        Item("column", column.label, column.key, column.kind, number, column)
        for number, table in enumerate(tables)
        for column in (*table.columns, *table.index)
    ]


def names(items: Sequence[Item]) -> tuple[str, ...]:
    """Return the pointer of each item, `T0 C0 C1 .. V0`, in order."""
    counts = {"table": 0, "column": 0, "value": 0}
    pointers = []
    for item in items:
        pointers.append(f"{item.role[0].upper()}{counts[item.role]}")
        counts[item.role] += 1
    return tuple(pointers)


def _lines(items: Sequence[Item], tables: Sequence[TableSchema]) -> list[str]:
    return [_line(name, item, tables) for name, item in zip(names(items), items, strict=True)]


def _line(name: str, item: Item, tables: Sequence[TableSchema]) -> str:
    if item.role == "table":
        rows = tables[item.table].rows
        return f"{name} table {item.text}" + (f", {rows} rows" if rows is not None else "")
    if item.role == "value":
        where = f", in {tables[item.table].name}.{item.column.label}" if item.column else ""
        return f"{name} value {item.source}{where}"
    assert item.column is not None
    return f"{name} column {item.source}: {item.kind}, of {tables[item.table].name}" + _stats(
        item.column
    )


def _stats(column: ColumnSchema) -> str:
    facts = []
    if column.distinct is not None:
        facts.append(f"{column.distinct} distinct")
    if column.missing:
        facts.append(f"{column.missing} missing")
    if column.low:
        facts.append(f"{column.low} to {column.high}")
    if column.examples:
        facts.append("e.g. " + " ".join(column.examples))
    return "".join(f", {fact}" for fact in facts)


def _previous(code: str) -> list[str]:
    return [f"previous: {line}" for line in code.splitlines() if line.strip()]
