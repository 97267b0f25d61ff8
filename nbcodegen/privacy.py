"""How much of a table may enter a prompt: `names` < `stats` < `samples`."""

from __future__ import annotations

from dataclasses import replace

from nbcodegen.values import ColumnSchema, Privacy, TableSchema


def reduce(table: TableSchema, grade: Privacy) -> TableSchema:
    """Return the schema with everything above the grade left out.

    `names`: names and kinds only. `stats`: plus counts and ranges of numbers and dates.
    `samples`: everything that the schema holds.
    """
    if grade == "samples":
        return table
    kept = _names if grade == "names" else _stats
    counted = {} if grade == "stats" else {"rows": None, "looked_at": None}
    return replace(
        table,
        columns=tuple(kept(column) for column in table.columns),
        index=tuple(kept(level) for level in table.index),
        **counted,
    )


def _names(column: ColumnSchema) -> ColumnSchema:
    return ColumnSchema(column.label, column.key, column.kind, column.position, column.unique)


def _stats(column: ColumnSchema) -> ColumnSchema:
    return replace(column, examples=(), values=())
