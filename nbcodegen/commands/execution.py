"""Code -> what a notebook would show under it: the last expression's value, and figures.

For `nbcodegen ask --run`: the user asked for the code to be run, in this process, with their
rights. Nothing here limits what the code may do; the checks before it did.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nbcodegen.errors import GenerateError

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class CodeFailed(GenerateError):
    """Generated code raised when it was run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What running a cell left behind."""

    value: object
    """Value of the last expression; None where the cell ends in a statement."""
    figures: tuple[Figure, ...]


def execute(code: str, namespace: Mapping[str, object]) -> Outcome:
    """Run the code on a copy of the namespace, without opening windows."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    plt.close("all")
    value = _run(code, dict(namespace))
    figures = tuple(plt.figure(number) for number in plt.get_fignums())
    return Outcome(None if _draws(value) else value, figures)


def shown(value: object) -> str:
    """The value as text for a terminal: tables whole up to sixty rows."""
    import pandas as pd

    if isinstance(value, (pd.DataFrame, pd.Series)):
        return str(value.to_string(max_rows=60))
    return str(value)


def save(figures: Iterable[Figure], first: Path) -> list[Path]:
    """Write each figure beside the first: plot.png, plot-2.png, ..."""
    paths = []
    for number, figure in enumerate(figures, start=1):
        path = first if number == 1 else first.with_stem(f"{first.stem}-{number}")
        try:
            figure.savefig(path, bbox_inches="tight", dpi=120)
        except (OSError, ValueError) as error:
            raise GenerateError(f"{path}: the figure cannot be written: {error}") from error
        paths.append(path)
    return paths


def _run(code: str, namespace: dict[str, object]) -> object:
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    try:
        exec(compile(tree, "<generated>", "exec"), namespace)
        if not isinstance(last, ast.Expr):
            return None
        return eval(compile(ast.Expression(last.value), "<generated>", "eval"), namespace)
    except Exception as error:  # whatever the user's data makes generated code raise
        raise CodeFailed(f"the code raised {type(error).__name__}: {error}") from error


def _draws(value: object) -> bool:
    """Whether a value is a plotting call's by-product (axes, artists), which nobody reads."""
    if isinstance(value, (list, tuple)):
        return bool(value) and _draws(value[0])
    if type(value).__module__.partition(".")[0] == "numpy" and getattr(value, "dtype", "") == "O":
        return True  # an array of axes, as `df.hist()` returns
    return type(value).__module__.partition(".")[0] in {"matplotlib", "seaborn"}
