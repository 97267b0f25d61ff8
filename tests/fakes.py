"""A model that answers from a script: the one fake in the tests, plugged in as any model is."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from nbcodegen.prompt import TEMPLATE
from nbcodegen.values import Completion, Prompt


class ScriptedModel:
    """Answers requests in turn with what was enqueued, then nothing; remembers what was asked.

    `pause` is how many seconds it works on each completion, looking at `stop` as it should.
    """

    def __init__(self, *answers: str | Completion | Sequence[str | Completion]) -> None:
        self.name = "scripted"
        self.where = "in process"
        self.template = TEMPLATE
        self.revision = "0123456789ab"
        self.general = False
        self.pause = 0.0
        self.working: Callable[[], object] = lambda: None
        """Called at the start of every completion: a test's foot in the door."""
        self.prompts: list[Prompt] = []
        self.asked: list[tuple[int, int]] = []
        """The count and the seed of every request."""
        self.stopped = 0
        self._answers: deque[list[Completion]] = deque()
        for answer in answers:
            self.enqueue(*([answer] if isinstance(answer, str | Completion) else answer))

    def enqueue(self, *completions: str | Completion) -> None:
        """Add the completions of one more request."""
        self._answers.append([_completion(each, n) for n, each in enumerate(completions)])

    def complete(
        self, prompt: Prompt, *, count: int, seed: int, stop: Callable[[], bool]
    ) -> Iterator[Completion]:
        self.prompts.append(prompt)
        self.asked.append((count, seed))
        answers = self._answers.popleft() if self._answers else []
        for completion in answers[:count]:
            self.working()
            if self._worked_until_stopped(stop):
                self.stopped += 1
                return
            yield completion

    def _worked_until_stopped(self, stop: Callable[[], bool]) -> bool:
        end = time.monotonic() + self.pause
        while not stop() and time.monotonic() < end:
            time.sleep(0.01)
        return stop()


def _completion(answer: str | Completion, place: int) -> Completion:
    return Completion(answer, score=-float(place)) if isinstance(answer, str) else answer
