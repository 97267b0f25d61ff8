"""The likeliest texts as wholes: several beginnings are carried along, and the best ones kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

Steps = Callable[[Sequence[int], Sequence[int]], "torch.Tensor"]


@dataclass(frozen=True, slots=True)
class Beam:
    """A beginning, or a whole text."""

    tokens: tuple[int, ...] = ()
    written: bytes = b""
    score: float = 0.0
    """Sum of the log-probabilities of its tokens."""

    @property
    def mean(self) -> float:
        """Log-probability of a token of it: a longer text is no worse for being longer."""
        return self.score / max(1, len(self.tokens))


@dataclass(frozen=True, slots=True)
class Rules:
    """What a search is told of tokens."""

    written: Callable[[int], bytes]
    ended: Callable[[Beam], bool]
    """Whether a beam is a whole text."""
    allowed: Callable[[Beam], Sequence[int] | None]
    """The only tokens that can follow; None for any."""
    lost: Callable[[Beam], bool]
    """Whether a beam has written what nothing right goes on with: it gives way to others."""
    longest: int


def search(
    first: torch.Tensor, step: Steps, width: int, rules: Rules
) -> Iterator[Sequence[Beam] | None]:
    """Yield None after each step, and at last the whole texts, best first.

    `first` are the scores of the first token; `step(rows, tokens)` goes on with one token for each
    of these rows, which are then its rows, and returns their scores (rows x words).
    """
    beams, whole, scores = [Beam()], list[Beam](), first.reshape(1, -1)
    while True:
        grown = _grown(beams, scores.float(), width, rules)
        ended = [beam for _, beam in grown if rules.ended(beam)]
        left = [(row, beam) for row, beam in grown if not rules.ended(beam)][:width]
        whole = sorted([*whole, *ended], key=lambda beam: beam.mean, reverse=True)[:width]
        # A text that goes on can only lose, so that the best whole ones are the best.
        sure = len(whole) == width and left and whole[-1].mean >= left[0][1].mean
        if not left or sure or len(left[0][1].tokens) >= rules.longest:
            best = [*whole, *(beam for _, beam in left)]
            yield sorted(best, key=lambda beam: beam.mean, reverse=True)[:width]
            return
        beams = [beam for _, beam in left]
        scores = step([row for row, _ in left], [beam.tokens[-1] for beam in beams])
        yield None


def _grown(
    beams: Sequence[Beam], scores: torch.Tensor, width: int, rules: Rules
) -> list[tuple[int, Beam]]:
    """The best ways to go on, each with the row that it goes on from."""
    import torch

    logs = scores.log_softmax(-1)
    for row, beam in enumerate(beams):
        allowed = rules.allowed(beam)
        if allowed is not None:
            held = torch.full_like(logs[row], float("-inf"))
            places = torch.tensor(list(allowed), device=logs.device)
            held[places] = logs[row, places]
            logs[row] = held
    before = torch.tensor([beam.score for beam in beams], device=logs.device)
    total = (logs + before[:, None]).flatten()
    best = total.topk(min(2 * width, total.numel()))
    found = []
    for score, place in zip(best.values.tolist(), best.indices.tolist(), strict=True):
        row, token = divmod(place, logs.shape[-1])
        if score > float("-inf"):
            beam = beams[row]
            grown = Beam((*beam.tokens, token), beam.written + rules.written(token), score)
            found.append((row, grown))
    return [each for each in found if not rules.lost(each[1])] or found
