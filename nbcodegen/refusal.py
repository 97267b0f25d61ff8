"""Candidates that would not do -> what the user is told: each with its reasons, and what to try."""

from __future__ import annotations

from collections.abc import Sequence

from nbcodegen.values import Finding, RejectedCandidate

MAX_FINDINGS = 3
"""Findings of one candidate that are listed."""
MAX_CANDIDATES = 6


def refusal(rejected: Sequence[RejectedCandidate]) -> str:
    """Say that none of the candidates will do, and why."""
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
    return "\n".join([first, *lines, f"Name the table and its columns in the request, or {more}."])


def said(finding: Finding) -> str:
    """One finding as a line."""
    nearest = f" (nearest: {finding.nearest})" if finding.nearest else ""
    return f"{finding.rule} line {finding.line}: {finding.message}{nearest}"


def _listed(number: int, rejected: RejectedCandidate) -> str:
    fatal = [finding for finding in rejected.findings if finding.fatal]
    return "\n".join(f"  {number}. {said(finding)}" for finding in fatal[:MAX_FINDINGS])
