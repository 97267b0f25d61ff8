"""Whether a request asks for two tables together, or some are just around."""

from __future__ import annotations

from collections import defaultdict

from nbcodegen.linking import match_label, words_of
from nbcodegen.values import Prompt

_TWO_TABLES = frozenset({"join", "inother", "notinother"})


def unasked(prompt: Prompt) -> frozenset[str]:
    """Return the symbols that put tables together, where nothing in the request asks for that.

    A request asks for two tables by their names, or by naming columns that no single one holds.
    """
    words = words_of(prompt.request)
    named = [table for table in prompt.tables if match_label(table.name, words)[0] >= 2]
    return frozenset() if len(named) > 1 or _is_spread(prompt) else _TWO_TABLES


def _is_spread(prompt: Prompt) -> bool:
    """Tell that no table has a column for every word that names a column in full."""
    words = words_of(prompt.request)
    holders: defaultdict[int, set[int]] = defaultdict(set)
    for item in prompt.items:
        if item.role == "column":
            level, places = match_label(item.text, words)
            for place in places if level == 3 else ():
                holders[place].add(item.table)
    tables = list(holders.values())
    return bool(tables) and not set.intersection(*tables)
