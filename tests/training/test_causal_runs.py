"""Runs in processes of their own: killed, several at once, and listened to on the network."""

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from tiny_causal import few_texts, logged, recipe, save_model, tuned

from nbcodegen.training.folder import open_folder
from nbcodegen.training.recipe import RECIPES
from nbcodegen.training.tuning import causal, causal_checkpoints

torch.set_num_threads(1)

PROGRAM = """
import sys
from pathlib import Path

import torch
from tiny_causal import recipe

from nbcodegen.training.folder import Output, open_folder
from nbcodegen.training.progress import Quiet
from nbcodegen.training.tuning import causal, causal_ranks


class Steps(Quiet):
    def track(self, items, what, total=None):
        for item in items:
            print(what, item, flush=True)
            yield item


torch.set_num_threads(1)
texts, out, base, *told = sys.argv[1:]
output = Output(Path(out), "tune", {})
if causal_ranks.is_first():
    with output:
        causal.tune(open_folder(Path(texts)), output, recipe(base, *told), Steps())
else:
    causal.tune(open_folder(Path(texts)), output, recipe(base, *told), Steps())
"""

LISTENED = (
    """
import sys

reached = []
sys.addaudithook(
    lambda event, found: reached.append((event, str(found)))
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}
    else None
)
"""
    + PROGRAM
    + """
assert not reached, reached
print("nobody was asked")
"""
)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return save_model(tmp_path_factory.mktemp("base"), "qwen2")


@pytest.fixture(scope="module")
def texts(base, tmp_path_factory):
    return few_texts(tmp_path_factory.mktemp("data"), base, looked_at=2)


def _command(program, folder, texts, base, *told):
    script = folder / "program.py"
    script.write_text(program)
    return [str(script), str(texts.path), str(folder / "tuned"), str(base), *told]


def _environment(**more):
    paths = os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])
    return {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1", **more}


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_with_the_same_losses(base, texts, tmp_path):
    told = [
        "tune.max_steps=8", "tune.evaluations=2", "lora.lora_dropout=0.2", "tune.quantize=nf4",
        "tune.max_minutes=9",
    ]  # fmt: skip
    whole = tuned(tmp_path / "whole", texts, recipe(base, *told))
    command = _command(PROGRAM, tmp_path, texts, base, *told)
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, text=True, env=_environment()
    ) as process:
        for line in process.stdout:
            if line.strip() == "tune 5":
                process.send_signal(signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL
    again = causal_checkpoints.newest(tmp_path / "tuned" / causal_checkpoints.FOLDER)
    assert again is not None and again.step < 8
    assert not (tmp_path / "tuned/manifest.json").exists()
    resumed = tuned(tmp_path / "tuned", texts, recipe(base, *told))
    assert len(logged(whole)) == 8 and logged(resumed) == logged(whole)
    assert logged(resumed, "eval_loss") == logged(whole, "eval_loss")
    weights = "adapter_model.safetensors"
    assert (resumed.path / weights).read_bytes() == (whole.path / weights).read_bytes()


@pytest.mark.slow
def test_two_processes_learn_what_one_does_with_twice_the_accumulation(base, texts, tmp_path):
    told = ["tune.quantize=nf4", "tune.max_steps=4", "tune.evaluations=1"]
    one = tuned(
        tmp_path / "one", texts, recipe(base, *told, "tune.gradient_accumulation_steps=2")
    )  # fmt: skip
    launch = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]
    command = _command(PROGRAM, tmp_path, texts, base, *told)
    done = subprocess.run([*launch, *command], capture_output=True, text=True, env=_environment())
    assert done.returncode == 0, done.stderr[-3000:]
    two = open_folder(tmp_path / "tuned")
    assert logged(two) == pytest.approx(logged(one), rel=1e-4)
    assert logged(two, "eval_loss") == pytest.approx(logged(one, "eval_loss"), rel=1e-4)


@pytest.mark.slow
def test_with_a_folder_as_base_nobody_on_the_network_is_asked(base, texts, tmp_path):
    told = ["tune.max_steps=2", "tune.evaluations=1", "tune.report_to=tensorboard"]
    command = _command(LISTENED, tmp_path, texts, base, *told)
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, env=_environment()
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "nobody was asked" in done.stdout


def test_the_commands_in_the_recipe_for_several_gpus_can_be_typed():
    from accelerate.commands.launch import launch_command_parser
    from torch.distributed.run import get_args_parser

    text = (RECIPES / "several-gpus.toml").read_text()
    joined = text.replace("# ", "").replace("\\\n", " ")
    lines = [line.strip() for line in joined.splitlines()]
    torchrun = [shlex.split(line)[1:] for line in lines if line.startswith("torchrun ")]
    launched = [shlex.split(line)[2:] for line in lines if line.startswith("accelerate launch ")]
    assert len(torchrun) == 1 and len(launched) == 2
    for arguments in torchrun:
        found = get_args_parser().parse_args(arguments)
        assert found.training_script == "nbcodegen-train" and found.no_python
    for arguments in launched:
        found = launch_command_parser().parse_args(arguments)
        assert found.training_script == "nbcodegen-train" and found.no_python


def test_the_recipes_take_the_same_rows_in_a_step():
    from nbcodegen.training import recipe as recipes

    one, several = recipes.load("gpu"), recipes.load("several-gpus")
    rows = [
        each.tune.per_device_train_batch_size * each.tune.gradient_accumulation_steps
        for each in (one, several)
    ]
    assert rows[0] == 4 * rows[1]
    assert json.dumps(recipes.section(one, "lora")) == json.dumps(recipes.section(several, "lora"))
    assert causal.estimate is not None
