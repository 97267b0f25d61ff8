"""Edits of the last request: `now as a horizontal bar, only the top 10`, `by month instead`.

Each example has the plan of an earlier cell and the whole new plan after one or two edits.
"""

from __future__ import annotations

from dataclasses import replace

from nbcodegen.training.grammar import followup_tables
from nbcodegen.training.grammar.drawings import Drawing, some_drawing
from nbcodegen.training.grammar.edits import EDITS, Edit, to_first_chart
from nbcodegen.training.grammar.patterns import Family
from nbcodegen.training.grammar.scene import NoFit, Scene, checked
from nbcodegen.training.records import Example

_JOINS = {
    "en": (", ", " and ", ", and ", ". ", " but ", ", also "),
    "es": (", ", " y ", ", y ", ". ", " pero "),
}


def _one_edit(scene: Scene, drawing: Drawing, done: set[Edit]) -> tuple[str, Drawing]:
    ways = [(weight, edit) for weight, edit in EDITS if edit not in done]
    edits = scene.rng.choices([edit for _, edit in ways], [weight for weight, _ in ways], k=6)
    for edit in edits:
        try:
            words, edited = edit(scene, drawing)
        except NoFit:
            continue
        if edited != drawing:
            done.add(edit)
            return words, edited
    raise NoFit("edit")


def _drawings(scene: Scene) -> Example:
    before = some_drawing(scene)
    done: set[Edit] = set()
    words, after = _one_edit(scene, before, done)
    if scene.chance(0.3):
        more, after = _one_edit(scene, after, done)
        words = f"{words.rstrip('?')}{scene.one(*_JOINS[scene.lang])}{more}"
    return _follows(scene, words, before, after, "followups.drawing")


def _first_charts(scene: Scene) -> Example:
    before = replace(some_drawing(scene), chart="show", options=())
    words, after = to_first_chart(scene, before)
    return _follows(scene, words, before, after, "followups.first_chart")


def _follows(scene: Scene, words: str, before: Drawing, after: Drawing, source: str) -> Example:
    if after.plan == before.plan or (after.order and len(after.keys) > 1 and after.top):
        raise NoFit("edit")
    checked(before.plan)
    return replace(scene.example(words, after.plan, source), previous=before.plan)


FAMILIES: tuple[tuple[float, Family], ...] = (
    (4.0, _drawings),
    (0.6, _first_charts),
    *followup_tables.FAMILIES,
)
