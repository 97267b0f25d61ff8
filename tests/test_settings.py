"""Where a setting comes from, and what happens to one that means nothing."""

from __future__ import annotations

import pytest

from nbcodegen.errors import UnknownName
from nbcodegen.settings import Settings, choose


def test_nothing_said_gives_the_defaults_and_no_sources():
    chosen = choose()
    assert chosen.settings == Settings()
    assert chosen.sources == ()


def test_each_source_wins_over_the_ones_before_it():
    layers = ({"seed": 1}, {"NBCODEGEN_SEED": "2"}, {"seed": 3}, {"seed": "4"})
    for known in range(1, 5):
        given = [*layers[:known], *[{}] * (4 - known)]
        assert choose(*given).settings.seed == known


def test_the_source_that_won_is_named_as_the_user_wrote_it():
    chosen = choose({"seed": 1, "model": "m"}, {"NBCODEGEN_SEED": "2"}, {}, {"candidates": "4"})
    assert dict(chosen.sources) == {
        "seed": "NBCODEGEN_SEED", "model": "c.NBCodegen.model", "candidates": "--candidates",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "tables"),
    [("homes", ("homes",)), ("homes, @sales", ("homes", "sales")), (["a,b", "a"], ("a", "b"))],
)
def test_tables_are_said_in_one_word_or_many(said, tables):
    assert choose({"tables": said}).settings.tables == tables


@pytest.mark.parametrize(("said", "on"), [("yes", True), ("0", False), (True, True)])
def test_a_switch_is_said_in_words_or_numbers(said, on):
    assert choose({"explain": said}).settings.explain is on


@pytest.mark.parametrize(
    ("config", "environment", "flags", "said"),
    [
        ({"candidatess": 5}, {}, {}, "c.NBCodegen.candidatess: there is no setting 'candidatess'; "
         "did you mean 'candidates'?"),
        ({}, {"NBCODEGEN_CANDIDATE": "5"}, {}, "NBCODEGEN_CANDIDATE: there is no setting "
         "'candidate'; did you mean 'candidates'?"),
        ({}, {"NBCODEGEN_PRIVACY": "sample"}, {}, "NBCODEGEN_PRIVACY: unknown grade 'sample'; "
         "did you mean 'samples'?"),
        ({}, {}, {"candidates": "many"}, "--candidates: a whole number above zero is expected, "
         "not 'many'"),
        ({}, {}, {"candidates": "0"}, "--candidates: a whole number above zero is expected, "
         "not '0'"),
        ({"candidates": True}, {}, {}, "c.NBCodegen.candidates: a whole number above zero is "
         "expected, not True"),
        ({"explain": "maybe"}, {}, {}, "c.NBCodegen.explain: true or false is expected, "
         "not 'maybe'"),
        ({"tables": 3}, {}, {}, "c.NBCodegen.tables: names of tables are expected, not 3"),
        ({}, {}, {"into": "two words"}, "--into: the name of a variable is expected, "
         "not 'two words'"),
        ({}, {}, {"into": "class"}, "--into: the name of a variable is expected, not 'class'"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_source_and_the_nearest_valid_one(config, environment, flags, said):
    with pytest.raises(UnknownName) as error:
        choose(config, environment, {}, flags)
    assert str(error.value) == said


@pytest.mark.parametrize("layers", [({"run": True},), ({}, {"NBCODEGEN_RUN": "1"})])
def test_running_code_cannot_be_switched_on_for_good(layers):
    with pytest.raises(UnknownName, match="said for one request at a time: %%generate --run"):
        choose(*layers)


def test_variables_of_other_parts_of_the_project_are_left_alone():
    environment = {"NBCODEGEN_SKIP_LAB": "1", "NBCODEGEN_SEED": "", "PATH": "/bin"}
    assert choose({}, environment) == choose()


@pytest.mark.parametrize(
    "said", ["temperature=nan", "top_p=nan", "top_p=2", "repetition_penalty=0", "top_k=-1", "x=1"]
)
def test_an_option_of_decoding_that_means_nothing_is_named(said):
    with pytest.raises(UnknownName, match=said.partition("=")[0]):
        choose(environment={"NBCODEGEN_DECODING": said})
