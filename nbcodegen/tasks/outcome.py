"""A trial's Report -> how many tests or examples held, and what the others came to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from nbcodegen.plain import plain
from nbcodegen.values import Report

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Failed:
    """One test or example that did not hold."""

    name: str
    kind: str
    """Of the exception; empty where an example gave something else."""
    words: str
    line: int
    """Line of the candidate that it left from; 0 where it is not known."""

    def said(self, code: str) -> str:
        """Say what it came to; an assertion without words is told by its line of the code.

        >>> Failed("test_empty", "AssertionError", "", 2).said("def f():\\n    assert not 1")
        'test_empty: AssertionError at `assert not 1`'
        """
        lines = code.splitlines()
        if not self.words and 0 < self.line <= len(lines):
            return f"{self.name}: {self.kind} at `{lines[self.line - 1].strip()}`"
        return ": ".join(part for part in (self.name, self.kind, self.words) if part)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a candidate's tests or examples came to."""

    passed: int
    failed: int
    told: tuple[Failed, ...]
    """The first that failed."""

    @property
    def any(self) -> bool:
        """Whether anything was run at all."""
        return self.passed + self.failed > 0

    def said(self, what: str, code: str) -> str:
        """Say it in one line; `what` names what there are several of.

        >>> Outcome(3, 1, (Failed("test_b", "KeyError", "'x'", 0),)).said("tests pass", "")
        "3 of 4 tests pass; test_b: KeyError: 'x'"
        """
        named = [each.said(code) for each in self.told[:MOST_NAMED]]
        more = self.failed - len(named)
        named += [f"and {more} more"] if more else []
        return "; ".join([self.counted(what), *named])

    def counted(self, what: str) -> str:
        """Say only how many of how many."""
        return f"{self.passed} of {self.passed + self.failed} {what}"


def read(report: Report) -> Outcome | None:
    """Read what `inside` returned; None where it returned nothing that can be read."""
    if not report.ran or report.shown is None:
        return None
    try:
        said = json.loads(report.shown.text)
        told = tuple(_failed(each) for each in said["told"])
        return Outcome(_count(said["passed"]), _count(said["failed"]), told)
    except (ValueError, TypeError, KeyError, RecursionError):  # the candidate may speak for it
        return None


def _failed(said: Any) -> Failed:
    name, kind, words, line = said
    return Failed(_word(name), _word(kind), _word(words), _count(line))


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return " ".join(plain(value).split())


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1_000_000:
        raise ValueError("not a count")
    return value
