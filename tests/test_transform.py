"""`generate` in the forms that IPython alone refuses, in a real shell."""

from __future__ import annotations

import pytest
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from nbcodegen.notebook.transform import fill_empty_body, install, remove


@magics_class
class Listener(Magics):
    """Stands in for the real magic: keeps what reaches it."""

    heard = None

    @no_var_expand
    @line_cell_magic
    def generate(self, line, cell=None):
        self.heard = (line, cell)


@pytest.fixture
def listening(new_shell):
    shell = new_shell()
    install(shell)
    listener = Listener(shell)
    shell.register_magics(listener)

    def heard(cell):
        listener.heard = None
        assert shell.run_cell(cell).success, cell
        return listener.heard

    return heard


@pytest.mark.parametrize("tail", ["", "\n", "\n\n  \n"])
def test_words_on_the_line_need_no_body(listening, tail):
    assert listening("%%generate plot price by city" + tail) == ("plot price by city", "\n")


def test_a_bare_magic_reaches_us_rather_than_ipythons_complaint(listening):
    assert listening("%%generate") == ("", "\n")


def test_a_body_of_one_line_or_many_arrives_whole(listening):
    assert listening("%%generate\nmean of price") == ("", "mean of price\n")
    body = "mean of price,\n\n  by city; don't sort\n# not a comment"
    assert listening("%%generate --explain\n" + body) == ("--explain", body + "\n")


@pytest.mark.parametrize(
    "words",
    [
        "which city is the dearest?",
        "how many don't have a price?",
        "¿cuál es el precio medio?",
        'rows where note is "what?"',
        "price > $100 and {city} is not 'Lima",
        r"names with a \ and a \n",
        "top -1 of (price",
    ],
)
@pytest.mark.parametrize("sign", ["%", "%%"])
def test_any_words_arrive_as_they_were_written(listening, sign, words):
    line, _ = listening(f"{sign}generate {words}")
    assert line == words


def test_a_question_may_follow_other_code_and_be_indented(listening):
    assert (
        listening("x = 1\nif x:\n    %generate is this a question?\n")[0] == "is this a question?"
    )


def test_words_in_a_text_are_not_a_command(listening):
    assert listening('text = """\n%generate is this one?\n"""') is None


def test_asking_about_the_magic_still_shows_its_help(new_shell, capsys):
    shell = new_shell()
    install(shell)
    shell.register_magics(Listener(shell))
    for cell in ("%%generate?", "%generate?"):
        assert "pinfo" in shell.transform_cell(cell)


def test_in_a_terminal_the_first_line_still_opens_a_body(new_shell):
    shell = new_shell()
    install(shell)
    assert shell.check_complete("%%generate mean of price")[0] == "incomplete"
    assert shell.check_complete("%%generate mean of price\n\n")[0] == "complete"


@pytest.mark.parametrize("cell", ["%%generated words", "%%timeit\n", "generate words", ""])
def test_other_cells_are_not_touched(cell):
    lines = cell.splitlines(keepends=True)
    assert fill_empty_body(lines) == lines


def test_removing_leaves_the_shell_as_it_was(new_shell):
    shell = new_shell()
    manager = shell.input_transformer_manager
    before = (list(manager.cleanup_transforms), list(manager.token_transformers))
    install(shell)
    install(shell)
    assert len(manager.cleanup_transforms) == len(before[0]) + 1
    remove(shell)
    assert (manager.cleanup_transforms, manager.token_transformers) == before
