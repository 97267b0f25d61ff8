"""An Answer -> the sidebar's cards, and what an inserted cell may tell of where it came from."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from nbcodegen import __version__
from nbcodegen.bridge.messages import Card, Done, Preview, Refused, Tried
from nbcodegen.checks.advice import advice
from nbcodegen.footprint import columns_named, tables_read
from nbcodegen.values import (
    Answer,
    Finding,
    Model,
    RejectedCandidate,
    Report,
    TableSchema,
    VerifiedCandidate,
)
from nbcodegen.verdicts import said

CARDS = 3
"""Different answers that are shown."""
REFUSED = 4
"""Refused ones that are shown."""
ROWS, COLUMNS = 5, 8


@dataclass(frozen=True, slots=True)
class Origin:
    """What is the same for all answers to one request."""

    request: str
    model: Model
    tables: Sequence[TableSchema]
    untried: str
    """Why nothing was tried, where that is so."""
    preview: bool


def cards(answer: Answer, origin: Origin) -> Iterator[Card]:
    """Yield the different answers, best first."""
    yield _card(0, answer, answer.words, answer.notes, origin)
    for rank, other in enumerate(answer.others[: CARDS - 1], start=1):
        notes = (*other.notes, *advice(other.code, other.notes))
        yield _card(rank, other, other.candidate.words, notes, origin)


def early(found: VerifiedCandidate, origin: Origin) -> Card:
    """An answer that is there before others have been tried."""
    card = _card(found.candidate.rank, found, found.candidate.words, found.notes, origin)
    return replace(card, settled=False)


def done(answer: Answer, seconds: float) -> Done:
    """Say how long it took, and what did not pass."""
    return Done(round(seconds, 3), refused(answer.rejected))


def refused(rejected: Sequence[RejectedCandidate]) -> tuple[Refused, ...]:
    """Say why candidates did not pass."""
    return tuple(
        Refused(each.candidate.code, tuple(said(why) for why in each.findings if why.fatal))
        for each in rejected[:REFUSED]
    )


def _card(
    rank: int, found: Answer | VerifiedCandidate, words: str, notes: Sequence[Finding],
    origin: Origin,
) -> Card:  # fmt: skip
    read = tables_read(found.code, origin.tables)
    report = found.report
    ran = report is not None and report.ran
    return Card(
        rank=rank,
        code=found.code,
        words=" ".join(words.split()),
        tables=tuple(table.name for table in read),
        columns=columns_named(found.code, read),
        tried=_tried(report, found.agreeing) if ran and report else None,
        untried="" if ran else _untried(report, origin),
        settled=True,
        notes=tuple(said(note) for note in notes),
        preview=_preview(report) if ran and report and origin.preview else Preview(),
        provenance=_provenance(origin, ran),
    )


def _tried(report: Report, agreeing: int) -> Tried:
    return Tried(report.rows, report.of_rows, max(1, round(1000 * report.seconds)), agreeing)


def _untried(report: Report | None, origin: Origin) -> str:
    return origin.untried or (report.failure.message if report and report.failure else "")


def _preview(report: Report) -> Preview:
    if report.picture:
        return Preview(b64encode(report.picture).decode("ascii"), report.charts)
    if report.shown is None:
        return Preview(charts=report.charts, text=report.printed[:600])
    shown = report.shown
    return Preview(
        charts=report.charts,
        labels=shown.labels[:COLUMNS],
        head=tuple(row[:COLUMNS] for row in shown.head[:ROWS]),
        rows=shown.rows,
        columns=shown.columns,
        text="" if shown.labels else shown.text[:600],
    )


def _provenance(origin: Origin, ran: bool) -> dict[str, Any]:
    return {
        "request": origin.request,
        "model": origin.model.name,
        "revision": origin.model.revision,
        "template": origin.model.template,
        "version": __version__,
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "checks": ["parsed", "columns", "trial"] if ran else ["parsed", "columns"],
    }
