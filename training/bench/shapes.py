"""Models with random weights in the real shapes of others: speed does not depend on the values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbcodegen

COMMON = {"max_position_embeddings": 8192, "rms_norm_eps": 1e-6, "rope_theta": 1e6}
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "30M": {
        "vocab_size": 8192, "hidden_size": 384, "intermediate_size": 1536,
        "num_hidden_layers": 10, "num_attention_heads": 6, "num_key_value_heads": 2,
        "tie_word_embeddings": True,
    },
    "1.5B": {
        "vocab_size": 151936, "hidden_size": 1536, "intermediate_size": 8960,
        "num_hidden_layers": 28, "num_attention_heads": 12, "num_key_value_heads": 2,
        "tie_word_embeddings": True,
    },
    "7B": {
        "vocab_size": 152064, "hidden_size": 3584, "intermediate_size": 18944,
        "num_hidden_layers": 28, "num_attention_heads": 28, "num_key_value_heads": 4,
        "tie_word_embeddings": False,
    },
}  # fmt: skip
"""30M is ours; the others are Qwen2.5-Coder's, from its configuration files."""
SMALLEST = {
    **SHAPES["30M"], "vocab_size": 2048, "hidden_size": 64, "intermediate_size": 128,
    "num_hidden_layers": 2, "num_attention_heads": 2,
}  # fmt: skip
"""For a test that the measurements run."""


def save(folder: Path, shape: Mapping[str, Any]) -> Path:
    """Write such a model, in 16 bits, with a small byte-level vocabulary of code and prose."""
    import torch
    import transformers

    torch.manual_seed(0)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    library: Any = transformers
    config = library.Qwen2Config(**COMMON, **shape, eos_token_id=0, bos_token_id=0)
    with torch.device(device):
        model = library.Qwen2ForCausalLM(config).to(torch.bfloat16)
    model.save_pretrained(folder, max_shard_size="4GB")
    del model
    words(int(shape["vocab_size"])).save_pretrained(folder)
    generation = folder / "generation_config.json"
    generation.write_text(json.dumps({"eos_token_id": 0, "pad_token_id": 0}))
    return folder


def words(most: int) -> Any:
    """A tokenizer learnt from this package's own sources: names of columns are no words of it."""
    import transformers
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    library: Any = transformers
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=min(most, 8000), special_tokens=["<|endoftext|>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )  # fmt: skip
    sources = sorted(Path(nbcodegen.__file__).parent.rglob("*.py"))
    made.train_from_iterator((path.read_text(encoding="utf-8") for path in sources), trainer)
    end = "<|endoftext|>"
    return library.PreTrainedTokenizerFast(tokenizer_object=made, eos_token=end, pad_token=end)
