"""The request grammar: synthetic requests in English and Spanish, each with its plan.

A family composes one request over one scene; a module's families stand in its `FAMILIES`.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from nbcodegen.training.grammar import (
    ages,
    aggregation,
    brief,
    charts,
    cleaning,
    declines,
    derived,
    followups,
    joins,
    moving,
    overview,
    packed,
    per_unit,
    selection,
    sequels,
    shares,
    tables,
    things,
    timeseries,
    units,
    winners,
)
from nbcodegen.training.grammar.context import surrounded
from nbcodegen.training.grammar.distraction import distracted
from nbcodegen.training.grammar.scene import NoFit, Scene
from nbcodegen.training.records import Example

SPANISH = 0.35
"""Share of requests in Spanish."""

DISTRACTED = 0.25
"""Share of examples beside whose tables others stand."""

SURROUNDED = 0.07
"""Share of requests with a sentence around them that asks for nothing."""

_MODULES = (
    (0.175, selection.FAMILIES),
    (0.165, aggregation.FAMILIES),
    (0.035, joins.FAMILIES),
    (0.17, charts.FAMILIES),
    (0.06, cleaning.FAMILIES),
    (0.06, derived.FAMILIES),
    (0.02, overview.FAMILIES),
    (0.03, timeseries.FAMILIES),
    (0.02, declines.FAMILIES),
    (0.07, followups.FAMILIES),
    (0.05, packed.FAMILIES),
    (0.08, brief.FAMILIES),
    (0.03, per_unit.FAMILIES),
    (0.025, sequels.FAMILIES),
    (0.025, winners.FAMILIES),
    (0.045, things.FAMILIES),
    (0.02, units.FAMILIES),
    (0.015, ages.FAMILIES),
    (0.02, moving.FAMILIES),
    (0.012, shares.FAMILIES),
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
            return _worn(rng, found)


def _worn(rng: Random, example: Example) -> Example:
    """Put other tables beside an example's own, or other sentences, in their shares."""
    if rng.random() < DISTRACTED:
        example = distracted(rng, example)
    if rng.random() < SURROUNDED and not example.previous and example.plan != ("decline",):
        example = surrounded(rng, example)
    return example
