"""What every rule looks at, and what a rule is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nbcodegen.checks.flow import Trace
from nbcodegen.checks.origins import Origins
from nbcodegen.values import Finding, TableSchema


@dataclass(frozen=True, slots=True)
class Reading:
    """The parsed code, what it meets, what is already there, and what was asked for."""

    tree: ast.Module
    trace: Trace
    origins: Origins
    tables: Sequence[TableSchema]
    names: Collection[str]
    request: str = ""


Rule: TypeAlias = Callable[[Reading], Iterator[Finding]]


def line_of(node: ast.AST) -> int:
    """Where the name at issue stands: `.b` of a chain may be lines below the chain's start."""
    if isinstance(node, ast.Call):
        node = node.func
    below = isinstance(node, ast.Attribute)
    return int(getattr(node, "end_lineno" if below else "lineno", None) or 1)
