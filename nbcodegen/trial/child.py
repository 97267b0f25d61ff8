"""The process of one trial: into the boundary, run the code on the tables, write the report."""

from __future__ import annotations

import importlib
import os
import pickle
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from nbcodegen.boundary import Limits, enclose
from nbcodegen.footprint import names_in
from nbcodegen.trial import report
from nbcodegen.values import Failure, Report

DIE_WITH_PARENT = 1


@dataclass(frozen=True, slots=True)
class Task:
    """What one trial is to do."""

    code: str
    token: bytes
    limits: Limits
    bounded: bool
    """False where the user chose to run without a boundary."""
    confined: bool
    """Whether the zygote's private file system guards files already."""


def perform(task: Task, payload: bytes, out: int, orders: int) -> NoReturn:
    """Do the task and end this process. Nothing outside its reports tells what happened.

    The report goes first; another with a picture follows if `orders` brings the wish for one.
    """
    try:
        _stand_alone(out, orders)
        if task.bounded:
            enclose(task.limits, confined=task.confined)
    except BaseException as error:  # no boundary, no trial
        _write(out, task, _untried(f"the boundary failed: {error}"))
    else:
        said, figures = tried(task.code, payload)
        _write(out, task, said)
        if os.read(orders, 1):
            _write(out, task, pictured(said, figures))
    os._exit(0)


def pictured(said: Report, figures: Sequence[Any]) -> Report:
    """Add a picture of the first figure to a report."""
    from nbcodegen.trial.describing import picture

    try:
        return replace(said, picture=picture(figures[0]))
    except BaseException:  # nothing was drawn, or it is too large, or its own methods raise
        return said


def tried(code: str, payload: bytes) -> tuple[Report, Sequence[Any]]:
    """Run code over the variables that a payload holds; called inside the boundary.

    Returns the report, and the figures that it is about.
    """
    from nbcodegen.trial.describing import describe
    from nbcodegen.trial.running import failure, run

    try:
        used = names_in(code)
        tables, missing = unpacked(payload)
        for name in sorted(used & missing.keys()):
            return _untried(f"{name} cannot be copied: {missing[name]}"), ()
        originals, _ = unpacked(payload)
        outcome = run(code, tables)
    except BaseException as error:
        return Report(failure=failure(error)), ()
    try:
        return describe(outcome, tables, originals), outcome.figures
    except BaseException as error:  # a value whose own methods raise, or too little memory
        said = failure(error)
        why = f"its result cannot be described ({said.kind}: {said.message})"
        return Report(failure=Failure("Undescribed", why)), ()


def unpacked(payload: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """Make the variables that `sample` packed; and why those that are missing are."""
    packed: dict[str, dict[str, Any]] = pickle.loads(payload)
    makers: dict[str, Callable[[Any], Any]] = {
        "values": pickle.loads,
        "modules": importlib.import_module,
    }
    made, missing = {}, dict(packed["missing"])
    for room, maker in makers.items():
        for name, packing in packed[room].items():
            try:
                made[name] = maker(packing)
            except Exception as error:  # a class or a module that only the notebook knows
                missing[name] = f"{type(error).__name__}: {error}"[:200]
    return made, missing


def _untried(why: str) -> Report:
    return Report(failure=Failure("NotTried", why))


def _stand_alone(out: int, orders: int) -> None:
    """Keep nothing of the zygote's but the ends of the two pipes."""
    from nbcodegen.boundary.kernel import library

    library("prctl", DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    os.environ.clear()  # not in the zygote, whose libraries are still told to start no threads
    first, last = sorted((out, orders))
    os.closerange(3, first)
    os.closerange(first + 1, last)
    os.closerange(last + 1, 1 << 20)


def _write(out: int, task: Task, said: Report) -> None:
    rest = memoryview(report.framed(report.pack(said, task.token)))
    while rest:
        rest = rest[os.write(out, rest) :]
