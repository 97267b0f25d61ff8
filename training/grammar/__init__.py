"""The request grammar: synthetic requests in English and Spanish, each with its plan."""

from __future__ import annotations

from importlib import import_module
from collections.abc import Callable
from itertools import accumulate
from functools import lru_cache
from random import Random

from nbcodegen.training.grammar import tables
from nbcodegen.training.grammar.scene import NoFit, Scene
from nbcodegen.training.records import Example

_MODULES = ("selection", "aggregation", "joins", "plots", "cleaning", "timeseries", "declines", "followups")


@lru_cache(maxsize=1)
def _families() -> tuple[tuple[Callable[[Scene], Example], ...], tuple[float, ...]]:
    found = []
    for name in _MODULES:
        try:
            found += import_module(f"{__name__}.{name}").FAMILIES
        except ImportError:
            continue
    return tuple(f for _, f in found), tuple(accumulate(w for w, _ in found))


SPANISH = 0.35


def sample(rng: Random, lang: str | None = None) -> Example:
    """Draw one example: a family by its weight, over a table that fits it."""
    families, weights = _families()
    spoken = lang or ("es" if rng.random() < SPANISH else "en")
    while True:
        family = rng.choices(families, cum_weights=weights)[0]
        for _ in range(4):
            sheet = tables.sample(rng, spoken)
            try:
                return family(Scene(rng, spoken, (sheet.table,), (sheet.noun(spoken),)))
            except NoFit:
                continue
