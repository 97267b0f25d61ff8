"""What code touches, as far as it says so."""

from __future__ import annotations

import pytest

from nbcodegen.footprint import columns_named, names_in, tables_read
from nbcodegen.values import ColumnSchema, TableSchema


def table(name, *keys):
    columns = [ColumnSchema(str(key), repr(key), "integer", n) for n, key in enumerate(keys)]
    return TableSchema(name, 1, tuple(columns), width=len(columns))


HOMES, SALES = table("homes", "price", "city", 0, ("a", "b")), table("sales", "total")


def test_only_tables_that_the_code_names_are_read():
    assert tables_read("homes.merge(other)", (HOMES, SALES)) == (HOMES,)


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ('homes.groupby("city")["price"].mean()', ("city", "price")),
        ('homes[["price", "city", "price"]]', ("price", "city")),
        ("homes.price.plot(title='total')", ("price",)),
        ('homes[("a", "b")]', ("('a', 'b')",)),
        ("homes.head(0)", ()),
        ("other.price", ()),
        ("homes[", ()),
    ],
)
def test_columns_are_listed_in_the_order_of_the_code(code, labels):
    assert columns_named(code, (HOMES,)) == labels


def test_names_texts_and_keywords_of_code_can_be_asked_for():
    code = 'best = homes.assign(twice=homes["price"] * 2).rename(columns={"city": "town"})'
    assert {"best", "homes", "twice", "price", "town"} <= names_in(code)


def test_a_cell_that_is_no_python_has_no_names():
    assert names_in("%matplotlib inline\nx = 1") == frozenset()
