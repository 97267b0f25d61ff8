"""Live tables -> TableSchema. The only reader of user data, bounded and without traces.

Statistics come from the first rows, never a random sample: the same table gives the same schema,
in every session and under every version of pandas. How much is looked at is counted in cells, so
that ten million rows or ten thousand columns cost about what a small table does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from nbcodegen.schema.facts import Facts, TypedCells, facts_of_array, facts_of_cells
from nbcodegen.schema.frames import Column, read_head
from nbcodegen.schema.frames import frame_of as frame_of
from nbcodegen.schema.labels import one_line as one_line
from nbcodegen.schema.labels import read_labels
from nbcodegen.schema.scalars import groups_of_types as groups_of_types
from nbcodegen.values import ColumnSchema, Frame, Kind, TableSchema

CELLS = 40_000
"""Cells looked at, over all tables: some 10 ms."""
MOST_TEXTS = 6_000
"""Distinct texts kept of one table; the first columns may take `COLUMN_TEXTS` each."""
COLUMN_TEXTS = 500
FEWEST_TEXTS = 20


def table_schemas(namespace: Mapping[str, object]) -> tuple[TableSchema, ...]:
    """Describe every public table of a namespace, in its order; other objects are not touched."""
    found = [
        (name, value, frame)
        for name, value in list(namespace.items())
        if not name.startswith("_") and (frame := frame_of(value)) is not None
    ]
    cells = CELLS // max(1, len(found))
    return tuple(_schema(name, table, frame, cells) for name, table, frame in found)


def table_schema(name: str, table: object) -> TableSchema:
    """Describe one table.

    >>> import pandas as pd
    >>> table_schema("df", pd.DataFrame({"age": [31, None]})).columns[0].missing
    1
    """
    frame = frame_of(table)
    if frame is None:
        raise TypeError(f"{name} is a {type(table).__name__}; give a table")
    return _schema(name, table, frame, CELLS)


def _schema(name: str, table: object, frame: Frame, cells: int) -> TableSchema:
    head = read_head(table, frame, cells)
    columns = head.columns
    if frame == "series" and columns[0].label is None:
        columns = [replace(columns[0], label=name)]
    levels = [replace(level, position=-1) for level in _described(head.index, head.looked_at)]
    return TableSchema(
        name,
        head.rows,
        tuple(_described(columns, head.looked_at)),
        # Code can take a level only by a name that is its own.
        tuple(level for level in levels if level.unique),
        frame,
        head.looked_at if head.rows is not None and head.looked_at < head.rows else None,
        len(columns),
    )


def _described(columns: Sequence[Column], rows: int) -> list[ColumnSchema]:
    labels = read_labels([column.label for column in columns])
    room = MOST_TEXTS
    described = []
    for place, (column, label) in enumerate(zip(columns, labels, strict=True)):
        facts = _facts(column, max(FEWEST_TEXTS, min(COLUMN_TEXTS, room)), rows)
        room -= len(facts.values)
        described.append(
            ColumnSchema(
                label.text,
                label.key,
                facts.kind,
                place,
                label.unique,
                facts.missing,
                facts.distinct,
                facts.low,
                facts.high,
                facts.examples,
                facts.values,
            )
        )
    return described


def _facts(column: Column, room: int, rows: int) -> Facts:
    if column.cells is None:
        return _unseen(column.kind)
    if isinstance(column.cells, TypedCells):
        return facts_of_array(column.kind, column.cells, room)
    facts = facts_of_cells(column.kind, column.cells, room)
    # Counts are of the rows looked at; of long texts fewer were, and nothing is counted.
    return facts if len(column.cells) == rows else replace(facts, missing=None, distinct=None)


@lru_cache(maxsize=16)
def _unseen(kind: Kind) -> Facts:
    return Facts(kind)
