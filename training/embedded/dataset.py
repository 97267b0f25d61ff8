"""Example -> the arrays that the network learns from, through the product's own renderer."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random

from nbcodegen.embedded.reader import MAX_TOKENS, Encoded, Marks, encode
from nbcodegen.linking import plain
from nbcodegen.plan import WORDS
from nbcodegen.prompt import names, render
from nbcodegen.training.grammar.roles import DATES
from nbcodegen.training.records import Example
from nbcodegen.values import ColumnSchema, Item, Privacy, Prompt, TableSchema

WORD_IDS = {word: number for number, word in enumerate(WORDS)}
FIRST_POINTER = len(WORDS) + 1
"""Targets: words of the plan language, then the end of the plan, then the prompt's pointers."""
END = len(WORDS)


class Tokens:
    """Word pieces of a WordPiece vocabulary, one word at a time."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        vocab = self._tokenizer.get_vocab()
        self.marks = Marks(
            vocab["[CLS]"], vocab["[SEP]"], vocab["[unused1]"], vocab["[unused2]"],
            vocab["[unused3]"],
        )  # fmt: skip
        self.pieces = lru_cache(maxsize=200_000)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids)


@dataclass(slots=True)
class Row:
    """One encoded example: what is read, and the symbols to write."""

    read: Encoded
    target: list[int]


class Unusable(Exception):
    """An example that cannot be learnt from; says why in two words."""


def row(example: Example, tokens: Tokens, rng: Random) -> Row:
    """Shuffle the columns, render, and resolve the plan's pointers against the prompt."""
    privacy: Privacy = "names" if rng.random() < 0.06 else "samples"
    tables = tuple(_shuffled(table, rng) for table in example.tables)
    previous = _code(example) if example.previous else ""
    prompt = render(tables, example.request, privacy=privacy, previous=previous)
    symbols = resolve(example, prompt)
    read = encode(prompt, tokens.pieces, tokens.marks)
    if len(read.ids) > MAX_TOKENS:
        raise Unusable("too long")
    pointer_ids = {name: FIRST_POINTER + at for at, name in enumerate(names(prompt.items))}
    target = [pointer_ids[s] if s in pointer_ids else WORD_IDS[s] for s in symbols]
    return Row(read, [*target, END])


def _shuffled(table: TableSchema, rng: Random) -> TableSchema:
    """Dates keep their order among themselves: what nobody names is the first of them."""
    columns = list(table.columns)
    rng.shuffle(columns)
    dates = iter([column for column in table.columns if column.kind in DATES])
    ordered = (next(dates) if column.kind in DATES else column for column in columns)
    return replace(table, columns=tuple(ordered))


def _code(example: Example) -> str:
    """The previous plan as the cell that the product would have written."""
    from nbcodegen.rendering.cell import render as write

    request = " ".join(repr(value) for value in _values(example.previous))
    prompt = render(example.tables, request, privacy="samples")
    before = replace(example, plan=example.previous, previous=())
    pointers = dict(zip(names(prompt.items), prompt.items, strict=True))
    return write(resolve(before, prompt), pointers, example.tables)


def _values(symbols: Sequence[str]) -> list[object]:
    return [ast.literal_eval(symbol[2:]) for symbol in symbols if symbol.startswith("V=")]


def resolve(example: Example, prompt: Prompt) -> tuple[str, ...]:
    """Replace `C0.3` and `V=5` by the prompt's own pointers.

    Columns are counted from the left; levels of the index come after the last of them.
    """
    named = list(zip(names(prompt.items), prompt.items, strict=True))
    symbols, last = [], (-1, -9)
    for symbol in example.plan:
        if symbol.startswith("C") and "." in symbol:
            table, place = (int(part) for part in symbol[1:].split("."))
            schema = example.tables[table]
            column = (*schema.columns, *schema.index)[place]
            last = (table, column.position)
            symbols.append(_column(named, table, column))
        elif symbol.startswith("V="):
            symbols.append(_value(named, ast.literal_eval(symbol[2:]), last))
        else:
            symbols.append(symbol)
    return tuple(symbols)


def _column(named: Sequence[tuple[str, Item]], table: int, wanted: ColumnSchema) -> str:
    """Levels of the index share the position -1, so their keys tell them apart."""
    for name, item in named:
        column = item.column if item.role == "column" and item.table == table else None
        if column and (column.position, column.key) == (wanted.position, wanted.key):
            return name
    raise Unusable("column left out")


def _value(named: Sequence[tuple[str, Item]], value: object, near: tuple[int, int]) -> str:
    fits = [
        (name, item)
        for name, item in named
        if item.role == "value" and _same(ast.literal_eval(item.source), value)
    ]
    if not fits:
        raise Unusable("value not found")
    for name, item in fits:
        if item.column is not None and (item.table, item.column.position) == near:
            return name
    return next((name for name, item in fits if item.column is None), fits[0][0])


def _same(left: object, right: object) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return plain(left) == plain(right)
    if isinstance(left, str) or isinstance(right, str):
        return str(left) == str(right)
    return left == right


def rows(
    examples: Sequence[Example], tokens: Tokens, rng: Random, dropped: Counter[str]
) -> list[Row]:
    """Encode what can be learnt from; count the rest by source and reason."""
    from nbcodegen.plan import PlanError

    found = []
    for example in examples:
        try:
            found.append(row(example, tokens, rng))
        except (Unusable, PlanError) as error:
            dropped[f"{example.source.partition('/')[0]}: {error}"] += 1
    return found
