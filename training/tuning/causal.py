"""Texts -> an adapter for a causal base model (QLoRA), and the same training on code alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from nbcodegen import chat
from nbcodegen.causal import weights
from nbcodegen.prompt import TEMPLATE
from nbcodegen.training.folder import Folder, Output
from nbcodegen.training.progress import Progress
from nbcodegen.training.recipe import Recipe
from nbcodegen.training.tuning import (
    causal_adapter,
    causal_base,
    causal_checkpoints,
    causal_data,
    causal_ranks,
)
from nbcodegen.training.tuning.causal_checkpoints import Checkpoint
from nbcodegen.training.tuning.causal_data import Lessons
from nbcodegen.training.tuning.causal_estimate import Estimate, estimate
from nbcodegen.training.tuning.causal_generation import Drawing, generate, open_writer
from nbcodegen.training.tuning.causal_trainer import Judge, Run, trained
from nbcodegen.training.tuning.texts import form_in

__all__ = [
    "Drawing", "Estimate", "Judge", "estimate", "generate", "open_writer", "pretrain", "tune",
]  # fmt: skip

LEARNING = "learning.jsonl"
"""What was logged, a line a step: for plots."""
_UNIMPORTANT = {"max_minutes", "report_to"}
"""Settings that a run can be gone on with after they were changed."""

_Read = Callable[[Folder, Any, chat.Form, Recipe, Progress], Lessons]


def tune(
    folder: Folder, out: Output, recipe: Recipe, progress: Progress, judge: Judge | None = None
) -> None:
    """Tune an adapter on a folder of texts; the best one by `judge` on validation is kept.

    `recipe.base` may be an adapter, which is then gone on with. A run that was stopped goes on from
    its newest checkpoint in `out`. Under torchrun every process calls this, with an `out` that only
    the first one enters.
    """
    _train(folder, out, recipe, progress, causal_data.tuning, judge, "tune")


def pretrain(folder: Folder, out: Output, recipe: Recipe, progress: Progress) -> None:
    """Train an adapter on the code of a folder of texts alone: every token is learnt."""
    _train(folder, out, recipe, progress, causal_data.pretraining, None, "pretrain")


def _train(
    folder: Folder,
    out: Output,
    recipe: Recipe,
    progress: Progress,
    read: _Read,
    judge: Judge | None,
    what: str,
) -> None:
    base = causal_base.find(recipe)
    form = form_in(folder, base)
    tokenizer = weights.tokenizer(base)
    lessons = read(folder, tokenizer, form, recipe, progress)
    run = Run(base, tokenizer, form, lessons, recipe, out, progress, judge, what)
    if causal_ranks.is_first() and causal_checkpoints.keep_for(run.checkpoints, _mark(run, folder)):
        progress.say(f"The checkpoints in {run.checkpoints} were of other data or settings: anew.")
    last = trained(run)
    if causal_ranks.is_first():
        _hand_on(run, folder, last)


def _mark(run: Run, folder: Folder) -> dict[str, Any]:
    """What a checkpoint must agree in to be gone on from."""
    settings = {
        name: value for name, value in asdict(run.recipe.tune).items() if name not in _UNIMPORTANT
    }
    return {
        "data": folder.manifest.hash, "base": run.base.place, "revision": run.base.revision,
        "adapter": run.base.adapter, "seed": run.recipe.seed, "tune": settings,
        "lora": asdict(run.recipe.lora), "format": asdict(run.recipe.format), "what": run.what,
        "world": causal_ranks.world(),
    }  # fmt: skip


def _hand_on(run: Run, folder: Folder, last: Checkpoint) -> None:
    """Write the adapter's folder: weights, tokenizer, its account of itself, learning curve."""
    out, best = run.out, last.best or last.path
    causal_checkpoints.hand_on(best, out.path)
    run.tokenizer.save_pretrained(str(out.path))
    lines = "".join(json.dumps(entry) + "\n" for entry in last.history)
    (out.path / LEARNING).write_text(lines, encoding="utf-8")
    step = int(best.name.rpartition("-")[2])
    scores = causal_checkpoints.scores(last.history, step)
    settings = {"tune": asdict(run.recipe.tune), "lora": asdict(run.recipe.lora)}
    description = causal_adapter.Description(
        out.path.name, run.base.place, causal_base.revision_of(run.base),
        chat.template(TEMPLATE, run.form), "causal", settings, folder.manifest.hash, scores,
    )  # fmt: skip
    causal_adapter.save(out.path, description)
    out.kept = run.lessons.texts + run.lessons.replayed
    out.facts |= {
        "texts": run.lessons.texts, "replayed": run.lessons.replayed,
        "rows": len(run.lessons.train), "steps": last.step, "best_step": step, **scores,
    }  # fmt: skip
