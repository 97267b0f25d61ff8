"""What watches a causal model while it learns: its gradients, the looks at validation, the clock.

Plain classes with the events of transformers' `TrainerCallback`; `callback` makes one of each.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbcodegen.training.errors import TrainError
from nbcodegen.training.progress import Progress
from nbcodegen.training.tuning import causal_ranks, repacking

SCORE = "eval_score"
"""What the best checkpoint is chosen by: the pass rate, and among equal ones the loss."""
_LOSS_AMONG_EQUALS = 1e-6


def callback(watch: Any) -> Any:
    """Make a callback of transformers out of a plain class with its events."""
    from transformers import TrainerCallback

    kind: Any = type(type(watch).__name__, (type(watch), TrainerCallback), {})
    made = object.__new__(kind)
    made.__dict__.update(watch.__dict__)
    return made


@dataclass
class Gradients:
    """Raises where nothing is learnt: looked at in the first step, and after each evaluation."""

    unchecked: bool = True

    def on_evaluate(self, *_: Any, **__: Any) -> None:
        """Evaluations put layers into another mode; look again."""
        self.unchecked = True

    def on_pre_optimizer_step(self, *_: Any, model: Any, **__: Any) -> None:
        """Look at the gradients while they are there."""
        if not self.unchecked:
            return
        self.unchecked = False
        if not causal_ranks.anywhere(found=learns(model)):
            raise TrainError(
                "The adapter gets no gradient: after this step it would be what it was. "
                f"{_why(model)}"
            )


def learns(model: Any) -> bool:
    """Tell whether any trainable weight has a gradient that is not zero."""
    if any(map(repacking.is_repacked, model.modules())):
        return False
    found = (each.grad for each in model.parameters() if each.requires_grad)
    return any(grad is not None and bool((grad != 0).any()) for grad in found)


def _why(model: Any) -> str:
    if any(map(repacking.is_repacked, model.modules())):
        return (
            "bitsandbytes repacked its 4-bit layers for use without learning, as it does on this "
            "CPU in eval() mode. Train with --set tune.quantize=none."
        )
    return (
        "Check that lora.target_modules names layers that the model uses, and that the texts have "
        "completions; on a CPU try --set tune.quantize=none."
    )


@dataclass
class Looks:
    """Looks at the validation requests at even distances, and ends what no longer improves."""

    looks: int
    patience: int
    rate: Callable[[], float] | None = None
    """Share of validation requests whose generated code passes; None: the loss alone decides."""
    log: Callable[[dict[str, float]], None] = lambda _: None
    say: Callable[[str], None] = lambda _: None

    def on_step_end(self, _: Any, state: Any, control: Any, **__: Any) -> None:
        """Ask for an evaluation and a checkpoint where one is due."""
        if is_due(state.global_step, state.max_steps, self.looks):
            control.should_evaluate = control.should_save = True

    def on_evaluate(
        self, _: Any, state: Any, control: Any, metrics: dict[str, float], **__: Any
    ) -> None:
        """Add the pass rate, and stop after `patience` looks without a better one."""
        loss = metrics["eval_loss"]
        added = {SCORE: -loss}
        line = f"step {state.global_step}: validation loss {loss:.4f}"
        if self.rate is not None:
            rate = self.rate()
            line += f", pass rate {rate:.1%}"
            added = {"eval_pass_rate": rate, SCORE: rate - _LOSS_AMONG_EQUALS * min(loss, 1e3)}
        metrics |= added
        self.log(added)
        self.say(line)
        if is_over(state.log_history, self.patience):
            self.say(f"No better for {self.patience} looks: ended at step {state.global_step}.")
            control.should_training_stop = True


def is_due(step: int, steps: int, looks: int) -> bool:
    """Tell whether one of so many even looks falls on this step; the last falls on the last step.

    >>> [step for step in range(1, 11) if is_due(step, 10, 3)]
    [4, 7, 10]
    """
    return step >= steps or (step * looks) // steps > ((step - 1) * looks) // steps


def is_over(history: Sequence[Mapping[str, float]], patience: int) -> bool:
    """Tell by what was logged whether the last `patience` looks were no better than one before."""
    rates = [entry["eval_pass_rate"] for entry in history if "eval_pass_rate" in entry]
    return stale(rates or [entry[SCORE] for entry in history if SCORE in entry], patience)


def stale(scores: Sequence[float], patience: int) -> bool:
    """Tell whether the best score is `patience` looks old; never with a patience of 0.

    >>> stale([0.2, 0.5, 0.5, 0.4], 2), stale([0.2, 0.5, 0.4], 2)
    (True, False)
    """
    if not scores or patience <= 0:
        return False
    return len(scores) - 1 - scores.index(max(scores)) >= patience


@dataclass
class Clock:
    """Ends the training after so many minutes, with a look and a checkpoint."""

    minutes: float
    looks: bool
    began: float = field(default_factory=time.monotonic)

    def on_step_end(self, _: Any, __: Any, control: Any, **___: Any) -> None:
        """Look at the time; every process does as the first one's clock says."""
        late = self.minutes > 0 and time.monotonic() - self.began > self.minutes * 60
        if self.minutes > 0 and causal_ranks.told_by_first(late):
            control.should_training_stop = control.should_save = True
            control.should_evaluate = self.looks


@dataclass
class Bar:
    """Moves the bar, and ends a training whose loss is no number any more."""

    progress: Progress
    what: str
    _steps: Iterator[int] | None = None

    def on_train_begin(self, _: Any, state: Any, __: Any, **___: Any) -> None:
        """Open the bar where the run goes on."""
        steps = range(state.max_steps)
        self._steps = iter(self.progress.track(steps, self.what, state.max_steps))
        for _unused in range(state.global_step):
            next(self._steps, None)

    def on_step_end(self, *_: Any, **__: Any) -> None:
        """One step further."""
        if self._steps is not None:
            next(self._steps, None)

    def on_train_end(self, *_: Any, **__: Any) -> None:
        """Close the bar."""
        close = getattr(self._steps, "close", None)
        if close is not None:
            close()

    def on_log(
        self, _: Any, state: Any, __: Any, logs: Mapping[str, float] | None = None, **___: Any
    ) -> None:
        """Look at the loss."""
        loss = (logs or {}).get("loss", 0.0)
        if not math.isfinite(loss):
            raise TrainError(
                f"The loss at step {state.global_step} is {loss}: the weights are lost from here "
                "on. Lower tune.learning_rate, or use --set tune.precision=bf16 (fp32 on a CPU), "
                "and run again: it goes on from the last checkpoint."
            )
