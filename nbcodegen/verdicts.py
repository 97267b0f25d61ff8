"""What checks and trials came to -> words for people: verified and how, or refused and why."""

from __future__ import annotations

from collections.abc import Sequence

from nbcodegen.values import Finding, RejectedCandidate, Report

MAX_FINDINGS = 3
"""Findings of one candidate that are listed."""
MAX_CANDIDATES = 6
HINT = "Name the table and its columns in the request"


def refusal(rejected: Sequence[RejectedCandidate], hint: str = HINT) -> str:
    """Say that none of the candidates will do, and why; `hint` is what may help."""
    if not rejected:
        return "The model wrote no code for this request. Say it in other words."
    count = len(rejected)
    first = (
        "The only candidate did not pass the checks:"
        if count == 1
        else f"None of {count} candidates passed the checks:"
    )
    shown = rejected[:MAX_CANDIDATES]
    lines = [_listed(number, each) for number, each in enumerate(shown, start=1)]
    if count > MAX_CANDIDATES:
        lines.append(f"  ... and {count - MAX_CANDIDATES} more")
    more = f"ask for more candidates than {count}"
    return "\n".join([first, *lines, f"{hint}, or {more}."])


def verified(report: Report, agreeing: int) -> str:
    """Say what the code ran on, and how long it took.

    >>> verified(Report(rows=2000, of_rows=1_240_000, seconds=0.038), 2)
    'verified: ran on 2,000 of 1,240,000 rows in 38 ms; 2 candidates agree'
    """
    if report.rows == report.of_rows:
        rows = f"a copy of all {report.rows:,} rows" if report.rows else "a copy"
    else:
        of = f" of {report.of_rows:,}" if report.of_rows else ""
        rows = f"{report.rows:,}{of} rows"
    said = f"verified: ran on {rows} in {max(1, round(1000 * report.seconds))} ms"
    return f"{said}; {agreeing} candidates agree" if agreeing > 1 else said


def said(finding: Finding) -> str:
    """One finding as a line."""
    nearest = f" (nearest: {finding.nearest})" if finding.nearest else ""
    return f"{finding.rule} line {finding.line}: {finding.message}{nearest}"


def _listed(number: int, rejected: RejectedCandidate) -> str:
    fatal = [finding for finding in rejected.findings if finding.fatal]
    return "\n".join(f"  {number}. {said(finding)}" for finding in fatal[:MAX_FINDINGS])
