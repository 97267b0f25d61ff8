"""Harmless programs that look dangerous pass every check and run: no rule reads mere text."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections.abc import Mapping
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from harmless_tables import harmless_tables

from nbcodegen.checks import check
from nbcodegen.checks.mend import mend
from nbcodegen.schema import table_schemas

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


def ran(program: str, tables: Mapping[str, pd.DataFrame]) -> None:
    """Run the program on copies of the tables and draw its figures; raise what it raises."""
    copies = {name: table.copy() for name, table in tables.items()}
    namespace = {"__name__": "__main__", "pd": pd, "np": np, "plt": plt, **copies}
    with (
        contextlib.redirect_stdout(io.StringIO()),
        warnings.catch_warnings(),
        matplotlib.rc_context({"backend": "agg"}),
    ):
        warnings.simplefilter("ignore")
        try:
            exec(program, namespace)
            for number in plt.get_fignums():
                plt.figure(number).canvas.draw()
        finally:
            plt.close("all")


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
def test_a_harmless_program_runs(program: str) -> None:
    ran(mend(program, SCHEMAS, NAMES), TABLES)


def test_there_are_many_harmless_programs() -> None:
    assert len({text for text, _ in PROGRAMS.values()}) >= 130
