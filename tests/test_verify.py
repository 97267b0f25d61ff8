"""A candidate is mended, judged, and becomes one of two values."""

from __future__ import annotations

from user_tables import NAMES, TABLES

from nbcodegen.checks.verify import after_trial, verify
from nbcodegen.values import Candidate, Failure, RejectedCandidate, Report, VerifiedCandidate


def test_a_sound_candidate_is_verified_with_its_imports_and_fresh_names() -> None:
    candidate = Candidate('counts = homes["price"].mean()\nplt.show()', rank=0)
    outcome = verify(candidate, TABLES, {"homes", "counts"})
    assert isinstance(outcome, VerifiedCandidate)
    assert outcome.code == (
        'import matplotlib.pyplot as plt\n\ncounts_2 = homes["price"].mean()\nplt.show()'
    )
    assert (outcome.candidate, outcome.notes) == (candidate, ())


def test_a_candidate_with_an_unknown_column_is_rejected_with_the_finding() -> None:
    candidate = Candidate('homes["cost"].mean()', rank=1)
    outcome = verify(candidate, TABLES, NAMES)
    assert isinstance(outcome, RejectedCandidate)
    assert [(finding.rule, finding.line) for finding in outcome.findings] == [("NB202", 1)]


def test_a_change_to_a_table_travels_as_a_note() -> None:
    outcome = verify(Candidate('homes["x"] = homes["price"] * 2', rank=0), TABLES, NAMES)
    assert isinstance(outcome, VerifiedCandidate)
    assert [note.rule for note in outcome.notes] == ["NB204"]


def test_code_nested_too_deeply_is_rejected_and_raises_nothing() -> None:
    outcome = verify(Candidate("homes" + ".head()" * 3000, rank=0), TABLES, NAMES)
    assert isinstance(outcome, RejectedCandidate)
    assert [finding.rule for finding in outcome.findings] == ["NB001"]


def test_texts_that_double_are_not_followed_to_the_end() -> None:
    lines = ["a0 = 'x'", *(f"a{n + 1} = a{n} + a{n} + a{n}" for n in range(60)), "homes[a60]"]
    assert isinstance(verify(Candidate("\n".join(lines), rank=0), TABLES, NAMES), VerifiedCandidate)


def test_code_that_nobody_asked_to_change_a_table_works_on_a_copy() -> None:
    candidate = Candidate('homes["ratio"] = homes["price"] / homes["area"]\nhomes.head()', rank=0)
    outcome = verify(candidate, TABLES, NAMES, "mean ratio of price and area")
    assert isinstance(outcome, VerifiedCandidate)
    assert outcome.code == (
        "homes_2 = homes.copy()\n"
        'homes_2["ratio"] = homes_2["price"] / homes_2["area"]\nhomes_2.head()'
    )
    assert [note.rule for note in outcome.notes] == ["NB205"]


def test_a_change_that_was_asked_for_is_made_to_the_table_itself() -> None:
    candidate = Candidate('homes["ratio"] = homes["price"] / homes["area"]', rank=0)
    outcome = verify(candidate, TABLES, NAMES, "add a column ratio")
    assert isinstance(outcome, VerifiedCandidate)
    assert [note.rule for note in outcome.notes] == ["NB204"]


def test_the_copy_stands_behind_imports_and_before_the_first_use() -> None:
    code = "import numpy as np\nlimit_2 = 3\nhomes.drop(columns=['city'], inplace=True)"
    outcome = verify(Candidate(code, rank=0), TABLES, NAMES, "prices without cities")
    assert isinstance(outcome, VerifiedCandidate)
    assert outcome.code.splitlines()[2:] == [
        "homes_2 = homes.copy()",
        "homes_2.drop(columns=['city'], inplace=True)",
    ]


def _verified(code: str = "homes.head()") -> VerifiedCandidate:
    outcome = verify(Candidate(code, rank=0), TABLES, NAMES)
    assert isinstance(outcome, VerifiedCandidate)
    return outcome


def test_code_that_raises_in_its_trial_is_rejected_with_the_error_and_its_line() -> None:
    report = Report(failure=Failure("KeyError", "'x'", 3, raised=True))
    outcome = after_trial(_verified(), report, "show it")
    assert isinstance(outcome, RejectedCandidate)
    (finding,) = outcome.findings
    assert (finding.rule, finding.line) == ("NB301", 3)
    assert finding.message == "running it gave KeyError: 'x'"


def test_code_that_was_not_tried_stays_verified_by_the_checks_alone() -> None:
    report = Report(failure=Failure("NotTried", "no boundary"))
    outcome = after_trial(_verified(), report, "show it")
    assert isinstance(outcome, VerifiedCandidate)
    assert outcome.report == report


def test_no_chart_where_one_was_asked_for_is_a_doubt_and_no_refusal() -> None:
    outcome = after_trial(_verified(), Report(), "plot prices")
    assert isinstance(outcome, VerifiedCandidate)
    assert [note.rule for note in outcome.notes] == ["NB303"]


def test_an_empty_result_is_a_doubt_only_on_all_the_rows() -> None:
    whole = Report(doubts=("empty",), rows=10, of_rows=10)
    sample = Report(doubts=("empty",), rows=10, of_rows=1000)
    rules = [
        [note.rule for note in outcome.notes]
        for report in (whole, sample)
        if isinstance(outcome := after_trial(_verified(), report, "x"), VerifiedCandidate)
    ]
    assert rules == [["NB304"], []]


def test_a_change_that_only_the_trial_saw_is_told() -> None:
    outcome = after_trial(_verified(), Report(changed=("homes",)), "x")
    assert isinstance(outcome, VerifiedCandidate)
    assert [(note.rule, note.evidence) for note in outcome.notes] == [("NB204", "homes")]
