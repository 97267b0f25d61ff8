"""Foreign text -> text that does nothing but show: no escape codes, nothing that turns it round."""

from __future__ import annotations


def plain(text: str) -> str:
    """Keep what can be seen, with tabs and ends of lines.

    >>> plain("a\\x1b[31mb\\u202e\\nc\\xa0d")
    'a[31mb\\nc d'
    """
    return "".join(map(_plain, text.replace("\r\n", "\n")))


def _plain(letter: str) -> str:
    if letter.isprintable() or letter in "\n\t":
        return letter
    return " " if letter.isspace() else ""
