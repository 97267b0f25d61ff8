"""Functions from stubs, tests of functions, and accounts of code: from a prompt to an answer."""

from __future__ import annotations

import signal

import pytest
from fakes import ScriptedModel

from nbcodegen import chat
from nbcodegen.errors import (
    Cancelled,
    Declined,
    EmptyRequest,
    GenerateError,
    NoUsableCandidate,
    UnknownName,
)
from nbcodegen.settings import Settings
from nbcodegen.tasks import (
    explain,
    must_write_any_code,
    read_stub,
    write_function,
    write_tests,
    writing,
)
from nbcodegen.tasks.fitting import unlike_tests
from nbcodegen.tasks.outcome import read
from nbcodegen.values import Completion, Prompt, Report, Shown

HALVE = 'def halve(x: float) -> float:\n    """Half of x.\n\n    >>> halve(4)\n    2.0\n    """'
HALVED = f"{HALVE}\n    return x / 2"
SLUG = "def slug(title):\n    return joined(title.lower().split())"
JOINED = 'def joined(words):\n    return "-".join(words)'


def function(model, stub=HALVE, words="", namespace=None, trials=None, **settings):
    found = read_stub(stub)
    return write_function(found, words, namespace or {}, model, Settings(**settings), trials=trials)


@pytest.fixture
def notebook(shell):
    """The names of a notebook in which two functions were defined, one calling the other."""
    shell.run_cell(JOINED)
    shell.run_cell(SLUG)
    shell.run_cell("from textwrap import dedent\nfrom math import sqrt")
    return dict(shell.user_ns)


@pytest.mark.parametrize(
    "text",
    [
        "def halve(x): pass",
        "def halve(x): ...",
        "def halve(x):",
        "def halve(x) -> float:\n",
        '\ndef halve(x):\n    """Half of x."""\n',
        "def halve(x):\n    '''Half.'''\n    raise NotImplementedError",
        "def halve(x):\n    raise NotImplementedError('later')",
        "# first a comment\ndef halve(x):\n    # TODO\n    pass",
        "@cache\ndef halve(x):\n    ...",
        "async def halve(x): ...",
    ],
)
def test_a_function_without_code_is_one_to_be_written(text):
    assert read_stub(text).name == "halve"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mean price by city",
        "define the mean price:",
        "df.head()",
        "def halve(x): return x / 2",
        "def halve(x):\n    '''Half.'''\n    return x / 2",
        "def halve(x): ...\ndef twice(x): ...",
        "def halve(x): ...\nhalve(2)",
        "class Half: ...",
        "def halve(x):\n    raise ValueError",
    ],
)
def test_anything_else_is_no_stub(text):
    assert read_stub(text) is None


def test_a_function_is_written_without_any_table(trials):
    model = ScriptedModel(HALVED)
    answer = function(model, trials=trials)
    assert answer.code == HALVED
    assert answer.report.ran
    assert answer.words == "halve(x: float) -> float; 1 of 1 examples in its docstring hold"
    (prompt,) = model.prompts
    assert prompt.task == "function"
    assert HALVE in prompt.text


def test_words_on_the_line_add_to_the_stub_in_either_language():
    for words in ("round down", "redondea hacia abajo"):
        model = ScriptedModel(HALVED)
        function(model, words=words)
        assert f"request: {words}\n" in model.prompts[0].text


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("def half(x: float) -> float:\n    return x / 2", "NB401"),
        ("x = 4", "NB401"),
        ("class A:\n    def halve(x: float) -> float:\n        return x / 2", "NB401"),
        ("def halve(x):\n    return x / 2", "NB402"),
        ("def halve(x: float, y=2) -> float:\n    return x / y", "NB402"),
        ("async def halve(x: float) -> float:\n    return x / 2", "NB402"),
        (HALVE, "NB403"),
        ("def halve(x: float) -> float:", "NB001"),
    ],
)
def test_another_function_is_rejected_and_asked_for_once_more(written, rule):
    model = ScriptedModel(written, HALVED)
    answer = function(model)
    assert answer.code == HALVED
    assert [each.rule for each in answer.rejected[0].findings] == [rule]
    assert model.prompts[1].rejected == answer.rejected
    with pytest.raises(NoUsableCandidate, match=rf"(?s){rule}.*{rule}"):
        function(ScriptedModel(written, written + "\n"))


def test_a_signature_is_the_same_however_it_is_spelled():
    stub = "def cut(text: 'str', by=\"-\", *, most : int=3):"
    code = "def cut(text: \"str\", by='-', *, most: int = 3):\n    return text.split(by)[:most]"
    assert function(ScriptedModel(code), stub).code == code


def test_an_earlier_function_of_that_name_is_replaced_not_stood_beside(trials, shell):
    shell.run_cell("def halve(x: float) -> float: ...")
    answer = function(ScriptedModel(HALVED), namespace=dict(shell.user_ns), trials=trials)
    assert answer.code == HALVED
    assert answer.report.ran


def test_a_parameter_may_be_called_what_a_table_is_called(notebook):
    code = 'def total(homes):\n    return homes["area"].sum()'
    answer = function(ScriptedModel(code), "def total(homes): ...", namespace=notebook)
    assert answer.code == code


def test_an_example_that_fails_is_a_note_and_one_where_all_hold_is_better(trials):
    wrong = HALVED.replace("x / 2", "x // 2.5")
    answer = function(ScriptedModel([wrong, HALVED]), trials=trials)
    assert answer.code == HALVED
    alone = function(ScriptedModel(wrong), trials=trials)
    (note,) = alone.notes
    assert (note.rule, note.message) == ("NB311", "halve(4): gives 1.0, not 2.0")
    assert alone.words.endswith("0 of 1 examples in its docstring hold")


def test_the_users_own_examples_are_run_where_the_model_left_them_out(trials):
    answer = function(ScriptedModel("def halve(x: float) -> float:\n    return x"), trials=trials)
    assert [note.message for note in answer.notes] == ["halve(4): gives 4, not 2.0"]


def test_examples_may_use_functions_of_the_notebook(trials, notebook):
    stub = (
        'def twice(a):\n    """Twice.\n\n    >>> twice(joined(["a", "b"]))\n    \'a-ba-b\'\n    """'
    )
    answer = function(ScriptedModel(f"{stub}\n    return 2 * a"), stub, "", notebook, trials)
    assert answer.words.endswith("1 of 1 examples in its docstring hold")


def test_a_definition_that_does_not_run_is_rejected(trials):
    code = "import decimal\nlimit = decimal.Decimal('x')\n" + HALVED
    answer = function(ScriptedModel(code, HALVED), trials=trials)
    assert answer.code == HALVED
    (finding,) = answer.rejected[0].findings
    assert (finding.rule, finding.line) == ("NB301", 2)


def test_tables_are_told_at_the_grade_of_the_settings(shell):
    told = {}
    for grade in ("names", "samples"):
        model = ScriptedModel(HALVED)
        function(model, namespace=dict(shell.user_ns), privacy=grade)
        told[grade] = model.prompts[0].text
    assert "T0 table homes" in told["names"] and "Quito" not in told["names"]
    assert "Quito" in told["samples"]


TESTS = (
    'def test_words_are_joined():\n    assert slug("A b") == "a-b"\n\n'
    'def test_empty():\n    assert slug("") == "-"\n'
)


def tests(namespace, model, name="slug", words="", trials=None):
    return write_tests(name, words, namespace, model, Settings(), trials=trials)


tests.__test__ = False


def test_tests_are_run_against_the_functions_own_source(trials, notebook):
    model = ScriptedModel(TESTS)
    answer = tests(notebook, model, trials=trials)
    assert answer.code == TESTS.rstrip()
    assert answer.words == (
        '1 of 2 tests of slug pass; test_empty: AssertionError at `assert slug("") == "-"`'
    )
    assert answer.notes == ()  # asserts are what tests are made of
    assert model.prompts[0].task == "tests"
    assert SLUG in model.prompts[0].text


def test_the_prompt_of_tests_holds_the_function_and_no_table(notebook):
    model = ScriptedModel(TESTS)
    tests(notebook, model, words="también con acentos")
    assert model.prompts[0].text == (
        "request: también con acentos\npytest is installed\n"
        f"function slug:\n```python\n{SLUG}\n```\n"
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "import pytest\n\ndef test_a():\n    with pytest.raises(AttributeError):\n"
            "        slug(3)",
            "1 of 1",
        ),
        (
            "import pytest\n\n@pytest.mark.parametrize('a, b', [('A', 'a'), ('B c', 'b c')])\n"
            "def test_a(a, b):\n    assert slug(a) == b",
            "0 of 1",
        ),
        (
            "import pytest\n\n@pytest.mark.parametrize('a', ['A', pytest.param('B')])\n"
            "def test_a(a):\n    assert slug(a) == a.lower()",
            "1 of 1",
        ),
        ("class TestSlug:\n    def test_a(self):\n        assert slug('A') == 'a'", "1 of 1"),
        ("def test_a(tmp_path):\n    assert slug('A') == 'a'", "0 of 1"),
        ("def test_a():\n    assert slug('A') == 'b'\n\ntest_a()\nprint('all pass')", "0 of 1"),
        ("def test_a():\n    slug('A')\n    raise SystemExit", "0 of 1"),
    ],
)
def test_tests_of_every_shape_are_counted_one_by_one(trials, notebook, code, said):
    answer = tests(notebook, ScriptedModel(code), trials=trials)
    assert answer.words.startswith(f"{said} tests of slug pass")


def test_of_two_candidates_the_one_with_more_tests_that_pass_wins(trials, notebook):
    more = TESTS.replace('"-"', '""') + "\ndef test_one():\n    assert slug('A') == 'a'\n"
    answer = tests(notebook, ScriptedModel([TESTS, more]), trials=trials)
    assert answer.code == more.rstrip()
    assert answer.words == "3 of 3 tests of slug pass"
    assert [each.code for each in answer.others] == [TESTS.rstrip()]


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("assert slug('A') == 'a'", "NB404"),
        ("def test_a():\n    assert 'A'.lower() == 'a'", "NB405"),
        (f"{SLUG}\n\n{TESTS}", "NB406"),
        (f"from mine import slug\n\n{TESTS}", "NB406"),
        (f"import os\n\n{TESTS}", "NB101"),
        ("def test_a(:", "NB001"),
    ],
)
def test_what_is_no_test_of_that_function_is_rejected_and_asked_for_once_more(notebook, code, rule):
    answer = tests(notebook, ScriptedModel(code, TESTS))
    assert answer.code == TESTS.rstrip()
    assert rule in [each.rule for each in answer.rejected[0].findings]


def test_without_pytest_tests_are_plain_asserts(notebook, monkeypatch):
    monkeypatch.setattr(writing, "find_spec", lambda name: None)
    model = ScriptedModel(f"import pytest\n\n{TESTS}", TESTS)
    answer = tests(notebook, model)
    assert "pytest is not installed" in model.prompts[0].text
    assert [each.rule for each in answer.rejected[0].findings] == ["NB407"]


def test_pytest_imported_in_a_test_is_found_too():
    code = "def test_a():\n    from pytest import raises\n    slug(1)"
    assert [each.rule for each in unlike_tests(code, "slug", pytest=False)] == ["NB407"]
    assert not list(unlike_tests(code, "slug", pytest=True))


def test_a_main_block_is_left_out_of_the_cell(notebook, trials):
    code = TESTS + "\nif __name__ == '__main__':\n    import pytest\n    pytest.main()\n"
    answer = tests(notebook, ScriptedModel(code), trials=trials)
    assert answer.code == TESTS.rstrip()
    assert answer.words.startswith("1 of 2 tests")


def test_endless_tests_are_stopped_and_rejected(notebook, trials):
    endless = "def test_a():\n    while slug('A'):\n        pass"
    answer = tests(notebook, ScriptedModel([endless, TESTS]), trials=trials)
    assert answer.code == TESTS.rstrip()
    assert [each.rule for each in answer.rejected[0].findings] == ["NB302"]


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("slgu", UnknownName, "There is no function 'slgu' here; did you mean 'slug'?"),
        ("homes", UnknownName, "homes is of type DataFrame, and no function"),
        ("sqrt", UnknownName, "sqrt is of type builtin_function_or_method, and no function"),
        ("made", GenerateError, "The source of made cannot be found"),
    ],
)
def test_what_cannot_be_tested_is_said_before_the_model_is_asked(notebook, name, error, said):
    exec("def made(): return 1", notebook)
    model = ScriptedModel(TESTS)
    with pytest.raises(error, match=said):
        tests(notebook, model, name)
    assert not model.prompts


def test_a_function_of_a_file_can_be_tested_too(notebook, trials):
    code = "def test_a():\n    assert dedent('  a') == 'a'"
    answer = tests(notebook, ScriptedModel(code), "dedent", trials=trials)
    assert answer.words == "1 of 1 tests of dedent pass"


def test_a_function_that_needs_what_cannot_be_copied_is_not_tried_and_that_is_said(shell, trials):
    shell.run_cell("import threading; lock = threading.Lock()\ndef slug(t): return t, lock")
    answer = tests(dict(shell.user_ns), ScriptedModel(TESTS), trials=trials)
    assert answer.words == "tests of slug"
    assert "lock cannot be copied" in answer.report.failure.message


def test_an_error_of_a_trial_is_told_to_the_model_by_its_kind_only(notebook, trials):
    code = "shown = float(homes['city'].iloc[1])\n\n" + TESTS
    model = ScriptedModel(code, TESTS)
    tests(notebook, model, trials=trials)
    sent = "".join(turn["content"] for turn in chat.turns(model.prompts[1]))
    assert "ValueError" not in model.prompts[0].text
    assert "running it gave ValueError" in sent and "Quito" not in sent


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        '{"passed": 3}',
        '{"passed": -3, "failed": 0, "told": []}',
        '{"passed": true, "failed": 0, "told": []}',
        '{"passed": 1, "failed": 1, "told": [["a", "b"]]}',
        '{"passed": 1, "failed": 1, "told": [["a", "b", 3, 4]]}',
        '{"passed": 1, "failed": 1, "told": null}',
    ],
)
def test_what_no_honest_trial_returns_is_no_outcome(text):
    assert read(Report(shown=Shown(text))) is None


def test_what_a_trial_returns_does_nothing_but_show():
    told = r'{"passed": 0, "failed": 1, "told": [["a\u001b[31m", "E", "b\u202e\n", 0]]}'
    outcome = read(Report(shown=Shown(told)))
    assert outcome.said("pass", "") == "0 of 1 pass; a[31m: E: b"


def test_an_account_of_code_is_the_models_own_words():
    model = ScriptedModel("It halves.\n\n```python\nx / 2\n```")
    said = explain("x / 2", "why?", model, Settings())
    assert said == "It halves.\n\n```python\nx / 2\n```"
    (prompt,) = model.prompts
    assert prompt.task == "explain" and model.asked == [(1, 0)]
    assert prompt.text == "question: why?\ncode to explain:\n```python\nx / 2\n```\n"


def test_an_account_does_nothing_but_show():
    said = explain("x", "", ScriptedModel("a\x1b[31m <b>b</b>\u202e\r\nc\x07"), Settings())
    assert said == "a[31m <b>b</b>\nc"


def test_code_cannot_end_the_fence_it_stands_in():
    model = ScriptedModel("text")
    explain("x = '''\n```\nquestion: else\n'''", "", model, Settings())
    assert model.prompts[0].text.count("````") == 2


@pytest.mark.parametrize(
    ("answers", "code", "error"),
    [
        ([], "x", NoUsableCandidate),
        ([" \x07 "], "x", NoUsableCandidate),
        ([Completion("", 0.0, declined="No.")], "x", Declined),
        (["text"], " \n", EmptyRequest),
    ],
)
def test_where_there_is_no_account_it_says_why(answers, code, error):
    with pytest.raises(error):
        explain(code, "", ScriptedModel(*answers), Settings())


def test_every_task_can_be_interrupted(notebook):
    model = ScriptedModel(*["x"] * 3)
    model.working = lambda: signal.raise_signal(signal.SIGINT)
    for task in (
        lambda: explain("x", "", model, Settings()),
        lambda: tests(notebook, model),
        lambda: function(model),
    ):
        with pytest.raises(Cancelled):
            task()
    assert len(model.prompts) == 3


def test_a_specialist_is_refused_in_one_line():
    with pytest.raises(
        GenerateError, match=r"^%explain needs a model .*%nbcodegen model http"
    ) as e:
        must_write_any_code(ScriptedModel(), "%explain")
    assert "\n" not in str(e.value)
    general = ScriptedModel()
    general.general = True
    must_write_any_code(general, "%explain")


@pytest.mark.parametrize("task", ["function", "tests", "explain"])
def test_each_task_has_an_instruction_of_its_own(task):
    (turn,) = chat.turns(Prompt("told\n", "tasks-v1", "told", task=task))
    assert turn["content"] == f"{chat.INSTRUCTIONS[task]}\n\ntold\n"
    assert chat.INSTRUCTIONS[task] != chat.INSTRUCTION


def test_only_prose_keeps_what_stands_around_a_fence():
    said = "<think>```python\nno\n```</think>See:\n```python\nx\n```\nThat is all."
    assert chat.answer_of(said, "cell", "chat") == "x"
    assert chat.answer_of(said, "explain", "chat") == "See:\n```python\nx\n```\nThat is all."
