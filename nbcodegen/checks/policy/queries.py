"""Text that pandas evaluates -> what in it is more than columns and plain variables."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from nbcodegen.checks.policy.insides import DUNDER
from nbcodegen.checks.texts import HOLE

QUOTED = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`""", re.DOTALL)
VARIABLE = "atsign_"
"""Takes the place of `@`, so that Python parses what pandas would evaluate."""
LONGEST = 2_000
"""Characters; nobody writes a longer query by hand."""
SHOWN = 60
UNREADABLE = re.compile(rf"{VARIABLE}\w*({HOLE}|{DUNDER.pattern})")
SUSPECT = re.compile(rf"{DUNDER.pattern}|{VARIABLE}\w+[\s)]*[.(\[]|{UNREADABLE.pattern}")
"""What gives away a text that does not parse, for want of the parts that are not written."""


def reached(text: str, outside: Collection[str] = ()) -> str:
    """Return what the text reaches for beyond columns and plain variables, or nothing.

    `outside` are the names that reach outside the tables without an `@` before them.

    >>> reached("price > @limit and `@home` > 3"), reached("@pd.read_csv('x')")
    ('', '@pd.read_csv')
    """
    if not ("@" in text or "__" in text or outside):
        return ""
    if len(text) > LONGEST:
        return _shown(text)
    bare = QUOTED.sub(lambda quoted: "column" if quoted[0].startswith("`") else "''", text)
    spelled = re.sub(r"@\s*", f" {VARIABLE}", bare)
    try:
        tree = ast.parse("\n".join(line.strip() for line in spelled.splitlines()))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found = SUSPECT.search(spelled)
        return _shown(found[0]) if found else ""
    return next((_shown(ast.unparse(part)) for part in _parts(tree, outside)), "")


def _parts(tree: ast.AST, outside: Collection[str]) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if DUNDER.fullmatch(node.attr) or _leads_out(node.value, outside):
                yield node
        elif isinstance(node, ast.Call):
            if _leads_out(node.func, outside) or DUNDER.fullmatch(ast.unparse(node.func)):
                yield node.func
        elif isinstance(node, ast.Name) and UNREADABLE.match(node.id):
            yield node


def _leads_out(node: ast.expr, outside: Collection[str]) -> bool:
    """Say whether the expression is such a variable, or is taken from one by `[…]`."""
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    taken = isinstance(node, ast.Name | ast.Subscript | ast.List | ast.Tuple)
    return taken and any(name.startswith(VARIABLE) or name in outside for name in names)


def _shown(part: str) -> str:
    return part.replace(VARIABLE, "@").replace(HOLE, "…")[:SHOWN]
