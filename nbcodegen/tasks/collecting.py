"""Code of tests: which tests it holds, and the code without what runs them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator


def tests_in(code: str) -> Iterator[tuple[str, str, int]]:
    """List the tests that pytest would collect: the class of each or "", its name, its line.

    >>> list(tests_in("def test_a(): ...\\nclass TestB:\\n    def test_c(self): ..."))
    [('', 'test_a', 1), ('TestB', 'test_c', 3)]
    """
    for node in ast.parse(code).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield "", node.name, node.lineno
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.name.startswith("test"):
                    yield node.name, inner.name, inner.lineno


def without_main(code: str) -> str:
    """Leave out `if __name__ == "__main__":`, which in a notebook is always so.

    Code that does not parse is returned as it is.

    >>> without_main("x = 1\\nif __name__ == '__main__':\\n    pytest.main()")
    'x = 1'
    """
    return _without(code, _is_main).rstrip()


def without_calls(code: str) -> str:
    """Leave out the calls of tests behind their definitions: a trial runs each by itself.

    Lines stay where they are.

    >>> without_calls("def test_a(): ...\\ntest_a()\\nprint(1)")
    'def test_a(): ...\\n\\nprint(1)'
    """
    return _without(code, _is_call)


def _without(code: str, unwanted: Callable[[ast.stmt], bool]) -> str:
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return code
    lines = code.split("\n")
    for node in filter(unwanted, body):
        for number in range(node.lineno - 1, node.end_lineno or node.lineno):
            lines[number] = ""
    return "\n".join(lines)


def _is_main(node: ast.stmt) -> bool:
    if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare):
        return False
    return isinstance(node.test.left, ast.Name) and node.test.left.id == "__name__"


def _is_call(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    return isinstance(node.value.func, ast.Name) and node.value.func.id.startswith("test")
