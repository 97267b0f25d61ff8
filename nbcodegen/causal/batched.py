"""Keys and values of candidates that cannot share one cache: a copy of the prompt's for each."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch


class Batched:
    """As `Growing`, one token at a time: from a window that slides, nothing can be taken back."""

    longest_guess = 0

    def __init__(self, model: Any, cache: Any, rows: int) -> None:
        import torch

        self._model = model
        with torch.inference_mode():
            self._cache = copy.deepcopy(cache)
            self._cache.batch_repeat_interleave(rows)

    def read(self, blocks: Sequence[Sequence[int]], begin: Sequence[int] = ()) -> torch.Tensor:
        """Scores of the token after each row's (rows x words); all rows are of one length."""
        import torch

        with torch.inference_mode():
            ids = torch.tensor([list(block) for block in blocks], device=self._model.device)
            scores: torch.Tensor = (
                self._model(input_ids=ids, past_key_values=self._cache, use_cache=True)
                .logits[:, -1]
                .float()
            )
        return scores

    def settle(self, kept: Sequence[int]) -> None:
        """Every token is kept."""

    def select(self, rows: Sequence[int]) -> None:
        """Go on with these rows, in this order; beams take some of them twice."""
        import torch

        with torch.inference_mode():
            self._cache.batch_select_indices(torch.tensor(list(rows), device=self._model.device))

    def close(self) -> None:
        """Nothing is held but by whoever made it."""
