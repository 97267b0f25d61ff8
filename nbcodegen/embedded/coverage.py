"""What a request names and a plan leaves out: a second opinion on the beams.

A beam's probability is the network's; that the words of a request are all there for something is
common sense. `WORD` was fitted on requests of the training distribution (`training/LOG.md`); the
other weights were set by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nbcodegen.charts import chart_words
from nbcodegen.embedded.derivation import Pointers
from nbcodegen.linking import (
    STOPWORDS,
    Word,
    adds_up,
    label_words,
    match_label,
    plain,
    stem,
    words_of,
)
from nbcodegen.plan import GRAMMAR
from nbcodegen.values import Prompt

CELL, NUMBER, WORD, CHART = 0.9, 0.4, 1.5, 2.0
"""Log-probability that a plan loses for a cell's text, a number or other literal, a word of a
column's name, and a kind of chart, that the request mentions and the plan does not use."""

LATER, AVERAGED, PIE = 0.7, 0.8, 0.7
"""What a plan loses for a date that is not the table's first, for the mean of an amount, and for a
pie chart, where no word of the request asks for it."""

_DRAWN = frozenset(
    head
    for name in ("TAIL", "GTAIL", "WTAIL")
    for head, body in GRAMMAR[name].items()
    if body[-1:] in (("OPT*",), ("GOPT*",))
)
_MEANS = frozenset(
    """mean means average averages averaged avg typical typically usual medio media medios medias
    promedio promedios promediado tipico tipica""".split()
)
_ROUND = frozenset("circular circle pastel proportion proportions proporcion".split())
_IDS = frozenset(["id", "cod", "kei", "index"])
"""Stems in names of columns that count rows: `trips` is about rows and not about `trip_id`."""


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
        self._mentions += [(CHART, {*chart, "decline"}) for chart in _charts(others)]
        self._unasked = list(_unasked(words, pointers))

    def lost(self, symbols: Sequence[str]) -> float:
        """Return what a plan loses for what it leaves out, and for what nobody asked for."""
        used = set(symbols)
        lost = sum(weight for weight, names in self._mentions if not names & used)
        written = used | {" ".join(pair) for pair in pairwise(symbols)}
        return lost + sum(weight for weight, said in self._unasked if said in written)


def _columns(words: Sequence[Word], prompt: Prompt, pointers: Pointers) -> dict[int, set[str]]:
    """Return the words that stand in names of columns, by place, and the columns of each."""
    tables = {stem(part) for table in prompt.tables for part in label_words(table.name)}
    found: dict[int, set[str]] = defaultdict(set)
    for name, item in pointers.items.items():
        parts = {stem(part) for part in label_words(item.text)}
        if item.role != "column" or parts & _IDS:
            continue
        for place, word in enumerate(words):
            if word.stem in parts and word.stem not in STOPWORDS | tables:
                found[place].add(name)
    return found


def _unasked(words: Sequence[Word], pointers: Pointers) -> Iterator[tuple[float, str]]:
    """Yield what is a convention when nothing is said, and what breaks it."""
    said = {plain(word.text) for word in words}
    dated: dict[int, int] = {}
    for name, item in pointers.items.items():
        if item.role != "column":
            continue
        if item.kind in ("datetime", "datetext"):
            named = match_label(item.text, words)[0]
            if named <= dated.get(item.table, -1):
                yield LATER, name
            dated[item.table] = max(named, dated.get(item.table, 0))
        elif adds_up(item.text) and not said & _MEANS:
            yield AVERAGED, f"mean {name}"
    if not said & _ROUND and frozenset(["pie"]) not in _charts(words):
        yield PIE, "pie"


def _charts(words: Sequence[Word]) -> set[frozenset[str]]:
    """Return the charts that words ask for: kinds, or `any` where none is told."""
    known = chart_words()
    asked = {known[said] for word in words if (said := plain(word.text)) in known}
    named = {_DRAWN if kinds == ("*",) else frozenset(kinds) for kinds in asked}
    return named if len(named) <= 1 else named - {_DRAWN}
