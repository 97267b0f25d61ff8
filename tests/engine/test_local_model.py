"""One process holds the model for every kernel: it is shared, stopped, lost and found again."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from itertools import pairwise
from multiprocessing.connection import Client
from pathlib import Path

import pandas as pd
import pytest

from nbcodegen.causal.opening import What
from nbcodegen.engine import places
from nbcodegen.engine.line import Lost, answers, connect, send
from nbcodegen.engine.model import LocalModel
from nbcodegen.engine.requests import message
from nbcodegen.errors import Cancelled, DamagedModel, NoModel
from nbcodegen.prompt import render
from nbcodegen.schema import table_schemas
from nbcodegen.values import Decoding

pytestmark = pytest.mark.usefixtures("home")
HOMES = pd.DataFrame({"price": [100.0, 250.0], "city": ["Lima", "Quito"]})


def prompt(request="mean price by city"):
    return render(table_schemas({"homes": HOMES}), request, privacy="names")


def never():
    return False


@pytest.fixture
def model(folder):
    return LocalModel("tiny", What(str(folder)), Decoding(tokens=40))


def codes(model, count=1, stop=never, request="mean price by city"):
    found = model.complete(prompt(request), count=count, seed=3, stop=stop)
    return [each.text for each in found if not each.partial]


def engine():
    (place,) = places.every()
    return place


def test_the_second_request_finds_the_model_open(model, folder):
    first = codes(model)
    pid = engine().pid
    assert codes(LocalModel("other kernel", What(str(folder)), Decoding(tokens=40))) == first
    assert engine().pid == pid
    assert "CPU" in model.about


def test_another_process_is_served_by_the_same_engine(model, folder):
    first = codes(model)
    program = (
        "from test_local_model import *; "
        f"print(codes(LocalModel('tiny', What({str(folder)!r}), Decoding(tokens=40))))"
    )
    here = Path(__file__).parent
    where = os.pathsep.join([str(here), str(here.parent)])
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": where},
    )  # fmt: skip
    assert done.stdout.strip() == str(first)
    assert len(list(places.every())) == 1


def test_the_first_candidate_is_seen_while_it_is_written(model):
    events = list(model.complete(prompt(), count=2, seed=0, stop=never))
    partial = [each.text for each in events if each.partial and each.text]
    assert len(partial) > 2
    assert all(later.startswith(sooner) for sooner, later in pairwise(partial))
    assert [each.partial for each in events[-2:]] == [False, False]


def test_several_candidates_come_with_the_likeliest_first(model):
    assert codes(model, count=3)[0] == codes(model)[0]


def test_a_stop_ends_the_answer_and_the_engine_goes_on(folder):
    slow = LocalModel("tiny", What(str(folder)), Decoding(tokens=800, lookup=0))
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(Cancelled):
        codes(slow, 4, stop.is_set)
    assert codes(LocalModel("tiny", What(str(folder)), Decoding(tokens=40)))


def test_a_caller_that_dies_in_the_middle_costs_the_others_nothing(model, folder):
    first = codes(model)
    line = connect(engine())
    send(line, message(prompt(), 4, 0, Decoding(tokens=800, lookup=0)))
    line.recv_bytes()
    line.close()
    assert codes(model) == first


def test_a_caller_that_does_not_read_holds_up_nobody(model):
    first = codes(model)
    lines = [connect(engine()) for _ in range(3)]
    for line in lines:
        send(line, message(prompt(), 2, 0, Decoding(tokens=800, lookup=0)))
    assert codes(model) == first
    for line in lines:
        line.close()


def test_two_kernels_that_ask_at_once_are_answered_in_turn(model, folder):
    codes(model)
    heard, long = [], Decoding(tokens=600, lookup=0)

    def ask(name):
        line = connect(engine())
        send(line, message(prompt(), 1, 0, long))
        for told in answers(line, never):
            if "piece" in told:
                heard.append(name)

    both = [threading.Thread(target=ask, args=(name,)) for name in "ab"]
    for each in both:
        each.start()
    for each in both:
        each.join()
    changes = sum(one != other for one, other in pairwise(heard))
    assert changes > 20


def test_an_engine_that_was_killed_is_reported_and_started_again(model):
    first, pid = codes(model), engine().pid
    slow = LocalModel("tiny", model._what, Decoding(tokens=800, lookup=0))
    begun = slow.complete(prompt(), count=4, seed=0, stop=never)
    next(begun)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(NoModel, match="started again"):
        list(begun)
    assert codes(model) == first
    assert engine().pid != pid


def test_an_engine_that_ends_before_it_says_a_word_is_started_again_unnoticed(model, monkeypatch):
    from nbcodegen.engine import model as engine_model

    first, real, lost = codes(model), engine_model.send, []

    def send_to_one_that_just_ended(line, question):
        if not lost:
            lost.append(line)
            raise Lost("it went")
        real(line, question)

    monkeypatch.setattr(engine_model, "send", send_to_one_that_just_ended)
    assert codes(model) == first
    assert lost


def test_what_is_written_down_of_it_is_for_its_owner_only(model, home):
    codes(model)
    (folder,) = (home / "engines").iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        if path.suffix in (".json", ".log"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_who_does_not_know_the_secret_is_not_heard(model):
    codes(model)
    place = engine()
    wrong = places.Place(place.key, place.pid, place.address, "00" * 32, place.model)
    with pytest.raises(Lost):
        connect(wrong)
    assert codes(model)


def test_callers_who_say_nothing_hold_up_nobody(model):
    first = codes(model)
    silent = [Client(engine().address) for _ in range(8)]
    late = threading.Timer(10, lambda: [line.close() for line in silent])
    late.start()
    assert codes(model) == first
    assert late.is_alive()
    late.cancel()
    assert all(line.poll(10) and line.recv_bytes().startswith(b"#CHALLENGE#") for line in silent)
    for line in silent:
        line.close()


def test_callers_who_talk_nonsense_are_hung_up_on_and_the_engine_lives(model):
    first, pid = codes(model), engine().pid
    for nonsense in (b"", b"{}", b"#CHALLENGE#", b"#WELCOME#", b"0" * 1000):
        with Client(engine().address) as line:
            line.send_bytes(nonsense)
            assert told(line)[1:] in ([], [b"#FAILURE#"])
    assert codes(model) == first
    assert engine().pid == pid


def told(line):
    """All that an engine says until it hangs up."""
    heard = []
    with suppress(EOFError, OSError):
        while True:
            assert line.poll(20), "it neither speaks nor hangs up"
            heard.append(line.recv_bytes())
    return heard


def test_it_ends_by_itself_when_nobody_asks(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("NBCODEGEN_HOME", str(tmp_path))
    monkeypatch.setenv("NBCODEGEN_ENGINE_IDLE_S", "0.3")
    model = LocalModel("tiny", What(str(folder)), Decoding(tokens=8))
    assert codes(model)
    end = time.monotonic() + 20
    while list(places.every()) and time.monotonic() < end:
        time.sleep(0.05)
    assert not list(places.every())
    assert codes(model)


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("nobody/Nothing-7B", NoModel, r"14\.0 GB\).*nbcodegen download nobody/Nothing-7B"),
        ("./nowhere", NoModel, "no folder"),
    ],
)
def test_a_model_that_is_not_here_says_how_to_get_it(tmp_path, monkeypatch, name, error, said):
    monkeypatch.setenv("NBCODEGEN_HOME", str(tmp_path))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(error, match=said):
        codes(LocalModel(name, What(name), Decoding()))


def test_a_model_in_pickles_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("NBCODEGEN_HOME", str(tmp_path))
    (tmp_path / "old").mkdir()
    (tmp_path / "old/pytorch_model.bin").write_bytes(b"\x80\x04K\x01.")
    with pytest.raises(DamagedModel, match="pickles only"):
        codes(LocalModel("old", What(str(tmp_path / "old")), Decoding()))
