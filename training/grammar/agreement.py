"""Spanish agreement: articles and endings put right by the noun beside them."""

from __future__ import annotations

import re
from functools import lru_cache

from nbcodegen.linking import GLOSSARY, stem
from nbcodegen.training.grammar.phrases import is_feminine

_FEMININE = {
    "el": "la", "los": "las", "un": "una", "unos": "unas", "del": "de la", "al": "a la",
    "todos los": "todas las", "todos": "todas", "cuantos": "cuantas", "cuántos": "cuántas",
    "cuyo": "cuya", "primeros": "primeras", "últimos": "últimas",
}  # fmt: skip
_MASCULINE = {"la": "el", "las": "los", "primeras": "primeros", "últimas": "últimos"}
_BEFORE = re.compile(
    r"\b(todos los|todos|[Cc]u[aá]ntos|cuyo|primeros|últimos|primeras|últimas"
    r"|el|los|un|unos|del|al|la|las)"
    r"((?: \d+| top)?) ([a-záéíóúñ]{3,})\b"
)
_NUMBERED = re.compile(
    r"\b(los|las) ((?:primeros|últimos|primeras|últimas) )?(\S+ )?([a-záéíóúñ]{3,})\b"
)
_AFTER = re.compile(
    r"\b([a-záéíóúñ]{3,}) "
    r"(ordenad|distint|únic|agrupad|desglosad|medi|máxim|mínim|nul|vací|desconocid|conocid)(os?)\b"
)
_ENDING = {"os": "as", "o": "a"}


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines() if GLOSSARY.exists() else []
    names = (name.split()[0] for line in lines for name in line.split("\t")[1].split("|"))
    return frozenset(stem(name) for name in names) | {"fil", "registro", "dato", "suma", "moda"}


def _is_noun(word: str) -> bool:
    return stem(word) in _nouns()


def _article(found: re.Match[str]) -> str:
    article, number, noun = found.groups()
    if not _is_noun(noun):
        return found.group()
    swap = _FEMININE if is_feminine(noun) else _MASCULINE
    new = swap.get(article.lower(), article)
    new = new[:1].upper() + new[1:] if article[:1].isupper() else new
    return f"{new}{number} {noun}"


def _counted(found: re.Match[str]) -> str:
    _, order, number, noun = found.groups()
    if not _is_noun(noun) or not (order or number):
        return found.group()
    feminine = is_feminine(noun)
    order = order and (order.replace("os ", "as ") if feminine else order.replace("as ", "os "))
    return f"{'las' if feminine else 'los'} {order or ''}{number or ''}{noun}"


def _ending(found: re.Match[str]) -> str:
    noun, root, ending = found.groups()
    if _is_noun(noun) and is_feminine(noun):
        return f"{noun} {root}{_ENDING[ending]}"
    return found.group()


def agreed(text: str) -> str:
    """Make articles and endings agree with the nouns beside them.

    >>> agreed("muestra los filas ordenados por la precio")
    'muestra las filas ordenadas por el precio'
    """
    text = _AFTER.sub(_ending, _BEFORE.sub(_article, _NUMBERED.sub(_counted, text)))
    return re.sub(
        r"\b(de|a) el (?=[a-záéíóúñ])", lambda found: {"de": "del ", "a": "al "}[found[1]], text
    )
