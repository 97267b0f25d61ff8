"""A plan that leaves out what the request names loses to one that uses it."""

import pandas as pd

from nbcodegen.embedded.coverage import CELL, COLUMN, NUMBER, Coverage
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
    assert coverage.lost(full[1:]) == COLUMN
    assert coverage.lost(["from", "T0", names["price"], names["rooms"]]) == CELL + NUMBER


def test_a_text_that_two_columns_hold_is_one_mention():
    coverage, names = _coverage("price in Lima")
    assert coverage.lost([names["price"], names["Lima"]]) == 0
    assert coverage.lost([names["price"]]) == CELL
