"""A cell's text -> the function that it begins: a signature, a docstring, and no code yet."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Stub:
    """A function that is to be written."""

    name: str
    source: str
    """As the user wrote it, with a body that Python accepts."""
    head: str
    """Decorators, name, parameters and what it returns, in one spelling."""
    docstring: str

    @property
    def signature(self) -> str:
        """Its last line of the head, without `def`: `slug(text: str) -> str`."""
        return self.head.splitlines()[-1].partition("def ")[2]


def read_stub(text: str) -> Stub | None:
    """Return the function that a text begins; None for a text that is anything else.

    The body is a docstring, `pass`, `...` or `raise NotImplementedError`, or is not there yet.

    >>> read_stub("def double(x: int) -> int:").signature
    'double(x: int) -> int'
    >>> read_stub("def double(x): return 2 * x") is None, read_stub("mean price") is None
    (True, True)
    """
    source = text.strip("\n").rstrip()
    if source.endswith(":"):
        source += " ..."
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if len(body) != 1 or not isinstance(body[0], Function) or not is_begun(body[0]):
        return None
    node = body[0]
    return Stub(node.name, source, head(node), ast.get_docstring(node) or "")


def is_begun(node: Function) -> bool:
    """Say whether a function has no code yet."""
    return all(_is_nothing(each) for each in node.body)


def head(node: Function) -> str:
    """Write all of a function that stands before its body, in one spelling.

    >>> head(ast.parse('def f(a = "x") -> "int" : return a').body[0])
    "def f(a='x') -> 'int'"
    """
    bare = copy.copy(node)
    bare.body = [ast.Pass()]
    return ast.unparse(bare).strip().removesuffix("pass").rstrip().removesuffix(":")


def functions(code: str) -> tuple[Function, ...]:
    """Return the functions that code defines at its top level, in order."""
    return tuple(each for each in ast.parse(code).body if isinstance(each, Function))


def examples_in(docstring: str) -> str:
    """Return the code of a docstring's examples.

    >>> examples_in("Twice.\\n\\n    >>> double(\\n    ...     2)\\n    4")
    'double(\\n    2)'
    """
    lines = (line.lstrip() for line in docstring.splitlines())
    return "\n".join(line[4:] for line in lines if line.startswith((">>> ", "... ")))


def _is_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise) and node.exc is not None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return text or isinstance(node, ast.Pass)
