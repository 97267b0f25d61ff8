"""Code -> findings: parts of a library replaced, which would outlive the cell."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nbcodegen.checks.reading import Reading, line_of
from nbcodegen.values import Finding

MEANT_TO_BE_SET = ("pandas.options.", "matplotlib.rcParams", "matplotlib.pyplot.rcParams")


def patches(reading: Reading) -> Iterator[Finding]:
    """NB106: a library's own parts stay what they are for the cells that follow.

    Bad:   pd.DataFrame.mean = lambda table: 0
    Good:  pd.options.display.max_rows = 20
    """
    for node in ast.walk(reading.tree):
        if not isinstance(node, ast.Attribute) or isinstance(node.ctx, ast.Load):
            continue
        owner = reading.origins.dotted(node.value)
        whole = f"{owner}.{node.attr}"
        if owner and not whole.startswith(MEANT_TO_BE_SET):
            message = f"replaces {whole}, also for the cells that follow"
            yield Finding("NB106", message, line_of(node), whole)
