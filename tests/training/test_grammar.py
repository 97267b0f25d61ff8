"""The request grammar: plans are well formed and typed, wordings vary, seeds decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from random import Random

import pytest

from nbcodegen import mentions
from nbcodegen.plan import GRAMMAR, SLOT_KINDS, slot
from nbcodegen.training import grammar
from nbcodegen.training.grammar import blueprints, phrases, tables, wording
from nbcodegen.training.grammar.agreement import agreed
from nbcodegen.training.grammar.scene import NoFit, Scene, tokens
from nbcodegen.training.records import Example
from nbcodegen.values import ColumnSchema, TableSchema

COUNT = 2000


@lru_cache(maxsize=1)
def samples() -> tuple[Example, ...]:
    return tuple(grammar.sample(Random(seed)) for seed in range(COUNT))


def _column(example: Example, symbol: str) -> ColumnSchema:
    table, column = symbol[1:].split(".")
    return example.tables[int(table)].columns[int(column)]


def _pointer(symbol: str) -> str:
    if symbol.startswith("V="):
        return "V0"
    return symbol.split(".")[0] if symbol[0] == "C" and "." in symbol else symbol


def _typed(example: Example, name: str, symbols: Sequence[str], at: int) -> int:
    """Walk the plan by its grammar; fail where a column's kind does not fit its slot."""
    if name.endswith("*"):
        while symbols[at] != "end":
            at = _typed(example, name[:-1], symbols, at)
        return at + 1
    head = name if name.startswith("<") else slot(name, _pointer(symbols[at]))
    assert head is not None, (name, symbols[at], example.plan)
    if head.startswith("<C") and ":" in head:
        wanted = head[3:-1]
        kind = _column(example, symbols[at]).kind
        assert wanted == "other" or kind in SLOT_KINDS[wanted], (example.request, symbols, at)
    if name.startswith("<"):
        return at + 1
    at, parts = at + 1, GRAMMAR[name][head]
    for part in parts:
        at = _typed(example, part, symbols, at)
    return at


def test_every_plan_parses_and_points_at_columns_of_a_fitting_kind() -> None:
    for example in samples():
        assert _typed(example, "PLAN", example.plan, 0) == len(example.plan), example


def test_a_seed_gives_the_same_example_again() -> None:
    again = [grammar.sample(Random(seed)) for seed in range(50)]
    assert again == list(samples()[:50])


def test_both_languages_are_well_represented() -> None:
    spanish = sum(example.lang == "es" for example in samples()) / COUNT
    assert 0.25 < spanish < 0.45
    assert {grammar.sample(Random(seed), "es").lang for seed in range(20)} == {"es"}


@pytest.mark.parametrize("module", ["selection", "aggregation", "joins"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_family_fits_some_table_in_each_language(module: str, lang: str) -> None:
    families = import_module(f"nbcodegen.training.grammar.{module}").FAMILIES
    for _, family in families:
        assert any(_example(family, seed, lang) for seed in range(60)), family.__name__


def _example(family: object, seed: int, lang: str) -> Example | None:
    assert callable(family)
    rng = Random(seed)
    sheet = tables.sample(rng, lang)
    try:
        found = family(Scene(rng, lang, (sheet.table,), (sheet.noun(lang),)))
    except NoFit:
        return None
    assert isinstance(found, Example)
    return found


def test_nearly_every_value_of_a_plan_is_found_in_its_request() -> None:
    wanted = lost = 0
    for example in samples():
        if example.previous:
            continue
        found = {item.source for item in mentions.find(example.request, example.tables)}
        values = [symbol[2:] for symbol in example.plan if symbol.startswith("V=")]
        wanted += len(values)
        lost += sum(value not in found for value in values)
    assert wanted > 500
    assert lost / wanted < 0.03


def test_requests_vary() -> None:
    words = [example.request.lower() for example in samples()]
    assert len(set(words)) > 0.95 * COUNT
    starts = Counter(" ".join(text.split()[:2]) for text in words)
    assert starts.most_common(1)[0][1] < 0.05 * COUNT


def test_no_request_shows_a_bracket_or_a_slot_of_its_template() -> None:
    for example in samples():
        labels = " ".join(column.label for table in example.tables for column in table.columns)
        if not set("[]{}|~") & set(labels):
            assert not set("[]{}|") & set(example.request), example.request
            assert "~" not in example.request, example.request


def test_a_column_is_never_called_what_another_column_is_called() -> None:
    columns = tuple(
        ColumnSchema(label, repr(label), "float", position=place, distinct=90, low="1", high="9")
        for place, label in enumerate(("sale_price", "list_price", "cost"))
    )
    scene = Scene(Random(3), "en", (TableSchema("df", 100, columns),))
    said = {scene.say(scene.refs("any")[0]) for _ in range(300)}
    assert "sale price" in said
    assert not said & {"price", "list price", "cost"}


def test_a_scene_without_dates_has_no_date_column() -> None:
    column = ColumnSchema("age", "'age'", "integer", distinct=40, low="1", high="90")
    scene = Scene(Random(0), "en", (TableSchema("df", 100, (column,)),))
    with pytest.raises(NoFit):
        scene.column("date")


def test_a_plan_splits_into_symbols_with_blanks_inside_values() -> None:
    assert tokens("eq C0.1 V='New York' show") == ("eq", "C0.1", "V='New York'", "show")


def test_labels_are_read_aloud_and_translated() -> None:
    assert phrases.spoken("avgSalePrice") == "average sale price"
    assert phrases.translated("sale price", "es") == "precio de venta"
    assert phrases.translated("ciudad", "en") == "city"


def test_spanish_articles_agree_with_their_nouns() -> None:
    said = agreed("muestra todos los filas ordenados por el edad de el cliente")
    assert said == "muestra todas las filas ordenadas por la edad del cliente"


def test_brackets_that_do_not_pair_are_refused() -> None:
    with pytest.raises(ValueError, match="brackets"):
        wording.expand(Random(0), "a [b|c", {})


@pytest.mark.parametrize("name", blueprints.names())
def test_every_table_of_our_own_can_be_drawn(name: str) -> None:
    table = tables.sample(Random(1), "en", name).table
    assert len(table.columns) >= 3
    assert len({column.label for column in table.columns}) == len(table.columns)
