"""Verified candidates -> what is left of them after a trial of each on a copy of the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nbcodegen.checks import check
from nbcodegen.checks.verify import after_trial
from nbcodegen.checks.writes import without_writes
from nbcodegen.footprint import names_in
from nbcodegen.trial import Trials
from nbcodegen.trial.sample import take_sample
from nbcodegen.values import RejectedCandidate, Report, TableSchema, VerifiedCandidate


def after_trials(
    verified: Sequence[VerifiedCandidate],
    request: str,
    namespace: Mapping[str, object],
    trials: Trials,
    *,
    previous: Report | None = None,
    stop: Callable[[], bool],
) -> list[VerifiedCandidate | RejectedCandidate]:
    """Try each candidate; files that the request asks for are not written in a trial."""
    reports = _reports([each.code for each in verified], namespace, trials, stop)
    return [
        after_trial(each, report, request, previous)
        for each, report in zip(verified, reports, strict=True)
    ]


def report_of(
    code: str,
    tables: Sequence[TableSchema],
    namespace: Mapping[str, object],
    trials: Trials,
    stop: Callable[[], bool],
) -> Report | None:
    """Try the code of the cell before, which a user may have edited; None where it is unfit."""
    if not code or any(finding.fatal for finding in check(code, tables, namespace)):
        return None
    return _reports([code], namespace, trials, stop)[0]


def _reports(
    codes: Sequence[str],
    namespace: Mapping[str, object],
    trials: Trials,
    stop: Callable[[], bool],
) -> tuple[Report, ...]:
    if not codes:
        return ()
    tried = [without_writes(code) for code in codes]
    read = frozenset().union(*(names_in(code) for code in tried))
    return trials.run(tried, take_sample(namespace, read), stop)
