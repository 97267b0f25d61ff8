"""A `tokenizer.json` of byte pairs -> its tokens, kinds, scores and merges as GGUF lists them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbcodegen.training.errors import TrainError

NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6
"""Kinds of token, as GGUF numbers them."""
_BYTE = re.compile(r"<0x[0-9A-F]{2}>")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What llama.cpp needs of a tokenizer."""

    tokens: Sequence[str]
    kinds: Sequence[int]
    scores: Sequence[float]
    merges: Sequence[str]
    bytewise: bool
    """Tokens are runs of bytes (GPT-2's way), not of characters with a fallback to bytes."""
    end: int
    begin: int | None
    begins: bool
    """Whether every text begins with the token `begin`."""
    chat: str


def vocabulary(folder: Path, size: int) -> Vocabulary:
    """Read the tokenizer of a folder; the model may have more words than it, never fewer."""
    from nbcodegen.causal import weights

    state = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    model = state["model"]
    if model["type"] != "BPE":
        raise TrainError(
            f"The tokenizer is of the kind {model['type']}; GGUF is written for byte pairs (BPE)."
        )
    tokenizer = weights.tokenizer(weights.Base(str(folder)))
    added = {each["id"]: each for each in state.get("added_tokens", ())}
    words = {number: word for word, number in model["vocab"].items()}
    words |= {number: each["content"] for number, each in added.items()}
    merges = [each if isinstance(each, str) else " ".join(each) for each in model["merges"]]
    ranks = {each.replace(" ", ""): rank for rank, each in reversed(list(enumerate(merges)))}
    tokens = [words.get(number, f"[PAD{number}]") for number in range(size)]
    first = list(tokenizer("a")["input_ids"])[:1]
    return Vocabulary(
        tokens,
        [_kind(number, words, added, model) for number in range(size)],
        # A piece that is merged earlier is the better one; single characters are never merged.
        [-float(ranks.get(word, 0)) for word in tokens],
        merges,
        not model.get("byte_fallback", False),
        int(tokenizer.eos_token_id),
        tokenizer.bos_token_id,
        tokenizer.bos_token_id is not None and first == [tokenizer.bos_token_id],
        tokenizer.chat_template or "",
    )


def _kind(
    number: int,
    words: Mapping[int, str],
    added: Mapping[int, Mapping[str, Any]],
    model: Mapping[str, Any],
) -> int:
    if number not in words:
        return UNUSED
    if words[number] == model.get("unk_token"):
        return UNKNOWN
    if number in added:
        return CONTROL if added[number]["special"] else USER_DEFINED
    return BYTE if model.get("byte_fallback") and _BYTE.fullmatch(words[number]) else NORMAL
