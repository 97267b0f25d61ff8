"""What a value in generated code is known to look like, without running anything.

`None` stands for everything that cannot be known; whoever meets it stays silent.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from nbcodegen.values import ColumnSchema, Kind, TableSchema

Label: TypeAlias = Any
"""A column's label: a string, a number, a tuple. None in an index: a level without a name."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its label and, where known, its kind."""

    label: Label
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A DataFrame."""

    columns: tuple[Column, ...] = ()
    index: tuple[Label, ...] | None = (None,)
    """Names of the index levels; None when they are not known."""
    open: bool = False
    """True when there may be more columns than these."""
    owner: str = ""
    """The user's table that this is, not merely comes from."""

    @property
    def labels(self) -> tuple[Label, ...]:
        return tuple(column.label for column in self.columns)

    def has(self, label: Label, *, levels: bool = False) -> bool:
        """Say whether code may ask for the label; `levels` admits names of index levels."""
        if self.open or any(_reaches(known, label) for known in self.labels):
            return True
        return levels and (self.index is None or label in self.index)

    def kind(self, label: Label) -> Kind | None:
        """Return the kind of the one column with this label."""
        kinds = [column.kind for column in self.columns if column.label == label]
        return kinds[0] if len(kinds) == 1 else None

    def column(self, label: Label) -> Shape:
        """Return what `table[label]` gives."""
        if self.labels.count(label) > 1 or (label not in self.labels and not self.open):
            return None  # two columns of one name, or the first level of several
        return Series(label, self.kind(label), self.index)

    def only(self, labels: Iterable[Label]) -> Table:
        if any(label not in self.labels for label in labels):
            return Table((), self.index, open=True)
        return Table(tuple(Column(label, self.kind(label)) for label in labels), self.index)

    def without(self, labels: Iterable[Label]) -> Table:
        gone = list(labels)
        kept = tuple(column for column in self.columns if column.label not in gone)
        return replace(self, columns=kept, owner="")

    def having(self, label: Label, kind: Kind | None = None) -> Table:
        """Return the table with the column set, as `table[label] = …` does."""
        column = Column(label, kind)
        if label in self.labels:
            swapped = (column if old.label == label else old for old in self.columns)
            return replace(self, columns=tuple(swapped), owner="")
        return replace(self, columns=(*self.columns, column), owner="")

    def renamed(self, names: Callable[[Label], Label]) -> Table:
        columns = tuple(Column(names(column.label), column.kind) for column in self.columns)
        return replace(self, columns=columns, owner="")

    def of_kind(self, kind: Kind | None) -> Table:
        columns = tuple(Column(column.label, kind) for column in self.columns)
        return replace(self, columns=columns, owner="")

    def copy(self) -> Table:
        """Return an equal table that is not the same one: changing it changes no other."""
        return replace(self, owner="")


@dataclass(frozen=True, slots=True)
class Series:
    """A Series: the label it carries (None: no name), its kind, its index levels."""

    label: Label
    kind: Kind | None = None
    index: tuple[Label, ...] | None = (None,)
    named: bool = True
    """False when it is not known which label it carries."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, as `apply(axis=1)` and `iterrows` give it."""

    table: Table


@dataclass(frozen=True, slots=True)
class Groups:
    """The result of `groupby` or `resample`, perhaps with columns chosen."""

    table: Table
    keys: tuple[Label, ...] | None
    chosen: tuple[Label, ...] | None = None
    single: bool = False
    """True when one column was chosen by its label, so that results are Series."""
    flat: bool = False
    """True under `as_index=False`: keys come back as columns."""


@dataclass(frozen=True, slots=True)
class Known:
    """A literal: text, a number, a list of labels."""

    value: Any


@dataclass(frozen=True, slots=True)
class Accessor:
    """Something between a value and a method: `.str`, `.dt`, `.plot`, `.loc`, `.rolling(…)`."""

    subject: Table | Series
    name: str


@dataclass(frozen=True, slots=True)
class Module:
    """An imported module."""

    name: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A polars, pyarrow or DuckDB table: known only by the pandas frame it turns into."""

    table: Table


Shape: TypeAlias = Table | Series | Row | Groups | Known | Accessor | Module | Foreign | None


def live_shapes(tables: Iterable[TableSchema]) -> dict[str, Shape]:
    """Return what each of the user's tables looks like before the code runs."""
    return {table.name: _live(table) for table in tables}


def join(left: Shape, right: Shape) -> Shape:
    """Return what is certain when either of two values may be there."""
    if left == right:
        return left
    if isinstance(left, Table) and isinstance(right, Table):
        extra = [column for column in right.columns if column.label not in left.labels]
        columns = tuple(Column(column.label) for column in (*left.columns, *extra))
        owner = left.owner if left.owner == right.owner else ""
        return Table(columns, None, open=True, owner=owner)
    return None


def mapping(names: Mapping[Label, Label]) -> Callable[[Label], Label]:
    """Return a renaming that leaves labels outside `names` alone."""
    return lambda label: names.get(label, label)


def _live(table: TableSchema) -> Shape:
    columns = [_column(column) for column in table.columns]
    levels = [_column(level) for level in table.index]
    known = [column for column in columns if column is not None]
    index = tuple(level.label for level in levels if level is not None)
    complete = len(known) == len(columns) >= table.width
    certain = len(index) == len(levels)
    if table.frame == "series":
        only = known[0] if len(known) == 1 else Column(None)
        return Series(only.label, only.kind, (index or (None,)) if certain else None, bool(known))
    shape = Table(
        tuple(known), (index or (None,)) if certain else None, open=not complete, owner=table.name
    )
    return shape if table.frame == "pandas" else Foreign(shape.copy())


def _column(column: ColumnSchema) -> Column | None:
    try:
        label = ast.literal_eval(column.key)
        hash(label)
    except (ValueError, SyntaxError, TypeError):
        return None  # a label such as Timestamp(…), which code writes by other means
    return Column(label, column.kind)


def _reaches(known: Label, label: Label) -> bool:
    """Say whether `label` selects `known`: it is the label, or its first levels."""
    if known == label:
        return True
    if not isinstance(known, tuple):
        return False
    first = label if isinstance(label, tuple) else (label,)
    return known[: len(first)] == first
