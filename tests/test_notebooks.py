"""The notebooks run in a real kernel, from the first cell to the last."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
QUICKSTART = NOTEBOOKS / "01_quickstart.ipynb"
TUNING = NOTEBOOKS / "03_tune_on_your_notebooks.ipynb"
REQUESTS = [
    cell.source
    for cell in nbformat.read(QUICKSTART, as_version=4).cells
    if cell.source.startswith(("%%generate", "%generate"))
]
DECLINED = "%%generate write an email to my landlord"


@pytest.fixture(scope="module")
def executed():
    """The quickstart after a run; a cell that fails unannounced fails here."""
    notebook = nbformat.read(QUICKSTART, as_version=4)
    where = {"metadata": {"path": str(NOTEBOOKS)}}
    return NotebookClient(notebook, timeout=120, resources=where).execute()


def test_every_code_cell_of_the_quickstart_runs(executed):
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


@pytest.mark.parametrize("request_cell", [cell for cell in REQUESTS if cell != DECLINED])
def test_a_request_of_the_quickstart_is_answered_with_code_over_its_table(executed, request_cell):
    (cell,) = (cell for cell in executed.cells if cell.source == request_cell)
    assert "homes" in str(cell.outputs)


def test_what_is_not_its_work_is_declined_in_the_quickstart(executed):
    (cell,) = (cell for cell in executed.cells if cell.source == DECLINED)
    assert "UsageError" in str(cell.outputs)


@pytest.mark.slow
def test_the_notebook_about_tuning_ends_with_an_adapter_that_answers(tmp_path, monkeypatch):
    monkeypatch.setenv("NBCODEGEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    notebook = nbformat.read(TUNING, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace('"60"', '"16"')
        cell.source = cell.source.replace("tune.max_minutes=3", "tune.max_steps=6")
    NotebookClient(notebook, timeout=900).execute()
    outputs = {cell.source: str(cell.outputs) for cell in notebook.cells if "outputs" in cell}
    assert any("adapter:company" in told for cell, told in outputs.items() if "models" in cell)
    assert "binder" in outputs["%%generate --model adapter:company total net premium by desk"]


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_kept_without_outputs(path):
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs") and not cell.get("execution_count")
