"""Charts of distributions and relations: histograms, densities, boxes, scatters, matrices."""

from __future__ import annotations

from nbcodegen.training.grammar.chart_data import filtered_by
from nbcodegen.training.grammar.chart_style import in_order, styled
from nbcodegen.training.grammar.chart_wording import framed
from nbcodegen.training.grammar.patterns import Family, listed, several
from nbcodegen.training.grammar.scene import Ref, Scene
from nbcodegen.training.grammar.steps import Steps, steps
from nbcodegen.training.records import Example


def _asked(
    scene: Scene, words: str, plan: Steps, options: list[Steps], chart: str, source: str
) -> Example:
    """Add looks to a request, and close its plan."""
    style = styled(scene, chart, 0.12)
    taken = {option[0] for option in options}
    if style.steps and style.steps[0] not in taken and len(style.steps) <= 2:
        options, words = [*options, style.steps], f"{words} {style.words}"
    return scene.example(words, ("from", "T0", *plan, *in_order(options), "end"), source)


_DISTRIBUTION = {
    "en": (
        "[{y}|{y}|the distribution of {y}|the {y} distribution|{y} values|the "
        "{y} column|the {y} of all {rows}|{y} frequencies] {w}"
    ),
    "es": (
        "[{y}|{y}|la distribución de {y}|los valores de {y}|la columna {y}"
        "|{the_y} de todos los registros] {w}"
    ),
}
_BINS = {
    "en": (
        "[with {n} bins|using {n} bins|, {n} bins|in {n} bins|({n} bins)|with {n} buckets|bins={n}]"
    ),
    "es": (
        "[con {n} bins|con {n} intervalos|en {n} intervalos|, {n} bins|usando "
        "{n} barras|de {n} clases]"
    ),
}


def _of_one(scene: Scene, y: Ref, words: str) -> str:
    said = scene.say(y)
    template = _DISTRIBUTION[scene.lang]
    return scene.fill(template, y=said, the_y=scene.the(said), w=words, rows=scene.noun())


def _histogram(scene: Scene) -> Example:
    y = scene.column("measure")
    words, where = filtered_by(scene, (y,), 0.15)
    chart = scene.one("hist", "hist", "hist", "kde")
    said = _of_one(scene, y, words)
    request = framed(scene, chart, said, clause=False)
    options: list[Steps] = []
    if chart == "hist" and scene.chance(0.3):
        count = scene.number(5, 60)
        request = f"{request} {scene.fill(_BINS[scene.lang], n=count.phrase)}"
        options = [("bins", count.symbol)]
    plan = (*where, chart, y.symbol, "end")
    return _asked(scene, request, plan, options, chart, "charts.hist")


def _split_histogram(scene: Scene) -> Example:
    y, key = scene.column("measure"), scene.column("key")
    if y == key:
        key = scene.column("key", avoid=(y,))
    chart = scene.one("hist", "hist", "kde", "kde")
    link = scene.fill(
        "[por|según|para cada|separado por|coloreado por|por cada] {s}"
        if scene.es
        else (
            "[by|per|for each|split by|colored by|with a different color for each"
            "|separately for each|, one curve per|for every|overlaid by] {s}"
        ),
        s=scene.say(key),
    )
    request = framed(scene, chart, f"{_of_one(scene, y, '')} {link}", clause=False)
    return _asked(
        scene, request, (chart, y.symbol, "end"), [("hue", key.symbol)], chart, "charts.hist_by"
    )


def _several_distributions(scene: Scene) -> Example:
    columns = several(scene, "measure", avoid=[])
    chart = scene.one("hist", "kde", "box", "box", "violin", "hist")
    said = listed(scene, [scene.say(ref) for ref in columns])
    template = (
        "[{y}|las columnas {y}|la distribución de {y}]"
        if scene.es
        else "[{y}|the columns {y}|the distributions of {y}|{y} side by side|{y} together]"
    )
    request = framed(scene, chart, scene.fill(template, y=said), clause=False)
    plan = (chart, *(ref.symbol for ref in columns), "end")
    return _asked(scene, request, plan, [], chart, "charts.several")


def _distribution(scene: Scene) -> Example:
    """`distribution of X` without a chart's name: a histogram, or bars of counts for categories."""
    kind = scene.one("measure", "measure", "key")
    y = scene.column(kind)
    words, where = filtered_by(scene, (y,), 0.12)
    request = scene.fill(
        (
            "[distribución de {y}|muestra la distribución de {y}|¿cómo se distribuye "
            "{y}?|cómo se reparte {y}|quiero ver la distribución de {y}|dibuja la "
            "distribución de {y}|visualiza la distribución de {y}] {w}"
        )
        if scene.es
        else (
            "[distribution of {y}|show the distribution of {y}|plot the distribution "
            "of {y}|how is {y} distributed|{y} distribution|what does the "
            "distribution of {y} look like|visualize the distribution of {y}|draw "
            "the distribution of {y}|i want to see how {y} is distributed|let me see "
            "the distribution of {y}] {w}"
        ),
        y=scene.say(y),
        w=words,
    )
    number = scene.role(y) in ("measure",)
    plan = steps("hist {y} end", y=y) if number else steps("by {y} end size end bar", y=y)
    return _asked(scene, request, (*where, *plan), [], "hist", "charts.distribution")


def _boxes(scene: Scene) -> Example:
    y = scene.column("measure")
    words, where = filtered_by(scene, (y,), 0.12)
    chart = scene.one("box", "box", "box", "violin")
    if scene.chance(0.3):
        request = framed(scene, chart, _of_one(scene, y, words), clause=False)
        return _asked(scene, request, (*where, chart, y.symbol, "end"), [], chart, "charts.box")
    key = scene.column("key", avoid=(y,))
    template = (
        (
            "[{y} por {x}|{y} según {x}|{y} para cada {x}|la distribución de {y} por "
            "{x}|{y} agrupado por {x}|{y} por cada {x}|la comparación de {y} entre "
            "{xs}] {w}"
        )
        if scene.es
        else (
            "[{y} by {x}|{y} by {x}|{y} per {x}|{y} for each {x}|the distribution of "
            "{y} by {x}|{y} across {xs}|{y} grouped by {x}|the spread of {y} for "
            "each {x}|{y} for every {x}|{y} split by {x}|how {y} is distributed "
            "within each {x}|{x} on the x axis and {y} on the y axis|{y} vs {x}"
            "|comparing {y} across {xs}] {w}"
        )
    )
    said = scene.fill(
        template, y=scene.say(y), x=scene.say(key), xs=scene.say(key, plural=True), w=words
    )
    request = framed(scene, chart, said, clause=False)
    plan = (*where, chart, y.symbol, "end")
    return _asked(scene, request, plan, [("hue", key.symbol)], chart, "charts.box_by")


_RELATED = {
    "en": (
        "[{x} [vs|versus|against|and|vs.|by] {y}|the [relationship|correlation"
        "|relation|association|connection] between {x} and {y}|{x} and {y}|{x} "
        "on the x axis and {y} on the y axis|how {x} and {y} are related|the "
        "correlation between {x} and {y}|x={x} and y={y}] {w}"
    ),
    "es": (
        "[{x} [frente a|contra|vs|y|respecto a] {y}|la [relación|correlación] "
        "entre {x} y {y}|{x} en el eje x y {y} en el eje y|cómo se relacionan "
        "{x} y {y}|{x} y {y}] {w}"
    ),
}


def _related(scene: Scene, x: Ref, y: Ref, words: str) -> str:
    return scene.fill(_RELATED[scene.lang], x=scene.say(x), y=scene.say(y), w=words)


def _scatter(scene: Scene) -> Example:
    x = scene.column("measure")
    y = scene.column("measure", avoid=(x,))
    words, where = filtered_by(scene, (x, y), 0.15)
    said = _related(scene, x, y, words)
    extra, options = _scatter_options(scene, x, y)
    chart = "hexbin" if not options and scene.chance(0.1) else "scatter"
    request = f"{framed(scene, chart, said, clause=False)} {extra}"
    plan = (*where, chart, x.symbol, y.symbol)
    return _asked(scene, request, plan, options, chart, "charts.scatter")


def _scatter_options(scene: Scene, x: Ref, y: Ref) -> tuple[str, list[Steps]]:
    words = ""
    options: list[Steps] = []
    if scene.chance(0.35):
        key = scene.column("key", avoid=(x, y))
        ways = (
            (
                "[coloreado por|, color por|con color según|, colorea por|con un color "
                "distinto para cada|, coloreando los puntos por|y color por|agrupado por"
                "|con los puntos coloreados según] {s}"
            )
            if scene.es
            else (
                "[colored by|coloured by|, color by|with color by|with a different color "
                "for each|, one color per|with points colored by|, hue|, and colored by "
                "attribute|, and group by attribute|use a different color for each"
                "|grouped by|, color the points by] {s}"
            )
        )
        words = scene.fill(ways, s=scene.say(key))
        options.append(("hue", key.symbol))
    if scene.chance(0.15):
        size = scene.column("measure", avoid=(x, y))
        words += " " + scene.fill(
            (
                "[, tamaño por|y tamaño según|con el tamaño de los puntos según|con "
                "burbujas de tamaño] {z}"
            )
            if scene.es
            else (
                "[, size by|and size by|sized by|with the point size given by|with "
                "bubble size|and bubble size from|, size of the dots =|with marker size "
                "proportional to] {z}"
            ),
            z=scene.say(size),
        )
        options.append(("bubble", size.symbol))
    if scene.chance(0.12):
        words += " " + scene.fill(
            (
                "[con línea de tendencia|y añade la recta de regresión|, con una línea "
                "de tendencia|con la recta de ajuste]"
            )
            if scene.es
            else (
                "[with a trend line|with a regression line|and add a trendline|, with a "
                "fitted line|including the trend line|and a line of best fit]"
            )
        )
        options.append(("trend",))
    return words, options


def _relationship(scene: Scene) -> Example:
    """A relation asked for without a chart's name."""
    x = scene.column("measure")
    y = scene.column("measure", avoid=(x,))
    request = scene.fill(
        (
            "[[muestra|visualiza|dibuja|grafica|representa] la relación entre {x} y "
            "{y}|relación entre {x} y {y}|[dibuja|grafica|representa] {x} [frente a"
            "|contra|vs] {y}|¿cómo se relacionan {x} y {y}? dibújalo|quiero ver {x} "
            "contra {y}]"
        )
        if scene.es
        else (
            "[[show|plot|visualize|draw|explore|let me see] the relationship between "
            "{x} and {y}|relationship between {x} and {y}|[plot|draw|graph] {x} "
            "[against|vs|versus] {y}|how does {x} relate to {y}? plot it|see how {x} "
            "and {y} are related|[plot|visualize] the correlation between {x} and {y}"
            "|{x} vs {y} plot|plot {x} against {y}]"
        ),
        x=scene.say(x),
        y=scene.say(y),
    )
    extra, options = _scatter_options(scene, x, y) if scene.chance(0.25) else ("", [])
    plan = ("scatter", x.symbol, y.symbol)
    return _asked(scene, f"{request} {extra}", plan, options, "scatter", "charts.relation")


_WHOLE = {
    "heatcorr": {
        "en": (
            "[[show|plot|draw|make|create|give me] [a|the] [correlation heatmap"
            "|heatmap of the correlations|heat map of correlations between all "
            "numeric columns|correlation matrix as a heatmap|heatmap of the "
            "correlation matrix]|correlation heatmap|heatmap of correlations|plot "
            "the correlation matrix|visualize the correlations [between the columns"
            "|between numeric columns|]|corr heatmap|heatmap of all the correlations"
            "|draw the correlation matrix]"
        ),
        "es": (
            "[[muestra|dibuja|haz|crea|dame] [un|el] [mapa de calor de correlaciones"
            "|mapa de calor de la matriz de correlación|heatmap de correlaciones]"
            "|mapa de calor de las correlaciones|dibuja la matriz de correlación"
            "|visualiza las correlaciones|heatmap de correlaciones|matriz de "
            "correlación en un mapa de calor]"
        ),
    },
    "pairs": {
        "en": (
            "[[show|plot|draw|make|create|give me] a [pair plot|pairplot|scatter "
            "matrix|scatterplot matrix|matrix of scatter plots] [of all numeric "
            "columns|of the data|of {table}|]|pair plot|pairplot|scatter matrix|plot "
            "all pairs of [numeric columns|variables|features]|scatter plots of "
            "every pair of columns|plot every variable against every other|pairwise "
            "scatter plots]"
        ),
        "es": (
            "[[muestra|dibuja|haz|crea|dame] [un pair plot|una matriz de dispersión"
            "|un pairplot|una matriz de gráficos de dispersión] [de todas las "
            "columnas numéricas|de los datos|]|pair plot|matriz de dispersión"
            "|gráficos de dispersión de todos los pares de variables|dibuja todas "
            "las variables entre sí]"
        ),
    },
    "histall": {
        "en": (
            "[[show|plot|draw|make|create|give me] [histograms of all numeric columns"
            "|a histogram for each numeric column|histograms for every column|the "
            "distribution of all numeric columns|a histogram of every variable]"
            "|histograms of [all columns|all the numeric columns|every numeric "
            "column]|plot all [distributions|histograms]|hist of all columns"
            "|distributions of all numeric variables]"
        ),
        "es": (
            "[[muestra|dibuja|haz|crea|dame] [histogramas de todas las columnas "
            "numéricas|un histograma de cada columna numérica|la distribución de "
            "todas las columnas numéricas|un histograma por cada variable]"
            "|histogramas de [todas las columnas|todas las variables numéricas|todo]"
            "|dibuja todos los histogramas|distribuciones de todas las variables "
            "numéricas]"
        ),
    },
    "boxall": {
        "en": (
            "[[show|plot|draw|make] [box plots of all numeric columns|a boxplot for "
            "each numeric column|boxplots of every numeric variable]|boxplots of "
            "[all numeric columns|all columns|every numeric column]|box plot of all "
            "numeric variables|box plots for the whole table]"
        ),
        "es": (
            "[[muestra|dibuja|haz] [diagramas de caja de todas las columnas numéricas"
            "|un boxplot de cada columna numérica|un diagrama de caja por columna "
            "numérica]|boxplots de [todas las columnas numéricas|todas las variables]"
            "|diagramas de caja de todo]"
        ),
    },
}


def _whole_table(scene: Scene) -> Example:
    chart = scene.one("heatcorr", "heatcorr", "pairs", "histall", "boxall")
    several(scene, "measure", avoid=[])  # a table with fewer numbers has nothing to compare
    request = scene.fill(_WHOLE[chart][scene.lang], table=scene.tables[0].name)
    options: list[Steps] = []
    if chart == "histall" and scene.chance(0.2):
        count = scene.number(5, 60)
        request = f"{request} {scene.fill(_BINS[scene.lang], n=count.phrase)}"
        options = [("bins", count.symbol)]
    return scene.example(request, ("from", "T0", chart, *in_order(options), "end"), "charts.whole")


FAMILIES: tuple[tuple[float, Family], ...] = (
    (1.0, _histogram),
    (0.4, _split_histogram),
    (0.4, _several_distributions),
    (0.8, _distribution),
    (1.0, _boxes),
    (1.3, _scatter),
    (0.7, _relationship),
    (0.6, _whole_table),
)
