"""Tiny causal models of real shape (Qwen2, Llama) with random weights, and a few pairs for them."""

import json
from functools import lru_cache

from nbcodegen.chat import INSTRUCTION
from nbcodegen.training import recipe as recipes
from nbcodegen.training.folder import Output, open_folder
from nbcodegen.training.progress import Quiet
from nbcodegen.training.records import Pair
from nbcodegen.training.tuning import texts
from nbcodegen.values import ColumnSchema, TableSchema

CHAT = (
    "{% for turn in messages %}<|im_start|>{{ turn['role'] }}\n{{ turn['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
NUMBERS = ("price", "rooms", "area", "rating", "distance", "age")
GROUPS = ("city", "agent", "street", "season")
HOMES = TableSchema(
    "homes",
    120,
    (
        *(ColumnSchema(name, repr(name), "float", at) for at, name in enumerate(NUMBERS)),
        *(ColumnSchema(name, repr(name), "string", 6 + at) for at, name in enumerate(GROUPS)),
    ),
)


class Heard(Quiet):
    """Remembers the lines that stay."""

    def __init__(self):
        self.lines = []

    def say(self, line):
        self.lines.append(line)


def pairs():
    """24 requests of one kind, each with the code that serves it."""
    return [
        Pair(
            f"mean {number} by {group}",
            f'means = homes.groupby("{group}")["{number}"].mean()\nmeans.sort_values()',
            (HOMES,),
            source=f"repository {at % 5}",
        )
        for at, (number, group) in enumerate((n, g) for n in NUMBERS for g in GROUPS)
    ]


def small_pairs(count=24):
    """The same over a table of two columns, so that a text has some eighty tokens."""
    return [
        Pair(
            pair.request,
            pair.code,
            (TableSchema("homes", None, (HOMES.columns[at % 6], HOMES.columns[6 + at % 4])),),
            source=pair.source,
        )
        for at, pair in enumerate(pairs()[:count])
    ]


def split(folder, train, validation=(), test=()):
    """What the stage `split` leaves: a file of pairs for each split."""
    with Output(folder, "split", {}) as out:
        for name, each in (("train", train), ("validation", validation), ("test", test)):
            for pair in each:
                out.write(pair, f"{name}.jsonl")
    return open_folder(folder)


def formatted(folder, pairs, recipe):
    """What the stage `format` makes of such a folder."""
    with Output(folder, "format", {}) as out:
        texts.write(pairs, out, recipe, Quiet())
    return open_folder(folder)


def tuned(folder, texts, told, judge=None, progress=None):
    """What the stage `tune` makes of such texts."""
    from nbcodegen.training.tuning import causal

    with Output(folder, "tune", {}) as out:
        causal.tune(texts, out, told, progress or Quiet(), judge)
    return open_folder(folder)


def logged(folder, name="loss"):
    """What a run logged under that name, in order."""
    lines = (folder.path / "learning.jsonl").read_text().splitlines()
    return [entry[name] for entry in map(json.loads, lines) if name in entry]


def recipe(base, *overrides):
    """A recipe for few steps of a tiny model on a CPU, without replay and without dropout."""
    settings = (
        f"base={base}", "format.max_tokens=256", "tune.replay=0.0", "tune.learning_rate=5e-3",
        "tune.per_device_train_batch_size=2", "tune.report_to=none", "tune.quantize=none",
        "tune.gradient_accumulation_steps=1", "tune.gradient_checkpointing=false",
        "lora.lora_dropout=0.0", "lora.r=8",
    )  # fmt: skip
    return recipes.load("gpu", (*settings, *overrides))


def tokenizer(kind):
    """A tokenizer trained here: byte-level for `qwen2`, with byte fallback for `llama`."""
    from transformers import PreTrainedTokenizerFast

    if kind == "qwen2":
        made = PreTrainedTokenizerFast(
            tokenizer_object=_trained(kind), eos_token="<|im_end|>", pad_token="<|endoftext|>"
        )
        made.chat_template = CHAT
        return made
    return PreTrainedTokenizerFast(
        tokenizer_object=_trained(kind), bos_token="<s>", eos_token="</s>", unk_token="<unk>"
    )


def save_model(folder, kind="qwen2", seed=0, dtype=None, **shape):
    """Write a base model with its tokenizer; safetensors, as the hub has them."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM, Qwen2Config, Qwen2ForCausalLM

    words = tokenizer(kind)
    layout = {
        "vocab_size": len(words), "hidden_size": 64, "intermediate_size": 128,
        "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
        "max_position_embeddings": 1024, "eos_token_id": words.eos_token_id,
        "bos_token_id": words.bos_token_id, **shape,
    }  # fmt: skip
    config, model = {
        "qwen2": (Qwen2Config, Qwen2ForCausalLM), "llama": (LlamaConfig, LlamaForCausalLM)
    }[kind]  # fmt: skip
    torch.manual_seed(seed)
    made = model(config(**layout))
    with torch.no_grad():
        for weights in made.parameters():
            # Random weights that say something: the default spread makes every word as likely.
            if weights.ndim > 1:
                weights.mul_(3)
        # The words are frozen too, so that they must be far enough apart to be told from others.
        made.lm_head.weight.mul_(5)
    made.to(dtype or torch.float32).save_pretrained(folder)
    words.save_pretrained(folder)
    return folder


@lru_cache(maxsize=2)
def _words(kind):
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    corpus = [f"request: {pair.request}\ncode:\n{pair.code}\n    return x" for pair in pairs()]
    corpus += [INSTRUCTION] * 4
    corpus += [f"C1 column '{name}': float, of homes, T0 table homes, 120 rows" for name in NUMBERS]
    if kind == "qwen2":
        made = Tokenizer(models.BPE())
        made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        made.decoder = decoders.ByteLevel()
        trainer = trainers.BpeTrainer(
            vocab_size=600,
            special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        )
    else:
        made = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
        made.normalizer = normalizers.Sequence(
            [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
        )
        # While it is trained only: no token goes over the end of a line, or holds two words.
        made.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Split("\n", "isolated"), pre_tokenizers.Split("▁", "merged_with_next")]
        )
        made.decoder = decoders.Sequence(
            [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
             decoders.Strip(" ", 1, 0)]
        )  # fmt: skip
        trainer = trainers.BpeTrainer(
            vocab_size=700,
            special_tokens=["<unk>", "<s>", "</s>", *(f"<0x{at:02X}>" for at in range(256))],
            show_progress=False,
        )
    made.train_from_iterator(corpus, trainer)
    return made.to_str()


def _trained(kind):
    from tokenizers import Tokenizer, processors

    state = json.loads(_words(kind))
    # Bytes are words of the vocabulary, not tokens with a meaning of their own.
    state["added_tokens"] = [
        each for each in state["added_tokens"] if not each["content"].startswith("<0x")
    ]
    if kind == "llama":
        state["pre_tokenizer"] = None
    made = Tokenizer.from_str(json.dumps(state))
    if kind == "llama":
        made.post_processor = processors.TemplateProcessing(
            single="<s> $A", special_tokens=[("<s>", made.token_to_id("<s>"))]
        )
    return made


def few_texts(folder, base, *, looked_at=4):
    """Sixteen texts to train on, and some to look at, as `format` leaves them."""
    small = small_pairs()
    pairs = split(folder / "split", small[:16], small[16 : 16 + looked_at])
    return formatted(folder / "texts", pairs, recipe(base))
