"""Harmless programs that look dangerous pass every check and run: no rule reads mere text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from harmless_tables import harmless_tables

from nbcodegen.checks import check
from nbcodegen.checks.mend import mend
from nbcodegen.footprint import names_in
from nbcodegen.schema import table_schemas
from nbcodegen.trial import Trials
from nbcodegen.trial.sample import take_sample

FOLDER = Path(__file__).parent / "harmless"
SEPARATOR = re.compile(r"^# %%(.*)\n", re.MULTILINE)
TABLES = harmless_tables()
SCHEMAS = table_schemas(TABLES)
NAMES = set(TABLES) | {"pd", "np", "plt"}


def programs() -> dict[str, tuple[str, str]]:
    """Map each program's name to its text and to the false alarm that is known of it, if any."""
    found = {}
    for path in sorted(FOLDER.glob("*.py")):
        _, *parts = SEPARATOR.split(path.read_text("utf-8"))
        for place, (mark, text) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
            found[f"{path.stem}-{place}"] = (text, mark.strip())
    return found


PROGRAMS = programs()


def known_alarm(mark: str) -> list[pytest.MarkDecorator]:
    """`# %% false alarm: NB202 …` above a program: the day it passes, the mark must go."""
    return [pytest.mark.xfail(reason=mark, strict=True)] if mark else []


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(text, id=name, marks=known_alarm(mark))
        for name, (text, mark) in PROGRAMS.items()
    ],
)
def test_a_harmless_program_raises_no_alarm(program: str) -> None:
    found = check(mend(program, SCHEMAS, NAMES), SCHEMAS, NAMES)
    assert [finding for finding in found if finding.rule != "NB204"] == []


@pytest.mark.parametrize(
    "program", [pytest.param(text, id=name) for name, (text, _) in PROGRAMS.items()]
)
def test_a_harmless_program_runs_in_a_trial(program: str, trials: Trials) -> None:
    code = mend(program, SCHEMAS, NAMES)
    (report,) = trials.run([code], take_sample(TABLES, names_in(code)))
    assert report.failure is None


def test_there_are_many_harmless_programs() -> None:
    assert len({text for text, _ in PROGRAMS.values()}) >= 130
