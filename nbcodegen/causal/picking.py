"""A block's scores -> its tokens, of which grounding has the last word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from nbcodegen.causal.drawing import drawn, penalised
from nbcodegen.causal.orders import Order, Row

if TYPE_CHECKING:
    import torch

    from nbcodegen.causal.writing import Writer

MOST_BANNED = 20
"""Tokens that are passed over at one place before grounding gives way to the checks."""


class Picked:
    """The tokens of one block, all chosen at once; one by one only where more has a say."""

    def __init__(
        self, writer: Writer, order: Order, scores: torch.Tensor, rows: Sequence[Row],
        widths: Sequence[int],
    ) -> None:  # fmt: skip
        """`scores` (tokens x words) are those of every row's block, of these widths."""
        import torch

        self._writer, self._order, self._rows = writer, order, rows
        self._scores = scores
        self._starts = [0, *accumulate(widths)]
        with torch.inference_mode():
            best = scores.argmax(-1)
            whose = [row for row, width in zip(rows, widths, strict=True) for _ in range(width)]
            chance = [at for at, row in enumerate(whose) if row.rank]
            if chance:
                best = best.clone()
                best[chance] = drawn(scores[chance], order.decoding, self._generator())
            logs = scores.log_softmax(-1).gather(-1, best[..., None])[..., 0]
            self._best, self._logs = best.tolist(), logs.tolist()

    def at(self, place: int, step: int) -> tuple[int, float]:
        """The token of that row at that place of its block, and its log-probability."""
        at = self._starts[place] + step
        row, token, scores = self._rows[place], self._best[at], self._scores[at]
        penalty = self._order.decoding.repetition_penalty
        if penalty != 1:
            scores = penalised(scores, row.tokens, penalty)
            token = self._one(row, scores)
        wanted = self._writer.wanted(self._order, bytes(row.written))
        if wanted or (wanted is None and self._leads_nowhere(row, token)):
            token = self._grounded(row, scores, wanted or [])
        if token == self._best[at]:
            return token, self._logs[at]
        return token, self._log(at, token)

    def _grounded(self, row: Row, scores: torch.Tensor, wanted: list[bytes]) -> int:
        """The best token that goes on towards a label, or at least away from none."""
        allowed = self._writer.vocabulary.towards(wanted) if wanted else []
        places = scores.new_tensor(allowed or range(scores.shape[-1])).long()
        scores = scores[places].clone()
        for _ in range(MOST_BANNED):
            best = self._one(row, scores)
            if not self._leads_nowhere(row, int(places[best])):
                break
            scores[best] = float("-inf")
        return int(places[best])

    def _leads_nowhere(self, row: Row, token: int) -> bool:
        """Whether the token would write into a label what no label goes on with."""
        if token in self._writer.ends:
            return False
        written = bytes(row.written) + self._writer.vocabulary.written(token)
        return self._writer.wanted(self._order, written) == []

    def _one(self, row: Row, scores: torch.Tensor) -> int:
        if not row.rank:
            return int(scores.argmax())
        return int(drawn(scores[None], self._order.decoding, self._generator())[0])

    def _log(self, at: int, token: int) -> float:
        scores = self._scores[at]
        return float(scores[token] - scores.logsumexp(-1))

    def _generator(self) -> Any:
        """Chance that is the same for the same seed and the same text so far."""
        import torch

        made = torch.Generator(device=self._scores.device)
        so_far = sum(len(row.tokens) for row in self._rows)
        return made.manual_seed((self._order.seed * 1_000_003 + so_far) % 2**63)
