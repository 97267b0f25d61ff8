"""What is exported loads in another program, and says what the model said."""

import json

import pytest
import torch
from tiny_causal import recipe, save_model, tokenizer

from nbcodegen.causal import weights
from nbcodegen.errors import DamagedModel
from nbcodegen.training.errors import BadRecipe, NothingLeft, TrainError
from nbcodegen.training.folder import Output, open_folder
from nbcodegen.training.progress import Quiet
from nbcodegen.training.tuning import causal_export, causal_vocabulary

torch.set_num_threads(1)


@pytest.fixture(scope="module", params=["qwen2", "llama"])
def merged(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("merged") / request.param
    return save_model(folder, request.param, dtype=torch.bfloat16)


def _exported(folder, merged, formats):
    with Output(folder, "export", {}) as out:
        told = recipe(merged, f"export.formats={json.dumps(formats)}")
        causal_export.export(merged, out, told, Quiet())
    return open_folder(folder)


def _logits(model):
    ids = torch.randint(5, 300, (2, 24), generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        return model(input_ids=ids, use_cache=False).logits.float()


def test_a_gguf_file_holds_the_same_model(merged, tmp_path):
    from transformers import AutoModelForCausalLM

    folder = _exported(tmp_path / "out", merged, ["gguf"]).path / "gguf"
    read = AutoModelForCausalLM.from_pretrained(
        folder, gguf_file="model.gguf", dtype=torch.float32
    )  # fmt: skip
    wanted = _logits(weights.model(weights.Base(str(merged)), "fp32"))
    torch.testing.assert_close(_logits(read.eval()), wanted, atol=1e-4, rtol=1e-4)


def test_a_gguf_file_names_the_layout_the_shape_and_the_words(merged, tmp_path):
    from gguf import GGUFReader

    folder = _exported(tmp_path / "out", merged, ["gguf"]).path / "gguf"
    file = GGUFReader(str(folder / "model.gguf"))
    told = {name: field.contents() for name, field in file.fields.items()}
    layout = told["general.architecture"]
    assert layout == merged.name
    shape = {
        "block_count": 2, "embedding_length": 64, "feed_forward_length": 128,
        "attention.head_count": 4, "attention.head_count_kv": 2, "context_length": 1024,
        "rope.dimension_count": 16,
    }  # fmt: skip
    assert {name: told[f"{layout}.{name}"] for name in shape} == shape
    words = tokenizer(layout)
    tokens = told["tokenizer.ggml.tokens"]
    assert [tokens[number] for _, number in sorted(words.get_vocab().items())] == sorted(
        words.get_vocab()
    )
    assert told["tokenizer.ggml.eos_token_id"] == words.eos_token_id
    kinds = told["tokenizer.ggml.token_type"]
    assert kinds[words.eos_token_id] == causal_vocabulary.CONTROL
    if layout == "qwen2":
        assert told["tokenizer.ggml.model"] == "gpt2" and told["tokenizer.ggml.pre"] == "qwen2"
        assert told["tokenizer.ggml.merges"][0].count(" ") == 1
        assert told["tokenizer.chat_template"] == words.chat_template
    else:
        assert told["tokenizer.ggml.model"] == "llama"
        assert kinds[words.convert_tokens_to_ids("<0x0A>")] == causal_vocabulary.BYTE
        assert told["tokenizer.ggml.add_bos_token"] is True
        scores = told["tokenizer.ggml.scores"]
        assert min(scores) < -10 and max(scores) == 0


def test_matrices_keep_their_16_bits_in_gguf(merged, tmp_path):
    from gguf import GGUFReader
    from safetensors.torch import load_file

    folder = _exported(tmp_path / "out", merged, ["gguf"]).path / "gguf"
    held = {each.name: each for each in GGUFReader(str(folder / "model.gguf")).tensors}
    assert {each.tensor_type.name for each in held.values()} == {"BF16", "F32"}
    words = held["token_embd.weight"]
    raw = torch.from_numpy(words.data.copy()).view(torch.bfloat16)
    wanted = load_file(str(merged / "model.safetensors"))["model.embed_tokens.weight"]
    assert torch.equal(raw.reshape(wanted.shape), wanted)


def test_four_bits_load_back_and_say_nearly_the_same(merged, tmp_path):
    from transformers import AutoModelForCausalLM

    folder = _exported(tmp_path / "out", merged, ["int4"]).path / "int4"
    read = AutoModelForCausalLM.from_pretrained(folder)
    assert read.config.quantization_config.bnb_4bit_quant_type == "nf4"
    wanted = _logits(weights.model(weights.Base(str(merged)), "fp32"))
    found = _logits(read.eval())
    assert torch.nn.functional.cosine_similarity(found, wanted, dim=-1).mean() > 0.95
    direct = weights.model(weights.Base(str(merged)), "bf16", nf4=True, device="cpu")
    torch.testing.assert_close(found, _logits(direct.eval()), atol=1e-2, rtol=1e-2)
    assert not list(folder.glob("*.bin"))


def test_formats_that_are_not_for_causal_models_leave_nothing(merged, tmp_path):
    with pytest.raises(NothingLeft, match="gguf, int4"):
        _exported(tmp_path / "out", merged, ["onnx"])
    with pytest.raises(BadRecipe, match="'exe'"):
        _exported(tmp_path / "out", merged, ["gguf", "exe"])
    folder = _exported(tmp_path / "both", merged, ["onnx", "int4"])
    assert folder.manifest.kept == 1 and set(folder.manifest.facts) == {"int4"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"architectures": ["StarCoder2ForCausalLM"]}, "not for StarCoder2ForCausalLM"),
        ({"rope_parameters": {"rope_type": "yarn", "rope_theta": 1e4}}, "yarn"),
    ],
)
def test_layouts_that_gguf_is_not_written_for_are_said_so(tmp_path, changed, said):
    folder = save_model(tmp_path / "model")
    config = json.loads((folder / "config.json").read_text()) | changed
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(TrainError, match=said):
        _exported(tmp_path / "out", folder, ["gguf"])
    assert not (tmp_path / "out/gguf/model.gguf").exists()


def test_a_folder_without_weights_is_an_error(tmp_path):
    with pytest.raises(DamagedModel, match="no folder of a model"):
        _exported(tmp_path / "out", tmp_path, ["gguf"])


def test_words_that_the_tokenizer_does_not_know_are_unused(tmp_path):
    folder = save_model(tmp_path / "model", vocab_size=640)
    known = len(tokenizer("qwen2"))
    found = causal_vocabulary.vocabulary(folder, 640)
    assert found.tokens[known:] == [f"[PAD{number}]" for number in range(known, 640)]
    assert set(found.kinds[known:]) == {causal_vocabulary.UNUSED}
