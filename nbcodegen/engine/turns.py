"""Jobs of several kernels, one model: each gets a block in turn.

A job is a generator over the writer's loop. Who asked and went away costs one block at most.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_AT_ONCE = 4
"""Jobs that are written side by side; later ones wait in line."""

Message = dict[str, Any]


@dataclass(slots=True)
class Job:
    """One kernel's request."""

    message: Mapping[str, Any]
    tell: Callable[[Message], None]
    gone: Callable[[], bool]
    """Whether nobody waits for it any more."""
    steps: Iterator[Message | None] | None = field(default=None)


class Turns:
    """Works on jobs, one step of one job at a time."""

    def __init__(self, begin: Callable[[Mapping[str, Any]], Iterator[Message | None]]) -> None:
        """`begin` turns a request into its steps."""
        self._begin = begin
        self._waiting: deque[Job] = deque()
        self._active: deque[Job] = deque()
        self.served = 0

    def take(self, job: Job) -> None:
        """Put a job in line."""
        self._waiting.append(job)

    @property
    def busy(self) -> bool:
        """Whether there is anything to do."""
        return bool(self._waiting or self._active)

    def step(self) -> None:
        """Do one step of the job whose turn it is."""
        while self._waiting and len(self._active) < MOST_AT_ONCE:
            self._active.append(self._waiting.popleft())
        job = self._active.popleft()
        if job.gone():
            _close(job)
            return
        try:
            if job.steps is None:
                job.steps = iter(self._begin(job.message))
            told = next(job.steps, _END)
        except Exception as error:
            _close(job)
            job.tell(problem(error))
            job.tell(_END)
            return
        if told is not None:
            job.tell(told)
        if told is _END:
            self.served += 1
        else:
            self._active.append(job)


_END: Message = {"end": True}


def problem(error: Exception) -> Message:
    """An error as a message: one for people as it is, a bug of ours by its kind."""
    from nbcodegen.errors import GenerateError

    if isinstance(error, GenerateError):
        return {"error": str(error), "kind": type(error).__name__}
    if type(error).__name__ in ("OutOfMemoryError", "AcceleratorError", "MemoryError"):
        said = "There was not enough memory for this request. Ask for fewer candidates."
        return {"error": said, "kind": "NoModel"}
    return {"error": f"{type(error).__name__}: {error}", "kind": "Bug"}


def _close(job: Job) -> None:
    close = getattr(job.steps, "close", None)
    if close is not None:
        close()
