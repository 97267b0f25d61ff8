"""The text of a code cell -> its statements, with IPython's own syntax taken out."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

_CELL_MAGIC = re.compile(r"\s*%%(\w+)[^\n]*\n?")
_AROUND_PYTHON = frozenset("time timeit capture prun memit mprun python python3 pylab".split())
_TIMED = re.compile(r"^(\s*)%(?:time|timeit|prun|memit)\s+(?!-)(?=\S)")
_NOT_PYTHON = re.compile(r"[!%?]|[\w.,][\w., ]*=\s*[!%](?!=)|[\w.]+\s*\?{1,2}\s*$")
_SURELY_MAGIC = re.compile(
    r"^(?:%(?:matplotlib|pylab|config|load_ext|reload_ext|autoreload|pip|conda|cd|ls|whos?)\b|!)",
    re.MULTILINE,
)
_DECORATED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class NotPython(ValueError):
    """A cell is not Python that we can parse; the message is the reason in a few words."""


class Code(NamedTuple):
    """The Python of a cell, parsed."""

    source: str
    lines: list[str]
    body: list[ast.stmt]

    def text(self, first: int, last: int) -> str:
        """Lines from `first` to `last`, counted from 1, without empty ones at either end."""
        return "\n".join(self.lines[first - 1 : last]).strip("\n").rstrip()


def parse(source: str) -> Code:
    """Parse a cell; magics and shell lines are left out. Raises `NotPython`."""
    source = _without_cell_magic(source)
    if _SURELY_MAGIC.search(source) and "'''" not in source and '"""' not in source:
        # Trying it as it stands costs more than the parsing: Python looks for the best message.
        source = _plain(source)
    try:
        return _parsed(source)
    except SyntaxError:
        stripped = _plain(source)
    if stripped == source:
        raise NotPython("the code is no Python 3")
    try:
        return _parsed(stripped)
    except SyntaxError:
        raise NotPython("the code is no Python 3") from None


def first_line(statement: ast.stmt) -> int:
    """Where a statement begins, decorators included."""
    if isinstance(statement, _DECORATED) and statement.decorator_list:
        return min(statement.lineno, *(each.lineno for each in statement.decorator_list))
    return statement.lineno


def last_line(statement: ast.stmt) -> int:
    """Where a statement ends."""
    return statement.end_lineno or statement.lineno


def _parsed(source: str) -> Code:
    try:
        body = ast.parse(source).body
    except (ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, SyntaxError):
            raise
        raise NotPython("the code is no Python 3") from error
    return Code(source, source.split("\n"), body)


def _without_cell_magic(source: str) -> str:
    """Take off `%%time` and its like; a cell in another language raises `NotPython`."""
    while source.lstrip().startswith("%%") and (found := _CELL_MAGIC.match(source)):
        if found[1] not in _AROUND_PYTHON:
            raise NotPython(f"the cell is in another language ({_known(found[1])})")
        source = source[found.end() :]
    return source


def _known(magic: str) -> str:
    usual = {"bash", "sh", "html", "javascript", "js", "sql", "R", "writefile", "latex", "cython"}
    return f"%%{magic}" if magic in usual else "another magic"


def _plain(source: str) -> str:
    return "\n".join(_plain_line(line) for line in source.split("\n"))


def _plain_line(line: str) -> str:
    line = _TIMED.sub(r"\1", line)
    if not _NOT_PYTHON.match(line.lstrip()):
        return line
    indent = line[: len(line) - len(line.lstrip())]
    # A block whose only line was a magic must keep a statement.
    return f"{indent}pass" if indent else ""
