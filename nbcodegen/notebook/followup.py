"""Request -> whether it builds on the code of the request before."""

from __future__ import annotations

import re

_OPENINGS = (
    "now", "and", "but", "instead", "make it", "make that", "only", "then", "also", "same",
    "the same", "this time", "ahora", "y", "pero", "mejor", "hazlo", "hazla", "haz lo mismo",
    "ponlo", "ponla", "solo", "solamente", "únicamente", "entonces", "luego", "también",
    "lo mismo", "el mismo", "la misma", "en vez", "en lugar", "esta vez",
)  # fmt: skip
_ACCENTS = str.maketrans("áéíóúü", "aeiouu")
_OPENING = re.compile(
    r"\W*(?:ok(?:ay)?\W+|vale\W+)?(?:"
    + "|".join(each.translate(_ACCENTS).replace(" ", r"\s+") for each in _OPENINGS)
    + r")(?!\w|['’]|\s*=|[\s-]*ax[ie]s)"
)


def is_followup(request: str) -> bool:
    """Whether a request opens like one that goes on from the last.

    >>> is_followup("now as a horizontal bar"), is_followup("¿y por año?")
    (True, True)
    >>> is_followup("nowadays, what is the mean price?")
    False
    """
    return bool(_OPENING.match(request.lower().translate(_ACCENTS)))
