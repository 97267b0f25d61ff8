"""The sidebar's look at tables: sizes at once, cells only on request, nothing of a stranger run."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from nbcodegen.bridge import tables
from nbcodegen.errors import UnknownName

HOMES = pd.DataFrame({
    "price": [100.0, 250.0, np.nan, 400.0],
    "area": ["Old Town", "Harbor", "Old Town", None],
    "sold": pd.to_datetime(["2020-01-01", "2020-02-01", None, "2021-01-01"]),
    "new": [True, False, True, True],
})  # fmt: skip


def closer(column: object, **options: object) -> object:
    return tables.closer({"t": pd.DataFrame({"x": pd.Series(column, **options)})}, "t", 0)


def test_tables_are_listed_with_their_sizes_in_the_order_of_the_namespace():
    namespace = {"b": HOMES, "_hidden": HOMES, "n": 3, "a": HOMES["price"]}
    assert [(each.name, each.rows, each.columns) for each in tables.listed(namespace).tables] == [
        ("b", 4, 4), ("a", 4, 1)]  # fmt: skip


def test_a_page_holds_the_columns_that_a_search_leaves():
    wide = pd.DataFrame(np.zeros((3, 10_000)), columns=[f"c{n}" for n in range(10_000)])
    found = tables.page({"wide": wide}, "wide", start=10, count=5, like="C99")
    assert found.total == 1 + 10 + 100
    assert [each.label for each in found.columns] == ["c999", "c9900", "c9901", "c9902", "c9903"]
    assert len(tables.page({"wide": wide}, "wide", count=10_000).columns) == tables.PAGE


def test_numbers_are_spread_over_ranges_and_missing_cells_are_counted():
    found = tables.closer({"homes": HOMES}, "homes", 0)
    assert (found.missing, found.distinct, found.low, found.high) == (1, 3, "100", "400")
    assert sum(found.bins) == 3 and found.bins[0] == 1 and found.bins[-1] == 1


def test_moments_are_spread_too():
    found = tables.closer({"homes": HOMES}, "homes", 2)
    assert found.low.startswith("2020-01-01") and found.high.startswith("2021-01-01")
    assert sum(found.bins) == 3


def test_of_texts_and_flags_the_most_frequent_are_shown():
    area, new = (tables.closer({"homes": HOMES}, "homes", place) for place in (1, 3))
    assert [(top.text, top.count) for top in area.top] == [("Old Town", 2), ("Harbor", 1)]
    assert [(top.text, top.count) for top in new.top] == [("True", 3), ("False", 1)]


@pytest.mark.parametrize(
    "cells",
    [
        [], [None, None], [np.nan], [np.inf, -np.inf, 1.0], [1e308, -1e308], [2**63, 1],
        [[1], [2]], [{"a": 1}], [1, "a", None], ["\u202e<img onerror=x>\n" * 50], [1 + 2j],
        [pd.Timestamp("2020-01-01", tz="UTC")], [pd.Timedelta(days=1)], [pd.Period("2020-01")],
        [b"\xff"], [float("nan")] * 3, [sys.float_info.max, sys.float_info.min],
    ],
)  # fmt: skip
def test_odd_cells_get_an_answer(cells):
    found = closer(cells, dtype=None if cells else "float64")
    assert found.looked_at == len(cells)
    assert all(len(top.text) <= tables.LONGEST and top.text.isprintable() for top in found.top)


def test_cells_of_a_strangers_class_are_never_asked_anything():
    class Stranger:
        def __hash__(self):
            raise AssertionError("it was asked for its hash")

        def __eq__(self, other):
            raise AssertionError("it was compared")

        def __str__(self):
            raise AssertionError("it was printed")

    assert closer([Stranger(), Stranger()]).distinct is None


def test_only_the_first_rows_of_a_long_column_are_looked_at():
    long = pd.DataFrame({"x": range(100_000)})
    found = tables.closer({"long": long}, "long", 0)
    assert (found.rows, found.looked_at) == (100_000, tables.MOST_ROWS)


def test_duplicate_labels_are_looked_at_by_their_place():
    twice = pd.DataFrame([[1, "a"], [2, "b"]], columns=["x", "x"])
    assert tables.closer({"t": twice}, "t", 0).bins
    assert tables.closer({"t": twice}, "t", 1).top


@pytest.mark.parametrize("ask", [lambda: tables.page({}, "gone"), lambda: tables.closer(
    {"homes": HOMES}, "homes", 9)])  # fmt: skip
def test_what_is_gone_is_said_to_be_gone(ask):
    with pytest.raises(UnknownName, match="any more"):
        ask()


def test_tables_of_other_libraries_are_looked_at_too():
    pl, pa = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    namespace = {
        "p": pl.DataFrame({"x": [1, 2, None], "s": ["a", "b", "a"]}),
        "w": pa.table({"x": [1.5, None], "s": ["a", "b"]}),
    }
    assert [each.frame for each in tables.listed(namespace).tables] == ["polars", "pyarrow"]
    for name in namespace:
        assert tables.closer(namespace, name, 0).missing == 1
        assert tables.closer(namespace, name, 1).top[0].text == "a"


def test_a_query_of_duckdb_is_never_run_for_a_look():
    duckdb = pytest.importorskip("duckdb")
    query = duckdb.sql("select 1 as a, 'x' as b")
    (line,) = tables.listed({"query": query}).tables
    assert (line.rows, line.columns) == (None, 2)
    assert tables.closer({"query": query}, "query", 0).looked_at == 0
