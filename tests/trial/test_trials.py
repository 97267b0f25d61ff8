"""Code runs on a copy, in another process, and what comes back is a bounded report."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time

import numpy as np
import pandas as pd
import psutil
import pytest

from nbcodegen.trial import Trials
from nbcodegen.trial import trials as parent
from nbcodegen.trial.sample import take_sample

PNG = b"\x89PNG"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks are Linux's here")


def test_a_value_comes_back_as_its_first_rows(attempt):
    report = attempt('homes.groupby("city")["price"].mean()')
    assert report.ran
    assert (report.shown.rows, report.shown.columns) == (3, 1)
    assert report.shown.labels == ("city", "price")
    assert report.shown.head == (("Cusco", "70"), ("Lima", "95"), ("Quito", "120"))
    assert (report.rows, report.of_rows) == (4, 4)


def test_a_chart_comes_back_as_a_small_picture_and_what_it_draws(attempt):
    report = attempt('homes.groupby("city")["price"].mean().plot.bar()\nplt.show()')
    assert report.charts == ("bar",)
    assert report.marks == 3
    assert report.picture.startswith(PNG) and len(report.picture) < 50_000
    assert report.shown is None and report.warnings == ()


def test_printed_text_comes_back(attempt):
    assert attempt('print("hello", homes["price"].sum())').printed == "hello 380"


def test_warnings_of_the_code_come_back(attempt):
    report = attempt('import warnings\nwarnings.warn("mind the gap")\n1')
    assert report.warnings == ("mind the gap",)


def test_an_error_comes_back_with_its_line(attempt):
    failure = attempt('x = 1\nhomes["prise"].mean()').failure
    assert (failure.kind, failure.line) == ("KeyError", 2)


def test_a_change_to_a_table_is_seen_and_stays_in_the_trial(attempt, homes):
    before = pickle.dumps(homes)
    report = attempt('homes["double"] = homes["price"] * 2\nhomes = homes.dropna()')
    assert (report.changed, report.rebound) == (("homes",), ("homes",))
    assert pickle.dumps(homes) == before


def test_the_same_data_in_another_form_has_the_same_digest(attempt):
    codes = (
        'homes.groupby("city")["price"].mean()',
        'homes.groupby("city", as_index=False)["price"].mean()',
        'homes.groupby("city").agg(mean=("price", "mean")).sort_values("mean")',
    )
    assert len({attempt(code).digest for code in codes}) == 1
    assert attempt('homes.groupby("city")["price"].max()').digest != attempt(codes[0]).digest


def test_the_same_chart_drawn_in_another_way_has_the_same_digest(attempt):
    one = attempt('homes.groupby("city")["price"].mean().plot.bar(color="red", rot=0)')
    two = attempt('m = homes.groupby("city")["price"].mean()\nplt.bar(m.index, m.values)')
    sideways = attempt('homes.groupby("city")["price"].mean().plot.barh()')
    assert one.digest == two.digest != sideways.digest


@pytest.mark.parametrize(
    ("code", "doubts"),
    [
        ('homes[homes["price"] > 1000]', ("empty",)),
        ('homes.groupby("price").size()', ("constant",)),
        ('homes[homes["city"] == "Lima"]["city"].to_frame()', ()),
        ("homes", ("whole",)),
        ('homes[homes["price"] > 0]', ("whole",)),
        ('homes.assign(again=homes["price"])', ("copied",)),
        ("homes = homes.dropna()\nhomes", ("idle",)),
        ('homes["price"].mean()', ()),
        ('homes.groupby("price").size().plot.bar()', ("constant",)),
        ('homes[homes["price"] > 1000].plot.scatter(x="price", y="price")', ("empty",)),
        ("pass", ("empty",)),
    ],
)
def test_results_that_answer_nothing_are_doubted(attempt, code, doubts):
    assert attempt(code).doubts == doubts


def test_variables_and_modules_of_the_notebook_are_there(attempt):
    import math

    assert attempt("m.floor(limit) + len(homes)", m=math, limit=2.5).shown.text == "6"


def test_code_that_needs_what_cannot_be_copied_is_not_tried(attempt):
    lock = threading.Lock()
    failure = attempt("lock.locked()", lock=lock).failure
    assert failure.kind == "NotTried"
    assert "lock cannot be copied" in failure.message
    assert attempt("len(homes)", lock=lock).ran


def test_a_class_of_the_notebook_s_own_is_a_reason_not_to_try(attempt, monkeypatch):
    class Mine:
        pass

    Mine.__module__, Mine.__qualname__ = "__main__", "Mine"
    monkeypatch.setattr(sys.modules["__main__"], "Mine", Mine, raising=False)
    failure = attempt("mine", mine=Mine()).failure
    assert failure.kind == "NotTried" and "mine cannot be copied" in failure.message


@pytest.mark.parametrize("kind", ["polars", "pyarrow", "duckdb", "series"])
def test_tables_of_other_libraries_are_copied_too(attempt, homes, kind):
    if kind == "series":
        assert attempt("prices.sum()", prices=homes["price"]).shown.text == "380"
        return
    library = pytest.importorskip(kind)
    if kind == "polars":
        table, code = library.from_pandas(homes), 'table["price"].sum()'
    elif kind == "pyarrow":
        table, code = library.Table.from_pandas(homes), 'table.to_pandas()["price"].sum()'
    else:
        report = attempt('table.df()["price"].sum()', table=library.from_df(homes))
        assert report.failure.kind == "NotTried" and "DuckDB" in report.failure.message
        return
    assert attempt(code, table=table).shown.text == "380"


def test_a_large_table_is_sampled_evenly_and_the_report_says_so(attempt):
    large = pd.DataFrame({"n": np.arange(1_000_000)})
    report = attempt('large["n"].describe()', large=large)
    assert (report.rows, report.of_rows) == (5_000, 1_000_000)
    assert (
        attempt('[int(large["n"].min()), int(large["n"].max())]', large=large).shown.text
        == "[0, 999999]"
    )


def test_several_codes_are_tried_each_on_its_own_copy(trials, homes):
    codes = ['homes.drop(columns="price", inplace=True)\nhomes', 'homes["price"].sum()', "1 / 0"]
    first, second, third = trials.run(codes, take_sample({"homes": homes}))
    assert first.shown.labels == ("city", "sold")
    assert second.shown.text == "380"
    assert third.failure.kind == "ZeroDivisionError"


def test_only_charts_that_are_picked_are_drawn_as_pictures(trials, homes):
    codes = ['homes["price"].plot()', 'homes["price"].plot.hist()', "1 + 1"]
    reports = trials.run(codes, take_sample({"homes": homes}), pick=lambda reports: [1])
    assert [bool(report.picture) for report in reports] == [False, True, False]
    both = trials.run(codes, take_sample({"homes": homes}), pick=lambda reports: [1, 0])
    assert [bool(report.picture) for report in both] == [True, True, False]
    nothing = trials.run(codes, take_sample({"homes": homes}), pick=lambda reports: [2])
    assert not any(report.picture for report in nothing)


@linux
def test_code_that_takes_too_long_is_stopped_and_others_are_served(homes):
    with Trials(seconds=1.0) as trials:
        slow, quick = trials.run(["while True: pass", "1 + 1"], take_sample({}))
        assert slow.failure.kind == "Stopped"
        assert quick.shown.text == "2"


@linux
def test_a_stop_ends_a_trial_that_runs(trials):
    stopping = threading.Event()
    threading.Timer(0.3, stopping.set).start()
    start = time.monotonic()
    (report,) = trials.run(["while True: pass"], take_sample({}), stopping.is_set)
    assert report.failure.kind == "NotTried"
    assert time.monotonic() - start < 5  # the trial itself has eight seconds
    assert trials.run(["1 + 1"], take_sample({}))[0].shown.text == "2"


@linux
def test_an_interrupt_leaves_a_place_that_serves_again(homes):
    with Trials() as trials:
        trials.run(["1"], take_sample({}))
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            trials.run(["while True: pass"], take_sample({}))
        assert trials.run(["1 + 1"], take_sample({}))[0].shown.text == "2"


@linux
def test_a_zygote_that_was_killed_is_started_again():
    with Trials() as trials:
        trials.run(["1"], take_sample({}))
        os.kill(trials.process, signal.SIGKILL)
        (lost,) = trials.run(["1 + 1"], take_sample({}))
        assert lost.failure is None or lost.failure.kind == "NotTried"
        assert trials.run(["1 + 1"], take_sample({}))[0].shown.text == "2"


@linux
def test_nothing_is_left_when_trials_are_closed():
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with Trials(seconds=1.0) as trials:
        trials.run(["while True: pass", "1"], take_sample({}))
        assert psutil.pid_exists(trials.process)
    after = {child.pid for child in psutil.Process().children(recursive=True)}
    assert after <= before


@linux
def test_the_zygote_has_one_thread_and_an_empty_environment(trials, attempt):
    attempt("1")
    assert psutil.Process(trials.process).num_threads() == 1
    assert attempt("import os\ndict(os.environ)").shown.text == "{}"


@linux
def test_a_fork_of_the_kernel_does_not_end_its_zygote(trials, attempt):
    attempt("1")
    child = os.fork()
    if not child:
        trials.close()
        os._exit(0)
    os.waitpid(child, 0)
    assert psutil.pid_exists(trials.process)
    trials.start()
    assert attempt("1 + 1").shown.text == "2"


def test_without_a_boundary_nothing_is_tried_unless_the_user_chose_so(monkeypatch, homes):
    monkeypatch.setattr("platform.machine", lambda: "vax")
    with Trials() as trials:
        (report,) = trials.run(["1 + 1"], take_sample({}))
        assert "vax" in trials.refusal
        assert report.failure.kind == "NotTried" and "vax" in report.failure.message
    with Trials(unbounded=True) as trials:
        assert trials.guard.startswith("no boundary")
        assert trials.run(["1 + 1"], take_sample({}))[0].shown.text == "2"


def test_where_processes_cannot_be_forked_each_trial_is_a_fresh_process(monkeypatch, homes):
    monkeypatch.setattr("platform.machine", lambda: "vax")
    monkeypatch.setattr(parent, "_forks", lambda: False)
    with Trials(unbounded=True) as trials:
        reports = trials.run(["len(homes)", "1 / 0"], take_sample({"homes": homes}))
        assert reports[0].shown.text == "4"
        assert reports[1].failure.kind == "ZeroDivisionError"
