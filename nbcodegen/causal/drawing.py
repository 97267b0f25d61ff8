"""Scores of the next token -> the token: the likeliest, or one drawn by chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nbcodegen.values import Decoding

if TYPE_CHECKING:
    import torch


MOST_DRAWN = 256
"""Tokens that chance chooses among, where `top_k` does not say: sorting all of them takes longer
than the rest has to give."""


def drawn(scores: torch.Tensor, how: Decoding, chance: Any) -> torch.Tensor:
    """Draw a token for each row of scores (... x vocabulary), with a generator of torch's.

    Top-k first, then top-p over what is left, as transformers does.
    """
    import torch

    flat = scores.reshape(-1, scores.shape[-1])
    best = flat.topk(min(how.top_k or MOST_DRAWN, flat.shape[-1]), dim=-1)
    shares = (best.values / how.temperature).softmax(-1)
    # The likeliest stays, whatever its share.
    beyond = shares.cumsum(-1) - shares >= how.top_p
    place = torch.multinomial(shares.masked_fill(beyond, 0.0), 1, generator=chance)
    return best.indices.gather(-1, place).reshape(scores.shape[:-1])


def penalised(scores: torch.Tensor, written: Sequence[int], penalty: float) -> torch.Tensor:
    """Lower one row's scores of what was written before (Keskar et al. 2019).

    Only of what the model wrote: names of the prompt are to be repeated.
    """
    if penalty == 1 or not written:
        return scores
    import torch

    again = torch.tensor(sorted(set(written)), device=scores.device)
    held = scores[again]
    lowered = torch.where(held > 0, held / penalty, held * penalty)
    return scores.index_copy(0, again, lowered)
