"""Requests whose groups are laid out or summed up again: pivots, crosstabs, group averages."""

from __future__ import annotations

from collections.abc import Callable

from nbcodegen.training.grammar import conditions, measures
from nbcodegen.training.grammar.keys import key, of
from nbcodegen.training.grammar.measures import Measure
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene
from nbcodegen.training.records import Example

_PIVOT = {
    "en": """[pivot table of [the|] {m} by {x} and {z}
        |pivot table with {x} as rows, {z} as columns and [the|] {m} as values
        |{m} with {x} in rows and {z} in columns|pivot {m} by {x} and {z}
        |table of {m}, {x} in the rows and {z} in the columns |pivot the table: {x} vs {z}, {m}
        |make a pivot table with {x} on the rows and {z} on the columns showing [the|] {m}
        |cross table of {m} by {x} and {z}|matrix of {m} by {x} and {z}|{x} by {z} pivot of {m}
        |{x} down the side, {z} across the top, {m} inside|pivot: {x} x {z}, {m}
        |wide table: one row per {x}, one column per {z}, [with|] [the|] {m}
        |one row per {x} and one column per {z} with [the|] {m}|spread {m}: {x} by {z}
        |{m}, a row for each {x} and a column for each {z}]""",
    "es": """[tabla dinámica de {m} por {x} y {z}
        |tabla dinámica con {x} en filas y {z} en columnas y {m}
        |{m} con {x} en las filas y {z} en las columnas|tabla pivote de {m} por {x} y {z}
        |haz una tabla dinámica con {x} en filas, {z} en columnas y {m} como valores
        |pivota {m} por {x} y {z}|una fila por {x} y una columna por {z} con {m}
        |tabla ancha: {x} en filas, {z} en columnas, {m}|{m}: {x} hacia abajo, {z} a lo ancho]""",
}
_CROSS = {
    "en": """[crosstab of {x} and {z}|cross tabulation of {x} and {z}|crosstab {x} vs {z}
        |contingency table of {x} and {z} |cross table {x} by {z}|table of counts of {x} by {z}
        |number of {n} by {x} in rows and {z} in columns
        |pivot table counting {n} by {x} and {z}|make a crosstab between {x} and {z}
        |two-way table of {x} and {z}|matrix of {n} [counts|] from {x} to {z}
        |matrix of counts, {x} by {z}|count matrix of {x} and {z}|how many {n}: {x} down, {z} across
        |table with a row per {x}, a column per {z} and the number of {n}]""",
    "es": """[tabla cruzada de {x} y {z}|tabla de contingencia de {x} y {z}
        |crosstab de {x} y {z}|cruza {x} con {z} |tabla cruzada entre {x} y {z}
        |número de {n} con {x} en filas y {z} en columnas|tabla de doble entrada de {x} y {z}
        |matriz de {n} de {x} a {z}|una fila por {x}, una columna por {z} y el número de {n}]""",
}
_CROSS_PCT = {
    "en": """[crosstab of {x} and {z} [with|in|as] row percentages
        |percentage of each {z} within each {x} as a table|row percentages of {z} by {x}
        |crosstab of {x} vs {z} normalized by row
        |for each {x}, the percentage of {n} in each {z} as a crosstab]""",
    "es": """[tabla cruzada de {x} y {z} con porcentajes por fila
        |porcentajes por fila de {z} según {x}|tabla cruzada de {x} y {z} normalizada por filas
        |porcentaje de cada {z} dentro de cada {x} en una tabla]""",
}
_TWICE = {
    "en": {
        "size": """[{f} number of {n} per {x}|{f} number of {n} for each {x}
        |what is the {f} number of {n} per {x}?|how many {n} does each {x} have, {f}
        |on each {x}, {f} count of {n}|{f} {n} per {x}]""",
        "other": """[{f} of the {m} per {x}|{f} of {m} by {x}|what is the {f} of the {m} by {x}?
        |{f} across {p} of the {m}|compute the {m} for each {x} and then the {f}]""",
    },
    "es": {
        "size": """[{f} de {n} por {x}|{f} del número de {n} por {x}
        |¿cuál es {tf} de {n} por {x}?|número {g} de {n} por {x}]""",
        "other": "[{f} de {m} por {x}|calcula {m} por {x} y después {tf}|{f} entre {p} de {m}]",
    },
}
_FUNC = {
    "en": {
        "mean": "[average|mean]",
        "max": "[maximum|max|largest]",
        "min": "[minimum|min|smallest]",
        "median": "median",
    },
    "es": {"mean": "[media|promedio]", "max": "máximo", "min": "mínimo", "median": "mediana"},
}
_ADJECTIVE = {"mean": "medio", "max": "máximo", "min": "mínimo", "median": "mediano"}


def _two(scene: Scene) -> tuple[Ref, Ref]:
    first = scene.column("key")
    return first, scene.column("key", avoid=[first])


def pivot(scene: Scene) -> Example:
    """`pivot table of the average price by city and year`."""
    first, second = _two(scene)
    ref = scene.column("measure", avoid=[first, second])
    measure = measures.statistic(
        scene, ref, scene.one("mean", "mean", "sum", "sum", "max", "median")
    )
    slots = {"m": measure.phrase, "x": scene.say(first), "z": scene.say(second)}
    limit = conditions.perhaps(scene, 0.12, avoid=[first, second, ref])
    request = conditions.limited(scene, scene.fill(_PIVOT[scene.lang], **slots), limit)
    by = ("by", first.symbol, second.symbol, "end", *measure.symbols, "end")
    return scene.example(
        request, ("from", "T0", *conditions.where(limit), *by, "wide", "show"), "pivot"
    )


def crosstab(scene: Scene) -> Example:
    """`crosstab of gender and city`."""
    first, second = _two(scene)
    share = scene.chance(0.25)
    template = (_CROSS_PCT if share else _CROSS)[scene.lang]
    request = scene.fill(template, x=scene.say(first), z=scene.say(second), n=scene.noun())
    limit = conditions.perhaps(scene, 0.1, avoid=[first, second])
    request = conditions.limited(scene, request, limit)
    by = ("by", first.symbol, second.symbol, "end", "size", "end", "widepct" if share else "wide")
    return scene.example(request, ("from", "T0", *conditions.where(limit), *by, "show"), "crosstab")


def twice(scene: Scene) -> Example:
    """`average number of orders per customer`."""
    used = of(scene, scene.column("text")) if scene.chance(0.5) else key(scene)
    func = scene.one("mean", "mean", "max", "min", "median")
    f = scene.fill(_FUNC[scene.lang][func])
    if scene.chance(0.6):
        measure, sort = Measure("", ("size",)), "size"
    else:
        ref = scene.column("measure", avoid=used.refs)
        measure, sort = (
            measures.statistic(scene, ref, scene.one("sum", "sum", "mean", "max")),
            "other",
        )
    m = measure.phrase.removeprefix("el ").removeprefix("la ")
    if scene.es and sort == "other" and func == "mean" and measure.symbols[0] == "mean":
        raise NoFit("a mean of means in Spanish")
    slots = {
        "f": f,
        "tf": scene.the(f),
        "g": _ADJECTIVE[func],
        "x": used.phrase,
        "p": used.plural,
        "m": m,
        "n": scene.noun(),
    }
    request = scene.fill(_TWICE[scene.lang][sort], **slots)
    by = ("by", *used.symbols, "end", *measure.symbols, "end", "stat", func, "A0", "end")
    return scene.example(request, ("from", "T0", *by), "twice")


_MODE = {
    "en": """[most [common|frequent|popular] {y} [in|for|of|by] each {x}|[the|] most [common
        |frequent] {y} per {x}|for each {x}, [what is|show|find] the most [common|frequent] {y}
        |mode of {y} by {x}|what is the most popular {y} in each {x}?]""",
    "es": """[{y} más [común|frecuente|popular] [de|en|por] cada {x}
        |para cada {x}, {y} más [frecuente|común]|moda de {y} por {x}
        |¿cuál es {ty} más común en cada {x}?]""",
}


def commonest_each(scene: Scene) -> Example:
    """`most common product in each city`."""
    used = key(scene)
    ref = scene.column("key", avoid=used.refs)
    y = scene.say(ref)
    request = scene.fill(_MODE[scene.lang], y=y, ty=scene.the(y), x=used.phrase)
    plan = ("from", "T0", "by", *used.symbols, "end", "mode", ref.symbol, "end", "show")
    return scene.example(request, plan, "commonest_each")


FAMILIES: tuple[tuple[float, Callable[[Scene], Example]], ...] = (
    (2.2, pivot),
    (1.8, crosstab),
    (1.8, twice),
    (1.0, commonest_each),
)
