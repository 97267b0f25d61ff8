"""Functions, tests and accounts of code, asked for in a real IPython shell."""

from __future__ import annotations

import pytest
from lab import Lab

MEAN = 'homes.groupby("city")["price"].mean()'
HALVE = 'def halve(x):\n    """Half of x."""'
HALVED = f"{HALVE}\n    return x / 2"
TESTS = (
    "def test_four():\n    assert halve(4) == 2\n\ndef test_none():\n    assert halve(None) == 0"
)


@pytest.fixture
def lab(shell):
    lab = Lab(shell)
    lab.model.general = True
    yield lab
    lab.session.close()


def test_a_stub_below_the_magic_comes_back_as_a_function(lab):
    lab.run("del homes")
    lab.answers(HALVED)
    ran = lab.run(f"%%generate rounded to cents\n{HALVE}\n")
    assert ran.inserted == HALVED
    assert "halve" not in lab.shell.user_ns
    assert "halve(x)" in ran.said and "waiting at the next prompt" in ran.said
    (prompt,) = lab.model.prompts
    assert prompt.task == "function" and "request: rounded to cents" in prompt.text


def test_settings_and_options_hold_for_functions_too(lab):
    lab.answers(HALVED)
    ran = lab.run(f"%%generate -n 2 --seed 3 --into code --run\n{HALVE}")
    assert ran.inserted is None and lab.shell.user_ns["code"] == HALVED
    assert lab.model.asked == [(2, 3)]
    assert lab.shell.user_ns["halve"](4) == 2


def test_a_function_can_be_changed_by_a_request_that_follows(lab):
    lab.answers(HALVED, MEAN)
    lab.run(f"%%generate\n{HALVE}")
    lab.run("%generate now over the prices")
    assert lab.model.prompts[1].previous == HALVED


@pytest.mark.usefixtures("trials_on")
def test_the_output_says_which_tests_pass(lab):
    lab.run(HALVED)
    lab.answers(TESTS)
    ran = lab.run("%%generate --tests halve")
    assert ran.inserted == TESTS
    assert "1 of 2 tests of halve pass; test_none: TypeError: unsupported operand" in ran.said
    assert "verified: ran on a copy" in ran.said
    assert "test_four" not in lab.shell.user_ns


def test_words_behind_the_name_are_the_request_for_tests(lab):
    lab.run(HALVED)
    for cell in (
        "%generate --tests halve con números negativos",
        "%%generate --tests halve()\ncon números negativos",
    ):
        lab.answers(TESTS)
        assert lab.run(cell).inserted == TESTS
        assert lab.model.prompts[-1].request == "con números negativos"


def test_a_function_that_is_not_there_is_one_message(lab):
    lab.run(HALVED)
    ran = lab.run("%generate --tests halv")
    told = ran.out + ran.err
    assert told.startswith("UsageError: There is no function 'halv' here; did you mean 'halve'?")
    assert not lab.model.prompts


def test_the_cell_that_ran_last_is_explained(lab):
    lab.answers("It makes <b>means</b>.", "Again.")
    lab.run(MEAN)
    lab.run("%nbcodegen status")
    ran = lab.run("%explain ¿qué devuelve?")
    assert ran.inserted is None
    assert ran.said == "It makes <b>means</b>."
    assert list(ran.outputs[0].data) == ["text/plain"]
    assert lab.model.prompts[0].task == "explain"
    assert lab.model.prompts[0].request == "¿qué devuelve?"
    lab.run("%explain")
    assert all(f"```python\n{MEAN}\n```" in prompt.text for prompt in lab.model.prompts)


def test_code_below_is_explained_instead_and_is_not_run(lab):
    lab.answers("It stores two.")
    ran = lab.run("%%explain why?\nstored = 2\n")
    assert ran.said == "It stores two."
    assert "stored" not in lab.shell.user_ns
    assert "```python\nstored = 2\n```" in lab.model.prompts[0].text
    assert lab.model.prompts[0].request == "why?"


@pytest.mark.parametrize("cell", ["%%explain", "%%explain why?", "%%explain why?\n\n"])
def test_without_code_below_it_is_the_cell_that_ran_last(lab, cell):
    lab.answers("It makes means.")
    lab.run(MEAN)
    assert lab.run(cell).said == "It makes means."
    assert MEAN in lab.model.prompts[0].text


@pytest.mark.parametrize("where", ["in process", "http://localhost:8000/v1"])
def test_how_a_cell_failed_is_told_but_not_in_words_that_may_quote_cells(lab, where):
    lab.model.where = where
    lab.answers("The key is missing.")
    lab.run('homes["Quito"]')
    lab.run("%explain")
    told = lab.model.prompts[0].text
    assert "when it ran, its line 1 ends with KeyError" in told
    assert ("KeyError: 'Quito'" in told) == (where == "in process")


def test_how_another_cell_failed_is_not_told(lab):
    lab.answers("It makes means.")
    lab.run(MEAN)
    lab.run("%nbcodegen status\n1 / 0")  # a command of ours: that cell is left out
    lab.run("%explain")
    assert MEAN in lab.model.prompts[0].text
    assert "ends with" not in lab.model.prompts[0].text


def test_before_any_cell_ran_there_is_nothing_to_explain(new_shell):
    shell = new_shell()
    shell.extension_manager.load_extension("nbcodegen")
    lab = Lab(shell)
    lab.model.general = True
    ran = lab.run("%explain")
    assert "No cell ran before this one" in ran.out + ran.err


@pytest.mark.parametrize(
    "cell",
    [f"%%generate\n{HALVE}", "%generate --tests halve", "%explain", "%%explain\nx = 1", "%fix"],
)
def test_a_specialist_says_which_model_it_takes(lab, cell):
    lab.model.general = False
    lab.run(HALVED)
    lab.run("1 / 0")
    ran = lab.run(cell)
    told = (ran.out + ran.err).strip()
    assert "needs a model that writes any code, and scripted is a specialist" in told
    assert "%nbcodegen model http://localhost:8000/v1" in told and "\n" not in told
    assert not lab.model.prompts


@pytest.mark.parametrize(
    "cell",
    [f"%%generate\n{HALVE}", "%generate --tests halve", "%explain", "%fix"],
)
def test_what_leaves_the_process_is_said_before_it_does(lab, cell):
    lab.model.where = "http://localhost:8000/v1"
    lab.run(HALVED)
    lab.run("1 / 0")
    said = []
    lab.model.working = lambda: said.append("asked")
    lab.shell.display_pub.publish = lambda data, **_: said.append(data["text/plain"])
    for _ in range(2):
        lab.answers(TESTS if "tests" in cell else HALVED)
        lab.shell.run_cell(cell)
    assert "is sent your request, code that it goes on from or is about" in said[0]
    assert said[1] == "asked"
    assert sum("is sent your request" in each for each in said) == 1


def test_the_exact_prompt_is_shown_of_requests_about_tables_only(lab):
    ran = lab.run("%nbcodegen prompt --tests halve")
    assert "of requests about tables" in ran.out + ran.err


def test_questions_reach_the_commands_rather_than_the_help(lab):
    lab.answers("It makes means.", MEAN)
    lab.run(MEAN)
    assert lab.run("%explain what is it?").said == "It makes means."
    lab.run("1 / 0")
    lab.run("%fix can it be infinite?")
    assert lab.model.prompts[-1].request.endswith("can it be infinite?")
