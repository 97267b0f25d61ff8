"""Every stage on input that is damaged: one clear line, a status that is not 0, nothing lost."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from nbcodegen.training.cli import STAGES, main
from nbcodegen.training.folder import Output
from nbcodegen.training.records import Pair

# `pretrain` is for other bases than the default one, and says so before it reads anything.
READERS = [name for name in STAGES if name not in ("mine", "pretrain")]


def notebook(number: int, padding: int = 0) -> str:
    cells = [
        {"cell_type": "code", "source": "df = pd.read_csv('homes.csv')", "outputs": []},
        {"cell_type": "markdown", "source": f"Plot the average price {number} by city"},
        {"cell_type": "code", "source": f"df.plot(y='price{number}')" + " " * padding},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def said(capsys: pytest.CaptureFixture[str]) -> str:
    error = capsys.readouterr().err
    assert "Traceback" not in error
    return error.strip().splitlines()[-1]


def written(folder, stage: str) -> None:
    with Output(folder, stage, {}) as out:
        for number in range(12):
            out.write(Pair(f"show row {number}", f"df.head({number})", source="s"))


@pytest.mark.parametrize("stage", STAGES)
def test_an_empty_folder_is_told_in_one_line(tmp_path, capsys, stage):
    (tmp_path / "in").mkdir()
    assert main([stage, str(tmp_path / "in"), "--out", str(tmp_path / "out")]) in (1, 2)
    assert str(tmp_path / "in") in said(capsys)
    assert not (tmp_path / "out" / "manifest.json").exists()


@pytest.mark.parametrize("stage", READERS)
def test_a_manifest_that_was_cut_is_told_in_one_line(tmp_path, capsys, stage):
    written(tmp_path / "in", "split")
    manifest = tmp_path / "in" / "manifest.json"
    manifest.write_text(manifest.read_text()[:150])
    assert main([stage, str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 2
    assert str(tmp_path / "in") in said(capsys)


@pytest.mark.parametrize("stage", READERS)
def test_records_that_were_cut_are_noticed(tmp_path, capsys, stage):
    written(tmp_path / "in", "split")
    records = tmp_path / "in" / "records.jsonl"
    records.write_bytes(records.read_bytes()[:-20])
    kept = records.read_bytes()
    assert main([stage, str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 2
    assert str(tmp_path / "in") in said(capsys)
    assert records.read_bytes() == kept


def test_broken_notebooks_are_named_and_the_others_are_read(tmp_path, capsys):
    books = tmp_path / "books"
    books.mkdir()
    (books / "good.ipynb").write_text(notebook(1), encoding="utf-8")
    (books / "utf16.ipynb").write_text(notebook(2), encoding="utf-16")
    (books / "cut.ipynb").write_text(notebook(3)[:-40], encoding="utf-8")
    (books / "bytes.ipynb").write_bytes(b"\xff\x00\xfe" * 50)
    (books / "empty.ipynb").write_bytes(b"")
    (books / "huge.ipynb").write_text(notebook(4, padding=100_000_000), encoding="utf-8")
    assert main(["mine", str(books), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    for name in ("cut.ipynb", "bytes.ipynb", "empty.ipynb"):
        assert name in told.err + told.out
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["kept"] >= 1


def test_where_nothing_can_be_read_nothing_is_called_a_success(tmp_path, capsys):
    books = tmp_path / "books"
    books.mkdir()
    (books / "cut.ipynb").write_text(notebook(3)[:-40], encoding="utf-8")
    assert main(["mine", str(books), "--out", str(tmp_path / "out")]) == 1
    assert "cut short or damaged (1)" in said(capsys)
    assert not (tmp_path / "out" / "manifest.json").exists()


FULL = """
import resource, sys
from nbcodegen.training.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits files as Linux does")
def test_a_disk_that_fills_up_loses_nothing_and_the_same_command_goes_on(tmp_path):
    for number in range(60):
        (tmp_path / "books").mkdir(exist_ok=True)
        (tmp_path / "books" / f"{number}.ipynb").write_text(notebook(number), encoding="utf-8")
    command = ["mine", str(tmp_path / "books"), "--out", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", FULL, *command], capture_output=True, text=True)
    assert done.returncode == 2
    assert "File too large" in done.stderr and "run it again" in done.stderr
    assert "Traceback" not in done.stderr
    part = (tmp_path / "out" / "records.jsonl.part").read_text().splitlines()
    assert len(part) > 10 and json.loads(part[0])["request"]
    assert main(command) == 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["kept"] == 60
