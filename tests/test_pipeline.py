"""Request + tables + model -> Answer, with the real rooms and a model that follows a script."""

from __future__ import annotations

import signal

import pandas as pd
import pytest
from fakes import ScriptedModel

from nbcodegen.errors import (
    Cancelled,
    Declined,
    EmptyRequest,
    NoTables,
    NoUsableCandidate,
    UnknownName,
)
from nbcodegen.pipeline import generate, prompt_for
from nbcodegen.settings import Settings
from nbcodegen.values import Completion

GOOD = 'homes.groupby("city")["price"].mean()'
BAD = 'homes["prise"].mean()'


@pytest.fixture
def namespace():
    return {
        "homes": pd.DataFrame({"city": ["Lima", "Quito", "Lima"], "price": [100, 120, 90]}),
        "sales": pd.DataFrame({"month": ["jan"], "total": [3]}),
        "threshold": 5,
    }


def ask(request, namespace, *answers, previous="", **settings):
    model = ScriptedModel(answers or [GOOD])
    answer = generate(request, namespace, model, Settings(**settings), previous=previous)
    return model, answer


def test_the_first_candidate_that_passes_wins(namespace):
    _, answer = ask("mean price", namespace, BAD, GOOD, 'homes["price"].median()')
    assert answer.code == GOOD
    assert [other.code for other in answer.others] == ['homes["price"].median()']
    assert [rejected.candidate.code for rejected in answer.rejected] == [BAD]


def test_an_answer_says_what_its_code_reads(namespace):
    _, answer = ask("mean price", namespace, Completion(GOOD, -0.1, words="Mean price per city"))
    assert answer.words == "Mean price per city"
    assert (answer.tables, answer.columns) == (("homes",), ("city", "price"))
    assert answer.model == "scripted"
    assert answer.seconds >= 0


def test_columns_are_seen_as_attributes_too(namespace):
    _, answer = ask("mean price", namespace, "homes.price.mean()")
    assert answer.columns == ("price",)


def test_the_same_code_twice_is_one_candidate(namespace):
    _, answer = ask("mean price", namespace, GOOD, GOOD)
    assert answer.others == ()


def test_the_model_is_given_the_settings(namespace):
    model, _ = ask("mean price", namespace, candidates=7, seed=11)
    assert model.asked == [(7, 11)]


def test_code_that_was_rejected_is_listed_with_its_findings(namespace):
    with pytest.raises(NoUsableCandidate) as error:
        ask("mean price", namespace, BAD, "homes[")
    lines = str(error.value).splitlines()
    assert lines[0] == "None of 2 candidates passed the checks:"
    assert lines[1].startswith("  1. NB") and "prise" in lines[1] and "price" in lines[1]
    assert lines[2].startswith("  2. NB")
    assert "Name the table and its columns" in lines[3]
    assert len(error.value.rejected) == 2


def test_a_model_that_writes_nothing_is_said_plainly(namespace):
    with pytest.raises(NoUsableCandidate, match="wrote no code"):
        generate("mean price", namespace, ScriptedModel([]), Settings())


def test_a_declined_request_keeps_its_guess_out_of_the_message(namespace):
    declined = Completion(GOOD, -1.0, declined="This is about the weather.")
    with pytest.raises(Declined) as error:
        ask("will it rain", namespace, declined)
    assert str(error.value) == "This is about the weather."
    assert error.value.guess == GOOD


def test_a_decline_that_is_not_the_models_best_is_skipped(namespace):
    _, answer = ask("mean price", namespace, GOOD, Completion("", -2.0, declined="no"))
    assert (answer.code, answer.others) == (GOOD, ())


@pytest.mark.parametrize("request_", ["", " \n\t"])
def test_an_empty_request_is_an_error_with_an_example(namespace, request_):
    with pytest.raises(EmptyRequest, match="for example"):
        ask(request_, namespace)


def test_without_tables_the_error_says_how_to_make_one():
    with pytest.raises(NoTables, match="read_csv"):
        ask("mean price", {"x": 1})


def test_tables_are_restricted_by_setting_and_by_mention(namespace):
    everything, _ = ask("mean price", namespace)
    setting, _ = ask("mean price", namespace, tables=("homes",))
    mention, _ = ask("mean price in @homes", namespace)
    assert "sales" in everything.prompts[0].text
    assert "sales" not in setting.prompts[0].text
    assert "sales" not in mention.prompts[0].text
    assert "@" not in mention.prompts[0].text


def test_an_unknown_table_is_an_error_in_either_place(namespace):
    with pytest.raises(UnknownName, match="did you mean homes"):
        ask("mean price", namespace, tables=("home",))
    with pytest.raises(UnknownName, match="did you mean @homes"):
        ask("mean price in @home", namespace)


def test_a_column_that_does_not_exist_is_an_error_before_the_model_is_asked(namespace):
    model = ScriptedModel([GOOD])
    with pytest.raises(UnknownName, match="'price'"):
        generate('mean of homes["prise"]', namespace, model, Settings())
    assert model.prompts == []


def test_a_followup_may_name_what_the_code_before_made(namespace):
    previous = 'homes.groupby("city").agg(mean_price=("price", "mean"))'
    model, _ = ask("now sorted by mean_price", namespace, previous=previous)
    assert model.prompts[0].previous == previous


@pytest.mark.parametrize(
    ("where", "privacy", "told"),
    [
        ("in process", None, True),
        ("this machine", None, True),
        ("https://models.example", None, False),
        ("http://localhost:8000/v1", None, False),
        ("in process", "names", False),
        ("this machine", "names", False),
        ("http://localhost:8000/v1", "samples", True),
    ],
)
def test_cells_reach_the_prompt_only_in_a_process_of_ours_or_when_asked_for(
    namespace, where, privacy, told
):
    model = ScriptedModel()
    model.where = where
    text = prompt_for("mean price", namespace, model, Settings(privacy=privacy)).text
    assert ("Quito" in text) is told


def test_the_prompt_shown_is_the_prompt_sent(namespace):
    model, _ = ask("mean price in @homes", namespace, candidates=2)
    assert model.prompts == [prompt_for("mean price in @homes", namespace, model, Settings())]


def test_nothing_in_the_namespace_changes(namespace):
    before = {name: id(value) for name, value in namespace.items()}
    frame = namespace["homes"].copy()
    ask("mean price", namespace, BAD, GOOD)
    assert {name: id(value) for name, value in namespace.items()} == before
    pd.testing.assert_frame_equal(namespace["homes"], frame)


def test_a_stop_between_completions_ends_the_request(namespace):
    model = ScriptedModel([GOOD, GOOD])
    stops = []
    model.working = lambda: stops.append("now")
    with pytest.raises(Cancelled):
        generate("mean price", namespace, model, Settings(), stop=lambda: bool(stops))
    assert model.stopped == 1


def test_an_interrupt_cancels_and_the_next_request_works(namespace):
    model = ScriptedModel([GOOD], [GOOD])
    model.working = lambda: signal.raise_signal(signal.SIGINT)
    with pytest.raises(Cancelled, match="nothing was changed"):
        generate("mean price", namespace, model, Settings())
    model.working = lambda: None
    assert generate("mean price", namespace, model, Settings()).code == GOOD
    assert set(namespace) == {"homes", "sales", "threshold"}


def test_an_interrupt_is_told_to_a_model_that_works_elsewhere(namespace):
    looked = []

    class Threaded(ScriptedModel):
        def complete(self, prompt, *, count, seed, stop):
            looked.append(stop)
            raise KeyboardInterrupt

    with pytest.raises(Cancelled):
        generate("mean price", namespace, Threaded(), Settings())
    assert looked[0]()


def test_a_bug_in_a_model_is_not_hidden(namespace):
    model = ScriptedModel(GOOD)
    model.working = lambda: 1 / 0
    with pytest.raises(ZeroDivisionError):
        generate("mean price", namespace, model, Settings())
