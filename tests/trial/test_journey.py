"""The whole way with real trials: what users get when candidates are run before they are shown."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest
from fakes import ScriptedModel

from nbcodegen.errors import Cancelled, NoUsableCandidate
from nbcodegen.pipeline import generate
from nbcodegen.settings import Settings
from nbcodegen.values import Completion

MEAN = 'homes.groupby("city")["price"].mean()'


@pytest.fixture
def ask(trials, homes):
    def ask(request, *rounds, previous="", **variables):
        model = ScriptedModel(*rounds)
        namespace = {"homes": homes, **variables}
        settings = Settings()
        answer = generate(request, namespace, model, settings, previous=previous, trials=trials)
        return model, answer

    return ask


def test_the_answer_carries_what_its_trial_gave(ask):
    _, answer = ask("mean price by city", [MEAN])
    assert answer.report.shown.head[0] == ("Cusco", "70")
    assert (answer.report.rows, answer.report.of_rows) == (4, 4)


def test_code_that_fails_when_run_gives_way_to_code_that_runs(ask):
    _, answer = ask("mean price by city", ['homes["city"].astype(int)', MEAN])
    assert answer.code == MEAN
    (rejected,) = answer.rejected
    assert rejected.findings[0].rule == "NB301"


def test_two_candidates_that_agree_beat_one_that_is_a_little_likelier(ask):
    lone = Completion('homes["price"].max()', -1.0)
    pair = [Completion('homes["price"].mean()', -1.2), Completion('homes.price.agg("mean")', -1.3)]
    _, answer = ask("typical price", [lone, *pair])
    assert answer.code == 'homes["price"].mean()'
    assert answer.agreeing == 2
    assert [other.code for other in answer.others] == ['homes["price"].max()']


def test_a_chart_that_was_asked_for_beats_code_that_draws_none(ask):
    drawn = f"{MEAN}.plot.bar()"
    _, answer = ask("plot the mean price by city", [Completion(MEAN, -0.1), Completion(drawn, -2)])
    assert answer.code == drawn
    assert answer.report.charts == ("bar",)


def test_a_followup_that_changes_nothing_gives_way_to_one_that_does(ask):
    again, sorted_ = Completion(MEAN, -0.1), Completion(f"{MEAN}.head(2)", -2.0)
    _, answer = ask("now only two of them", [again, sorted_], previous=MEAN)
    assert answer.code == f"{MEAN}.head(2)"


def test_a_second_round_is_told_what_was_wrong_with_the_first(ask):
    model, answer = ask("mean price", ['homes["prise"].mean()', "1 / 0"], [MEAN])
    assert answer.code == MEAN
    rules = [each.findings[0].rule for each in model.prompts[1].rejected]
    assert rules == ["NB202", "NB301"]
    assert len(answer.rejected) == 2


def test_where_nothing_will_do_the_refusal_shows_what_was_tried(ask):
    with pytest.raises(NoUsableCandidate) as refused:
        ask("mean price", ["1 / 0"], ["while True: homes['x']"])
    assert "NB301 line 1: running it gave ZeroDivisionError: division by zero" in str(refused.value)
    assert "NB202" in str(refused.value)


def test_tables_stay_as_they_are_whatever_the_code_does(ask, homes):
    before = pickle.dumps(homes)
    ask("drop the cities", ['homes.drop(columns="city", inplace=True)\nhomes'])
    assert pickle.dumps(homes) == before


def test_a_file_that_was_asked_for_is_in_the_code_and_not_written(ask, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = 'homes.groupby("city")["price"].mean().to_csv("result.csv")'
    _, answer = ask("mean price by city, save it to result.csv", [code])
    assert answer.code == code
    assert answer.report.shown.rows == 3
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_nobody_asked_for_sinks_the_code(ask):
    with pytest.raises(NoUsableCandidate, match="NB105"):
        ask("mean price by city", ['homes.to_csv("x.csv")'])


def test_code_over_what_cannot_be_copied_is_shown_as_checked_only(ask):
    odd = pd.DataFrame({"maker": [lambda: 1, lambda: 2]})
    _, answer = ask("how many rows in odd", ["len(odd)"], odd=odd)
    assert answer.code == "len(odd)"
    assert answer.report.failure.kind == "NotTried"


def test_a_stop_during_a_trial_is_a_cancellation(trials, homes):
    asked = []
    model = ScriptedModel(["while True: pass"])

    def stop():
        asked.append(1)
        return len(asked) > 8

    with pytest.raises(Cancelled):
        generate("x", {"homes": homes}, model, Settings(), trials=trials, stop=stop)
