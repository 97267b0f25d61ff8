"""Verified code -> what running it in a trial came to: the definition, its tests, its examples."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from nbcodegen.footprint import names_in
from nbcodegen.tasks.outcome import Outcome, read
from nbcodegen.tasks.sources import own_sources
from nbcodegen.tasks.stub import examples_in
from nbcodegen.trial import Trials
from nbcodegen.trial.sample import take_sample
from nbcodegen.values import Report

INSIDE = Path(__file__).with_name("inside.py")


@dataclass(frozen=True, slots=True)
class Try:
    """One candidate, and what of it is run."""

    code: str
    what: Literal["tested", "exampled"]
    """Which function of `inside` runs it."""
    given: Sequence[tuple[str, str]] | Sequence[str]
    """The tests, by class and name, or the docstrings with examples."""
    replaced: Collection[str] = ()
    """Names that the code makes anew: what the notebook holds under them is not taken."""

    def reads(self) -> frozenset[str]:
        """Names that it may take from the notebook."""
        texts = [examples_in(each) for each in self.given if isinstance(each, str)]
        return names_in(self.code).union(*map(names_in, texts)) - frozenset(self.replaced)


@dataclass(frozen=True, slots=True)
class Tried:
    """What one try came to."""

    report: Report
    """Without what `inside` returned: that is nothing to preview."""
    outcome: Outcome | None


def tried(
    tries: Sequence[Try],
    namespace: Mapping[str, object],
    trials: Trials,
    stop: Callable[[], bool],
) -> list[Tried]:
    """Run each in the sandbox with copies of what it reads; functions of cells by their source."""
    codes, read_names = [], frozenset[str]()
    for each in tries:
        sources = own_sources(each.reads(), namespace)
        needed = each.reads().union(*map(names_in, sources.values())) & namespace.keys()
        needed = needed - sources.keys() - frozenset(each.replaced)
        codes.append(_program(each, list(reversed(sources.values())), sorted(needed)))
        read_names |= needed
    reports = trials.run(codes, take_sample(namespace, read_names), stop)
    return [Tried(_bare(report), read(report)) for report in reports]


def _program(each: Try, sources: Sequence[str], needed: Sequence[str]) -> str:
    """One expression, so that lines of tracebacks are the candidate's own.

    The names that it needs stand in it as text: that is how a trial knows what it is given.
    """
    inside = INSIDE.read_text(encoding="utf-8")
    return (
        f"(lambda inside, needed: (exec({inside!r}, inside), "
        f"inside[{each.what!r}](globals(), {list(sources)!r}, {each.code!r}, {list(each.given)!r}))"
        f"[1])({{'__name__': 'inside'}}, {list(needed)!r})"
    )


def _bare(report: Report) -> Report:
    return replace(
        report, shown=None, charts=(), marks=0, picture=b"", digest="", doubts=(), printed=""
    )
