"""Several statistics at once, for each group: `average price and number of sales by city`."""

from __future__ import annotations

from collections.abc import Callable

from nbcodegen.training.grammar import conditions, measures
from nbcodegen.training.grammar.keys import key
from nbcodegen.training.grammar.listing import several
from nbcodegen.training.grammar.measures import Measure
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene
from nbcodegen.training.records import Example

_ALIKE = {
    "en": {
        "mean": "[average|average|mean|avg] [{y}|of {y}]",
        "sum": "[total|total|sum of] {y}",
        "max": "[maximum|max|highest] {y}",
        "min": "[minimum|min|lowest] {y}",
        "median": "median {y}",
    },
    "es": {
        "mean": "[media de {y}|promedio de {y}|{y} promedio|la media de {y}]",
        "sum": "[total de {y}|suma de {y}|{y} total|totales de {y}]",
        "max": "[máximo de {y}|{y} máximos|valores máximos de {y}]",
        "min": "[mínimo de {y}|{y} mínimos|valores mínimos de {y}]",
        "median": "mediana de {y}",
    },
}
_BY = {
    "en": """[{m} by {x}|{m} by {x}|{m} per {x}|{m} for each {x}|{m} for every {x}|{m} in each {x}
        |for each {x}, [give me|show|] {m}|for each {x} give me the {m}|group by {x} and get {m}
        |I want to know, for every {x}, [the|] {m}|{x}: {m}|by {x}: {m}|compare {m} across {x}
        |show {x} with {m}|table of {m} by {x}|get the {m} of each {x}|{m}, grouped by {x}]""",
    "es": """[{m} por {x}|{m} por {x}|{m} de cada {x}|{m} para cada {x}|{m} según {x}
        |para cada {x}, [dame|muestra|] {m}|de cada {x} quiero saber {m}|agrupa por {x} y saca {m}
        |por {x}: {m}|compara {m} por {x}|tabla con {m} por {x}|{m}, agrupado por {x}]""",
}
_BARS = {
    "en": "[grouped bars of {r}|bar chart with {r}|bars: {r}|plot {r}|grouped bar chart of {r}]",
    "es": "[barras agrupadas con {r}|gráfico de barras con {r}|barras de {r}|grafica {r}]",
}


def _alike(scene: Scene, avoid: list[Ref]) -> Measure:
    """One function of several columns."""
    refs: list[Ref] = []
    for _ in range(scene.rng.choice([2, 2, 3])):
        refs.append(scene.column("measure", avoid=[*avoid, *refs]))
    func = scene.one("mean", "mean", "mean", "sum", "sum", "max", "min", "median")
    names = several(scene, [scene.say(ref) for ref in refs])
    text = scene.fill(_ALIKE[scene.lang][func], y=names)
    return Measure(text, tuple(word for ref in refs for word in (func, ref.symbol)), tuple(refs))


def _unlike(scene: Scene, avoid: list[Ref]) -> Measure:
    """Different statistics, of one column or of several, and often how many rows there are."""
    found = [measures.size(scene)] if scene.chance(0.5) else []
    ref = scene.column("measure", avoid=avoid)
    names = scene.rng.sample(["mean", "mean", "sum", "max", "min", "median", "nunique"], k=3)
    for name in dict.fromkeys(names[: scene.rng.choice([1, 2, 2, 3]) if found else 2]):
        found.append(measures.statistic(scene, ref, name))
        if scene.chance(0.5):
            ref = scene.column("measure", avoid=avoid)
    if len(found) < 2:
        raise NoFit("one statistic")
    scene.rng.shuffle(found)
    text = several(scene, [measure.phrase for measure in found])
    return Measure(text, tuple(word for measure in found for word in measure.symbols))


def combined(scene: Scene) -> Example:
    """`mean, median and max of price by city`."""
    used = key(scene)
    avoid = list(used.refs)
    luck = scene.rng.random()
    if luck < 0.3:
        found = Measure(*measures.functions(scene))
    else:
        found = _alike(scene, avoid) if luck < 0.6 else _unlike(scene, avoid)
    slots = {"m": found.phrase, "x": used.phrase, "tm": found.phrase}
    request = scene.fill(_BY[scene.lang], **slots)
    bars = scene.chance(0.15)
    limit = conditions.perhaps(scene, 0.15, avoid=avoid)
    request = conditions.limited(scene, request, limit)
    if bars:
        request = scene.fill(_BARS[scene.lang], r=request)
    by = (
        "by",
        *used.symbols,
        "end",
        *found.symbols,
        "end",
        *(("bar", "end") if bars else ("show",)),
    )
    return scene.example(request, ("from", "T0", *conditions.where(limit), *by), "combined")


FAMILIES: tuple[tuple[float, Callable[[Scene], Example]], ...] = ((7.0, combined),)
