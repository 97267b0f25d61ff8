"""Requests for shares, percentages, ratios and differences."""

from __future__ import annotations

from collections.abc import Callable

from nbcodegen.training.grammar import conditions, measures
from nbcodegen.training.grammar.conditions import Conditions
from nbcodegen.training.grammar.keys import key
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene
from nbcodegen.training.records import Example

_SHARE = {
    "en": """[what [percentage|percent|share|proportion] of {n} are {a}?|[percentage|share
        |proportion|fraction] of {x}|percent of {n} {a} |[percentage|share] of {n} {a}
        |what [percentage|share] of [the|all] {n} are {x}?|percentage of {n} where {c}
        |what [fraction|percentage] of the {n} have {c}?|in what percentage of {n} {c}?
        |% of {n} where {c}|rate of {x} |I want to know what share of the {n} are {x}
        |how many percent of {n} are {x}?]""",
    "es": """[¿qué porcentaje de {n} son {x}?|porcentaje de {x}|proporción de {x}
        |porcentaje de {n} donde {c}|¿qué proporción de los {n} son {x}? |% de {x}
        |¿en qué porcentaje de {n} {c}?|¿Cuál es el porcentaje de {x}?
        |quiero saber qué porcentaje de los {n} son {x}|tanto por ciento de {x}]""",
}
_BY = {
    "en": "[{m} by {x}|{m} per {x}|{m} for each {x}|{m} in each {x}|for each {x}, {m}]",
    "es": "[{m} por {x}|{m} en cada {x}|{m} de cada {x}|para cada {x}, {m}|{m} según {x}]",
}
_PCT = {
    "en": """[percentage of {n} [by|per|for each|in each] {x}|share of {n} [by|per|in each] {x}
        |percent of {n} by {x}|what percentage of {n} is each {x}? |proportion of each {x}
        |percentage of each {x}|relative frequency of {x}|value counts of {x} in percent
        |{x} distribution in percent |what share of the {n} does each {x} have?
        |percentage distribution of {x}|what percent of {n} are in each {x}?]""",
    "es": """[porcentaje de {n} [por|en cada|de cada] {x}|proporción de {n} por {x}
        |¿qué porcentaje de {n} hay en cada {x}?|porcentaje de cada {x}
        |frecuencia relativa de {x}|distribución porcentual de {x}|proporción de cada {x}
        |reparto en porcentaje de {n} por {x}]""",
}
_SUM_PCT = {
    "en": """[share of [total|the total|] {y} [by|per|of each|for each] {x}
        |percentage of total {y} by {x}|contribution of each {x} to [the total|total] {y}
        |what percentage of the {y} comes from each {x}?|percent of {y} per {x}
        |each {x}'s share of {y}|how much does each {x} contribute to {y} in percent]""",
    "es": """[porcentaje [del total de|de] {y} por {x}|participación de cada {x} en {y}
        |¿qué porcentaje de {y} [aporta|representa] cada {x}?
        |contribución de cada {x} al total de {y}|peso de cada {x} en el total de {y}]""",
}
_PART = {
    "en": """[what [percentage|percent|share] of [the total|total|the|all] {y} comes from {x}?
        |[percentage|share] of total {y} [from|of|for] {x}
        |what percent of {y} do {x} account for?
        |how much of the total {y} comes from {x}, in percent|{x}: share of the total {y}]""",
    "es": """[¿qué porcentaje [del total de|de] {y} [corresponde a|viene de
        |representan] los {x}?|porcentaje de {y} de los {x}
        |qué parte del total de {y} corresponde a los {x}, en porcentaje
        |porcentaje del total de {y} de los {x}]""",
}
_DIFFERENCE = {
    "en": """[[what is the|] difference [between|in] [the|] {m} [of|for|between] {v} and {w}
        |how much higher is the {m} of {v} than of {w}?|{m} of {v} minus {m} of {w}
        |difference in {m} between {v} and {w}|compare {v} and {w}: difference of {m}]""",
    "es": """[[¿cuál es la|] diferencia de {m} entre {v} y {w}
        |diferencia entre {tm} de {v} y de {w}|{m} de {v} menos {m} de {w}
        |¿cuánto mayor es {tm} de {v} que de {w}?]""",
}
_RATIO = {
    "en": """[ratio of [the|] {m} of {v} to {w}|ratio between the {m} of {v} and {w}
        |{m} of {v} divided by {m} of {w}|how many times larger is the {m} of {v} than of {w}?]""",
    "es": """[cociente entre {tm} de {v} y de {w}|ratio de {m} de {v} entre {w}
        |{m} de {v} dividido entre {m} de {w}|¿cuántas veces mayor es {tm} de {v} que de {w}?]""",
}
_TOTALS = {
    "en": """[ratio of [the|] {a} to [the|] {b}|{a} divided by {b}|{a} over {b}
        |what is the ratio between {a} and {b}?|{a} / {b}]""",
    "es": """[ratio entre {a} y {b}|{a} dividido entre {b}|{a} entre {b}|cociente de {a} y {b}
        |{a} / {b}]""",
}
_APART = {
    "en": """[difference between [the|] {a} and [the|] {b}|{a} minus {b}|how much [larger
        |higher] is [the|] {a} than [the|] {b}?|{a} - {b}]""",
    "es": "[diferencia entre {a} y {b}|{a} menos {b}|¿cuánto mayor es {a} que {b}?|{a} - {b}]",
}
_EACH_SHARE = {
    "en": """[percentage of {s}|share of {s}|proportion of {s}|% of {s}|what percentage are {s}
        |fraction of {s}]""",
    "es": "[porcentaje de {s}|proporción de {s}|% de {s}|qué porcentaje son {s}]",
}


def _said(scene: Scene, template: str, found: Conditions) -> str:
    """Fill {x} with the rows meant, {c} with the clause, {a} with what follows the noun."""
    n = scene.noun()
    tail = " ".join(part.tail for part in found.parts)
    slots = {
        "n": n,
        "x": conditions.subject(scene, found, noun=n),
        "c": conditions.clause(scene, found),
        "a": tail,
    }
    return scene.fill(template, **slots)


def share(scene: Scene) -> Example:
    """`what percentage of customers are from Spain?`."""
    found = conditions.some(scene, most=2)
    limit = conditions.perhaps(scene, 0.15, avoid=found.refs)
    request = conditions.limited(scene, _said(scene, _SHARE[scene.lang], found), limit)
    plan = ("from", "T0", *conditions.where(limit), "pctwhere", *found.symbols)
    return scene.example(request, plan, "share")


def share_each(scene: Scene) -> Example:
    """`percentage of active customers by city`."""
    used = key(scene)
    found = conditions.some(scene, most=1, avoid=used.refs)
    m = scene.fill(_EACH_SHARE[scene.lang], s=conditions.subject(scene, found))
    request = scene.fill(_BY[scene.lang], m=m, x=used.phrase)
    plan = ("from", "T0", "by", *used.symbols, "end", "pctif", *found.symbols, "end", "show")
    return scene.example(request, plan, "share_each")


def percentages(scene: Scene) -> Example:
    """`percentage of customers by city`, `share of total sales by region`."""
    used = key(scene)
    limit = conditions.perhaps(scene, 0.12, avoid=used.refs)
    if scene.chance(0.6):
        text, symbols = scene.fill(_PCT[scene.lang], n=scene.noun(), x=used.phrase), ("pct",)
    else:
        ref = scene.column("measure", avoid=used.refs)
        text = scene.fill(_SUM_PCT[scene.lang], y=scene.say(ref), x=used.phrase)
        symbols = ("sumpct", ref.symbol)  # type: ignore[assignment]
    request = conditions.limited(scene, text, limit)
    plan = (
        "from",
        "T0",
        *conditions.where(limit),
        "by",
        *used.symbols,
        "end",
        *symbols,
        "end",
        "show",
    )
    return scene.example(request, plan, "percentages")


def part(scene: Scene) -> Example:
    """`what percentage of total sales comes from Spain?`."""
    ref = scene.column("measure")
    found = conditions.some(scene, most=1, avoid=[ref])
    who = conditions.subject(scene, found)
    request = scene.fill(_PART[scene.lang], y=scene.say(ref), x=who)
    plan = (
        "from",
        "T0",
        "calc",
        "pct",
        "given",
        *found.symbols,
        "sum",
        ref.symbol,
        "sum",
        ref.symbol,
    )
    return scene.example(request, plan, "part")


def _pair(scene: Scene) -> tuple[Ref, str, str, str, str]:
    ref = scene.column("key")
    if len(ref.schema.values) < 2:
        raise NoFit("two values")
    first, second = scene.value(ref), scene.value(ref)
    if first.symbol == second.symbol:
        raise NoFit("two values")
    return ref, first.phrase, first.symbol, second.phrase, second.symbol


def versus(scene: Scene) -> Example:
    """`difference in average salary between men and women`."""
    ref, v, first, w, second = _pair(scene)
    measured = scene.column("measure", avoid=[ref])
    measure = measures.statistic(scene, measured, scene.one("mean", "mean", "sum", "median", "max"))
    m = measure.phrase.removeprefix("el ").removeprefix("la ")
    op = scene.one("sub", "sub", "div")
    template = (_DIFFERENCE if op == "sub" else _RATIO)[scene.lang]
    request = scene.fill(template, m=m, tm=scene.the(m), v=v, w=w)
    sides = [("given", "eq", ref.symbol, value, *measure.symbols) for value in (first, second)]
    return scene.example(request, ("from", "T0", "calc", op, *sides[0], *sides[1]), "versus")


def totals(scene: Scene) -> Example:
    """`ratio of total sales to total cost`, `maximum price minus average price`."""
    one = scene.column("measure")
    other = scene.column("measure", avoid=[one])
    func = scene.one("sum", "sum", "mean")
    op = scene.one("div", "div", "sub")
    first, second = measures.statistic(scene, one, func), measures.statistic(scene, other, func)
    if scene.chance(0.25):
        second, op = measures.statistic(scene, one, "median" if func == "mean" else "max"), "sub"
    template = (_TOTALS if op == "div" else _APART)[scene.lang]
    limit = conditions.perhaps(scene, 0.15, avoid=[one, other])
    request = scene.fill(template, a=first.phrase, b=second.phrase)
    request = conditions.limited(scene, request, limit)
    plan = ("from", "T0", *conditions.where(limit), "calc", op, *first.symbols, *second.symbols)
    return scene.example(request, plan, "totals")


FAMILIES: tuple[tuple[float, Callable[[Scene], Example]], ...] = (
    (2.5, share),
    (1.5, share_each),
    (2.2, percentages),
    (1.0, part),
    (1.2, versus),
    (1.0, totals),
)
