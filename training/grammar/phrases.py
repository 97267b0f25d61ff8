"""What people call a column: its label read aloud, shortened, translated, or a synonym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from random import Random

from nbcodegen.linking import GLOSSARY, label_words, plain, stem
from nbcodegen.training.grammar.noise import slipped
from nbcodegen.values import ColumnSchema

_SHORT = {
    "en": """qty=quantity amt=amount avg=average num=number nr=number cnt=count temp=temperature
        pct=percentage perc=percentage yr=year dept=department dob=date-of-birth max=maximum
        min=minimum std=standard-deviation hr=hour mins=minutes sec=seconds addr=address tot=total
        pop=population desc=description cat=category emp=employee cust=customer prod=product
        lat=latitude lon=longitude lng=longitude hp=horsepower cyl=cylinders acc=accuracy
        sqft=square-feet mpg=miles-per-gallon gdp=GDP bmi=BMI rev=revenue exp=experience
        prev=previous cur=current curr=current mgr=manager loc=location dist=distance
        vol=volume wt=weight ht=height freq=frequency dur=duration price=price trans=transaction
        acct=account bal=balance med=median pub=publication est=estimated pos=position
        msg=message usr=user grp=group univ=university stdev=standard-deviation
        yrs=years hrs=hours""",
    "es": """cant=cantidad imp=importe fec=fecha num=número nro=número temp=temperatura
        prom=promedio pct=porcentaje porc=porcentaje tel=teléfono dir=dirección dpto=departamento
        depto=departamento cat=categoría desc=descripción pob=población max=máximo min=mínimo
        prov=provincia tot=total hab=habitantes edad=edad cod=código emp=empleado cli=cliente
        prod=producto med=media sup=superficie vel=velocidad""",
}  # fmt: skip
_EXPANDED = {lang: dict(pair.split("=") for pair in text.split()) for lang, text in _SHORT.items()}
_ADJECTIVES = {
    "total": "total", "average": "medio", "mean": "medio", "annual": "anual", "monthly":
    "mensual", "daily": "diario", "weekly": "semanal", "maximum": "máximo", "minimum": "mínimo",
    "final": "final", "initial": "inicial", "first": "primero", "last": "último", "new": "nuevo",
    "old": "antiguo", "gross": "bruto", "net": "neto", "real": "real", "main": "principal",
    "current": "actual", "previous": "anterior", "estimated": "estimado", "public": "público",
    "private": "privado", "national": "nacional", "local": "local", "global": "global", "medical":
    "médico", "high": "alto", "low": "bajo", "international": "internacional", "urban": "urbano",
    "rural": "rural", "marital": "civil", "overall": "global", "financial": "financiero",
    "educational": "educativo", "yearly": "anual",
}  # fmt: skip
_LIKE_THE = frozenset((
    "total", "final", "inicial", "real", "anual", "mensual", "semanal", "actual", "local", "global",
))  # fmt: skip
_MASCULINE = frozenset((
    "dia", "idioma", "sistema", "problema", "clima", "mapa", "tema", "programa", "planeta",
    "diagrama", "id", "area", "agua", "alza", "sofa", "poema", "genoma", "enfoque", "coste",
    "importe",
))  # fmt: skip
_FEMININE = frozenset((
    "clase", "calle", "fase", "base", "serie", "sede", "nube", "fuente", "red", "ley", "edad",
    "imagen",
))  # fmt: skip


@lru_cache(maxsize=1)
def _glossary() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines() if GLOSSARY.exists() else []
    rows = [line.split("\t") for line in lines if "\t" in line]
    return tuple((tuple(row[0].split("|")), tuple(row[1].split("|"))) for row in rows)


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, names in enumerate(_glossary()):
        for name in {stems(name) for side in names for name in side}:
            found.setdefault(name, []).append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}


@lru_cache(maxsize=65536)
def stems(phrase: str) -> str:
    """Return the stems of a phrase's words, joined: what tells two phrases apart.

    >>> stems("unit prices") == stems("Unit_Price")
    True
    """
    return " ".join(stem(word) for word in label_words(phrase))


def concepts(phrase: str) -> tuple[int, ...]:
    """Return the numbers of the glossary's rows that hold a phrase."""
    return _places().get(stems(phrase), ())


@lru_cache(maxsize=65536)
def synonyms(phrase: str, lang: str) -> tuple[str, ...]:
    """Return other names of a thing in `lang`; of all its meanings, the first row's."""
    meant = _sense(phrase)
    if len(meant) != 1:
        return ()
    return tuple(name for name in _numbered(phrase, meant[0], lang) if stems(name) != stems(phrase))


def words_for(row: int, lang: str) -> tuple[str, ...]:
    """Return what a row of the glossary calls its concept in `lang`."""
    return _glossary()[row][0 if lang == "en" else 1]


def _sense(phrase: str) -> tuple[int, ...]:
    """Return the rows that a phrase heads, or the only row that holds it."""
    found = concepts(phrase)
    heads = [
        number
        for number in found
        if any(stems(side[0]) == stems(phrase) for side in _glossary()[number])
    ]
    return tuple(heads or found)


def _numbered(phrase: str, row: int, lang: str) -> tuple[str, ...]:
    """Return a row's names in `lang`, in the plural where the phrase is."""
    names = words_for(row, lang)
    singular = {name for side in _glossary()[row] for name in side}
    if phrase.lower() in singular or not phrase.lower().endswith("s"):
        return names
    return tuple(plural(name, lang) for name in names)


@lru_cache(maxsize=65536)
def spoken(label: str) -> str:
    """Read a label aloud: words apart, abbreviations in full.

    >>> spoken("unit_qty"), spoken("AvgTemp")
    ('unit quantity', 'average temperature')
    """
    shout = label.isupper() and len(label) > 4
    words = [
        word if word.isupper() and len(word) <= 4 and not shout else word.lower()
        for word in label_words(label)
    ]
    lang = language(label)
    words = [_EXPANDED[lang].get(word.lower(), word).replace("-", " ") for word in words]
    return " ".join(words) or label


@lru_cache(maxsize=65536)
def language(label: str) -> str:
    """Guess whether a label is Spanish or English by its words."""
    words = label_words(label)
    spanish = sum(_is_of(word, 1) and not _is_of(word, 0) for word in words)
    english = sum(_is_of(word, 0) and not _is_of(word, 1) for word in words)
    accents = plain(label) != label.lower()
    function = {"de", "del", "por", "la", "el"} & {word.lower() for word in words}
    return "es" if spanish + accents + bool(function) > english else "en"


def _is_of(word: str, side: int) -> bool:
    low = plain(word)
    if word.lower() in _EXPANDED["en" if side == 0 else "es"]:
        return True
    return bool({low, low[:-1], low[:-2], low + "s", low + "es"} & _vocabulary(side))


@lru_cache(maxsize=2)
def _vocabulary(side: int) -> frozenset[str]:
    names = (name for row in _glossary() for name in row[side])
    return frozenset(plain(word) for name in names for word in name.split() if len(word) > 1)


@lru_cache(maxsize=65536)
def translated(phrase: str, lang: str) -> str:
    """Say a phrase in `lang`, or return "" where the glossary does not know its words."""
    whole = _in(phrase, lang)
    if whole:
        return whole[0]
    words = phrase.split()
    if lang == "en" or not 2 <= len(words) <= 3:
        return ""
    return _noun_phrase(words[-1], words[:-1])


def _in(phrase: str, lang: str) -> tuple[str, ...]:
    return tuple(name for row in _sense(phrase)[:1] for name in _numbered(phrase, row, lang))


def _noun_phrase(head: str, before: Sequence[str]) -> str:
    """Turn an English compound round: `sale price` -> `precio de venta`."""
    heads = _in(head, "es")
    if not heads:
        return ""
    text = heads[0]
    for word in reversed(before):
        adjective = _ADJECTIVES.get(word.lower())
        noun = _in(word, "es")
        if adjective:
            text = f"{text} {agree(adjective, heads[0])}"
        elif noun:
            text = f"{text} de {noun[0]}"
        else:
            return ""
    return text


def is_feminine(noun: str) -> bool:
    """Guess a Spanish noun's gender by its first word.

    >>> is_feminine("ciudad"), is_feminine("precio"), is_feminine("población total")
    (True, False, True)
    """
    word = plain(noun.split()[0]) if noun.split() else ""
    word = word[:-1] if word.endswith("s") and len(word) > 3 else word
    if word in _MASCULINE or word in _FEMININE:
        return word in _FEMININE
    return word.endswith(("a", "cion", "sion", "dad", "dade", "cione", "sione", "tud", "umbre"))


def agree(adjective: str, noun: str) -> str:
    """Give an adjective the gender of its noun."""
    return adjective[:-1] + "a" if adjective.endswith("o") and is_feminine(noun) else adjective


def plural(phrase: str, lang: str) -> str:
    """Say a phrase in the plural.

    >>> plural("city", "en"), plural("precio de venta", "es"), plural("region", "es")
    ('cities', 'precios de venta', 'regiones')
    """
    words = phrase.split(" ")
    if not phrase or not words[-1]:
        return phrase
    if lang == "es":
        if not _is_of(words[0], 1):
            return phrase
        adjective = len(words) == 2 and plain(words[1]) in _LIKE_THE
        last = [_plural_es(words[1])] if adjective else words[1:]
        return " ".join([_plural_es(words[0]), *last])
    at = words.index("of") - 1 if "of" in words[1:] else -1
    words[at] = _plural_en(words[at])
    return " ".join(words)


def _plural_en(word: str) -> str:
    irregular = {"person": "people", "man": "men", "woman": "women", "child": "children"}
    low = word.lower()
    if low in irregular.values():
        return word
    if low in irregular:
        return irregular[low]
    if (low.endswith("s") and not low.endswith(("ss", "us"))) or not low[-1:].isalpha():
        return word
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if low.endswith(("ss", "us", "x", "ch", "sh", "z")) else "s")


def _plural_es(word: str) -> str:
    low = word.lower()
    if low in ("mes", "país", "mal"):
        return word + "es"
    if low.endswith(("és", "ús")):
        return plain(word) + "es"
    if low.endswith("s") or not low[-1:].isalpha():
        return word
    if low.endswith("z"):
        return word[:-1] + "ces"
    if low.endswith(("a", "e", "i", "o", "u", "é", "á")):
        return word + "s"
    bare = re.sub("[áéíóú](?=n$)", lambda found: plain(found.group()), word)
    return bare + "es"


def names_of(rng: Random, column: ColumnSchema, lang: str) -> list[tuple[str, float]]:
    """List phrases for a column with weights: how likely a person is to say each."""
    label = column.label
    read = spoken(label)
    words = read.split()
    found = [(label, 10.0)]
    if len(label) > 45 or not words:
        return found
    foreign = language(label) != lang
    home = translated(read, lang) if foreign else read
    if foreign and home:
        found += [(home, 60.0), (read, 6.0), *((name, 14.0) for name in _in(read, lang)[1:])]
    else:
        found += [(read, 50.0)]
    if home:
        found += [(name, 30.0 / (2 + at)) for at, name in enumerate(synonyms(read, lang))]
        found += _reworded(words, lang) if not foreign else []
    found += [(f"`{label}`", 1.0), (f'"{label}"', 1.0), (label.lower(), 3.0)]
    return found + _misspelt(rng, home or read)


def _reworded(words: list[str], lang: str) -> list[tuple[str, float]]:
    if not 2 <= len(words) <= 5:
        return []
    small = {"of", "de", "del", "the", "in", "en", "per", "por"}
    found = []
    if not small & set(words):
        if lang == "en":
            found += [(" ".join(words[1:]), 5.0), *_turned(words)]
        else:
            found += [(" ".join(words[:-1]), 5.0), (f"{words[0]} de {' '.join(words[1:])}", 5.0)]
        found += [(" ".join(words[:-1]) if lang == "en" else " ".join(words[1:]), 3.0)]
    head = words[-1] if lang == "en" else words[0]
    for other in synonyms(head, lang)[:2]:
        new = [*words[:-1], other] if lang == "en" else [other, *words[1:]]
        found.append((" ".join(new), 3.0))
    return found


def _turned(words: list[str]) -> list[tuple[str, float]]:
    if words[0].lower() in _ADJECTIVES:
        return []
    return [(f"{words[-1]} of {' '.join(words[:-1])}", 1.5)]


def _misspelt(rng: Random, phrase: str) -> list[tuple[str, float]]:
    words = [word for word in phrase.split() if len(word) >= 5 and word.isalpha()]
    return [(phrase.replace(words[0], slipped(rng, words[0]), 1), 1.5)] if words else []
