"""A generation steps aside while a cell runs, and only then."""

from __future__ import annotations

import threading
import time

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from nbcodegen.bridge.courtesy import LONGEST, SHARE, Courtesy, cell_is_running


@pytest.fixture
def clock(monkeypatch):
    """A thread's own clock that goes on by hand, and the naps that were taken."""
    now, naps = [0.0], []
    monkeypatch.setattr(time, "thread_time", lambda: now[0])
    monkeypatch.setattr(time, "sleep", naps.append)

    def work(seconds):
        now[0] += seconds

    return work, naps


def test_it_naps_while_a_cell_runs_for_as_long_as_the_work_before_asks(clock):
    work, naps = clock
    stop = Courtesy(lambda: False, running=lambda: True)
    for seconds in (0.001, 0.003, 0.0):
        work(seconds)
        assert not stop()
    assert naps == pytest.approx([0.001 * (1 / SHARE - 1), 0.003 * (1 / SHARE - 1)])


def test_a_nap_is_short_enough_to_be_cancelled(clock):
    work, naps = clock
    stop = Courtesy(lambda: False, running=lambda: True)
    work(60)
    stop()
    assert naps == [LONGEST]


@pytest.mark.parametrize(("stopped", "running"), [(True, True), (False, False)])
def test_stopped_or_without_a_running_cell_it_does_not_nap(clock, stopped, running):
    work, naps = clock
    stop = Courtesy(lambda: stopped, running=lambda: running)
    work(0.004)
    assert stop() is stopped
    assert naps == []


def test_a_running_cell_is_seen_from_another_thread():
    assert not cell_is_running()
    seen = []
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.user_ns["look"] = lambda: seen.append(cell_is_running())
    code = "import threading; t = threading.Thread(target=look); t.start(); t.join()"
    assert threading.current_thread() is threading.main_thread()
    shell.run_cell(code)
    assert seen == [True]
