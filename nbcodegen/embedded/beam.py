"""Beam search over derivations: the network scores, the grammar decides what may follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from nbcodegen.embedded.derivation import Derivation, Pointers, advance
from nbcodegen.plan import WORDS

if TYPE_CHECKING:
    import numpy as np

WORD_IDS = {word: number for number, word in enumerate(WORDS)}
FIRST_POINTER = len(WORDS) + 1
START = FIRST_POINTER
MAX_STEPS = 70


class Stepper(Protocol):
    """One step of the decoder for several beams at once."""

    def step(self, written: Sequence[int], parents: Sequence[int]) -> np.ndarray:
        """Return log-probabilities, beams x (words + end + pointers)."""
        ...


@dataclass(frozen=True, slots=True)
class Beam:
    """A derivation and the sum of its log-probabilities."""

    state: Derivation
    total: float
    last: int


def search(
    stepper: Stepper,
    pointers: Pointers,
    *,
    width: int,
    stop: Callable[[], bool],
    noise: Callable[[int], np.ndarray] | None = None,
    forbidden: frozenset[str] = frozenset(),
) -> list[Beam]:
    """Return finished derivations, best first. `noise` (Gumbel) makes it a sample."""
    beams, parents = [Beam(Derivation(), 0.0, START)], [0]
    finished: list[Beam] = []
    for _ in range(MAX_STEPS):
        if stop() or not beams:
            break
        scores = stepper.step([beam.last for beam in beams], parents)
        grown = [
            (beam.total + value, at, symbol, index)
            for at, beam in enumerate(beams)
            for symbol, index, value in _options(beam.state, scores[at], pointers, noise)
            if symbol not in forbidden
        ]
        grown.sort(key=lambda option: -option[0])
        old, beams, parents = beams, [], []
        for total, at, symbol, index in grown[: width * 2]:
            state = advance(old[at].state, symbol, pointers.items)
            beam = Beam(state, total, index + (index >= FIRST_POINTER))
            if state.done:
                finished.append(beam)
            elif len(beams) < width:
                beams.append(beam)
                parents.append(at)
        if len(finished) >= width and beams and _settled(finished, beams, width):
            break
    return sorted(finished, key=lambda beam: -beam.total)[:width]


def _settled(finished: Sequence[Beam], beams: Sequence[Beam], width: int) -> bool:
    """A sum only falls: nothing unfinished can still overtake the best `width`."""
    worst = sorted((beam.total for beam in finished), reverse=True)[width - 1]
    return beams[0].total < worst


def _options(
    state: Derivation,
    scores: np.ndarray,
    pointers: Pointers,
    noise: Callable[[int], np.ndarray] | None,
) -> list[tuple[str, int, float]]:
    words, fits = pointers.allowed(state)
    options = [(word, WORD_IDS[word]) for word in words]
    options += [(name, FIRST_POINTER + pointers.names.index(name)) for name in fits]
    extra = noise(len(options)) if noise else [0.0] * len(options)
    return [
        (symbol, index, float(scores[index]) + float(bump))
        for (symbol, index), bump in zip(options, extra, strict=True)
    ]
