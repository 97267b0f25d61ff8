"""Code -> findings: text that would run as code, and names put together from text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nbcodegen.checks.origins import EVERYWHERE, Origins
from nbcodegen.checks.policy.insides import hidden
from nbcodegen.checks.policy.queries import reached
from nbcodegen.checks.reading import Reading, line_of
from nbcodegen.checks.texts import HOLE, texts
from nbcodegen.values import Finding

RUNS = re.compile(
    r"builtins\.(eval|exec|compile|__import__|globals|locals|vars|breakpoint|input)"
    r"|IPython(\..*)?\.get_ipython"
)
BY_NAME = {
    **dict.fromkeys(("builtins.getattr", "builtins.setattr", "builtins.delattr"), slice(1, 2)),
    "operator.attrgetter": slice(None),
    "operator.methodcaller": slice(1),
}
"""Functions that take names of attributes, and where among their arguments."""


def text_as_code(reading: Reading) -> Iterator[Finding]:
    """NB103: text must not run as code, nor choose attributes that nobody can read.

    Bad:   eval("price * 2")
    Bad:   homes.query("price > @pd.read_csv('x')")
    Bad:   getattr(homes, name)
    Good:  homes.eval("price * 2")
    Good:  homes.query("price > @limit")
    """
    called = {call.func for call in ast.walk(reading.tree) if isinstance(call, ast.Call)}
    for node in ast.walk(reading.tree):
        name = reading.origins.dotted(node)
        if RUNS.fullmatch(name):
            yield _finding(f"reaches for {_short(name)}()", node, _short(name))
        elif name in BY_NAME and node not in called:
            yield _finding(f"hands on {_short(name)}()", node, _short(name))
        if isinstance(node, ast.Call):
            yield from _names(node, reading.origins)
            yield from _queries(node, reading.origins)


def _names(call: ast.Call, origins: Origins) -> Iterator[Finding]:
    name = origins.dotted(call.func)
    for argument in call.args[BY_NAME[name]] if name in BY_NAME else ():
        for text in texts(argument, origins.held):
            if HOLE in text or any(hidden(part) for part in text.split(".")):
                taken = "a name that the code does not spell out" if HOLE in text else repr(text)
                yield _finding(f"{_short(name)}() takes {taken}", call, _short(name))


def _queries(call: ast.Call, origins: Origins) -> Iterator[Finding]:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in ("query", "eval"):
        return
    given = call.args[:1] or [word.value for word in call.keywords if word.arg == "expr"]
    # A table's `eval` finds columns; pandas' own finds whatever is in scope.
    whole = origins.dotted(call.func) == "pandas.eval"
    outside = {*origins.imported, *EVERYWHERE} - set(origins.held) if whole else set[str]()
    for text in given:
        parts = (reached(each, outside) for each in texts(text, origins.held))
        if part := next(filter(None, parts), ""):
            yield _finding(f".{call.func.attr}() would run {part!r}", call.func, part)


def _short(name: str) -> str:
    return name.rpartition(".")[2]


def _finding(message: str, node: ast.AST, evidence: str) -> Finding:
    return Finding("NB103", message, line_of(node), evidence)
