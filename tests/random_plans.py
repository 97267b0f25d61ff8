"""Random derivations of the plan grammar over one table, with pointers that make sense."""

from __future__ import annotations

import random
from functools import cache

from nbcodegen.plan import GRAMMAR, SLOT_KINDS
from nbcodegen.rendering.scope import PointerMap

WHOLE_NUMBERS = ("3", "5", "1")
_COMPARE = frozenset(["eq", "ne", "gt", "ge", "lt", "le", "between", "in", "notin"])
_TEXT_HEADS = frozenset(
    [
        "weekday",
        "monthname",
        "lower",
        "upper",
        "title",
        "strip",
        "firstword",
        "lastword",
        "prefix",
        "concat",
        "swap",
        "pick",
    ]
)
_DATE_HEADS = frozenset({"todate", "date"})
_PERIOD_HEADS = frozenset({"ym", "yq", "yw"})


@cache
def _depth(name: str) -> int:
    """Least depth of a derivation; found by trying ever deeper ones."""
    for limit in range(1, 12):
        if _fits(name, limit):
            return limit
    raise AssertionError(name)


@cache
def _fits(name: str, limit: int) -> bool:
    if name.startswith("<"):
        return True
    if limit == 0:
        return False
    return any(all(_fits(part, limit - 1) for part in body) for body in GRAMMAR[name].values())


class PlanMaker:
    """Derives plans with a seeded generator."""

    def __init__(self, items: PointerMap, seed: int) -> None:
        self.items = items
        self.random = random.Random(seed)
        self.keys = self.aggs = 0

    def plan(self, depth: int = 7) -> list[str]:
        """One plan over `T0`."""
        self.keys = self.aggs = 0
        return ["from", "T0", *self._derive("TAIL", depth)]

    def _derive(self, name: str, depth: int) -> list[str]:
        if name.startswith("<"):
            return [self._pointer(name)]
        if name.endswith("*"):
            return self._list(name[:-1], depth)
        if name == "GREF":
            return [self._ref()]
        heads = {
            head: body
            for head, body in GRAMMAR[name].items()
            if self._allowed(name, head)
            and all(_depth(part) <= max(depth, _least(body)) for part in body)
        }
        shallow = min(_least(body) for body in heads.values())
        if depth <= 0:
            heads = {head: body for head, body in heads.items() if _least(body) == shallow}
        head = self._choose(name, list(heads))
        if head.startswith("<"):
            return [self._pointer(head, name)]
        out = [head]
        if head in _COMPARE and name in ("COND", "GCOND"):
            return out + self._comparison(heads[head], depth - 1)
        for part in heads[head]:
            out += self._derive(part, depth - 1)
        if name == "GTAIL" and head == "new":
            pass
        return out

    def _choose(self, name: str, heads: list[str]) -> str:
        pointers = [
            head for head in heads if head[0] == "<" or (head[0] in "KA" and head[1:].isdigit())
        ]
        if pointers and self.random.random() < 0.6:
            return self.random.choice(pointers)
        return self.random.choice(heads)

    def _allowed(self, name: str, head: str) -> bool:
        if head[0] in "KA" and head[1:].isdigit():
            return int(head[1:]) < (self.keys if head[0] == "K" else self.aggs)
        return head not in ("inother", "notinother")

    def _ref(self) -> str:
        refs = [f"K{n}" for n in range(self.keys)] + [f"A{n}" for n in range(self.aggs)]
        return self.random.choice(refs)

    def _list(self, name: str, depth: int) -> list[str]:
        least = 0 if name in ("OPT", "GOPT") or self.random.random() < 0.1 else 1
        size = (
            self.random.choice((least, 1, 1, 2))
            if name not in ("OPT", "GOPT")
            else self.random.choice((0, 0, 1))
        )
        if name == "ANY":
            size = max(size, 1)
        out: list[str] = []
        for _ in range(size):
            out += self._derive(name, depth - 1)
        if name == "AGG":
            self.aggs = size
        elif name == "ANY":
            self.keys = size
        return [*out, "end"]

    def _comparison(self, body: tuple[str, ...], depth: int) -> list[str]:
        left = self._derive(body[0], depth)
        values: list[str] = []
        for part in body[1:]:
            values += [self._value(left), "end"] if part.endswith("*") else [self._value(left)]
        return left + values

    def _value(self, left: list[str]) -> str:
        head = left[0]
        kind = "integer"
        if head[0] == "C" and head[1:].isdigit():
            kind = self.items[head].kind
        elif head in _TEXT_HEADS:
            kind = "string"
        elif head in _DATE_HEADS:
            kind = "datetime"
        elif head in _PERIOD_HEADS:
            kind = "period"
        elif head in ("cut", "qcut", "cutat"):
            kind = "string"
        elif head == "flag":
            kind = "boolean"
        wanted = {"integer": "5", "float": "100", "string": "'Downtown'", "category": "'North'",
                  "datetime": "'2020-03'", "datetext": "2020", "period": "'2020-03'",
                  "boolean": "1", "duration": "3", "other": "'x'"}[kind]  # fmt: skip
        return next(
            s for s, item in self.items.items() if item.role == "value" and item.source == wanted
        )

    def _pointer(self, slot: str, name: str = "") -> str:
        if slot == "<T>":
            return "T0"
        if slot == "<V>":
            numeric = name in ("INT", "NUMVAL", "GVAL")
            wanted = WHOLE_NUMBERS if numeric else ("'red'",)
            fits = [
                s
                for s, item in self.items.items()
                if item.role == "value" and item.source in wanted
            ]
            return self.random.choice(fits)
        kinds = SLOT_KINDS[slot[3:-1]]
        fits = [s for s, item in self.items.items() if item.role == "column" and item.kind in kinds]
        return self.random.choice(fits)


def _least(body: tuple[str, ...]) -> int:
    return max((_depth(part) for part in body), default=0)
