"""Code -> findings: modules that reach outside the tables, imported or reached through others."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nbcodegen.checks.origins import Origins
from nbcodegen.checks.policy.refused import refused
from nbcodegen.checks.reading import Reading, line_of
from nbcodegen.values import Finding


def outside_modules(reading: Reading) -> Iterator[Finding]:
    """NB101: a module that reaches files, processes, the network or Python's insides.

    Bad:   import os
    Bad:   pd.io.common.os.system("ls")
    Good:  import numpy as np
    Good:  servers.groupby("os")["load"].mean()
    """
    for node in ast.walk(reading.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in _imported(node):
                if part := refused(name):
                    yield _finding(f"imports {name!r}", node.lineno, part)
        elif part := _reached(node, reading.origins):
            yield _finding(f"reaches {part!r}", line_of(node), part)


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif node.module and not node.level:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _reached(node: ast.AST, origins: Origins) -> str:
    """Return the refused part that shows at this very node: what is taken from it adds nothing."""
    if not (name := origins.dotted(node)):
        return ""
    if isinstance(node, ast.Name):
        return refused(name) if name == node.id and node in origins.free else ""
    return "" if refused(name.rpartition(".")[0]) else refused(name)


def _finding(what: str, line: int, part: str) -> Finding:
    return Finding("NB101", f"{what}, which reaches outside the tables", line, part)
