"""Base, lessons and recipe -> a trained adapter in the run's newest checkpoints, by one Trainer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from nbcodegen import chat
from nbcodegen.causal import bits, weights
from nbcodegen.training.errors import BadRecipe, MissingPackage, TrainError
from nbcodegen.training.folder import Output
from nbcodegen.training.progress import Progress, Quiet
from nbcodegen.training.recipe import LoraSettings, Recipe
from nbcodegen.training.records import Pair
from nbcodegen.training.tuning import (
    causal_arguments,
    causal_checkpoints,
    causal_ranks,
    causal_watch,
    packing,
    repacking,
)
from nbcodegen.training.tuning.causal_checkpoints import Checkpoint
from nbcodegen.training.tuning.causal_data import Lessons
from nbcodegen.training.tuning.causal_generation import MAX_NEW_TOKENS, Writer
from nbcodegen.training.tuning.texts import prompt_of

Judge = Callable[[list[Pair], list[str]], float]
"""Validation pairs and one code for each -> the share that passes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One training: what it starts from, learns, and is told."""

    base: weights.Base
    tokenizer: Any
    form: chat.Form
    lessons: Lessons
    recipe: Recipe
    out: Output
    progress: Progress
    judge: Judge | None = None
    what: str = "tune"

    @property
    def checkpoints(self) -> Path:
        """Where it can be gone on from."""
        return self.out.path / causal_checkpoints.FOLDER


def trained(run: Run) -> Checkpoint:
    """Train to the end, or go on from the newest checkpoint; return the last one.

    Raises `TrainError` where the adapter gets no gradient, the loss is lost, memory or disk end.
    """
    again = causal_ranks.told_by_first(
        causal_checkpoints.newest(run.checkpoints) if causal_ranks.is_first() else None
    )
    if again is not None:
        run.progress.say(f"Going on from {again.path.name} of {run.checkpoints}.")
        if again.step >= again.steps or causal_watch.is_over(
            again.history, run.recipe.tune.patience
        ):
            return again  # the trainer would take one step more
    board = _board(run)
    _carried_out(_trainer(run, _adapted(run), board), again)
    causal_ranks.wait()
    last = causal_checkpoints.newest(run.checkpoints)
    if last is None:
        raise TrainError(f"The run left no complete checkpoint in {run.checkpoints}. Run it again.")
    return last


def _adapted(run: Run) -> Any:
    """The base, frozen and in 4 bits where the recipe says so, with an adapter that learns."""
    from peft import PeftModel, get_peft_model
    from transformers import set_seed

    if run.recipe.tune.quantize == "nf4":
        bits.check_installed()
    model = weights.model(
        run.base,
        causal_arguments.precision(run.recipe),
        nf4=run.recipe.tune.quantize == "nf4",
        device=causal_ranks.device(),
        sharded=causal_ranks.is_sharded(),
    )
    repacking.keep_trainable(model)
    model.config.use_cache = False
    set_seed(run.recipe.seed)  # the adapter begins the same in every process and every run
    if run.base.adapter is not None:
        run.progress.say(f"Going on with the adapter {run.base.adapter}; [lora] is its own.")
        return PeftModel.from_pretrained(model, str(run.base.adapter), is_trainable=True)
    try:
        return get_peft_model(model, _lora(run.recipe.lora, run.base))
    except ValueError as error:
        said = " ".join(str(error).split())[:300]
        raise BadRecipe(f"The settings in [lora] do not fit {run.base.place}: {said}") from error


def _lora(lora: LoraSettings, base: weights.Base) -> Any:
    from peft import LoraConfig

    return LoraConfig(
        task_type="CAUSAL_LM",
        r=lora.r,
        lora_alpha=lora.lora_alpha,
        lora_dropout=lora.lora_dropout,
        target_modules=list(lora.target_modules) or "all-linear",
        revision=base.revision or None,
    )


def _trainer(run: Run, model: Any, board: list[Any]) -> Any:
    from transformers import PrinterCallback, Trainer

    tune, lessons = run.recipe.tune, run.lessons
    validated = len(lessons.validation) > 0
    settings = causal_arguments.arguments(
        run.recipe, run.checkpoints, len(lessons.train), validated=validated
    )
    looks = causal_watch.callback(causal_watch.Looks(tune.evaluations, tune.patience))
    speaks = run.progress if causal_ranks.is_first() else Quiet()
    watches = [
        causal_watch.callback(causal_watch.Gradients()),
        causal_watch.callback(causal_watch.Bar(speaks, run.what)),
        causal_watch.callback(causal_watch.Clock(tune.max_minutes, validated)),
        *([looks] if validated else []),
        *board,
    ]
    trainer = Trainer(
        model=model,
        args=settings,
        train_dataset=lessons.train,
        eval_dataset=lessons.validation if validated else None,
        data_collator=_collator(run, model),
        compute_loss_func=partial(loss, smoothing=tune.label_smoothing_factor),
        callbacks=watches,
    )
    trainer.remove_callback(PrinterCallback)
    looks.log, looks.say = trainer.log, speaks.say
    if run.judge is not None and lessons.pairs and not causal_ranks.is_sharded():
        looks.rate = partial(_pass_rate, run, model, run.judge)
    return trainer


def _collator(run: Run, model: Any) -> Any:
    if model.config._attn_implementation == "flash_attention_2":
        return packing.Flat()
    return packing.Blocks(pad=run.tokenizer.eos_token_id)


def _board(run: Run) -> list[Any]:
    """TensorBoard's files lie in `logs`; `wandb` is the Trainer's own affair."""
    told = run.recipe.tune.report_to
    if told not in ("tensorboard", "wandb", "none"):
        raise BadRecipe(f"tune.report_to is tensorboard, wandb or none, not {told!r}.")
    if told != "none" and find_spec(told) is None:
        raise MissingPackage(
            f"Learning curves are to be written by {told}, which is not installed: "
            f"pip install {told}, or --set tune.report_to=none"
        )
    if told != "tensorboard" or not causal_ranks.is_first():
        return []
    import transformers.integrations
    from torch.utils.tensorboard import SummaryWriter

    library: Any = transformers.integrations
    return [library.TensorBoardCallback(SummaryWriter(log_dir=str(run.out.path / "logs")))]


def loss(outputs: Any, labels: Any, num_items_in_batch: Any = None, *, smoothing: float) -> Any:
    """Return the mean loss over what is learnt of the whole step, whatever batch it came in.

    Only positions that are learnt are made 32-bit: with 150,000 words that is most of the memory.
    """
    from torch.nn.functional import cross_entropy

    wanted = labels[:, 1:]
    learnt = wanted != packing.MASKED
    total = cross_entropy(
        outputs["logits"][:, :-1][learnt].float(),
        wanted[learnt],
        label_smoothing=smoothing,
        reduction="sum",
    )
    count = learnt.sum().clamp(min=1) if num_items_in_batch is None else num_items_in_batch
    return total / count


def _pass_rate(run: Run, model: Any, judge: Judge) -> float:
    """Write code for the validation requests in every process alike; the first one judges."""
    batch = max(1, run.recipe.tune.per_device_train_batch_size)
    writer = Writer(model, run.tokenizer, run.form, batch)
    pairs = list(run.lessons.pairs)
    prompts = [prompt_of(pair) for pair in pairs]
    # What is half as long again as the longest that was learnt will not come out right.
    longest = min(MAX_NEW_TOKENS, run.lessons.longest * 3 // 2)
    codes = [first for first, *_ in writer.codes(prompts, max_new_tokens=longest)]
    rate = judge(pairs, codes) if causal_ranks.is_first() else 0.0
    return float(causal_ranks.told_by_first(rate))


def _carried_out(trainer: Any, again: Checkpoint | None) -> None:
    import torch
    from safetensors import SafetensorError

    try:
        trainer.train(resume_from_checkpoint=str(again.path) if again else None)
    except torch.OutOfMemoryError as error:
        raise TrainError(
            "The GPU's memory is too small for this step. Halve "
            "tune.per_device_train_batch_size and double tune.gradient_accumulation_steps, set "
            "tune.gradient_checkpointing=true, or lower format.max_tokens."
        ) from error
    except (OSError, SafetensorError) as error:
        raise TrainError(
            f"A checkpoint could not be written or read: {error}. Make room on the disk and run "
            "again: it goes on from the newest complete checkpoint."
        ) from error
    except RuntimeError as error:
        if "PytorchStreamWriter" not in str(error) and "file" not in str(error):
            raise
        raise TrainError(
            f"A checkpoint could not be written: {error}. Make room on the disk and run again: "
            "it goes on from the newest complete checkpoint."
        ) from error
