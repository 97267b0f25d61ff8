"""Where the names inside f-strings stand in the source, on every Python from 3.10.

Before Python 3.12 the tree's positions inside f-strings cannot be trusted, so there the
literal is read again: each replacement field is cut out and parsed by itself.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

OPENING = re.compile(rb"([A-Za-z]*)('''|\"\"\"|'|\")")
TRUSTED = sys.version_info >= (3, 12)


class Source:
    """Source text as bytes, the unit in which the tree counts columns."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def start(self, node: ast.expr | ast.stmt) -> int:
        return self.starts[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr | ast.stmt) -> int:
        return self.starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)


def name_offsets(tree: ast.AST, text: bytes) -> dict[ast.Name, int]:
    """Map every Name node of the tree to the byte offset where it stands."""
    return dict(_located(tree, Source(text)))


def _located(node: ast.AST, source: Source) -> Iterator[tuple[ast.Name, int]]:
    if isinstance(node, ast.Name):
        yield node, source.start(node)
    elif isinstance(node, ast.JoinedStr) and not TRUSTED:
        yield from _inside(node, source)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _located(child, source)


def _inside(node: ast.JoinedStr, source: Source) -> Iterator[tuple[ast.Name, int]]:
    """Pair the literal's names with those of its fields read again: both come in one order."""
    start, end = source.start(node), source.end(node)
    offsets = [
        field + place for field, text in _fields(source.text[start:end]) for place in _places(text)
    ]
    names = list(_names(node))
    if len(names) == len(offsets):
        yield from ((name, start + place) for name, place in zip(names, offsets, strict=True))


def _names(node: ast.AST) -> Iterator[ast.Name]:
    if isinstance(node, ast.Name):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _names(child)


def _places(field: bytes) -> Iterator[int]:
    """Offsets of the names in one field's expression."""
    wrapped = b"(" + field + b"\n)"
    try:
        tree = ast.parse(wrapped)
    except SyntaxError:
        return
    yield from (place - 1 for _, place in _located(tree, Source(wrapped)))


def _fields(literal: bytes) -> Iterator[tuple[int, bytes]]:
    """Cut the expressions out of one or more adjacent string literals."""
    place = 0
    while place < len(literal):
        opening = OPENING.match(literal, place)
        if opening is None:
            place = _after_gap(literal, place)
            continue
        prefix, quote = opening.group(1).lower(), opening.group(2)
        place = opening.end()
        close = _closing(literal, place, quote)
        if b"f" in prefix:
            yield from _replacements(literal, place, close, raw=b"r" in prefix)
        place = close + len(quote)


def _after_gap(text: bytes, place: int) -> int:
    if text[place : place + 1] != b"#":
        return place + 1
    end = text.find(b"\n", place)
    return len(text) if end < 0 else end


def _closing(text: bytes, place: int, quote: bytes) -> int:
    while place < len(text) and not text.startswith(quote, place):
        place += 2 if text[place : place + 1] == b"\\" else 1
    return place


def _replacements(text: bytes, place: int, end: int, *, raw: bool) -> Iterator[tuple[int, bytes]]:
    """Fields between `place` and `end`, those nested in format specs included."""
    while place < end:
        here = text[place : place + 1]
        if not raw and text.startswith(b"\\N{", place):
            place = text.index(b"}", place) + 1
        elif text[place : place + 2] in (b"{{", b"}}") or (
            not raw and here + text[place + 1 : place + 2] == b"\\\\"
        ):
            place += 2
        elif here == b"{":
            stop = _expression_end(text, place + 1, end)
            yield place + 1, _bare(text[place + 1 : stop])
            spec = _spec_start(text, stop)
            place = _field_end(text, spec, end)
            yield from _replacements(text, spec, place - 1, raw=raw)
        else:
            place += 1


def _expression_end(text: bytes, place: int, end: int) -> int:
    depth = 0
    while place < end:
        here = text[place : place + 1]
        if here in b"'\"":
            opening = OPENING.match(text, place)
            quote = opening.group(2) if opening else here
            place = _closing(text, place + len(quote), quote) + len(quote)
            continue
        if depth == 0 and (here in b":}" or (here == b"!" and text[place + 1 : place + 2] != b"=")):
            return place
        depth += (here in b"([{") - (here in b")]}")
        place += 1
    return end


def _bare(expression: bytes) -> bytes:
    """Drop the `=` of `{value=}`."""
    stripped = expression.rstrip()
    if stripped.endswith(b"=") and stripped[-2:-1] not in (b"=", b"!", b"<", b">"):
        return stripped[:-1]
    return expression


def _spec_start(text: bytes, place: int) -> int:
    while text[place : place + 1] not in (b":", b"}", b""):
        place += 1
    return place + (text[place : place + 1] == b":")


def _field_end(text: bytes, place: int, end: int) -> int:
    """Return the offset after the brace that closes the field."""
    depth = 1
    while place < end and depth:
        depth += (text[place : place + 1] == b"{") - (text[place : place + 1] == b"}")
        place += 1
    return place
