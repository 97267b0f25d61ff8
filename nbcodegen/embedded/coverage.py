"""What a request names and a plan leaves out: a second opinion on the beams.

A beam's probability is the network's; that the words of a request are all there for something is
common sense. `WORD` was fitted on requests of the training distribution (`training/LOG.md`); the
other weights were set by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from nbcodegen.charts import charts_asked
from nbcodegen.embedded.conventions import Conventions
from nbcodegen.embedded.derivation import Pointers
from nbcodegen.linking import STOPWORDS, Word, is_id, label_words, stem, words_of
from nbcodegen.values import Prompt

CELL, NUMBER, WORD, CHART = 0.9, 0.4, 1.5, 2.0
"""Log-probability that a plan loses for a cell's text, a number or other literal, a word of a
column's name, and a kind of chart, that the request mentions and the plan does not use."""


class Coverage:
    """The mentions of one request; a thing that several pointers could mean is one mention."""

    def __init__(self, prompt: Prompt, pointers: Pointers) -> None:
        words = words_of(prompt.request)
        values: dict[str, set[str]] = defaultdict(set)
        weights: dict[str, float] = {}
        for name, item in pointers.items.items():
            if item.role == "value":
                values[item.source].add(name)
                cell = CELL if item.column is not None else NUMBER
                weights[item.source] = max(cell, weights.get(item.source, 0.0))
        self._mentions = [(weights[source], names) for source, names in values.items()]
        columns = _columns(words, prompt, pointers)
        self._mentions += [(WORD, names) for names in columns.values()]
        others = [word for place, word in enumerate(words) if place not in columns]
        self._mentions += [(CHART, {*chart, "decline"}) for chart in charts_asked(others)]
        self._conventions = Conventions(prompt, pointers, words)

    def lost(self, symbols: Sequence[str]) -> float:
        """Return what a plan loses for what it leaves out, and for what nobody asked for."""
        used = set(symbols)
        lost = sum(weight for weight, names in self._mentions if not names & used)
        return lost + self._conventions.broken(symbols)


def _columns(words: Sequence[Word], prompt: Prompt, pointers: Pointers) -> dict[int, set[str]]:
    """Return the words that stand in names of columns, by place, and the columns of each."""
    tables = {stem(part) for table in prompt.tables for part in label_words(table.name)}
    found: dict[int, set[str]] = defaultdict(set)
    for name, item in pointers.items.items():
        if item.role != "column" or is_id(item.text):
            continue  # `trips` is about rows and not about `trip_id`
        parts = {stem(part) for part in label_words(item.text)}
        for place, word in enumerate(words):
            if word.stem in parts and word.stem not in STOPWORDS | tables:
                found[place].add(name)
    return found
