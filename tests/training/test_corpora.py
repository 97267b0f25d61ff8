"""Requests that people wrote: their queries become plans, and their words move to other tables."""

from __future__ import annotations

import json
from random import Random

import pytest

from nbcodegen.mentions import find
from nbcodegen.training.embedded import corpora
from nbcodegen.training.embedded.sql import Unsupported, chart_plan, rows_plan
from nbcodegen.training.embedded.transplant import mould, poured
from nbcodegen.training.grammar.distraction import beside, distracted
from nbcodegen.training.records import Example
from nbcodegen.values import ColumnSchema, TableSchema

SHIPS = TableSchema(
    "ship",
    40,
    (
        ColumnSchema("Ship_ID", "'Ship_ID'", "integer", 0, distinct=40, low="1", high="40"),
        ColumnSchema("Name", "'Name'", "string", 1, distinct=40, values=("Lark", "Wren")),
        ColumnSchema("Flag", "'Flag'", "string", 2, distinct=4, values=("Malta", "Norway")),
        ColumnSchema("Tonnage", "'Tonnage'", "integer", 3, distinct=38, low="90", high="9000"),
        ColumnSchema("Built", "'Built'", "datetext", 4, distinct=30, low="1990-01-01"),
    ),
)
CREW = TableSchema(
    "crew",
    90,
    (
        ColumnSchema("Ship_ID", "'Ship_ID'", "integer", 0, distinct=40, low="1", high="40"),
        ColumnSchema("Rank", "'Rank'", "string", 1, distinct=5, values=("mate", "cook")),
    ),
)


@pytest.mark.parametrize(
    ("sql", "plan"),
    [
        ("SELECT count(*) FROM ship", "from T0 count"),
        (
            "SELECT Name FROM ship WHERE Tonnage > 500",
            "from T0 where gt C0.3 V=500 cols C0.1 end show",
        ),
        (
            "SELECT Flag, avg(Tonnage) FROM ship GROUP BY Flag",
            "from T0 by C0.2 end mean C0.3 end show",
        ),
        (
            "SELECT Flag FROM ship GROUP BY Flag ORDER BY count(*) DESC LIMIT 1",
            "from T0 by C0.2 end size end sort desc A0 end head 1 cols K0 end show",
        ),
    ],
)  # fmt: skip
def test_a_select_becomes_a_plan(sql, plan):
    assert " ".join(rows_plan(sql, (SHIPS,))) == plan


def test_a_query_that_no_plan_says_is_refused():
    with pytest.raises(Unsupported):
        rows_plan(
            "SELECT Name FROM ship WHERE Ship_ID IN (SELECT Ship_ID FROM crew)", (SHIPS, CREW)
        )


def _chart(query: str, kind: str, sort: dict[str, str] | None = None) -> str:
    return " ".join(chart_plan(query, kind, sort, (SHIPS,)))


def test_a_chart_is_ordered_as_the_words_ask_and_not_as_the_query_happens_to_be():
    query = "Visualize BAR SELECT Flag , SUM(Tonnage) FROM ship GROUP BY Flag ORDER BY Flag"
    assert _chart(query, "Bar") == "from T0 by C0.2 end sum C0.3 end bar end"
    down = {"channel": "y", "order": "descending"}
    assert _chart(query, "Bar", down) == "from T0 by C0.2 end sum C0.3 end sort desc A0 end bar end"


def test_a_key_that_is_not_drawn_is_no_series():
    query = "Visualize BAR SELECT Flag , COUNT(Flag) FROM ship GROUP BY Ship_ID"
    assert _chart(query, "Bar") == "from T0 by C0.2 end size end bar end"
    assert _chart(query, "Stacked Bar") == "from T0 by C0.2 C0.0 end size end wide stacked end"


def test_dates_are_put_in_bins():
    query = "Visualize BAR SELECT Built , COUNT(Built) FROM ship BIN Built BY YEAR"
    assert _chart(query, "Bar") == "from T0 by year C0.4 end size end bar end"


QUESTION = Example(
    "What is the average tonnage of the ships under the flag 'Malta'?",
    (SHIPS,),
    ("from", "T0", "where", "eq", "C0.2", "V='Malta'", "stat", "mean", "C0.3", "end"),
    "en",
    "spider/ships",
)


def test_a_question_moves_to_a_table_of_like_columns():
    form = mould(QUESTION)
    assert form is not None
    moved = [poured(Random(seed), form) for seed in range(40)]
    others = [example for example in moved if example.source == "transplant"]
    assert len(others) > 30
    for example in others:
        assert "tonnage" not in example.request and "Malta" not in example.request
        assert example.request.startswith("What is the average")
        value = example.plan[5]
        assert value.startswith("V=") and example.plan[4].startswith("C0.")
        said = value[2:].strip("'\"").lower() in example.request.lower()
        meant = [item.source for item in find(example.request, example.tables)]
        assert said or value[2:] in meant
    assert len({example.request for example in others}) > 20


def test_a_question_whose_names_are_not_in_its_words_stays_where_it_is():
    unnamed = Example(
        "How heavy are they?", (SHIPS,), ("from", "T0", "stat", "mean", "C0.3", "end"), "en", "x"
    )
    assert mould(unnamed) is None
    assert mould(Example(QUESTION.request, (SHIPS, CREW), QUESTION.plan, "en", "x")) is None


def test_pointers_move_along_with_their_table():
    example = beside(QUESTION, [CREW], [])
    assert example.tables == (CREW, SHIPS)
    assert example.plan[:6] == ("from", "T1", "where", "eq", "C1.2", "V='Malta'")


def test_other_tables_may_share_columns_and_the_request_then_tells_which_is_meant():
    example = Example(
        "rows per flag",
        (SHIPS,),
        ("from", "T0", "by", "C0.2", "end", "size", "end", "show"),
        "en",
        "x",
    )
    shared = 0
    for seed in range(60):
        found = distracted(Random(seed), example)
        own = next(table for table in found.tables if table.name == "ship")
        twice = [
            t for t in found.tables if t is not own and any(c.label == "Flag" for c in t.columns)
        ]
        shared += bool(twice)
        assert not twice or "ship" in found.request
    assert shared > 5


def test_the_corpora_are_read_with_their_neighbours(tmp_path):
    tables = tmp_path / "train" / "tables" / "spider" / "ships"
    tables.mkdir(parents=True)
    (tables / "ship.csv").write_text(
        "Ship_ID,Name,Flag,Tonnage\n1,Lark,Malta,500\n2,Wren,Norway,900\n"
    )
    (tables / "crew.csv").write_text("Ship_ID,Rank\n1,mate\n2,cook\n")
    table = {"name": "ship", "csv": "tables/spider/ships/ship.csv"}
    question = {
        "db": "ships", "tables": [table], "request": "How many ships are there?",
        "sql": "SELECT count(*) FROM ship",
    }  # fmt: skip
    chart = {
        "db": "ships", "tables": [table], "request": "Bars of tonnage per name", "chart": "Bar",
        "vql": "Visualize BAR SELECT Name , Tonnage FROM ship", "sort": None,
    }  # fmt: skip
    broken = {**question, "sql": "SELECT FROM"}
    lines = [json.dumps(record) for record in (question, broken)]
    (tmp_path / "train" / "spider.jsonl").write_text("\n".join(lines))
    (tmp_path / "train" / "viseval.jsonl").write_text(json.dumps(chart))
    dropped: corpora.Dropped = corpora.Dropped()
    corpus = corpora.Corpus(tmp_path, dropped)
    assert [example.source for example in corpus.examples] == ["spider/ships", "viseval/ships"]
    assert dropped == {"spider: does not parse": 1}
    drawn = [corpus.sample(Random(seed)) for seed in range(60)]
    assert {len(example.tables) for example in drawn} == {1, 2}
    assert "transplant" in {example.source for example in drawn}
