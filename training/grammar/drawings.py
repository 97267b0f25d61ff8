"""Plans over groups as parts that an edit may change one at a time."""

from __future__ import annotations

from dataclasses import dataclass

from nbcodegen.training.grammar.chart_data import grouping
from nbcodegen.training.grammar.chart_style import in_order, title_text
from nbcodegen.training.grammar.filters import condition
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene
from nbcodegen.training.grammar.steps import Steps

SINGLE = ("bar", "barh", "line", "area", "pie", "show")
DOUBLE = ("bar", "stacked", "line", "heat", "barh", "area", "show")


@dataclass(frozen=True, slots=True)
class Drawing:
    """Groups, what is computed of them, and how they are shown."""

    keys: tuple[Steps, ...]
    aggregate: Steps
    """`size`, or a function and a column."""
    chart: str
    where: Steps = ()
    order: Steps = ()
    top: Steps = ()
    options: tuple[Steps, ...] = ()

    @property
    def plan(self) -> Steps:
        """The whole plan."""
        keys = tuple(symbol for key in self.keys for symbol in key)
        where = ("where", *self.where) if self.where else ()
        shown = () if self.chart == "show" else (*in_order(list(self.options)), "end")
        wide = ("wide",) if len(self.keys) > 1 and self.chart != "show" else ()
        return (
            *("from", "T0", *where, "by", *keys, "end", *self.aggregate, "end"),
            *(*self.order, *self.top, *wide, self.chart, *shown),
        )

    @property
    def columns(self) -> frozenset[str]:
        """The columns that keys and aggregate name."""
        return frozenset((*(key[-1] for key in self.keys), self.aggregate[-1]))


def unused(scene: Scene, drawing: Drawing, kind: str) -> Ref:
    """Return a column of a kind that neither keys nor aggregate name."""
    return scene.column(kind, avoid=[ref for ref in scene.refs() if ref.symbol in drawing.columns])


def measured(scene: Scene, drawing_keys: tuple[Steps, ...]) -> Steps:
    """Return an aggregate of a column that is no key."""
    used = {key[-1] for key in drawing_keys}
    if scene.chance(0.35):
        return ("size",)
    y = scene.column("measure", avoid=[ref for ref in scene.refs() if ref.symbol in used])
    return (scene.one("mean", "mean", "sum", "sum", "max", "min", "median"), y.symbol)


def some_key(scene: Scene) -> Steps:
    """Return a column to group by, or a period of a date."""
    if scene.refs("date") and scene.chance(0.4):
        unit = scene.one("ym", "ym", "year", "year", "yq", "weekday", "monthname")
        return (unit, scene.column("date").symbol)
    return (grouping(scene).symbol,)


def some_drawing(scene: Scene) -> Drawing:
    """Return groups as an earlier cell may have shown them."""
    first = some_key(scene)
    keys: tuple[Steps, ...] = (first,)
    if scene.chance(0.2):
        series = scene.column("key", avoid=[r for r in scene.refs() if r.symbol == first[-1]])
        keys = (first, (series.symbol,))
    chart = scene.one(*(DOUBLE if len(keys) > 1 else ("bar", "bar", *SINGLE)))
    if first[0] in ("ym", "year", "yq") and scene.chance(0.6):
        chart = "line"
    drawing = Drawing(keys, measured(scene, keys), chart)
    return _dressed(scene, drawing)


def _dressed(scene: Scene, drawing: Drawing) -> Drawing:
    """Give an earlier plan the filter, order, cut or title that it may have had."""
    where: Steps = ()
    if scene.chance(0.15):
        try:
            where = condition(scene)[1]
        except NoFit:
            where = ()
    order: Steps = ()
    top: Steps = ()
    if len(drawing.keys) == 1 and drawing.chart in ("bar", "barh", "show"):
        if scene.chance(0.35):
            order = ("sort", "desc", "A0", "end")
            top = ("head", scene.number(5, 20).symbol) if scene.chance(0.4) else ()
        elif scene.chance(0.1):
            order = ("sort", "asc", "K0", "end")
    titled = drawing.chart != "show" and scene.chance(0.12)
    options: tuple[Steps, ...] = (("title", f"V={title_text(scene)!r}"),) if titled else ()
    return Drawing(drawing.keys, drawing.aggregate, drawing.chart, where, order, top, options)
