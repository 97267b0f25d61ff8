"""Kinds of columns, and values that are out of line."""

from __future__ import annotations

from nbcodegen.training.grammar.patterns import Family, Pattern, family

_TYPES = family(
    "cleaning.types",
    Pattern(
        "cast float {x} end save",
        "x=any",
        (
            (
                "[convert|change|turn|cast|parse|transform|set] [the|] {x} [column|] [to"
                "|into|as] [numeric|numbers|a number|float|floats|a numeric type|numeric "
                "type|float type|decimal]"
            ),
            "[make|make sure] {x} [is|] [numeric|a number]",
            "{x} [to numeric|as float]",
            "to_numeric on {x}",
        ),
        (
            (
                "[convierte|pasa|cambia|transforma] {x} a [numérico|número|números|float"
                "|tipo numérico|decimal]"
            ),
            "[haz que|que] {x} sea numéric{x_oa}",
            "{x} a numérico",
        ),
        2,
    ),
    Pattern(
        "cast int {x} end save",
        "x=any",
        (
            (
                "[convert|change|turn|cast|set] [the|] {x} [column|] [to|into|as] "
                "[integer|int|integers|whole numbers|an integer|int type]"
            ),
            "[cast|make] {x} [int|integer|to int]",
            "{x} astype int",
        ),
        (
            (
                "[convierte|pasa|cambia|transforma] {x} a [entero|enteros|int|tipo entero"
                "|número entero]"
            ),
        ),
        2,
    ),
    Pattern(
        "cast date {x} end save",
        "x=any",
        (
            (
                "[convert|change|turn|parse|cast|transform|read] [the|] {x} [column|] [to"
                "|into|as] [datetime|dates|a date|date|a datetime|date type|datetime "
                "format|proper dates]"
            ),
            "[parse|read] [the dates in|dates in] {x}",
            "to_datetime {x}",
            "make {x} a [date|datetime] column",
        ),
        (
            (
                "[convierte|pasa|cambia|transforma|parsea] {x} a [fecha|fechas|datetime"
                "|tipo fecha|formato fecha]"
            ),
            "[haz que|que] {x} sea [una fecha|de tipo fecha]",
            "parsea las fechas de {x}",
        ),
        3,
    ),
    Pattern(
        "cast str {x} end save",
        "x=any",
        (
            (
                "[convert|change|turn|cast|set] [the|] {x} [column|] [to|into|as] [text"
                "|string|strings|str|a string|object]"
            ),
            "[make|treat] {x} [a string|as text|text]",
        ),
        (
            "[convierte|pasa|cambia|transforma] {x} a [texto|string|cadena|tipo texto|str]",
            "trata {x} como texto",
        ),
        1.5,
    ),
    Pattern(
        "cast category {x} end save",
        "x=key",
        (
            (
                "[convert|change|turn|cast|set] [the|] {x} [column|] [to|into|as] "
                "[category|categorical|a category|a categorical|category type]"
            ),
            "[make|treat] {x} [categorical|as categorical|as a category]",
        ),
        (
            (
                "[convierte|pasa|cambia|transforma] {x} a [categoría|categórica|tipo "
                "categoría|variable categórica]"
            ),
            "trata {x} como [categórica|categoría]",
        ),
        1.5,
    ),
    Pattern(
        "cast bool {x} end save",
        "x=any",
        (
            (
                "[convert|change|turn|cast|set] [the|] {x} [column|] [to|into|as] "
                "[boolean|bool|true/false|booleans]"
            ),
            "make {x} boolean",
        ),
        ("[convierte|pasa|cambia] {x} a [booleano|bool|verdadero/falso]",),
    ),
    Pattern(
        "cast float {xs} end save",
        "xs=many:any",
        ("[convert|change|cast|turn] [the columns|] {xs} [to|into] [numeric|numbers|float]",),
        ("[convierte|pasa|cambia] [las columnas|] {xs} a [numérico|números|float]",),
    ),
    Pattern(
        "cast date {xs} end save",
        "xs=many:date",
        ("[convert|parse|turn] {xs} [to|into|as] [dates|datetime]",),
        ("[convierte|pasa] {xs} a [fecha|fechas|datetime]",),
    ),
)

_IQR_EN = "[by the IQR rule|using IQR|with the IQR method|by the interquartile range|based on IQR|]"
_IQR_ES = "[por el método IQR|con el rango intercuartílico|usando IQR|según el IQR|]"
_Z_EN = (
    "[by z-score|using z-score|using the z score|with the z-score method"
    "|more than three standard deviations away|by zscore]"
)
_Z_ES = "[por z-score|según el z-score|usando z-score|con el z score|por puntuación z]"
_OUTLIERS = family(
    "cleaning.outliers",
    Pattern(
        "where outlier {y} show",
        "y=measure",
        (
            (
                "[show|find|list|detect|display|give me|identify] [the|all|] [outliers"
                f"|outlier {{rows}}|{{rows}} that are outliers] [in|of|for|by] {{y}} "
                f"{_IQR_EN}"
            ),
            f"[which|what] {{rows}} are outliers [in|by|in terms of] {{y}} {_IQR_EN}?",
            f"{{y}} outliers {_IQR_EN}",
            "{rows} with [unusual|extreme|abnormal|anomalous|atypical] {ys}",
        ),
        (
            (
                "[muestra|busca|encuentra|lista|detecta|identifica] [los|] [outliers"
                f"|valores atípicos|atípicos] [de|en] {{y}} {_IQR_ES}"
            ),
            f"¿qué {{rows}} son [atípic{{oa}}s|outliers] en {{y}} {_IQR_ES}?",
            f"[outliers|valores atípicos] de {{y}} {_IQR_ES}",
        ),
        2,
    ),
    Pattern(
        "where not outlier {y} save",
        "y=measure",
        (
            (
                "[remove|drop|delete|filter out|exclude|get rid of|eliminate] [the|all|] "
                f"outliers [in|of|from|for] [the|] {{y}} [column|] {_IQR_EN}"
            ),
            f"[clean|trim] {{y}} outliers {_IQR_EN}",
            f"drop {{rows}} with outlying {{y}} {_IQR_EN}",
        ),
        (
            (
                "[elimina|quita|borra|descarta|excluye] [los|] [outliers|valores atípicos"
                f"|atípicos] [de|en] {{y}} {_IQR_ES}"
            ),
        ),
        2,
    ),
    Pattern(
        "where outlier {y} count",
        "y=measure",
        (
            (
                "[how many outliers are there in|count the outliers in|number of "
                f"outliers in|how many outliers does] {{y}} {_IQR_EN}"
            ),
        ),
        (
            (
                "[cuántos outliers hay en|cuenta los valores atípicos de|número de "
                f"valores atípicos en|cuántos atípicos tiene] {{y}} {_IQR_ES}"
            ),
        ),
        1.5,
    ),
    Pattern(
        "where zoutlier {y} show",
        "y=measure",
        (
            f"[show|find|list|detect] [the|] outliers [in|of] {{y}} {_Z_EN}",
            f"{{rows}} whose {{y}} is an outlier {_Z_EN}",
            (
                "[show|list] {rows} [whose {y} is|with {y}] more than three standard "
                "deviations [from|away from] the mean"
            ),
        ),
        (
            f"[muestra|busca|detecta|lista] [los|] [outliers|valores atípicos] de {{y}} {_Z_ES}",
            "{rows} con {y} a más de tres desviaciones típicas de la media",
        ),
    ),
    Pattern(
        "where not zoutlier {y} save",
        "y=measure",
        (
            f"[remove|drop|delete|filter out] [the|] outliers [in|of|from] {{y}} {_Z_EN}",
            (
                "[drop|remove] {rows} [whose {y} is|with {y}] more than three standard "
                "deviations from the mean"
            ),
        ),
        (f"[elimina|quita|borra] [los|] [outliers|valores atípicos] de {{y}} {_Z_ES}",),
    ),
    Pattern(
        "where zoutlier {y} count",
        "y=measure",
        (f"how many outliers [are there in|does] {{y}} [have|] {_Z_EN}?",),
        (f"¿cuántos [outliers|valores atípicos] hay en {{y}} {_Z_ES}?",),
        0.6,
    ),
)

FAMILIES: tuple[tuple[float, Family], ...] = ((1.0, _TYPES), (1.0, _OUTLIERS))
