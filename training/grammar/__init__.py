"""The request grammar: synthetic requests in English and Spanish, each with its plan.

A family composes one request over one scene; a module's families stand in its `FAMILIES`.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from nbcodegen.training.grammar import (
    aggregation,
    charts,
    cleaning,
    declines,
    derived,
    followups,
    joins,
    overview,
    selection,
    tables,
    timeseries,
)
from nbcodegen.training.grammar.distraction import distracted
from nbcodegen.training.grammar.scene import NoFit, Scene
from nbcodegen.training.records import Example

SPANISH = 0.35
"""Share of requests in Spanish."""

DISTRACTED = 0.25
"""Share of examples beside whose tables others stand."""

_MODULES = (
    (0.24, selection.FAMILIES),
    (0.22, aggregation.FAMILIES),
    (0.04, joins.FAMILIES),
    (0.21, charts.FAMILIES),
    (0.08, cleaning.FAMILIES),
    (0.09, derived.FAMILIES),
    (0.03, overview.FAMILIES),
    (0.04, timeseries.FAMILIES),
    (0.02, declines.FAMILIES),
    (0.07, followups.FAMILIES),
)


def _weighted() -> tuple[tuple[float, Callable[[Scene], Example]], ...]:
    found = []
    for share, families in _MODULES:
        whole = sum(weight for weight, _ in families)
        found += [(share * weight / whole, family) for weight, family in families]
    return tuple(found)


_FAMILIES = tuple(family for _, family in _weighted())
_WEIGHTS = tuple(weight for weight, _ in _weighted())


def sample(rng: Random, lang: str | None = None) -> Example:
    """Draw one example, in `lang` or any: a family by its weight, over a table that fits it."""
    spoken = lang or ("es" if rng.random() < SPANISH else "en")
    while True:
        family = rng.choices(_FAMILIES, _WEIGHTS)[0]
        for _ in range(4):
            sheet = tables.sample(rng, spoken)
            try:
                found = family(Scene(rng, spoken, (sheet.table,), (sheet.noun(spoken),)))
            except NoFit:
                continue
            return distracted(rng, found) if rng.random() < DISTRACTED else found
