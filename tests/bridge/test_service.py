"""What the sidebar asks, and what it is told: the same pipeline as the magic's, over messages."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pandas as pd
import pytest
from fakes import ScriptedModel

from nbcodegen.bridge.messages import (
    Card,
    Column,
    ColumnLine,
    Columns,
    Done,
    Failed,
    Hello,
    Kept,
    Preview,
    Progress,
    PromptText,
    Refused,
    Status,
    TableLine,
    Tables,
    Top,
    Tried,
    written,
)
from nbcodegen.bridge.service import Kernel, Service
from nbcodegen.notebook.session import Session
from nbcodegen.settings import Settings
from nbcodegen.values import Completion, Opening

WIRE = Path(__file__).resolve().parents[1] / "golden" / "wire"
HOMES = pd.DataFrame({"price": [100.0, 250.0, 80.0], "area": ["A", "B", "A"]})
MEAN = 'homes.groupby("area")["price"].mean()'
PLOT = 'homes["price"].plot.hist()'

PROVENANCE = {
    "request": "average price by area", "model": "embedded", "revision": "baf5c7f676c0",
    "template": "embedded-v1",
    "version": "0.1.0", "date": "2026-11-21T12:00:00+00:00", "checks": ["parsed", "columns"],
}  # fmt: skip
EXAMPLES = [
    Hello(1, "0.1.0"),
    Tables((TableLine("homes", 300, 6, "pandas"), TableLine("q", None, 2, "duckdb"))),
    Columns("homes", 1, 0, 5000, (ColumnLine("price", 0, "float", 2, 290, "1", "9"),)),
    Column("homes", 0, 300, 300, 2, 290, "1", "9", (3, 5, 8), (Top("Old Town", 7),)),
    Progress(
        "trying", 4, "http://localhost:8000/v1 is sent your request and names", 12, 0.5, "homes."
    ),
    Card(
        0, "homes\n", "homes", ("homes",), ("price",), Tried(3, 3, 38, 2), "", True,
        ("NB301 line 1: <b>empty</b>",),
        Preview("iVBORw0KGgo=", ("bar",), ("area",), (("A",),), 1, 1),
        PROVENANCE,
    ),
    Done(0.412, (Refused("homes.prise", ("NB101 line 1: no column 'prise'",)),)),
    Failed(
        "Declined", "It writes code for tables only.", "homes",
        (Refused("homes.prise", ("NB101 line 1: no column 'prise'",)),),
    ),
    PromptText("TABLE homes"),
    Status(
        "0.1.0", "embedded", "in process", ("embedded", "adapter:sales"), "samples", "auto",
        "seccomp and Landlock", 210, {"candidates": 4},
    ),
    Kept("/home/ana/.local/share/nbcodegen/feedback/2026-11.ipynb"),
]  # fmt: skip


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: message.type)
def test_messages_are_spelled_as_the_front_end_reads_them(golden, message):
    answers = "" if message.type == "hello" else "a1"
    text = json.dumps(written(message, answers), indent=1) + "\n"
    golden(f"wire/{message.type}.json", text)
    assert json.loads(text)["type"] == message.type


def test_every_kind_of_message_has_its_golden_file():
    assert {path.stem for path in WIRE.glob("*.json")} == {each.type for each in EXAMPLES}


class Front:
    """A front end that keeps what it is told."""

    def __init__(self, *answers, **settings):
        self.session = Session()
        self.model = ScriptedModel(*answers)
        self.session.models["embedded"] = self.model
        self.namespace = {"homes": HOMES}
        self.settings = Settings(**{"trial": "off", **settings})
        self.service = Service(
            Kernel(self.session, lambda: self.settings, lambda: dict(self.namespace), lambda: 3)
        )
        self.heard = []
        self.ended = threading.Event()

    def send(self, message, id):
        self.heard.append((id, message))
        if message.type in ("done", "error", "status", "prompt"):
            self.ended.set()

    def ask(self, kind, **message):
        self.ended.clear()
        self.service.take({"id": "a1", "type": kind, **message}, self.send)
        if kind in ("generate", "choose", "prompt"):
            assert self.ended.wait(60)
        return [message for _, message in self.heard]


def test_a_request_is_answered_by_cards_and_an_end():
    front = Front([MEAN, "homes.describe()"])
    progress, first, second, done = front.ask("generate", request="average price by area")
    assert (progress.type, first.type, second.type, done.type) == (
        "progress", "candidate", "candidate", "done")  # fmt: skip
    assert first.code.strip() == MEAN
    assert (first.tables, first.columns) == (("homes",), ("area", "price"))
    assert first.tried is None and first.untried == "trials are off"
    assert first.provenance["request"] == "average price by area"
    assert {id for id, _ in front.heard} == {"a1"}


def test_answers_that_ran_come_with_rows_and_pictures(trials):
    front = Front([MEAN, PLOT], trial="auto")
    front.session.trials, front.session._mode = trials, "auto"
    _, trying, table, chart, _ = front.ask("generate", request="average price by area")
    assert (trying.stage, trying.count) == ("trying", 2)
    assert table.tried.rows == 3 and table.preview.head[0] == ("A", "90")
    assert chart.preview.picture and chart.preview.charts == ("hist",)


def test_a_model_that_opens_and_then_writes_is_watched(monkeypatch):
    monkeypatch.setattr("nbcodegen.watching.SELDOM_S", 0.0)
    front = Front([
        Completion("", 0.0, partial=True, opening=Opening(2.4, 0.5)),
        Completion("homes.gro\x1b[31m", 0.0, partial=True),
        MEAN,
    ])  # fmt: skip
    said = front.ask("generate", request="average price by area")
    _, opening, writing, card, done = said
    assert (opening.stage, opening.seconds, opening.share, opening.code) == (
        "opening", 2, 0.5, "")  # fmt: skip
    assert (writing.stage, writing.code) == ("asking", "homes.gro[31m")
    assert (card.type, card.code.strip(), done.type) == ("candidate", MEAN, "done")


SLOW = "import time\ntime.sleep(3)\nhomes.describe()"


def test_answers_that_are_there_are_shown_while_others_are_tried(trials):
    front = Front([PLOT, SLOW], trial="auto")
    front.session.trials, front.session._mode = trials, "auto"
    *_, early, chart, table, _ = front.ask("generate", request="prices")
    assert (early.settled, chart.settled, table.settled) == (False, True, True)
    assert early.code == chart.code and early.preview.picture and early.tried.rows == 3


def test_what_did_not_pass_is_shown_with_its_reasons():
    front = Front([MEAN, "homes.prise.mean()"])
    *_, done = front.ask("generate", request="average price by area")
    (refused,) = done.refused
    assert refused.code == "homes.prise.mean()" and "prise" in refused.why[0]
    front = Front(["homes.prise.mean()"], [])
    *_, failed = front.ask("generate", request="average price by area")
    assert failed.refused == (refused,)


def test_no_preview_means_that_no_data_is_sent(trials):
    front = Front([MEAN], trial="auto", preview=False)
    front.session.trials, front.session._mode = trials, "auto"
    *_, card, _ = front.ask("generate", request="average price by area")
    assert card.tried and card.preview == Preview()


def test_provenance_holds_no_cell_of_the_data():
    secret = HOMES.assign(area=["Xanadu", "Shambhala", "Xanadu"])
    front = Front([MEAN])
    front.namespace["homes"] = secret
    _, card, _ = front.ask("generate", request="average price by area")
    assert "Xanadu" not in json.dumps(card.provenance)


def test_a_table_that_is_ticked_off_is_not_told_of():
    front = Front([MEAN])
    front.namespace["wages"] = pd.DataFrame({"salary": [1]})
    front.ask("generate", request="average price by area", without=["wages"])
    assert "wages" not in front.model.prompts[0].text


def test_a_follow_up_works_on_the_answer_that_was_chosen():
    front = Front([MEAN])
    front.ask("generate", request="make it horizontal", previous=PLOT)
    assert front.model.prompts[0].previous == PLOT


def test_the_magic_goes_on_from_what_the_sidebar_was_given():
    front = Front([MEAN])
    front.ask("generate", request="average price by area")
    assert front.session.last_code([]).strip() == MEAN


def test_cancelling_ends_a_generation_at_once_and_the_next_one_works():
    front = Front([MEAN], [MEAN])
    front.model.pause = 60
    asking = threading.Thread(target=front.ask, args=("generate",), kwargs={"request": "x"})
    asking.start()
    while not front.model.prompts:
        pass
    front.service.take({"id": "b", "type": "cancel", "job": "a1"}, front.send)
    asking.join(5)
    assert not asking.is_alive()
    assert front.heard[-1][1].kind == "Cancelled"
    front.model.pause = 0
    assert front.ask("generate", request="average price")[-1].type == "done"


@pytest.mark.parametrize(
    ("message", "kind", "said"),
    [
        ({"type": "generate", "request": "  "}, "EmptyRequest", "Nothing was asked"),
        ({"type": "generate", "request": "x"}, "NoUsableCandidate", "no code"),
        ({"type": "generate", "request": "x", "model": "gpt"}, "UnknownName", "gpt"),
        ({"type": "generate", "request": "x", "privacy": "all"}, "UnknownName", "privacy"),
        ({"type": "columns", "table": "gone"}, "UnknownName", "gone"),
        ({"type": "column", "table": "homes", "position": 99}, "UnknownName", "99"),
        ({"type": "columns"}, "Bug", "table"),
        ({"type": "dance"}, "Bug", "dance"),
        ({}, "Bug", "''"),
    ],
)
def test_what_goes_wrong_is_a_message_and_never_an_exception(message, kind, said):
    front = Front()
    front.service.take({"id": "a1", **message}, front.send)
    assert message.get("type") != "generate" or front.ended.wait(30)
    failed = front.heard[-1][1]
    assert (failed.type, failed.kind) == ("error", kind)
    assert said in failed.message


def test_what_leaves_the_process_is_said_once():
    front = Front([MEAN], [MEAN])
    front.model.where = "http://localhost:8000/v1"
    said = [each for each in front.ask("generate", request="mean") if each.type == "progress"]
    assert "http://localhost:8000/v1" in said[1].notice
    front.heard.clear()
    said = [each for each in front.ask("generate", request="mean") if each.type == "progress"]
    assert not any(each.notice for each in said)


def test_a_request_that_is_declined_comes_with_its_guess():
    front = Front([Completion("homes", 0.0, declined="It writes code for tables only.")])
    *_, failed = front.ask("generate", request="write a poem")
    assert (failed.kind, failed.guess) == ("Declined", "homes")


def test_the_exact_prompt_is_shown_on_request():
    front = Front()
    (told,) = front.ask("prompt", request="average price")
    assert "price" in told.text and "average price" in told.text


def test_settings_that_are_chosen_hold_until_they_are_chosen_again():
    front = Front()
    (status,) = front.ask("choose", privacy="names")
    assert front.session.chosen == {"privacy": "names"}
    assert status.models[0] == "embedded"
    *_, failed = front.ask("choose", model="gpt")
    assert failed.kind == "UnknownName"
    assert front.session.chosen == {"privacy": "names"}


def test_an_opinion_is_kept_in_the_users_own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("NBCODEGEN_HOME", str(tmp_path))
    said = Front().ask("feedback", request="mean", code=MEAN, liked=True, tables=["homes"])
    assert said[0].path.startswith(str(tmp_path))
    assert MEAN.replace('"', '\\"') in Path(said[0].path).read_text(encoding="utf-8")
