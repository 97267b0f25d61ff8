"""Conditions on numbers and dates, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nbcodegen.linking import plain
from nbcodegen.training.grammar import quantities
from nbcodegen.training.grammar.phrases import is_feminine, spoken
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene, Value, literal

Templates = Mapping[str, Mapping[str, tuple[str, str]]]


@dataclass(frozen=True)
class Condition:
    """A condition's symbols, and how it is said in each place of a sentence."""

    symbols: tuple[str, ...]
    clause: str
    """After `where`: `price is over 5`."""
    tail: str
    """After a noun: `with a price over 5`, `from Spain`."""
    before: str = ""
    """Before the noun, where that can be: `female`."""
    noun: str = ""
    """Instead of the noun, where that can be: `women`, `lions`."""


# clause | tail; {c} the column, {v} {w} the values.
_NUMBERS: Templates = {
    "en": {
        "gt": (
            """{c} [is|is|] [over|above|greater than|more than|higher than|larger than
        |bigger than] {v}""",
            """with [a|an|] {c} [over|above|greater than|of more than|higher than|that exceeds
        |exceeding] {v}""",
        ),
        "ge": (
            "{c} [[is|] at least {v}|>= {v}|is no less than {v}|is greater than or equal to {v}"
            "|is {v} or more|is not below {v}]",
            "with [a|an|] {c} of [at least {v}|no less than {v}|{v} or more|minimum {v}]",
        ),
        "lt": (
            "{c} [is|is|] [under|below|less than|lower than|smaller than] {v}",
            "with [a|an|] {c} [under|below|less than|of less than|lower than|smaller than] {v}",
        ),
        "le": (
            "{c} [[is|] at most {v}|<= {v}|is no more than {v}|is less than or equal to {v}"
            "|is {v} or less|does not exceed {v}|is not above {v}|is up to {v}]",
            "with [a|an|] {c} of [at most {v}|no more than {v}|{v} or less|up to {v}|maximum {v}]",
        ),
        "eq": (
            "{c} [is|is|=|==|equals|is equal to|is exactly] {v}",
            "with [a|an|] {c} [of|of|equal to|of exactly] {v}",
        ),
        "ne": (
            "{c} [is not|is not|!=|is different from|isn't|does not equal] {v}",
            "[with a {c} other than {v}|whose {c} is not {v}]",
        ),
        "between": (
            """{c} [is|] [between {v} and {w}|from {v} to {w}|in the range {v} to {w}
        |ranges from {v} to {w}]""",
            "with [a|an|] {c} [between {v} and {w}|from {v} to {w}|in the range {v}-{w}]",
        ),
    },
    "es": {
        "gt": (
            "{c} [es|sea|] [mayor que|mayor a|superior a|más de|mayor de|por encima de] {v}",
            "con [un {c}|{c}] [mayor que|mayor a|superior a|de más de|por encima de] {v}",
        ),
        "ge": (
            "{c} [es|sea|] [mayor o igual que {v}|mayor o igual a {v}|al menos {v}|como mínimo {v}"
            "|de {v} o más|>= {v}]",
            "con {c} de [al menos {v}|como mínimo {v}|{v} o más|por lo menos {v}]",
        ),
        "lt": (
            "{c} [es|sea|] [menor que|menor a|inferior a|menos de|menor de|por debajo de] {v}",
            "con [un {c}|{c}] [menor que|menor a|inferior a|de menos de|por debajo de] {v}",
        ),
        "le": (
            "{c} [es|sea|] [menor o igual que {v}|menor o igual a {v}|como máximo {v}|no más de {v}"
            "|de {v} o menos|hasta {v}|<= {v}]",
            "con {c} de [como máximo {v}|hasta {v}|{v} o menos|a lo sumo {v}|no más de {v}]",
        ),
        "eq": (
            "{c} [es|sea|es igual a|igual a|=|==] {v}",
            "con {c} [igual a|de|=|] {v}",
        ),
        "ne": (
            "{c} [no es|no sea|distinto de|es diferente de|!=] {v}",
            "con {c} [distinto de|diferente de|que no sea] {v}",
        ),
        "between": (
            "{c} [está|esté|] [entre {v} y {w}|de {v} a {w}|en el rango de {v} a {w}]",
            "con {c} [entre {v} y {w}|de {v} a {w}|de entre {v} y {w}]",
        ),
    },
}
_SIGNS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<=", "eq": "==", "ne": "!="}

# Words that name a measure by themselves: column's words | greater | less.
_COMPARATIVES = {
    "en": """age edad:older than:younger than
        price cost fare:more expensive than:cheaper than
        height:taller than:shorter than
        weight mass:heavier than:lighter than
        duration runtime length:longer than:shorter than
        speed velocity:faster than:slower than
        area size:bigger than:smaller than""",
    "es": """age edad:mayores de:menores de
        price precio cost coste costo:que cuestan más de:que cuestan menos de
        height altura:que midan más de:que midan menos de
        weight peso:que pesan más de:que pesan menos de
        duracion duration runtime:que duran más de:que duran menos de""",
}

_DATES: Templates = {
    "en": {
        "gt": ("{c} is [after|later than] {v}", "[with [a|] {c} after|after] {v}"),
        "ge": ("{c} is [on or after|from] {v}", "[since|from] {v} [|on|onwards]"),
        "lt": ("{c} is [before|earlier than|prior to] {v}", "[with [a|] {c} before|before] {v}"),
        "le": ("{c} is [on or before|up to|until] {v}", "[until|up to] {v}"),
        "eq": ("{c} is [in|] {v}", "[with {c}|] [in|from|of] {v}"),
        "between": ("{c} is between {v} and {w}", "[between {v} and {w}|from {v} to {w}]"),
    },
    "es": {
        "gt": (
            "{c} [es|sea|] [posterior a|después de] {v}",
            "[posteriores a {v}|después de {v}|con {c} posterior a {v}]",
        ),
        "ge": ("{c} [es|sea] [desde|a partir de] {v}", "[desde|a partir de] {v}"),
        "lt": (
            "{c} [es|sea|] [anterior a|antes de] {v}",
            "[anteriores a {v}|antes de {v}|con {c} anterior a {v}]",
        ),
        "le": ("{c} [es|sea] [hasta|como tarde] {v}", "hasta {v}"),
        "eq": ("{c} [es|sea|cae en|en] {v}", "[de|en|con {c} en] {v}"),
        "between": ("{c} [está|esté] entre {v} y {w}", "[entre {v} y {w}|de {v} a {w}]"),
    },
}
_GRAINS = {"year": "year", "ym": "ym", "month": "month", "day": ""}

# More | less; clause | tail.
_MEAN = {
    "en": "[the average|average|the mean|its average|the overall average]",
    "es": "[la media|el promedio|la media general]",
}
_AVERAGE: Templates = {
    "en": {
        "gt": (
            f"{{c}} is [above|over|greater than|higher than] {_MEAN['en']}",
            "with [an above average {c}|{c} [above|over|higher than] [average|the average]]",
        ),
        "lt": (
            f"{{c}} is [below|under|less than|lower than] {_MEAN['en']}",
            "with [a below average {c}|{c} [below|under|lower than] [average|the average]]",
        ),
    },
    "es": {
        "gt": (
            f"{{c}} [es|sea|está|esté|] [superior a|mayor que|por encima de] {_MEAN['es']}",
            f"con {{c}} [superior a|mayor que|por encima de] {_MEAN['es']}",
        ),
        "lt": (
            f"{{c}} [es|sea|está|esté|] [inferior a|menor que|por debajo de] {_MEAN['es']}",
            f"con {{c}} [inferior a|menor que|por debajo de] {_MEAN['es']}",
        ),
    },
}


def said(scene: Scene, ref: Ref, *, the: float = 0.3) -> str:
    """Name a column, now and then with its article."""
    phrase = scene.say(ref)
    return scene.the(phrase) if scene.chance(the) and phrase.islower() else phrase


def number(scene: Scene, ref: Ref) -> Condition:
    """Compare a number column with values near its range."""
    op = scene.one("gt", "gt", "gt", "ge", "ge", "lt", "lt", "le", "eq", "ne", "between")
    if scene.role(ref) in ("small", "year", "flag", "part") and scene.chance(0.4):
        op = "eq"
    first = scene.value(ref)
    if op == "between":
        return _between(scene, ref.symbol, said(scene, ref), ref, _NUMBERS)
    symbols = (op, ref.symbol, first.symbol)
    if scene.chance(0.45):
        short = _unnamed(scene, ref, op, first)
        if short:
            return Condition(symbols, f"{scene.say(ref)} {_SIGNS[op]} {first.phrase}", short)
    if op in ("gt", "lt") and scene.chance(0.35):
        short = comparative(scene, ref, op, first)
        if short:
            return Condition(symbols, f"{scene.say(ref)} {_SIGNS[op]} {first.phrase}", short)
    if scene.role(ref) == "year" and op in ("gt", "ge", "lt", "le", "eq") and scene.chance(0.5):
        return _filled(scene, symbols, _DATES, op, said(scene, ref), first)
    if scene.chance(0.12):
        written = f"{scene.say(ref)} {_SIGNS[op]} {first.phrase}"
        return Condition(
            symbols, written, f"{scene.one('with', 'where') if not scene.es else 'con'} {written}"
        )
    return _filled(scene, symbols, _NUMBERS, op, said(scene, ref), first)


def _unnamed(scene: Scene, ref: Ref, op: str, *values: Value) -> str:
    ways = [quantities.counted, quantities.measured]
    return next((text for way in ways if (text := way(scene, ref, op, *values))), "")


def _filled(
    scene: Scene, symbols: tuple[str, ...], templates: Templates, op: str, name: str, *values: Value
) -> Condition:
    slots = dict(zip("vw", (value.phrase for value in values), strict=False))
    before, after = templates[scene.lang][op]
    tail = scene.fill(after, c=bare(name), **slots)
    return Condition(symbols, scene.fill(before, c=name, **slots), _unarticled(tail))


def bare(phrase: str) -> str:
    """Take the article off a phrase."""
    first, _, rest = phrase.partition(" ")
    return rest if rest and first in ("the", "el", "la", "los", "las") else phrase


def _unarticled(text: str) -> str:
    """Make articles agree: `with an price` -> `with a price`, `un edad` -> `una edad`."""
    vowel = {"a a", "a e", "a i", "a o"}
    words = text.split(" ")
    for at, word in enumerate(words[:-1]):
        if word in ("a", "an", "un") and re.fullmatch(r"\w+[^s\W]s", words[at + 1]):
            words[at] = ""
        elif word == "a" and f"a {words[at + 1][:1].lower()}" in vowel:
            words[at] = "an"
        elif word == "an" and words[at + 1][:1].lower() not in "aeiou":
            words[at] = "a"
        elif word == "un" and is_feminine(words[at + 1]):
            words[at] = "una"
    return " ".join(words)


def _between(
    scene: Scene, symbol: str, name: str, ref: Ref, templates: Templates, grain: str = ""
) -> Condition:
    make: Callable[[], Value] = (
        (lambda: scene.date(ref, grain)) if grain else (lambda: scene.value(ref))
    )
    values = sorted((make(), make()), key=lambda value: str_or_number(value.symbol))
    if values[0].symbol == values[1].symbol:
        raise NoFit("two values")
    symbols = ("between", *symbol.split(), *(value.symbol for value in values))
    if templates is _NUMBERS and scene.chance(0.35):
        short = _unnamed(scene, ref, "between", *values)
        if short:
            clause = _filled(scene, symbols, templates, "between", name, *values).clause
            return Condition(symbols, clause, short)
    return _filled(scene, symbols, templates, "between", name, *values)


def str_or_number(symbol: str) -> tuple[float, str]:
    """Order values of one column: numbers by size, texts by spelling."""
    value = literal(symbol)
    return (float(value), "") if isinstance(value, (int, float)) else (0.0, str(value))


def comparative(scene: Scene, ref: Ref, op: str, value: Value) -> str:
    """Say a comparison by an adjective, as in `older than 30`; "" where none tells the column."""
    words = {plain(word) for word in spoken(ref.schema.label).split()}
    for line in _COMPARATIVES[scene.lang].splitlines():
        names, more, less = line.strip().split(":")
        meant = set(names.split())
        others = [
            other
            for other in scene.refs("num", ref.table)
            if other != ref and meant & set(plain(spoken(other.schema.label)).split())
        ]
        if meant & words and not others:
            unit = _unit(scene, names)
            return scene.fill(f"{more if op == 'gt' else less} {{v}}{unit}", v=value.phrase)
    return ""


def _unit(scene: Scene, names: str) -> str:
    if names.startswith("age"):
        return scene.one("", " years", " years old") if not scene.es else scene.one("", " años")
    return ""


def date(scene: Scene, ref: Ref) -> Condition:
    """Compare a date column with a day, a month or a year."""
    grain = scene.one("year", "year", "year", "ym", "day", "day", "month", "weekday")
    name = said(scene, ref)
    if grain == "weekday":
        return _weekday(scene, ref, name)
    if grain == "month":
        value = scene.date(ref, "month")
        return _filled(scene, ("eq", "month", ref.symbol, value.symbol), _DATES, "eq", name, value)
    period = _GRAINS[grain]
    symbol = f"{period} {ref.symbol}".strip()
    op = scene.one("gt", "ge", "lt", "le", "eq", "eq", "between")
    if op == "between":
        return _between(scene, symbol, name, ref, _DATES, grain)
    value = scene.date(ref, grain)
    if op == "eq" and grain == "day":
        symbols = ("eq", "date", ref.symbol, value.symbol)
        on = scene.fill("[el [día|]|del]" if scene.es else "[on|of|from]")
        return Condition(
            symbols, f"{name} {'es' if scene.es else 'is'} {value.phrase}", f"{on} {value.phrase}"
        )
    return _filled(scene, (op, *symbol.split(), value.symbol), _DATES, op, name, value)


_DAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
}


def _weekday(scene: Scene, ref: Ref, name: str) -> Condition:
    place = scene.rng.randrange(7)
    day = scene.keep(_DAYS[scene.lang][place])
    symbols = ("eq", "weekday", ref.symbol, f"V={_DAYS['en'][place]!r}")
    if scene.es:
        return Condition(symbols, f"{name} cae en {day}", scene.one(f"de los {day}", f"en {day}"))
    return Condition(symbols, f"{name} is a {day}", scene.one(f"on {day}s", f"on {day}"))


def average(scene: Scene, ref: Ref) -> Condition:
    """Compare a measure with its own average."""
    op = "lt" if scene.chance(0.4) else "gt"
    clause, tail = (scene.fill(text, c=scene.say(ref)) for text in _AVERAGE[scene.lang][op])
    return Condition((op, ref.symbol, "scalar", "mean", ref.symbol), clause, tail)


def columns(scene: Scene, ref: Ref, other: Ref) -> Condition:
    """Compare two columns of a row."""
    dates = scene.role(ref) == "date"
    op = scene.one("gt", "lt") if dates else scene.one("gt", "lt", "eq", "ne")
    second = scene.say(other)
    value = Value(second, other.symbol)
    templates = _DATES if dates else _NUMBERS
    clause = scene.fill(templates[scene.lang][op][0], c=scene.say(ref), v=value.phrase)
    whose = (
        scene.one("where", "whose", "in which")
        if not scene.es
        else scene.one("donde", "en las que")
    )
    return Condition((op, ref.symbol, other.symbol), clause, f"{whose} {clause}")
