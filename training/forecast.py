"""What a run would come to, from a look at a few files: pairs, steps, minutes, memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from nbcodegen.training.errors import NothingLeft
from nbcodegen.training.folder import Manifest
from nbcodegen.training.progress import Progress, Quiet
from nbcodegen.training.recipe import Recipe
from nbcodegen.training.stages import named, run_stage

LOOKED_AT = 20
"""Files that are mined for the forecast; what they come to is taken for the rest."""
BEFORE_TRAINING = ("mine", "clean", "dedupe", "augment", "split", "format")
EMBEDDED_GIGABYTES = 1.0
GIGABYTES_A_ROW = 0.12
"""Seen: 2.6 at the peak in batches of 16, 5.5 in batches of 32."""


def foreseen(paths: Sequence[Path], recipe: Recipe, progress: Progress) -> Iterator[str]:
    """Mine a few files into a folder that is thrown away, and say what all would come to."""
    from nbcodegen.training.mining.sources import Search

    search = Search(recipe.mine.skip, lambda path, reason: None)
    found = [each for batch in search.batches(paths) for each in batch]
    files = [Path(each.path) for each in found if not each.oid]
    looked = Random(recipe.seed).sample(files, min(LOOKED_AT, len(files)))
    yield f"{len(found):,} notebooks and scripts; looked at {len(looked)}"
    if not looked:
        yield "in repositories only: run `nbcodegen-train mine` on them to see what they hold"
        return
    scale = len(found) / len(looked)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            manifests = _walked(looked, Path(scratch), recipe, progress)
        except NothingLeft as error:
            yield f"nothing to learn from in these: {error}"
            return
    for name, manifest in manifests.items():
        yield f"{name}: about {int(manifest.kept * scale):,} kept"
    examples = int(manifests["format"].kept * scale)
    yield from _training(examples, recipe)


def _walked(
    files: Sequence[Path], folder: Path, recipe: Recipe, progress: Progress
) -> dict[str, Manifest]:
    """Run the stages before training on a few files."""
    manifests = {}
    for name in progress.track(BEFORE_TRAINING, "looking", len(BEFORE_TRAINING)):
        stage = named(name)
        inputs = [folder / each for each in stage.reads] or list(files)
        manifests[name] = run_stage(stage, inputs, folder / name, recipe, Quiet())
    return manifests


def _training(examples: int, recipe: Recipe) -> Iterator[str]:
    settings = recipe.tune
    if recipe.base != "embedded":
        from nbcodegen.training.tuning.causal_estimate import estimate

        foreseen = estimate(recipe, examples)
        minutes = "not known" if foreseen.minutes is None else f"{foreseen.minutes:.0f} minutes"
        yield f"tune: {foreseen.steps:,} steps, {minutes}, {foreseen.gigabytes:.1f} GB of memory"
        return
    from nbcodegen.training.tuning.embedded_rows import VIEWS

    size = settings.per_device_train_batch_size * settings.gradient_accumulation_steps
    rows = examples * VIEWS / (1 - settings.replay)
    steps = settings.max_steps
    if steps <= 0:
        steps = max(1, int(settings.num_train_epochs * rows / size))
    limit = f", at most {settings.max_minutes:.0f} minutes" if settings.max_minutes else ""
    gigabytes = EMBEDDED_GIGABYTES + GIGABYTES_A_ROW * settings.per_device_train_batch_size
    yield f"tune: up to {steps:,} steps{limit}, {gigabytes:.1f} GB of memory"
