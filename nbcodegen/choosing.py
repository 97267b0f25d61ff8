"""Verified candidates -> the different answers among them, best first.

Candidates that come to the same result are one answer: several derivations of one thing are
evidence for it, as in self-consistency (Wang et al., 2022). A group's weight is the sum of its
candidates' probabilities, each lowered for what its trial made doubtful.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from nbcodegen.values import VerifiedCandidate

DOUBT = 3.0
"""Log-probability that a candidate loses for each doubt (NB303 to NB309). On the
project's acceptance set 2 of 254 beams with a doubt were right, so the number hardly matters."""


def choose(verified: Sequence[VerifiedCandidate]) -> tuple[VerifiedCandidate, ...]:
    """Return one candidate for each different result, best first.

    Candidates that were not tried, or came to nothing comparable, are answers of their own.
    """
    groups: dict[str, list[VerifiedCandidate]] = {}
    for number, each in enumerate(verified):
        digest = each.report.digest if each.report else ""
        groups.setdefault(digest or f"alone {number}", []).append(each)
    ranked = sorted(groups.values(), key=_weight, reverse=True)
    return tuple(replace(max(group, key=_score), agreeing=len(group)) for group in ranked)


def _weight(group: Sequence[VerifiedCandidate]) -> float:
    """The logarithm of the sum of their probabilities."""
    scores = [_score(each) for each in group]
    best = max(scores)
    return best + math.log(sum(math.exp(score - best) for score in scores))


def _score(verified: VerifiedCandidate) -> float:
    doubts = sum(note.rule.startswith("NB3") for note in verified.notes)
    return verified.candidate.score - DOUBT * doubts
