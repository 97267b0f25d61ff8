"""Trials as users of a notebook meet them: in the output, in the status, and gone with us."""

from __future__ import annotations

import psutil
import pytest
from fakes import ScriptedModel
from IPython.utils.capture import capture_output

pytestmark = pytest.mark.usefixtures("trials_on")

CHART = 'homes.groupby("city")["price"].mean().plot.bar()'


@pytest.fixture
def lab(shell):
    yield shell
    shell.run_line_magic("unload_ext", "nbcodegen")


def session(shell):
    return shell.magics_manager.registry["NBCodegen"].session


def ask(shell, line, code):
    session(shell).models["embedded"] = ScriptedModel([code])
    with capture_output() as shown:
        shell.run_cell(line)
    return shown


def test_the_output_shows_what_ran_and_on_how_many_rows(lab):
    (output,) = ask(
        lab, "%generate mean price by city", 'homes.groupby("city").price.mean()'
    ).outputs
    page = output.data["text/html"]
    assert "verified: ran on a copy of all 3 rows in" in page
    assert "<td" in page and "Quito" in page
    assert "  Quito" in output.data["text/plain"]


def test_a_chart_is_shown_as_a_small_picture(lab):
    (output,) = ask(lab, "%generate plot price by city", CHART).outputs
    assert '<img alt="preview: bar"' in output.data["text/html"]
    assert "draws: bar (2 marks)" in output.data["text/plain"]


def test_without_a_preview_no_data_is_in_the_output(lab):
    line = "%generate --no-preview mean price by city"
    (output,) = ask(lab, line, 'homes.groupby("city")["price"].mean()').outputs
    assert "verified" in output.data["text/html"]
    assert "Quito" not in str(output.data)


def test_names_and_cells_from_a_table_are_never_html(lab):
    lab.run_cell("homes = homes.rename(columns={'city': '<script>alert(1)</script>'})")
    lab.run_cell("homes.iloc[:, 0] = ['<img src=x onerror=alert(2)>', 'b', 'c']")
    (output,) = ask(lab, "%generate show it", "homes.head(2)").outputs
    page = output.data["text/html"]
    assert "<script>" not in page and "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_the_status_says_what_holds_trials(lab):
    ask(lab, "%generate mean price", 'homes["price"].mean()')
    with capture_output() as shown:
        lab.run_line_magic("nbcodegen", "")
    said = shown.outputs[0].data["text/plain"]
    assert "on copies, inside seccomp and " in said or "none: " in said


def test_unloading_ends_the_process_for_trials(lab):
    ask(lab, "%generate mean price", 'homes["price"].mean()')
    process = session(lab).trials.process
    assert process is None or psutil.pid_exists(process)
    lab.run_line_magic("unload_ext", "nbcodegen")
    assert process is None or not psutil.pid_exists(process)
    lab.run_line_magic("load_ext", "nbcodegen")


def test_trials_can_be_turned_off(lab):
    (output,) = ask(lab, "%generate --trial off mean price", 'homes["price"].mean()').outputs
    assert "not tried (trials are off)" in output.data["text/plain"]
    assert session(lab).trials is None
