"""Requests in a handful of words, as they are typed: `women over 70 with diabetes`.

Nothing is said that the reader can add: which column a cell is of, that rows are meant, `where`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from nbcodegen.training.grammar import comparing, matching, measures, quantities
from nbcodegen.training.grammar.comparing import Condition
from nbcodegen.training.grammar.conditions import Conditions
from nbcodegen.training.grammar.phrases import plural
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene, Value
from nbcodegen.training.records import Example

_CELL = {
    "en": "[in|in|from|from|at|with|with|for|by|of|on|to|paid in|made by|near] {v}",
    "es": "[de|de|de|en|en|con|por|para|desde|a] {v}",
}
_FLAG = {
    "en": (
        """[with {c}|with {c}|with [a|the|an] {c}|that have [a|the|] {c}|who have [a|the|] {c}
        |who get [the|a|] {c}|who use [the|a|] {c}|having {c}|{c}|and {c}|{c}: yes|{c} = yes]""",
        """[without {c}|without {c}|without [a|any|the] {c}|with no {c}|no {c}|that have no {c}
        |who don't have {c}|who don't get [the|any] {c}|not {c}|{c}: no|lacking [a|] {c}]""",
    ),
    "es": (
        """[con {c}|con {c}|con {c}|que tienen {c}|que tengan {c}|que reciben [el|la|] {c}
        |que usan {c}|{c}|y {c}|{c}: sí|que cuentan con {c}]""",
        """[sin {c}|sin {c}|sin {c}|que no tienen {c}|que no tengan {c}|no {c}|{c}: no
        |que no reciben [el|la|] {c}]""",
    ),
}
_NUMBER = {
    "en": {
        "gt": "[{c} over {v}|{c} above {v}|over {v} {c}|with over {v} {c}|more than {v} {c}]",
        "lt": "[{c} under {v}|{c} below {v}|under {v} {c}|with under {v} {c}|less than {v} {c}]",
        "ge": "[with {v}+ {c}|{v}+ {c}|with {v} or more {c}|at least {v} {c}|{c} {v} or more]",
        "le": "[up to {v} {c}|with up to {v} {c}|{v} {c} or less|max {v} {c}|{c} {v} or less]",
    },
    "es": {
        "gt": "[con más de {v} de {c}|{c} de más de {v}|más de {v} {c}|{c} superior a {v}]",
        "lt": "[con menos de {v} de {c}|{c} de menos de {v}|menos de {v} {c}|{c} inferior a {v}]",
        "ge": "[con {v} o más {c}|{v} {c} o más|al menos {v} {c}|mínimo {v} {c}|con {v}+ {c}]",
        "le": "[hasta {v} {c}|con hasta {v} {c}|{v} {c} o menos|máximo {v} {c}]",
    },
}
_MIXES = (
    "cell",
    "cell",
    "cell cell",
    "cell flag",
    "cell flag",
    "cell number",
    "cell number",
    "flag",
    "flag number",
    "cell flag number",
    "cell cell number",
    "cell flag flag",
)
_ROWS = {
    "en": """[{x}|{x}|{x}|{x}|show {x}|list {x}|list of {x}|just the {x}|the {x}|only {x}
        |which {x}?|{x} please|I need the {x}|find {x}|get me the {x}|who are the {x}?|see {x}]""",
    "es": """[{x}|{x}|{x}|{x}|muestra {x}|lista de {x}|solo {x}|los {x}|{x} por favor|dame los {x}
        |quiero ver solo los {x}|quiero ver los {x}|¿qué {x}?|busca {x}|ver {x}
        |necesito los {x}]""",
}
_COUNT = {
    "en": """[how many {x}?|how many {x} are there?|number of {x}|count {x}|count of {x}
        |{x}, how many?]""",
    "es": "[¿cuántos~ {x}?|¿cuántos~ {x} hay?|número de {x}|cuenta {x}|{x}, ¿cuántos~ son?]",
}
_STAT = {
    "en": "[{m} of {x}|{m} of the {x}|what's the {m} of {x}?|{m}, {x} only|{m} for {x}|{x}: {m}]",
    "es": "[{m} de {x}|{m} de los {x}|¿cuál es {tm} de {x}?|{m}, solo {x}|{m} en {x}|{x}: {m}]",
}
_TOP = {
    "en": "[top {k} {x} by {y}|{x} with the highest {y}, top {k}|the {k} {x} with most {y}]",
    "es": "[top {k} de {x} por {y}|los {k} {x} con más {y}|{x} con mayor {y}, top {k}]",
}


def _cell(scene: Scene, used: Sequence[Ref]) -> tuple[Ref, Condition]:
    refs = [ref for ref in scene.refs("key") if ref.schema.values and ref not in used]
    refs = [ref for ref in refs if not matching.says_yes_or_no(ref)]
    if not refs:
        raise NoFit("cell")
    ref = scene.rng.choice(refs)
    value = scene.value(ref)
    tail = scene.fill(_CELL[scene.lang], v=value.phrase)
    wordlike = re.fullmatch(r"[A-Za-zÀ-ÿ][\w -]{2,18}", value.phrase) is not None
    if wordlike and scene.es and scene.chance(0.3):
        tail = scene.one(value.phrase, plural(value.phrase, "es"))
    before = value.phrase if wordlike and not scene.es else ""
    noun = plural(value.phrase, scene.lang) if wordlike and not matching.is_place(ref) else ""
    return ref, Condition(("eq", ref.symbol, value.symbol), tail, tail, before, noun)


def _flag(scene: Scene, used: Sequence[Ref]) -> tuple[Ref, Condition]:
    refs = scene.refs("bool") + [ref for ref in scene.refs("key") if matching.says_yes_or_no(ref)]
    refs = [ref for ref in refs if ref not in used]
    if not refs:
        raise NoFit("flag")
    ref = scene.rng.choice(refs)
    false = scene.chance(0.3)
    name = re.sub(r"^(is|was|has|es|fue|tiene) | (yn|flag|ind|indicator)$", "", scene.say(ref))
    symbols: tuple[str, ...] = ("isfalse" if false else "istrue", ref.symbol)
    if ref.schema.kind == "integer":
        symbols = ("eq", ref.symbol, "0" if false else "1")
    tail = scene.fill(_FLAG[scene.lang][false], c=name)
    before = f"{'non-' if false else ''}{name}" if not scene.es and scene.chance(0.3) else ""
    return ref, Condition(symbols, tail, tail, before)


def _number(scene: Scene, used: Sequence[Ref]) -> tuple[Ref, Condition]:
    ref = scene.column("measure", avoid=used)
    op = scene.one("gt", "gt", "gt", "lt", "lt", "ge", "ge", "le")
    value = scene.value(ref)
    tail = _measured(scene, ref, op, value)
    return ref, Condition((op, ref.symbol, value.symbol), tail, tail)


def _measured(scene: Scene, ref: Ref, op: str, value: Value) -> str:
    """By an adjective, a unit or what is counted where these tell the column, else by its name."""
    ways: list[Callable[[], str]] = [
        lambda: quantities.counted(scene, ref, op, value),
        lambda: quantities.measured(scene, ref, op, value),
    ]
    if op in ("gt", "lt"):
        ways.append(lambda: comparing.comparative(scene, ref, op, value))
    scene.rng.shuffle(ways)
    named = scene.fill(_NUMBER[scene.lang][op], c=scene.say(ref), v=value.phrase)
    return next((text for way in ways if (text := way())), named)


_PARTS = {"cell": _cell, "flag": _flag, "number": _number}


def _who(scene: Scene) -> tuple[str, Conditions]:
    """Words for some rows, and the conditions that they mean."""
    used: list[Ref] = []
    parts: list[Condition] = []
    for kind in scene.one(*_MIXES).split():
        ref, part = _PARTS[kind](scene, used)
        used.append(ref)
        parts.append(part)
    scene.rng.shuffle(parts)
    return _said(scene, parts), Conditions(tuple(parts), "and", tuple(used))


def _said(scene: Scene, parts: Sequence[Condition]) -> str:
    rest = list(parts)
    head = scene.noun()
    named = next((part for part in rest if part.noun), None)
    if named and scene.chance(0.4):
        head = named.noun
        rest.remove(named)
    before = next((part for part in rest if part.before), None)
    if before and scene.chance(0.55):
        head = f"{before.before} {head}"
        rest.remove(before)
    tails = [part.tail for part in rest]
    if len(tails) > 1 and scene.chance(0.45):
        tails[-1] = f"{'y' if scene.es else 'and'} {tails[-1]}"
    return " ".join([head, *tails]).replace(" and and ", " and ").replace(" y y ", " y ")


def rows(scene: Scene) -> Example:
    """`pisos con ascensor de más de 100 m2`: the rows, with all their columns."""
    who, found = _who(scene)
    request = scene.fill(_ROWS[scene.lang], x=who)
    return scene.example(request, ("from", "T0", "where", *found.symbols, "show"), "brief.rows")


def count(scene: Scene) -> Example:
    """`how many remote engineers?`."""
    who, found = _who(scene)
    request = measures.gendered(scene.fill(_COUNT[scene.lang], x=who), who)
    return scene.example(request, ("from", "T0", "where", *found.symbols, "count"), "brief.count")


def statistic(scene: Scene) -> Example:
    """`average age of goalkeepers`."""
    who, found = _who(scene)
    measure = measures.some(scene, avoid=found.refs)
    if measure.phrase.startswith(("how many", "cuánt")):
        raise NoFit("a question")
    phrase = measure.phrase
    request = scene.fill(_STAT[scene.lang], x=who, m=phrase, tm=scene.the(phrase))
    plan = ("from", "T0", "where", *found.symbols, "stat", *measure.symbols, "end")
    return scene.example(request, plan, "brief.stat")


def top(scene: Scene) -> Example:
    """`top 5 forwards by goals`."""
    who, found = _who(scene)
    ref = scene.column("measure", avoid=found.refs)
    number = scene.number()
    request = scene.fill(_TOP[scene.lang], x=who, y=scene.say(ref), k=number.phrase)
    order = ("sort", "desc", ref.symbol, "end", "head", number.symbol, "show")
    return scene.example(request, ("from", "T0", "where", *found.symbols, *order), "brief.top")


FAMILIES: tuple[tuple[float, Callable[[Scene], Example]], ...] = (
    (6.0, rows),
    (1.5, count),
    (2.0, statistic),
    (0.6, top),
)
