"""An adapter of the embedded model: tuned in 4 bits, resumed, merged, exported, served."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from nbcodegen.embedded.model import WEIGHTS, EmbeddedModel
from nbcodegen.prompt import TEMPLATE, render
from nbcodegen.training import grammar
from nbcodegen.training.errors import DamagedFolder, NothingLeft, TrainError
from nbcodegen.training.folder import Output, open_folder
from nbcodegen.training.progress import Quiet
from nbcodegen.training.recipe import load
from nbcodegen.training.records import Example
from nbcodegen.values import ColumnSchema, TableSchema

HOUSE = TableSchema(
    "pol",
    500,
    (
        ColumnSchema("gwp_eur", "'gwp_eur'", "float", 0, distinct=480, examples=("120.5",)),
        ColumnSchema("lob_cd", "'lob_cd'", "string", 1, distinct=4, examples=("'MOT'",)),
        ColumnSchema("uw_yr", "'uw_yr'", "integer", 2, distinct=6, examples=("2019",)),
    ),
)
PLAN = ("from", "T0", "by", "C0.1", "end", "sum", "C0.0", "end", "show")
WORDINGS = ("premium by line", "show premium by line", "premium per line", "by line premium")
QUICK = (
    "tune.per_device_train_batch_size=4", "tune.max_minutes=0", "tune.evaluations=2",
    "tune.replay=0", "tune.report_to=none", "lora.lora_dropout=0",
)  # fmt: skip


def formatted(folder, examples):
    with Output(folder, "format", {}) as out:
        for example in examples:
            out.write(example, "train.jsonl")
    return open_folder(folder)


def tuned(folder, tmp_path, *settings, judge=lambda pairs, codes: 0.0):
    from nbcodegen.training.tuning import embedded_tune

    recipe = load("laptop", [*QUICK, *settings])
    with Output(tmp_path / "tune", "tune", {}) as out:
        embedded_tune.tune(folder, [], out, recipe, Quiet(), judge)
    return open_folder(tmp_path / "tune")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A model that was told what premium and line are called here."""
    from nbcodegen.training.tuning import embedded_export

    folder = tmp_path_factory.mktemp("house")
    examples = [Example(words, (HOUSE,), PLAN, "en", "house") for words in WORDINGS]
    tune = tuned(
        formatted(folder / "format", examples), folder,
        "tune.max_steps=8", "tune.learning_rate=2e-3",
    )  # fmt: skip
    with Output(folder / "merge", "merge", {}) as out:
        embedded_export.merge(tune.path, out)
    with Output(folder / "export", "export", {}) as out:
        embedded_export.export(folder / "merge", out)
    return folder


def test_what_a_house_calls_its_columns_is_learnt_and_served(house):
    prompt = render((HOUSE,), "premium by line", privacy="samples")
    assert (
        EmbeddedModel().greedy(prompt).text
        != EmbeddedModel(house / "export" / "graphs").greedy(prompt).text
    )
    answer = EmbeddedModel(house / "export" / "graphs").greedy(prompt).text
    assert answer.strip() == 'pol.groupby("lob_cd")["gwp_eur"].sum()'


def test_a_strength_of_a_half_lies_in_the_middle_between_base_and_learnt(house, tmp_path):
    import torch
    from safetensors.torch import load_file

    from nbcodegen.embedded.model import WEIGHTS
    from nbcodegen.training.embedded import weights
    from nbcodegen.training.tuning import embedded_export

    with Output(tmp_path / "half", "merge", {}) as out:
        embedded_export.merge(house / "tune", out, 0.5)
    half = load_file(str(tmp_path / "half" / embedded_export.WEIGHTS_FILE))
    whole = load_file(str(house / "merge" / embedded_export.WEIGHTS_FILE))
    base = weights.network(WEIGHTS).state_dict()
    assert any(not torch.equal(whole[name], own) for name, own in base.items())
    for name, own in base.items():
        assert torch.allclose(half[name], (own + whole[name]) / 2, atol=1e-6)


@pytest.mark.parametrize(
    ("base", "strength", "said"),
    [("embedded", "0", "above 0"), ("embedded", "1.5", "1 at most"), ("a/b", "0.5", "as it is")],
)
def test_a_strength_that_means_nothing_is_refused(tmp_path, base, strength, said):
    from nbcodegen.training import merge, recipe
    from nbcodegen.training.errors import BadRecipe
    from nbcodegen.training.progress import Quiet

    told = recipe.load("gpu", (f"base={base}", f"merge.strength={strength}"))
    with pytest.raises(BadRecipe, match=said):
        merge.run([tmp_path], None, told, Quiet())


def test_merged_weights_say_what_base_and_adapter_say_together(house):
    import torch
    from peft import PeftModel

    from nbcodegen.training.embedded import weights
    from nbcodegen.training.embedded.dataset import Tokens, rows
    from nbcodegen.training.tuning.embedded_network import merged
    from nbcodegen.training.tuning.embedded_rows import batch

    examples = [grammar.sample(Random(seed)) for seed in range(6)]
    inputs = batch(rows(examples, Tokens(WEIGHTS), Random(0), {}))
    inputs.pop("target")
    apart = PeftModel.from_pretrained(weights.network(WEIGHTS), str(house / "tune")).eval()
    with torch.no_grad():
        difference = merged(house / "tune")(**inputs) - apart(**inputs)
        told = apart(**inputs) - weights.network(WEIGHTS).eval()(**inputs)
    assert difference.abs().max() < 1e-3
    assert told.abs().max() > 0.1


def test_the_adapter_says_what_it_is(house):
    told = json.loads((house / "export" / "adapter.json").read_text(encoding="utf-8"))
    assert told["base"] == "embedded" and told["kind"] == "embedded"
    assert told["template"] == TEMPLATE
    assert told["data"] == open_folder(house / "format").manifest.hash
    assert told["settings"]["lora"]["r"] == 16


def test_weights_in_pickles_are_never_read(house, tmp_path):
    from nbcodegen.training.tuning.embedded_network import merged

    (tmp_path / "adapter_config.json").write_bytes(
        (house / "tune" / "adapter_config.json").read_bytes()
    )
    (tmp_path / "adapter_model.bin").write_bytes(b"cos\nsystem\n(S'touch /tmp/x'\ntR.")
    with pytest.raises(DamagedFolder, match="safetensors"):
        merged(tmp_path)


def test_nothing_to_learn_from_is_an_error_that_says_what_was_there(tmp_path):
    unknown = Example("x", (HOUSE,), ("from", "T0", "head", "V=7777", "show"), "en", "house")
    with pytest.raises(NothingLeft, match="value not found"):
        tuned(formatted(tmp_path / "format", [unknown]), tmp_path)


def test_smoothing_spreads_nothing_over_what_cannot_be_written():
    import torch

    from nbcodegen.training.tuning.embedded_rows import loss

    logits = torch.tensor([[[2.0, 1.0, -1e4, -1e4]]])
    target = torch.tensor([[0]])
    plain = loss(logits, target, 0.0, None)
    assert plain < loss(logits, target, 0.1, None) < plain + 0.2


def test_rows_that_are_padding_do_not_count():
    import torch

    from nbcodegen.training.tuning.embedded_rows import loss

    logits = torch.randn(2, 3, 5)
    target = torch.tensor([[1, 2, -100], [3, -100, -100]])
    logs = logits.log_softmax(-1)
    by_hand = -(logs[0, 0, 1] + logs[0, 1, 2] + logs[1, 0, 3]) / 3
    assert torch.allclose(loss(logits, target, 0.0, None), by_hand)


def test_an_adapter_that_gets_no_gradient_is_an_error_and_not_a_result():
    from types import SimpleNamespace

    import torch

    from nbcodegen.training.tuning.embedded_trainer import Alive

    layer = torch.nn.Linear(2, 2)
    for own in layer.parameters():
        own.grad = torch.zeros_like(own)
    with pytest.raises(TrainError, match="gradients"):
        Alive().on_pre_optimizer_step(None, SimpleNamespace(global_step=0), None, model=layer)


RUN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_tune_embedded import tuned
from nbcodegen.training.folder import open_folder
work = Path(sys.argv[1])
tuned(open_folder(work / "format"), work, "tune.max_steps=8", "tune.evaluations=4")
"""


def losses(folder):
    found = open_folder(folder / "tune").manifest.facts["log"]
    return {entry["step"]: entry["loss"] for entry in found if "loss" in entry}


def run(folder):
    here = str(Path(__file__).parent)
    return subprocess.Popen([sys.executable, "-c", RUN, str(folder), here])


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_to_the_same_losses(tmp_path):
    examples = [grammar.sample(Random(seed)) for seed in range(12)]
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for folder in (whole, killed):
        formatted(folder / "format", examples)
    assert run(whole).wait() == 0
    first = run(killed)
    checkpoints = killed / "tune" / "checkpoints"
    while first.poll() is None and not list(checkpoints.glob("checkpoint-*/trainer_state.json")):
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not (killed / "tune" / "manifest.json").exists()
    assert run(killed).wait() == 0
    assert losses(killed) == pytest.approx(losses(whole), rel=1e-4)
    assert len(losses(whole)) == 8
