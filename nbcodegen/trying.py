"""Verified candidates -> what is left of them after a trial of each on a copy of the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nbcodegen.checks import check
from nbcodegen.checks.verify import after_trial
from nbcodegen.checks.writes import without_writes
from nbcodegen.choosing import choose
from nbcodegen.footprint import names_in
from nbcodegen.trial import Trials
from nbcodegen.trial.sample import take_sample
from nbcodegen.values import Prompt, RejectedCandidate, Report, TableSchema, VerifiedCandidate


def after_trials(
    verified: Sequence[VerifiedCandidate],
    prompt: Prompt,
    namespace: Mapping[str, object],
    trials: Trials,
    stop: Callable[[], bool],
    pictures: int = 1,
    early: Callable[[VerifiedCandidate], None] = lambda candidate: None,
) -> list[VerifiedCandidate | RejectedCandidate]:
    """Try each candidate, and the code of the cell before for comparison.

    Files that the request asks for are not written in a trial. The best `pictures` answers that
    are left come with a picture of their chart. Where trials take long, `early` is told of each
    that is left before all have ended.
    """
    codes = [without_writes(each.code) for each in verified]
    if _is_fit(prompt.previous, prompt.tables, namespace):
        codes.append(prompt.previous)

    def judged(reports: Sequence[Report]) -> list[VerifiedCandidate | RejectedCandidate]:
        previous = reports[len(verified)] if len(reports) > len(verified) else None
        pairs = zip(verified, reports, strict=False)
        return [after_trial(each, report, prompt.request, previous) for each, report in pairs]

    def best(reports: Sequence[Report]) -> list[int]:
        left = [
            each for each in judged(reports)
            if isinstance(each, VerifiedCandidate) and each.report and each.report.ran
        ]  # fmt: skip
        ranks = {each.candidate.rank: place for place, each in enumerate(verified)}
        return [ranks[each.candidate.rank] for each in choose(left)[:pictures]]

    def tell(place: int, report: Report) -> None:
        if place < len(verified):
            found = after_trial(verified[place], report, prompt.request)
            if isinstance(found, VerifiedCandidate):
                early(found)

    read = frozenset[str]().union(*(names_in(code) for code in codes))
    return judged(trials.run(codes, take_sample(namespace, read), stop, best, tell))


def _is_fit(code: str, tables: Sequence[TableSchema], namespace: Mapping[str, object]) -> bool:
    """Whether the code of the cell before, which a user may have edited, may be tried."""
    return bool(code) and not any(finding.fatal for finding in check(code, tables, namespace))
