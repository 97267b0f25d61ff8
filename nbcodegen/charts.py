"""Words of a request that always ask for a chart, from `charts.tsv`: `words<TAB>kinds`, `*` any."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from nbcodegen.linking import Word, plain, words_of
from nbcodegen.plan import GRAMMAR

WORDINGS = Path(__file__).parent / "charts.tsv"

DRAWN = frozenset(
    head
    for name in ("TAIL", "GTAIL", "WTAIL")
    for head, body in GRAMMAR[name].items()
    if body[-1:] in (("OPT*",), ("GOPT*",))
)
"""The plan language's charts."""


@lru_cache(maxsize=1)
def chart_words() -> dict[str, tuple[str, ...]]:
    """Return the plan language's charts that each word asks for; `*` stands for any chart."""
    found = {}
    for line in WORDINGS.read_text(encoding="utf-8").splitlines():
        said, kinds = line.split("\t")
        found.update({plain(word): tuple(kinds.split()) for word in said.split("|")})
    return found


def charts_asked(words: Sequence[Word]) -> set[frozenset[str]]:
    """Return the charts that words ask for: the kinds of each, or all where none is told."""
    known = chart_words()
    asked = {known[said] for word in words if (said := plain(word.text)) in known}
    named = {DRAWN if kinds == ("*",) else frozenset(kinds) for kinds in asked}
    return named if len(named) <= 1 else named - {DRAWN}


def asks_for_a_chart(request: str) -> bool:
    """Whether a request says that something is to be drawn.

    >>> asks_for_a_chart("gráfico de precio por barrio"), asks_for_a_chart("mean price")
    (True, False)
    """
    return any(plain(word.text) in chart_words() for word in words_of(request))
