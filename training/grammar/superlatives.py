"""Orders that a superlative names: `the 5 cheapest flights`, `de la más cara a la más barata`."""

from __future__ import annotations

from collections.abc import Callable

from nbcodegen.training.grammar import conditions
from nbcodegen.training.grammar.ordering import adjective, plural_es
from nbcodegen.training.grammar.phrases import is_feminine
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene
from nbcodegen.training.records import Example

_SORT = {
    "en": """[[sort|order|rank|list|show|] [the|] {n} from {a} to {b}|{n} from {a} to {b}
        |from {a} to {b}|[sort|order|rank] them from {a} to {b}|{n}, {a} first|{a} {n} first
        |[sort|list|show] the {n}, {a} first|put the {a} {n} first|{a} to {b}]""",
    "es": """[[ordena|lista|muestra] [los|] {n} {d} {a} {e} {b}|{n} {d} {a} {e} {b}
        |ordénal{os} {d} {a} {e} {b}|{d} {a} {e} {b}|[primero|pon primero] {l} {a}s
        |{n}: {l} {as_} primero]""",
}
_TOP = {
    "en": "[[the|show the|which are the|list the|] {k} {a} {n}|{a} {k} {n}|{k} {a} {n}?]",
    "es": "[[{l}|muestra {l}|cuáles son {l}|dame {l}] {k} {n} {as_}|{k} {n} {as_}]",
}
_ONE = {
    "en": "[the {a} {s}|which is the {a} {s}?|what's the {a} {s}|show the {a} {s}|{a} {s}]",
    "es": "[{el} {s} {a}|¿cuál es {el} {s} {a}?|muestra {el} {s} {a}|{s} {a}]",
}


def _ref(scene: Scene) -> Ref:
    refs = [ref for ref in scene.refs("num") if adjective(scene, ref, "desc")]
    if not refs:
        raise NoFit("no superlative")
    return scene.rng.choice(refs)


def _slots(scene: Scene, noun: str, words: str) -> dict[str, str]:
    if not scene.es:
        return {}
    feminine = is_feminine(noun)
    return {
        "d": "de la" if feminine else "del",
        "e": "a la" if feminine else "al",
        "l": "las" if feminine else "los",
        "el": "la" if feminine else "el",
        "os": "as" if feminine else "os",
        "as_": plural_es(words),
    }


def _agreeing(scene: Scene, words: str, noun: str) -> str:
    """Give `más caro` the gender of its noun."""
    if scene.es and words.endswith("o") and is_feminine(noun):
        return words[:-1] + "a"
    return words


def _said(scene: Scene, ref: Ref, way: str, noun: str) -> str:
    words = adjective(scene, ref, way)
    return _agreeing(scene, words, noun)


def order(scene: Scene) -> Example:
    """`from cheapest to most expensive`."""
    ref, noun = _ref(scene), scene.noun()
    way = scene.one("asc", "desc")
    other = "desc" if way == "asc" else "asc"
    a, b = _said(scene, ref, way, noun), _said(scene, ref, other, noun)
    request = scene.fill(_SORT[scene.lang], n=noun, a=a, b=b, **_slots(scene, noun, a))
    plan = ("from", "T0", "sort", way, ref.symbol, "end", "show")
    return scene.example(request, plan, "superlatives.order")


def top(scene: Scene) -> Example:
    """`the 5 cheapest flights`."""
    ref, noun = _ref(scene), scene.noun()
    way, count = scene.one("asc", "desc"), scene.number(2, 20)
    words = _said(scene, ref, way, noun)
    request = scene.fill(
        _TOP[scene.lang], k=count.phrase, n=noun, a=words, **_slots(scene, noun, words)
    )
    limit = conditions.perhaps(scene, 0.15, avoid=[ref])
    plan = ("from", "T0", *conditions.where(limit), "sort", way, ref.symbol, "end")
    request = conditions.limited(scene, request, limit)
    return scene.example(request, (*plan, "head", count.symbol, "show"), "superlatives.top")


def one(scene: Scene) -> Example:
    """`the oldest patient`."""
    ref, noun = _ref(scene), scene.noun(plural=False)
    way = scene.one("asc", "desc")
    words = _said(scene, ref, way, noun)
    request = scene.fill(_ONE[scene.lang], s=noun, a=words, **_slots(scene, noun, words))
    plan = ("from", "T0", "sort", way, ref.symbol, "end", "head", "1", "show")
    return scene.example(request, plan, "superlatives.one")


FAMILIES: tuple[tuple[float, Callable[[Scene], Example]], ...] = (
    (1.0, order),
    (1.2, top),
    (0.7, one),
)
