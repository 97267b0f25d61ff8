"""An Answer -> the sidebar's cards, and what an inserted cell may tell of where it came from."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from nbcodegen import __version__
from nbcodegen.bridge.messages import Card, Done, Preview
from nbcodegen.checks.advice import advice
from nbcodegen.footprint import columns_named, tables_read
from nbcodegen.values import Answer, Finding, Model, Report, TableSchema, VerifiedCandidate
from nbcodegen.verdicts import said, verified

CARDS = 3
"""Different answers that are shown."""
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


def done(answer: Answer, seconds: float) -> Done:
    """Say how long it took, and why other candidates were dropped."""
    dropped = tuple(
        said(finding) for each in answer.rejected for finding in each.findings if finding.fatal
    )
    return Done(round(seconds, 3), dropped)


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
        badge="verified" if ran else "checked",
        told=_told(report, found.agreeing, origin.untried),
        notes=tuple(said(note) for note in notes),
        preview=_preview(report) if ran and report and origin.preview else Preview(),
        provenance=_provenance(origin, ran),
    )


def _told(report: Report | None, agreeing: int, untried: str) -> str:
    if report is not None and report.ran:
        return verified(report, agreeing)
    why = untried or (report.failure.message if report and report.failure else "")
    checked = "checked: it parses, and its names and columns exist"
    return f"{checked}; not tried ({why})" if why else checked


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
        "template": origin.model.template,
        "version": __version__,
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "checks": ["parsed", "columns", "trial"] if ran else ["parsed", "columns"],
    }
