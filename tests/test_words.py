"""Plans are told in one line of words, in English and in Spanish."""

from __future__ import annotations

import pytest
from random_plans import PlanMaker
from small_tables import plan, pointers

from nbcodegen.plan import GRAMMAR, PlanError, parse
from nbcodegen.rendering import phrases
from nbcodegen.words import words

SAID = [
    ("by @area end mean @price end sort desc A0 end bar end",
     "homes: mean of price by area, sorted from high to low, as a bar chart",
     "homes: media de price por area, ordenado de mayor a menor, como gráfico de barras"),
    ("where gt @price #100 count",
     "homes: where price > 100, number of rows",
     "homes: donde price > 100, número de filas"),
    ("sort desc @price end head #5 cols @area @price end show",
     "homes: sorted by price from high to low, first 5, only area, price",
     "homes: ordenado por price de mayor a menor, primeros 5, solo area, price"),
    ("by ym @sold end sum mul @price @qty end line end",
     "homes: sum of price × qty by month of sold, as a line chart",
     "homes: suma de price × qty por mes de sold, como gráfico de líneas"),
    ("by @area end size mean @qty end where gt A1 #5 sort asc A1 end show",
     "homes: number of rows, mean of qty by area, where mean of qty > 5, "
     "sorted by mean of qty from low to high",
     "homes: número de filas, media de qty por area, donde media de qty > 5, "
     "ordenado por media de qty de menor a mayor"),
    ("scatter @price @qty hue @area end",
     "homes: as a scatter chart of qty against price, coloured by area",
     "homes: como gráfico de dispersión de qty según price, con color por area"),
    ("new auto div @price add @qty 1 save",
     "homes: new column: price ÷ (qty + 1), saved to the table",
     "homes: columna nueva: price ÷ (qty + 1), guardado en la tabla"),
    ("dropna end show",
     "homes: without rows that miss all columns",
     "homes: sin las filas a las que falta todas las columnas"),
    ("show", "homes", "homes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "english", "spanish"), SAID, ids=[text for text, _, _ in SAID])
def test_a_plan_is_said_in_both_languages(text: str, english: str, spanish: str) -> None:
    assert words(plan(text), pointers()) == english
    assert words(plan(text), pointers(), "es") == spanish


def test_joined_and_stacked_tables_are_named() -> None:
    symbols = ["from", "join", "inner", "T0", "T1", "C2", "C10", "count"]
    assert words(symbols, pointers()) == "homes joined with areas on area: number of rows"
    assert words(["from", "concat", "T0", "T1", "show"], pointers()) == "homes stacked on areas"


def test_declining_is_said_too() -> None:
    assert words(parse(["decline"]), {}) == "not a request about tables"
    assert words(["decline"], {}, "es") == "no es una petición sobre tablas"


def test_every_plan_has_words_on_one_line_without_gaps() -> None:
    maker = PlanMaker({s: i for s, i in pointers().items() if i.table == 0 or s[0] != "C"}, seed=3)
    for _ in range(300):
        symbols = maker.plan(depth=5)
        for lang in ("en", "es"):
            said = words(symbols, pointers(), lang)
            assert "\n" not in said and "{" not in said and "  " not in said


def test_every_word_of_the_grammar_has_words() -> None:
    known = {*phrases.EXPRESSIONS, *phrases.STEPS, *phrases.OPTIONS, *phrases.FUNCTIONS}
    elsewhere = {"end", "show", "by", "sort", "calc", "join", "concat", "from", "decline"}
    heads = {head for heads in GRAMMAR.values() for head in heads}
    hows = set(GRAMMAR["HOW"])
    plain = {head for head in heads if head[0].islower()} - known - elsewhere - hows
    assert not plain


def test_both_languages_take_the_same_parts() -> None:
    for table in (phrases.EXPRESSIONS, phrases.STEPS, phrases.OPTIONS, phrases.GLUE):
        for word, (english, spanish) in table.items():
            slots = [{n for n in range(4) if f"{{{n}}}" in text} for text in (english, spanish)]
            assert slots[0] == slots[1], word


def test_a_pointer_to_nothing_is_a_plan_error() -> None:
    with pytest.raises(PlanError):
        words(["from", "T0", "stat", "mean", "C99", "end"], pointers())
