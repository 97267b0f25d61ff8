"""Both ends of a line prove that they know the secret, and neither waits for ever to hear it."""

from __future__ import annotations

import threading
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Listener

import pytest

from nbcodegen.engine import line
from nbcodegen.engine.line import Lost, admit, connect, receive, send
from nbcodegen.engine.places import Place

SECRET, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture
def called():
    """Calls what listens with one secret, by one who knows another or the same."""
    with Listener() as listener:

        def call(secret, listens):
            threading.Thread(target=listens, args=(listener,), daemon=True).start()
            return connect(Place("key", 0, str(listener.address), secret, "tiny"))

        yield call


def engine(listener):
    with suppress(Lost):
        line = listener.accept()
        admit(line, SECRET)
        send(line, receive(line))


def test_who_knows_the_secret_is_heard(called):
    line = called(SECRET, engine)
    send(line, {"do": "status"})
    assert receive(line) == {"do": "status"}


def test_who_does_not_know_it_is_not(called):
    with pytest.raises(Lost):
        called(OTHER, engine)


@pytest.mark.parametrize("says", [b"#WELCOME#", b"#FAILURE#", b"nonsense", b""])
def test_an_engine_that_does_not_know_it_is_not_told_anything(called, says):
    heard = []

    def pretends(listener):
        line = listener.accept()
        line.send_bytes(b"#CHALLENGE#" + b"0" * 20)
        heard.append(line.recv_bytes())
        line.send_bytes(b"#WELCOME#")
        heard.append(line.recv_bytes())
        line.send_bytes(says)

    with pytest.raises(Lost):
        called(SECRET, pretends)
    assert heard[1].startswith(b"#CHALLENGE#")


@pytest.mark.parametrize("says", [[], [b"nonsense"]])
def test_one_who_stalls_is_hung_up_on(monkeypatch, says):
    monkeypatch.setattr(line, "PROVE_S", 0.2)
    here, there = Pipe()
    for each in says:
        there.send_bytes(each)
    with pytest.raises(Lost):
        admit(here, SECRET)
    assert here.closed


def test_one_who_stalls_later_is_hung_up_on_too(monkeypatch):
    """It proves that it knows the secret, and then has no question whether the engine does."""
    monkeypatch.setattr(line, "PROVE_S", 0.2)
    here, there = Pipe()
    proved = threading.Thread(target=line.answer_challenge, args=(there, bytes.fromhex(SECRET)))
    proved.start()
    with pytest.raises(Lost, match="said nothing"):
        admit(here, SECRET)
    proved.join()
