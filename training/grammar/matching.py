"""Conditions on texts, yes/no columns and missing cells, in words."""

from __future__ import annotations

import re

from nbcodegen.linking import plain
from nbcodegen.rendering.literals import FALSE_WORDS, TRUE_WORDS
from nbcodegen.training.grammar.comparing import Condition, bare, said
from nbcodegen.training.grammar.phrases import plural, spoken
from nbcodegen.training.grammar.roles import NUMBERS
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene

_PLACES = frozenset((
    "country", "city", "state", "region", "province", "town", "county", "district", "neighborhood",
    "neighbourhood", "location", "continent", "island", "school", "department", "club", "team",
    "store", "branch", "university", "origin", "pais", "ciudad", "provincia", "region", "municipio",
    "barrio", "distrito", "comunidad", "sucursal", "departamento",
))  # fmt: skip
_BEINGS = frozenset((
    "sex", "gender", "sexo", "genero", "species", "especie", "type", "tipo", "job", "occupation",
    "position", "puesto", "posicion", "profesion", "title", "role", "breed", "raza", "product",
    "producto", "item", "crop", "cultivo",
))  # fmt: skip
_EQ = {
    "en": (
        "{c} [is|is|is|=|==|equals|is equal to] {v}",
        "[with {c} {v}|of {c} {v}|whose {c} is {v}|where the {c} is {v}|with {v} as [the|] {c}"
        "|that have {v} as {c}|in the {v} {c}]",
    ),
    "es": (
        "{c} [es|sea|=|es igual a|==] {v}",
        """[con {c} {v}|de {c} {v}|con {c} igual a {v}|que tengan {v} como {c}|cuyo {c} [es
        |sea] {v}]""",
    ),
}
_NE = {
    "en": (
        "{c} [is not|is not|isn't|!=|is different from|is anything but] {v}",
        "[whose {c} is not {v}|with a {c} other than {v}|except {v}|excluding {v}|that are not {v}"
        "|not in {v}|without {v}]",
    ),
    "es": (
        "{c} [no es|no sea|es distinto de|sea distinto de|!=] {v}",
        """[con {c} distinto de {v}|que no sean [de|] {v}|excepto {v}|salvo {v}|menos los de {v}
        |sin contar {v}]""",
    ),
}
_IN = {
    "en": (
        "{c} is [either|one of|in|] {v} or {w}",
        "[with {c} {v} or {w}|whose {c} is [either|] {v} or {w}|that are {v} or {w}|in {v} or {w}"
        "|from either {v} or {w}|of {c} {v} and {w}]",
    ),
    "es": (
        "{c} [es|sea] [{v} o {w}|o {v} o {w}|uno de {v}, {w}]",
        "[con {c} {v} o {w}|de {v} o {w}|que sean {v} o {w}|de {c} {v} y {w}]",
    ),
}
_IN_COUNT = {
    "en": "[with|having|that have|of] {v} [or|and|,] {w} {c}",
    "es": "[con|que tengan|de] {v} [o|y|,] {w} {c}",
}
_NOT_IN = {
    "en": (
        "{c} is [neither {v} nor {w}|not {v} or {w}|not in {v}, {w}|not one of {v} and {w}]",
        """[except {v} and {w}|excluding {v} and {w}|that are neither {v} nor {w}
        |other than {v} and {w}]""",
    ),
    "es": (
        "{c} no [es|sea] [ni {v} ni {w}|{v} ni {w}|{v} o {w}]",
        "[excepto {v} y {w}|que no sean ni {v} ni {w}|salvo {v} y {w}|menos {v} y {w}]",
    ),
}
_AFFIX = {
    "en": {
        "contains": (
            "{c} [contains|contains|includes|has] [the word|the text|] {v}",
            """[with {v} in [the|their|its] {c}|whose {c} contains {v}|whose {c} includes {v}
        |containing {v} in {c}]""",
        ),
        "startswith": (
            "{c} [starts with|begins with] {l} {v}",
            "whose {c} [starts|begins] with {l} {v}",
        ),
        "endswith": ("{c} ends [with|in] {v}", "whose {c} ends [with|in] {v}"),
    },
    "es": {
        "contains": (
            "{c} [contiene|contenga|incluye|incluya] [la palabra|el texto|] {v}",
            """[con {v} en {c}|que contengan {v} en {c}|que tengan {v} en {c}
        |que incluyan {v} en {c}]""",
        ),
        "startswith": (
            "{c} [empieza|empiece|comienza|comience] [por|con] {l} {v}",
            "[cuyo {c} empieza por {v}|con {c} que empiece por {v}|con {c} que comienza con {v}]",
        ),
        "endswith": (
            "{c} [termina|termine|acaba|acabe] [en|con|por] {v}",
            "[cuyo {c} termina en {v}|con {c} que termine en {v}]",
        ),
    },
}
_MISSING = {
    "en": (
        "{c} is [missing|null|empty|NaN|unknown|blank|not known|not available]",
        """[without {c}|with no {c}|missing {c}|with [a|] missing {c}|with [an|] unknown {c}
        |with null {c}"""
        "|that have no {c}|lacking {c}]",
    ),
    "es": (
        "{c} [falta|falte|es nulo|sea nulo|está vacío|esté vacío|es NaN|es desconocido]",
        """[sin {c}|sin dato de {c}|con {c} nulo|con {c} vacío|que no tienen {c}
        |con {c} desconocido]""",
    ),
}
_KNOWN = {
    "en": (
        "{c} is [known|not missing|not null|present|available|not empty|not NaN|given]",
        "[with [a|] known {c}|that have [a|] {c}|with [a|] {c}|with non-null {c}]",
    ),
    "es": (
        "{c} [no falta|no falte|no es nulo|no sea nulo|no está vacío|es conocido|tiene valor]",
        "[con {c} conocido|que tienen {c}|que tengan {c}|con {c} no nulo]",
    ),
}

# Yes | no.
_TRUTH = {
    "en": (
        (
            "{c} is [true|True|yes|set]",
            "[that are {b}|which are {b}|with {c} true|with [a|] {c}|having [a|] {c}|who are {b}"
            "|that have [a|] {c}|with {c}|that are {b}]",
        ),
        (
            "{c} is [false|False|not true|no]",
            "[that are not {b}|which are not {b}|with {c} false|without [a|] {c}|with no {c}"
            "|not {b}|who are not {b}|that do not have {c}|that aren't {b}]",
        ),
    ),
    "es": (
        (
            "{c} [sea verdadero|es verdadero|es True|sea cierto|es sí|sea sí]",
            "[con {c} verdadero|que sean {b}|con {c}|con {c}|que tienen {c}|que tengan {c}"
            "|que son {b}]",
        ),
        (
            "{c} [sea falso|es falso|es False|no sea cierto|es no|sea no]",
            "[con {c} falso|que no sean {b}|sin {c}|sin {c}|que no tienen {c}|que no tengan {c}"
            "|que no son {b}]",
        ),
    ),
}


def is_place(ref: Ref) -> bool:
    """Tell a column whose cells say where something is."""
    return not _PLACES.isdisjoint(plain(spoken(ref.schema.label)).split())


def says_yes_or_no(ref: Ref) -> bool:
    """Tell a column of 0 and 1, or of two words, one that agrees and one that does not."""
    if ref.schema.kind == "integer":
        return ref.schema.distinct == 2 and (ref.schema.low, ref.schema.high) == ("0", "1")
    texts = {text.lower() for text in ref.schema.values}
    return len(texts) == 2 and bool(texts & TRUE_WORDS) and bool(texts & FALSE_WORDS)


def _both(scene: Scene, texts: tuple[str, str], **slots: str) -> tuple[str, str]:
    clause, tail = texts
    return scene.fill(clause, **slots), scene.fill(tail, **{**slots, "c": bare(slots["c"])})


def equal(scene: Scene, ref: Ref) -> Condition:
    """Ask for one text, or for all but one."""
    value = scene.value(ref)
    name = said(scene, ref, the=0.2)
    if scene.chance(0.14):
        clause, tail = _both(scene, _NE[scene.lang], c=name, v=value.phrase)
        return Condition(("ne", ref.symbol, value.symbol), clause, tail)
    symbols = ("eq", ref.symbol, value.symbol)
    clause, tail = _both(scene, _EQ[scene.lang], c=name, v=value.phrase)
    words = set(plain(spoken(ref.schema.label)).split())
    if is_place(ref) and scene.chance(0.6):
        where = "[de|en|de]" if scene.es else "[from|in|in|of|located in|at]"
        tail = f"{scene.fill(where)} {value.phrase}"
    elif scene.chance(0.12):
        tail = (
            scene.fill(
                "[de|de tipo|que son|que sean]"
                if scene.es
                else "[that are|which are|of type|for|of]"
            )
            + f" {value.phrase}"
        )
    wordlike = re.fullmatch(r"[A-Za-zÀ-ÿ][\w '-]{2,18}", value.phrase) is not None
    before = value.phrase if wordlike and scene.chance(0.4) else ""
    noun = ""
    if wordlike and words & _BEINGS and value.phrase[-1:].isalpha():
        noun = plural(value.phrase, scene.lang)
    return Condition(symbols, clause, tail, before, noun)


def one_of(scene: Scene, ref: Ref) -> Condition:
    """Ask for two texts, or for all but two."""
    first, second = scene.value(ref), scene.value(ref)
    if first.symbol == second.symbol:
        raise NoFit("two values")
    found = [first]
    third = scene.value(ref) if scene.chance(0.35) else second
    if third.symbol not in (first.symbol, second.symbol):
        found.append(third)
    absent = scene.chance(0.2)
    texts = (_NOT_IN if absent else _IN)[scene.lang]
    name = said(scene, ref, the=0.2)
    said_first = ", ".join(value.phrase for value in found)
    slots = {"v": said_first, "w": second.phrase}
    clause, tail = _both(scene, texts, c=name, **slots)
    number = ref.schema.kind in NUMBERS
    if number and not absent and scene.chance(0.6):
        tail = scene.fill(_IN_COUNT[scene.lang], c=scene.say(ref, plural=True), **slots)
    values = tuple(value.symbol for value in (*found, second))
    symbols = ("notin" if absent else "in", ref.symbol, *values, "end")
    return Condition(symbols, clause, tail)


_STEMS = {
    "en": [
        "son",
        "land",
        "San",
        "New",
        "New",
        "Ma",
        "Al",
        "com",
        "air",
        "ing",
        "er",
        "tion",
        "old",
        "star",
        "Man",
        "water",
    ],
    "es": ["San", "ez", "Mar", "del", "es", "ción", "casa", "rio", "Al", "Los"],
}


def affix(scene: Scene, ref: Ref) -> Condition:
    """Ask for texts that hold, start with or end with something."""
    op = scene.one("contains", "contains", "startswith", "startswith", "endswith")
    words = [word for text in ref.schema.values for word in re.findall(r"[A-Za-zÀ-ÿ]{3,}", text)]
    piece = scene.rng.choice(words or _STEMS[scene.lang])
    if op != "contains":
        size = scene.rng.choice([1, 1, 2, 3])
        piece = piece[:size].capitalize() if op == "startswith" else piece[-size:].lower()
    value = scene.text(piece)
    name = said(scene, ref, the=0.3)
    letter = scene.one("", "la letra" if scene.es else "the letter") if len(piece) == 1 else ""
    clause, tail = _both(scene, _AFFIX[scene.lang][op], c=name, v=value.phrase, l=letter)
    return Condition((op, ref.symbol, value.symbol), clause, tail)


def absence(scene: Scene, ref: Ref) -> Condition:
    """Ask for missing or for known cells."""
    known = scene.chance(0.4)
    texts = (_KNOWN if known else _MISSING)[scene.lang]
    clause, tail = _both(scene, texts, c=said(scene, ref, the=0.2))
    if ref.schema.kind == "integer" and ref.schema.low == "0":
        tail = f"donde {clause}" if scene.es else f"where {clause}"  # `without goals` means 0
    return Condition(("notna" if known else "isna", ref.symbol), clause, tail)


def truth(scene: Scene, ref: Ref) -> Condition:
    """Ask for a yes/no column, by its name alone where it reads as an adjective."""
    false = scene.chance(0.35)
    name = re.sub(r" (yn|flag|ind|indicator)$", "", scene.say(ref))
    symbols: tuple[str, ...] = ("isfalse" if false else "istrue", ref.symbol)
    if ref.schema.kind == "integer":
        symbols = ("eq", ref.symbol, "0" if false else "1")
    slots = {"c": name, "b": re.sub(r"^(is|was|has|es|fue) ", "", name)}
    clause, tail = (scene.fill(text, **slots) for text in _TRUTH[scene.lang][false])
    before = (
        f"{scene.one('non-', 'not ') if false else ''}{slots['b']}" if scene.chance(0.5) else ""
    )
    noun = plural(slots["b"], scene.lang) if not false and " " not in slots["b"] else ""
    return Condition(symbols, clause, tail, "" if scene.es else before, noun)
