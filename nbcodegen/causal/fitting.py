"""How much memory a model takes in each precision, and which of them there is room for."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbcodegen.causal import bits
from nbcodegen.causal.weights import Precision
from nbcodegen.errors import NoModel
from nbcodegen.values import Quantize

KNOWN: Mapping[str, float] = {
    "Qwen/Qwen2.5-Coder-32B-Instruct": 32.8,
    "bigcode/starcoder2-15b": 16.0,
    "Qwen/Qwen2.5-Coder-14B-Instruct": 14.8,
    "codellama/CodeLlama-13b-Instruct-hf": 13.0,
    "Qwen/Qwen2.5-Coder-7B-Instruct": 7.6,
    "bigcode/starcoder2-7b": 7.2,
    "deepseek-ai/deepseek-coder-6.7b-instruct": 6.7,
    "codellama/CodeLlama-7b-Instruct-hf": 6.7,
    "Qwen/Qwen2.5-Coder-3B-Instruct": 3.1,
    "Qwen/Qwen2.5-Coder-1.5B-Instruct": 1.5,
    "deepseek-ai/deepseek-coder-1.3b-instruct": 1.3,
    "Qwen/Qwen2.5-Coder-0.5B-Instruct": 0.5,
}
"""Models that people use for code, largest first, with billions of weights."""
NF4_BYTES = 0.52
"""Of one weight, with the scales of its block (double quantisation)."""
WORKING = 1.15
"""What a model takes while it works, as a multiple of its weights."""
KEPT_TOKENS = 4 * 2048
"""Tokens whose keys and values are held at once: candidates, and prompts that were read."""
_BYTES: Mapping[Precision, int] = {"bf16": 2, "fp16": 2, "fp32": 4}
_LAYER = re.compile(r"\.(?:layers|h|blocks)\.\d+\..*(?:proj|fc|dense|attn|mlp|w\d)[^.]*\.weight$")


@dataclass(frozen=True, slots=True)
class Room:
    """Where a model may be opened."""

    device: Any
    """Number of a GPU, `mps`, or `cpu`."""
    name: str
    free: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a model is opened."""

    room: Room
    precision: Precision
    nf4: bool
    needs: int
    """Bytes, while it works."""


@dataclass(frozen=True, slots=True)
class Size:
    """Weights of a model, counted from its files' headers."""

    in_layers: int
    """Weights that 4 bits are for."""
    others: int
    kept: int
    """Numbers that are kept of each token that was read."""

    def needs(self, precision: Precision, *, nf4: bool) -> int:
        """Bytes that the model takes while it works."""
        wide = _BYTES[precision]
        weights = self.in_layers * (NF4_BYTES if nf4 else wide) + self.others * wide
        return int(weights * WORKING + self.kept * KEPT_TOKENS * wide)


def size(folder: Path, config: Any) -> Size:
    """Count a model's weights; reads the beginning of each file only."""
    in_layers = others = 0
    for name, shape in _tensors(folder):
        count = 1
        for length in shape:
            count *= length
        if len(shape) == 2 and _LAYER.search(name):
            in_layers += count
        else:
            others += count
    heads = int(getattr(config, "num_attention_heads", 1) or 1)
    groups = int(getattr(config, "num_key_value_heads", heads) or heads)
    width = int(getattr(config, "head_dim", 0) or config.hidden_size // heads)
    return Size(in_layers, others, 2 * int(config.num_hidden_layers) * groups * width)


def room() -> Room:
    """Return the best device of this machine, and what is free on it."""
    import torch

    if torch.cuda.is_available():
        free, _ = torch.cuda.mem_get_info(0)
        return Room(0, torch.cuda.get_device_name(0), int(free))
    import psutil

    free = int(psutil.virtual_memory().available)
    if torch.backends.mps.is_available():
        return Room("mps", "Apple GPU", free)
    return Room("cpu", "CPU", free)


def fit(name: str, size: Size, room: Room, quantize: Quantize = "auto") -> Fit:
    """Return how to open it there: the most exact way that there is room for.

    On a GPU, 4 bits come first: they are quicker there. Raises `NoModel` where nothing fits.
    """
    ways = list(_ways(room, quantize))
    fits = [Fit(room, precision, nf4, size.needs(precision, nf4=nf4)) for precision, nf4 in ways]
    found = next((each for each in fits if each.needs <= room.free), None)
    if found is not None:
        return found
    least = min(fits, key=lambda each: each.needs)
    narrow = any(nf4 for _, nf4 in ways)
    raise NoModel(
        f"{name} needs {gigabytes(least.needs)} and {gigabytes(room.free)} are free on this "
        f"machine's {room.name}. {_largest(room.free, narrow)}A model that another notebook had "
        "opened may still be there: nbcodegen engine stop"
    )


def gigabytes(count: float) -> str:
    """
    >>> gigabytes(5_432_000_000), gigabytes(2_000_000)
    ('5.4 GB', '2 MB')
    """
    return f"{count / 1e9:.1f} GB" if count >= 5e7 else f"{max(1, round(count / 1e6))} MB"


def _ways(room: Room, quantize: Quantize) -> Iterator[tuple[Precision, bool]]:
    narrow = quantize == "nf4" or (quantize == "auto" and bits.is_installed())
    if room.device == "mps":
        yield "fp16", False
    elif room.device == "cpu":
        if quantize != "nf4":
            yield from (("fp32", False), ("bf16", False))
        if narrow:
            yield "fp32", True
    else:
        if narrow:
            yield "bf16", True
        if quantize != "nf4":
            yield "bf16", False


def _largest(free: int, narrow: bool) -> str:
    each = NF4_BYTES if narrow else 2
    fitting = (name for name, billions in KNOWN.items() if billions * 1e9 * each * 1.3 <= free)
    name = next(fitting, None)
    return f"The largest known one that fits is {name}. " if name else ""


def _tensors(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Names and shapes in a folder's files (safetensors: a length, a header in JSON, the data)."""
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(length))
        for name, told in header.items():
            if name != "__metadata__":
                yield name, told["shape"]
