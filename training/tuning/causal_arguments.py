"""Recipe -> transformers' TrainingArguments: the names are the same, `auto` is decided here."""

from __future__ import annotations

import math
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

from nbcodegen.causal import bits
from nbcodegen.causal.weights import Precision
from nbcodegen.training.errors import BadRecipe
from nbcodegen.training.recipe import Recipe, TuneSettings
from nbcodegen.training.tuning import causal_ranks, causal_watch

SAVES = 20
"""Checkpoints in a run, besides those of the looks at validation."""
MOST_LOGGED = 2000


def precision(recipe: Recipe) -> Precision:
    """Return what is computed in: `auto` is bf16 or fp16, as the GPU has it, and fp32 on a CPU."""
    if recipe.tune.precision != "auto":
        return recipe.tune.precision
    import torch

    if not torch.cuda.is_available():
        return "fp32"
    return "bf16" if torch.cuda.is_bf16_supported() else "fp16"


def optimizer(recipe: Recipe) -> str:
    """Return the optimizer: `auto` is paged 8-bit AdamW on a GPU, AdamW elsewhere."""
    if recipe.tune.optim != "auto":
        return recipe.tune.optim
    import torch

    narrow = torch.cuda.is_available() and bits.is_installed()
    return "paged_adamw_8bit" if narrow else "adamw_torch"


def steps(tune: TuneSettings, rows: int, world: int = 1) -> int:
    """Return how often the optimizer steps in a run over so many rows."""
    if tune.max_steps > 0:
        return tune.max_steps
    batches = math.ceil(rows / (tune.per_device_train_batch_size * world))
    each = math.ceil(batches / tune.gradient_accumulation_steps)
    return max(1, math.ceil(each * tune.num_train_epochs))


def arguments(recipe: Recipe, folder: Path, rows: int, *, validated: bool) -> Any:
    """Make the arguments of one run whose checkpoints go into that folder."""
    tune, total = recipe.tune, steps(recipe.tune, rows, causal_ranks.world())
    kind = precision(recipe)
    return _made(
        output_dir=str(folder),
        **{name: getattr(tune, name) for name in _SPELLED_ALIKE},
        per_device_eval_batch_size=tune.per_device_train_batch_size,
        warmup_steps=math.ceil(total * tune.warmup_ratio),
        optim=optimizer(recipe),
        bf16=kind == "bf16",
        fp16=kind == "fp16",
        seed=recipe.seed,
        data_seed=recipe.seed,
        save_strategy="steps",
        save_steps=max(1, total // SAVES),
        save_total_limit=2,
        metric_for_best_model=causal_watch.SCORE if validated else None,
        greater_is_better=True if validated else None,
        logging_steps=max(1, total // MOST_LOGGED),
        logging_nan_inf_filter=False,
        report_to=["wandb"] if tune.report_to == "wandb" else "none",
        remove_unused_columns=False,
        prediction_loss_only=True,
        disable_tqdm=True,
        log_level="error",
        log_level_replica="error",
        **_processes(),
        **_checkpointing(on=tune.gradient_checkpointing),
    )


_SPELLED_ALIKE = (
    "num_train_epochs", "max_steps", "per_device_train_batch_size", "gradient_accumulation_steps",
    "learning_rate", "lr_scheduler_type", "weight_decay", "max_grad_norm",
)  # fmt: skip


def _processes() -> dict[str, Any]:
    on_cpu, several = causal_ranks.device() == "cpu", causal_ranks.world() > 1
    return {
        "use_cpu": on_cpu,
        "ddp_backend": "gloo" if on_cpu and several else None,
        # Every adapter weight is used in every step; looking for unused ones costs time.
        "ddp_find_unused_parameters": False if several else None,
    }


def _checkpointing(*, on: bool) -> dict[str, Any]:
    """Gradient checkpointing, as this version of transformers spells it: 5.2x changed the name."""
    from transformers import TrainingArguments

    names = {each.name for each in fields(TrainingArguments)}
    word = "activation" if "activation_checkpointing" in names else "gradient"
    return {
        f"{word}_checkpointing": on,
        f"{word}_checkpointing_kwargs": {"use_reentrant": False} if on else None,
    }


def _made(**options: Any) -> Any:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import transformers

    library: Any = transformers
    try:
        made = library.TrainingArguments(**options)
    except ValueError as error:
        said = " ".join(str(error).split())[:300]
        raise BadRecipe(f"The settings in [tune] do not work together: {said}") from error
    if causal_ranks.world() == 1 and made.n_gpu > 1:
        # DataParallel cannot copy 4-bit layers; several GPUs are for torchrun.
        made._n_gpu = 1
    return made
