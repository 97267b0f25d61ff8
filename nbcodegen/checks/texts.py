"""Expression -> the texts that it can come to, with a hole where that cannot be known."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import TypeAlias

HOLE = "unwritten"
"""Stands for what the code does not spell out; a word, so that the text around it parses."""
MOST = 100
LONGEST = 10_000
"""More or longer texts than these are as good as unwritten."""
Held: TypeAlias = Mapping[str, tuple[ast.expr, ...]]


def texts(node: ast.expr, held: Held) -> tuple[str, ...]:
    """List the texts of an expression: `f"{how}_x"` is two where `how` is one of two.

    >>> texts(ast.parse("'a' + b", mode="eval").body, {"b": (ast.Constant("c"),)})
    ('ac',)
    """
    return _Speller(held).texts(node)


class _Speller:
    """Spells out each variable once: `a = b + b` and `b = c + c` would double without end."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.known: dict[str, tuple[str, ...]] = {}

    def texts(self, node: ast.expr) -> tuple[str, ...]:
        found = tuple(islice(self._texts(node), MOST + 1))
        return found if len(found) <= MOST else (*found[:MOST], HOLE)

    def _texts(self, node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.Constant):
            yield str(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from self._joined(node.values)
        elif isinstance(node, ast.FormattedValue):
            yield from self._texts(node.value)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            yield from self._joined((node.left, node.right))
        elif isinstance(node, ast.Name):
            yield from self._variable(node.id)
        elif isinstance(node, ast.Starred):
            yield from self._each(node.value)
        else:
            yield _unknown(node)

    def _joined(self, parts: Sequence[ast.expr]) -> Iterator[str]:
        for chosen in product(*(self.texts(part) for part in parts)):
            text = "".join(chosen)
            yield text if len(text) <= LONGEST else "@" + HOLE

    def _variable(self, name: str) -> tuple[str, ...]:
        if name not in self.known:
            self.known[name] = (HOLE,)  # what it is made from itself
            values = self.held.get(name, ())
            self.known[name] = tuple(t for value in values for t in self.texts(value)) or (HOLE,)
        return self.known[name]

    def _each(self, iterable: ast.expr) -> Iterator[str]:
        """Texts of what a loop goes over, where it is spelled out."""
        if isinstance(iterable, ast.Name) and len(self.held.get(iterable.id, ())) == 1:
            iterable = self.held[iterable.id][0]
        if isinstance(iterable, ast.List | ast.Tuple | ast.Set):
            for element in iterable.elts:
                yield from self._texts(element)
        else:
            yield HOLE


def _unknown(node: ast.expr) -> str:
    """A hole; it begins with `@` where the expression is made with one."""
    inside = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return "@" * any(isinstance(value, str) and "@" in value for value in inside) + HOLE
