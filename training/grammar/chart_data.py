"""What a chart shows: counts, aggregates, raw columns, dates in bins; as a phrase or a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbcodegen.linking import adds_up
from nbcodegen.training.grammar import conditions, measures
from nbcodegen.training.grammar.filters import condition
from nbcodegen.training.grammar.patterns import row_words, vowel
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene
from nbcodegen.training.grammar.steps import Steps, steps
from nbcodegen.training.grammar.wording import tidy


@dataclass(frozen=True, slots=True)
class Shown:
    """The data of a chart: how it is said, the steps that make it, and what its axes are."""

    phrase: str
    """A noun phrase: `the average price by city`."""
    sentence: str
    """A question or command: `What is the average price of each city?`"""
    steps: Steps
    """What comes between `from T0` and the order of the chart."""
    x: str
    """Symbol that sorts along the x axis."""
    y: str
    x_said: str
    y_said: str
    xs_said: str = ""
    """The x column in the plural, where asking for the top few of it makes sense."""
    text: bool = True
    """Whether x is sorted alphabetically."""
    drawn: Steps = ()
    """Arguments of the chart's symbol where it names columns itself."""
    refs: tuple[Ref, ...] = ()


MEASURES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "mean": (
            "[[the|] average {y}|[the|] mean {y}|avg {y}|[the|] average of {y}|[the"
            "|] mean of {y}|[the|] average {y}]"
        ),
        "sum": (
            "[[the|] total {y}|[the|] sum of {y}|[the|] total {y}|[the|] overall {y}"
            "|sum {y}|[the|] combined {y}|[the|] total of {y}]"
        ),
        "median": "[[the|] median {y}|[the|] median of {y}]",
        "min": (
            "[[the|] minimum {y}|[the|] lowest {y}|[the|] smallest {y}|min {y}|[the"
            "|] minimal {y}|[the|] minimum of {y}]"
        ),
        "max": (
            "[[the|] maximum {y}|[the|] highest {y}|[the|] largest {y}|max {y}|[the"
            "|] maximal {y}|[the|] maximum of {y}]"
        ),
        "std": "[[the|] standard deviation of {y}|std of {y}]",
        "nunique": (
            "[the|] [number of distinct {ys}|number of different {ys}|number of "
            "unique {ys}|distinct count of {ys}|count of distinct {ys}]"
        ),
    },
    "es": {
        "mean": (
            "[la media de {y}|el promedio de {y}|media de {y}|promedio de {y}|{y} "
            "medi{oa}|{y} promedio|el valor medio de {y}]"
        ),
        "sum": "[la suma de {y}|el total de {y}|total de {y}|{y} total|suma de {y}]",
        "median": "[la mediana de {y}|mediana de {y}|{y} median{oa}]",
        "min": "[el mínimo de {y}|{y} mínim{oa}|el valor mínimo de {y}|el {y} más baj{oa}]",
        "max": "[el máximo de {y}|{y} máxim{oa}|el valor máximo de {y}|máximo de {y}]",
        "std": "[la desviación estándar de {y}|la desviación típica de {y}]",
        "nunique": "[el|] número de {ys} [distint{oas}s|diferentes|únic{oas}s]",
    },
}
PER = {
    "en": (
        "[by|by|per|per|for each|for each|of each|in each|across|for every|by "
        "each|for different|over|grouped by|for all|within each|from each"
        "|according to|versus]"
    ),
    "es": "[por|por|por cada|según|para cada|de cada|en cada|por|agrupado por]",
}
_COUNT = {
    "en": (
        "[the|] number of {rows} {w} {per} {x}",
        "[the|] number of {rows} {per} {x} {w}",
        "[the|] number of {rows} {per} {x} {w}",
        "how many {rows} [there are|are|we have|] {per} {x} {w}",
        "{rows} {per} {x} {w}",
        "{x} counts {w}",
        "[the|] [count|counts|frequency|frequencies] of [each|every|the|] {x} {w}",
        "[the|] [count|amount|total number|quantity|tally] of {rows} {per} {x} {w}",
        "[the|] distribution of {xs} {w}",
        "[the|] breakdown of {rows} by {x} {w}",
        "count of {rows} {w} {per} {x}",
        "how often each {x} [occurs|appears] {w}",
        "[the|] number of each {x} {w}",
        (
            "[all|the|] {xs} [and|with|along with|together with] [the|] [number"
            "|count] of {rows} [in each|for each|each has|of each|] {w}"
        ),
        "the {xs} and [how many {rows} each has|the corresponding number of {rows}] {w}",
        "the distribution of {x} and the [amount|count] of {x}, and group by attribute {x} {w}",
        "the number of {rows} {w} that [each|every] {x} has",
        "{x} versus [number|count] of {rows} {w}",
        "{x} against how many {rows} {w}",
        (
            "{x} on the x-axis and [their counts|the count of {rows}|how many "
            "{rows}] on the y-axis {w}"
        ),
        "x axis {x} y axis the number of {x} {w}",
        "x axis {x}, y axis count {w}",
        "[the|] number of {xs} {w}, and group by attribute {x}",
        (
            "the comparison about the [amount|number] of {x} over the {x}, and group "
            "by attribute {x} {w}"
        ),
        "the proportion of [each|the|] {x} {w}",
        "[the|] number of {xs} {w}",
        "how many {rows} [fall into|belong to|have] each {x} {w}",
        "[the|] total number {per} {x} {w}",
    ),
    "es": (
        "[el|] número de {rows} {w} {per} {x}",
        "[el|] número de {rows} {per} {x} {w}",
        "[la|] cantidad de {rows} {per} {x} {w}",
        "cuánt{oa}s {rows} hay {per} {x} {w}",
        "{rows} {per} {x} {w}",
        "[el|] recuento de {rows} {per} {x} {w}",
        "[la|] distribución de {xs} {w}",
        "[la|] frecuencia de cada {x} {w}",
        "[el|] conteo de {x} {w}",
        "el total de {rows} {per} {x} {w}",
        "el reparto de {rows} {per} {x} {w}",
        "cada {x} y su número de {rows} {w}",
        "cuántas veces aparece cada {x} {w}",
    ),
}
_COUNT_SENTENCE = {
    "en": (
        "How many {rows} {w} are there {per} {x}?",
        "What is the number of {rows} {per} {x} {w}?",
        "How many {rows} does each {x} have {w}?",
        (
            "What are the {xs} and [the number of {rows} for each|how many {rows} "
            "does each have|the corresponding number of {rows}] {w}?"
        ),
        "[Count|Compute|Find|List|Calculate|Show|Get|Return] the number of {rows} {w} {per} {x}",
        "Group by {x} and count [the {rows}|them|rows|] {w}",
        "Group and count {x} {w}",
        "[List|Show|Find] [all|each|every|different|] {x} and the number of {rows} {w}",
        "Count the {rows} {per} {x} {w}",
        (
            "[Show|List|Find|Give] all {xs} [with|and|along with] the number of "
            "{rows} {w} [in each|for each|]"
        ),
        "Find the {xs} {w}, and count them",
        "What are the {xs} of [the|all|] {rows} {w}, and count them",
        "For each {x}, [count the {rows}|how many {rows} are there|show the number of {rows}] {w}.",
        "Compute the total number {per} {x} {w}",
        "How often does each {x} [appear|occur] {w}?",
        "[What are|Show] the different {xs} and how many {rows} have each {w}?",
        "How many {xs} are there {w}? Count them by {x}",
        "Which {xs} do the {rows} have and how many [each|of each] {w}?",
    ),
    "es": (
        "¿Cuánt{oa}s {rows} {w} hay {per} {x}?",
        "¿Cuántos {rows} tiene cada {x} {w}?",
        "¿Cuál es el número de {rows} {per} {x} {w}?",
        "[Cuenta|Calcula|Muestra|Obtén] el número de {rows} {per} {x} {w}",
        "Agrupa por {x} y cuenta [{los} {rows}|las filas|] {w}",
        "[Lista|Muestra] cada {x} y cuánt{oa}s {rows} tiene {w}",
        "Para cada {x}, [cuenta {los} {rows}|cuánt{oa}s {rows} hay] {w}.",
        "Cuenta {los} {rows} {per} {x} {w}",
        "¿Cuántas veces aparece cada {x} {w}?",
    ),
}
_OVER = {
    "en": (
        "{m} {per} {x} {w}",
        "{m} {per} {x} {w}",
        "{m} {w} {per} {x}",
        "{x} and {m} {w}",
        "{x} [vs|versus|against] {m} {w}",
        "{m} and {x} {w}",
        "how {m} [differs|varies|changes|compares] [by|across|between] {xs} {w}",
        "each {x} and [its|their] {m_} {w}",
        "the distribution of {x} and {m}, and group by attribute {x} {w}",
        "{m} over the {x}, and group by attribute {x} {w}",
        "[the|all|] {xs} and [their|the corresponding] {m_} {w}",
        "{m} of [the|] {rows} {per} {x} {w}",
        "{m} grouped by {x} {w}",
        "a comparison of {m} {per} {x} {w}",
        "{x} on the x axis and {m} on the y axis {w}",
        "x axis {x} y axis {m} {w}",
    ),
    "es": (
        "{m} {per} {x} {w}",
        "{m} {per} {x} {w}",
        "{m} {w} {per} {x}",
        "{m} agrupado por {x} {w}",
        "{x} y {m} {w}",
        "{m} frente a {x} {w}",
        "cómo varía {m} según {x} {w}",
        "la comparación de {m} {per} {x} {w}",
        "{x} en el eje x y {m} en el eje y {w}",
    ),
}
_OVER_SENTENCE = {
    "en": (
        "What is {m} {per} {x} {w}?",
        "What's {m} of the {rows} {per} {x} {w}?",
        "[Find|Compute|Calculate|Show|List|Return|Get] {m} {per} {x} {w}",
        "For each {x}, [what is|show|find|compute] {m} {w}.",
        "[Show|List|Find] [each|the different|all the|] {x} and {m} {w}",
        "Group by {x} and [compute|take|show] {m} {w}",
        "What are the {xs} and [their|the corresponding] {m_} {w}?",
        "How does {m} [vary|differ|change] [by|across] {x} {w}?",
        "[Show|List] {m} of the {rows} {w} {per} {x}",
        "What is {m} of [the|all|] {rows} {w} {per} {x}?",
        "Compare {m} [across|between] {xs} {w}",
        "Tell me {m} {per} {x} {w}",
    ),
    "es": (
        "¿Cuál es {m} {per} {x} {w}?",
        "¿Cómo varía {m} {per} {x} {w}?",
        "[Calcula|Muestra|Obtén|Saca|Lista] {m} {per} {x} {w}",
        "Para cada {x}, [calcula|muestra] {m} {w}.",
        "Agrupa por {x} y calcula {m} {w}",
        "Compara {m} entre {xs} {w}",
        "¿Qué {x} tiene más {y}? Compara {m} {per} {x} {w}",
    ),
}


def usual(ref: Ref) -> str:
    """Return the statistic that people mean when they say none: amounts add up, rates do not."""
    return "sum" if adds_up(ref.schema.label) else "mean"


def measure_said(scene: Scene, func: str, ref: Ref) -> str:
    """Say an aggregate of a column: `the average price`, `el promedio de precio`."""
    phrase, many = scene.say(ref), scene.say(ref, plural=True)
    if scene.chance(0.4) and func != "nunique":
        text = measures.said(scene, func, phrase)
        return f"the {text}" if not scene.es and scene.chance(0.4) else text
    slots = {"y": phrase, "ys": many, "oa": vowel(phrase), "oas": vowel(many)}
    return scene.fill(MEASURES[scene.lang][func], **slots)


def filtered_by(scene: Scene, avoid: Sequence[Ref], share: float) -> tuple[str, Steps]:
    if not scene.chance(share):
        return "", ()
    try:
        words, symbols = condition(scene, avoid)
    except NoFit:
        return "", ()
    return words, ("where", *symbols)


def worded(scene: Scene, ways: Sequence[str], slots: Mapping[str, str], must: str) -> str:
    """Take a wording that says `must`, the condition on the rows."""
    for _ in range(8):
        text = scene.fill(scene.one(*ways), **slots)
        if must in text:
            return text
    raise NoFit("wording")


def counted(scene: Scene, *, filtered: float = 0.2) -> Shown:
    """Rows per group."""
    x = grouping(scene)
    rows = row_words(scene)
    words, where = filtered_by(scene, (x,), filtered)
    found = None if where or scene.es else conditions.perhaps(scene, 0.08, avoid=(x,))
    if found:
        rows["rows"] = conditions.subject(scene, found, noun=rows["rows"])
        where = conditions.where(found)
    must = rows["rows"] if found else tidy(words)
    slots = {
        **rows,
        **spoken_key(scene, x),
        "w": words,
        "per": scene.fill(PER[scene.lang]),
    }
    said = {
        "en": (
            "[the total number|total number|the count|the number of {rows}|the counts"
            "|the total number|count]"
        ),
        "es": "[el total|el número de {rows}|el recuento|la cantidad|número total]",
    }
    return Shown(
        worded(scene, _COUNT[scene.lang], slots, must),
        worded(scene, _COUNT_SENTENCE[scene.lang], slots, must),
        (*where, *steps("by {x} end size end", x=x)),
        "K0",
        "A0",
        scene.the(slots["x"]) if scene.chance(0.5) else slots["x"],
        scene.fill(said[scene.lang], **slots),
        slots["xs"],
        x.schema.kind not in ("integer", "float"),
        (),
        (x,),
    )


def grouping(scene: Scene, *, avoid: Sequence[Ref] = ()) -> Ref:
    """Return a column to group by; now and then one that holds names."""
    return scene.column("name" if scene.chance(0.08) and scene.refs("name") else "key", avoid=avoid)


def spoken_key(scene: Scene, x: Ref) -> dict[str, str]:
    """Return the slots of a key column."""
    many = scene.say(x, plural=True)
    return {"x": scene.say(x), "xs": many, "xs_los": f"l{vowel(many)}s"}


def aggregated(scene: Scene, *, filtered: float = 0.15, funcs: str = "") -> Shown:
    """One aggregate per group."""
    x = grouping(scene)
    func = scene.one(
        *(funcs or "mean mean mean mean sum sum sum max min median nunique std").split()
    )
    y = scene.column("key" if func == "nunique" else "measure", avoid=(x,))
    words, where = filtered_by(scene, (x, y), filtered)
    said = measure_said(scene, func, y)
    slots = {
        **row_words(scene),
        **spoken_key(scene, x),
        "m": said,
        "m_": said.removeprefix("the "),
        "y": scene.say(y),
        "w": words,
        "per": scene.fill(PER[scene.lang]),
    }
    return Shown(
        worded(scene, _OVER[scene.lang], slots, tidy(words)),
        worded(scene, _OVER_SENTENCE[scene.lang], slots, tidy(words)),
        (*where, *steps("by {x} end {f} {y} end", x=x, f=func, y=y)),
        "K0",
        "A0",
        slots["x"],
        said if scene.chance(0.6) else slots["y"],
        slots["xs"],
        x.schema.kind not in ("integer", "float"),
        (),
        (x, y),
    )


def _labels(scene: Scene) -> list[Ref]:
    """List the columns whose texts tell rows apart: one bar each."""
    rows = scene.tables[0].rows
    found = scene.refs("name") or [
        ref for ref in scene.refs("text") if rows and ref.schema.distinct == rows
    ]
    if not found:
        raise NoFit("name")
    return found


_UNSAID = {
    "en": (
        "{y} by {x} {w}",
        "{y} by {x} {w}",
        "{y} per {x} {w}",
        "{y} for each {x} {w}",
        "{y} across {xs} {w}",
        "{y} vs {x} {w}",
        "{y} and {x} {w}",
        "{y} of each {x} {w}",
        "{y} in each {x} {w}",
        "{y} [grouped by|according to|for every|for different] {x} {w}",
    ),
    "es": (
        "{y} por {x} {w}",
        "{y} por {x} {w}",
        "{y} según {x} {w}",
        "{y} por cada {x} {w}",
        "{y} para cada {x} {w}",
        "{y} de cada {x} {w}",
        "{y} agrupado por {x} {w}",
    ),
}


def unsaid(scene: Scene) -> Shown:
    """`plot price by city`: a measure per group whose statistic nobody says."""
    x = scene.column("key")
    summed = [ref for ref in scene.refs("measure") if ref != x and usual(ref) == "sum"]
    whole = scene.rng.choice(summed) if summed and scene.chance(0.4) else None
    y = whole or scene.column("measure", avoid=(x,))
    words, where = filtered_by(scene, (x, y), 0.12)
    slots = {**spoken_key(scene, x), "y": scene.say(y), "w": words}
    phrase = scene.fill(scene.one(*_UNSAID[scene.lang]), **slots)
    return Shown(
        phrase,
        scene.fill(
            "[¿Cuál es {p}?|Compara {p}]" if scene.es else "[Compare|Show|What is] {p}", p=phrase
        ),
        (*where, *steps("by {x} end {f} {y} end", x=x, f=usual(y), y=y)),
        "K0",
        "A0",
        slots["x"],
        slots["y"],
        slots["xs"],
        x.schema.kind not in ("integer", "float"),
        (),
        (x, y),
    )


_PAIR = {
    "en": (
        "{x} [versus|vs|and|against|vs.|over] {y} {w}",
        "{y} [by|of each|for each|per|for every|of] {x} {w}",
        "[the|] {xs} and [their|the|corresponding|] {y} {w}",
        "[the|] {x} and {y} of [the|each|all|] {rows} {w}",
        "{y} of each {row} by {x} {w}",
        "{x} on the x axis and {y} on the y axis {w}",
        "the {y} of every {x} {w}",
        "the distribution of {x} and {y} {w}",
        "the comparison [of|about] {y} over the {x} {w}",
        "x axis {x} y axis {y} {w}",
        "the {y} [along with|with] the {x} of [all|the] {rows} {w}",
        "{x} against {y} {w}",
        "each {row}'s {x} and {y} {w}",
        "x = {x}, y = {y} {w}",
    ),
    "es": (
        "{x} y {y} {w}",
        "{y} [de cada|por|para cada|según] {x} {w}",
        "{x} [frente a|contra|vs] {y} {w}",
        "{x} en el eje x y {y} en el eje y {w}",
        "x = {x}, y = {y} {w}",
        "{the_y} de cada {row} por {x} {w}",
    ),
}
_PAIR_SENTENCE = {
    "en": (
        "What are the {x} and {y} of [the|each|all|] {rows} {w}?",
        "[Show|List|Find|Return|Give me] the {xs} and {ys} of [all|the|] {rows} {w}",
        "What [are|is] the {y} of each {x} {w}?",
        "For [each|all] {rows} {w}, [show|list|what are] the {x} and {y}",
        "List the {x} and the {y} {w}",
        "[Find|Show] the {x} and {y} for [the|] {rows} {w}",
        "For those {rows} {w}, [find|show me|give me|draw] [the distribution of|] {x} and {y}",
        "[Find|Show|Return] the {x} and {y} of [all|the|those] {rows} {w}",
        "Give me the comparison about {y} over the {x} {w}",
        "How much is the {y} of each {x} {w}?",
        "What {ys} do the {xs} have {w}?",
    ),
    "es": (
        "¿Cuál es {the_y} de cada {x} {w}?",
        "[Muestra|Lista|Dame|Obtén] {x} y {y} de {los} {rows} {w}",
        "Para {los} {rows} {w}, muestra {x} y {y}",
        "[Muestra|Dame] {the_y} de cada {x} {w}",
    ),
}


def raw(scene: Scene) -> Shown:
    """Two columns as they are: a name, and a number for each."""
    x = scene.rng.choice(_labels(scene))
    y = scene.column("measure", avoid=(x,))
    words, where = filtered_by(scene, (x,), 0.35)
    said = scene.say(y)
    slots = {
        **row_words(scene),
        **spoken_key(scene, x),
        "y": said,
        "the_y": scene.the(said),
        "ys": scene.say(y, plural=True),
        "w": words,
    }
    return Shown(
        worded(scene, _PAIR[scene.lang], slots, tidy(words)),
        worded(scene, _PAIR_SENTENCE[scene.lang], slots, tidy(words)),
        where,
        x.symbol,
        y.symbol,
        slots["x"],
        said,
        slots["xs"],
        True,
        steps("{x} {y} end", x=x, y=y),
        (x, y),
    )
