"""Requests outside the product's scope, which it declines: models, mail, web, chat, files, general
knowledge; some mention columns of the table, so that a column's name alone does not make a request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nbcodegen.training.grammar.declines_wording import TEMPLATES, WORDS
from nbcodegen.training.grammar.patterns import Family
from nbcodegen.training.grammar.scene import NoFit, Scene
from nbcodegen.training.records import Example


def _about(topic: str) -> Family:
    """Return a family of out-of-scope requests of one topic."""

    def compose(scene: Scene) -> Example:
        template = scene.one(*TEMPLATES[scene.lang][topic])
        slots = {**_picked(scene, WORDS[scene.lang]), **_columns(scene)}
        words = scene.fill(template, **slots)
        return scene.example(words, ("decline",), f"declines.{topic}")

    return compose


def _picked(scene: Scene, words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: scene.one(*options) for name, options in words.items()}


def _columns(scene: Scene) -> dict[str, str]:
    """Name two columns, so that near misses can speak of the table at hand."""
    refs = scene.refs("any")
    if len(refs) < 2:
        raise NoFit("columns")
    x, y = scene.rng.sample(refs, 2)
    return {
        "x": scene.say(x),
        "y": scene.say(y),
        "rows": scene.noun(),
        "table": scene.tables[0].name,
    }


FAMILIES: tuple[tuple[float, Family], ...] = (
    (2.5, _about("models")),
    (1.5, _about("models_columns")),
    (1.0, _about("forecast")),
    (1.2, _about("services")),
    (1.2, _about("knowledge")),
    (1.0, _about("chat")),
    (1.0, _about("writing")),
    (1.0, _about("code")),
    (0.9, _about("system")),
    (0.7, _about("files")),
    (0.7, _about("explain")),
)
