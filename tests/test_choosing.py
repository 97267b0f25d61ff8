"""Candidates that come to the same are one answer; probability and doubts put answers in order."""

from __future__ import annotations

import math

from user_tables import NAMES, TABLES

from nbcodegen.checks.verify import after_trial, verify
from nbcodegen.choosing import choose
from nbcodegen.values import Candidate, Doubt, Report, VerifiedCandidate


def tried(score: float, digest: str = "", *doubts: Doubt, rank: int = 0) -> VerifiedCandidate:
    outcome = verify(Candidate(f"homes.head({rank})", rank, score), TABLES, NAMES)
    assert isinstance(outcome, VerifiedCandidate)
    if digest:
        report = Report(digest=digest, doubts=doubts, rows=5, of_rows=5)
        outcome = after_trial(outcome, report, "show it")
        assert isinstance(outcome, VerifiedCandidate)
    return outcome


def scores(chosen: tuple[VerifiedCandidate, ...]) -> list[float]:
    return [each.candidate.score for each in chosen]


def test_the_most_probable_candidate_comes_first() -> None:
    assert scores(choose([tried(-2.0, "a"), tried(-1.0, "b")])) == [-1.0, -2.0]


def test_candidates_with_one_result_are_one_answer_told_by_the_best_of_them() -> None:
    best, other = choose([tried(-1.0, "a"), tried(-1.2, "b"), tried(-0.9, "b")])
    assert (best.candidate.score, best.agreeing) == (-0.9, 2)
    assert (other.candidate.score, other.agreeing) == (-1.0, 1)


def test_agreement_outweighs_a_little_probability_and_not_a_lot() -> None:
    two = [tried(-1.3, "b"), tried(-1.3, "b")]
    assert scores(choose([tried(-1.0, "a"), *two]))[0] == -1.3
    assert math.log(2) - 1.3 > -1.0
    assert scores(choose([tried(-0.1, "a"), *two]))[0] == -0.1


def test_a_doubtful_result_comes_after_a_less_probable_one() -> None:
    assert scores(choose([tried(-0.1, "a", "empty"), tried(-2.0, "b")])) == [-2.0, -0.1]


def test_candidates_that_were_not_tried_are_each_their_own_answer() -> None:
    chosen = choose([tried(-1.0), tried(-2.0, rank=1)])
    assert [each.agreeing for each in chosen] == [1, 1]
    assert choose([]) == ()
