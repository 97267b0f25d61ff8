"""Candidate -> VerifiedCandidate or RejectedCandidate. The only builder of either."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nbcodegen.checks import check
from nbcodegen.checks.mend import mend
from nbcodegen.values import Candidate, RejectedCandidate, TableSchema, VerifiedCandidate


def verify(
    candidate: Candidate, tables: Sequence[TableSchema], names: Collection[str]
) -> VerifiedCandidate | RejectedCandidate:
    """Mend the candidate's code, then judge it; findings that are only notes travel along."""
    code = mend(candidate.code, tables, names)
    findings = check(code, tables, names)
    fatal = tuple(finding for finding in findings if finding.fatal)
    if fatal:
        return RejectedCandidate(candidate, fatal)
    return VerifiedCandidate(candidate, code, findings)
