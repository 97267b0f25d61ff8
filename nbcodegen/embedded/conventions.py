"""What people take for granted: what a plan loses for going against it where nobody asked.

A direction that is said (`more than 8`, `cheapest`) is not turned round, nothing is drawn unless
some word speaks of a picture, a date is the table's first one, and amounts are added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nbcodegen.charts import DRAWN, charts_asked
from nbcodegen.embedded.derivation import Pointers
from nbcodegen.linking import Word, adds_up, is_id, match_label, plain
from nbcodegen.values import Prompt

LATER, AVERAGED, PIE = 0.7, 0.8, 0.7
"""Log-probability that a plan loses for a date that is not the table's first, for the mean of an
amount, and for a pie chart, where no word of the request asks for it. Set by hand."""

TURNED, DRAWN_UNASKED, ID, COLOURED = 2.5, 1.5, 1.5, 1.5
"""What it loses for a direction turned round, for a chart where no word hints at one, for an id as
the only thing that is shown where no word asks for ids, and for colours or sizes of points by a
column that the request does not name. Of 25,000 requests of the training
distribution fewer than 1 % go against any of them."""

_MEANS = frozenset(
    """mean means average averages averaged avg typical typically usual medio media medios medias
    promedio promedios promediado tipico tipica""".split()
)
_ROUND = frozenset("circular circle pastel proportion proportions proporcion".split())
_ID_WORDS = frozenset(
    """id ids code codes key keys index identifier identifiers number numbers codigo codigos
    identificador identificadores clave claves indice numero numeros""".split()
)
_HINTS = tuple(
    """distrib visual titl titul axis axes eje map heat calor draw dibuj diagr curv box caja repres
    trend tendenc evol develop relat relac correl contra agains versus vs nube bubble burbuj kde
    densi label etiquet compar time tiempo color colour stack apil profile perfil graph graf gaph
    plot hist scatter pictur figur imagen image log bar line linea grid cuadr
    progress""".split()
)
"""Beginnings of words that may ask for a picture."""
_MORE = r"""(?:more|older|greater|higher|larger|longer|bigger|heavier|taller|faster)\ than
    |over|above|exceeding|(?:mas|mayor|mayores|superior|superiores)\ (?:de|que|a)|por\ encima\ de"""
_LESS = r"""(?:less|fewer|younger|lower|smaller|shorter|lighter|cheaper|slower)\ than|under|below
    |(?:menos|menor|menores|inferior|inferiores)\ (?:de|que|a)|por\ debajo\ de"""
_ABOVE, _BELOW = (
    re.compile(rf"(?<!no\ )(?<!not\ )(?<!ni\ )\b(?:{words})\ [$€]?\d", re.VERBOSE)
    for words in (_MORE, _LESS)
)
_HIGH = re.compile(
    r"\b(?:highest|largest|biggest|greatest|most|priciest|costliest|tallest|heaviest"
    r"|mas (?:car|alt|grande|pesad)\w*)\b"
)
_LOW = re.compile(
    r"\b(?:lowest|smallest|cheapest|least|fewest|shortest|lightest"
    r"|mas (?:barat|baj|pequen|liger)\w*)\b"
)
_ORDERED = re.compile(r"\b(?:asc|desc|from|to|then|rising|falling|crecient|decrecient)")
_DIRECTIONS = (
    (_ABOVE, _BELOW, {"lt", "le"}, {"gt", "ge", "between", "not"}),
    (_BELOW, _ABOVE, {"gt", "ge"}, {"lt", "le", "between", "not"}),
    (_HIGH, _LOW, {"asc", "min"}, {"desc", "max", "gt", "ge"}),
    (_LOW, _HIGH, {"desc", "max"}, {"asc", "min", "lt", "le"}),
)
"""Said | and not said | what turns it round | unless this is there too."""


class Conventions:
    """What goes without saying in one request."""

    def __init__(self, prompt: Prompt, pointers: Pointers, words: Sequence[Word]) -> None:
        self._unasked = list(_unasked(words, pointers))
        self._turned = list(_turned(plain(prompt.request)))
        hinted = any(plain(word.text).startswith(_HINTS) for word in words)
        self._pictures = bool(hinted or charts_asked(words) or prompt.previous)

    def broken(self, symbols: Sequence[str]) -> float:
        """Return what a plan loses for what it does and nobody asked for."""
        used = set(symbols)
        written = f" {' '.join(symbols)} "
        lost = sum(weight for weight, said in self._unasked if f" {said} " in written)
        lost += sum(TURNED for wrong, right in self._turned if used & wrong and not used & right)
        return lost + (DRAWN_UNASKED if not self._pictures and used & DRAWN else 0.0)


def _unasked(words: Sequence[Word], pointers: Pointers) -> Iterator[tuple[float, str]]:
    """Yield what is a convention when nothing is said, and what breaks it."""
    said = {plain(word.text) for word in words}
    dated: dict[int, int] = {}
    for name, item in pointers.items.items():
        if item.role != "column":
            continue
        named = match_label(item.text, words)[0]
        if not named:
            yield from ((COLOURED, f"{option} {name}") for option in ("hue", "bubble"))
        if item.kind in ("datetime", "datetext"):
            if named <= dated.get(item.table, -1):
                yield LATER, name
            dated[item.table] = max(named, dated.get(item.table, 0))
        elif adds_up(item.text) and not said & _MEANS:
            yield AVERAGED, f"mean {name}"
        if not said & _ID_WORDS and is_id(item.text):
            yield ID, f"cols {name} end"
    if not said & _ROUND and frozenset(["pie"]) not in charts_asked(words):
        yield PIE, "pie"


def _turned(request: str) -> Iterator[tuple[set[str], set[str]]]:
    """Yield the symbols that turn a direction of the request round, and those that excuse them."""
    for said, unsaid, wrong, right in _DIRECTIONS:
        orders = said in (_HIGH, _LOW) and _ORDERED.search(request)
        if said.search(request) and not unsaid.search(request) and not orders:
            yield wrong, right
