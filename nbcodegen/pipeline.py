"""The whole journey: request + namespace + model -> Answer. The magic and the command share it.

live tables -> TableSchema -> Prompt -> Completion -> Candidate -> Verified | Rejected -> Answer
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nbcodegen.checks.verify import verify
from nbcodegen.errors import Cancelled, Declined, EmptyRequest, NoTables, NoUsableCandidate
from nbcodegen.footprint import columns_named, names_in, tables_read
from nbcodegen.prompt import render
from nbcodegen.references import read_references, restrict
from nbcodegen.schema import table_schemas
from nbcodegen.settings import Settings
from nbcodegen.values import (
    Answer,
    Candidate,
    Completion,
    Finding,
    Model,
    Privacy,
    Prompt,
    RejectedCandidate,
    TableSchema,
    VerifiedCandidate,
)

MAX_FINDINGS = 3
"""Findings of one candidate that an error message lists."""


def _never() -> bool:
    return False


def generate(
    request: str,
    namespace: Mapping[str, object],
    model: Model,
    settings: Settings,
    *,
    previous: str = "",
    stop: Callable[[], bool] = _never,
) -> Answer:
    """Return the best candidate that passes every check.

    `previous` is the code that a follow-up builds on. Nothing in the namespace changes.
    """
    start = time.perf_counter()
    brake = _Brake(stop)
    try:
        prepared = _prepare(request, namespace, model, settings, previous)
        completions = list(_complete(prepared.prompt, model, settings, brake))
        outcomes = _outcomes(_candidates(completions), prepared.tables, frozenset(namespace))
    except KeyboardInterrupt:
        brake.pull()
        raise Cancelled(_STOPPED) from None
    return _answer(outcomes, prepared.tables, model, time.perf_counter() - start)


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
        raise NoTables(
            "There is no table here to work on. Make one first, for example "
            '`df = pd.read_csv("file.csv")`, and ask again.'
        )
    known = frozenset(namespace) | names_in(previous)
    references = read_references(request, tables, known)
    told = restrict(tables, (*settings.tables, *references.tables))
    privacy = privacy_of(model, settings)
    prompt = render(told, references.request, privacy=privacy, previous=previous)
    return _Prepared(prompt, tables)


def _complete(
    prompt: Prompt, model: Model, settings: Settings, stop: Callable[[], bool]
) -> Iterator[Completion]:
    count, seed = settings.candidates, settings.seed
    for completion in model.complete(prompt, count=count, seed=seed, stop=stop):
        if stop():
            break
        yield completion
    if stop():
        raise Cancelled(_STOPPED)


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


@dataclass(frozen=True, slots=True)
class _Outcomes:
    verified: tuple[VerifiedCandidate, ...]
    rejected: tuple[RejectedCandidate, ...]


def _outcomes(
    candidates: Iterator[Candidate], tables: Sequence[TableSchema], names: Collection[str]
) -> _Outcomes:
    verified, rejected = [], []
    for candidate in candidates:
        outcome = verify(candidate, tables, names)
        if isinstance(outcome, VerifiedCandidate):
            verified.append(outcome)
        else:
            rejected.append(outcome)
    return _Outcomes(tuple(verified), tuple(rejected))


def _answer(
    outcomes: _Outcomes, tables: Sequence[TableSchema], model: Model, seconds: float
) -> Answer:
    if not outcomes.verified:
        raise NoUsableCandidate(_refusal(outcomes.rejected), outcomes.rejected)
    best, *others = outcomes.verified
    read = tables_read(best.code, tables)
    return Answer(
        code=best.code,
        words=best.candidate.words,
        tables=tuple(table.name for table in read),
        columns=columns_named(best.code, read),
        model=model.name,
        seconds=seconds,
        notes=best.notes,
        others=tuple(others),
        rejected=outcomes.rejected,
    )


def _refusal(rejected: Sequence[RejectedCandidate]) -> str:
    if not rejected:
        return "The model wrote no code for this request. Say it in other words."
    count = len(rejected)
    first = (
        "The only candidate did not pass the checks:"
        if count == 1
        else f"None of {count} candidates passed the checks:"
    )
    lines = [_listed(number, each) for number, each in enumerate(rejected, start=1)]
    more = f"ask for more candidates than {count}"
    return "\n".join([first, *lines, f"Name the table and its columns in the request, or {more}."])


def _listed(number: int, rejected: RejectedCandidate) -> str:
    fatal = [finding for finding in rejected.findings if finding.fatal]
    shown = [f"  {number}. {_finding(finding)}" for finding in fatal[:MAX_FINDINGS]]
    return "\n".join(shown)


def _finding(finding: Finding) -> str:
    nearest = f" (nearest: {finding.nearest})" if finding.nearest else ""
    return f"{finding.rule} line {finding.line}: {finding.message}{nearest}"
