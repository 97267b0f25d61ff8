"""Requests about order: sorted rows, the top five, the most and the least, in all or by group."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nbcodegen.linking import plain
from nbcodegen.training.grammar import conditions
from nbcodegen.training.grammar.listing import columns, several, symbols
from nbcodegen.training.grammar.phrases import spoken
from nbcodegen.training.grammar.scene import Ref, Scene
from nbcodegen.training.records import Example

_DOWN = {
    "en": """[descending|in descending order|desc|from highest to lowest|from high to low
        |highest first|largest first|in decreasing order|from most to least|, biggest first
        |(descending)]""",
    "es": """[descendente|de mayor a menor|en orden descendente|de más a menos|descendentemente
        |desc|de forma descendente|en orden decreciente]""",
}
_UP = {
    "en": """[||ascending|in ascending order|asc|from lowest to highest|from low to high
        |lowest first |smallest first|in increasing order|(ascending)]""",
    "es": """[||ascendente|de menor a mayor|en orden ascendente|asc|de forma ascendente
        |en orden creciente|de menos a más]""",
}
_DATED = {
    "en": {"desc": "[newest first|most recent first|latest first|from newest to oldest]",
           "asc": "[oldest first|earliest first|chronologically|from oldest to newest]"},
    "es": {"desc": """[de más reciente a más antiguo|los más recientes primero
        |del más nuevo al más viejo]""",
           "asc": "[de más antiguo a más reciente|cronológicamente|los más antiguos primero]"},
}  # fmt: skip
_WRITTEN = {
    "en": {"asc": "[alphabetically|in alphabetical order|from A to Z|]",
           "desc": "[in reverse alphabetical order|from Z to A|descending|in descending order]"},
    "es": {"asc": "[alfabéticamente|en orden alfabético|de la A a la Z|]",
           "desc": "[en orden alfabético inverso|de la Z a la A|descendente]"},
}  # fmt: skip
_SORT = {
    "en": """[sort [the|all|] {n} by {o}|sort by {o}|order [the|] {n} by {o}|[show|list] [all
        |the|] {n} [sorted|ordered] by {o} |order by {o}|{n} [sorted|ordered] by {o}
        |arrange [the|] {n} by {o}|sort {t} by {o}|sort the table by {o}
        |I want the {n} sorted by {o}|{t} sorted by {o}|put the {n} in order of {o}
        |rank the {n} by {o}]""",
    "es": """[ordena [los|las|] {n} por {o}|ordena por {o}|ordenar por {o}|[muestra
        |lista] [todos|] los {n} ordenados por {o} |{n} ordenados por {o}
        |ordena la tabla por {o}|quiero los {n} ordenados por {o}|ordena {t} según {o}]""",
}
_SORT_COLS = {
    "en": """[[list|show|give me|find] [the|] {y} of [all|the|all the|each] {n} [ordered
        |sorted] by {o} |What are the {y} of all {n}, ordered by {o}?|{y} [sorted
        |ordered] by {o} |list [the|] {y} by {o}|What are the {y} of {n} in order of {o}?
        |Show the {y}, [sorted|ordered] by {o}.|sort by {o} and show [only|just|] {y}]""",
    "es": """[[lista|muestra|dame] {y} de [todos los|los] {n} [ordenados|ordenado] por {o}
        |¿Cuáles son {y} de los {n} ordenados por {o}?|{y} [ordenados|ordenado] por {o}
        |ordena por {o} y muestra [solo|] {y}|{y} de los {n} por orden de {o}]""",
}
_TOP = {
    "en": {
        "desc": """[[show|list|give me|find|] [the|] top {v} {n} by {y}|top {v} {n} [by|in
        |with highest] {y} |[the|] {v} {n} with [the|] [highest|most|largest|biggest|greatest
        |maximum] {y}|{v} [largest|highest] {n} by {y} |Which {v} {n} have the [highest|most
        |largest] {y}?|[show|list] the {v} {n} with the [highest|most|largest] {y}
        |nlargest {v} {y}|the {v} highest {y}|top {v} by {y}|top {v} {y}
        |who are the top {v} {n} by {y}?]""",
        "asc": """[[show|list|give me|find|] [the|] bottom {v} {n} by {y}|[the
        |] {v} {n} with [the|] [lowest|least|smallest|fewest] {y}
        |Which {v} {n} have the [lowest|smallest|least] {y}?|[show
        |list] the {v} {n} with the [lowest|smallest|least] {y} |nsmallest {v} {y}
        |the {v} lowest {y}|bottom {v} by {y}|{v} smallest {n} by {y}]""",
    },
    "es": {
        "desc": """[[muestra|lista|dame|] los {v} {n} con [mayor|más|el mayor|mayores] {y}
        |top {v} {n} por {y}|top {v} por {y} |¿Cuáles son los {v} {n} con [mayor|más] {y}?|[los
        |las] {v} {n} con [mayor|más|mejor] {y}|los {v} primeros {n} por {y}
        |¿Qué {v} {n} tienen [mayor|más] {y}?|{v} {n} con {y} más [alto|alta|elevado]
        |los {v} mayores por {y}]""",
        "asc": """[[muestra|lista|dame|] los {v} {n} con [menor|menos|el menor|menores] {y}
        |los {v} {n} con [menor|menos|peor] {y} |¿Cuáles son los {v} {n} con [menor|menos] {y}?
        |¿Qué {v} {n} tienen [menor|menos] {y}? |{v} {n} con {y} más [bajo|baja]
        |los {v} últimos {n} por {y}]""",
    },
}
_BEST = {
    "en": {
        "desc": """[[which|what] {k} has the [highest|most|largest|biggest|greatest|maximum
        |max] {y}? |{k} with [the|] [highest|most|largest|maximum|max|greatest] {y}
        |What is the {k} of the {s} with the [highest|most|largest|maximum] {y}?
        |find the {k} with the [highest|most|largest] {y}|Which {k} [has|had|got] the [most
        |highest] {y}? |{k} of the {s} with [the|] [highest|largest|max] {y}
        |Who has the highest {y}? give the {k} |Return the {k} of the {s} with the [most|largest
        |highest] {y}.|tell me which {k} has the most {y}]""",
        "asc": """[[which|what] {k} has the [lowest|least|smallest|minimum|fewest|min] {y}?
        |{k} with [the|] [lowest|least|smallest|minimum] {y}
        |What is the {k} of the {s} with the [lowest|least|smallest|minimum] {y}?
        |find the {k} with the [lowest|smallest|least] {y} |{k} of the {s} with [the|] [lowest
        |smallest|min] {y}|Return the {k} of the {s} with the smallest {y}.]""",
    },
    "es": {
        "desc": """[¿[Qué|Cuál] {k} tiene [el mayor|más|mayor|la mayor] {y}?|{k} con [mayor|más
        |el mayor|la mayor] {y} |¿Cuál es {tk} del {s} con [mayor|más] {y}?|dime {tk} con [mayor
        |más] {y}|{tk} con {y} más [alto|alta] |encuentra {tk} del {s} con [mayor|más] {y}
        |¿Qué {k} tiene {y} más alto?|qué {k} tiene el máximo {y}]""",
        "asc": """[¿[Qué|Cuál] {k} tiene [el menor|menos|menor|la menor] {y}?|{k} con [menor
        |menos|el menor] {y} |¿Cuál es {tk} del {s} con [menor|menos] {y}?|dime {tk} con [menor
        |menos] {y}|{tk} con {y} más [bajo|baja] |encuentra {tk} del {s} con [menor|menos] {y}
        |qué {k} tiene el mínimo {y}]""",
    },
}
_BEST_ROW = {
    "en": {
        "desc": """[[show|find|] the {s} with the [highest|largest|maximum|most] {y}
        |which {s} has the [highest|most|largest] {y}?|row with [max|the maximum
        |the highest] {y}|what's the {s} with max {y}]""",
        "asc": """[[show|find|] the {s} with the [lowest|smallest|minimum|least] {y}
        |which {s} has the [lowest|least|smallest] {y}?|row with [min|the minimum
        |the lowest] {y}]""",
    },
    "es": {
        "desc": """[[muestra|encuentra|] el {s} con [mayor|más|el mayor] {y}
        |¿qué {s} tiene [el mayor|más|mayor] {y}?|fila con [el máximo|el mayor] {y}]""",
        "asc": """[[muestra|encuentra|] el {s} con [menor|menos|el menor] {y}
        |¿qué {s} tiene [el menor|menos|menor] {y}?|fila con [el mínimo|el menor] {y}]""",
    },
}
_ORDINAL = {"en": (("second", "2"), ("2nd", "2"), ("third", "3"), ("3rd", "3"), ("fifth", "5")),
            "es": (("segundo", "2"), ("tercer", "3"), ("quinto", "5"))}  # fmt: skip
_NTH = {
    "en": """[[which|what] {k} has the {nth} [highest|largest|most] {y}?
        |{k} with the {nth} [highest|largest] {y}|find the {k} with the {nth} [highest
        |largest] {y}]""",
    "es": """[¿qué {k} tiene el {nth} mayor {y}?|{k} con el {nth} mayor {y}
        |dime {tk} con el {nth} {y} más alto]""",
}
_EACH = {
    "en": {
        "desc": """[[show|list|] [the|] top {v} {n} by {y} [in|for|of|within] each {x}|[the
        |] {v} {n} with [the|] highest {y} [per|in each|for every|by] {x} |for each {x}, [show
        |list|give] the {v} {n} with the [most|highest|largest] {y}|top {v} by {y} per {x}]""",
        "asc": """[[the|] {v} {n} with [the|] lowest {y} [per|in each|for every] {x}
        |bottom {v} {n} by {y} in each {x}|for each {x}, the {v} {n} with the [least
        |lowest] {y}]""",
    },
    "es": {
        "desc": """[los {v} {n} con [mayor|más] {y} [de|en|por] cada {x}|top {v} {n} por {y} [de
        |en|dentro de] cada {x}|para cada {x}, los {v} {n} con [mayor|más] {y}
        |top {v} por {y} en cada {x}]""",
        "asc": """[los {v} {n} con [menor|menos] {y} [de|en] cada {x}
        |para cada {x}, los {v} {n} con [menor|menos] {y}]""",
    },
}
_EACH_ONE = {
    "en": {
        "desc": """[the {s} with [the|] [highest|most|largest] {y} [in|of|for] each {x}
        |for each {x}, [show|find] the {s} with the [highest|largest|most] {y}
        |which {s} has the highest {y} in each {x}?|row with max {y} per {x}]""",
        "asc": """[the {s} with [the|] [lowest|least|smallest] {y} [in|of|for] each {x}
        |for each {x}, [show|find] the {s} with the [lowest|smallest] {y}
        |row with min {y} per {x}]""",
    },
    "es": {
        "desc": """[el {s} con [mayor|más|el mayor] {y} [de|en] cada {x}
        |para cada {x}, el {s} con [mayor|más] {y}|¿qué {s} tiene [mayor|más] {y} en cada {x}?]""",
        "asc": """[el {s} con [menor|menos|el menor] {y} [de|en] cada {x}
        |para cada {x}, el {s} con [menor|menos] {y}]""",
    },
}
_PERCENT = {
    "en": {
        "toppct": """[[the|] top {v}% [of|] {n} by {y}|[the|] {n} in the top {v}% [of|by] {y}
        |[the|] {v}% of {n} with the highest {y}|top {v} percent by {y}]""",
        "bottompct": """[[the|] bottom {v}% [of|] {n} by {y}|[the
        |] {v}% of {n} with the lowest {y}|{n} in the bottom {v} percent of {y}]""",
    },
    "es": {
        "toppct": """[el {v}% de los {n} con mayor {y}|los {n} en el {v}% superior de {y}
        |el {v} % con más {y}|top {v}% por {y}]""",
        "bottompct": """[el {v}% de los {n} con menor {y}|los {n} en el {v}% inferior de {y}
        |el {v} % con menos {y}]""",
    },
}
# Superlatives that name the measure by themselves: its words | most | least.
_ADJECTIVES = {
    "en": """age edad:oldest:youngest
        price cost fare precio:[most expensive|priciest|costliest]:[cheapest|least expensive]
        height:tallest:shortest
        weight mass:heaviest:lightest
        duration runtime length:longest:shortest
        speed velocity:fastest:slowest
        population:most populated:least populated
        popularity:most popular:least popular
        rating:[best rated|highest rated|top rated]:[worst rated|lowest rated]
        area size sqft m2:[largest|biggest]:smallest
        score grade gpa points:best:worst
        salary:[best paid|highest paid]:[worst paid|lowest paid]""",
    "es": """age edad:[mayor|más viejo|de más edad]:[más joven|de menos edad]
        price precio cost coste costo fare:[más caro|más costoso]:[más barato|más económico]
        height altura:más alto:más bajo
        weight peso:más pesado:más ligero
        duracion duration runtime:más largo:más corto
        population poblacion:más poblado:menos poblado
        rating valoracion:mejor valorado:peor valorado
        salary salario sueldo:mejor pagado:peor pagado
        area superficie size m2:más grande:más pequeño""",
}


def _direction(scene: Scene, share: float = 0.6) -> str:
    return "desc" if scene.chance(share) else "asc"


def _order(scene: Scene, ref: Ref, way: str) -> str:
    role = scene.role(ref)
    said = scene.say(ref)
    if role == "date" and scene.chance(0.5):
        return f"{said} {scene.fill(_DATED[scene.lang][way])}"
    if role in ("key", "name", "prose") and scene.chance(0.6):
        return f"{said} {scene.fill(_WRITTEN[scene.lang][way])}"
    return f"{said} {scene.fill((_DOWN if way == 'desc' else _UP)[scene.lang])}"


def _keys(scene: Scene) -> tuple[str, list[str], list[Ref]]:
    ref = scene.column(scene.one("num", "measure", "date", "name", "any"))
    way = _direction(scene, 0.55)
    said, steps, used = _order(scene, ref, way), [way, ref.symbol], [ref]
    if scene.chance(0.15):
        other = scene.column("any", avoid=[ref])
        second = _direction(scene, 0.4)
        then = "[y|y luego|, luego|y después] por" if scene.es else "[and|then|, then|and then] by"
        said = f"{said} {scene.fill(then)} {_order(scene, other, second)}"
        steps += [second, other.symbol]
        used.append(other)
    return said, steps, used


def _table(scene: Scene) -> str:
    return scene.keep(scene.tables[0].name)


def sort(scene: Scene) -> Example:
    """`sort by price descending`."""
    order, steps, used = _keys(scene)
    found = conditions.perhaps(scene, 0.15, avoid=used)
    slots = {"n": scene.noun(), "o": order, "t": _table(scene)}
    request = conditions.limited(scene, scene.fill(_SORT[scene.lang], **slots), found)
    plan = ("from", "T0", *conditions.where(found), "sort", *steps, "end", "show")
    return scene.example(request, plan, "sort")


def sort_select(scene: Scene) -> Example:
    """`list the names of all students ordered by age`."""
    order, steps, used = _keys(scene)
    refs = columns(scene, 1, 3)
    found = conditions.perhaps(scene, 0.3, avoid=used)
    said = several(scene, [scene.say(ref, plural=scene.chance(0.3)) for ref in refs])
    who = conditions.subject(scene, found)
    request = scene.fill(_SORT_COLS[scene.lang], n=who, o=order, y=said)
    if found and who not in request:
        request = conditions.limited(scene, request, found)
    plan = ("from", "T0", *conditions.where(found), "sort", *steps, "end", "cols", *symbols(refs))
    return scene.example(request, (*plan, "end", "show"), "sort_select")


def top(scene: Scene) -> Example:
    """`top 5 customers by income`, with some of their columns now and then."""
    ref = scene.column(scene.one("measure", "measure", "num"))
    way = _direction(scene, 0.7)
    number = scene.number(2, 20)
    found = conditions.perhaps(scene, 0.2, avoid=[ref])
    who, head = conditions.subject(scene, found), number.phrase
    most = adjective(scene, ref, way)
    if most and scene.chance(0.5):
        template = "[los|las|] {v} {n} {a}" if scene.es else "[show|list|find|] [the|] {v} {a} {n}"
        plural = plural_es(most) if scene.es else most
        request = scene.fill(template, v=head, n=who, a=plural)
    else:
        request = scene.fill(_TOP[scene.lang][way], v=head, n=who, y=scene.say(ref))
    if found and who not in request:
        request = conditions.limited(scene, request, found)
    cols, extra = _also(scene, request) if scene.chance(0.3) else ((), request)
    plan = ("from", "T0", *conditions.where(found), "sort", way, ref.symbol, "end")
    return scene.example(extra, (*plan, "head", number.symbol, *cols, "show"), "top")


def plural_es(words_said: str) -> str:
    """Say a Spanish superlative in the plural: `más jóvenes`, `mejor pagados`."""
    words = words_said.split()
    plural = "es" if words[-1][-1:] in ("r", "n") else "s"
    return words_said if words[0] == "de" else (words_said + plural).replace("jovenes", "jóvenes")


def _also(scene: Scene, request: str) -> tuple[tuple[str, ...], str]:
    refs = columns(scene, 1, 3)
    said = several(scene, [scene.say(ref) for ref in refs])
    if scene.es:
        more = scene.fill(
            "[, muestra [solo|] {y}|, dame {y}|; solo {y}|, con {y}|y muestra {y}]", y=said
        )
    else:
        more = scene.fill(
            """[, show [only|just|] [the|their|] {y}|, give [the|their] {y}|; only {y}
        |, {y} only|and show [their|the] {y}|, list their {y}]""",
            y=said,
        )
    return ("cols", *symbols(refs), "end"), f"{request.removesuffix('?')} {more}"


def adjective(scene: Scene, ref: Ref, way: str) -> str:
    """Return the superlative that names a column and its way, or nothing."""
    words = set(plain(spoken(ref.schema.label)).split())
    for line in _ADJECTIVES[scene.lang].splitlines():
        names, most, least = line.strip().split(":")
        meant = set(names.split())
        rivals = [
            other
            for other in scene.refs("num", ref.table)
            if other != ref and meant & set(plain(spoken(other.schema.label)).split())
        ]
        if meant & words and not rivals:
            return scene.fill(most if way == "desc" else least)
    return ""


def best(scene: Scene) -> Example:
    """`which city has the highest population?`, `who is the oldest employee?`."""
    ref = scene.column(scene.one("measure", "measure", "measure", "num", "date"))
    way = _direction(scene, 0.65)
    names = scene.refs("name") or scene.refs("text")
    if not names:
        return best_row(scene)
    keys = [scene.rng.choice(names)]
    if scene.chance(0.2):
        keys += [other for other in columns(scene, 1, 2) if other not in (*keys, ref)]
    found = conditions.perhaps(scene, 0.2, avoid=[ref, *keys])
    said = several(scene, [scene.say(key) for key in keys])
    request = _best(scene, ref, way, said)
    request = conditions.limited(scene, request, found)
    plan = ("from", "T0", *conditions.where(found), "sort", way, ref.symbol, "end", "head", "1")
    return scene.example(request, (*plan, "cols", *symbols(keys), "end", "show"), "best")


_SUPERLATIVE = {
    "en": """[What is the {k} of the {a} {s}?|{k} of the {a} {s}|Which {k} is the {a}?
        |find the {k} of the {a} {s} |who is the {a} {s}? [show|give] the {k}
        |Show the {k} of the {a} {s}.|which is the {a} {k}?|{a} {k}]""",
    "es": """[¿Cuál es {tk} del {s} {a}?|{tk} del {s} {a}|¿Qué {k} es el {a}?
        |dime {tk} del {s} {a}|{k} {a} |¿cuál es el {k} {a}?]""",
}
_DATE_MOST = {
    "en": ("[latest|most recent|newest|last]", "[earliest|oldest|first]"),
    "es": ("[más reciente|último]", "[más antiguo|primero]"),
}


def _best(scene: Scene, ref: Ref, way: str, said: str) -> str:
    slots = {"k": said, "tk": scene.the(said), "s": scene.noun(plural=False), "y": scene.say(ref)}
    if scene.role(ref) == "date":
        word = scene.fill(_DATE_MOST[scene.lang][way == "asc"])
        text = (
            "{k} con {y} {a}"
            if scene.es
            else "[which {k} has the|{k} with the|what is the {k} with the] {a} {y}"
        )
        return scene.fill(text, a=word, **slots)
    most = adjective(scene, ref, way)
    if most and scene.chance(0.45):
        return scene.fill(_SUPERLATIVE[scene.lang], a=most, **slots)
    return scene.fill(_BEST[scene.lang][way], **slots)


def best_row(scene: Scene) -> Example:
    """`the row with the highest price`."""
    ref = scene.column("measure")
    way = _direction(scene, 0.65)
    request = scene.fill(_BEST_ROW[scene.lang][way], s=scene.noun(plural=False), y=scene.say(ref))
    plan = ("from", "T0", "sort", way, ref.symbol, "end", "head", "1", "show")
    return scene.example(request, plan, "best_row")


def nth(scene: Scene) -> Example:
    """`which city has the second highest population?`."""
    ref, key = scene.column("measure"), scene.column("text")
    word, literal = scene.rng.choice(_ORDINAL[scene.lang])
    said = scene.say(key)
    request = scene.fill(_NTH[scene.lang], k=said, tk=scene.the(said), nth=word, y=scene.say(ref))
    plan = ("from", "T0", "sort", "desc", ref.symbol, "end", "head", literal, "tail", "1")
    return scene.example(request, (*plan, "cols", key.symbol, "end", "show"), "nth")


def each_top(scene: Scene) -> Example:
    """`top 3 products by sales in each region`."""
    ref, key = scene.column("measure"), scene.column("key")
    way = _direction(scene, 0.75)
    slots = {"x": scene.say(key), "y": scene.say(ref)}
    if key == ref:
        return best_row(scene)
    if scene.chance(0.35):
        request = scene.fill(_EACH_ONE[scene.lang][way], s=scene.noun(plural=False), **slots)
        count = "1"
    else:
        number = scene.number(2, 10)
        count = number.symbol
        request = scene.fill(_EACH[scene.lang][way], v=number.phrase, n=scene.noun(), **slots)
    plan = ("from", "T0", "eachtop", count, way, ref.symbol, key.symbol, "show")
    return scene.example(request, plan, "each_top")


def percent(scene: Scene) -> Example:
    """`the top 10% of customers by income`."""
    ref = scene.column("measure")
    which = scene.one("toppct", "toppct", "bottompct")
    number = scene.rng.choice([1, 5, 10, 20, 25])
    request = scene.fill(
        _PERCENT[scene.lang][which], v=str(number), n=scene.noun(), y=scene.say(ref)
    )
    plan: Sequence[str] = ("from", "T0", "where", which, f"V={number}", ref.symbol, "show")
    return scene.example(request, plan, "percent")


FAMILIES: tuple[tuple[float, Callable[[Scene], Example]], ...] = (
    (3.0, sort),
    (3.0, sort_select),
    (4.0, top),
    (5.0, best),
    (1.0, best_row),
    (0.7, nth),
    (1.8, each_top),
    (0.6, percent),
)
