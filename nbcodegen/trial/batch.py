"""Codes that are tried together -> a report for each, whatever came of it."""

from __future__ import annotations

import secrets
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from nbcodegen.trial import report
from nbcodegen.trial.sample import Sample
from nbcodegen.values import Failure, Report

EARLY_S = 0.6
"""A batch that takes longer shows what it has by then: quicker ones come in order, all at once."""


def nobody(place: int, said: Report) -> None:
    """Tell nobody."""


@dataclass
class Batch:
    """Codes that are tried together, and what has come of them so far."""

    codes: Sequence[str]
    sample: Sample
    counts: Sequence[tuple[int, int]]
    stop: Callable[[], bool]
    pick: Callable[[Sequence[Report]], Sequence[int]]
    early: Callable[[int, Report], None] = nobody
    found: dict[int, Report] = field(default_factory=dict)
    wished: set[int] = field(default_factory=set)
    """Whose pictures were asked for."""
    pictured: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)
    """What was shown early."""
    tokens: list[bytes] = field(init=False)
    _due: float = field(init=False)
    _seen: int = 0

    def __post_init__(self) -> None:
        self.tokens = [secrets.token_bytes(report.TOKEN) for _ in self.codes]
        self._due = time.monotonic() + EARLY_S

    @property
    def is_late(self) -> bool:
        """Whether somebody waits so long that what is there should be shown."""
        return time.monotonic() > self._due

    def has_news(self) -> bool:
        """Whether something came that the one who waits has not been shown."""
        return self.is_late and self._seen < len(self.found)

    def tell(self) -> None:
        """Show early what ran, each once: a chart when its picture is there."""
        self._seen = len(self.found)
        for place, said in enumerate(self.reports("")):
            if place not in self.told and said.ran and (not said.charts or place in self.pictured):
                self.told.add(place)
                self.early(place, said)

    def wishes(self) -> set[int]:
        """Whose pictures to ask for now."""
        chosen = self.pick(self.reports("stopped"))
        charted = {place for place, said in self.found.items() if said.charts}
        new = charted.intersection(chosen) - self.wished
        self.wished |= new
        return new

    def reports(self, why: str) -> tuple[Report, ...]:
        """A report for each code, in order; `why` there is none for the others."""
        return tuple(
            replace(self.found.get(place, not_tried(why)), rows=rows, of_rows=of_rows)
            for place, (rows, of_rows) in enumerate(self.counts)
        )


def read(raw: bytes, token: bytes, how: str, number: int) -> Report:
    """Read what a trial left behind; what is no report is a failure that says why."""
    if how:
        return Report(failure=Failure(how, _HOWS[how]))
    try:
        return report.unpack(raw, token)
    except report.Forged as error:
        if number and number != signal.SIGKILL:  # which is how a child is ended that fell silent
            name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
            return Report(failure=Failure("Crashed", f"its process was ended by {name}"))
        if not raw:
            return Report(failure=Failure("Crashed", "its process ended without a report"))
        return Report(failure=Failure("Forged", f"its report was refused: {error}"))


_HOWS = {"Stopped": "it took too long", "Flooded": "its report was too large"}


def not_tried(why: str) -> Report:
    return Report(failure=Failure("NotTried", why))
