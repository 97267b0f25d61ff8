"""A generation steps aside while a cell runs, and only then."""

from __future__ import annotations

import threading
import time

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from nbcodegen.bridge.courtesy import SHARE, Courtesy, cell_is_running


def worked(seconds):
    """Compute for so long, as this thread's own clock has it."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def napped(running):
    """Seconds that a generation of some steps spent asleep."""
    stop = Courtesy(lambda: False, running=lambda: running)
    start, own = time.perf_counter(), time.thread_time()
    for _ in range(5):
        worked(0.004)
        assert not stop()
    return time.perf_counter() - start - (time.thread_time() - own)


def test_it_naps_while_a_cell_runs_for_as_long_as_the_work_before_asks():
    assert napped(running=True) > 0.8 * 5 * 0.004 * (1 / SHARE - 1)


def test_a_generation_that_was_stopped_does_not_nap(monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: 1 / 0)
    stop = Courtesy(lambda: True, running=lambda: True)
    worked(0.004)
    assert stop()


def test_without_a_running_cell_nobody_sleeps(monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: 1 / 0)
    stop = Courtesy(lambda: False, running=lambda: False)
    worked(0.004)
    assert not stop()


def test_a_running_cell_is_seen_from_another_thread():
    assert not cell_is_running()
    seen = []
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.user_ns["look"] = lambda: seen.append(cell_is_running())
    code = "import threading; t = threading.Thread(target=look); t.start(); t.join()"
    assert threading.current_thread() is threading.main_thread()
    shell.run_cell(code)
    assert seen == [True]
