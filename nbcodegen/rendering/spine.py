"""A plan's steps in a row: the tree is a spine whose every step ends in the next one."""

from __future__ import annotations

from dataclasses import dataclass

from nbcodegen.plan import GRAMMAR, Node

_TAILS = ("TAIL", "GTAIL", "WTAIL", "DONE")


@dataclass(frozen=True, slots=True)
class Step:
    """One step, without what follows it."""

    mode: str
    """The rule it stands in: TAIL, GTAIL, WTAIL or DONE."""
    word: str
    parts: tuple[Node, ...]


def steps_of(node: Node, mode: str = "TAIL") -> tuple[Step, ...]:
    """Take a plan's spine apart, from the step at `node` to the last."""
    steps = []
    while True:
        body = GRAMMAR[mode][node.symbol]
        goes_on = bool(body) and body[-1] in _TAILS
        steps.append(Step(mode, node.symbol, node.children[:-1] if goes_on else node.children))
        if not goes_on:
            return tuple(steps)
        mode, node = body[-1], node.children[-1]
