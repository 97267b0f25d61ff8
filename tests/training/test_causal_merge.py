"""An adapter added to its 16-bit base says what the two said; nothing is merged into 4 bits."""

from dataclasses import replace

import pytest
import torch
from tiny_causal import formatted, recipe, save_model, small_pairs, split, tuned

from nbcodegen.causal import weights
from nbcodegen.errors import DamagedModel
from nbcodegen.training.errors import CannotRead, TrainError
from nbcodegen.training.folder import Output, open_folder
from nbcodegen.training.progress import Quiet
from nbcodegen.training.tuning import causal_adapter, causal_export, causal_merge
from nbcodegen.training.tuning.causal_generation import open_writer
from nbcodegen.training.tuning.texts import prompt_of

torch.set_num_threads(1)


@pytest.fixture(scope="module", params=["qwen2", "llama"])
def adapter(request, tmp_path_factory):
    """An adapter that has learnt, over a base in bf16, and the recipe that it was made by."""
    root, small = tmp_path_factory.mktemp(request.param), small_pairs(8)
    base = save_model(root / "base", request.param, dtype=torch.bfloat16)
    told = recipe(base, "tune.max_steps=12", "tune.learning_rate=1e-2", "tune.quantize=nf4")
    texts = formatted(root / "texts", split(root / "split", small), told)
    return tuned(root / "tuned", texts, told).path, told


def _merged(folder, adapter, told):
    with Output(folder, "merge", {}) as out:
        causal_merge.merge(adapter, out, told, Quiet())
    return open_folder(folder)


def _logits(model):
    ids = torch.randint(5, 300, (2, 24), generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        return model(input_ids=ids, use_cache=False).logits.float()


def test_the_merged_model_says_what_the_adapter_says(adapter, tmp_path):
    path, told = adapter
    merged = _merged(tmp_path / "merged", path, told)
    apart = _logits(open_writer(path).model)
    together = _logits(weights.model(weights.Base(str(merged.path)), "fp32"))
    base = _logits(weights.model(weights.Base(told.base), "fp32"))
    # What the tuning changed is far more than what the rounding to 16 bits does.
    changed, rounded = (apart - base).abs().mean(), (apart - together).abs().mean()
    assert rounded < 0.02 * changed
    facts = merged.manifest.facts
    assert facts["dtype"] == "bfloat16"
    assert facts["largest_difference"] < 0.05 * facts["largest_logit"]


def test_the_merged_model_writes_the_same_code(adapter, tmp_path):
    path, told = adapter
    merged = _merged(tmp_path / "merged", path, told)
    prompts = [prompt_of(pair) for pair in small_pairs(2)]
    codes = open_writer(path).codes(prompts, max_new_tokens=24)
    assert open_writer(merged.path).codes(prompts, max_new_tokens=24) == codes


def test_the_merged_folder_is_whole_and_says_what_it_is(adapter, tmp_path):
    path, told = adapter
    merged = _merged(tmp_path / "merged", path, told)
    files = set(merged.manifest.files)
    assert {"model.safetensors", "config.json", "tokenizer.json", "model.json"} <= files
    assert not any(name.endswith((".bin", ".pt", ".pth")) for name in files)
    about = causal_adapter.load(merged.path, causal_adapter.MODEL_NAME)
    assert replace(about, name="tuned") == causal_adapter.load(path)


def test_nothing_is_merged_into_a_base_of_four_bits(adapter, tmp_path):
    path, told = adapter
    with Output(tmp_path / "export", "export", {}) as out:
        narrow = replace(told, export=replace(told.export, formats=("int4",)))
        causal_export.export(_merged(tmp_path / "merged", path, told).path, out, narrow, Quiet())
    four_bits = replace(told, base=str(tmp_path / "export/int4"))
    with pytest.raises(TrainError, match="Load the 16-bit base"):
        _merged(tmp_path / "again", path, four_bits)
    assert not (tmp_path / "again/model.safetensors").exists()


def test_a_copy_of_the_base_may_be_named(adapter, tmp_path):
    path, told = adapter
    with pytest.raises(CannotRead, match="no model"):
        _merged(tmp_path / "merged", tmp_path, told)
    (tmp_path / "copy").symlink_to(told.base)
    named = replace(told, base=str(tmp_path / "copy"))
    assert _merged(tmp_path / "merged", path, named).manifest.facts["base"] == told.base


def test_a_base_of_another_shape_is_refused(adapter, tmp_path):
    path, told = adapter
    other = save_model(tmp_path / "other", hidden_size=128, dtype=torch.bfloat16)
    with pytest.raises(TrainError, match="does not fit"):
        _merged(tmp_path / "merged", path, replace(told, base=str(other)))


def test_an_adapter_in_pickles_is_refused(adapter, tmp_path):
    path, told = adapter
    old = tmp_path / "old"
    old.mkdir()
    for name in ("adapter_config.json", causal_adapter.NAME):
        (old / name).write_bytes((path / name).read_bytes())
    (old / "adapter_model.bin").write_bytes(b"\x80\x04K\x01.")
    with pytest.raises(DamagedModel, match="pickles only"):
        _merged(tmp_path / "merged", old, told)
