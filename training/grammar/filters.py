"""One condition on rows, said after a noun phrase: `for Spain`, `where price is over 100`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nbcodegen.training.grammar import conditions
from nbcodegen.training.grammar.conditions import Conditions
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene
from nbcodegen.training.grammar.steps import Steps, steps

Condition = tuple[str, Steps]
"""Words, and the symbols of a COND."""

_COMPARED = {
    "en": {
        "gt": "[more than|greater than|over|above|higher than|larger than|>|bigger than]",
        "lt": "[less than|under|below|lower than|smaller than|<|fewer than]",
        "ge": "[at least|>=|no less than|greater than or equal to]",
        "le": "[at most|<=|no more than|up to]",
    },
    "es": {
        "gt": "[mayor que|superior a|más de|mayor de|por encima de|>]",
        "lt": "[menor que|inferior a|menos de|menor de|por debajo de|<]",
        "ge": "[de al menos|mayor o igual que|>=|como mínimo de]",
        "le": "[de como mucho|menor o igual que|<=|como máximo de]",
    },
}


def _equal(scene: Scene, avoid: Sequence[Ref]) -> Condition:
    ref = _texty(scene, avoid)
    value = scene.value(ref)
    template = scene.one(
        *(
            (
                "[solo|] [para|de|en] {v}",
                "[con|cuyo|donde] {c} [=|igual a] {v}",
                "[donde|con] {c} [es|sea] {v}",
                "[donde {c} es|con {c}|de {c}|solo para {c}] {v}",
                "[solo|únicamente] {v}",
            )
            if scene.es
            else (
                "[only|just|] [for|in|of] {v}",
                "[where|whose|for which] {c} [is|equals|=|is equal to] {v}",
                "with {c} [{v}|equal to {v}|= {v}|of {v}]",
                "[only|just] {v}",
                "for {c} {v}",
                "[only|] [for|from] {v}",
            )
        )
    )
    words = scene.fill(template, v=value.phrase, c=scene.say(ref))
    return words, steps("eq {c} {v}", c=ref, v=value)


def _unequal(scene: Scene, avoid: Sequence[Ref]) -> Condition:
    ref = _texty(scene, avoid)
    value = scene.value(ref)
    template = (
        (
            "[sin contar|excepto|excluyendo|que no sean|menos|sin|donde {c} no es"
            "|con {c} distinto de] {v}"
        )
        if scene.es
        else (
            "[excluding|except|except for|without|other than|that are not|where {c} "
            "is not|whose {c} is not|not counting|with {c} different from] {v}"
        )
    )
    words = scene.fill(template, v=value.phrase, c=scene.say(ref))
    return words, steps("ne {c} {v}", c=ref, v=value)


def _texty(scene: Scene, avoid: Sequence[Ref]) -> Ref:
    found = [ref for ref in scene.refs("key") if ref.schema.values and ref not in avoid]
    if not found:
        raise NoFit("text value")
    return scene.rng.choice(found)


def _compared(scene: Scene, avoid: Sequence[Ref]) -> Condition:
    ref = scene.column("measure", avoid=avoid)
    word = scene.one("gt", "gt", "lt", "lt", "ge", "le")
    value = scene.value(ref)
    than = scene.fill(_COMPARED[scene.lang][word])
    template = (
        "[con {c}|con un {c}|donde {c} sea|donde {c} es|que tengan {c}] {than} {v}"
        if scene.es
        else (
            "[with {c}|with a {c}|whose {c} is|where {c} is|having {c}|where the {c} "
            "is|that have {c}] {than} {v}"
        )
    )
    words = scene.fill(template, c=scene.say(ref), than=than, v=value.phrase)
    return words, steps("{w} {c} {v}", w=word, c=ref, v=value)


def _between(scene: Scene, avoid: Sequence[Ref]) -> Condition:
    ref = scene.column("measure", avoid=avoid)
    low, high = sorted(
        (scene.value(ref), scene.value(ref)), key=lambda value: float(value.symbol[2:])
    )
    if low.symbol == high.symbol:
        raise NoFit("range")
    template = (
        "[con|donde] {c} entre {a} y {b}"
        if scene.es
        else (
            "[with {c} between|where {c} is between|whose {c} is between|with {c} in "
            "the range] {a} [and] {b}"
        )
    )
    words = scene.fill(template, c=scene.say(ref), a=low.phrase, b=high.phrase)
    return words, steps("between {c} {a} {b}", c=ref, a=low, b=high)


def _in_year(scene: Scene, avoid: Sequence[Ref]) -> Condition:
    ref = scene.column("date")
    value = scene.date(ref, "year")
    word = scene.one("eq", "eq", "eq", "gt", "ge", "lt")
    ways = {
        "en": {
            "eq": "[in|for|during|from] {v}",
            "gt": "after {v}",
            "ge": "[since|starting in] {v}",
            "lt": "before {v}",
        },
        "es": {
            "eq": "[en|durante|de|para] {v}",
            "gt": "[después de|posteriores a] {v}",
            "ge": "[desde|a partir de] {v}",
            "lt": "[antes de|anteriores a] {v}",
        },
    }
    words = scene.fill(ways[scene.lang][word], v=value.phrase)
    return words, steps("{w} year {c} {v}", w=word, c=ref, v=value)


def _from_rows(scene: Scene, found: Conditions) -> Condition:
    """Say conditions on rows after a noun, or after `where`."""
    if found.joint == "and" and scene.chance(0.6):
        return (" y " if scene.es else " and ").join(
            part.tail for part in found.parts
        ), found.symbols
    lead = (
        scene.one("donde", "donde", "cuando", "solo donde")
        if scene.es
        else scene.one("where", "where", "when", "only where", "for which")
    )
    return f"{lead} {conditions.clause(scene, found)}", found.symbols


_WAYS: tuple[tuple[float, Callable[[Scene, Sequence[Ref]], Condition]], ...] = (
    (4, _equal),
    (1, _unequal),
    (4, _compared),
    (1, _between),
    (1, _in_year),
)


def condition(scene: Scene, avoid: Sequence[Ref] = ()) -> Condition:
    """Return a condition on columns other than those to avoid, as words and symbols."""
    if scene.chance(0.55):
        return _from_rows(scene, conditions.some(scene, most=2, avoid=avoid))
    ways = scene.rng.choices([way for _, way in _WAYS], [weight for weight, _ in _WAYS], k=5)
    for way in ways:
        try:
            return way(scene, avoid)
        except NoFit:
            continue
    raise NoFit("condition")
