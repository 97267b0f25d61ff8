"""What each grade lets out: nothing of a cell where it must not."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import TABLES

from nbcodegen.privacy import reduce
from nbcodegen.schema import table_schema

WORDS = st.integers(0, 99).map(lambda n: f"SECRET{n}")
NUMBERS = st.integers(77_770_000, 77_779_999)
DAYS = st.integers(0, 27).map(lambda n: f"1877-07-{n + 1:02d}")
TEXTS = st.sampled_from([WORDS, DAYS]).flatmap(lambda kind: st.lists(kind, min_size=1, max_size=4))
MARKERS = ("SECRET", "7777", "1877-07")


@st.composite
def marked_tables(draw):
    """Tables whose every cell is unmistakable, also those of the index."""
    texts = draw(TEXTS)
    rows = len(texts)
    numbers = draw(st.lists(NUMBERS, min_size=rows, max_size=rows))
    frame = pd.DataFrame({
        "text": texts,
        "category": pd.Categorical(texts),
        "number": numbers,
        "mixed": pd.Series([texts[0], *numbers[1:]], dtype=object),
        "lists": [[text] for text in texts],
        "bytes": [text.encode() for text in texts],
        "dates": [dt.date(1877, 7, 1 + number % 28) for number in numbers],
    })  # fmt: skip
    return frame.set_index(pd.Index(texts, name="key")) if draw(st.booleans()) else frame


def found(schema):
    return [marker for marker in MARKERS if marker in repr(schema)]


@settings(max_examples=40, deadline=None)
@given(marked_tables())
def test_names_let_out_no_cell_at_all(table):
    reduced = reduce(table_schema("df", table), "names")
    assert found(reduced) == []
    assert (reduced.rows, reduced.looked_at) == (None, None)
    assert all(
        (column.missing, column.distinct) == (None, None)
        for column in (*reduced.columns, *reduced.index)
    )


@settings(max_examples=40, deadline=None)
@given(marked_tables())
def test_stats_let_out_ranges_of_numbers_but_no_text(table):
    reduced = reduce(table_schema("df", table), "stats")
    by_label = {column.label: column for column in (*reduced.columns, *reduced.index)}
    number = by_label.pop("number")
    assert (number.low, number.high) == (str(table["number"].min()), str(table["number"].max()))
    assert (number.examples, number.values) == ((), ())
    assert [label for label, column in by_label.items() if found(column)] == []
    assert reduced.rows == len(table)


@settings(max_examples=20, deadline=None)
@given(marked_tables())
def test_samples_let_out_what_the_schema_holds(table):
    schema = table_schema("df", table)
    assert reduce(schema, "samples") == schema and found(schema)


@pytest.mark.parametrize("name", TABLES)
def test_each_grade_keeps_names_kinds_and_places_and_less_of_the_rest(name):
    schema = table_schema("df", TABLES[name]())
    names, stats = reduce(schema, "names"), reduce(schema, "stats")
    for kept in (names, stats):
        assert [(c.label, c.key, c.kind, c.position, c.unique) for c in kept.columns] == [
            (c.label, c.key, c.kind, c.position, c.unique) for c in schema.columns
        ]
        assert (kept.width, kept.frame) == (schema.width, schema.frame)
    assert reduce(stats, "names") == names
    assert reduce(stats, "stats") == stats
