"""The corpora of questions that people wrote -> Examples, with counts of what was left out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbcodegen.plan import PlanError
from nbcodegen.training.grammar.scene import checked
from nbcodegen.training.records import Example
from nbcodegen.training.sql import Unsupported, chart_plan, rows_plan
from nbcodegen.values import TableSchema

Dropped = Counter[str]


def spider(folder: Path, dropped: Dropped) -> Iterator[Example]:
    """Spider's questions over one or two tables (Yu et al. 2018, CC BY-SA 4.0)."""
    for record in _records(folder / "spider.jsonl"):
        tables = _tables(record, folder)
        yield from _try(record, tables, "spider", dropped, lambda r, t: rows_plan(r["sql"], t))


def viseval(folder: Path, dropped: Dropped) -> Iterator[Example]:
    """VisEval's chart requests (Microsoft, MIT; tables CC BY-SA 4.0)."""
    for record in _records(folder / "viseval.jsonl"):
        tables = _tables(record, folder)
        yield from _try(
            record, tables, "viseval", dropped,
            lambda r, t: chart_plan(r["vql"], r["chart"], None, t),
        )  # fmt: skip


def small(data: Path, dropped: Dropped) -> list[Example]:
    """Return the examples of Spider and VisEval."""
    return [*spider(data / "train", dropped), *viseval(data / "train", dropped)]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _tables(record: dict[str, Any], folder: Path) -> tuple[TableSchema, ...]:
    import pandas as pd

    from nbcodegen.schema import table_schema

    return tuple(
        table_schema(table["name"], pd.read_csv(folder / table["csv"]))
        for table in record["tables"]
    )


def _try(
    record: dict[str, Any],
    tables: tuple[TableSchema, ...],
    source: str,
    dropped: Dropped,
    plan: Any,
) -> Iterator[Example]:
    try:
        symbols = plan(record, tables)
        checked(symbols)
    except (Unsupported, PlanError, ValueError) as error:
        dropped[f"{source}: {str(error)[:25]}"] += 1
        return
    yield Example(record["request"], tables, symbols, "en", source)
