"""Directions of a sort -> the `ascending` argument."""

from __future__ import annotations

from collections.abc import Sequence


def ascending(falling: Sequence[bool]) -> str:
    """Write the argument, with the comma before it, where it is needed.

    >>> ascending([True]), ascending([False, True])
    (', ascending=False', ', ascending=[True, False]')
    """
    if not any(falling):
        return ""
    if all(falling):
        return ", ascending=False"
    return f", ascending=[{', '.join(str(not down) for down in falling)}]"
