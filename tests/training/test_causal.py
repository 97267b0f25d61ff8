"""A causal base model learns through an adapter, on a CPU too, and says what it was made of."""

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

from nbcodegen.causal import weights
from nbcodegen.training.errors import TrainError
from nbcodegen.training.folder import Output, open_folder
from nbcodegen.training.progress import Quiet
from nbcodegen.training.tuning import causal, causal_adapter, causal_watch
from nbcodegen.training.tuning.causal_generation import open_writer
from nbcodegen.training.tuning.texts import prompt_of

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return save_model(tmp_path_factory.mktemp("base"), "qwen2")


@pytest.fixture(scope="module")
def texts(base, tmp_path_factory):
    return few_texts(tmp_path_factory.mktemp("data"), base)


def test_in_four_bits_on_a_cpu_the_loss_falls_and_the_code_is_learnt(base, tmp_path):
    one = small_pairs(1)
    texts = formatted(tmp_path / "texts", split(tmp_path / "split", one * 4), recipe(base))
    told = recipe(
        base, "tune.quantize=nf4", "tune.max_steps=20", "tune.learning_rate=1e-2",
        "format.packing=false",
    )  # fmt: skip
    folder = tuned(tmp_path / "tuned", texts, told)
    losses = logged(folder)
    assert len(losses) == 20 and losses[-1] < losses[0] / 50
    writer = open_writer(folder.path, nf4=True)
    assert writer.codes([prompt_of(one[0])]) == [(one[0].code,)]


def test_the_adapter_says_what_it_was_made_of(base, texts, tmp_path):
    told = recipe(base, "tune.max_steps=2", "tune.evaluations=1")
    folder = tuned(tmp_path / "my_words", texts, told)
    about = causal_adapter.load(folder.path)
    assert (about.name, about.base, about.kind) == ("my_words", str(base), "causal")
    assert about.template == texts.manifest.facts["template"]
    assert about.data == texts.manifest.hash
    assert about.revision.startswith("sha256:")
    assert about.settings["lora"]["r"] == 8 and about.settings["tune"]["max_steps"] == 2
    assert set(about.scores) == {"validation_loss"}
    assert folder.manifest.kept == 16


def test_the_folder_holds_safetensors_and_no_pickle(base, texts, tmp_path):
    folder = tuned(tmp_path / "tuned", texts, recipe(base, "tune.max_steps=1"))
    handed = set(folder.manifest.files)
    assert {"adapter_model.safetensors", "adapter_config.json", "tokenizer.json"} <= handed
    assert not any(name.endswith((".bin", ".pt", ".pth", ".pkl")) for name in handed)


@pytest.mark.parametrize(
    ("batch", "accumulation"), [(4, 1), (1, 4)], ids=["four at a time", "one at a time"]
)
def test_a_step_learns_the_same_in_one_batch_and_in_several(
    base, texts, tmp_path, batch, accumulation
):
    told = recipe(
        base, "tune.max_steps=3", f"tune.per_device_train_batch_size={batch}",
        f"tune.gradient_accumulation_steps={accumulation}", "tune.evaluations=1",
    )  # fmt: skip
    losses = logged(tuned(tmp_path / "tuned", texts, told))
    reference = _LOSSES.setdefault("batches", losses)
    assert losses == pytest.approx(reference, rel=1e-4)


_LOSSES: dict[str, list[float]] = {}


def test_pretraining_learns_every_token_of_the_code_and_tuning_goes_on_with_it(
    base, texts, tmp_path
):
    told = recipe(base, "tune.max_steps=3", "tune.evaluations=1")
    with Output(tmp_path / "pretrained", "pretrain", {}) as out:
        causal.pretrain(texts, out, told, Quiet())
    pretrained = open_folder(tmp_path / "pretrained")
    assert logged(pretrained)[-1] < logged(pretrained)[0]
    heard = Heard()
    again = replace(told, base=str(pretrained.path))
    after = tuned(tmp_path / "tuned", texts, again, progress=heard)
    assert any("Going on with the adapter" in line for line in heard.lines)
    about = causal_adapter.load(after.path)
    assert about.base == str(base)
    assert logged(after)[0] < logged(tuned(tmp_path / "fresh", texts, told))[0]


def test_gradient_checkpointing_and_bf16_learn_too(base, texts, tmp_path):
    told = recipe(
        base, "tune.max_steps=6", "tune.gradient_checkpointing=true", "tune.precision=bf16",
        "tune.quantize=nf4", "tune.evaluations=1", "tune.label_smoothing_factor=0.1",
        'lora.target_modules=["q_proj", "v_proj"]', "tune.report_to=tensorboard",
    )  # fmt: skip
    folder = tuned(tmp_path / "tuned", texts, told)
    assert logged(folder)[-1] < logged(folder)[0]
    assert list((tmp_path / "tuned/logs").glob("events.out.tfevents.*"))


def test_an_adapter_without_a_gradient_is_an_error(base):
    from peft import LoraConfig, get_peft_model

    model = get_peft_model(
        weights.model(weights.Base(str(base)), "fp32"),
        LoraConfig(target_modules="all-linear"),
    )
    watch = causal_watch.callback(causal_watch.Gradients())
    with pytest.raises(TrainError, match="gets no gradient"):
        watch.on_pre_optimizer_step(None, None, None, model=model)
    ids = torch.tensor([[5, 6, 7]])
    model(input_ids=ids, labels=ids).loss.backward()
    causal_watch.Gradients().on_pre_optimizer_step(None, None, None, model=model)
