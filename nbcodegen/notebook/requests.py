"""A command's words and the cell below it -> the task that they are -> Answer."""

from __future__ import annotations

from nbcodegen.notebook.desk import Desk
from nbcodegen.settings import Settings
from nbcodegen.values import Answer


def answer_to(desk: Desk, words: str, cell: str, tests: str, settings: Settings) -> Answer:
    """Answer `%%generate`: tests where a function is named for them, else a function, or a cell."""
    from nbcodegen.tasks import read_stub

    if tests:
        return answer_with_tests(desk, tests, _joined(words, cell), settings)
    if stub := read_stub(cell):
        from nbcodegen.tasks import write_function

        return desk.answer(
            settings,
            lambda model, trials: write_function(
                stub, words, desk.namespace(), model, settings, trials=trials
            ),
            "Writing a function from its signature",
        )
    return answer_with_cell(desk, _joined(words, cell), settings)


def answer_with_cell(desk: Desk, request: str, settings: Settings, previous: str = "") -> Answer:
    """Write a cell over the tables, which goes on from `previous` or from the last request's."""
    from nbcodegen.pipeline import generate

    previous = previous or desk.previous(request)
    return desk.answer(
        settings,
        lambda model, trials: generate(
            request, desk.namespace(), model, settings, previous=previous, trials=trials
        ),
    )


def answer_with_tests(desk: Desk, name: str, words: str, settings: Settings) -> Answer:
    """Write tests of a function of the notebook."""
    from nbcodegen.tasks import write_tests

    return desk.answer(
        settings,
        lambda model, trials: write_tests(
            name.removesuffix("()"), words, desk.namespace(), model, settings, trials=trials
        ),
        "%%generate --tests",
    )


def _joined(words: str, cell: str) -> str:
    return "\n".join(part for part in (words, cell.strip()) if part)
