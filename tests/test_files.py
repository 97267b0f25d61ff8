"""Data files become tables with names that code can use."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from nbcodegen.commands.files import UnreadableFile, load_table, load_tables, table_name

TABLE = pd.DataFrame({"city": ["Lima", "Quito"], "price": [100, 120]})


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("homes.csv", "homes"),
        ("Home Sales (2024).csv", "Home_Sales_2024"),
        ("2024.csv", "table_2024"),
        ("class.parquet", "class_"),
        ("pd.csv", "pd_"),
        ("año.json", "año"),
        ("---.csv", "table"),
    ],
)
def test_a_table_is_named_after_its_file_as_an_identifier(file, name):
    assert table_name(Path(file)) == name
    assert name.isidentifier()


@pytest.mark.parametrize("ending", ["csv", "csv.gz", "tsv", "json", "jsonl", "parquet"])
def test_every_kind_of_file_gives_the_same_table(tmp_path, ending):
    path = tmp_path / f"homes.{ending}"
    write = {
        "csv": lambda: TABLE.to_csv(path, index=False),
        "csv.gz": lambda: TABLE.to_csv(path, index=False),
        "tsv": lambda: TABLE.to_csv(path, index=False, sep="\t"),
        "json": lambda: TABLE.to_json(path, orient="records"),
        "jsonl": lambda: TABLE.to_json(path, orient="records", lines=True),
        "parquet": lambda: TABLE.to_parquet(path),
    }
    write[ending]()
    assert load_table(path).to_dict("list") == TABLE.to_dict("list")


def test_two_files_of_one_name_become_two_tables(tmp_path):
    paths = [tmp_path / "a" / "homes.csv", tmp_path / "b" / "homes.csv"]
    for path in paths:
        path.parent.mkdir()
        TABLE.to_csv(path, index=False)
    assert list(load_tables(paths)) == ["homes", "homes_2"]


def test_a_file_that_holds_no_table_is_named_with_the_reason(tmp_path):
    path = tmp_path / "empty.csv"
    path.touch()
    with pytest.raises(UnreadableFile, match=r"empty\.csv: not readable as \.csv: No columns"):
        load_table(path)
