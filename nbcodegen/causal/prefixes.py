"""Key/value caches of prompts that were read before: the next one reads only what is new.

Requests of one notebook begin alike (instructions, tables, columns), and most of a prompt is that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 4
"""Prompts that are kept: about as many notebooks as ask in turn."""
LEAST = 16
"""Fewer tokens in common are not worth a cache of their own."""


@dataclass(slots=True)
class _Kept:
    tokens: tuple[int, ...]
    cache: Any


class Prefixes:
    """The caches kept, the latest last. One thread uses it."""

    def __init__(self, made: Callable[[], Any]) -> None:
        self._made = made
        self._kept: list[_Kept] = []

    def take(self, tokens: Sequence[int]) -> tuple[Any, int]:
        """Return a cache and how many of these tokens it holds: all but the last at most.

        It is the caller's own until it is given back by `keep`.
        """
        shared = [_shared(each.tokens, tokens) for each in self._kept]
        best = max(range(len(shared)), key=shared.__getitem__, default=-1)
        known = min(shared[best], len(tokens) - 1) if best >= 0 else 0
        if known < LEAST:
            return self._made(), 0
        kept = self._kept.pop(best)
        cut(kept.cache, len(kept.tokens) - known)
        return kept.cache, known

    def keep(self, tokens: Sequence[int], cache: Any) -> None:
        """Keep of a cache what holds these tokens, if it is of a kind that can be cut."""
        if tokens and can_cut(cache):
            cut(cache, int(cache.get_seq_length()) - len(tokens))
            self._kept.append(_Kept(tuple(tokens), cache))
            del self._kept[:-MOST]

    def forget(self) -> None:
        """Give the memory back."""
        self._kept.clear()


def can_cut(cache: Any) -> bool:
    """Tell whether tokens can be taken out again: not of a window that slides over the text."""
    return bool(getattr(cache, "is_croppable", False)) and not any(cache.is_sliding)


def keep_only(cache: Any, used: Any) -> None:
    """Take out of a cache of one row all tokens but these (one bool for each token in it)."""
    count = int(used.sum())
    if bool(used[:count].all()):
        cut(cache, len(used) - count)
        return
    for layer in cache.layers:
        layer.keys, layer.values = layer.keys[:, :, used], layer.values[:, :, used]


def cut(cache: Any, count: int) -> None:
    """Take the last `count` tokens out of a cache."""
    if count:
        cache.crop(-count)


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two texts have in common at their beginning."""
    length = min(len(one), len(other))
    return next((at for at in range(length) if one[at] != other[at]), length)
