"""What may follow in a plan: the grammar's stack, and what the prompt's kinds forbid."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from nbcodegen.plan import GRAMMAR, SLOT_KINDS, is_pointer, slot
from nbcodegen.prompt import names
from nbcodegen.rendering.literals import FALSE_WORDS, TRUE_WORDS
from nbcodegen.values import Item, Prompt

# Lists that make no sense when they are empty.
_FILLED = frozenset({"ANY*", "AGG*", "SORT*", "GSORT*", "GANY*", "GAGG*", "NUM*", "VAL*", "GVAL*"})
_COMPARISONS = frozenset("eq ne gt ge lt le between and-to in notin".split())
# After these, a value stands for itself and is compared with nothing.
_FREE = frozenset(
    """contains notcontains startswith endswith set new replace rename const pick val cutat swap
    title xlabel ylabel color""".split()
)
_AFTER_VALUE = {"between": "and-to"} | dict.fromkeys("eq ne gt ge lt le and-to".split(), "")
# Steps that a person asks for once.
_STEPS_ONCE = frozenset({"sort", "head", "cols", "distinct", "dedup", "sample"})
_NAMED = frozenset({"rename", "new"})
_STATISTICS = frozenset("mean sum median std var range sumpct min max nunique count mode".split())
_SQUARE = re.compile(r"squared|square of|cuadrado|\^ ?2|\*\* ?2|²", re.IGNORECASE)
_ONCE = frozenset({"ANY*", "COL*", "NUM*", "GANY*"})
_CHARTS = frozenset("bar barh line area pie scatter hexbin corr".split())
_BARS = frozenset({"bar", "barh", "pie"})
_CUTS = frozenset("where head tail distinct dedup sample eachtop".split())
"""After these, the rows at hand are not the table's."""
_MEASURES = frozenset("mean sum median std var range sumpct".split())
_TIMES = frozenset("ym yq yw date todate year month quarter weekno day hour".split())
_TRUTHS = frozenset({"istrue", "isfalse"})
_OPERATORS = frozenset("add sub mul div".split())
_ORDERED = frozenset("gt ge lt le between and-to".split())


@dataclass(frozen=True, slots=True)
class Derivation:
    """A plan in the making: what was written, and the nonterminals that are still open."""

    symbols: tuple[str, ...] = ()
    stack: tuple[str, ...] = ("PLAN",)
    keys: int = 0
    aggregates: int = 0
    tables: tuple[int, ...] = ()
    column: str = ""
    """The last column written: what a value is compared with."""
    comparison: str = ""
    used: tuple[str, ...] = ()
    """What the list in hand holds already: nothing is sorted by, or grouped by, twice."""
    grouped: tuple[str, ...] = ()
    """Columns that are keys of the groups."""

    @property
    def done(self) -> bool:
        """True when nothing is open."""
        return not self.stack

    def open(self) -> str:
        """Return the nonterminal that the next symbol must continue, without its tag."""
        return self.stack[-1].partition("@")[0]


def _mode_start(symbols: Sequence[str]) -> int:
    """Where the rows or groups in hand begin: steps before `by` may come again after it."""
    return symbols.index("by") if "by" in symbols else 0


def _listed(symbols: Sequence[str]) -> set[tuple[str, str]]:
    """Pairs of neighbours in the statistics in hand: a list holds `mean C1` once."""
    starts = [at for at, symbol in enumerate(symbols) if symbol in ("by", "stat")]
    return set(pairwise(symbols[starts[-1] :])) if starts else set()


def _added(symbols: Sequence[str]) -> Sequence[str]:
    """Columns of the sum in hand: `add add C1 C2` goes on with another one."""
    start = len(symbols)
    while start and is_pointer(symbols[start - 1]):
        start -= 1
    return symbols[start:] if start and symbols[start - 1] == "add" else ()


def _new_names(symbols: Sequence[str]) -> set[str]:
    """Values that name columns already: two new columns have two names."""
    renamed = {symbols[at + 2] for at in _places("rename", symbols) if at + 2 < len(symbols)}
    return renamed | {symbols[at + 1] for at in _places("new", symbols) if at + 1 < len(symbols)}


def _places(word: str, symbols: Sequence[str]) -> list[int]:
    return [at for at, symbol in enumerate(symbols) if symbol == word]


def _agrees(item: Item) -> bool:
    """Tell that a column may be one of yes and no, as far as its values are known."""
    values = {value.lower() for value in item.column.values} if item.column else set()
    if item.kind in ("string", "category") and values:
        return bool(values & (TRUE_WORDS | FALSE_WORDS))
    return item.kind not in ("datetime", "datetext", "duration", "float")


def _sort(kind: str) -> str:
    return next((sort for sort in ("num", "date", "text") if kind in SLOT_KINDS[sort]), "other")


class Pointers:
    """The prompt's items by name, and which of them each slot admits."""

    def __init__(self, prompt: Prompt) -> None:
        self.names = names(prompt.items)
        self.items: dict[str, Item] = dict(zip(self.names, prompt.items, strict=True))
        self._several = sum(item.role == "table" for item in prompt.items) > 1
        self._squares = bool(_SQUARE.search(prompt.request))
        self._tables = prompt.tables
        self._values = {
            name: ast.literal_eval(item.source)
            for name, item in self.items.items()
            if item.role == "value"
        }

    def allowed(self, state: Derivation) -> tuple[list[str], list[str]]:
        """Return the words and the pointers that may come next."""
        name = state.open()
        heads = {name: ()} if name.startswith("<") else GRAMMAR[name]
        words = [head for head in heads if not head.startswith("<") and self._word(head, state)]
        slots = [head for head in heads if head.startswith("<")]
        fits = [
            pointer
            for head in slots
            for pointer in self.names
            if pointer[0] == head[1] and self._fits(pointer, head, state)
        ]
        return words, fits

    def _word(self, word: str, state: Derivation) -> bool:
        if word == "end":
            return state.open() not in _FILLED or state.stack[-1].endswith("+")
        if word in ("join", "inother", "notinother") or (word, state.open()) == ("concat", "SRC"):
            return self._several
        if word in ("wide", "widepct"):
            return state.keys >= 2
        if word in ("line", "area") and state.open() == "WTAIL":
            return not self._runs_across(state)
        if word in _STEPS_ONCE and state.open() in ("TAIL", "GTAIL"):
            return word not in state.symbols[_mode_start(state.symbols) :]
        if word.isdigit() and state.open().rstrip("*") == "VAL":
            return state.comparison not in _COMPARISONS or self._compares(word, state)
        if word[0] in "KA" and word[1:].isdigit() and self._again(word, state):
            return False
        if word[0] == "K" and word[1:].isdigit():
            return int(word[1:]) < state.keys
        if word[0] == "A" and word[1:].isdigit():
            return int(word[1:]) < state.aggregates
        return True

    def _fits(self, pointer: str, head: str, state: Derivation) -> bool:
        item = self.items[pointer]
        if head == "<T>":
            return item.table not in state.tables
        if head.startswith("<C"):
            return not self._again(pointer, state) and self._column_fits(item, head[3:-1], state)
        return self._value_fits(pointer, item, state)

    def _again(self, symbol: str, state: Derivation) -> bool:
        """A list names a thing once, a chart has two different axes, a key is not averaged."""
        name, last = state.open(), state.symbols[-1] if state.symbols else ""
        if (name in _ONCE or (name in ("ANY", "GANY") and last in ("asc", "desc"))) and (
            symbol in state.used
        ):
            return True
        if name == "NUM" and last in _MEASURES and symbol in state.grouped:
            return True
        if last in _STATISTICS and (last, symbol) in _listed(state.symbols):
            return True
        if symbol == last and state.symbols[-2] in _OPERATORS:
            return state.symbols[-2] != "mul" or not self._squares
        if symbol in _added(state.symbols):
            return True
        return symbol == last and state.symbols[-2] in _CHARTS

    def _column_fits(self, item: Item, kinds: str, state: Derivation) -> bool:
        if kinds == "other":
            return item.table not in state.tables
        if item.table not in state.tables or item.kind not in SLOT_KINDS[kinds]:
            return False
        if state.symbols[-1] in _TRUTHS and not _agrees(item):
            return False
        if state.symbols[-1] in _BARS and not _CUTS & set(state.symbols) and self._repeats(item):
            return False
        return state.open() not in ("VAL", "VAL*") or self._comparable(item, state)

    def _compares(self, word: str, state: Derivation) -> bool:
        """A number that the request does not name is 0, or the yes or no of a column of both."""
        item = self.items.get(state.column)
        if item is None or item.kind in ("string", "category"):
            return item is None
        low, high = (item.column.low, item.column.high) if item.column else ("", "")
        equal = state.comparison in ("eq", "ne")
        return word == "0" or not equal or not low or (low, high) == ("0", "1")

    def _runs_across(self, state: Derivation) -> bool:
        """Tell a line whose dates are its series: time runs along x."""
        if "by" not in state.symbols:
            return False
        start = state.symbols.index("by") + 1
        first, second = state.symbols[start : start + 2]
        return first in self.items and not self._is_time(first) and self._is_time(second)

    def _is_time(self, symbol: str) -> bool:
        item = self.items.get(symbol)
        return symbol in _TIMES if item is None else item.kind in SLOT_KINDS["date"]

    def _repeats(self, item: Item) -> bool:
        """Tell that rows of the table share a text of the column: one bar stands for several."""
        table, column = self._tables[item.table], item.column
        if column is None or column.distinct is None or table.rows is None or table.looked_at:
            return False
        return column.distinct + (column.missing or 0) < table.rows

    def _comparable(self, item: Item, state: Derivation) -> bool:
        """A column is compared with another one of its own sort."""
        column = self.items.get(state.column)
        return column is None or (item is not column and _sort(item.kind) == _sort(column.kind))

    def _value_fits(self, pointer: str, item: Item, state: Derivation) -> bool:
        value = self._values[pointer]
        if _NAMED & set(state.symbols[-2:]) and pointer in _new_names(state.symbols):
            return False
        if state.comparison in ("and-to", "in", "notin") and pointer in state.symbols[-3:]:
            return False
        if state.open() == "INT":
            return isinstance(value, int) and value > 0
        if state.comparison not in _COMPARISONS or state.column not in self.items:
            return True
        column = self.items[state.column]
        if item.column is not None and state.comparison not in _ORDERED:
            return (item.table, item.column.position) == (
                column.table,
                column.column.position if column.column else None,
            )
        if column.kind in ("integer", "float"):
            return isinstance(value, (int, float))
        return True


def advance(state: Derivation, symbol: str, items: dict[str, Item]) -> Derivation:
    """Return the state after one more symbol, which must be allowed."""
    top, stack = state.stack[-1], state.stack[:-1]
    name, _, tag = top.partition("@")
    written = (*state.symbols, symbol)
    if name.startswith("<"):
        return _point(replace(state, symbols=written, stack=stack), symbol, items)
    head = slot(name, symbol)
    assert head is not None
    parts = list(GRAMMAR[name][head])
    changes: dict[str, Any] = {}
    if name.endswith("*") and symbol != "end":
        # A list goes on under its own tag; `+` says that it holds something already.
        parts[-1] = f"{name}@{tag.rstrip('+')}+"
        counted = {"keys": "keys", "aggregates": "aggregates"}.get(tag.rstrip("+"))
        if counted:
            changes[counted] = getattr(state, counted) + 1
    if symbol == "by" and name == "TAIL":
        parts = ["ANY*@keys", "AGG*@aggregates", "GTAIL"]
    if symbol == "new" and name == "GTAIL":
        changes["aggregates"] = state.aggregates + 1
    grown = replace(state, symbols=written, stack=(*stack, *reversed(parts)), **changes)
    if (
        not name.endswith("*") and any(part.endswith("*") for part in GRAMMAR[name][head])
    ) or symbol == "end":
        grown = replace(grown, used=())
    if is_pointer(symbol) or (symbol[0] in "KA" and symbol[1:].isdigit()):
        grown = replace(grown, used=(*grown.used, symbol))
    if tag.startswith("keys") and is_pointer(symbol):
        grown = replace(grown, grouped=(*grown.grouped, symbol))
    if is_pointer(symbol):
        return _point(grown, symbol, items)
    if symbol in _COMPARISONS:
        return replace(grown, comparison=symbol, column="")
    if symbol.isdigit() and name.rstrip("*") == "VAL":
        return _compared(grown)
    return replace(grown, comparison="") if symbol in _FREE else grown


def _point(state: Derivation, symbol: str, items: dict[str, Item]) -> Derivation:
    if symbol[0] == "T":
        return replace(state, tables=(*state.tables, items[symbol].table))
    if symbol[0] == "C":
        return replace(state, column=symbol)
    return _compared(state)


def _compared(state: Derivation) -> Derivation:
    """After a value the comparison has what it asked for, or asks for its second value."""
    return replace(state, comparison=_AFTER_VALUE.get(state.comparison, state.comparison))


def derives(symbols: Sequence[str], pointers: Pointers) -> bool:
    """Tell whether a whole plan is one that decoding could write (a test of both)."""
    state = Derivation()
    for symbol in symbols:
        if state.done:
            return False
        words, fits = pointers.allowed(state)
        if symbol not in words and symbol not in fits:
            return False
        state = advance(state, symbol, pointers.items)
    return state.done
