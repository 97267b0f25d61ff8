"""Pieces of Python source <-> bigger pieces: brackets, names, literals, line breaks."""

from __future__ import annotations

import ast
import keyword
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

WIDTH = 92
"""Lines longer than this are broken at their last method calls."""

_ATOMS = (ast.Name, ast.Constant, ast.Call, ast.Subscript, ast.Attribute, ast.List, ast.Tuple)


def _node(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def atom(text: str) -> str:
    """Put brackets around source that a method call could not follow.

    >>> atom("a + b"), atom("df['x']")
    ('(a + b)', "df['x']")
    """
    node = _node(text)
    bare = isinstance(node, _ATOMS) and not (
        isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
    )
    return text if bare else f"({text})"


def operand(text: str, operator: str, *, right: bool = False) -> str:
    """Put brackets around an operand where the operator would read it otherwise.

    >>> operand("a + b", "*"), operand("a * b", "+"), operand("a > 1", "&")
    ('(a + b)', 'a * b', '(a > 1)')
    """
    node = _node(text)
    if isinstance(node, _ATOMS) or (isinstance(node, ast.UnaryOp) and operator in "&|"):
        return text
    if isinstance(node, ast.BinOp):
        rank, own = _rank(type(node.op)), _RANKS[operator]
        if rank > own or (rank == own and not right and rank < 5):
            return text
    return f"({text})"


_RANKS = {"|": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, ">": 0}
_SIGNS = {ast.BitOr: 1, ast.BitAnd: 2, ast.Add: 3, ast.Sub: 3, ast.Mult: 4, ast.Div: 4}


def _rank(sign: type[ast.operator]) -> int:
    return next((rank for kind, rank in _SIGNS.items() if issubclass(sign, kind)), 5)


def binary(left: str, operator: str, right: str) -> str:
    """Join two operands by an operator, with the brackets that it needs."""
    return f"{operand(left, operator)} {operator} {operand(right, operator, right=True)}"


def compare(left: str, operator: str, right: str) -> str:
    """Write a comparison; only comparisons and `not` bind less than one."""
    return f"{operand(left, '>')} {operator} {operand(right, '>')}"


def quoted(text: str) -> str:
    """Write a text as a literal with double quotes where that needs no escapes."""
    plain = repr(text)
    if plain.startswith("'") and '"' not in text:
        return '"' + plain[1:-1].replace("\\'", "'") + '"'
    return plain


def literal(source: str) -> str:
    """Normalise the quotes of a literal; tuples and numbers stay as they are."""
    value = ast.literal_eval(source)
    return quoted(value) if isinstance(value, str) else source


def snake(text: str) -> str:
    """Fold a label to a Python name.

    >>> snake("Average Price (€)"), snake("año"), snake("2nd")
    ('average_price', 'ano', 'n_2nd')
    """
    flat = unicodedata.normalize("NFKD", text)
    flat = "".join(char for char in flat if not unicodedata.combining(char))
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", flat)
    name = re.sub(r"[^0-9a-z]+", "_", spaced.lower()).strip("_")
    if not name:
        return "column"
    if name[0].isdigit():
        name = f"n_{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def keywords(pairs: Iterable[tuple[str, str]]) -> str:
    """Write `name=value` arguments; names that Python does not allow go through `**`.

    >>> keywords([("a", "1"), ("b c", "2")])
    'a=1, **{"b c": 2}'
    """
    plain: list[tuple[str, str]] = []
    other: list[tuple[str, str]] = []
    for name, value in pairs:
        fits = name.isidentifier() and not keyword.iskeyword(name) and name != "self"
        (plain if fits else other).append((name, value))
    parts = [f"{name}={value}" for name, value in plain]
    if other:
        parts.append("**{" + ", ".join(f"{quoted(n)}: {v}" for n, v in other) + "}")
    return ", ".join(parts)


def listed(parts: Sequence[str]) -> str:
    """Write one part as itself and several as a list."""
    return parts[0] if len(parts) == 1 else "[" + ", ".join(parts) + "]"


def broken(statement: str) -> str:
    """Break a long one-line statement at its top-level method calls, else at its arguments."""
    if len(statement) <= WIDTH or "\n" in statement:
        return statement
    try:
        body = ast.parse(statement).body[0]
    except SyntaxError:  # the head or the body of a loop, which is written in pieces
        return statement
    if not isinstance(body, (ast.Expr, ast.Assign)):
        return statement
    raw = statement.encode()
    start, places = body.value.col_offset, _dots(body.value, raw)
    if len(places) < 2:
        return _exploded(statement, body.value)
    cuts = [start, *places, len(raw)]
    links = [raw[a:b].decode() for a, b in pairwise(cuts)]
    if links[0].isidentifier():
        links[:2] = [links[0] + links[1]]
    inner = "\n".join(_indented(link) for link in links)
    return f"{raw[:start].decode()}(\n{inner}\n)"


def _indented(link: str) -> str:
    if len(link) + 4 <= WIDTH:
        return "    " + link
    # A link alone is no expression: it is broken as a call on a name, which then goes.
    whole = "_" + link if link.startswith(".") else link
    lines = _exploded(whole, ast.parse(whole, mode="eval").body).splitlines()
    lines[0] = lines[0].removeprefix("_") if link.startswith(".") else lines[0]
    return "\n".join("    " + line for line in lines)


def _filter_lines(text: str, node: ast.expr) -> str:
    """Write each part of a filter's condition on a line of its own."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.BinOp):
        return ""
    kind, rest = type(node.slice.op), node.slice
    if kind not in (ast.BitAnd, ast.BitOr):
        return ""
    raw, end = text.encode(), (node.end_col_offset or 0) - 1
    sign = b"&" if kind is ast.BitAnd else b"|"
    # Between two operands stand brackets, spaces and the sign, and nothing else.
    cuts = [raw.index(sign, rest.left.end_col_offset or 0)]
    while isinstance(rest.left, ast.BinOp) and type(rest.left.op) is kind:
        rest = rest.left
        cuts.insert(0, raw.index(sign, rest.left.end_col_offset or 0))
    begin = raw.index(b"[", node.value.end_col_offset or 0) + 1
    lines = [raw[a:b].decode().strip() for a, b in pairwise([begin, *cuts, end])]
    inner = "".join(f"    {line}\n" for line in lines)
    return f"{raw[:begin].decode()}\n{inner}{raw[end:].decode()}"


def _exploded(text: str, node: ast.expr) -> str:
    """Write each argument of the outermost call on a line of its own."""
    if isinstance(node, ast.Subscript) and (lines := _filter_lines(text, node)):
        return lines
    while isinstance(node, ast.Subscript):
        node = node.value
    if not isinstance(node, ast.Call) or not (node.args or node.keywords):
        return text
    raw = text.encode()
    begin = raw.index(b"(", node.func.end_col_offset or 0) + 1
    end = (node.end_col_offset or 0) - 1
    parts = [(arg.col_offset, arg.end_col_offset) for arg in node.args]
    parts += [(word.col_offset, word.end_col_offset) for word in node.keywords]
    inner = "".join(f"    {raw[a:b].decode()},\n" for a, b in parts)
    return f"{raw[:begin].decode()}\n{inner}{raw[end:].decode()}"


def _dots(node: ast.expr, raw: bytes) -> list[int]:
    """Byte offsets of the dots before the called methods of a chain, first to last."""
    places: list[int] = []
    while True:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            inner = node.func.value
            if isinstance(inner, ast.Attribute) and inner.attr in {"plot", "dt", "str"}:
                inner = inner.value
            places.append(raw.index(b".", inner.end_col_offset or 0))
            node = inner
        elif isinstance(node, ast.Subscript) or (
            isinstance(node, ast.Attribute) and not isinstance(node.value, ast.Name)
        ):
            node = node.value
        else:
            found = sorted(places)
            return found[1:] if found and _is_module(node) else found


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"pd", "np", "plt"}
