"""A large model is opened as it fits, with its adapter, in 4 bits or not; or it says why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_causal import save_model

from nbcodegen.causal import fitting, opening
from nbcodegen.causal.fitting import Room, fit, size
from nbcodegen.causal.location import is_path, locate
from nbcodegen.causal.opening import What, open_writer
from nbcodegen.causal.orders import Order, Written
from nbcodegen.errors import DamagedModel, NoModel, UnknownName
from nbcodegen.values import Decoding

GPU = Room(0, "NVIDIA T4", 15_000_000_000)
BIG = fitting.Size(6_500_000_000, 1_100_000_000, 28 * 2 * 4 * 128)
"""About a 7B model."""


def text(opened, count=1):
    ids = tuple(opened.tokenizer("request: mean price\ncode:\n")["input_ids"])
    asked = Order(ids, lambda text: False, count=count, decoding=Decoding(tokens=12))
    return [each.text for each in opened.writer.write(asked) if isinstance(each, Written)]


def test_what_a_model_weighs_is_read_off_its_files(folder):
    import torch
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    weighs = size(folder, model.config)
    linear = [each for name, each in model.named_parameters() if "proj" in name and each.ndim == 2]
    assert weighs.in_layers == sum(each.numel() for each in linear)
    assert weighs.in_layers + weighs.others == sum(each.numel() for each in model.parameters())


@pytest.mark.parametrize(
    ("room", "quantize", "how"),
    [
        (GPU, "auto", ("bf16", True)),
        (Room(0, "NVIDIA H100", 80_000_000_000), "none", ("bf16", False)),
        (Room("cpu", "CPU", 60_000_000_000), "auto", ("fp32", False)),
        (Room("cpu", "CPU", 24_000_000_000), "auto", ("bf16", False)),
        (Room("cpu", "CPU", 14_000_000_000), "auto", ("fp32", True)),
        (Room("mps", "Apple GPU", 24_000_000_000), "auto", ("fp16", False)),
    ],
)
def test_it_is_opened_the_most_exact_way_that_there_is_room_for(room, quantize, how):
    found = fit("big", BIG, room, quantize)
    assert (found.precision, found.nf4) == how
    assert found.needs < room.free


def test_a_model_that_does_not_fit_says_what_it_needs_and_what_would_fit():
    with pytest.raises(NoModel) as error:
        fit("big", BIG, Room(0, "NVIDIA T4", 2_000_000_000), "auto")
    assert "big needs 6.9 GB" in str(error.value)
    assert "2.0 GB are free on this machine's NVIDIA T4" in str(error.value)
    assert "Qwen/Qwen2.5-Coder-1.5B-Instruct" in str(error.value)


def test_without_bitsandbytes_nothing_is_opened_in_four_bits(monkeypatch):
    monkeypatch.setattr(fitting.bits, "is_installed", lambda: False)
    assert not fit("big", BIG, Room(0, "NVIDIA H100", 80_000_000_000), "auto").nf4


@pytest.mark.parametrize("quantize", ["none", "nf4"])
def test_an_opened_model_writes(folder, quantize):
    opened = open_writer(What(str(folder), quantize=quantize))
    assert opened.fit.nf4 is (quantize == "nf4")
    assert len(text(opened, 2)) == 2
    assert ("nf4" if quantize == "nf4" else "fp32") in opened.about


@pytest.mark.parametrize("quantize", ["none", "nf4"])
def test_how_far_it_is_open_is_told_and_only_grows(folder, quantize):
    told = []
    open_writer(What(str(folder), quantize=quantize), told.append)
    assert told == sorted(told)
    assert len(set(told)) > 5
    assert 0 <= told[0] < 0.2 and 0.8 < told[-1] <= 1


@pytest.mark.parametrize("quantize", ["none", "nf4"])
def test_an_adapter_is_attached_and_changes_what_is_written(folder, tmp_path, quantize):
    import torch
    from peft import LoraConfig, get_peft_model

    from nbcodegen.causal import weights

    model = weights.model(weights.Base(str(folder)), "fp32")
    torch.manual_seed(0)
    tuned = get_peft_model(model, LoraConfig(r=4, target_modules=["q_proj", "up_proj"]))
    with torch.no_grad():
        for name, each in tuned.named_parameters():
            if "lora_" in name:
                each.normal_(std=0.5)
    tuned.save_pretrained(tmp_path / "adapter")
    plain = text(open_writer(What(str(folder), quantize=quantize)))
    adapted = open_writer(What(str(folder), adapter=str(tmp_path / "adapter"), quantize=quantize))
    assert text(adapted) != plain
    assert not any("merged" in name for name, _ in adapted.writer.model.named_parameters())


def test_an_adapter_of_another_model_does_not_fit(folder, tmp_path):
    from peft import LoraConfig, get_peft_model

    from nbcodegen.causal import weights

    other = save_model(tmp_path / "other", hidden_size=32)
    tuned = get_peft_model(
        weights.model(weights.Base(str(other)), "fp32"), LoraConfig(target_modules=["q_proj"])
    )
    tuned.save_pretrained(tmp_path / "adapter")
    with pytest.raises(DamagedModel, match="does not fit"):
        open_writer(What(str(folder), adapter=str(tmp_path / "adapter")))


def test_a_form_that_the_tokenizer_cannot_write_is_refused(tmp_path):
    plain = save_model(tmp_path / "plain", "llama")
    with pytest.raises(UnknownName, match="chat template"):
        open_writer(What(str(plain), form="chat"))


def test_code_that_a_model_brings_along_is_not_run(tmp_path):
    folder = save_model(tmp_path / "strange")
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "strange", "auto_map": {"AutoConfig": "strange.Config"}}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "strange.py").write_text("raise SystemExit('this was run')")
    with pytest.raises(DamagedModel):
        open_writer(What(str(folder)))


def test_a_model_of_the_hub_that_was_fetched_is_found_without_the_network(
    folder, tmp_path, monkeypatch
):
    commit = "0123456789abcdef0123456789abcdef01234567"
    place = tmp_path / "models--team--Tiny"
    (place / "refs").mkdir(parents=True)
    (place / "refs/main").write_text(commit)
    (place / "snapshots").mkdir()
    (place / "snapshots" / commit).symlink_to(folder, target_is_directory=True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    found = locate("team/Tiny")
    assert found.revision == commit
    assert (found.folder / "config.json").is_file()


@pytest.mark.parametrize(
    ("name", "path"),
    [("Qwen/Qwen2.5-Coder-7B", False), ("./model", True), ("~/model", True), ("a/b/c", True)],
)
def test_a_name_on_the_hub_is_no_path(name, path):
    assert is_path(name) is path


def test_without_torch_it_says_what_to_install(monkeypatch):
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NoModel, match=r"nbcodegen\[gpu\]"):
        opening.open_writer(What(str(Path())))
