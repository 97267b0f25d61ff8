"""A candidate is mended, judged, and becomes one of two values."""

from __future__ import annotations

from user_tables import NAMES, TABLES

from nbcodegen.checks.verify import verify
from nbcodegen.values import Candidate, RejectedCandidate, VerifiedCandidate


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
