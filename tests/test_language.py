"""A request is answered in its own language: titles, new names and the account of what was done."""

import pytest
from small_tables import AREAS, HOMES, plan, pointers

from nbcodegen.language import language
from nbcodegen.rendering.cell import render

SPANISH = [
    "precio medio por neighborhood",
    "¿cuántos clientes hay?",
    "grafica price por city",
    "los 10 productos más caros",
    "Quita la columna email",
    "histograma de fare",
]
ENGLISH = [
    "plot average price by barrio",
    "how many clientes are there",
    "top 10 ciudad",
    "",
    "price > 100",
    "drop the columna_2 column",
]


@pytest.mark.parametrize("request_text", SPANISH)
def test_spanish_is_told_by_its_small_words(request_text):
    assert language(request_text) == "es"


@pytest.mark.parametrize("request_text", ENGLISH)
def test_everything_else_is_english(request_text):
    assert language(request_text) == "en"


def _written(text, lang):
    return render(plan(text), pointers(), (HOMES, AREAS), lang)


def test_titles_and_labels_follow_the_language():
    text = "by @area end mean @price end bar end"
    assert 'title="Mean of price by area"' in _written(text, "en")
    assert 'title="Media de price por area"' in _written(text, "es")


def test_new_names_follow_the_language():
    text = "new auto div @price @qty save"
    assert '["price_per_qty"]' in _written(text, "en")
    assert '["price_entre_qty"]' in _written(text, "es")
