"""What runs inside a trial: tests of a function, and the examples in docstrings.

Its source travels into the trial as text and stands on the standard library alone, so that it
runs wherever the candidate does. What it returns is bounded; the kernel reads it as foreign text.
"""

from __future__ import annotations

import doctest
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

NAME = "<candidate>"
"""What trials call the code in tracebacks."""
MOST_TOLD = 8
MOST_SAID = 120


def tested(
    names: dict[str, Any], sources: Sequence[str], code: str, tests: Sequence[tuple[str, str]]
) -> str:
    """Define the function and its tests among the names, run each test, and say what came of it."""
    _define(names, sources, code)
    outcomes = [(name, _failure(names, owner, name)) for owner, name in dict.fromkeys(tests)]
    return _said(outcomes)


def exampled(
    names: dict[str, Any], sources: Sequence[str], code: str, docstrings: Sequence[str]
) -> str:
    """Define the function, run the examples of the docstrings in turn, each once."""
    _define(names, sources, code)
    parser = doctest.DocTestParser()
    found: dict[tuple[str, str], doctest.Example] = {}
    try:
        for text in docstrings:
            for each in parser.get_examples(text):
                found.setdefault((each.source, each.want), each)
    except ValueError as error:
        return _said([("the docstring", ("ValueError", str(error), 0))])
    runner = _Runner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    test = doctest.DocTest(list(found.values()), names, "examples", None, None, None)
    runner.run(test, out=lambda text: None, clear_globs=False)
    return _said(runner.outcomes)


Failure = tuple[str, str, int]
"""Kind, words, and the line of the candidate."""


class _Runner(doctest.DocTestRunner):
    """Keeps what each example came to, and prints nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(verbose=False, **options)
        self.outcomes: list[tuple[str, Failure | None]] = []

    def report_start(self, out: Any, test: Any, example: Any) -> None:
        """Nothing: the outcome says it all."""

    def report_success(self, out: Any, test: Any, example: Any, got: str) -> None:
        self._keep(example, None)

    def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
        words = f"gives {_short(got) or 'nothing'}, not {_short(example.want) or 'nothing'}"
        self._keep(example, ("", words, 0))

    def report_unexpected_exception(self, out: Any, test: Any, example: Any, exc_info: Any) -> None:
        self._keep(example, _raised(exc_info[1]))

    def _keep(self, example: Any, failure: Failure | None) -> None:
        self.outcomes.append((_short(example.source), failure))


def _define(names: dict[str, Any], sources: Sequence[str], code: str) -> None:
    for source in sources:
        exec(compile(source, "<notebook>", "exec", dont_inherit=True), names)
    exec(compile(code, NAME, "exec", dont_inherit=True), names)


def _failure(names: dict[str, Any], owner: str, name: str) -> Failure | None:
    try:
        for arguments in _cases(_test(names, owner, name)):
            _test(names, owner, name)(**arguments)
    except BaseException as error:  # SystemExit too, and what pytest raises to end a test
        return _raised(error)
    return None


def _test(names: dict[str, Any], owner: str, name: str) -> Callable[..., Any]:
    test: Callable[..., Any] = getattr(names[owner](), name) if owner else names[name]
    return test


def _cases(test: Any) -> Iterator[dict[str, Any]]:
    """The arguments of each run: pytest's `parametrize` is known, fixtures are not."""
    groups = []
    for mark in getattr(test, "pytestmark", ()):
        if mark.name == "parametrize":
            given, values = mark.args[:2]
            groups.append([_row(given, each) for each in values])
    for rows in itertools.product(*groups):
        yield {key: value for row in rows for key, value in row.items()}


def _row(given: str | Sequence[str], value: Any) -> dict[str, Any]:
    keys = [key.strip() for key in given.split(",")] if isinstance(given, str) else list(given)
    values = (value,) if isinstance(given, str) and len(keys) == 1 else value
    if type(value).__name__ == "ParameterSet":  # `pytest.param(...)`
        values = value.values
    return dict(zip(keys, values))  # noqa: B905 - what lacks a value fails as a call


def _raised(error: BaseException) -> Failure:
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    try:
        words = str(error)
    except BaseException:  # its own text raises
        words = ""
    return type(error).__name__, _short(words), line


def _short(text: str) -> str:
    return " ".join(text[: 4 * MOST_SAID].split())[:MOST_SAID]


def _said(outcomes: Sequence[tuple[str, Failure | None]]) -> str:
    failed = [(_short(name), *failure) for name, failure in outcomes if failure]
    counts = {"passed": len(outcomes) - len(failed), "failed": len(failed)}
    return json.dumps({**counts, "told": failed[:MOST_TOLD]}, ensure_ascii=False)
