"""A trial's report -> findings: NB3xx, what running the code showed. Two sink it, the rest count.

A doubt is no proof: it lowers a candidate's rank, and the user is told. On a sample of the rows
an empty result proves nothing, so it is no doubt there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nbcodegen.charts import asks_for_a_chart
from nbcodegen.values import Finding, Report

ENDED = frozenset({"Stopped", "Crashed", "Flooded", "Forged"})


@dataclass(frozen=True, slots=True)
class Tried:
    """What every rule looks at."""

    report: Report
    request: str
    previous: Report | None = None
    """What the code that a follow-up builds on comes to."""


def raised(tried: Tried) -> Iterator[Finding]:
    """NB301: the code ran into an error.

    Bad:   homes["price"].astype("datetime64[ns, Mars]")
    Good:  homes["price"].astype(float)
    """
    failure = tried.report.failure
    if failure and failure.raised:
        said = f"{failure.kind}: {failure.message}".rstrip(": ")
        yield Finding("NB301", f"running it gave {said}", max(1, failure.line))


def ended(tried: Tried) -> Iterator[Finding]:
    """NB302: the code used more time or memory than a trial has, or ended its own process.

    Bad:   while True: pass
    """
    failure = tried.report.failure
    if failure and not failure.raised and failure.kind in ENDED:
        yield Finding("NB302", f"running it was stopped: {failure.message}", max(1, failure.line))


def draws_nothing(tried: Tried) -> Iterator[Finding]:
    """NB303: a chart was asked for, and none was drawn.

    Bad:   homes.groupby("city")["price"].mean()          # "plot the mean price by city"
    Good:  homes.groupby("city")["price"].mean().plot.bar()
    """
    if tried.report.ran and not tried.report.charts and asks_for_a_chart(tried.request):
        yield _doubt("NB303", "a chart was asked for, and it draws none")


def doubtful(tried: Tried) -> Iterator[Finding]:
    """NB304 to NB308: the result looks like an answer to nothing.

    NB304 is empty; NB305 has one number throughout; NB306 is the whole table as it was; NB307 adds
    a column that was there; NB308 changes a table to what it was.
    """
    sampled = tried.report.rows != tried.report.of_rows
    for doubt in tried.report.doubts:
        if not (doubt == "empty" and sampled):
            yield _doubt(*_DOUBTS[doubt])


def repeats(tried: Tried) -> Iterator[Finding]:
    """NB309: a follow-up comes to what was there before it."""
    before = tried.previous
    if before and before.ran and tried.report.ran and before.digest == tried.report.digest:
        yield _doubt("NB309", "it comes to the same as the cell before")


def undescribed(tried: Tried) -> Iterator[Finding]:
    """NB310: it ran, but what it ends with cannot be looked at: its own methods raise."""
    failure = tried.report.failure
    if failure and not failure.raised and failure.kind == "Undescribed":
        yield _doubt("NB310", f"it ran, but {failure.message}")


RULES: tuple[Callable[[Tried], Iterator[Finding]], ...] = (
    raised, ended, draws_nothing, doubtful, repeats, undescribed,
)  # fmt: skip


def fitness(report: Report, request: str, previous: Report | None = None) -> tuple[Finding, ...]:
    """Run every rule over what a trial showed."""
    tried = Tried(report, request, previous)
    return tuple(finding for rule in RULES for finding in rule(tried))


def _doubt(rule: str, message: str) -> Finding:
    return Finding(rule, message, 1, fatal=False)


_DOUBTS = {
    "empty": ("NB304", "the result is empty"),
    "constant": ("NB305", "every number in the result is the same"),
    "whole": ("NB306", "the result is the whole table as it was"),
    "copied": ("NB307", "the new column is one that the table has already"),
    "idle": ("NB308", "the table is the same afterwards"),
}
