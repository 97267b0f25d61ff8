"""Other tables in the namespace: most notebooks hold some that a request is not about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from nbcodegen.training.grammar import tables
from nbcodegen.training.grammar.roles import role
from nbcodegen.training.grammar.sheet import with_columns
from nbcodegen.training.records import Example
from nbcodegen.values import TableSchema

_SHARED = frozenset({"id", "textid", "key", "name", "date", "year"})
_IN = {
    "en": (
        "in {t}",
        "from {t}",
        "in @{t}",
        "(table {t})",
        "using {t}",
        "in the {t} table",
        "of {t}",
    ),
    "es": ("en {t}", "de {t}", "en @{t}", "(tabla {t})", "usando {t}", "de la tabla {t}"),
}
_FIRST = {
    "en": ("in {t}, {r}", "@{t} {r}", "from {t}, {r}"),
    "es": ("en {t}, {r}", "@{t} {r}", "de {t}, {r}"),
}


SHARING = 0.5
"""Share of other tables that share columns with an example's own, as tables of one subject do."""


def distracted(rng: Random, example: Example) -> Example:
    """Put one or two other tables beside an example's own, and name its own where need be."""
    own = example.tables
    taken = {table.name for table in own}
    others = []
    for _ in range(rng.choice([1, 1, 2])):
        table = tables.sample(rng, example.lang).table
        if rng.random() < SHARING:
            table = _sharing(rng, table, own[0])
        if table.name in taken:
            table = replace(table, name=f"{table.name}_{len(taken) + 1}")
        taken.add(table.name)
        others.append(table)
    before = rng.randint(0, len(others))
    moved = beside(example, others[:before], others[before:])
    if len(own) > 1 or example.previous or "decline" in example.plan:
        return moved
    request = _named(rng, example, own[0].name, _columns_of(moved.plan), moved.tables)
    return replace(moved, request=request)


def beside(
    example: Example, before: Sequence[TableSchema], after: Sequence[TableSchema]
) -> Example:
    """Put tables around an example's own, whose pointers move along."""
    return replace(
        example,
        tables=(*before, *example.tables, *after),
        plan=tuple(_moved(symbol, len(before)) for symbol in example.plan),
        previous=tuple(_moved(symbol, len(before)) for symbol in example.previous),
    )


def _sharing(rng: Random, table: TableSchema, own: TableSchema) -> TableSchema:
    """Give a table one or two columns of another, as a key and a name are in several tables."""
    keys = [column for column in own.columns if role(column, own.rows) in _SHARED] or own.columns
    shared = rng.sample(keys, min(len(keys), rng.choice([1, 1, 2])))
    labels = {column.label for column in shared}
    rest = [column for column in table.columns if column.label not in labels]
    return with_columns(table, [*shared, *rest])


def _moved(symbol: str, by: int) -> str:
    head, dot, column = symbol[1:].partition(".")
    if symbol[0] == "T" and head.isdigit():
        return f"T{int(head) + by}"
    return f"C{int(head) + by}.{column}" if symbol[0] == "C" and dot and head.isdigit() else symbol


def _columns_of(plan: tuple[str, ...]) -> set[tuple[int, int]]:
    found = set()
    for symbol in plan:
        head, dot, column = symbol[1:].partition(".")
        if symbol[0] == "C" and dot and head.isdigit():
            found.add((int(head), int(column)))
    return found


def _named(
    rng: Random,
    example: Example,
    name: str,
    used: set[tuple[int, int]],
    around: tuple[object, ...],
) -> str:
    """Add the table's name where the columns do not tell it, and now and then where they do."""
    labels: list[str] = [
        column.label.lower()
        for table in around
        if isinstance(table, TableSchema)
        for column in table.columns
    ]
    own = [
        table.columns[column].label.lower()
        for number, column in used
        if isinstance(table := around[number], TableSchema)
    ]
    told = any(labels.count(label) == 1 for label in own)
    if name in example.request or (told and rng.random() < 0.6):
        return example.request
    text, mark = example.request.rstrip("?."), example.request[len(example.request.rstrip("?.")) :]
    if rng.random() < 0.2 and not text.startswith("¿"):
        return rng.choice(_FIRST[example.lang]).format(t=name, r=text[:1].lower() + text[1:]) + mark
    return f"{text} {rng.choice(_IN[example.lang]).format(t=name)}{mark}"
