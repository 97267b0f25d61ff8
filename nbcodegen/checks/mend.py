"""Code -> code: missing imports added, names that would overwrite the user's renamed.

Text is edited where nodes stand; everything else keeps its bytes.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from nbcodegen.checks.fstrings import Source, name_offsets
from nbcodegen.checks.scopes import Mention, mentions
from nbcodegen.values import TableSchema

IMPORTS = {
    "pd": "import pandas as pd",
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
}
CONVENTIONAL = frozenset({*IMPORTS, "ax", "fig", "_"})


def mend(code: str, tables: Sequence[TableSchema], names: Collection[str]) -> str:
    """Add the imports that the code lacks and rename what would overwrite the user's names.

    Code that does not parse is returned as it is.
    """
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return code
    found = mentions(tree)
    renamed = _renamed(code, tree, found, _clashes(found, tables, names))
    return _with_imports(renamed, _missing_imports(found, names))


def on_a_copy(
    code: str, table: str, tables: Sequence[TableSchema], names: Collection[str]
) -> tuple[str, str]:
    """Let the code work on a copy of a table; return it and the copy's name.

    Code that cannot be edited surely is returned as it is, with no name.
    """
    tree = ast.parse(code)
    found = mentions(tree)
    mine = [mention for mention in found if mention.name == table]
    if not mine or any(mention.imported or mention.deferred for mention in mine):
        return code, ""
    taken = {*names, *(each.name for each in tables), *(mention.name for mention in found)}
    fresh = _fresh(table, taken)
    first = next(each for each in tree.body if any(node is mine[0].node for node in ast.walk(each)))
    start = Source(code.encode()).start(first)
    head, rest = code.encode()[:start].decode(), code.encode()[start:].decode()
    renamed = _renamed_everywhere(rest, table, fresh)
    if renamed == rest or head.rpartition("\n")[2].strip():
        return code, ""  # not found in the text, or behind a `;`
    return f"{head}{fresh} = {table}.copy()\n{renamed}", fresh


def _renamed_everywhere(code: str, name: str, fresh: str) -> str:
    tree = ast.parse(code)
    found = mentions(tree)
    first = next(mention for mention in found if mention.name == name)
    return _renamed(code, tree, found, {name: (fresh, first)})


def _missing_imports(found: Sequence[Mention], names: Collection[str]) -> list[str]:
    made = {mention.name for mention in found if mention.made}
    read = {mention.name for mention in found} - made - set(names)
    return [line for alias, line in IMPORTS.items() if alias in read]


def _with_imports(code: str, lines: Sequence[str]) -> str:
    if not lines:
        return code
    body = ast.parse(code).body
    newline = "\r\n" if "\r\n" in code else "\n"
    after = 0
    for statement in body:
        if not _must_lead(statement, body[0]):
            break
        after = Source(code.encode()).end(statement)
    head, rest = code.encode()[:after].decode(), code.encode()[after:].decode()
    block = newline.join(lines) + newline
    if head:
        # Behind a leading statement: `;` may follow it on its line, so cut that away.
        return head + newline + block + rest.lstrip(" \t;").removeprefix(newline)
    gap = "" if isinstance(body[0], ast.Import | ast.ImportFrom) else newline
    return block + gap + code


def _must_lead(statement: ast.stmt, first: ast.stmt) -> bool:
    return (isinstance(statement, ast.ImportFrom) and statement.module == "__future__") or (
        statement is first
        and isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )  # fmt: skip


def _clashes(
    found: Sequence[Mention], tables: Sequence[TableSchema], names: Collection[str]
) -> dict[str, tuple[str, Mention]]:
    """Map each name to rename to its new name and to the mention that first makes it."""
    users = {table.name for table in tables}
    taken = {*users, *names, *dir(builtins), *keyword.kwlist, *(m.name for m in found)}
    clashes: dict[str, tuple[str, Mention]] = {}
    for name in dict.fromkeys(mention.name for mention in found):
        if (name not in users and name not in names) or name in CONVENTIONAL:
            continue
        mine = [mention for mention in found if mention.name == name]
        first = next((mention for mention in mine if mention.made), None)
        if first is None or not _replaceable(mine, first):
            continue
        if name in users and _reads(first.source, name):
            continue
        clashes[name] = (_fresh(name, taken), first)
        taken.add(clashes[name][0])
    return clashes


def _replaceable(mine: Sequence[Mention], first: Mention) -> bool:
    """Say whether the name stands for something new from `first` on."""
    if any(mention.imported for mention in mine) or first.updated or first.deferred:
        return False
    earlier = mine[: mine.index(first)]
    # A read above the first making, in a loop, sees the user's value once and ours after.
    return not any(mention.updated or (mention.looped and first.looped) for mention in earlier)


def _reads(source: ast.expr | None, name: str) -> bool:
    nodes = ast.walk(source) if source is not None else iter(())
    return any(isinstance(node, ast.Name) and node.id == name for node in nodes)


def _fresh(name: str, taken: Collection[str]) -> str:
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def _renamed(
    code: str,
    tree: ast.Module,
    found: Sequence[Mention],
    clashes: Mapping[str, tuple[str, Mention]],
) -> str:
    text = code.encode()
    source = Source(text)
    offsets = name_offsets(tree, text) if clashes else {}
    edits: dict[int, tuple[str, str]] = {}
    for name, (fresh, first) in clashes.items():
        mine = [mention for mention in found if mention.name == name]
        places = [_place(m, source, offsets) for m in mine[mine.index(first) :]]
        if None in places:
            continue  # cannot be found in the text: better whole under the old name
        queries = _query_places(tree, name, source, first)
        edits.update((place, (name, fresh)) for place in [*places, *queries] if place is not None)
    for place in sorted(edits, reverse=True):
        name, fresh = edits[place]
        text = text[:place] + fresh.encode() + text[place + len(name.encode()) :]
    return text.decode()


def _place(mention: Mention, source: Source, offsets: Mapping[ast.Name, int]) -> int | None:
    """Return where the name itself stands; None where the text does not show it."""
    node, name = mention.node, mention.name.encode()
    place: int | None
    if isinstance(node, ast.Name):
        place = offsets.get(node)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        place = _word(source, node, rb"(?:async\s+)?(?:def|class)\s+", name)
    elif isinstance(node, ast.ExceptHandler):
        begin = source.start(node)  # type: ignore[arg-type]
        before = source.end(node.type) - begin if node.type else 0
        shown = re.compile(rb"[\s)]*as\s+").match(source.text, begin + before)
        place = shown.end() if shown else None
    else:
        place = None
    shows = place is not None and source.text.startswith(name, place)
    return place if shows else None


def _word(source: Source, node: ast.stmt, before: bytes, name: bytes) -> int | None:
    shown = re.compile(before).match(source.text, source.start(node))
    return shown.end() if shown else None


def _query_places(tree: ast.Module, name: str, source: Source, first: Mention) -> Iterator[int]:
    """Where `query` and `eval` strings below the first making mention `@name`."""
    since = getattr(first.node, "lineno", 1)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        text = node.args[0] if node.args else None
        if node.func.attr not in ("query", "eval") or not isinstance(text, ast.Constant):
            continue
        if isinstance(text.value, str) and text.lineno >= since:
            begin, end = source.start(text), source.end(text)
            pattern = re.compile(rb"@(" + re.escape(name.encode()) + rb")(?!\w)")
            yield from (hit.start(1) for hit in pattern.finditer(source.text, begin, end))
