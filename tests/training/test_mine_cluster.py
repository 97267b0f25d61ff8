"""Many processes find what one finds, in the same order; and memory does not grow with a corpus."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from nbcodegen.training.errors import CannotRead
from nbcodegen.training.mining.cluster import FEWEST, mine_batches
from nbcodegen.training.mining.sources import Search
from nbcodegen.training.recipe import MineSettings

pytest.importorskip("distributed")

RUN = """
import os
import sys
from dataclasses import replace
from pathlib import Path
from nbcodegen.training import mine
from nbcodegen.training.folder import Output
from nbcodegen.training.progress import Quiet
from nbcodegen.training.recipe import MineSettings, Recipe

class Loud(Quiet):
    def say(self, line):
        print(line)

def main(folder, out, workers, scheduler):
    recipe = replace(Recipe(), mine=MineSettings(workers=int(workers), scheduler=scheduler))
    environment = dict(os.environ)
    with Output(Path(out), "mine", {}) as output:
        mine.run([Path(folder)], output, recipe, Loud())
    assert os.environ == environment, "training would run on one thread"
    # Not `ru_maxrss`: a child begins with what its parent had when it forked.
    peak = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
    print(int(peak[0].split()[1]) / 1024 if peak else 0.0)

if __name__ == "__main__":
    main(*sys.argv[1:])
"""


def fill(folder, count):
    """Write notebooks that differ, in a few folders; one in fifty is cut short."""
    for number in range(count):
        place = folder / f"project{number % 5}" / f"{number:05}.ipynb"
        place.parent.mkdir(parents=True, exist_ok=True)
        cells = [
            {"cell_type": "code", "source": "df = pd.read_csv('x')", "outputs": []},
            {"cell_type": "markdown", "source": f"Plot price {number} by city"},
            {"cell_type": "code", "source": f"df.plot(y='price{number}')", "outputs": [
                {"output_type": "display_data", "data": {"image/png": "A" * 20_000}}]},
        ]  # fmt: skip
        text = json.dumps({"cells": cells, "metadata": {}})
        place.write_text(text[:200] if number % 50 == 7 else text)


def run(tmp_path, name, workers, scheduler=""):
    """Mine in a process of its own; return what it wrote and what it said."""
    script = tmp_path / "run.py"
    script.write_text(RUN)
    out = tmp_path / name
    command = [sys.executable, script, tmp_path / "notebooks", out, str(workers), scheduler]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    manifest = json.loads((out / "manifest.json").read_text())
    told = {key: manifest[key] for key in ("inputs", "kept", "dropped", "files")}
    return (out / "records.jsonl").read_bytes(), told, done.stdout


@pytest.mark.slow
def test_two_processes_write_the_very_bytes_that_one_writes(tmp_path):
    fill(tmp_path / "notebooks", FEWEST + 120)
    alone, told_alone, said = run(tmp_path, "alone", 1)
    assert "processes" not in said
    together, told_together, said = run(tmp_path, "together", 2)
    assert "Reading on 2 processes." in said
    assert together == alone
    assert told_together == told_alone
    assert told_alone["kept"] == FEWEST + 120 - 7


@pytest.mark.slow
def test_a_scheduler_that_runs_elsewhere_is_used(tmp_path):
    from distributed import LocalCluster

    fill(tmp_path / "notebooks", 60)
    alone, _, _ = run(tmp_path, "alone", 1)
    with LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        there, _, said = run(tmp_path, "there", 0, cluster.scheduler_address)
    assert "Reading on 1 process." in said
    assert there == alone


def test_a_small_folder_is_not_worth_a_cluster(tmp_path):
    fill(tmp_path / "notebooks", 30)
    said = []
    batches = Search((), lambda path, reason: None).batches([tmp_path / "notebooks"])
    found = list(mine_batches(batches, MineSettings(workers=2), said.append))
    assert len(found) == 30
    assert said == []


def test_a_scheduler_that_does_not_answer_is_an_error():
    settings = MineSettings(scheduler="not an address")
    with pytest.raises(CannotRead, match="No dask scheduler answers at not an address"):
        list(mine_batches(iter(()), settings, print))


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux for the peak")
def test_memory_does_not_grow_with_the_corpus(tmp_path):
    fill(tmp_path / "notebooks", 300)
    _, _, said = run(tmp_path, "few", 1)
    few = float(said.splitlines()[-1])
    fill(tmp_path / "notebooks", 3_000)
    _, _, said = run(tmp_path, "many", 1)
    many = float(said.splitlines()[-1])
    assert many < few + 15
    assert many < 250
