"""How much of a table may enter a prompt: `names` < `stats` < `samples`.

Labels of tables and columns may always be told. What each grade keeps is listed field by field,
so that a field added to the schema stays private until somebody adds it here.
"""

from __future__ import annotations

from nbcodegen.values import ColumnSchema, Privacy, TableSchema

_RANGED = frozenset({"integer", "float", "datetime", "duration"})
"""Kinds whose range may be told as a statistic; the ends of a range of texts are cells."""


def reduce(table: TableSchema, grade: Privacy) -> TableSchema:
    """Return the schema with everything above the grade left out.

    `names`: names and kinds only. `stats`: plus counts, and ranges of numbers, dates and
    durations. `samples`: everything that the schema holds.
    """
    if grade == "samples":
        return table
    kept = _stats if grade == "stats" else _names
    return TableSchema(
        table.name,
        table.rows if grade == "stats" else None,
        tuple(map(kept, table.columns)),
        tuple(map(kept, table.index)),
        table.frame,
        table.looked_at if grade == "stats" else None,
        table.width,
    )


def _names(column: ColumnSchema) -> ColumnSchema:
    return ColumnSchema(column.label, column.key, column.kind, column.position, column.unique)


def _stats(column: ColumnSchema) -> ColumnSchema:
    ranged = column.kind in _RANGED
    return ColumnSchema(
        column.label,
        column.key,
        column.kind,
        column.position,
        column.unique,
        column.missing,
        column.distinct,
        column.low if ranged else "",
        column.high if ranged else "",
    )
