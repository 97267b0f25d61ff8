"""How a chart shall look: title, axis labels, colour, grid, logarithmic axis."""

from __future__ import annotations

from collections.abc import Callable

from nbcodegen.training.grammar.chart_wording import NOTHING, Clause
from nbcodegen.training.grammar.scene import Scene, Value

_HEADS = {
    "en": """Overview|Summary|Comparison|Report|Results|Analysis|My chart|Figure 1|Totals|Trends|
        Breakdown|Ranking|Performance|Key numbers|First look|Where we stand""",
    "es": """Resumen|Comparación|Informe|Resultados|Análisis|Mi gráfico|Figura 1|Totales|Tendencias|
        Desglose|Clasificación|Rendimiento|Datos principales|Vista general""",
}
_TAILS = {
    "en": """of the year|by group|2023|Q1|so far|for the team|at a glance|(draft)|per area|
        over time|of our data|last season""",
    "es": """del año|por grupo|2023|T1|hasta hoy|para el equipo|(borrador)|por zona|en el tiempo|
        de nuestros datos|de la temporada""",
}
_LABELS = {
    "en": (
        "Amount|Total|Value|Count|Euros|Dollars|USD|Percent|Units|Year|Number"
        "|Group|Category|kg|Hours|Average"
    ),
    "es": (
        "Cantidad|Total|Valor|Recuento|Euros|Dólares|Porcentaje|Unidades|Año"
        "|Número|Grupo|Categoría|kg|Horas|Media"
    ),
}
_COLORS = {
    "en": """red blue green orange purple black gray pink brown yellow teal crimson navy""",
    "es": """rojo=red azul=blue verde=green naranja=orange morado=purple negro=black gris=gray
        rosa=pink marrón=brown amarillo=yellow""",
}
ORDER = [
    "title",
    "xlabel",
    "ylabel",
    "logx",
    "logy",
    "grid",
    "nolegend",
    "color",
    "bins",
    "hue",
    "bubble",
    "trend",
]
"""Options stand in this order in a plan, however the request orders them."""


def _pick(scene: Scene, text: str) -> str:
    return scene.one(*(part.strip() for part in text.split("|")))


def title_text(scene: Scene) -> str:
    """Return a title that a person may want."""
    head = _pick(scene, _HEADS[scene.lang])
    return f"{head} {_pick(scene, _TAILS[scene.lang])}" if scene.chance(0.6) else head


def quoted(scene: Scene, text: str) -> Value:
    """Return free text in quotation marks."""
    value = scene.text(text)
    said = value.phrase if value.phrase[0] in "'\"" else f'"{value.phrase}"'
    return Value(scene.keep(said), value.symbol)


def title(scene: Scene) -> Clause:
    """Ask for a title."""
    value = quoted(scene, title_text(scene))
    words = scene.fill(
        "[, con el título|con título|, título|, titulado|y título|, ponle de título] {v}"
        if scene.es
        else (
            "[with the title|with title|, titled|titled|, title|and title it|, call "
            "it|, title it|and give it the title] {v}"
        ),
        v=value.phrase,
    )
    return Clause(words, ("title", value.symbol))


def axis_label(scene: Scene) -> Clause:
    """Ask for a label of one axis."""
    axis = scene.one("x", "y")
    value = quoted(scene, _pick(scene, _LABELS[scene.lang]))
    words = scene.fill(
        (
            "[, con|, pon|y] [etiqueta {v} en el eje {a}|el eje {a} etiquetado {v}"
            "|{v} como etiqueta del eje {a}]"
        )
        if scene.es
        else (
            "[, label the {a} axis|and label the {a}-axis|, {a} label|with {a} label"
            "|, with the {a} axis labeled|, {a}-axis label] {v}"
        ),
        a=axis,
        v=value.phrase,
    )
    return Clause(words, (f"{axis}label", value.symbol))


def color(scene: Scene) -> Clause:
    """Ask for a colour."""
    said, _, value = scene.one(*_COLORS[scene.lang].split()).partition("=")
    words = scene.fill(
        "[en color|de color|, color|en] {v}"
        if scene.es
        else "[in {v}|, in {v}|, color {v}|colored {v}|using {v}|, make it {v}|with {v} color]",
        v=scene.keep(said),
    )
    return Clause(words, ("color", f"V={value or said!r}"))


def grid(scene: Scene) -> Clause:
    """Ask for a grid."""
    words = scene.fill(
        "[con cuadrícula|, con rejilla|y añade la cuadrícula|con grid]"
        if scene.es
        else "[with a grid|, with grid lines|and add a grid|, add gridlines|, grid on|with grid]"
    )
    return Clause(words, ("grid",))


def log_axis(scene: Scene) -> Clause:
    """Ask for a logarithmic axis: y, where the request does not say x."""
    if scene.chance(0.35):
        words = scene.fill(
            "[, eje x logarítmico|con el eje x en escala logarítmica|, escala logarítmica en x]"
            if scene.es
            else "[, log x axis|with log scale on x|with a logarithmic x axis|, x on a log scale"
            "|with log scale on the x axis|, x axis logarithmic]"
        )
        return Clause(words, ("logx",))
    words = scene.fill(
        (
            "[en escala logarítmica|, con escala logarítmica|, eje y logarítmico|con "
            "el eje y en escala logarítmica|, escala log]"
        )
        if scene.es
        else (
            "[on a log scale|, log scale|with a logarithmic y axis|, log y axis|with "
            "log scale on the y axis|, using a log scale|, y axis logarithmic]"
        )
    )
    return Clause(words, ("logy",))


_WAYS: tuple[tuple[float, Callable[[Scene], Clause]], ...] = (
    (5, title),
    (2, axis_label),
    (3, color),
    (1, grid),
    (1, log_axis),
)
_PIE_WAYS = _WAYS[:1]


def styled(scene: Scene, chart: str, share: float = 0.16) -> Clause:
    """Ask for nothing, or for one or two matters of looks."""
    if not scene.chance(share):
        return NOTHING
    ways = _PIE_WAYS if chart in ("pie", "heat", "heatcorr") else _WAYS
    count = 2 if len(ways) > 1 and scene.chance(0.2) else 1
    clauses: dict[str, Clause] = {}
    for way in scene.rng.choices([way for _, way in ways], [share for share, _ in ways], k=count):
        clause = way(scene)
        clauses.setdefault(clause.steps[0], clause)
    words = " ".join(clause.words for clause in clauses.values())
    return Clause(words, in_order([clause.steps for clause in clauses.values()]))


def in_order(options: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Join options in the order that plans keep."""
    return tuple(
        symbol for option in sorted(options, key=lambda o: ORDER.index(o[0])) for symbol in option
    )
