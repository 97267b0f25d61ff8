"""Words of chart requests: names of charts, frames, orders, and cuts to the top few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nbcodegen.training.grammar.scene import Scene
from nbcodegen.training.grammar.steps import Steps

CHARTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "bar": (
            "[bar chart|bar chart|bar chart|bar graph|bar plot|barplot|bar|column "
            "chart|barchart|vertical bar chart|bars|bars]"
        ),
        "barh": (
            "[horizontal bar chart|horizontal bar chart|horizontal bar graph"
            "|horizontal barplot|horizontal bar plot|bar chart with horizontal bars"
            "|sideways bar chart|horizontal bars]"
        ),
        "line": "[line chart|line chart|line plot|line graph|line|lineplot|line diagram|curve]",
        "area": "[area chart|area plot|filled area chart|area graph]",
        "pie": "[pie chart|pie chart|pie|pie plot|pie graph|piechart|circle chart]",
        "scatter": (
            "[scatter plot|scatter plot|scatter chart|scatter|scatterplot|scatter "
            "graph|scatter diagram]"
        ),
        "hexbin": "[hexbin plot|hexbin|hexagonal bin plot|hexbin chart]",
        "hist": "[histogram|histogram|hist|frequency histogram]",
        "kde": "[density plot|KDE plot|kde|density curve|kernel density plot]",
        "box": "[box plot|boxplot|box plot|box and whisker plot|box-and-whisker chart]",
        "violin": "[violin plot|violin plot|violinplot|violin chart]",
        "grouped": (
            "[grouped bar chart|grouped bar chart|clustered bar chart|grouped barplot"
            "|side by side bar chart|side-by-side bar plot|bar chart with grouped "
            "bars|grouped bars]"
        ),
        "stacked": (
            "[stacked bar chart|stacked bar chart|stacked bar plot|stacked bars"
            "|stacked bar graph|stacked barplot]"
        ),
        "stackedh": "[horizontal stacked bar chart|stacked horizontal bar chart]",
        "heat": "[heatmap|heat map|heatmap]",
    },
    "es": {
        "bar": (
            "[gráfico de barras|gráfico de barras|gráfica de barras|diagrama de "
            "barras|barplot|gráfico de columnas|bar chart|barras|barras]"
        ),
        "barh": (
            "[gráfico de barras horizontales|gráfico de barras horizontal|gráfica de "
            "barras horizontales|diagrama de barras horizontales|barras horizontales]"
        ),
        "line": (
            "[gráfico de líneas|gráfica de líneas|gráfico de línea|gráfico lineal|line "
            "plot|líneas|curva|línea]"
        ),
        "area": "[gráfico de área|gráfica de áreas|gráfico de áreas]",
        "pie": (
            "[gráfico circular|gráfico de tarta|gráfico de pastel|gráfica de pastel"
            "|gráfico de torta|gráfico de sectores|diagrama de sectores|gráfico de "
            "quesitos|tarta|torta|pastel|quesito|pie|diagrama circular]"
        ),
        "scatter": (
            "[gráfico de dispersión|diagrama de dispersión|gráfica de dispersión"
            "|nube de puntos|scatter|dispersión|puntos]"
        ),
        "hexbin": "[gráfico hexbin|hexbin|gráfico de hexágonos]",
        "hist": "[histograma|histograma|histograma de frecuencias]",
        "kde": "[gráfico de densidad|curva de densidad|KDE|diagrama de densidad]",
        "box": (
            "[diagrama de caja|boxplot|diagrama de cajas|gráfico de cajas|diagrama "
            "de caja y bigotes|gráfico de caja]"
        ),
        "violin": "[gráfico de violín|diagrama de violín|violin plot|gráfica de violines]",
        "grouped": (
            "[gráfico de barras agrupadas|gráfico de barras agrupado|diagrama de barras agrupadas]"
        ),
        "stacked": (
            "[gráfico de barras apiladas|gráfico de barras apilado|diagrama de "
            "barras apiladas|gráfica de barras apiladas|barras apiladas]"
        ),
        "stackedh": "[gráfico de barras horizontales apiladas|barras horizontales apiladas]",
        "heat": "[mapa de calor|heatmap]",
    },
}
_MAKE = {
    "en": (
        "[show|show me|draw|plot|make|create|give me|build|generate|produce"
        "|display|return|visualize|i want|i need|i'd like|can you make|could you "
        "draw|please draw|do|render|make me|let me see|prepare]"
    ),
    "es": (
        "[muestra|muéstrame|dibuja|haz|hazme|crea|dame|genera|pinta|quiero"
        "|necesito|representa|enséñame|me haces|puedes hacer|grafica|prepara"
        "|visualiza]"
    ),
}
_FIRST = {
    "en": (
        (
            "{make} {a} {chart} [of|of|showing|for|with|to show|that shows|displaying"
            "|about|on|representing] {np}"
        ),
        "{make} {a} {chart} [of|showing|for] {np}",
        "{chart} [of|of|for|showing|:|with|about|] {np}",
        "{a} {chart} [of|showing|about|for|shows|to show|for showing|displaying|with] {np}",
        (
            "[use|please use|using|with] {a} {chart}[| to|,] [show|compare|display"
            "|visualize|represent|plot] {np}"
        ),
        "{a} {chart}, {np}",
        "{chart}: {np}",
        "as {a} {chart}: {np}",
    ),
    "es": (
        "{make} {a} {chart} [de|con|para|que muestre|sobre|mostrando] {np}",
        "{make} {a} {chart} [de|con|que muestre] {np}",
        "{chart} [de|con|para|:|sobre] {np}",
        "{a} {chart} [de|con|que muestre|para ver] {np}",
        (
            "[usa|utiliza|con|mediante] {a} {chart} [para mostrar|para comparar|para "
            "ver|muestra|compara] {np}"
        ),
        "{chart}: {np}",
        "en {a} {chart}: {np}",
    ),
}
_LAST = {
    "en": (
        (
            "[show|plot|draw|display|visualize|graph|chart|present|give me|list"
            "|compare|show me] {np} [as|in|with|using|by|through|on|by using] {a} "
            "{chart}"
        ),
        "[show|plot|draw|display|visualize] {np} [as|in|with|using] {a} {chart}",
        "{np} [as|in|with|using|by|on] {a} {chart}",
        "{np}, {chart}",
        "{np} {chart}",
        "{np} ({chart})",
        (
            "[i want to see|let me see|i'd like to see|can you show|could you plot"
            "|help me see] {np} [as|in|with|using] {a} {chart}"
        ),
    ),
    "es": (
        (
            "[muestra|dibuja|representa|visualiza|grafica|pinta|compara|enséñame"
            "|presenta|quiero ver] {np} [en|con|como|mediante|usando] {a} {chart}"
        ),
        "[muestra|dibuja|representa|visualiza] {np} [en|con|como] {a} {chart}",
        "{np} [en|con|como] {a} {chart}",
        "{np}, {chart}",
        "{np} ({chart})",
    ),
}
_AFTER = {
    "en": (
        (
            "{np}[.|?|,|] [plot them as|show|return|draw|visualize by|give me|make"
            "|use|display as|show it as|show the result as|plot it as|visualize with"
            "|return|create|plot] {a} {chart}"
        ),
        (
            "{np}[,|] [and|and then|then|] [visualize|show|plot|draw|display|return"
            "|represent] [it|them|this|the result|the results] [as|by|in|with|using] "
            "{a} {chart}"
        ),
        "{np} [in|with|by|as|using] {a} {chart}",
        "{np} {chart}",
        "{np} Show {chart}",
        "{np} Visualize by {chart}",
        "{np}, {chart} please",
        (
            "{np}[.|?|,|] [plot them as|show|return|draw|visualize by|give me"
            "|display as|show it as|plot it as|visualize with] {a} {chart}"
        ),
        (
            "{np}[,|] [and|] [visualize|show|plot|draw|display|return] [it|them|this"
            "|the result] [by|in|with|as] {a} {chart}"
        ),
        "{chart}: {np}",
        "{a} {chart} [for|on|about] {np}",
        "[return|show|draw|give me] {a} {chart} [on|for|about] {np}",
    ),
    "es": (
        (
            "{np} [Muéstralo|Represéntalo|Ponlo|Dibújalo|Haz|Dibuja|Muestra"
            "|Enséñamelo|Visualízalo] [en|con|como|en] {a} {chart}"
        ),
        "{np}, [y|] [muéstralo|represéntalo|dibújalo|ponlo|visualízalo] [en|con|como] {a} {chart}",
        "{np} [en|con] {a} {chart}",
        "{chart}: {np}",
        "{np} {chart}",
        "{np} Usa {a} {chart}",
    ),
}
_BARE = {
    "en": (
        "[plot|graph|chart|draw|visualize|plot|can you plot|please plot|make a "
        "plot of|make a chart of|show a chart of|a graph of|a chart of|plot of"
        "|create a plot of|show me a graph of]"
    ),
    "es": (
        "[grafica|dibuja|representa|haz un gráfico de|gráfico de|gráfica de|pinta"
        "|plotea|quiero un gráfico de|muestra un gráfico de|visualiza|haz una "
        "gráfica de]"
    ),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a request and the steps that it stands for."""

    words: str
    steps: Steps


NOTHING = Clause("", ())


def chart_name(scene: Scene, chart: str) -> str:
    """Return what a person may call a chart."""
    return scene.fill(CHARTS[scene.lang][chart])


def _article(scene: Scene, chart: str) -> str:
    if not scene.es:
        if chart.endswith("bars"):
            return ""
        return "an" if chart[0] in "ao" else "a"
    if chart.startswith(("barras", "líneas", "puntos")):
        return ""
    feminine = ("gráfica", "nube", "curva", "tarta", "torta", "línea", "dispersión", "barra")
    return "una" if chart.startswith(feminine) else "un"


def framed(scene: Scene, chart: str, data: str, *, clause: bool) -> str:
    """Ask for a chart of some data, said as a noun phrase or (`clause`) a whole sentence."""
    name = chart_name(scene, chart)
    ways = _AFTER if clause else (_FIRST if scene.chance(0.6) else _LAST)
    frame = scene.one(*ways[scene.lang])
    make = scene.fill(_MAKE[scene.lang])
    return spoken(scene.fill(frame, make=make, a=_article(scene, name), chart=name, np=data))


def spoken(text: str) -> str:
    """Contract `de el` and `a el`, and let no mark stand twice.

    >>> spoken("media de el precio?. Muestra")
    'media del precio? Muestra'
    """
    text = f" {text}".replace(" de el ", " del ").replace(" a el ", " al ")
    for twice in ("?.", "?,", "??", "..", ".,", ",,"):
        text = text.replace(twice, twice[0])
    return text.strip()


def unnamed(scene: Scene, data: str) -> str:
    """Ask for a drawing of some data without a word for the chart."""
    return spoken(f"{scene.fill(_BARE[scene.lang])} {data}")


_UP = {
    "en": "[ascending order|ascending order|asc order|increasing order]",
    "es": "[orden ascendente|orden creciente]",
}
_DOWN = {
    "en": "[descending order|descending order|desc order|decreasing order]",
    "es": "[orden descendente|orden decreciente]",
}
_RISING = {
    "en": (
        "[in {order}|in {order}|in asc|ascending|in ascending|from low to high"
        "|low to high|from low to high order|from smallest to largest|from "
        "lowest to highest|asc]"
    ),
    "es": (
        "[en {order}|de menor a mayor|de menor a mayor|ascendente|en {order}|de "
        "forma ascendente|de manera creciente]"
    ),
}
_FALLING = {
    "en": (
        "[in {order}|in {order}|in desc|descending|in descending|from high to low"
        "|high to low|from high to low order|from largest to smallest|from "
        "highest to lowest|desc]"
    ),
    "es": (
        "[en {order}|de mayor a menor|de mayor a menor|descendente|en {order}|de "
        "forma descendente|de manera decreciente]"
    ),
}
_ALPHABET = {
    "en": (
        "[alphabetically|in alphabetical order|from A to Z|in alphabetic order]",
        "[in reverse alphabetical order|from Z to A|in descending alphabetical order]",
    ),
    "es": (
        "[alfabéticamente|por orden alfabético|en orden alfabético|de la A a la Z]",
        "[en orden alfabético inverso|de la Z a la A]",
    ),
}
_ORDER = {
    "en": (
        "[, and|,|, and|.|] [sort|order|rank|list|show|display|arrange|sort] [by|by|] {what} {dir}",
        "[, and|,|] {verb} {dir} by {what}",
        (
            "[, could you|, can you|, please|, i want to|, and i want to|, and could "
            "you] [sort|order|rank|list|show|display] [by|] {what} {dir}"
        ),
        "[, could you|, i want to|, and could you] [sort|order|rank|list|show] {dir} by {what}?",
        "[,|] [sorted|ordered|ranked|listed|arranged] by {what} {dir}",
        "[, with|with] {what} {dir}",
        "[,|] [sorted|ordered] {dir} by {what}",
        ", sort {what} {dir}",
        " sorted by {what}, {dir}",
        ", order {what} {dir} please",
    ),
    "es": (
        (
            "[, y|,|.|] [ordena|ordénalo|ordena el gráfico|clasifica|ordénalas|lista"
            "|muestra] por {what} {dir}"
        ),
        "[,|] [ordenado|ordenadas|ordenados|ordenando] por {what} {dir}",
        "[,|] [ordenado|ordenadas|ordenada] {dir} [por|según] {what}",
        (
            "[, y|,] [quiero ordenar|me gustaría ordenar|puedes ordenar|podrías "
            "ordenar] por {what} {dir}"
        ),
        "[, con] {what} {dir}",
    ),
}
_AXIS = {
    "en": (
        "[the {axis} axis|the {axis}-axis|{axis} axis|{axis}-axis|the {up}-axis"
        "|the {up}|{up} axis|{up}|the {axis}]"
    ),
    "es": "[el eje {axis}|eje {axis}|el eje {up}]",
}
_BARS = {
    "en": (
        "[,|] [with the|] [smallest|lowest|shortest] [bar|value|one] first",
        "[,|] [with the|] [largest|biggest|highest|tallest] [bar|value|one] first",
    ),
    "es": (
        "[, con|con] [la barra más baja|el valor más bajo] primero",
        "[, con|con] [la barra más alta|el valor más alto|la mayor] primero",
    ),
}
_SORTED = {
    "en": (
        "[, rank the bars|, sort the bars|, ordered by {what}|, sorted by {what}"
        "|sorted|, ranked|, sort by value|, ranked by {what}|ordered by size]"
    ),
    "es": (
        "[, ordena las barras|, ordenado por {what}|, ordenadas por {what}"
        "|ordenado|, ordenado por valor]"
    ),
}


def ordered(scene: Scene, *, axis: str, said: str, text: bool, key: str) -> Clause:
    """Ask for an order along the `x` or `y` axis; `key` is the symbol that the sort takes."""
    falls = scene.chance(0.6 if axis == "y" else 0.4)
    direction = "desc" if falls else "asc"
    luck = scene.rng.random()
    if axis == "y" and luck < 0.08:
        return Clause(scene.fill(_BARS[scene.lang][falls]), ("sort", direction, key, "end"))
    if axis == "y" and luck < 0.16:
        return Clause(scene.fill(_SORTED[scene.lang], what=said), ("sort", "desc", key, "end"))
    what = said if scene.chance(0.45) else _axis(scene, axis)
    order = scene.fill((_DOWN if falls else _UP)[scene.lang])
    way = scene.fill((_FALLING if falls else _RISING)[scene.lang], order=order)
    if text and scene.chance(0.4):
        way = scene.fill(_ALPHABET[scene.lang][falls])
    template = scene.one(*_ORDER[scene.lang])
    verb = scene.one("sort", "order", "rank", "list", "show", "display")
    words = scene.fill(template, what=what, dir=way, verb=verb)
    return Clause(spoken(words), ("sort", direction, key, "end"))


def _axis(scene: Scene, axis: str) -> str:
    return scene.fill(_AXIS[scene.lang], axis=axis, up=axis.upper())


_TOP = {
    "en": (
        "[, only|, just|only] the top {n}",
        "[,|] top {n} [only|]",
        "[, show only|, keep|, limit it to|, limit to] the [top|first|largest|highest] {n} [{xs}|]",
        "[for|of] the [top|] {n} [largest|biggest|highest|top] {xs}",
        "for the {n} {xs} with the [highest|largest] {what}",
    ),
    "es": (
        (
            "[, solo|, sólo|, únicamente] [el top {n}|los {n} primeros|{xs_los} {n} "
            "mayores|{xs_los} {n} {xs} mayores]"
        ),
        "[,|] top {n}",
        "[, muestra|, deja] solo [los {n} primeros|el top {n}|{xs_los} {n} mayores]",
        "de {xs_los} {n} {xs} con mayor {what}",
    ),
}


def topped(scene: Scene, *, xs: str, ending: str, what: str, key: str) -> Clause:
    """Ask for the largest few only."""
    count = scene.number(3, 20)
    los = f"l{ending}s"
    words = scene.fill(
        scene.one(*_TOP[scene.lang]), n=count.phrase, xs=xs, what=_bare(what), xs_los=los
    )
    return Clause(words, ("sort", "desc", key, "end", "head", count.symbol))


def _bare(phrase: str) -> str:
    for article in ("the ", "el ", "la "):
        phrase = phrase.removeprefix(article)
    return phrase
