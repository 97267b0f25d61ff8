"""A model that somebody watches while it writes; whoever asks it gets whole completions only."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from nbcodegen.values import Completion, Model, Prompt

SELDOM_S = 0.12
"""Between two looks: a page that is redrawn for each token does nothing else."""


class Watched:
    """Passes on what it is asked, and tells what is there of the first completion."""

    def __init__(self, model: Model, tell: Callable[[Completion], None]) -> None:
        self._model, self._tell = model, tell
        self.name, self.where, self.general = model.name, model.where, model.general

    @property
    def template(self) -> str:
        """A large model knows it once it is open."""
        return self._model.template

    @property
    def revision(self) -> str:
        """Likewise."""
        return self._model.revision

    def complete(
        self, prompt: Prompt, *, count: int, seed: int, stop: Callable[[], bool]
    ) -> Iterator[Completion]:
        """Yield the whole completions."""
        told = 0.0
        for completion in self._model.complete(prompt, count=count, seed=seed, stop=stop):
            if not completion.partial:
                yield completion
            elif time.monotonic() - told >= SELDOM_S:
                told = time.monotonic()
                self._tell(completion)
