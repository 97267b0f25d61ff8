"""New columns: arithmetic, dates, labels, bins, texts, and windows over rows."""

from __future__ import annotations

from nbcodegen.training.grammar import derived_windows
from nbcodegen.training.grammar.filters import condition
from nbcodegen.training.grammar.patterns import Family, Pattern, family, row_words
from nbcodegen.training.grammar.scene import NoFit, Scene, Value
from nbcodegen.training.grammar.chart_style import quoted
from nbcodegen.training.grammar.steps import Part, Steps, steps
from nbcodegen.training.records import Example

_NAMES = {
    "en": """ratio total diff margin new_col flag label group rate score_per_unit total_price result
        gap difference net share pct change growth category bucket level band is_high per_unit
        normalized ranking rounded full_name year_only month_name age_group result_2 tmp value_2
        size_class key2 output metric delta""".split(),
    "es": """ratio total diferencia margen nueva etiqueta grupo tasa resultado neto cuota pct cambio
        crecimiento tramo nivel banda es_alto por_unidad normalizado ranking redondeado clave
        nombre_completo anio mes grupo_edad salida metrica delta valor_2""".split(),
}
_FRAME = {
    "en": (
        "[add|create|make|compute|calculate|insert|define|build|generate] [a|a new|another] column [called|named|with the name] {v} [with|that is|equal to|as|containing|holding] {e}",
        "[new|add|create|make] column {v} [=|with|:|as|equal to] {e}",
        "[add|create|compute|calculate] {e} [as|in a column called|in a new column named|and call it|and store it in a column named|in a column named] {v}",
        "[add|create|make|compute|calculate] [a|a new] [column|field|variable] {v} [with|from|that holds|=] {e}",
        "[store|save|put] {e} in [a new column named|a column called] {v}",
    ),
    "es": (
        "[añade|crea|agrega|haz|genera|calcula] una [nueva columna|columna|columna nueva] [llamada|con el nombre|de nombre] {v} [con|que sea|igual a|que contenga] {e}",
        "[nueva columna|crea la columna|añade la columna|agrega la columna] {v} [=|con|:|igual a] {e}",
        "[calcula|añade|guarda] {e} [como|en una columna llamada|en la columna] {v}",
        "[guarda|pon] {e} en [una columna nueva llamada|una columna llamada] {v}",
    ),
}  # fmt: skip
_UNNAMED = {
    "en": (
        "[add|create|make|compute|calculate|insert] [a|a new|another] column [with|for|containing|that is|holding|that has] {e}",
        "[add|compute|calculate|create] {e} [as a new column|as a column|in a new column|for each {row}|per {row}]",
        "[add|create] [a|] {e} column", "new column [with|:] {e}", "[calculate|compute] {e} [for every {row}|per {row}|row by row] [as a new column|and add it to the table]",
    ),
    "es": (
        "[añade|crea|agrega|haz|calcula] una [nueva columna|columna] [con|que sea|para|que contenga] {e}",
        "[calcula|añade] {e} [como nueva columna|en una columna nueva|para cada {row}|como columna]", "[nueva columna|columna nueva] [con|:] {e}",
    ),
}  # fmt: skip


def asked(scene: Scene, expression: str, symbols: Steps, source: str) -> Example:
    """Ask for a new column, with a name of the person's own or without."""
    named = scene.chance(0.55)
    words = row_words(scene)
    if not named:
        template = scene.one(*_UNNAMED[scene.lang])
        bare = expression.removeprefix("the ") if "] {e} column" in template else expression
        request = scene.fill(template, e=bare, **words)
        return scene.example(request, ("from", "T0", "new", "auto", *symbols, "save"), source)
    name = _name(scene)
    request = scene.fill(scene.one(*_FRAME[scene.lang]), e=expression, v=name.phrase, **words)
    return scene.example(request, ("from", "T0", "new", name.symbol, *symbols, "save"), source)


def _name(scene: Scene) -> Value:
    name = scene.one(*_NAMES[scene.lang])
    if name in {column.label for column in scene.tables[0].columns}:
        raise NoFit("new name")
    return scene.text(name)


def composed(scene: Scene, pattern: Pattern, source: str) -> Example:
    """Ask for a new column whose expression a pattern says."""
    from nbcodegen.training.grammar.patterns import _parts, _said

    parts: dict[str, Part] = _parts(scene, pattern.slots)
    words = row_words(scene)
    for name, part in parts.items():
        words.update(_said(scene, name, part))
    template = scene.one(*(pattern.es if scene.es else pattern.en))
    return asked(scene, scene.fill(template, **words), steps(pattern.plan, **parts), source)
