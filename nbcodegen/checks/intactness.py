"""The user's tables stay as they are unless a request asks for a change: code works on a copy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

from nbcodegen.checks.mend import on_a_copy
from nbcodegen.linking import stem, words_of
from nbcodegen.values import Finding, TableSchema

WORDINGS = Path(__file__).parent.parent / "changes.txt"
"""Words that ask for a change to a table, in English and Spanish, one a line."""


def asks_for_a_change(request: str) -> bool:
    """Whether a request has a word that may ask for a change: in doubt, yes.

    >>> asks_for_a_change("fill missing ages with the median"), asks_for_a_change("mean age")
    (True, False)
    """
    return any(word.stem in _cues() for word in words_of(request))


def on_copies(
    code: str, changes: Sequence[Finding], tables: Sequence[TableSchema], names: Collection[str]
) -> tuple[str, tuple[Finding, ...]]:
    """Let the code work on copies of the tables that it would change, and say so.

    `changes` are its NB204 findings; what cannot be told from the text keeps its finding.
    """
    notes = []
    for table in dict.fromkeys(change.evidence for change in changes):
        code, name = on_a_copy(code, table, tables, names)
        if name:
            message = f"works on {name!r}, a copy: the request does not ask to change {table!r}"
            notes.append(Finding("NB205", message, 1, table, fatal=False))
        else:
            notes += [change for change in changes if change.evidence == table]
    return code, tuple(notes)


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    lines = WORDINGS.read_text(encoding="utf-8").split()
    return frozenset(stem(word) for word in lines)
