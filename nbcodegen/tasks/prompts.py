"""Code and words -> the Prompt of a task. Pure: the same code and words give the same text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nbcodegen.prompt import render
from nbcodegen.tasks.stub import Stub
from nbcodegen.values import Privacy, Prompt, TableSchema

TEMPLATE = "tasks-v1"


def for_function(stub: Stub, words: str, tables: Sequence[TableSchema], privacy: Privacy) -> Prompt:
    """Ask for a function; of the tables it says what the grade `privacy` allows."""
    about = render(tables, words or f"write the function {stub.name}", privacy=privacy)
    text = f"{about.text}function:\n{fenced(stub.source)}\n"
    return replace(about, text=text, template=TEMPLATE, task="function")


def for_tests(name: str, source: str, words: str, *, pytest: bool) -> Prompt:
    """Ask for tests of a function; `pytest` says whether that is installed."""
    request = _one_line(words) or f"test the function {name}"
    there = "pytest is installed" if pytest else "pytest is not installed"
    text = f"request: {request}\n{there}\nfunction {name}:\n{fenced(source.rstrip())}\n"
    return Prompt(text, TEMPLATE, request, task="tests")


def for_explanation(code: str, question: str, ending: str = "") -> Prompt:
    """Ask what code does; `ending` says how running it failed, as far as that may be told."""
    asked = _one_line(question) or "What does this code do?"
    failed = f"when it ran, {ending}\n" if ending else ""
    text = f"question: {asked}\n{failed}code to explain:\n{fenced(code.strip())}\n"
    return Prompt(text, TEMPLATE, asked, task="explain")


def fenced(code: str) -> str:
    """Put code between fences that nothing in it can close.

    >>> fenced("x = '```'").splitlines()[0]
    '````python'
    """
    longest = max(map(len, re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}python\n{code}\n{fence}"


def _one_line(words: str) -> str:
    return " ".join(words.split())
