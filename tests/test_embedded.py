"""The embedded model: whatever its network says, what comes out is a well-formed plan."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest

from nbcodegen.embedded.beam import search
from nbcodegen.embedded.derivation import Pointers, derives
from nbcodegen.embedded.model import WEIGHTS, EmbeddedModel, verify
from nbcodegen.errors import DamagedModel
from nbcodegen.plan import SLOT_KINDS, WORDS, parse
from nbcodegen.prompt import render
from nbcodegen.schema import table_schema
from nbcodegen.values import Candidate, Prompt, RejectedCandidate

HOMES = pd.DataFrame(
    {
        "area": ["North", "South", "North", "West"],
        "price": [310.0, 250.5, 420.0, 199.0],
        "rooms": [3, 2, 4, 1],
        "sold": ["2024-01-03", "2024-02-11", "2024-02-20", "2024-03-01"],
    }
)


def prompt(request: str) -> Prompt:
    return render([table_schema("homes", HOMES)], request, privacy="samples")


class Noise:
    """A decoder that knows nothing."""

    def __init__(self, seed: int, size: int) -> None:
        self._rng, self._size = np.random.default_rng(seed), size

    def step(self, written: list[int], parents: list[int]) -> np.ndarray:
        return np.log(self._rng.dirichlet(np.ones(self._size), len(written)))


@pytest.mark.parametrize("seed", range(25))
def test_even_a_network_of_noise_writes_plans_that_parse_over_columns_that_exist(seed: int) -> None:
    asked = prompt("price over 200 in North, top 3")
    pointers = Pointers(asked)
    noise = Noise(seed, len(WORDS) + 1 + len(pointers.names))
    for beam in search(noise, pointers, width=4, stop=lambda: False):
        tree = parse(beam.state.symbols)
        for node in tree.walk():
            if node.symbol in ("mean", "sum", "median") and node.children:
                leaf = node.children[0].symbol
                if leaf in pointers.items:
                    assert pointers.items[leaf].kind in SLOT_KINDS["num"]


def test_decoding_can_write_what_the_grammar_teaches() -> None:
    from nbcodegen.training import grammar
    from nbcodegen.training.embedded import dataset

    rng = Random(11)
    lost = 0
    for _ in range(300):
        example = grammar.sample(rng)
        asked = render(example.tables, example.request, privacy="samples")
        try:
            symbols = dataset.resolve(example, asked)
        except dataset.Unusable:
            continue
        lost += not derives(symbols, Pointers(asked))
    assert lost <= 3


def test_the_model_answers_alike_each_time_and_best_first() -> None:
    model = EmbeddedModel()
    runs = [
        list(model.complete(prompt("average price by area"), count=3, seed=0, stop=lambda: False))
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    assert len({completion.text for completion in runs[0]}) == len(runs[0]) <= 3
    assert runs[0][0].text and runs[0][0].words


def test_a_stop_ends_the_search_without_an_answer() -> None:
    found = EmbeddedModel().complete(
        prompt("average price by area"), count=3, seed=0, stop=lambda: True
    )
    assert list(found) == []


def test_the_shipped_weights_are_the_ones_of_the_manifest() -> None:
    verify()


def test_a_damaged_folder_says_which_file_and_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    (folder / "decoder.onnx").write_bytes(b"broken")
    with pytest.raises(DamagedModel, match="reinstall"):
        EmbeddedModel(folder)
    with pytest.raises(DamagedModel, match=r"decoder\.onnx"):
        verify(folder)


def test_weights_of_another_prompt_template_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "template": "other-v9"}))
    with pytest.raises(DamagedModel, match="other-v9"):
        EmbeddedModel(folder)


def test_the_shipped_weights_fit_the_wheel() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= 32 * 2**20


@pytest.mark.parametrize(
    "plan",
    [
        "from T0 by {area} end mean {price} mean {price} end show",
        "from T0 new auto div {price} {price} save",
        "from T0 new auto mul {price} {price} save",
        "from T0 rename {area} {v} rename {sold} {v} show",
        "from T0 bar {area} {price} end end",
        "from T0 pie {area} {price} end",
        "from T0 by {area} {sold} end mean {price} end wide line end",
        "from T0 by {area} ym {sold} end mean {price} end wide line end",
    ],
)
def test_plans_that_say_a_thing_twice_or_draw_it_where_nobody_looks_are_not_written(
    plan: str,
) -> None:
    pointers = Pointers(prompt("'zone' of every home"))
    named = {item.source.strip("'"): name for name, item in pointers.items.items()}
    filled = plan.format(**named, v=named["zone"])
    parse(filled.split())
    assert not derives(filled.split(), pointers)


def test_a_square_is_a_product_with_itself_where_the_request_says_so() -> None:
    pointers = Pointers(prompt("price squared"))
    named = {item.source.strip("'"): name for name, item in pointers.items.items()}
    assert derives("from T0 new auto mul {price} {price} save".format(**named).split(), pointers)


def test_sums_take_a_column_once_and_only_yes_or_no_can_be_true() -> None:
    homes = HOMES.assign(garage=["yes", "no", "yes", "no"], code=["1", "2", "3", "4"], land=1.5)
    homes["sea_view"] = [0, 1, 1, 0]
    asked = render([table_schema("homes", homes)], "homes", privacy="samples")
    pointers = Pointers(asked)
    named = {item.source.strip("'"): name for name, item in pointers.items.items()}

    def written(plan: str) -> bool:
        return derives(plan.format(**named).split(), pointers)

    assert written("from T0 new auto add add {price} {rooms} {land} save")
    assert not written("from T0 new auto add add {price} {rooms} {rooms} save")
    assert written("from T0 where istrue {garage} show")
    assert not written("from T0 where istrue {area} show")
    assert written("from T0 where eq {rooms} 0 show")
    assert not written("from T0 where eq {rooms} 1 show")
    assert written("from T0 where eq {sea_view} 1 show")
    assert not written("from T0 where eq {code} 1 show")


def test_a_comparison_with_zero_is_over_when_the_next_value_comes() -> None:
    pointers = Pointers(prompt("'low' where the price is under 0, 'fine' otherwise"))
    named = {item.source.strip("'"): name for name, item in pointers.items.items()}
    plan = "from T0 new auto pick lt {price} 0 {low} {fine} save".format(**named)
    assert derives(plan.split(), pointers)


def test_the_greedy_derivation_is_one_completion_and_the_beam_finds_at_least_as_much() -> None:
    model = EmbeddedModel()
    asked = prompt("average price by zone")
    alone = model.greedy(asked)
    assert alone is not None and "groupby" in alone.text
    (best,) = model.complete(asked, count=1, seed=0, stop=lambda: False)
    assert best.score >= alone.score - 3  # the beam's score also counts what is left unsaid


def test_what_was_rejected_before_is_not_proposed_again() -> None:
    model = EmbeddedModel()
    asked = prompt("average price by zone")
    first = list(model.complete(asked, count=2, seed=0, stop=lambda: False))
    rejected = tuple(
        RejectedCandidate(Candidate(each.text, place), ()) for place, each in enumerate(first)
    )
    again = model.complete(replace(asked, rejected=rejected), count=2, seed=0, stop=lambda: False)
    assert not {each.text for each in first} & {each.text for each in again}
