"""Code -> code for a trial run: what would be written to a file is evaluated instead.

Every line stays where it is, since what fails in a trial is reported by its line.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nbcodegen.checks.fstrings import Source
from nbcodegen.checks.origins import Origins, origins
from nbcodegen.checks.policy.files import file_uses

OPENERS = frozenset({"open", "ExcelWriter", "HDFStore", "PdfPages", "memmap", "output_stream"})
"""They return what the code goes on to write to: nothing can stand in their place."""
STANDS_ALONE = (ast.Name, ast.Attribute, ast.Call, ast.Subscript)


def without_writes(code: str) -> str:
    """Replace each call that writes a file by what it would have written.

    Code that does not parse, and code that writes nothing, is returned as it is.

    >>> without_writes('homes.head().to_csv("x.csv")')
    'homes.head()'
    """
    try:
        while (edited := _without_innermost(code)) != code:
            code = edited
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return code


def _without_innermost(code: str) -> str:
    """Replace the writes that have no other write within them, from the last to the first."""
    tree = ast.parse(code)
    known, text = origins(tree, (), ()), code.encode()
    calls = _calls(tree, known)
    for call in sorted(calls, key=Source(text).start, reverse=True):
        if not any(inner in calls for inner in ast.walk(call) if inner is not call):
            text = _edited(text, call, _kept(call, known))
    return text.decode()


def _calls(tree: ast.Module, known: Origins) -> set[ast.Call]:
    reachable = set(_outside_f_strings(tree))
    ending = (use.node for use in file_uses(tree, known) if use.writes and use.name not in OPENERS)
    return {call for call in ending if isinstance(call, ast.Call) and call in reachable}


def _outside_f_strings(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes whose places in the text can be trusted on every Python."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.JoinedStr):
            yield from _outside_f_strings(child)


def _kept(call: ast.Call, known: Origins) -> ast.expr | None:
    """What a call of a method is made on; None for a function, and for a figure by its name."""
    if not isinstance(call.func, ast.Attribute) or known.dotted(call.func):
        return None
    owner = call.func.value
    return None if call.func.attr == "savefig" and isinstance(owner, ast.Name) else owner


def _edited(text: bytes, call: ast.Call, kept: ast.expr | None) -> bytes:
    source = Source(text)
    start, end = source.start(call), source.end(call)
    first, last = (source.start(kept), source.end(kept)) if kept else (start, start)
    above, below = text[start:first].count(b"\n"), text[last:end].count(b"\n")
    new = b"\n" * above + (text[first:last] if kept else b"None") + b"\n" * below
    if isinstance(call.func, ast.Attribute) and call.func.attr == "savefig" and kept:
        new = b"(" + new + b", None)[1]"  # drawn, but not shown as the cell's result
    elif above or below or (kept and not isinstance(kept, STANDS_ALONE)):
        new = b"(" + new + b")"
    return text[:start] + new + text[end:]
