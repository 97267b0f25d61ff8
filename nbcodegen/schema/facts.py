"""Some cells of a column -> what is told of them: counts, a range, examples, short texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nbcodegen.schema.kinds import read_as_dates, shows_day_first
from nbcodegen.schema.scalars import end_of_range, groups_of_types, is_nan, source_of
from nbcodegen.values import Kind

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    NumberArray = npt.NDArray[np.generic]

EXAMPLES = 3
LONGEST_VALUE = 60

_HELD: dict[frozenset[str], Kind] = {
    frozenset({"text"}): "string",
    frozenset({"boolean"}): "boolean",
    frozenset({"integer"}): "integer",
    frozenset({"float"}): "float",
    frozenset({"float", "integer"}): "float",
    # Dates that pandas keeps as objects must be read by `to_datetime` first, just like text.
    frozenset({"date"}): "datetext",
    frozenset({"moment"}): "datetext",
    frozenset({"date", "moment"}): "datetext",
    frozenset({"duration"}): "duration",
}
_RANGED = frozenset({"integer", "float", "datetime", "duration"})
_NO_MOMENT = -(2**63)
"""The number that stands for a missing moment."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a column's cells come to; named like the fields of `ColumnSchema`."""

    kind: Kind
    missing: int | None = None
    distinct: int | None = None
    low: str = ""
    high: str = ""
    examples: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedCells:
    """A typed pandas array, with numbers that are equal and ordered as its cells are.

    A dozen calls of numpy on the numbers cost a tenth of the same calls on a Series.
    """

    array: Any
    keys: NumberArray
    held: NumberArray
    """Where a cell is not missing."""

    def at(self, key: Any) -> Any:
        """Return the first cell with this number."""
        return key if self.array is self.keys else self.array[int((self.keys == key).argmax())]


def typed_cells(array: Any) -> TypedCells | None:
    """Return the cells of a pandas array, if numbers stand for them."""
    import numpy as np

    name = type(array).__name__
    if name in ("NumpyExtensionArray", "PandasArray"):
        # `to_numpy` would ask every object whether it is missing.
        plain = np.asarray(array)
        is_number = plain.dtype.kind in "iufb"
        return TypedCells(plain, plain, plain == plain) if is_number else None
    if name in ("DatetimeArray", "TimedeltaArray", "PeriodArray"):
        return TypedCells(array, array.asi8, array.asi8 != _NO_MOMENT)
    if name == "Categorical":
        return TypedCells(array, array.codes, array.codes >= 0)
    return None


def facts_of_array(kind: Kind, cells: TypedCells, room: int) -> Facts:
    """Describe a typed pandas column; at most `room` short texts are kept."""
    import pandas as pd

    present = cells.keys[cells.held]
    different = pd.unique(present)
    ranged = kind in _RANGED and len(different) > 0
    return Facts(
        kind,
        missing=len(cells.keys) - len(present),
        distinct=len(different),
        low=end_of_range(cells.at(different.min())) if ranged else "",
        high=end_of_range(cells.at(different.max())) if ranged else "",
        examples=_examples([cells.at(key) for key in different[:EXAMPLES]]),
        values=_short_texts(cells.array.categories.take(different[:room]).tolist(), room)
        if kind == "category"
        else (),
    )


def facts_of_cells(kind: Kind, cells: Sequence[object], room: int) -> Facts:
    """Describe Python objects; kind `other` means that their types decide."""
    present = _present(cells)
    missing = len(cells) - len(present)
    groups = groups_of_types()
    held = frozenset(groups.get(known, "") for known in set(map(type, present)))
    if not held:
        return Facts(kind, missing, 0)
    if "" in held:
        return Facts("other", missing, examples=_examples(present))
    different = list(dict.fromkeys(present))
    if held == {"text"}:
        texts = [str(text) for text in different]
        return _facts_of_texts("string" if kind == "other" else kind, missing, texts, room)
    kind = _HELD.get(held, "other") if kind == "other" else kind
    low, high = _ends(different) if kind in _RANGED or held == {"date"} else ("", "")
    return Facts(kind, missing, len(different), low, high, _examples(different))


def kind_of_cells(cells: Sequence[object]) -> Kind:
    """Say what a few cells hold by their types alone; dates as text are plain text here."""
    groups = groups_of_types()
    held = frozenset(groups.get(known, "") for known in set(map(type, _present(cells))))
    return _HELD.get(held, "other")


def _present(cells: Sequence[Any]) -> Sequence[Any]:
    """Leave out missing cells; told by type, so that a long column of texts costs little."""
    groups = groups_of_types()
    types = set(map(type, cells))
    missing = {known for known in types if groups.get(known) == "missing"}
    floats = {known for known in types if groups.get(known) == "float"}
    if missing:
        cells = [cell for cell in cells if type(cell) not in missing]
    if floats:
        cells = [cell for cell in cells if type(cell) not in floats or not is_nan(cell)]
    return cells


def _facts_of_texts(kind: Kind, missing: int, texts: Sequence[str], room: int) -> Facts:
    if kind == "string" and read_as_dates(texts):
        low, high = _iso_ends(texts)
        examples = _examples(_telling(texts))
        return Facts("datetext", missing, len(texts), low, high, examples)
    values = _short_texts(texts, room)
    return Facts(kind, missing, len(texts), examples=_examples(texts), values=values)


def _telling(texts: Sequence[str]) -> list[str]:
    """First dates; one that tells day from month is worth more than a third that does not."""
    shown = list(texts[:EXAMPLES])
    telling = next((text for text in texts if shows_day_first(text)), None)
    if telling is not None and telling not in shown:
        shown[-1] = telling
    return shown


def _iso_ends(texts: Sequence[str]) -> tuple[str, str]:
    """First and last of dates whose order as text is their order in time."""
    ordered = all(text[:4].isdigit() and text[4:5] == "-" for text in texts)
    return _ends(texts) if ordered and len(set(map(len, texts))) == 1 else ("", "")


def _ends(different: Sequence[Any]) -> tuple[str, str]:
    return end_of_range(min(different)), end_of_range(max(different))


def _examples(cells: Sequence[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(source_of, cells[: 2 * EXAMPLES])))[:EXAMPLES]


def _short_texts(cells: Iterable[object], room: int) -> tuple[str, ...]:
    short = [
        cell
        for cell in cells
        if type(cell) is str and len(cell) <= LONGEST_VALUE and cell and not cell.isspace()
    ]
    return tuple(short[:room])
