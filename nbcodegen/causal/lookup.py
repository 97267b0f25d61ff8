"""Tokens so far -> tokens that may follow, read off an earlier place that looks the same.

Code over tables copies names out of the prompt and out of itself, so the guess is often right, and
a block of guessed tokens costs hardly more than one (prompt lookup decoding, Saxena 2023).
"""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 3
"""Tokens at the end that an earlier place is to share; two and one are tried next."""


class Lookup:
    """Remembers where each run of tokens was last followed by something."""

    def __init__(self, tokens: Sequence[int]) -> None:
        self._tokens: list[int] = []
        self._after: dict[tuple[int, ...], int] = {}
        for token in tokens:
            self.add(token)

    def add(self, token: int) -> None:
        """Take one more token."""
        for length in range(1, LONGEST + 1):
            if len(self._tokens) >= length:
                self._after[tuple(self._tokens[-length:])] = len(self._tokens)
        self._tokens.append(token)

    def guess(self, count: int) -> list[int]:
        """Return up to `count` tokens that followed the longest run like the end."""
        for length in range(min(LONGEST, len(self._tokens)), 0, -1):
            at = self._after.get(tuple(self._tokens[-length:]))
            if at is not None:
                return self._tokens[at : at + count]
        return []
