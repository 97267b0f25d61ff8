"""Live tables -> TableSchema."""

from __future__ import annotations

import ast
import copy
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from tables import TABLES, Counting

from nbcodegen.schema import CELLS, COLUMN_TEXTS, MOST_TEXTS, table_schema, table_schemas
from nbcodegen.schema.frames import DESCRIBED


def described(name):
    return table_schema("df", TABLES[name]())


def column(name, label):
    return next(column for column in described(name).columns if column.label == label)


def kinds(name):
    return {column.label: column.kind for column in described(name).columns}


def test_public_tables_are_listed_in_the_order_of_the_namespace():
    frame = pd.DataFrame({"a": [1]})
    namespace = {"sales": frame, "_hidden": frame, "n": 3, "In": ["df"], "ages": frame["a"]}
    assert [(table.name, table.frame) for table in table_schemas(namespace)] == [
        ("sales", "pandas"),
        ("ages", "series"),
    ]


def test_other_objects_are_never_asked_anything():
    class Trap:
        def __getattribute__(self, name):
            raise RuntimeError(f"asked for {name}")

    assert table_schemas({"trap": Trap(), "counting": Counting(), "kind": pd.DataFrame}) == ()


def test_what_is_no_table_is_refused():
    with pytest.raises(TypeError, match="df is a list"):
        table_schema("df", [1])


@pytest.mark.parametrize("name", TABLES)
def test_every_awkward_table_is_described_within_bounds_and_without_warnings(name):
    table = TABLES[name]()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        schema = table_schema("df", table)
    for place, known in enumerate(schema.columns):
        assert known.position == place
        assert known.label.isprintable() and len(known.label) <= 80
        ast.literal_eval(known.key)
        assert len(known.examples) <= 3
        assert all(len(shown) <= 40 and shown.isprintable() for shown in known.examples)
        assert len(known.values) <= COLUMN_TEXTS and all(len(text) <= 60 for text in known.values)
        assert len(known.low) <= 40 and len(known.high) <= 40
    assert schema.width == len(schema.columns)


@pytest.mark.parametrize("name", TABLES)
def test_the_same_table_gives_the_same_schema(name):
    assert described(name) == described(name)


@pytest.mark.parametrize("name", [name for name in TABLES if name != "wide"])
def test_looking_changes_nothing(name):
    table = TABLES[name]()
    if not hasattr(table, "attrs"):
        pytest.skip("cannot be changed in place")
    table.attrs["note"] = "kept"
    before, flags = copy.deepcopy(table), table.flags.allows_duplicate_labels
    table_schema("df", table)
    if name != "objects":  # Decimal's signalling NaN refuses to be compared
        same = pd.testing.assert_frame_equal if table.ndim == 2 else pd.testing.assert_series_equal
        same(table, before)
    assert (table.attrs, table.flags.allows_duplicate_labels) == ({"note": "kept"}, flags)


def test_after_looking_the_table_can_be_changed_in_place_without_a_copy():
    table = TABLES["ordinary sales"]()
    address = table["units"].to_numpy().__array_interface__["data"][0]
    table_schema("df", table)
    table.iloc[0, 2] = 99
    assert table["units"].to_numpy().__array_interface__["data"][0] == address


def test_an_ordinary_table():
    schema = described("ordinary sales")
    assert (schema.rows, schema.looked_at, schema.index) == (4, None, ())
    date, city, units, price, online = schema.columns
    assert (date.kind, date.low, date.high, date.missing) == (
        "datetime", "2024-01-05", "2024-02-01", 1,
    )  # fmt: skip
    assert (city.kind, city.values, city.distinct) == ("string", ("Lima", "Cusco"), 2)
    assert (city.examples, city.missing) == (("'Lima'", "'Cusco'"), 1)
    assert (units.kind, units.low, units.high, units.distinct) == ("integer", "2", "8", 4)
    assert (price.kind, price.missing, price.examples) == ("float", 1, ("9.5", "12.25", "7.0"))
    assert (online.kind, online.examples, online.low) == ("boolean", ("True", "False"), "")


def test_kinds_are_ours_whatever_the_library_calls_them():
    assert list(kinds("nullable").values()) == ["integer", "float", "boolean", "string"]
    assert list(kinds("categories").values()) == ["category"] * 3
    assert list(kinds("other types").values()) == [
        "duration", "datetime", "datetime", "float", "integer",
    ]  # fmt: skip
    assert list(kinds("arrow types").values()) == [
        "integer", "string", "datetime", "datetext", "float", "category", "other",
    ]  # fmt: skip
    assert list(kinds("polars").values()) == ["string", "integer", "float", "datetime", "other"]
    assert list(kinds("duckdb").values()) == ["string", "integer", "float", "datetime", "other"]


def test_objects_are_told_by_the_types_of_their_cells():
    assert kinds("objects") == {
        "mixed": "other", "lists": "other", "dicts": "other", "bytes": "other", "complex": "other",
        "decimals": "float", "dates": "datetext", "flags": "boolean", "whole": "integer",
        "zones": "datetext",
    }  # fmt: skip
    assert kinds("missing and infinite") == {
        "none": "other", "nan": "float", "nat": "datetime", "inf": "float",
    }  # fmt: skip
    assert column("objects", "lists").examples == ("<list>",)
    assert column("objects", "decimals").missing == 2


def test_text_is_dates_only_where_it_reads_as_dates():
    dates = ["iso", "stamp", "day first", "short", "words", "dotted", "month"]
    found = kinds("dates as text")
    assert [label for label, kind in found.items() if kind == "datetext"] == dates
    assert {kind for label, kind in found.items() if label not in dates} == {"string"}


def test_dates_show_their_range_and_whether_the_day_is_first():
    assert column("dates as text", "iso").high == "2014-01-09"
    assert "'31/12/2020'" in column("dates as text", "day first").examples
    assert column("dates as text", "day first").low == ""


def test_strangers_in_cells_are_told_by_their_type_alone():
    cells = [Counting() for _ in range(5)]
    schema = table_schema("df", pd.DataFrame({"own": cells, "n": range(5)}))
    assert schema.columns[0].kind == "other"
    assert schema.columns[0].examples == ("<Counting>",)
    assert [cell.calls for cell in cells] == [[]] * 5


def test_labels_that_code_cannot_spell_are_taken_by_position():
    known = {column.label: column for column in described("odd labels").columns}
    assert [label for label, column in known.items() if column.unique] == [
        "text", "a b", "2.5", "True", "7",
    ]  # fmt: skip
    assert (known["a b"].key, known["7"].key, known["2.5"].key) == ("('a', 'b')", "7", "2.5")


def test_keys_take_the_column_they_belong_to():
    for name in ("ordinary sales", "int labels", "multiindex columns", "odd labels", "hostile"):
        table = TABLES[name]()
        for known in described(name).columns:
            if known.unique:
                taken = table[ast.literal_eval(known.key)]
                pd.testing.assert_series_equal(taken, table.iloc[:, known.position])


def test_duplicate_and_equal_labels_are_not_unique():
    assert [known.unique for known in described("duplicate labels").columns] == [
        False, True, False,
    ]  # fmt: skip
    table = pd.DataFrame([[1, 2, 3]], columns=pd.Index([1, True, "1"], dtype=object))
    assert [known.unique for known in table_schema("df", table).columns] == [False, False, True]


def test_a_label_too_long_for_a_prompt_is_taken_by_position():
    known = described("hostile").columns[-1]
    assert (len(known.label), known.unique) == (80, False)
    assert len(known.key) < 100


def test_a_meaningful_index_is_described_as_reset_index_would_make_it():
    def levels(name):
        return [(known.key, known.kind, known.position) for known in described(name).index]

    assert levels("named index") == [("'city'", "string", -1)]
    assert levels("zoned index") == [("'index'", "datetime", -1)]
    assert levels("multiindex index") == [
        ("'city'", "string", -1), ("'level_1'", "integer", -1),
    ]  # fmt: skip
    assert levels("multiindex columns") == [("('city', '')", "string", -1)]
    assert levels("nameless series") == [("'index'", "string", -1)]
    assert levels("ordinary sales") == levels("no rows") == []
    for name in ("named index", "zoned index", "multiindex index", "multiindex columns"):
        assert {ast.literal_eval(key) for key, *_ in levels(name)} <= set(
            TABLES[name]().reset_index().columns
        )


def test_the_row_numbers_of_a_filtered_frame_are_no_column():
    table = pd.DataFrame({"city": ["a", "b", "c"]}).iloc[[2, 0]]
    assert table_schema("df", table).index == ()


def test_a_level_named_like_a_column_is_left_out():
    table = pd.DataFrame({"city": ["a"]}, index=pd.Index(["b"], name="city"))
    assert table_schema("df", table).index == ()


def test_a_series_is_a_table_of_one_column():
    assert described("series").columns[0].key == "'price'"
    assert described("nameless series").columns[0].key == "'df'"


def test_statistics_come_from_the_first_rows_and_say_so():
    rows = 50_000
    table = pd.DataFrame({"n": np.arange(rows), "word": [f"w{row}" for row in range(rows)]})
    schema = table_schema("df", table)
    number, word = schema.columns
    assert (schema.rows, schema.looked_at) == (rows, 10_000)
    assert (number.low, number.high, number.distinct) == ("0", "9999", 10_000)
    assert word.values == tuple(f"w{row}" for row in range(COLUMN_TEXTS))


def test_wide_tables_are_looked_at_less_deeply():
    table = pd.DataFrame({f"c{place}": ["a", "b"] * 3000 for place in range(100)})
    schema = table_schema("df", table)
    assert schema.looked_at == CELLS // 100
    table = pd.DataFrame({f"c{place}": [f"w{row}" for row in range(400)] for place in range(60)})
    kept = sum(len(known.values) for known in table_schema("df", table).columns)
    assert kept <= MOST_TEXTS + 60 * 20


def test_of_ten_thousand_columns_all_have_names_and_kinds():
    schema = described("wide")
    assert schema.width == 10_000 and {known.kind for known in schema.columns} == {"float"}
    counted = [known.missing is not None for known in schema.columns]
    assert counted == [True] * DESCRIBED + [False] * (10_000 - DESCRIBED)
    cells = [["a", 1, True, None, 2.5], ["b", 2, False, None, 1.5]]
    table = pd.DataFrame(np.array([row * 100 for row in cells], dtype=object))
    last = table_schema("df", table).columns[-5:]
    assert [known.kind for known in last] == ["string", "integer", "boolean", "other", "float"]


def test_long_texts_are_read_only_at_a_glance():
    schema = table_schema(
        "df", pd.DataFrame({"essay": ["word " * 200 + str(n) for n in range(99)]})
    )
    essay = schema.columns[0]
    assert (essay.kind, essay.distinct, essay.missing, essay.values) == ("string", None, None, ())


def test_other_frames_are_described_like_pandas():
    frame = table_schema("df", pd.DataFrame({"city": ["Lima", "Cusco", None], "units": [3, 5, 2]}))
    for name in ("polars", "pyarrow"):
        schema = described(name)
        assert (schema.frame, schema.rows) == (name, 3)
        assert schema.columns[0] == frame.columns[0]
        assert schema.columns[3].high == "2024-02-01"
    assert [known.unique for known in described("pyarrow").columns] == [
        True, False, True, True, True, False,
    ]  # fmt: skip


def test_a_query_of_duckdb_is_not_run():
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.sql("select i, error('was run') as trap from range(3) t(i)")
    schema = table_schema("query", relation)
    assert (schema.rows, [known.label for known in schema.columns]) == (None, ["i", "trap"])


def test_no_library_is_imported_that_the_user_has_not_loaded():
    code = (
        "import sys; from nbcodegen.schema import table_schemas\n"
        "class DataFrame: pass\n"
        "table_schemas({'a': DataFrame(), 'b': 1})\n"
        "print([name for name in ('pandas', 'numpy', 'polars', 'pyarrow', 'duckdb', 'narwhals')"
        " if name in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert printed.stdout.strip() == "[]", printed.stderr


def test_schemas_agree_with_those_recorded_under_another_pandas():
    # Written once under pandas 2.2 and required of every version since.
    sales = table_schema("df", TABLES["ordinary sales"]().iloc[:2])
    assert repr(sales.columns[1]) == (
        "ColumnSchema(label='city', key=\"'city'\", kind='string', position=1, unique=True, "
        "missing=0, distinct=2, low='', high='', examples=(\"'Lima'\", \"'Cusco'\"), "
        "values=('Lima', 'Cusco'))"
    )
