"""How people really type: casing, politeness, lost marks and articles, a slip of the finger."""

from __future__ import annotations

import re
from collections.abc import Collection
from random import Random

from nbcodegen.linking import plain

_BEFORE = {
    "en": """please|pls|can you|could you|could you please|can you please|hey,|ok,|now|
        I want you to|I need you to|I'd like you to|help me|quickly|for this table,|
        using the data,|from this dataset,|with this dataframe,|so,|hi,""",
    "es": """por favor,|porfa|puedes|podrías|me puedes|quiero que me|necesito que me|a ver,|oye,|
        ahora|ok,|con estos datos,|de esta tabla,|rápidamente,|hola,|vale,""",
}
_AFTER = {
    "en": "please|pls|thanks|thank you|in this table|in the data|from the dataframe|for me",
    "es": "por favor|porfa|gracias|en esta tabla|en los datos|del dataframe",
}
_VERBS = {
    "en": frozenset(
        (
            "show",
            "list",
            "give",
            "find",
            "get",
            "compute",
            "calculate",
            "display",
            "count",
            "tell",
            "plot",
            "draw",
            "make",
            "create",
            "return",
            "print",
            "select",
            "sort",
            "order",
            "rank",
            "filter",
            "add",
            "remove",
            "drop",
            "fill",
            "convert",
            "rename",
            "compare",
            "keep",
            "group",
            "merge",
            "join",
            "replace",
            "delete",
            "change",
            "split",
            "extract",
            "describe",
            "sample",
            "round",
            "visualize",
            "sum",
        )
    ),
    "es": frozenset(),
}
_ARTICLES = {
    "en": re.compile(r"\b(?:the|a|an|me|of the) ", re.IGNORECASE),
    "es": re.compile(r"\b(?:el|la|los|las|un|una) ", re.IGNORECASE),
}
_WORD = re.compile(r"[a-záéíóúñ]{5,}")


def roughen(rng: Random, lang: str, text: str, kept: Collection[str]) -> str:
    """Return `text` as a person in a hurry may have typed it; pieces in `kept` stay as they are."""
    text = _polite(rng, lang, text)
    if rng.random() < 0.10:
        text = _outside(text, kept, lambda part: _ARTICLES[lang].sub("", part))
    if rng.random() < 0.045:
        text = _slip(rng, text, kept)
    if lang == "es" and rng.random() < 0.5:
        text = _outside(text, kept, _without_accents)
    return _marked(rng, _cased(rng, text, kept), kept)


def _outside(text: str, kept: Collection[str], change) -> str:  # type: ignore[no-untyped-def]
    """Change the parts of a text that hold none of the kept pieces."""
    pieces = sorted((piece for piece in kept if piece), key=len, reverse=True)
    if not pieces:
        return str(change(text))
    pattern = "(" + "|".join(rf"(?<!\w){re.escape(piece)}(?!\w)" for piece in pieces) + ")"
    parts = re.split(pattern, text)
    return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))


def _polite(rng: Random, lang: str, text: str) -> str:
    first = plain(text.split(" ", 1)[0]) if text else ""
    if rng.random() < 0.10 and first in _VERBS[lang]:
        words = [words.strip() for words in _BEFORE[lang].split("|")]
        text = f"{rng.choice(words)} {text}"
    if rng.random() < 0.04 and not text.endswith("?"):
        text = f"{text.rstrip('.')}{rng.choice([',', ''])} {rng.choice(_AFTER[lang].split('|'))}"
    return text


def _slip(rng: Random, text: str, kept: Collection[str]) -> str:
    spots = [
        found for found in _WORD.finditer(text) if not any(found.group() in piece for piece in kept)
    ]
    if not spots:
        return text
    spot = rng.choice(spots)
    return text[: spot.start()] + slipped(rng, spot.group()) + text[spot.end() :]


def slipped(rng: Random, word: str) -> str:
    """Swap, drop or double one inner letter."""
    at = rng.randrange(1, len(word) - 2)
    swap = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return rng.choice([swap, word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]])


def _without_accents(text: str) -> str:
    return "".join(char if char in "ñÑ¿¡" else _bare(char) for char in text)


def _bare(char: str) -> str:
    bare = plain(char)
    return char if len(bare) != 1 else bare.upper() if char.isupper() else bare


def _cased(rng: Random, text: str, kept: Collection[str]) -> str:
    luck = rng.random()
    if luck < 0.50:
        return (
            text[:1].upper() + text[1:] if text[:1] and not text.startswith(tuple(kept)) else text
        )
    if luck < 0.53:
        return _outside(text, kept, str.upper)
    return text


def _marked(rng: Random, text: str, kept: Collection[str]) -> str:
    if text.endswith("?"):
        luck = rng.random()
        text = text if luck < 0.7 else text.rstrip("?").rstrip()
        return text.removeprefix("¿") if luck > 0.5 else text
    return text + "." if rng.random() < 0.25 and text[-1:].isalnum() else text
