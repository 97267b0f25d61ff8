"""What a request names and a plan leaves out: a second opinion on the beams.

A beam's probability is the network's; that the words of a request are all there for something is
common sense. Weights were fitted on requests of the training grammar and corpora.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from nbcodegen.embedded.derivation import Pointers
from nbcodegen.linking import Word, match_label, plain, words_of
from nbcodegen.plan import GRAMMAR
from nbcodegen.values import Prompt

CELL, NUMBER, COLUMN, CHART = 0.9, 0.4, 1.4, 2.0
"""Log-probability that a plan loses for a cell's text, a number or other literal, a column named
in full, and a kind of chart, that the request mentions and the plan does not use."""

CHARTS = Path(__file__).parent.parent / "charts.tsv"
"""Words that always ask for a chart: `words<TAB>symbols of charts`, `*` for any of them."""

_DRAWN = frozenset(
    head
    for name in ("TAIL", "GTAIL", "WTAIL")
    for head, body in GRAMMAR[name].items()
    if body[-1:] in (("OPT*",), ("GOPT*",))
)


class Coverage:
    """The mentions of one request; a thing that several pointers could mean is one mention."""

    def __init__(self, prompt: Prompt, pointers: Pointers) -> None:
        words = words_of(prompt.request)
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        weights: dict[tuple[str, str], float] = {}
        taken: set[int] = set()
        for name, item in pointers.items.items():
            key = (item.role, item.source)
            level, places = match_label(item.text, words)
            taken |= places if level == 3 else set()
            if item.role == "value":
                weight = CELL if item.column is not None else NUMBER
            elif item.role == "column" and level == 3:
                weight = COLUMN
            else:
                continue
            found[key].add(name)
            weights[key] = max(weight, weights.get(key, 0.0))
        self._mentions = [(weights[key], names) for key, names in found.items()]
        charts = _charts([word for place, word in enumerate(words) if place not in taken])
        self._mentions += [(CHART, {*chart, "decline"}) for chart in charts]

    def lost(self, symbols: Sequence[str]) -> float:
        """Return what a plan loses for the mentions that it leaves out."""
        used = set(symbols)
        return sum(weight for weight, names in self._mentions if not names & used)


def _charts(words: Sequence[Word]) -> set[frozenset[str]]:
    """Return the charts asked for by words that name nothing of the tables."""
    named = {
        _chart_words()[key] for key in (plain(word.text) for word in words) if key in _chart_words()
    }
    return named if len(named) <= 1 else named - {_DRAWN}


@lru_cache(maxsize=1)
def _chart_words() -> dict[str, frozenset[str]]:
    found = {}
    for line in CHARTS.read_text(encoding="utf-8").splitlines():
        said, charts = line.split("\t")
        drawn = _DRAWN if charts == "*" else frozenset(charts.split())
        found.update({plain(word): drawn for word in said.split("|")})
    return found
