"""Code of a cell -> what running it left behind: values, printed text, figures, in this process.

Nothing here limits what the code may do. A trial calls it inside the boundary; `judge` calls it
over data of our own.
"""

from __future__ import annotations

import ast
import contextlib
import io
import sys
import time
import warnings
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from nbcodegen.trial.readings import readings
from nbcodegen.values import Failure

NAME = "<candidate>"
"""What tracebacks call the code."""
MAX_PRINTED = 20_000
MAX_MESSAGE = 300
MAX_WARNINGS = 5
MAX_DISPLAYED = 20
"""Objects printed or displayed, the last ones, that may be the cell's answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a cell came to. `error` is None if it ran to its end."""

    values: tuple[Any, ...] = ()
    """What may count as its answer, most likely first."""
    text: str = ""
    figures: tuple[Any, ...] = ()
    names: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    error: Failure | None = None
    seconds: float = 0.0


def run(code: str, tables: Mapping[str, Any], previous: str = "") -> Outcome:
    """Run a cell (after the one before it, if given). The tables are the cell's to change."""
    names: dict[str, Any] = {"__name__": "__main__", "pd": pd, "np": np, "plt": plt, **tables}
    displayed: deque[Any] = deque(maxlen=MAX_DISPLAYED)
    names["display"] = displayed.append
    printed = _Printed()
    plt.close("all")
    mpl.rcdefaults()
    start = time.perf_counter()
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("default")
        warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")  # plt.show()
        try:
            with contextlib.redirect_stdout(printed), _recorded():
                _execute(previous, names, deque(maxlen=1))
                plt.close("all")
                printed.forget()
                start = time.perf_counter()
                values = _execute(code, names, displayed)
        except BaseException as error:  # whatever the cell may raise, SystemExit too
            return Outcome(error=failure(error), seconds=time.perf_counter() - start)
    seconds = time.perf_counter() - start
    return Outcome(
        values=(*values, *(value for value in reversed(displayed) if readings(value))),
        text=printed.getvalue().strip(),
        figures=tuple(plt.figure(number) for number in plt.get_fignums()),
        names=names,
        warnings=_texts(warned),
        seconds=seconds,
    )


def failure(error: BaseException) -> Failure:
    """Describe an exception: its kind, its first words, and the cell's line that it left from."""
    line, trace = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None, None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return Failure(type(error).__name__, _said(error), line or 0, raised=True)


def _said(error: BaseException) -> str:
    try:
        return " ".join(str(error)[: 4 * MAX_MESSAGE].split())[:MAX_MESSAGE]
    except BaseException:  # an exception of the cell's own, whose text raises
        return ""


def _texts(warned: list[warnings.WarningMessage]) -> tuple[str, ...]:
    """What was warned about by the cell's own lines; a warning repeats, its text need not."""
    told = [" ".join(str(each.message)[:1000].split()) for each in warned if each.filename == NAME]
    return tuple(dict.fromkeys(text[:MAX_MESSAGE] for text in told))[:MAX_WARNINGS]


class _Printed(io.StringIO):
    """Keeps the beginning of what is printed, however much that is."""

    def write(self, text: str) -> int:
        super().write(text[: max(0, MAX_PRINTED - self.tell())])
        return len(text)

    def forget(self) -> None:
        self.truncate(self.seek(0))


def _execute(code: str, names: dict[str, Any], displayed: deque[Any]) -> tuple[Any, ...]:
    def show(*items: Any, **options: Any) -> None:
        if len(items) == 1 and not isinstance(items[0], str):
            displayed.append(items[0])
        print(*items, **{"file": sys.stdout, **options})  # noqa: T201 - the cell's own print

    names["print"] = show
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, NAME, "exec"), names)
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), NAME, "eval"), names)
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
