"""Candidate -> VerifiedCandidate or RejectedCandidate. The only builder of either."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from nbcodegen.checks import check
from nbcodegen.checks.fitness import fitness
from nbcodegen.checks.intactness import asks_for_a_change, on_copies
from nbcodegen.checks.mend import mend
from nbcodegen.values import (
    Candidate,
    Finding,
    RejectedCandidate,
    Report,
    TableSchema,
    VerifiedCandidate,
)

LONGEST_CODE = 50_000
"""Characters of a cell; looking at more takes longer than anybody waits."""


def verify(
    candidate: Candidate, tables: Sequence[TableSchema], names: Collection[str], request: str = ""
) -> VerifiedCandidate | RejectedCandidate:
    """Mend the candidate's code, then judge it; findings that are only notes travel along.

    With a request that asks for no change, code that would change a table works on a copy.
    """
    if len(candidate.code) > LONGEST_CODE:
        long = Finding("NB001", f"is too long: {len(candidate.code):,} characters", 1)
        return RejectedCandidate(candidate, (long,))
    try:
        code = mend(candidate.code, tables, names)
        findings = check(code, tables, names, request)
    except RecursionError:
        deep = Finding("NB001", "is nested too deeply to be read", 1)
        return RejectedCandidate(candidate, (deep,))
    fatal = tuple(finding for finding in findings if finding.fatal)
    if fatal:
        return RejectedCandidate(candidate, fatal)
    changes = [finding for finding in findings if finding.rule == "NB204"]
    if changes and request and not asks_for_a_change(request):
        code, notes = on_copies(code, changes, tables, names)
        findings = (*(each for each in findings if each.rule != "NB204"), *notes)
    return VerifiedCandidate(candidate, code, findings)


def after_trial(
    verified: VerifiedCandidate, report: Report, request: str, previous: Report | None = None
) -> VerifiedCandidate | RejectedCandidate:
    """Judge a candidate again, by what running it showed."""
    findings = (*fitness(report, request, previous), *unseen_changes(verified, report))
    return with_findings(replace(verified, report=report), findings)


def with_findings(
    verified: VerifiedCandidate, findings: Sequence[Finding]
) -> VerifiedCandidate | RejectedCandidate:
    """Judge a candidate by more findings: what is fatal sinks it, the rest are notes."""
    fatal = tuple(finding for finding in findings if finding.fatal)
    if fatal:
        return RejectedCandidate(verified.candidate, fatal)
    return replace(verified, notes=(*verified.notes, *findings))


def unseen_changes(verified: VerifiedCandidate, report: Report) -> tuple[Finding, ...]:
    """Changes to tables that only running the code showed."""
    seen = {note.evidence for note in verified.notes if note.rule == "NB204"}
    return tuple(
        Finding("NB204", f"changes your table {table!r}", 1, table, fatal=False)
        for table in report.changed
        if table not in seen
    )
