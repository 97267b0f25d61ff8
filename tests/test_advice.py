"""Bandit's word on a cell: notes only, quiet, and only where bandit is installed."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from nbcodegen.checks import check
from nbcodegen.checks.advice import advice

# Importing it here would already write its list of plugins into the cache folder.
pytestmark = pytest.mark.skipif(not find_spec("bandit"), reason="bandit is not installed")

CELL = """\
import pandas as pd
cheap = homes[homes["price"] < limit]
by_city = cheap.groupby("city")["price"].agg(["mean", "max"])
for name in by_city.columns:
    print(name, by_city[name].max())
assert len(by_city) > 0
by_city.plot.bar(title="Price")
password = "hunter2"
plt.xlabel("city")
by_city.sort_values("mean")
"""


def test_findings_are_notes_under_bandits_own_codes() -> None:
    found = advice(CELL)
    assert [(note.rule, note.line, note.fatal) for note in found] == [
        ("B101", 6, False),
        ("B105", 8, False),
    ]
    assert found[1].message == "Possible hardcoded password: 'hunter2'"


def test_a_line_that_our_own_policy_names_is_not_named_twice() -> None:
    code = "import pickle\nassert homes is not None"
    assert [note.rule for note in advice(code)] == ["B403", "B101"]
    assert [note.rule for note in advice(code, check(code, [], ["homes"]))] == ["B101"]


def test_code_cannot_excuse_itself() -> None:
    assert [note.rule for note in advice("assert homes  # nosec")] == ["B101"]


def test_random_numbers_and_code_that_does_not_parse_are_passed_over() -> None:
    assert advice("import random\nrandom.random()") == ()
    assert advice("homes[") == advice("a\0b") == ()


def test_without_bandit_there_is_no_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "bandit"]:
        monkeypatch.setitem(sys.modules, name, None)
    assert advice(CELL) == ()


def test_a_cell_takes_no_time_once_bandit_is_there() -> None:
    advice(CELL)
    start = time.perf_counter()
    advice(CELL)
    assert time.perf_counter() - start < 0.2


def test_nothing_is_written_printed_logged_or_taken_over(tmp_path: Path) -> None:
    program = f"""
import logging, warnings
logging.basicConfig(level=logging.DEBUG)
before = warnings.formatwarning
from nbcodegen.checks.advice import advice
assert advice({CELL!r})
assert warnings.formatwarning is before
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.rglob("*")) == []
