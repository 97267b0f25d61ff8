"""Orders that a superlative names: `the 5 cheapest flights`, `de la más cara a la más barata`."""

from __future__ import annotations

from collections.abc import Callable

from nbcodegen.linking import plain
from nbcodegen.training.grammar import conditions, phrases
from nbcodegen.training.grammar.keys import of
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
    "en": """[[the|show the|which are the|list the|give me the|] {k} {a} {n}|{a} {k} {n}
        |{k} {a} {n}?|{k} {a} {n}|{k} {a} {n} ([by|in terms of] {y})|{k} {a} {n} by {y}]""",
    "es": """[[{l}|muestra {l}|cuáles son {l}|dame {l}] {k} {n} {as_}|{k} {n} {as_}
        |{l} {k} {n} {as_} ([por|según] {y})|{k} {n} {as_} por {y}]""",
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


def said(scene: Scene, ref: Ref, way: str, noun: str) -> str:
    """Return the superlative of a measure, agreeing with the noun: `oldest`, `más cara`."""
    words = adjective(scene, ref, way)
    return _agreeing(scene, words, noun)


def order(scene: Scene) -> Example:
    """`from cheapest to most expensive`."""
    ref, noun = _ref(scene), scene.noun()
    way = scene.one("asc", "desc")
    other = "desc" if way == "asc" else "asc"
    a, b = said(scene, ref, way, noun), said(scene, ref, other, noun)
    request = scene.fill(_SORT[scene.lang], n=noun, a=a, b=b, **_slots(scene, noun, a))
    plan = ("from", "T0", "sort", way, ref.symbol, "end", "show")
    return scene.example(request, plan, "superlatives.order")


def top(scene: Scene) -> Example:
    """`the 5 cheapest flights`."""
    ref, noun = _ref(scene), scene.noun()
    way, count = scene.one("asc", "desc"), scene.number(2, 20)
    words = said(scene, ref, way, noun)
    request = scene.fill(
        _TOP[scene.lang],
        k=count.phrase,
        n=noun,
        a=words,
        y=scene.say(ref),
        **_slots(scene, noun, words),
    )
    limit = conditions.perhaps(scene, 0.15, avoid=[ref])
    plan = ("from", "T0", *conditions.where(limit), "sort", way, ref.symbol, "end")
    request = conditions.limited(scene, request, limit)
    return scene.example(request, (*plan, "head", count.symbol, "show"), "superlatives.top")


def one(scene: Scene) -> Example:
    """`the oldest patient`."""
    ref, noun = _ref(scene), scene.noun(plural=False)
    way = scene.one("asc", "desc")
    words = said(scene, ref, way, noun)
    request = scene.fill(_ONE[scene.lang], s=noun, a=words, **_slots(scene, noun, words))
    plan = ("from", "T0", "sort", way, ref.symbol, "end", "head", "1", "show")
    return scene.example(request, plan, "superlatives.one")


_VERBS = {
    "en": """salary wage income pay earnings:earns earn makes:more
        sales revenue units:sold sells:more
        goals points:scored scores:more
        score grade rating gpa:got has scored:better
        age:is:old
        distance km miles:ran travelled covered:more
        amount total price spend:spent paid:more
        tip tips:tipped:more""",
    "es": """salario sueldo ingresos salary:gana cobra:más
        ventas sales revenue unidades units:vendió vende:más
        goles goals puntos:marcó metió:más
        nota score rating puntuacion:sacó tiene obtuvo:mejor
        distancia distance km:recorrió corrió:más
        importe total gasto amount:gastó pagó:más""",
}
_WHO = {
    "en": {
        "more": ("who {v} the most [{y}|]?", "who {v} the least [{y}|]?"),
        "better": (
            "who {v} the [best|highest|top] {y}?",
            "who {v} the [worst|lowest] {y}?",
        ),
        "old": ("who is the [oldest|eldest]?", "who is the youngest?"),
    },
    "es": {
        "más": ("¿quién {v} más [{y}|]?", "¿quién {v} menos [{y}|]?"),
        "mejor": ("¿quién {v} [la mejor|la mayor|más] {y}?", "¿quién {v} la peor {y}?"),
    },
}
_WHEN = {
    "en": (
        """[when was the [peak|highest|maximum|max|top] {y}?|when was {y} [highest|at its peak]?
        |[what|which] {d} had the [highest|most] {y}?|{d} with the [most|highest] {y}
        |on what {d} was {y} highest?|date of the maximum {y}]""",
        """[when was the [lowest|minimum|min] {y}?|when was {y} lowest?
        |[what|which] {d} had the [lowest|least] {y}?|{d} with the [least|lowest] {y}]""",
    ),
    "es": (
        """[¿cuándo fue el [máximo|pico] de {y}?|¿cuándo hubo más {y}?|fecha del máximo de {y}
        |¿cuál fue el {d} con [más|mayor] {y}?|{d} con [más|mayor] {y}|¿qué {d} hubo más {y}?]""",
        """[¿cuándo fue el mínimo de {y}?|¿cuándo hubo menos {y}?
        |¿cuál fue el {d} con [menos|menor] {y}?|{d} con [menos|menor] {y}]""",
    ),
}
_SOLD = {
    "en": """[[the|] {k} [best selling|best-selling|top selling|most sold] {p}
        |{k} most [sold|popular] {p} by {y}|top {k} {p} by {y} sold|{k} {p} that sold the most]""",
    "es": """[[los|] {k} {p} más vendid{os}|{k} {p} más vendid{os} [en|por] {y}
        |top {k} de {p} más vendid{os}|los {k} {p} que más se venden]""",
}


def labelled(scene: Scene, labels: str) -> list[Ref]:
    """Return the measures one of whose words is among these."""
    words = set(labels.split())
    return [
        ref
        for ref in scene.refs("measure")
        if words & set(phrases.spoken(plain(ref.schema.label)).lower().split())
    ]


def who(scene: Scene) -> Example:
    """`who earns the most?`: the name in the row with the most of what the verb is about."""
    names = scene.refs("name")
    ways = [line.strip().split(":") for line in _VERBS[scene.lang].splitlines()]
    fits = [(ref, verbs, way) for labels, verbs, way in ways for ref in labelled(scene, labels)]
    if not names or not fits:
        raise NoFit("who")
    ref, verbs, way = scene.rng.choice(fits)
    least = scene.chance(0.3)
    template = _WHO[scene.lang][way][least]
    request = scene.fill(template, v=scene.one(*verbs.split()), y=scene.say(ref))
    limit = conditions.perhaps(scene, 0.15, avoid=[ref])
    request = conditions.limited(scene, request, limit)
    sort = ("sort", "asc" if least else "desc", ref.symbol, "end", "head", "1")
    shown = ("cols", names[0].symbol, "end", "show")
    plan = ("from", "T0", *conditions.where(limit), *sort, *shown)
    return scene.example(request, plan, "superlatives.who")


def when(scene: Scene) -> Example:
    """`when was the peak consumption?`: the date in the row with the most."""
    ref, date = scene.column("measure"), scene.refs("date")
    if not date:
        raise NoFit("date")
    least = scene.chance(0.3)
    day = scene.one("día", "día", "momento") if scene.es else scene.one("day", "date", "time")
    request = scene.fill(_WHEN[scene.lang][least], y=scene.say(ref), d=day)
    limit = conditions.perhaps(scene, 0.12, avoid=[ref, date[0]])
    request = conditions.limited(scene, request, limit)
    sort = ("sort", "asc" if least else "desc", ref.symbol, "end", "head", "1")
    shown = ("cols", date[0].symbol, "end", "show")
    plan = ("from", "T0", *conditions.where(limit), *sort, *shown)
    return scene.example(request, plan, "superlatives.when")


_SALES = frozenset("units quantity qty sales revenue unidades cantidad ventas importe".split())


def sold(scene: Scene) -> Example:
    """`the 3 best selling products`: groups by what they sold in all."""
    sales = [
        ref
        for ref in scene.refs("measure")
        if _SALES & set(phrases.spoken(plain(ref.schema.label)).lower().split())
    ]
    if not sales:
        raise NoFit("sales")
    ref = scene.rng.choice(sales)
    used = of(scene, scene.column("key", avoid=[ref]))
    count = scene.number(2, 12)
    ending = "as" if is_feminine(used.plural) else "os"
    request = scene.fill(
        _SOLD[scene.lang], k=count.phrase, p=used.plural, y=scene.say(ref), os=ending
    )
    by = ("by", *used.symbols, "end", "sum", ref.symbol, "end", "sort", "desc", "A0", "end")
    plan = ("from", "T0", *by, "head", count.symbol, "show")
    return scene.example(request, plan, "superlatives.sold")


_OWN = {
    "en": """[[show|list|which|] {n} with [a|] {y} {more} the {f} of their [own|] {x}
        |{n} whose {y} is {more} the {f} [of|for|in] [their|its|the same] {x}
        |{n} {more} their {x}'s {f} {y}|{n} {more} the {f} {y} of their [own|] {x}
        |{y} {more} the {x} {f}]""",
    "es": """[{n} con {y} {more} [a la media|al promedio] de su [propio|] {x}
        |{n} cuyo {y} está {more} [a la media|al promedio] de su {x}
        |{n} con {y} {more} al de la media de su {x}]""",
}


def own_group(scene: Scene) -> Example:
    """`employees who earn more than the average of their department`."""
    ref = scene.column("measure")
    group = scene.column("key", avoid=[ref])
    more = scene.chance(0.7)
    words = {
        "en": ("[above|higher than|over|greater than|more than]", "[below|lower than|under]"),
        "es": ("superior", "inferior"),
    }[scene.lang][not more]
    slots = {"n": scene.noun(), "y": scene.say(ref), "x": scene.say(group)}
    slots |= {"more": scene.fill(words), "f": scene.one("average", "mean")}
    request = scene.fill(_OWN[scene.lang], **slots)
    apart = ("sub", ref.symbol, "per", group.symbol, "mean", ref.symbol, "0")
    plan = ("from", "T0", "where", "gt" if more else "lt", *apart, "show")
    return scene.example(request, plan, "superlatives.own_group")


FAMILIES: tuple[tuple[float, Callable[[Scene], Example]], ...] = (
    (1.0, order),
    (1.2, top),
    (0.7, one),
    (1.6, who),
    (0.9, when),
    (0.8, sold),
    (0.7, own_group),
)
