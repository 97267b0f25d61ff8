"""A plan that leaves out what the request names loses to one that uses it."""

import pandas as pd

from nbcodegen.embedded.coverage import CELL, CHART, NUMBER, WORD, Coverage
from nbcodegen.embedded.derivation import Pointers
from nbcodegen.prompt import render
from nbcodegen.schema import table_schema

FLATS = pd.DataFrame(
    {"city": ["Lima", "Quito"], "sold_in": ["Lima", "Cusco"], "price": [90, 120], "rooms": [2, 3]}
)


def _coverage(request):
    prompt = render([table_schema("flats", FLATS)], request, privacy="samples")
    pointers = Pointers(prompt)
    return Coverage(prompt, pointers), {item.text: name for name, item in pointers.items.items()}


def test_what_is_named_and_not_used_is_lost_by_its_weight():
    coverage, names = _coverage("price of flats in Quito with 3 rooms")
    full = [names["price"], names["Quito"], names["3"], names["rooms"]]
    assert coverage.lost(full) == 0
    assert coverage.lost(full[1:]) == WORD
    assert coverage.lost(["from", "T0", names["price"], names["rooms"]]) == CELL + NUMBER


def test_a_text_that_two_columns_hold_is_one_mention():
    coverage, names = _coverage("price in Lima")
    assert coverage.lost([names["price"], names["Lima"]]) == 0
    assert coverage.lost([names["price"]]) == CELL


def test_a_word_of_a_longer_name_is_a_mention_unless_it_names_rows_or_the_table():
    trips = pd.DataFrame({"trip_id": [1, 2], "fare_amount": [3.0, 4.0], "trip_zone": ["a", "b"]})
    prompt = render([table_schema("trips", trips)], "fares of all trips", privacy="samples")
    pointers = Pointers(prompt)
    names = {item.text: name for name, item in pointers.items.items()}
    coverage = Coverage(prompt, pointers)
    assert coverage.lost([names["fare_amount"]]) == 0
    assert coverage.lost([names["trip_zone"]]) == WORD


def test_a_chart_that_the_words_ask_for_is_drawn_or_lost():
    coverage, names = _coverage("histogram of price")
    assert coverage.lost(["hist", names["price"]]) == 0
    assert coverage.lost(["stat", names["price"]]) == CHART
    coverage, names = _coverage("gráfica de price")
    assert coverage.lost(["line", names["price"]]) == 0
    assert coverage.lost(["stat", names["price"]]) == CHART


def test_declining_loses_nothing_for_a_chart():
    coverage, _ = _coverage("plot the roc curve")
    assert coverage.lost(["decline"]) == 0


def test_a_column_that_is_called_like_a_chart_asks_for_none():
    table = table_schema("land", pd.DataFrame({"plot": [1, 2], "price": [3, 4]}))
    prompt = render([table], "price of each plot", privacy="samples")
    pointers = Pointers(prompt)
    assert Coverage(prompt, pointers).lost(list(pointers.items)) == 0
