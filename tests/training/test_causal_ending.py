"""When a run looks, what it keeps, how it ends, and how it goes on."""

import resource
import signal
import threading
from dataclasses import replace

import pytest
import torch
from tiny_causal import (
    Heard,
    few_texts,
    formatted,
    logged,
    recipe,
    save_model,
    small_pairs,
    split,
    tuned,
)

from nbcodegen.training.errors import BadRecipe, NothingLeft, TrainError
from nbcodegen.training.tuning import (
    causal,
    causal_adapter,
    causal_checkpoints,
)

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return save_model(tmp_path_factory.mktemp("base"), "qwen2")


@pytest.fixture(scope="module")
def texts(base, tmp_path_factory):
    return few_texts(tmp_path_factory.mktemp("data"), base)


def test_the_best_adapter_by_validation_is_kept_and_the_run_ends_when_patience_does(
    base, texts, tmp_path
):
    rates, seen = iter([0.25, 0.5, 0.5, 0.25, 1.0]), []

    def judge(pairs, codes):
        seen.append((pairs, codes))
        return next(rates)

    told = recipe(base, "tune.max_steps=10", "tune.evaluations=10", "tune.patience=2")
    heard = Heard()
    folder = tuned(tmp_path / "tuned", texts, told, judge, heard)
    assert len(seen) == 4 and all(len(pairs) == len(codes) == 4 for pairs, codes in seen)
    assert {pair.request for pair in seen[0][0]} == {pair.request for pair in small_pairs()[16:20]}
    assert all(isinstance(code, str) for code in seen[0][1])
    # Looks 2 and 3 pass as many; the third has the lower loss.
    assert folder.manifest.facts["best_step"] == 3
    assert causal_adapter.load(folder.path).scores["validation_pass_rate"] == 0.5
    assert logged(folder, "eval_pass_rate") == [0.25, 0.5, 0.5, 0.25]
    assert len(logged(folder)) == 4
    assert any("No better for 2 looks" in line for line in heard.lines)
    kept = tmp_path / "tuned/checkpoints/checkpoint-3/adapter_model.safetensors"
    assert kept.read_bytes() == (folder.path / "adapter_model.safetensors").read_bytes()
    tuned(tmp_path / "tuned", texts, told, judge)
    assert len(seen) == 4, "what has ended is not gone on with"


def test_looks_change_nothing_of_what_is_learnt(base, texts, tmp_path):
    told = recipe(base, "tune.max_steps=4", "tune.quantize=nf4", "evaluate.max_requests=1")
    often = tuned(
        tmp_path / "often", texts,
        replace(told, tune=replace(told.tune, evaluations=4, patience=0)), lambda *_: 0.0,
    )  # fmt: skip
    once = tuned(tmp_path / "once", texts, replace(told, tune=replace(told.tune, evaluations=1)))
    assert logged(often) == logged(once)


def test_a_run_that_is_done_is_not_trained_again_and_another_recipe_begins_anew(
    base, texts, tmp_path
):
    told = recipe(base, "tune.max_steps=3", "tune.evaluations=1")
    first = logged(tuned(tmp_path / "tuned", texts, told))
    heard = Heard()
    assert logged(tuned(tmp_path / "tuned", texts, told, progress=heard)) == first
    assert any("Going on from checkpoint-3" in line for line in heard.lines)
    other = recipe(base, "tune.max_steps=3", "tune.evaluations=1", "tune.learning_rate=1e-4")
    heard = Heard()
    assert logged(tuned(tmp_path / "tuned", texts, other, progress=heard)) != first
    assert any("were of other data or settings" in line for line in heard.lines)


def test_a_checkpoint_that_was_cut_short_is_not_gone_on_from(tmp_path):
    whole = '{"global_step": 9, "max_steps": 12, "log_history": [], "best_model_checkpoint": null}'
    for step, state in ((9, whole), (10, whole[:30]), (11, None)):
        folder = tmp_path / f"checkpoint-{step}"
        folder.mkdir()
        if state is not None:
            (folder / causal_checkpoints.STATE).write_text(state)
    found = causal_checkpoints.newest(tmp_path)
    assert found is not None and found.path == tmp_path / "checkpoint-9"
    assert not (tmp_path / "checkpoint-10").exists()
    assert causal_checkpoints.newest(tmp_path / "none") is None


def test_a_loss_that_is_no_number_ends_the_run_with_advice(base, texts, tmp_path):
    told = recipe(base, "tune.max_steps=8", "tune.learning_rate=1e30", "tune.evaluations=1")
    with pytest.raises(TrainError, match="Lower tune"):
        tuned(tmp_path / "tuned", texts, told)


def test_a_full_disk_is_said_so_and_what_was_written_is_gone_on_from(base, texts, tmp_path):
    told = recipe(base, "tune.max_steps=2", "tune.evaluations=1")
    assert threading.current_thread() is threading.main_thread()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
        with pytest.raises(TrainError, match="Make room on the disk"):
            tuned(tmp_path / "tuned", texts, told)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert len(logged(tuned(tmp_path / "tuned", texts, told))) == 2


def test_settings_that_make_no_sense_are_named(base, texts, tmp_path):
    for override, said in (
        ('lora.target_modules=["no_such_layer"]', "no_such_layer"),
        ("lora.r=0", r"\[lora\]"),
        ("tune.lr_scheduler_type=zigzag", "zigzag"),
        ("tune.optim=sgdeluxe", "sgdeluxe"),
        ("tune.report_to=carrier_pigeon", "carrier_pigeon"),
    ):
        with pytest.raises(BadRecipe, match=said):
            tuned(tmp_path / "tuned", texts, recipe(base, "tune.max_steps=1", override))


def test_no_text_that_fits_is_an_error(base, texts, tmp_path):
    with pytest.raises(NothingLeft, match="at most 8 tokens"):
        tuned(tmp_path / "tuned", texts, recipe(base, "format.max_tokens=8"))


@pytest.mark.parametrize("packing", [True, False])
def test_an_estimate_knows_the_steps_before_anything_is_trained(base, texts, tmp_path, packing):
    told = recipe(base, f"format.packing={str(packing).lower()}", "tune.num_train_epochs=1.0")
    tokens = texts.manifest.facts["tokenizer"]["tokens_per_text"] * 16
    found = causal.estimate(told, 16, int(tokens))
    folder = tuned(tmp_path / "tuned", texts, told)
    assert abs(found.steps - len(logged(folder))) <= 3
    assert found.minutes is not None and found.minutes < 5 and 0 <= found.gigabytes < 1


def test_the_judge_is_not_asked_where_there_is_nothing_to_look_at(base, tmp_path):
    texts = formatted(tmp_path / "texts", split(tmp_path / "split", small_pairs(4)), recipe(base))
    asked = []
    tuned(tmp_path / "tuned", texts, recipe(base, "tune.max_steps=2"), lambda *_: asked.append(1))
    assert not asked


def test_time_is_up(base, texts, tmp_path):
    told = recipe(base, "tune.max_steps=500", "tune.max_minutes=0.0001")
    folder = tuned(tmp_path / "tuned", texts, told)
    assert len(logged(folder)) < 500 and folder.manifest.facts["best_step"] >= 1
