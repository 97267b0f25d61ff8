"""Every value that travels between the rooms: data only, frozen, one way.

live table -> TableSchema -> Prompt -> Completion -> Candidate -> Verified | Rejected
           -> Report of a trial -> Answer
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal[
    "integer", "float", "boolean", "string", "category", "datetime", "datetext", "duration", "other"
]
"""What a column holds, in our words: pandas 2 and 3 name one text column differently.

`datetext` is text that reads as dates (as `read_csv` leaves them); `other` is anything
that is not a scalar (lists, dicts, mixed objects, all missing).
"""

Frame = Literal["pandas", "series", "polars", "pyarrow", "duckdb"]
Privacy = Literal["names", "stats", "samples"]
Quantize = Literal["auto", "nf4", "none"]
"""Of a large model's weights: as there is room, in 4 bits, or not at all."""
Task = Literal["cell", "function", "tests", "explain"]
"""What a model is to write: a cell, a function, tests of one, or an account of code, in prose."""
TrialMode = Literal["auto", "off", "unbounded"]
"""Of trials: inside a boundary or not at all; never; also where no boundary can be had."""
Role = Literal["table", "column", "value"]
Doubt = Literal["empty", "constant", "whole", "copied", "idle"]
"""About a result: it holds nothing; every number in it is the same; it is a table of the user's
as it was; a column that it adds is one that was there; it changes a table to what it was."""


@dataclass(frozen=True, slots=True)
class ColumnSchema:
    """One column as the model may be told about it."""

    label: str
    """For people: one line, at most 80 characters; MultiIndex levels are joined by a space."""
    key: str
    """The label as code writes it: `'price'`, `0`, `('a', 'b')`."""
    kind: Kind
    position: int = 0
    """Place among the table's columns; -1 for a level of the index."""
    unique: bool = True
    """False where two columns share the label, so code must take the column by position."""
    missing: int | None = None
    """Missing values in the rows looked at; None when not counted."""
    distinct: int | None = None
    """Distinct values in the rows looked at; None when not counted."""
    low: str = ""
    high: str = ""
    """Range of numbers and dates, as text."""
    examples: tuple[str, ...] = ()
    """First few distinct values as Python source, one line, capped."""
    values: tuple[str, ...] = ()
    """Distinct short texts of a text column (bounded): what a request may mention by name."""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A live table reduced to what may leave the user's namespace."""

    name: str
    rows: int | None
    columns: tuple[ColumnSchema, ...]
    index: tuple[ColumnSchema, ...] = ()
    """Levels of a meaningful index (named, or not 0..n-1)."""
    frame: Frame = "pandas"
    looked_at: int | None = None
    """Rows that statistics come from, when fewer than all."""
    width: int = 0
    """Number of columns of the live table; `columns` may hold fewer."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something a completion can point at: a table, a column, or a value found in the request."""

    role: Role
    text: str
    """As the model reads it: one line, capped."""
    source: str
    """As code writes it."""
    kind: Kind
    table: int = -1
    """Index of the item's table among the prompt's tables."""
    column: ColumnSchema | None = None
    """The column itself, or the column that a value was found in."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Exact text for the model, stamped with the template that produced it."""

    text: str
    template: str
    request: str
    tables: tuple[TableSchema, ...] = ()
    items: tuple[Item, ...] = ()
    previous: str = ""
    """Code of the cell that a follow-up builds on."""
    rejected: tuple[RejectedCandidate, ...] = ()
    """What was proposed for this request before, and why none of it would do."""
    task: Task = "cell"


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a causal model's words are chosen. The first candidate is always the likeliest one."""

    temperature: float = 0.4
    """Of the candidates that are drawn by chance: all but the first."""
    top_k: int = 0
    """Draw from so many tokens only; 0 for all."""
    top_p: float = 0.95
    """Draw from the likeliest tokens that have this share together."""
    repetition_penalty: float = 1.0
    """Above 1: what was written is less likely to be written again."""
    beams: int = 1
    """Above 1: so many beams are searched, and candidates are the best of them."""
    grounded: bool = True
    """Whether only columns that exist can be written where a live table's column is named."""
    lookup: int = 10
    """Most tokens that are guessed from the text at once; 0 for none."""
    tokens: int = 768
    """Most tokens of one candidate."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How far a model is that is being opened."""

    seconds: float
    """Since it began."""
    share: float
    """Of the way, from 0 to 1; 0 while that is not known."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model returned, once: code, or a reason why it declines."""

    text: str
    score: float
    """Log-probability, with what the model knows besides; higher is better."""
    words: str = ""
    """The model's own account of what it understood, for people."""
    declined: str = ""
    """Why the model does not serve this request; `text` is then its best guess, or empty."""
    partial: bool = False
    """Whether it is still being written: `text` is the first completion so far."""
    opening: Opening | None = None
    """Of a partial one: its model opens, and nothing is written yet."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason a candidate is unfit, or one thing to know about it, at one line."""

    rule: str
    message: str
    line: int
    evidence: str = ""
    nearest: str = ""
    """The nearest valid name, if there is one."""
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """Code the model proposed; nothing has looked at it yet."""

    code: str
    rank: int
    score: float = 0.0
    words: str = ""


@dataclass(frozen=True, slots=True)
class VerifiedCandidate:
    """A candidate that passed every check. Only `verify` builds one."""

    candidate: Candidate
    code: str
    """The code to insert: imports added, clashing names renamed."""
    notes: tuple[Finding, ...] = ()
    report: Report | None = None
    """What its trial came to; None where it was not tried."""
    agreeing: int = 1
    """Candidates, with this one, that come to the same result."""


@dataclass(frozen=True, slots=True)
class RejectedCandidate:
    """A candidate with the findings that sank it."""

    candidate: Candidate
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception that a cell raised, or why its trial ended otherwise."""

    kind: str
    """Name of the exception; else `Stopped`, `Crashed`, `Flooded`, `Forged`, `Undescribed` or
    `NotTried`."""
    message: str
    line: int = 0
    """Line of the code that it left from; 0 where it is not known."""
    raised: bool = False
    """Whether the code raised it: an exception may be called `NotTried` too."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell ends with, as a person would see the beginning of it."""

    text: str
    """A few lines, capped: for terminals."""
    rows: int = 0
    columns: int = 0
    """Size of the whole table; both 0 where the value is no table."""
    labels: tuple[str, ...] = ()
    head: tuple[tuple[str, ...], ...] = ()
    """The first rows, one text a cell; `labels` names their columns."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one trial of a candidate came to: data only, bounded, whatever the candidate did."""

    failure: Failure | None = None
    shown: Shown | None = None
    charts: tuple[str, ...] = ()
    """Kinds of what was drawn, one a panel: `bar`, `line+scatter`..."""
    marks: int = 0
    """Bars, points and other marks drawn, in all."""
    picture: bytes = b""
    """The first figure as a small PNG; empty where nothing was drawn."""
    digest: str = ""
    """Equal for two candidates that show or draw the same data."""
    doubts: tuple[Doubt, ...] = ()
    """What makes the result look like an answer to nothing."""
    changed: tuple[str, ...] = ()
    """Tables of the user that the code changed in place."""
    rebound: tuple[str, ...] = ()
    """Tables of the user whose names the code gave to something else."""
    printed: str = ""
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    """What the code itself took."""
    rows: int = 0
    """Rows of the tables that it ran on, in all..."""
    of_rows: int = 0
    """...out of so many."""

    @property
    def ran(self) -> bool:
        """Whether the code ran to its end."""
        return self.failure is None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request came to: the best verified candidate, and what is worth telling."""

    code: str
    words: str
    tables: tuple[str, ...]
    """Names of the tables that the code reads."""
    columns: tuple[str, ...]
    """Labels of the columns that the code names."""
    model: str
    seconds: float
    notes: tuple[Finding, ...] = ()
    others: tuple[VerifiedCandidate, ...] = ()
    rejected: tuple[RejectedCandidate, ...] = ()
    report: Report | None = None
    """What the code's trial came to; None where it was not tried."""
    agreeing: int = 1
    """Candidates, with this one, that come to the same result."""
    schemas: tuple[TableSchema, ...] = ()
    """Every live table, as it was looked at for this request."""


class Model(Protocol):
    """The seam: a prompt in, a stream of completions out."""

    @property
    def name(self) -> str:
        """What the user calls it."""
        ...

    @property
    def where(self) -> str:
        """`in process`, `this machine`, or the address of a server."""
        ...

    @property
    def template(self) -> str:
        """The prompt template that this model was made for."""
        ...

    @property
    def revision(self) -> str:
        """Which weights exactly, where that is known; else empty."""
        ...

    @property
    def general(self) -> bool:
        """Whether it writes any code and prose; a specialist writes plans over tables only."""
        ...

    def complete(
        self, prompt: Prompt, *, count: int, seed: int, stop: Callable[[], bool]
    ) -> Iterator[Completion]:
        """Yield up to `count` completions, best first; look at `stop` between steps."""
        ...
