"""Requests over two tables: joined and then asked, or rows of one that the other has or lacks."""

from __future__ import annotations

from collections.abc import Callable

from nbcodegen.training.grammar import conditions, measures, related
from nbcodegen.training.grammar.listing import several, symbols
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene
from nbcodegen.training.records import Example

_JOIN = {
    "en": {
        "inner": """[join {a} and {b} on {k}|merge {a} with {b} on {k}|merge {a} and {b}
        |join {a} with {b}|combine {a} and {b} by {k} |inner join of {a} and {b} on {k}
        |merge both tables on {k}|join the two tables|link {a} to {b} through {k}
        |merge {a} and {b} on the {k} column]""",
        "left": """[left join {a} with {b} on {k}|left join {a} and {b}
        |merge {a} with {b} keeping all rows of {a}|add the columns of {b} to {a}
        |left merge {a} and {b} on {k}|join {b} onto {a}, keep all {a}
        |enrich {a} with the data of {b}]""",
        "outer": """[outer join {a} and {b} on {k}|full outer join of {a} and {b}
        |merge {a} and {b} keeping all rows of both |full join {a} with {b} on {k}
        |outer merge of {a} and {b} on {k}]""",
    },
    "es": {
        "inner": """[une {a} y {b} por {k}|cruza {a} con {b} por {k}|combina {a} y {b}
        |junta {a} con {b} usando {k}|merge de {a} y {b} por {k}
        |haz un join de {a} y {b} por {k}|une las dos tablas por {k}|une ambas tablas]""",
        "left": """[left join de {a} con {b} por {k}
        |une {a} con {b} manteniendo todas las filas de {a}|añade a {a} las columnas de {b}
        |añade los datos de {b} a {a} por {k}]""",
        "outer": """[outer join de {a} y {b} por {k}
        |une {a} y {b} conservando todas las filas de ambas|full join de {a} y {b} por {k}]""",
    },
}
_CONCAT = {
    "en": """[concatenate {a} and {b}|stack {a} and {b}|append {b} to {a}
        |put {a} and {b} one below the other|combine the rows of {a} and {b}
        |union of {a} and {b}|concat {a} and {b}]""",
    "es": """[concatena {a} y {b}|apila {a} y {b}|añade las filas de {b} a {a}
        |junta las filas de {a} y {b}|une {a} y {b} una debajo de otra|concat {a} y {b}]""",
}
_LACK = {
    "en": """[{n} without [any|] {m}|[which|what] {n} have no {m}?|[show|list|find] [the|all
        |] {n} that have no {m}|{n} that never had any {m} |{n} that are not in {b}
        |Find the {n} that do not have any {m}.|{n} with no {m}
        |rows of {a} that don't appear in {b}|Which {n} do not have {m}?]""",
    "es": """[{n} sin {m}|¿qué {n} no tienen {m}?|[muestra|lista] los {n} que no tienen {m}
        |{n} que no están en {b}|{n} que no aparecen en {b} |filas de {a} que no están en {b}]""",
}
_HAVE = {
    "en": """[{n} with at least one {s}|[which|what] {n} have [any|some] {m}?|[show|list
        |find] [the|all|] {n} that have [some|any|] {m} |{n} that are in {b}
        |{n} that also appear in {b}|Find the {n} that have {m}.|rows of {a} that appear in {b}]""",
    "es": """[{n} con al menos un {s}|¿qué {n} tienen {m}?|[muestra
        |lista] los {n} que tienen {m}|{n} que están en {b}|{n} que aparecen también en {b}
        |filas de {a} que también están en {b}]""",
}
_BY = {
    "en": """[{m} by {x}|{m} per {x}|{m} for each {x}|for each {x}, [show|compute|] the {m}
        |what is the {m} for each {x}?|{m} grouped by {x}|show the {x} and the {m}]""",
    "es": """[{m} por {x}|{m} por cada {x}|{m} de cada {x}|para cada {x}, {m}|{m} según {x}
        |muestra {m} por {x}|{m} agrupado por {x}]""",
}
_MOST = {
    "en": """[which {x} has the [highest|most|largest] {m}?|{x} with the [highest|largest] {m}
        |find the {x} with the [largest|highest] {m}|what is the {x} with the highest {m}?]""",
    "es": """[¿qué {x} tiene mayor {m}?|{x} con mayor {m}|¿cuál es {tx} con mayor {m}?
        |dime {tx} con mayor {m}]""",
}
_COUNT = {
    "en": """[which {x} has the most {n}?|{x} with the most {n}|find the {x} with the [most
        |largest number of] {n}]""",
    "es": "[¿qué {x} tiene más {n}?|{x} con más {n}|dime {tx} con más {n}]",
}
_OF = {
    "en": """[show the {y} of {x}|{y} of {x}|list the {y} for {x}|What are the {y} of {x}?
        |Find the {y} of {x}.|give {y} for [all|] {x}]""",
    "es": """[muestra {y} de los {x}|{y} de los {x}|lista {y} de los {x}
        |¿cuáles son {y} de los {x}?|dame {y} para los {x}]""",
}
_ALL = {
    "en": """[show {y} for [each|every] {s}|{y} of each {s}|list the {y} of all {n}
        |{y} for all {n}|for each {s}, show {y}|What are the {y} of each {s}?]""",
    "es": """[muestra {y} de cada {s}|{y} de cada {s}|lista {y} de todos los {n}
        |para cada {s}, {y}|¿cuáles son {y} de cada {s}?]""",
}
_HOW_MANY = {
    "en": "[how many {x} are there?|number of {x}|count the {x}|how many {x}]",
    "es": "[¿cuántos~ {x} hay?|número de {x}|cuenta los {x}|cuántos~ {x}]",
}


def _start(scene: Scene) -> tuple[Scene, tuple[str, ...], Ref, Ref]:
    scene, pointing, own = related.linked(scene.rng, scene.lang)
    how = ("from", "join", "inner", "T0", "T1", pointing.symbol, own.symbol)
    return scene, how, pointing, own


def _joined(scene: Scene, template: str, how: str, source: str) -> Example:
    scene, pointing, own = related.linked(scene.rng, scene.lang)
    first, second, left, right = ("T0", "T1", pointing, own)
    if how == "inner" or scene.chance(0.7):
        a, b = (scene.keep(table.name) for table in scene.tables)
    else:
        first, second, left, right = "T1", "T0", own, pointing
        b, a = (scene.keep(table.name) for table in scene.tables)
    request = scene.fill(template, a=a, b=b, k=scene.say(left))
    plan = ("from", "join", how, first, second, left.symbol, right.symbol, "show")
    return scene.example(request, plan, source)


def join(scene: Scene) -> Example:
    """`merge orders with customers on customer_id`."""
    how = scene.one("inner", "inner", "left", "outer")
    return _joined(scene, _JOIN[scene.lang][how], how, "join")


def concat(scene: Scene) -> Example:
    """`stack sales_2022 and sales_2023`, and ask it now and then."""
    scene = related.parts(scene.rng, scene.lang)
    a, b = (scene.keep(table.name) for table in scene.tables)
    request = scene.fill(_CONCAT[scene.lang], a=a, b=b)
    return scene.example(request, ("from", "concat", "T0", "T1", "show"), "concat")


def lacking(scene: Scene) -> Example:
    """`customers without orders`, `customers with at least one order`."""
    scene, pointing, own = related.linked(scene.rng, scene.lang)
    have = scene.chance(0.4)
    template = (_HAVE if have else _LACK)[scene.lang]
    b, a = (scene.keep(table.name) for table in scene.tables)
    slots = {
        "n": related.spoken_noun(scene, 1),
        "m": related.spoken_noun(scene, 0),
        "s": scene.nouns[0] or a,
    }
    request = scene.fill(template, a=a, b=b, **slots)
    test = ("where", "inother" if have else "notinother", own.symbol, pointing.symbol)
    tail: tuple[str, ...] = ("show",)
    if scene.chance(0.2):
        tail = ("count",)
        n = slots["n"]
        lead = f"¿cuántos {n}" if scene.es else f"how many {n}"
        request = request.replace(n, lead, 1) if request.startswith(n) else request
        tail = ("count",) if request.startswith(lead) else ("show",)
    return scene.example(request, ("from", "T1", *test, *tail), "lacking")


def _thing_key(scene: Scene, own: Ref) -> Ref:
    return scene.column(scene.one("key", "key", "name", "text"), avoid=[own], table=1)


def _apart(scene: Scene, *refs: Ref) -> None:
    """Refuse columns whose labels stand in both tables: the request would not tell which."""
    for ref in refs:
        other = scene.tables[1 - ref.table]
        if any(column.label.lower() == ref.schema.label.lower() for column in other.columns):
            raise NoFit("label in both tables")


def grouped(scene: Scene) -> Example:
    """`total amount of the orders by the customer's city`."""
    scene, how, pointing, own = _start(scene)
    key = _thing_key(scene, own)
    if scene.chance(0.3):
        measure = measures.size(scene, related.spoken_noun(scene, 0))
    else:
        ref = scene.column("measure", avoid=[pointing])
        _apart(scene, ref)
        measure = measures.statistic(scene, ref, scene.rng.choice(measures.NUMERIC))
    _apart(scene, key)
    limit = conditions.perhaps(scene, 0.15, avoid=[own, key], table=scene.rng.randrange(2))
    request = scene.fill(_BY[scene.lang], m=measure.phrase, x=scene.say(key))
    request = conditions.limited(scene, request, limit)
    by = ("by", key.symbol, "end", *measure.symbols, "end", "show")
    return scene.example(request, (*how, *conditions.where(limit), *by), "join_grouped")


def leader(scene: Scene) -> Example:
    """`which city has the highest total amount of orders?`."""
    scene, how, pointing, own = _start(scene)
    key = _thing_key(scene, own)
    _apart(scene, key)
    x = scene.say(key)
    if scene.chance(0.4):
        request = scene.fill(
            _COUNT[scene.lang], x=x, tx=scene.the(x), n=related.spoken_noun(scene, 0)
        )
        aggregate: tuple[str, ...] = ("size",)
    else:
        ref = scene.column("measure", avoid=[pointing])
        _apart(scene, ref)
        measure = measures.statistic(scene, ref, scene.one("sum", "sum", "mean"))
        if measure.phrase.startswith(("el ", "la ")):
            raise NoFit("an article after `mayor`")
        request = scene.fill(_MOST[scene.lang], x=x, tx=scene.the(x), m=measure.phrase)
        aggregate = measure.symbols
    by = ("by", key.symbol, "end", *aggregate, "end", "sort", "desc", "A0", "end", "head", "1")
    return scene.example(request, (*how, *by, "cols", "K0", "end", "show"), "join_leader")


def listed(scene: Scene) -> Example:
    """`names of the customers of orders over 100`, columns of both tables side by side."""
    scene, how, pointing, own = _start(scene)
    thing = scene.column("any", avoid=[own], table=1)
    fact = scene.column("any", avoid=[pointing], table=0)
    _apart(scene, thing, fact)
    refs = [thing, fact] if scene.chance(0.5) else [fact, thing]
    limit = conditions.perhaps(scene, 0.6, avoid=[thing, own], table=scene.rng.randrange(2))
    if limit:
        refs = [thing] if limit.refs[0].table == 0 else [fact]
        if scene.chance(0.4):
            refs = [thing, fact]
        y = several(scene, [scene.say(ref) for ref in refs])
        who = conditions.subject(scene, limit, noun=related.spoken_noun(scene, limit.refs[0].table))
        request = scene.fill(_OF[scene.lang], y=y, x=who)
    else:
        y = several(scene, [scene.say(ref) for ref in refs])
        n, s = related.spoken_noun(scene, 0), scene.nouns[0] or scene.tables[0].name
        request = scene.fill(_ALL[scene.lang], y=y, n=n, s=s)
    plan = (*how, *conditions.where(limit), "cols", *symbols(refs), "end", "show")
    return scene.example(request, plan, "join_listed")


def counted(scene: Scene) -> Example:
    """`how many orders did customers from Spain make?`."""
    scene, how, _, own = _start(scene)
    found = conditions.some(scene, most=1, avoid=[own], table=1)
    _apart(scene, *found.refs)
    noun = related.spoken_noun(scene, 0)
    of = "de los" if scene.es else scene.one("of", "of the", "by", "from")
    who = f"{noun} {of} {conditions.subject(scene, found, noun=related.spoken_noun(scene, 1))}"
    request = measures.gendered(scene.fill(_HOW_MANY[scene.lang], x=who), noun)
    return scene.example(request, (*how, *conditions.where(found), "count"), "join_counted")


FAMILIES: tuple[tuple[float, Callable[[Scene], Example]], ...] = (
    (2.5, join),
    (0.8, concat),
    (1.5, lacking),
    (3.0, grouped),
    (1.5, leader),
    (2.5, listed),
    (1.0, counted),
)
