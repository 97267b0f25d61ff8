"""What a request names and a plan leaves out: a second opinion on the beams.

A beam's probability is the network's; that the words of a request are all there for something is
common sense. Weights were fitted on requests of the training grammar and corpora.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from nbcodegen.embedded.derivation import Pointers
from nbcodegen.linking import match_label, words_of
from nbcodegen.values import Prompt

CELL, NUMBER, COLUMN = 0.9, 0.4, 1.4
"""Log-probability that a plan loses for a cell's text, a number or other literal, and a column
named in full, that the request mentions and the plan does not use."""


class Coverage:
    """The mentions of one request; a thing that several pointers could mean is one mention."""

    def __init__(self, prompt: Prompt, pointers: Pointers) -> None:
        words = words_of(prompt.request)
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        weights: dict[tuple[str, str], float] = {}
        for name, item in pointers.items.items():
            key = (item.role, item.source)
            if item.role == "value":
                weight = CELL if item.column is not None else NUMBER
            elif item.role == "column" and match_label(item.text, words)[0] == 3:
                weight = COLUMN
            else:
                continue
            found[key].add(name)
            weights[key] = max(weight, weights.get(key, 0.0))
        self._mentions = [(weights[key], names) for key, names in found.items()]

    def lost(self, symbols: Sequence[str]) -> float:
        """Return what a plan loses for the mentions that it leaves out."""
        used = set(symbols)
        return sum(weight for weight, names in self._mentions if not names & used)
