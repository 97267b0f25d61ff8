"""Names in a request: real ones pass, certain mistakes are told, doubtful ones are left alone."""

from __future__ import annotations

import pytest

from nbcodegen.errors import UnknownName
from nbcodegen.references import read_references, restrict
from nbcodegen.values import ColumnSchema, TableSchema

HOMES = TableSchema(
    "homes",
    3,
    (
        ColumnSchema("sale_price", "'sale_price'", "integer", 0),
        ColumnSchema("city", "'city'", "string", 1, values=("in_progress", "Lima")),
        ColumnSchema("YearBuilt", "'YearBuilt'", "integer", 2),
        ColumnSchema("Unit Price ($)", "'Unit Price ($)'", "float", 3),
    ),
    width=4,
)
SALES = TableSchema("sales", 2, (ColumnSchema("total", "'total'", "integer", 0),), width=1)
TABLES = (HOMES, SALES)


def test_marked_tables_are_found_and_lose_their_mark():
    found = read_references("join @homes with @sales, then @homes.city counts", TABLES)
    assert found.tables == ("homes", "sales")
    assert found.request == "join homes with sales, then homes.city counts"


def test_a_request_without_marks_stays_as_it_is():
    text = "mail me at ann@homes.example, don't use -1"
    assert read_references(text, TABLES).request == text


def test_an_unknown_table_names_the_nearest_one():
    with pytest.raises(UnknownName, match=r"no table 'home' here; did you mean @homes\?"):
        read_references("mean price in @home", TABLES)


def test_an_unknown_table_like_no_other_lists_what_there_is():
    with pytest.raises(UnknownName, match="no table 'zzz' here; there are homes, sales"):
        restrict(TABLES, ["zzz"])


def test_no_names_restrict_nothing_and_names_keep_only_theirs():
    assert restrict(TABLES, ()) == TABLES
    assert restrict(TABLES, ("sales",)) == (SALES,)


@pytest.mark.parametrize(
    ("request_", "label", "nearest"),
    [
        ("mean of `sale_prize`", "sale_prize", "'sale_price'"),
        ('mean of homes["sale_prise"] by city', "sale_prise", "'sale_price'"),
        ("mean of homes.sale_prise by city", "sale_prise", "'sale_price'"),
        ("mean of @homes.yearbuild", "yearbuild", "'YearBuilt'"),
        ("average sale_prize by city", "sale_prize", "'sale_price'"),
        ("precio medio por sale_prize", "sale_prize", "'sale_price'"),
        ("counts by customer_segment", "customer_segment", ""),
    ],
)
def test_a_column_that_does_not_exist_is_told_with_the_closest(request_, label, nearest):
    with pytest.raises(UnknownName) as error:
        read_references(request_, TABLES)
    assert f"names a column {label!r}" in str(error.value)
    assert nearest in str(error.value)


@pytest.mark.parametrize(
    "request_",
    [
        "average `sale_price` by `city`",
        "average sale price by YEAR_BUILT",
        "average unit_price",
        "add a column `total_price` with the sum",
        "call it total_price",
        "the mean of sale_price as mean_price",
        "mean_price = mean of sale_price",
        "rename sale_price to sale_cost",
        "crea una columna sales_prices con el doble",
        "where city is in_progress",
        "rows where city is sale_prise_x",
        "homes.groupby city",
        "homes.csv by city",
        "Plot homes.Then sort it",
        "mean of homes.head",
        "addresses that end with @mail.com",
        "titled 'sale_prize of @nobody'",
        'rows where city contains "sale_prize"',
        "use my_total to filter",
        "counts by derived_column",
    ],
)
def test_a_name_that_may_be_right_is_left_alone(request_):
    read_references(request_, TABLES, known={"my_total", "derived_column"})


def test_nothing_is_certain_about_a_table_whose_schema_was_cut():
    wide = TableSchema("wide", 3, HOMES.columns, width=10_000)
    read_references("average sale_prize by customer_segment", (wide,))
