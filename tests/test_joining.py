"""Tables that are only around are not joined to the one that a request is about."""

import pandas as pd

from nbcodegen.embedded.joining import unasked
from nbcodegen.prompt import render
from nbcodegen.schema import table_schema

ORDERS = pd.DataFrame({"customer_id": [1, 2], "unit_price": [3.5, 4.0], "city": ["Lima", "Quito"]})
CUSTOMERS = pd.DataFrame({"customer_id": [1, 2], "segment": ["home", "shop"], "city": ["a", "b"]})


def _joins(request):
    tables = [table_schema("orders", ORDERS), table_schema("customers", CUSTOMERS)]
    return not unasked(render(tables, request, privacy="samples"))


def test_columns_of_two_tables_ask_for_both():
    assert _joins("average unit price by segment")


def test_names_of_two_tables_ask_for_both():
    assert _joins("customers without orders")


def test_a_request_that_one_table_answers_joins_nothing():
    assert not _joins("average unit price by city")
    assert not _joins("how many segments are there")
    assert not _joins("plot everything")
