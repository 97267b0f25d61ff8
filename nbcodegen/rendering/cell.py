"""Plan -> code: the room that knows how pandas says what a plan asks.

What a plan points at (`items`) is written as the schema spells it, so names are never mistyped.
"""

from __future__ import annotations

from collections.abc import Sequence

from nbcodegen.plan import Node, PlanError, parse
from nbcodegen.rendering.dates import AS_DATES, is_date_word
from nbcodegen.rendering.lines import Cell
from nbcodegen.rendering.rows import Rows
from nbcodegen.rendering.scope import PointerMap
from nbcodegen.rendering.sources import open_source, uses_index
from nbcodegen.rendering.spine import steps_of
from nbcodegen.rendering.steps import render_rows
from nbcodegen.values import TableSchema


def render(
    plan: Sequence[str] | Node,
    items: PointerMap,
    tables: Sequence[TableSchema],
    lang: str = "en",
) -> str:
    """Write a plan as a cell; its last line is the answer, or draws it.

    Titles, labels and new names are in `lang`, `en` or `es`.

    Raises PlanError for a plan that declines, and for one whose pointers make no sense.
    """
    tree = plan if isinstance(plan, Node) else parse(plan)
    if tree.symbol == "decline":
        raise PlanError("a plan that declines has no code")
    taken = [table.name for table in tables]
    rows = Rows(Cell(taken, lang), items, tables)
    source, first = tree.children
    open_source(source, rows)
    steps = steps_of(first)
    if uses_index(tree, rows):
        rows.text, rows.hint = f"{rows.text}.reset_index()", f"{rows.text}_rows"
        rows.untouched = False
    rows.start(saving=steps[-1].word == "save")
    if not rows.saving:
        rows.read_dates(_read_twice(first, items))
    render_rows(rows, steps)
    return rows.cell.text()


def _read_twice(tree: Node, items: PointerMap) -> list[Node]:
    """Text columns that a plan reads as dates more than once: better turned into dates first."""
    dated = [
        child.symbol
        for node in tree.walk()
        if is_date_word(node) or node.symbol in AS_DATES
        for child in node.children
        if child.symbol in items and items[child.symbol].kind == "datetext"
    ]
    return [Node(symbol) for symbol in dict.fromkeys(dated) if dated.count(symbol) > 1]
