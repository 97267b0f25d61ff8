"""What the stages of training hand on: frozen, one value per boundary."""

from __future__ import annotations

from dataclasses import dataclass

from nbcodegen.values import TableSchema


@dataclass(frozen=True, slots=True)
class Example:
    """One request, the tables it was asked over, and the plan that serves it.

    `plan` is in the language of `nbcodegen.plan`, but its pointers do not depend on the order in
    which a prompt lists things: `T0` is the first table, `C0.3` the fourth column of the first
    table, `V=5` and `V='Downtown'` values as Python source.
    """

    request: str
    tables: tuple[TableSchema, ...]
    plan: tuple[str, ...]
    lang: str
    source: str
    previous: tuple[str, ...] = ()
    """Plan of the cell that a follow-up builds on, in the same notation."""
