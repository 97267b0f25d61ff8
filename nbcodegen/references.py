"""Request + tables -> what the request names outright: `@df`, `df["col"]`, `df.col`, a column.

A name that is certainly meant as one, and stands for nothing, is an error with the nearest real
one. Only certain cases count: a false alarm stops a request that the model could have served.
So names that the request may be giving (`call it total_price`) are left alone, and so are texts
that may be cells.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from nbcodegen.errors import UnknownName
from nbcodegen.values import ColumnSchema, TableSchema

NEAR = 0.75

_MENTION = re.compile(r"(?<![\w@.])@([^\W\d]\w*)")
_SUBSCRIPT = re.compile(r"""@?\b([^\W\d]\w*)\[\s*(["'])([^"'\[\]]+)\2\s*\]""")
_DOTTED = re.compile(r"(?<![\w.@/])(@?)([^\W\d]\w*)\.([^\W\d]\w*)(?![\w(/])(?!\.\w)")
_BACKTICKED = re.compile(r"`([^`\n]+)`")
_SNAKE = re.compile(r"(?<![\w.@/\"'`\[])([^\W\d_][^\W_]*(?:_[^\W_]+)+)(?![\w(/.\"'`\]])(?!\.\w)")
_QUOTED = re.compile(r"\"[^\"\n]*\"|(?<!\w)'[^'\n]*'(?!\w)|“[^”]*”|«[^»]*»")
_GIVES_NAMES = re.compile(
    r"\b(?:add|create|new|rename|call|called|name|named|label|labelled|labeled|titled?|assign|"
    r"store|save|derive|agrega|agregar|añade|añadir|crea|crear|nuev[oa]s?|renombra|renombrar|"
    r"llama\w*|nombra\w*|nombre|titul\w*|guarda\w*|asigna\w*|deriva\w*)\b",
    re.IGNORECASE,
)
_GIVEN_AFTER = re.compile(
    r"\b(?:as|into|to|compute|calculate|define|como|a|calcula\w*|define)\s+(?:the\s+|la\s+|el\s+)?`?$",
    re.IGNORECASE,
)
_CELL_AFTER = re.compile(
    r"(?:\b(?:is|are|equals?|equal to|not|es|sea|son|igual a)|[=<>])\s*$", re.I
)
_GIVEN_BEFORE = re.compile(r"`?\s*(?:=(?!=)|:=|as\b|como\b)", re.IGNORECASE)
_TEXT_BEFORE = re.compile(
    r"\b(?:contain\w*|includ\w*|start\w*|begin\w*|end\w*|with|has|having|contien\w*|incluy\w*|"
    r"empiez\w*|comienz\w*|termin\w*|con|de)\W*$",
    re.IGNORECASE,
)
_COLUMN_BEFORE = re.compile(
    r"\b(?:by|per|each|every|average|mean|median|total|sum of|columns?|por|cada|promedio|media|"
    r"mediana|suma de|columnas?)\s+(?:of\s+|de\s+|the\s+|la\s+|el\s+)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class References:
    """A request with its `@` marks taken off, and the tables they marked."""

    request: str
    tables: tuple[str, ...]


def read_references(
    request: str, tables: Sequence[TableSchema], known: Collection[str] = ()
) -> References:
    """Take the `@table` marks from a request; raise for a name that stands for nothing.

    `known` are other names that the request may use: the user's variables, the code before.
    """
    names = [table.name for table in tables]
    marked = tuple(dict.fromkeys(_mentioned(request, names)))
    pattern = re.compile(rf"(?<![\w@.])@(?={'|'.join(map(re.escape, names)) or '$.'}\b)")
    plain = pattern.sub("", request)
    for table, label in _column_names(plain, tables, known):
        _refuse(label, [table] if table else list(tables))
    return References(plain, marked)


def restrict(tables: Sequence[TableSchema], names: Collection[str]) -> tuple[TableSchema, ...]:
    """Keep the tables of these names, all without any; an unknown name is an error."""
    have = [table.name for table in tables]
    for name in names:
        if name not in have:
            raise UnknownName(_no_table(name, have))
    return tuple(table for table in tables if not names or table.name in names)


def _mentioned(request: str, names: Sequence[str]) -> Iterator[str]:
    for found in _MENTION.finditer(_without_quotes(request)):
        name = found.group(1)
        if name in names:
            yield name
        elif not _is_text(request, found):
            raise UnknownName(_no_table(name, names, mark="@"))


def _is_text(request: str, found: re.Match[str]) -> bool:
    """Whether an `@word` that is no table is a piece of text: `ends with @mail.com`."""
    domain = re.match(r"\.\w", request[found.end() :])
    return bool(domain or _TEXT_BEFORE.search(request[: found.start()]))


def _no_table(name: str, names: Sequence[str], mark: str = "") -> str:
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {mark}{close[0]}?" if close else f"there are {', '.join(names)}"
    return f"There is no table {name!r} here; {hint}"


def _column_names(
    request: str, tables: Sequence[TableSchema], known: Collection[str]
) -> Iterator[tuple[TableSchema | None, str]]:
    """Names in a request that stand for nothing and are certainly meant as columns."""
    by_name = {table.name: table for table in tables}
    for found in _SUBSCRIPT.finditer(request):
        table = by_name.get(found.group(1))
        if table and not _gives_names(request) and not _has([table], found.group(3)):
            yield table, found.group(3)
    plain = _without_quotes(request)
    for found in _DOTTED.finditer(plain):
        table = by_name.get(found.group(2))
        if table and _is_lost_attribute(table, found.group(3)):
            yield table, found.group(3)
    if not _gives_names(request):
        yield from ((None, label) for label in _lost_words(plain, tables, known))


def _lost_words(
    request: str, tables: Sequence[TableSchema], known: Collection[str]
) -> Iterator[str]:
    for found in _BACKTICKED.finditer(request):
        label = found.group(1)
        if _is_given(request, found) or label in known or not label.isidentifier():
            continue
        if not _stands(label, tables):
            yield label
    for found in _SNAKE.finditer(request):
        word = found.group(1)
        if _is_given(request, found) or word in known or _stands(word, tables):
            continue
        if _close(word, tables) or _COLUMN_BEFORE.search(request[: found.start()]):
            yield word


def _refuse(label: str, tables: Sequence[TableSchema]) -> NoReturn:
    owner = f"table {tables[0].name!r} has" if len(tables) == 1 else "no table here has"
    no = "no" if len(tables) == 1 else "a"
    close = _close(label, tables, cutoff=0.5)
    labels = [column.label for table in tables for column in _columns(table)]
    hint = "closest" if close else "there are"
    shown = ", ".join(repr(each) for each in (close or labels[:8]))
    more = ", ..." if not close and len(labels) > 8 else ""
    raise UnknownName(
        f"The request names a column {label!r}, but {owner} {no} column of that name; "
        f"{hint}: {shown}{more}"
    )


def _gives_names(request: str) -> bool:
    return bool(_GIVES_NAMES.search(request))


def _is_given(request: str, found: re.Match[str]) -> bool:
    """Whether a word is made up here (`as total_price`, `total_price = ...`), or may be a cell."""
    before, after = request[: found.start()], request[found.end() :]
    places = (_GIVEN_AFTER.search(before), _CELL_AFTER.search(before), _GIVEN_BEFORE.match(after))
    return any(places)


def _without_quotes(request: str) -> str:
    """Blank out quoted texts, keeping places: what is in them is data."""
    return _QUOTED.sub(lambda found: " " * len(found.group()), request)


def _columns(table: TableSchema) -> tuple[ColumnSchema, ...]:
    return (*table.columns, *table.index)


def _cut(table: TableSchema) -> bool:
    """Whether the schema holds fewer columns than the live table: then nothing is certain."""
    return table.width > len(table.columns)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _has(tables: Sequence[TableSchema], label: str) -> bool:
    wanted = _folded(label)
    return any(
        _cut(table) or any(_folded(column.label) == wanted for column in _columns(table))
        for table in tables
    )


def _stands(name: str, tables: Sequence[TableSchema]) -> bool:
    """Whether a name is a table, a column, words of one column, or a cell."""
    parts = {part.rstrip("s") for part in name.lower().split("_")}
    for table in tables:
        if _cut(table) or table.name == name:
            return True
        for column in _columns(table):
            words = {word.rstrip("s") for word in re.findall(r"[^\W_]+", column.label.lower())}
            cells = {cell.lower() for cell in column.values}
            if parts <= words or words <= parts or name.lower() in cells:
                return True
    return _has(tables, name)


def _is_lost_attribute(table: TableSchema, name: str) -> bool:
    """Whether `table.name` is a misspelt column rather than a method, a file or two sentences."""
    if _has([table], name) or not _close(name, [table]):
        return False
    return name not in _frame_attributes()


def _frame_attributes() -> Collection[str]:
    # Where pandas has not been imported, no table is pandas' own.
    pandas = sys.modules.get("pandas")
    return dir(pandas.DataFrame) if pandas else ()


def _close(label: str, tables: Sequence[TableSchema], cutoff: float = NEAR) -> list[str]:
    labels = {column.label.lower(): column.label for table in tables for column in _columns(table)}
    close = difflib.get_close_matches(label.lower(), list(labels), n=3, cutoff=cutoff)
    return [labels[each] for each in close]
