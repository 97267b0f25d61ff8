"""Code on copies of the user's tables, in a process of its own, inside the system's boundary.

`Trials` keeps one *zygote*: a process with the libraries loaded, from which every trial is forked.
What a trial can and cannot do stands in `nbcodegen.boundary`. It gets a bounded sample of the
tables that the code names, and all that comes back is one bounded report, read as foreign text.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from nbcodegen.trial.trials import Trials
from nbcodegen.values import TrialMode

__all__ = ["Trials", "open_trials"]


def open_trials(mode: TrialMode) -> AbstractContextManager[Trials | None]:
    """Open a place for trials that ends with a block; None where they are off."""
    return nullcontext() if mode == "off" else Trials(unbounded=mode == "unbounded")
