"""Keys and values of candidates while they are written, in a cache that grows with them."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nbcodegen.causal.prefixes import can_cut, cut

if TYPE_CHECKING:
    import torch


class Growing:
    """What each row's next tokens look back on: the prompt, and what was kept of every block.

    Rows take in blocks of one width and keep different parts of them. What one row did not keep
    stays in the cache as a hole that it does not look at; what no row kept is cut off.
    """

    def __init__(self, model: Any, cache: Any, rows: int, length: int) -> None:
        """A single row goes on in the prompt's own cache; several go on in a copy of it."""
        import torch

        self._model, self._cache = model, cache
        self._mask: torch.Tensor | None = None
        self._width = 0
        self.longest_guess = 1 << 10 if can_cut(cache) else 0
        """Tokens that can be taken back: none from a window that slides."""
        if rows > 1:
            with torch.inference_mode():
                self._cache = copy.deepcopy(cache)
                self._cache.batch_repeat_interleave(rows)
            self._mask = torch.ones(rows, length, dtype=torch.long)

    def read(self, block: Sequence[Sequence[int]], begin: Sequence[int]) -> torch.Tensor:
        """Scores of the token after each one of the block (rows x width x words).

        `begin` is each row's place in its own text.
        """
        import torch

        device, self._width = self._model.device, len(block[0])
        asked: dict[str, Any] = {"past_key_values": self._cache, "use_cache": True}
        if self._mask is not None:
            seen = torch.ones(len(block), self._width, dtype=torch.long)
            self._mask = torch.cat([self._mask, seen], dim=1)
            asked["attention_mask"] = self._mask.to(device)
            places = torch.tensor(list(begin))[:, None] + torch.arange(self._width)
            asked["position_ids"] = places.to(device)
        with torch.inference_mode():
            ids = torch.tensor([list(row) for row in block], device=device)
            scores: torch.Tensor = self._model(input_ids=ids, **asked).logits.float()
        return scores

    def settle(self, kept: Sequence[int]) -> None:
        """Say how many tokens of the block each row keeps."""
        import torch

        unused = self._width - max(kept)
        with torch.inference_mode():
            cut(self._cache, unused)
        if self._mask is None:
            return
        for row, count in enumerate(kept):
            self._mask[row, self._mask.shape[1] - self._width + count :] = 0
        self._mask = self._mask[:, : self._mask.shape[1] - unused]

    def select(self, rows: Sequence[int]) -> None:
        """Go on with these rows only, in this order; one may come twice."""
        import torch

        with torch.inference_mode():
            places = torch.tensor(list(rows), device=self._model.device)
            self._cache.batch_select_indices(places)
        if self._mask is not None:
            self._mask = self._mask[list(rows)]

    def close(self) -> None:
        """Nothing is held but by whoever made it."""
