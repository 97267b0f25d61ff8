"""What the kernel tells the sidebar, as values; each becomes one JSON object.

Texts are foreign (labels, cells, a model's words): the front end shows them as text only.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message of a comm."""

    type: ClassVar[str] = "hello"
    protocol: int
    version: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """A live table in the list."""

    name: str
    rows: int | None
    """None where counting would run a query."""
    columns: int
    frame: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All live tables, in the namespace's order."""

    type: ClassVar[str] = "tables"
    tables: tuple[TableLine, ...]


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column in the list of a table, with what its first cells tell."""

    label: str
    position: int
    kind: str
    missing: int | None = None
    distinct: int | None = None
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """A page of a table's columns."""

    type: ClassVar[str] = "columns"
    table: str
    total: int
    """Columns that the search leaves, of which this page shows some."""
    start: int
    looked_at: int | None
    """Rows that the counts come from, where they are fewer than all."""
    columns: tuple[ColumnLine, ...]


@dataclass(frozen=True, slots=True)
class Top:
    """One of the most frequent cells."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """A closer look at one column."""

    type: ClassVar[str] = "column"
    table: str
    position: int
    rows: int | None
    looked_at: int
    missing: int
    distinct: int | None
    """None where cells cannot be compared."""
    low: str = ""
    high: str = ""
    bins: tuple[int, ...] = ()
    """Cells in each of equally wide ranges, of numbers and moments."""
    top: tuple[Top, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a request stands: `opening` the model, `asking` it, or `trying` its candidates."""

    type: ClassVar[str] = "progress"
    stage: str
    count: int = 0
    """Candidates that are tried."""
    notice: str = ""
    """What leaves this process, the first time that it does."""
    seconds: int = 0
    """For so long the model has been opening."""
    share: float = 0.0
    """Of the way that it has opened so far."""
    code: str = ""
    """The likeliest candidate as far as it is written; empty from models that answer at once."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a trial showed: a picture, or the first rows, or text."""

    picture: str = ""
    """A PNG in base64."""
    charts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    head: tuple[tuple[str, ...], ...] = ()
    rows: int = 0
    columns: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a trial ran on, for the badge."""

    rows: int
    of_rows: int
    milliseconds: int
    agreeing: int
    """Candidates, with this one, that come to the same result."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate that did not pass, and why."""

    code: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One answer to a request."""

    type: ClassVar[str] = "candidate"
    rank: int
    code: str
    words: str
    tables: tuple[str, ...]
    columns: tuple[str, ...]
    tried: Tried | None
    """None where it was only checked: it parses, and its names and columns exist."""
    untried: str
    """Why it was not tried, where that is known."""
    settled: bool
    """False while others are still tried: the settled answers take the place of these."""
    notes: tuple[str, ...]
    preview: Preview
    provenance: dict[str, Any]
    """What an inserted cell may carry: request, model, template, version, date, checks; no data."""


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a request that was answered."""

    type: ClassVar[str] = "done"
    seconds: float
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """The end of a request that was not: what happened and what to do."""

    type: ClassVar[str] = "error"
    kind: str
    """Name of the error's class, such as `Declined`, `Cancelled`, `NoTables`; else `Bug`."""
    message: str
    guess: str = ""
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class PromptText:
    """Exactly what the model would be told."""

    type: ClassVar[str] = "prompt"
    text: str


@dataclass(frozen=True, slots=True)
class Status:
    """Model, where it runs, what holds trials, and settings."""

    type: ClassVar[str] = "status"
    version: str
    model: str
    where: str
    """Empty where the model is not open yet."""
    models: tuple[str, ...]
    privacy: str
    trial: str
    trials: str
    """What holds trials, or why there are none."""
    memory: int | None
    """Megabytes of this process, where that is known."""
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """An opinion was written down, in this file."""

    type: ClassVar[str] = "kept"
    path: str


Message = (
    Hello | Tables | Columns | Column | Progress | Card | Done | Failed | PromptText | Status | Kept
)


def written(message: Message, id: str = "") -> dict[str, Any]:
    """Return the JSON object of a message; `id` is that of the request it answers.

    >>> written(Kept("feedback/2026-11.ipynb"), "a1")
    {'type': 'kept', 'path': 'feedback/2026-11.ipynb', 'id': 'a1'}
    """
    told = {"type": message.type, **asdict(message)}
    return {**told, "id": id} if id else told
