"""Rules NB4xx, code -> findings: whether it is what the task asked for at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nbcodegen.checks.scopes import mentions
from nbcodegen.tasks.collecting import tests_in
from nbcodegen.tasks.stub import Function, Stub, functions, head, is_begun
from nbcodegen.values import Finding


def unlike_stub(code: str, stub: Stub) -> Iterator[Finding]:
    """NB401 to NB403: the function is there, has the signature that was begun, and is written.

    Bad:   def double(y): return 2 * y      # for `def double(x):`
    Bad:   def double(x): ...
    Good:  def double(x): return 2 * x
    """
    named = [each for each in functions(code) if each.name == stub.name]
    if not named:
        yield Finding("NB401", f"defines no function {stub.name!r}", 1, stub.name)
        return
    found = named[-1]
    if head(found) != stub.head:
        wanted = " ".join(stub.head.split())
        message = f"defines {' '.join(head(found).split())!r} where {wanted!r} was asked for"
        yield Finding("NB402", message, found.lineno, stub.name)
    if is_begun(found):
        yield Finding("NB403", f"leaves {stub.name!r} without code", found.lineno, stub.name)


def unlike_tests(code: str, name: str, *, pytest: bool) -> Iterator[Finding]:
    """NB404 to NB407: there are tests, of that function, not of a copy, that can run here.

    Bad:   assert double(2) == 4
    Bad:   def double(x): return 2 * x
           def test_double(): assert double(2) == 4
    Good:  def test_double(): assert double(2) == 4
    """
    tree = ast.parse(code)
    inside = [each for each in ast.walk(tree) if isinstance(each, Function)]
    if not list(tests_in(code)):
        yield Finding("NB404", "holds no `def test_...`", 1)
    elif not any(_reads(each, name) for each in inside):
        yield Finding("NB405", f"has no test that calls {name!r}", 1, name)
    own = next((each for each in mentions(tree) if each.made and each.name == name), None)
    if own is not None:
        line = getattr(own.node, "lineno", 1)
        message = f"makes {name!r} anew, so it would not test the one that is there"
        yield Finding("NB406", message, line, name)
    for node in [] if pytest else ast.walk(tree):
        if "pytest" in _imported(node):
            line = getattr(node, "lineno", 1)
            message = "imports pytest, which is not installed: use plain asserts"
            yield Finding("NB407", message, line, "pytest")


def _reads(function: Function, name: str) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
        for node in ast.walk(function)
    )


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and not node.level:
        return {(node.module or "").partition(".")[0]}
    return set()
