"""A plan that goes against what people take for granted loses, where nobody asked for it."""

import pandas as pd
import pytest

from nbcodegen.embedded.conventions import (
    AVERAGED,
    COLOURED,
    DRAWN_UNASKED,
    ID,
    LATER,
    PIE,
    TURNED,
    Conventions,
)
from nbcodegen.embedded.derivation import Pointers
from nbcodegen.linking import words_of
from nbcodegen.prompt import render
from nbcodegen.schema import table_schema

TRIPS = pd.DataFrame(
    {
        "left": pd.to_datetime(["2024-01-01", "2024-01-02"]),
        "back": pd.to_datetime(["2024-01-03", "2024-01-04"]),
        "sales": [1.0, 2.0],
        "speed": [3.0, 4.0],
        "trip_id": [7, 8],
    }
)


def broken(request, *symbols, previous=""):
    tables = [table_schema("trips", TRIPS)]
    prompt = render(tables, request, privacy="samples", previous=previous)
    pointers = Pointers(prompt)
    names = {item.text: name for name, item in pointers.items.items()}
    conventions = Conventions(prompt, pointers, words_of(prompt.request))
    return conventions.broken([names.get(symbol, symbol) for symbol in symbols])


def test_a_date_that_nobody_names_is_the_first_one():
    assert broken("trips per month", "ym", "left") == 0
    assert broken("trips per month", "ym", "back") == LATER
    assert broken("trips per month they came back", "ym", "back") == 0


def test_amounts_are_added_up_and_rates_are_not():
    assert broken("sales by month", "mean", "sales") == AVERAGED
    assert broken("average sales by month", "mean", "sales") == 0
    assert broken("speed by month", "mean", "speed") == 0


def test_an_id_is_not_all_that_is_shown_of_the_rows_asked_for():
    assert broken("trips of the car", "cols", "trip_id", "end") == ID
    assert broken("ids of the trips of the car", "cols", "trip_id", "end") == 0
    assert broken("trips of the car", "cols", "trip_id", "speed", "end") == 0


def test_points_are_coloured_by_a_column_that_is_named():
    assert broken("scatter chart of sales against speed", "scatter", "hue", "trip_id") == COLOURED
    assert broken("scatter chart of sales, by trip", "scatter", "hue", "trip_id") == 0


def test_a_pie_is_drawn_where_one_is_asked_for():
    assert broken("chart of speed by month", "pie") == PIE
    assert broken("pie chart of speed by month", "pie") == 0


@pytest.mark.parametrize(
    ("request_", "wrong", "right"),
    [
        ("trips with speed over 8", "lt", "gt"),
        ("viajes con velocidad superior a 8", "le", "ge"),
        ("trips slower than 8", "gt", "lt"),
        ("the 5 slowest and cheapest trips", "desc", "asc"),
        ("los 5 viajes más caros", "asc", "desc"),
    ],
)
def test_a_direction_that_is_said_is_not_turned_round(request_, wrong, right):
    assert broken(request_, wrong) == TURNED
    assert broken(request_, right) == 0
    assert broken(request_, wrong, right) == 0


@pytest.mark.parametrize(
    "request_",
    [
        "trips with speed no more than 8",
        "speed over time",
        "from the cheapest to the most expensive",
        "highest speed by month, ascending",
    ],
)
def test_where_the_direction_is_open_nothing_is_lost(request_):
    assert broken(request_, "lt") == broken(request_, "asc") == broken(request_, "desc") == 0


def test_nothing_is_drawn_where_no_word_speaks_of_a_picture():
    assert broken("trips per month", "line") == DRAWN_UNASKED
    for asked in ("evolution of trips", "tendencia de los viajes", "plot trips", "trips over time"):
        assert broken(asked, "line") == 0


def test_what_follows_a_chart_may_be_one():
    assert broken("now by year", "line", previous="trips.speed.plot.line()") == 0
