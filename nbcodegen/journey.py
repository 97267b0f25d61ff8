"""A prompt -> what is left of its candidates: completed, checked, tried, and asked for once more.

Every task goes this way; what is checked and what is tried differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from nbcodegen.choosing import choose
from nbcodegen.errors import Cancelled, Declined
from nbcodegen.settings import Settings
from nbcodegen.values import (
    Candidate,
    Completion,
    Model,
    Prompt,
    RejectedCandidate,
    VerifiedCandidate,
)

STOPPED = "Stopped before a cell was written; nothing was changed."
Judged: TypeAlias = VerifiedCandidate | RejectedCandidate


def never() -> bool:
    """Whether to stop, where nobody could say so."""
    return False


class Brake:
    """The caller's stop, which an interrupt pulls too: a model may work in another thread."""

    def __init__(self, stop: Callable[[], bool]) -> None:
        self._stop = stop
        self._pulled = False

    def pull(self) -> None:
        """Stop from now on."""
        self._pulled = True

    def __call__(self) -> bool:
        return self._pulled or self._stop()


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of one prompt's candidates."""

    verified: tuple[VerifiedCandidate, ...]
    """The different answers, best first."""
    rejected: tuple[RejectedCandidate, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """How one request's candidates are had and judged."""

    model: Model
    settings: Settings
    stop: Brake
    check: Callable[[Candidate, Prompt], Judged]
    attempt: Callable[[Sequence[VerifiedCandidate], Prompt], Sequence[Judged]] | None
    """Try those that passed; None where nothing is tried."""
    choose: Callable[[Sequence[VerifiedCandidate]], tuple[VerifiedCandidate, ...]] = choose

    def made(self, prompt: Prompt) -> Outcomes:
        """Complete, check, try and choose; where nothing is left, once more, told what was wrong.

        Raises `Declined` for a request that the model does not serve, and `Cancelled`.
        """
        first = self._outcomes(prompt)
        return first if first.verified else self._repaired(prompt, first)

    def _outcomes(self, prompt: Prompt) -> Outcomes:
        candidates = _candidates(list(self._complete(prompt)))
        verified, rejected = _parted(self.check(each, prompt) for each in candidates)
        if self.attempt is not None and verified:
            tried, failed = _parted(self.attempt(verified, prompt))
            if self.stop():
                raise Cancelled(STOPPED)
            verified, rejected = tried, (*rejected, *failed)
        return Outcomes(self.choose(verified), rejected)

    def _repaired(self, prompt: Prompt, first: Outcomes) -> Outcomes:
        """Ask once more, telling what was wrong; the embedded model goes on to its next beams."""
        if not first.rejected:
            return first
        try:
            again = self._outcomes(replace(prompt, rejected=first.rejected))
        except Declined:
            return first
        return Outcomes(again.verified, (*first.rejected, *again.rejected))

    def _complete(self, prompt: Prompt) -> Iterator[Completion]:
        count, seed = self.settings.candidates, self.settings.seed
        for completion in self.model.complete(prompt, count=count, seed=seed, stop=self.stop):
            if self.stop():
                break
            if not completion.partial:
                yield completion
        if self.stop():
            raise Cancelled(STOPPED)


def _candidates(completions: Sequence[Completion]) -> Iterator[Candidate]:
    """Turn completions into candidates, each code once; a model whose best is no declines."""
    if completions and completions[0].declined:
        raise Declined(completions[0].declined, guess=completions[0].text)
    seen: set[str] = set()
    for rank, completion in enumerate(completions):
        if completion.declined or completion.text in seen:
            continue
        seen.add(completion.text)
        yield Candidate(completion.text, rank, completion.score, completion.words)


def _parted(
    outcomes: Iterable[Judged],
) -> tuple[tuple[VerifiedCandidate, ...], tuple[RejectedCandidate, ...]]:
    found = tuple(outcomes)
    return (
        tuple(each for each in found if isinstance(each, VerifiedCandidate)),
        tuple(each for each in found if isinstance(each, RejectedCandidate)),
    )
