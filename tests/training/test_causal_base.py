"""A base model is opened from safetensors only, in 16 bits or in 4, and no code of it is run."""

import importlib.util
import json

import pytest
import torch
from tiny_causal import formatted, recipe, save_model, small_pairs, split, tuned

from nbcodegen.causal import weights
from nbcodegen.errors import DamagedModel, NoModel
from nbcodegen.training.errors import MissingPackage
from nbcodegen.training.tuning import causal, causal_base, causal_trainer, repacking

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return save_model(tmp_path_factory.mktemp("base"), "qwen2")


def test_layers_in_four_bits_are_kept_in_the_layout_that_learns(base, monkeypatch):
    import bitsandbytes.nn.modules as layers

    # As on a CPU with AVX512-BF16, where the first look in eval() mode would repack them.
    monkeypatch.setattr(layers, "has_avx512bf16", lambda: True)
    repacked = []
    monkeypatch.setattr(
        layers, "_convert_weight_packed_for_cpu", lambda *both: repacked.append(both)
    )
    model = weights.model(weights.Base(str(base)), "fp32", nf4=True, device="cpu").eval()
    repacking.keep_trainable(model)
    with torch.no_grad():
        model(input_ids=torch.tensor([[5, 6, 7]]))
    assert not repacked
    assert not any(map(repacking.is_repacked, model.modules()))


def test_quantised_weights_take_a_quarter_of_the_room(base):
    wide = weights.model(weights.Base(str(base)), "bf16")
    narrow = weights.model(weights.Base(str(base)), "bf16", nf4=True, device="cpu")
    layer, packed = wide.model.layers[0].mlp.up_proj, narrow.model.layers[0].mlp.up_proj
    assert packed.weight.quant_state.quant_type == "nf4" and packed.weight.quant_state.nested
    assert packed.weight.numel() * packed.weight.element_size() * 4 == layer.weight.numel() * 2


def test_a_base_in_pickles_is_refused(base, tmp_path):
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "config.json").write_bytes((base / "config.json").read_bytes())
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04K\x01.")
    with pytest.raises(DamagedModel, match="pickles only"):
        causal_base.find(recipe(folder))
    adapter = tmp_path / "adapter"
    adapter.mkdir()
    (adapter / "adapter_config.json").write_text("{}")
    (adapter / "adapter_model.bin").write_bytes(b"\x80\x04K\x01.")
    with pytest.raises(DamagedModel, match="pickles only"):
        causal_base.find(recipe(adapter))


def test_a_base_that_is_no_model_is_an_error_that_says_so(tmp_path):
    with pytest.raises(DamagedModel, match="There is no folder"):
        causal_base.find(recipe(tmp_path / "missing"))
    with pytest.raises(DamagedModel, match="no folder of a model"):
        causal_base.find(recipe(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(DamagedModel, match="cannot be opened"):
        weights.tokenizer(causal_base.find(recipe(tmp_path)))


def test_damaged_weights_are_an_error_that_says_so(tmp_path):
    folder = save_model(tmp_path / "base")
    stored = folder / "model.safetensors"
    stored.write_bytes(stored.read_bytes()[:5000])
    with pytest.raises(DamagedModel, match="cannot be opened"):
        weights.model(weights.Base(str(folder)), "fp32")


def test_code_that_a_model_brings_along_is_not_run(tmp_path):
    folder = save_model(tmp_path / "base")
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "strange", "auto_map": {"AutoModelForCausalLM": "strange.Model"}}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "strange.py").write_text("raise SystemExit('this was run')")
    with pytest.raises(DamagedModel, match="cannot be opened"):
        weights.model(weights.Base(str(folder)), "fp32")


@pytest.mark.parametrize(
    ("missing", "override", "said"),
    [
        ("bitsandbytes", "tune.quantize=nf4", "quantize=none"),
        ("tensorboard", "tune.report_to=tensorboard", "pip install tensorboard"),
        ("wandb", "tune.report_to=wandb", "report_to=none"),
    ],
)
def test_without_a_package_it_says_what_to_do(base, tmp_path, monkeypatch, missing, override, said):
    found = importlib.util.find_spec

    def find(name, *rest):
        return None if name == missing else found(name, *rest)

    for place in (importlib.util, causal_trainer):
        monkeypatch.setattr(place, "find_spec", find)
    texts = formatted(tmp_path / "texts", split(tmp_path / "s", small_pairs(2)), recipe(base))
    with pytest.raises((MissingPackage, NoModel), match=said):
        tuned(tmp_path / "tuned", texts, recipe(base, override))


def test_an_estimate_of_a_base_that_is_not_here_downloads_nothing():
    found = causal.estimate(recipe("nobody/nothing-at-all"), 1000)
    assert found.steps > 0 and found.minutes is None and found.gigabytes == 0
