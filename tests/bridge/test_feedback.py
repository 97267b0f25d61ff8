"""Opinions are kept where the user can see them, hold no data, and can be learnt from."""

from __future__ import annotations

import json

import pandas as pd

from nbcodegen.bridge.feedback import Feedback, keep
from nbcodegen.training.mining.batches import mine_batch
from nbcodegen.training.mining.sources import Found
from nbcodegen.training.recipe import MineSettings

HOMES = pd.DataFrame({"price": [104729.5, 250.0], "area": ["Atlantis", "B"]})
LIKED = Feedback(
    "bar chart of average price by area",
    'homes.groupby("area")["price"].mean().plot.bar()',
    liked=True,
    tables=("homes",),
)


def cells(path):
    return [
        (cell["cell_type"], cell["source"])
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    ]


def test_what_was_liked_is_a_pair_after_the_kinds_of_its_columns(tmp_path):
    path = keep(tmp_path, LIKED, {"homes": HOMES})
    assert cells(path) == [
        ("code", "homes.dtypes"),
        ("markdown", LIKED.request),
        ("code", LIKED.code),
    ]
    text = path.read_text(encoding="utf-8")
    assert "float64" in text and "Atlantis" not in text and "104729" not in text


def test_what_was_not_liked_is_nothing_to_learn(tmp_path):
    keep(tmp_path, LIKED, {"homes": HOMES})
    path = keep(tmp_path, Feedback("max price", "homes.max()", liked=False), {"homes": HOMES})
    assert [kind for kind, _ in cells(path)] == ["code", "markdown", "code", "raw"]


def test_a_table_that_is_gone_or_no_pandas_frame_is_left_out(tmp_path):
    feedback = Feedback("r", "c", liked=True, tables=("gone", "number"))
    path = keep(tmp_path, feedback, {"number": 3})
    assert [kind for kind, _ in cells(path)] == ["markdown", "code"]


def test_a_notebook_that_somebody_broke_is_kept_beside_the_new_one(tmp_path):
    path = keep(tmp_path, LIKED, {"homes": HOMES})
    path.write_text("{ not JSON", encoding="utf-8")
    assert keep(tmp_path, LIKED, {"homes": HOMES}) == path
    assert len(cells(path)) == 3
    assert path.with_suffix(".broken").read_text(encoding="utf-8") == "{ not JSON"


def test_what_was_liked_can_be_mined_with_its_columns(tmp_path):
    path = keep(tmp_path, LIKED, {"homes": HOMES})
    (found,) = mine_batch([Found("mine", path.name, str(path), 1)], MineSettings())
    (pair,) = found.pairs
    assert (pair.request, pair.code.strip()) == (LIKED.request, LIKED.code)
    (table,) = pair.tables
    assert {column.label: column.kind for column in table.columns}["price"] == "float"
