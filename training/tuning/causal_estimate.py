"""Recipe and number of texts -> steps, time and memory that a run will take, before it runs."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

from nbcodegen.causal import weights
from nbcodegen.errors import GenerateError
from nbcodegen.training.recipe import Recipe
from nbcodegen.training.tuning import causal_arguments, causal_base, causal_ranks
from nbcodegen.training.tuning.causal_data import replayed

TOKENS_A_TEXT = 400
"""Of a rendered prompt with its code, where nobody counted."""
FLOPS_A_WEIGHT = 6
"""Of a token forward and backward; the frozen weights take no gradient, checkpointing runs the
forward again: about the same (Kaplan et al. 2020)."""
EFFICIENCY = 0.35
"""Share of a plain matrix product's speed that training reaches."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would take on this machine, to within a factor of two."""

    steps: int
    minutes: float | None
    """None where the base model's size is not known without a download."""
    gigabytes: float
    """Of GPU memory, or of main memory where there is no GPU; 0.0 where it is not known."""


def estimate(recipe: Recipe, texts: int, tokens: int = 0) -> Estimate:
    """Estimate a run over so many training texts, `tokens` long together if that is known."""
    whole = texts + replayed(recipe, texts)
    each = min(recipe.format.max_tokens, tokens // max(1, texts) or TOKENS_A_TEXT)
    together = max(1, recipe.format.max_tokens // each) if recipe.format.packing else 1
    rows = math.ceil(whole / together)
    steps = causal_arguments.steps(recipe.tune, max(1, rows), causal_ranks.world())
    config = _config(recipe)
    if config is None:
        return Estimate(steps, None, 0.0)
    weights = _weights(config)
    row = recipe.format.max_tokens if recipe.format.packing else each
    batch = recipe.tune.per_device_train_batch_size * row
    flops = FLOPS_A_WEIGHT * sum(weights) * batch * recipe.tune.gradient_accumulation_steps * steps
    minutes = flops / (_flops_a_second() * EFFICIENCY) / 60
    return Estimate(
        steps, round(minutes, 1), round(_bytes(recipe, config, weights, batch) / 1e9, 2)
    )


def _config(recipe: Recipe) -> Any:
    """The base's config where it is on this machine already; None where it would be fetched."""
    base = causal_base.find(recipe)
    if base.is_folder:
        return weights.config(base)
    try:
        return weights.config(base, here=True)
    except GenerateError:
        return None


def _weights(config: Any) -> tuple[int, int]:
    """Weights in linear layers, and all others, of a model that is never given memory."""
    import torch
    import transformers

    library: Any = transformers
    with torch.device("meta"):
        model = library.AutoModelForCausalLM.from_config(config)
    head = model.get_output_embeddings()
    layers = [each for each in model.modules() if isinstance(each, torch.nn.Linear)]
    linear = sum(each.weight.numel() for each in layers if each is not head)
    return linear, sum(each.numel() for each in model.parameters()) - linear


def _bytes(recipe: Recipe, config: Any, weights: tuple[int, int], batch: int) -> float:
    linear, others = weights
    size = 4 if causal_arguments.precision(recipe) == "fp32" else 2
    frozen = (0.53 if recipe.tune.quantize == "nf4" else size) * linear + size * others
    # An adapter of rank r beside a d x d layer has 2 r d weights, each with a gradient and two
    # moments of AdamW.
    adapter = 2 * recipe.lora.r * linear / max(1, config.hidden_size)
    moments = 2 if "8bit" in causal_arguments.optimizer(recipe) else 8
    layers = config.num_hidden_layers
    kept = 2 if recipe.tune.gradient_checkpointing else 34  # activations, in widths of the model
    activations = batch * config.hidden_size * size * (layers * kept + 34)
    words = batch * config.vocab_size * size * 3
    return float(frozen + adapter * (4 + 4 + moments) + activations + words)


def _flops_a_second() -> float:
    """Measure a matrix product on the device that would train, for a fraction of a second."""
    import torch

    device = torch.device(causal_ranks.device())
    side = 4096 if device.type == "cuda" else 768
    kind = torch.bfloat16 if device.type == "cuda" else torch.float32
    left = torch.ones(side, side, device=device, dtype=kind)
    fastest = min(_seconds(left) for _ in range(6))  # the first ones start things up
    return 2 * side**3 / fastest


def _seconds(left: Any) -> float:
    began = time.perf_counter()
    float((left @ left)[0, 0])
    return time.perf_counter() - began
