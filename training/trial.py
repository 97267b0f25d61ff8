"""Code of a cell -> what running it left behind: values, printed text, figures.

For judging answers over data of our own: each run gets fresh copies of the tables and an empty
folder, and `judge` runs it in a process with a time limit. That is hygiene, not a sandbox.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from nbcodegen.training.readings import readings


@dataclass(frozen=True, slots=True)
class Trial:
    """What a cell came to. `error` is empty if it ran to its end."""

    values: tuple[Any, ...] = ()
    """What may count as its answer, most likely first."""
    text: str = ""
    figures: tuple[Any, ...] = ()
    names: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


def run(code: str, tables: Mapping[str, pd.DataFrame], previous: str = "") -> Trial:
    """Run a cell (after the one before it, if given) over copies of the tables."""
    names: dict[str, Any] = {name: table.copy() for name, table in tables.items()}
    names |= {"__name__": "__main__", "pd": pd, "np": np, "plt": plt}
    printed: list[Any] = []
    names["display"] = printed.append
    text = io.StringIO()
    plt.close("all")
    mpl.rcdefaults()
    try:
        with _quiet(), contextlib.redirect_stdout(text), _recorded():
            _execute(previous, names, [])
            plt.close("all")
            text.truncate(text.seek(0))
            values = _execute(code, names, printed)
    except BaseException as error:  # whatever the cell may raise, SystemExit too
        return Trial(error=f"{type(error).__name__}: {error}"[:300])
    figures = tuple(plt.figure(number) for number in plt.get_fignums())
    shown = [value for value in reversed(printed) if readings(value)]
    return Trial((*values, *shown), text.getvalue().strip(), figures, names)


def _execute(code: str, names: dict[str, Any], printed: list[Any]) -> tuple[Any, ...]:
    def show(*items: Any, **options: Any) -> None:
        if len(items) == 1 and not isinstance(items[0], str):
            printed.append(items[0])
        print(*items, **options)

    names["print"] = show
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
        root = _root(last.value)
        return (value,) if value is not None else tuple(_named(root, names) if root else ())
    assigned = tree.body[-1] if tree.body else None
    if isinstance(assigned, ast.Assign | ast.AugAssign):
        target = assigned.targets[-1] if isinstance(assigned, ast.Assign) else assigned.target
        return tuple(_named(_root(target), names))
    return ()


def _root(node: ast.expr) -> str:
    """The variable that an expression starts from: `df` in `df['x']` and `df.drop(...)`."""
    while isinstance(node, ast.Subscript | ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _named(name: str, names: Mapping[str, Any]) -> Iterator[Any]:
    if name in names and isinstance(names[name], pd.DataFrame | pd.Series | int | float | str):
        yield names[name]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    here = os.getcwd()  # noqa: PTH109 - chdir has no other spelling
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)


@contextlib.contextmanager
def _recorded() -> Iterator[None]:
    """Keep the statistics of boxes and violins on their axes: the artists are bare lines."""
    from matplotlib.axes import Axes

    boxes, violins = Axes.bxp, Axes.violin

    def bxp(self: Any, bxpstats: Any, *args: Any, **options: Any) -> Any:
        keep(self, "boxes", bxpstats, options.get("positions"))
        return boxes(self, bxpstats, *args, **options)

    def violin(self: Any, vpstats: Any, *args: Any, **options: Any) -> Any:
        keep(self, "violins", vpstats, options.get("positions"))
        return violins(self, vpstats, *args, **options)

    def keep(axes: Any, kind: str, stats: Any, positions: Any) -> None:
        places = range(1, len(stats) + 1) if positions is None else positions
        known = getattr(axes, kind, [])
        setattr(axes, kind, [*known, *zip(places, stats, strict=True)])

    Axes.bxp, Axes.violin = bxp, violin  # type: ignore[method-assign]
    try:
        yield
    finally:
        Axes.bxp, Axes.violin = boxes, violins  # type: ignore[method-assign]
