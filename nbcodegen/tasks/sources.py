"""A name of the notebook -> the source of its function, and of those that it calls."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Mapping

from nbcodegen.checks.scopes import mentions
from nbcodegen.errors import GenerateError, UnknownName
from nbcodegen.footprint import names_in
from nbcodegen.settings import nearest


def source_of(name: str, namespace: Mapping[str, object]) -> str:
    """Return the source of a function of the notebook.

    Raises `UnknownName` where no function has that name, with the nearest one that there is, and
    `GenerateError` where its source cannot be had.
    """
    functions = [each for each, value in namespace.items() if _is_own(value, namespace)]
    if name not in namespace:
        raise UnknownName(f"There is no function {name!r} here{nearest(name, functions)}")
    value = namespace[name]
    if not _is_function(value):
        kind = type(value).__name__
        what = "a class" if isinstance(value, type) else f"of type {kind}"
        raise UnknownName(f"{name} is {what}, and no function{nearest(name, functions)}")
    source = _source(value)
    if not source or not _makes(source, name):
        raise GenerateError(
            f"The source of {name} cannot be found: it was not defined by `def {name}` in a cell "
            "of this session or in a Python file. Define it in a cell, and ask again."
        )
    return source


def own_sources(names: Iterable[str], namespace: Mapping[str, object]) -> dict[str, str]:
    """Return the sources of the notebook's own functions among the names, and of what they call.

    Those of files are left out: a trial can import them.
    """
    found: dict[str, str] = {}
    waiting = sorted(set(names) & namespace.keys())
    while waiting:
        name = waiting.pop()
        if name in found or not _is_own(namespace[name], namespace):
            continue
        source = _source(namespace[name])
        if source and _makes(source, name):
            found[name] = source
            waiting += sorted(names_in(source) & namespace.keys())
    return found


def _is_function(value: object) -> bool:
    # `unwrap` follows `functools.wraps`; a cache around a function is no function of its own.
    return callable(value) and inspect.isfunction(_unwrapped(value))


def _is_own(value: object, namespace: Mapping[str, object]) -> bool:
    """Whether a cell defined it."""
    if not _is_function(value):
        return False
    return _unwrapped(value).__module__ == namespace.get("__name__", "__main__")


def _unwrapped(value: object) -> object:
    try:
        return inspect.unwrap(value)  # type: ignore[arg-type]  # any object will do
    except ValueError:  # it wraps itself
        return value


def _source(value: object) -> str:
    try:
        return textwrap.dedent(inspect.getsource(value))  # type: ignore[arg-type]
    except (OSError, TypeError):
        return ""


def _makes(source: str, name: str) -> bool:
    """Whether the source gives the name: a part of a line may be all that a lambda has."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    return any(each.name == name and each.made for each in mentions(tree))
