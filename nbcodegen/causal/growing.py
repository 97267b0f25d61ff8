"""Keys and values of candidates while they are written, after the prompt's in one cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nbcodegen.causal.prefixes import can_cut, keep_only

if TYPE_CHECKING:
    import torch


class Growing:
    """What each candidate's next tokens look back on: the prompt, and its own tokens.

    All candidates are written into one sequence, where each sees its own tokens only (a tree of
    tokens, as SpecInfer verifies: Miao et al. 2023). The prompt is there once, a block costs what
    its tokens cost, whosever they are, and what nobody keeps is taken out again.
    """

    longest_guess = 1 << 10

    def __init__(self, model: Any, cache: Any, rows: int, length: int) -> None:
        """It goes on in the prompt's own cache, whose beginning stays the prompt."""
        import torch

        self._model, self._cache = model, cache
        self._sees = torch.ones(rows, length, dtype=torch.bool)
        """Which tokens each row looks at (rows x tokens in the cache)."""
        self._own = torch.zeros(rows, 0, dtype=torch.bool)
        """Likewise, of the block that was read last."""

    def read(self, blocks: Sequence[Sequence[int]], begin: Sequence[int]) -> torch.Tensor:
        """Scores of the token after each one of all blocks, one after another (tokens x words).

        `begin` is each row's place in its own text.
        """
        import torch

        device, rows = self._model.device, torch.arange(len(blocks))
        row = torch.tensor([at for at, block in enumerate(blocks) for _ in block])
        self._own = rows[:, None] == row
        asked: dict[str, Any] = {"past_key_values": self._cache, "use_cache": True}
        if len(blocks) > 1:
            now = self._own[row].tril()  # not what stands further on in the block
            asked["attention_mask"] = torch.cat([self._sees[row], now], 1)[None, None].to(device)
            lines = zip(begin, blocks, strict=True)
            places = [first + at for first, block in lines for at in range(len(block))]
            asked["position_ids"] = torch.tensor([places], device=device)
        with torch.inference_mode():
            ids = torch.tensor([[token for block in blocks for token in block]], device=device)
            scores: torch.Tensor = self._model(input_ids=ids, **asked).logits[0].float()
        return scores

    def settle(self, kept: Sequence[int]) -> None:
        """Say how many tokens of its block each row keeps."""
        import torch

        counted = self._own.cumsum(1) <= torch.tensor(list(kept))[:, None]
        self._leave(torch.cat([self._sees, self._own & counted], 1))

    def select(self, rows: Sequence[int]) -> None:
        """Go on with these rows only."""
        self._leave(self._sees[list(rows)])

    def _leave(self, sees: torch.Tensor) -> None:
        """Take out what no row sees any more."""
        import torch

        used = sees.any(0)
        with torch.inference_mode():
            keep_only(self._cache, used.to(self._model.device))
        self._sees = sees[:, used]

    def close(self) -> None:
        """Nothing is held but by whoever made it."""


def takes_trees(model: Any, cache: Any) -> bool:
    """Tell whether rows can share one sequence: not where a window slides, or flash attention
    knows of no mask."""
    attention = getattr(model.config, "_attn_implementation", "")
    modern = bool(getattr(model, "_supports_attention_backend", False))
    return can_cut(cache) and modern and attention == "sdpa"
