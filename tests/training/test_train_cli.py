"""The command `nbcodegen-train`: its help, its mistakes, and stages that go on or refuse."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nbcodegen.training.cli import STAGES, main
from nbcodegen.training.errors import TrainError
from nbcodegen.training.folder import Output
from nbcodegen.training.progress import Quiet
from nbcodegen.training.recipe import load
from nbcodegen.training.records import Pair
from nbcodegen.training.stages import STAGES as KNOWN
from nbcodegen.training.stages import named, run_stage

HEAVY = "torch transformers pandas numpy peft onnxruntime dask distributed".split()


def test_the_command_and_the_runner_know_the_same_stages():
    assert tuple(stage.name for stage in KNOWN) == STAGES


@pytest.mark.parametrize("arguments", [["--help"], ["tune", "--help"]])
def test_help_loads_nothing_heavy(arguments):
    program = (
        "import sys\nfrom nbcodegen.training.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert "usage: nbcodegen-train" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "no such file or folder"),
        ([".", "--name", "../x"], "letters, digits"),
        ([".", "--set", "tune.max=1"], "max_steps"),
        ([".", "--recipe", "labtop"], "laptop"),
        (["clean", "nowhere", "--out", "x"], "manifest.json"),
    ],
)
def test_a_mistake_is_one_line_and_no_traceback(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error and error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def mined(tmp_path):
    with Output(tmp_path / "mine", "mine", {}) as out:
        for number in range(40):
            place = f"book{number // 4}.ipynb#{number}"
            out.write(Pair(f"show row {number}", f"df.head({number})", source="s", place=place))
    return tmp_path / "mine"


def split(mined, out, *overrides, **how):
    return run_stage(named("split"), [mined], out, load("laptop", overrides), Quiet(), **how)


def test_a_stage_that_ended_is_not_run_again(mined, tmp_path):
    first = split(mined, tmp_path / "split")
    stamp = (tmp_path / "split" / "manifest.json").stat().st_mtime_ns
    assert split(mined, tmp_path / "split") == first
    assert (tmp_path / "split" / "manifest.json").stat().st_mtime_ns == stamp


def test_another_run_in_the_same_folder_is_refused_unless_it_is_forced(mined, tmp_path):
    split(mined, tmp_path / "split")
    with pytest.raises(TrainError, match="--force"):
        split(mined, tmp_path / "split", "split.test=0.3")
    assert split(mined, tmp_path / "split", "split.test=0.3", force=True).settings["split"]


def test_a_folder_with_files_of_somebody_else_is_never_written_to(mined, tmp_path):
    (tmp_path / "split").mkdir()
    (tmp_path / "split" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(TrainError, match="no stage wrote"):
        split(mined, tmp_path / "split", force=True)
    assert (tmp_path / "split" / "thesis.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
def test_a_dry_run_tells_what_would_come_and_leaves_nothing_behind(tmp_path, monkeypatch, capsys):
    from nbcodegen.training.scoring.house import __main__ as house

    monkeypatch.setenv("NBCODEGEN_HOME", str(tmp_path / "home"))
    house.main(["--out", str(tmp_path / "house"), "--notebooks", "4"])
    before = sorted(tmp_path.rglob("*"))
    capsys.readouterr()
    assert main([str(tmp_path / "house" / "notebooks"), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "4 notebooks and scripts" in told
    assert "mine: about" in told and "format: about" in told
    assert "at most 9 minutes" in told and "GB of memory" in told
    assert sorted(tmp_path.rglob("*")) == before
