"""Code -> findings: attributes that lead into Python's insides."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

from nbcodegen.checks.origins import Origins
from nbcodegen.checks.reading import Reading, line_of
from nbcodegen.checks.texts import HOLE, texts
from nbcodegen.values import Finding

DUNDER = re.compile(r"__\w+__")
EVERYDAY = re.compile(
    r"""__(?:name|qualname|doc|version|author|file|all|slots|match_args|members|debug
    |new|init|post_init|str|repr|format|hash|bool|int|float|len|iter|next|call|enter|exit
    |contains|getitem|setitem|delitem|missing|reversed|array|eq|ne|lt|le|gt|ge|neg|pos|abs|round
    |invert|[ri]?(?:add|sub|mul|matmul|truediv|floordiv|mod|pow|and|or|xor))__""",
    re.VERBOSE,
)
"""What a class of one's own defines, and what one prints: none leads anywhere."""
FRAMES = frozenset(
    """_getframe f_globals f_locals f_builtins f_back f_code gi_frame gi_code cr_frame cr_code
    ag_frame ag_code tb_frame tb_next func_globals func_code co_code co_consts""".split()
)


def hidden(name: str) -> bool:
    """Say whether an attribute of this name leads into Python's insides.

    >>> hidden("__globals__"), hidden("__name__"), hidden("gi_frame"), hidden("price")
    (True, False, True, False)
    """
    return name in FRAMES or bool(DUNDER.fullmatch(name) and not EVERYDAY.fullmatch(name))


def insides(reading: Reading) -> Iterator[Finding]:
    """NB104: no way into Python's insides, where every other rule could be walked around.

    Bad:   homes.__class__.__base__.__subclasses__()
    Bad:   "{0.__class__}".format(homes)
    Bad:   def __reduce__(self): ...
    Good:  type(homes).__name__
    Good:  odd["__class__"]
    """
    labels = {column.label for table in reading.tables for column in table.columns}
    for node in ast.walk(reading.tree):
        for name in _names(node, reading.origins):
            if hidden(name) and not (name in FRAMES and name in labels):
                message = f"{name!r} leads into Python's insides"
                yield Finding("NB104", message, line_of(node), name)


def _names(node: ast.AST, origins: Origins) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Name | ast.FunctionDef | ast.AsyncFunctionDef):
        name = node.id if isinstance(node, ast.Name) else node.name
        if DUNDER.fullmatch(name):  # a variable may be called what frames call theirs
            yield name
    for template in _templates(node, origins):
        yield from (name for text in texts(template, origins.held) for name in _fields(text))


def _templates(node: ast.AST, origins: Origins) -> Iterator[ast.expr]:
    """Format strings: what `.format` is called on, or given where that is not a known text."""
    if isinstance(node, ast.Attribute) and node.attr in ("format", "format_map"):
        yield node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        known = HOLE not in texts(node.func.value, origins.held)
        yield from node.args[:1] if node.func.attr == "format" and not known else ()


def _fields(template: str) -> Iterator[str]:
    """Names of the attributes that a format string takes."""
    try:
        for _, field, spec, _ in string.Formatter().parse(template):
            yield from re.findall(r"\.(\w+)", f"{field} {spec}")
    except ValueError:
        return
