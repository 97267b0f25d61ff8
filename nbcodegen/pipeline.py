"""The whole journey: request + namespace + model -> Answer. The magic and the command share it.

live tables -> TableSchema -> Prompt -> Completion -> Candidate -> Verified | Rejected
            -> trial on a copy -> the different answers, best first -> Answer
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nbcodegen.checks.advice import advice
from nbcodegen.checks.verify import verify
from nbcodegen.choosing import choose
from nbcodegen.errors import Cancelled, Declined, EmptyRequest, NoTables, NoUsableCandidate
from nbcodegen.footprint import columns_named, names_in, tables_read
from nbcodegen.prompt import render
from nbcodegen.references import read_references, restrict
from nbcodegen.schema import table_schemas
from nbcodegen.settings import Settings
from nbcodegen.trial import Trials
from nbcodegen.trying import after_trials
from nbcodegen.values import (
    Answer,
    Candidate,
    Completion,
    Model,
    Privacy,
    Prompt,
    RejectedCandidate,
    TableSchema,
    VerifiedCandidate,
)
from nbcodegen.verdicts import refusal

NO_TABLES = (
    "There is no table here to work on. Make one first, for example "
    '`df = pd.read_csv("file.csv")`, and ask again.'
)


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who waits for an answer, and is told what is known on the way."""

    trying: Callable[[int], None] = lambda count: None
    """So many candidates passed the checks and are tried now."""
    early: Callable[[VerifiedCandidate, Sequence[TableSchema]], None] = lambda found, tables: None
    """This one ran, while others take long; the answer may put it elsewhere."""


_NOBODY = Listener()


def generate(
    request: str,
    namespace: Mapping[str, object],
    model: Model,
    settings: Settings,
    *,
    previous: str = "",
    trials: Trials | None = None,
    stop: Callable[[], bool] = _never,
    pictures: int = 1,
    listener: Listener = _NOBODY,
) -> Answer:
    """Return the best candidate that passes every check, and a trial where there are `trials`.

    `previous` is the code that a follow-up builds on. The best `pictures` answers come with a
    picture of their chart. Nothing in the namespace changes.
    """
    start = time.perf_counter()
    brake = _Brake(stop)
    try:
        prepared = _prepare(request, namespace, model, settings, previous)
        if trials is not None:
            trials.start()  # loads while the model works
        journey = _Journey(prepared, namespace, model, settings, trials, brake, pictures, listener)
        outcomes = journey.outcomes(prepared.prompt)
        if not outcomes.verified:
            outcomes = journey.repaired(outcomes)
    except KeyboardInterrupt:
        brake.pull()
        raise Cancelled(_STOPPED) from None
    seconds = time.perf_counter() - start
    return _answer(outcomes, prepared.tables, model, seconds)


def prompt_for(
    request: str,
    namespace: Mapping[str, object],
    model: Model,
    settings: Settings,
    *,
    previous: str = "",
) -> Prompt:
    """Return exactly what `generate` would give the model."""
    return _prepare(request, namespace, model, settings, previous).prompt


def privacy_of(model: Model, settings: Settings) -> Privacy:
    """Return the grade that holds: the user's choice, else by where the model runs."""
    if settings.privacy is not None:
        return settings.privacy
    return "samples" if model.where == "in process" else "names"


def notice(model: Model, settings: Settings) -> str:
    """Say what leaves this process; "" where nothing does."""
    if model.where == "in process":
        return ""
    grade = privacy_of(model, settings)
    return (
        f"{model.where} is sent your request, code that it goes on from, and {_LEAVES[grade]} "
        f"(privacy: {grade}). %nbcodegen prompt REQUEST shows exactly what."
    )


_LEAVES: Mapping[Privacy, str] = {
    "names": "the names and kinds of tables and columns",
    "stats": "the names, kinds, counts and ranges of columns",
    "samples": "the names, kinds, counts and ranges of columns, with some of their values",
}
_STOPPED = "Stopped before a cell was written; nothing was changed."


class _Brake:
    """The caller's stop, which an interrupt pulls too: a model may work in another thread."""

    def __init__(self, stop: Callable[[], bool]) -> None:
        self._stop = stop
        self._pulled = False

    def pull(self) -> None:
        self._pulled = True

    def __call__(self) -> bool:
        return self._pulled or self._stop()


@dataclass(frozen=True, slots=True)
class _Prepared:
    prompt: Prompt
    tables: tuple[TableSchema, ...]
    """Every live table: the checks look at all of them, whatever the prompt may tell."""


def _prepare(
    request: str,
    namespace: Mapping[str, object],
    model: Model,
    settings: Settings,
    previous: str,
) -> _Prepared:
    if not request.strip():
        raise EmptyRequest(
            "Nothing was asked. Write the request after the command, "
            "for example: average price by city"
        )
    tables = table_schemas(namespace)
    if not tables:
        raise NoTables(NO_TABLES)
    known = frozenset(namespace) | names_in(previous)
    references = read_references(request, tables, known)
    told = restrict(tables, (*settings.tables, *references.tables))
    privacy = privacy_of(model, settings)
    prompt = render(told, references.request, privacy=privacy, previous=previous)
    return _Prepared(prompt, tables)


@dataclass(frozen=True, slots=True)
class _Outcomes:
    verified: tuple[VerifiedCandidate, ...]
    rejected: tuple[RejectedCandidate, ...]


@dataclass(frozen=True, slots=True)
class _Journey:
    """From a prompt to what is left of its candidates."""

    prepared: _Prepared
    namespace: Mapping[str, object]
    model: Model
    settings: Settings
    trials: Trials | None
    stop: _Brake
    pictures: int
    listener: Listener

    def outcomes(self, prompt: Prompt) -> _Outcomes:
        """Complete, check, try, and put the different answers in order."""
        candidates = _candidates(list(self._complete(prompt)))
        verified, rejected = _parted(
            verify(each, self.prepared.tables, self.namespace.keys(), prompt.request)
            for each in candidates
        )
        if self.trials is not None and verified:
            tried, failed = _parted(self._tried(verified, prompt))
            verified, rejected = tried, (*rejected, *failed)
        return _Outcomes(choose(verified), rejected)

    def repaired(self, first: _Outcomes) -> _Outcomes:
        """Ask once more, telling what was wrong; the embedded model goes on to its next beams."""
        if not first.rejected:
            return first
        try:
            again = self.outcomes(replace(self.prepared.prompt, rejected=first.rejected))
        except Declined:
            return first
        return _Outcomes(again.verified, (*first.rejected, *again.rejected))

    def _complete(self, prompt: Prompt) -> Iterator[Completion]:
        count, seed = self.settings.candidates, self.settings.seed
        for completion in self.model.complete(prompt, count=count, seed=seed, stop=self.stop):
            if self.stop():
                break
            yield completion
        if self.stop():
            raise Cancelled(_STOPPED)

    def _tried(
        self, verified: Sequence[VerifiedCandidate], prompt: Prompt
    ) -> list[VerifiedCandidate | RejectedCandidate]:
        assert self.trials is not None
        self.listener.trying(len(verified))
        outcomes = after_trials(
            verified, prompt, self.namespace, self.trials, self.stop, self.pictures,
            lambda found: self.listener.early(found, self.prepared.tables),
        )  # fmt: skip
        if self.stop():
            raise Cancelled(_STOPPED)
        return outcomes


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
    outcomes: Iterable[VerifiedCandidate | RejectedCandidate],
) -> tuple[tuple[VerifiedCandidate, ...], tuple[RejectedCandidate, ...]]:
    found = tuple(outcomes)
    return (
        tuple(each for each in found if isinstance(each, VerifiedCandidate)),
        tuple(each for each in found if isinstance(each, RejectedCandidate)),
    )


def _answer(
    outcomes: _Outcomes, tables: tuple[TableSchema, ...], model: Model, seconds: float
) -> Answer:
    if not outcomes.verified:
        raise NoUsableCandidate(refusal(outcomes.rejected), outcomes.rejected)
    best, *others = outcomes.verified
    read = tables_read(best.code, tables)
    return Answer(
        code=best.code,
        words=best.candidate.words,
        tables=tuple(table.name for table in read),
        columns=columns_named(best.code, read),
        model=model.name,
        seconds=seconds,
        report=best.report,
        agreeing=best.agreeing,
        notes=(*best.notes, *advice(best.code, best.notes)),
        others=tuple(others),
        rejected=outcomes.rejected,
        schemas=tables,
    )
