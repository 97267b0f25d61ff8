"""What is to be written, what is told of it on the way, and a candidate while it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from nbcodegen.causal.grounding import Grounding
from nbcodegen.causal.lookup import Lookup
from nbcodegen.values import Decoding

FIRST_GUESS = 2
"""Tokens that are guessed at first; more as long as they are right."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to write, and when it is done."""

    tokens: tuple[int, ...]
    ended: Callable[[str], bool]
    """Whether a text is complete, so that what would follow is of no use."""
    count: int = 1
    seed: int = 0
    decoding: Decoding = field(default_factory=Decoding)
    grounding: Grounding | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What the first candidate holds more than before."""

    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """One candidate, complete."""

    rank: int
    text: str
    score: float
    """Mean log-probability of its tokens."""
    tokens: int


@dataclass(slots=True)
class Row:
    """A candidate while it is written."""

    rank: int
    lookup: Lookup
    next: int
    """The token that is sure and not read by the model yet."""
    written: bytearray = field(default_factory=bytearray)
    tokens: list[int] = field(default_factory=list)
    score: float = 0.0
    guesses: int = FIRST_GUESS
    done: bool = False

    @property
    def text(self) -> str:
        """What it holds; half a character at the end is left out."""
        return self.written.decode("utf-8", "ignore")

    def settle(self, right: int, guessed: int, most: int) -> None:
        """Guess more after a guess that was right to its end, else as many as were right."""
        self.guesses = min(most, self.guesses + 2) if right == guessed else max(1, right)
