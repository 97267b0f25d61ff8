"""The whole journey: request + namespace + model -> Answer. The magic and the command share it.

live tables -> TableSchema -> Prompt -> Completion -> Candidate -> Verified | Rejected
            -> trial on a copy -> the different answers, best first -> Answer
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from nbcodegen.checks.advice import advice
from nbcodegen.checks.verify import verify
from nbcodegen.errors import Cancelled, EmptyRequest, NoTables, NoUsableCandidate
from nbcodegen.footprint import columns_named, names_in, tables_read
from nbcodegen.journey import STOPPED, Brake, Journey, Judged, Outcomes, never
from nbcodegen.prompt import render
from nbcodegen.references import read_references, restrict
from nbcodegen.schema import table_schemas
from nbcodegen.settings import Settings
from nbcodegen.trial import Trials
from nbcodegen.trying import after_trials
from nbcodegen.values import (
    Answer,
    Candidate,
    Model,
    Privacy,
    Prompt,
    TableSchema,
    VerifiedCandidate,
)
from nbcodegen.verdicts import HINT, refusal

NO_TABLES = (
    "There is no table here to work on. Make one first, for example "
    '`df = pd.read_csv("file.csv")`, and ask again.'
)


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
    stop: Callable[[], bool] = never,
    pictures: int = 1,
    listener: Listener = _NOBODY,
) -> Answer:
    """Return the best candidate that passes every check, and a trial where there are `trials`.

    `previous` is the code that a follow-up builds on. The best `pictures` answers come with a
    picture of their chart. Nothing in the namespace changes.
    """
    start = time.perf_counter()
    brake = Brake(stop)
    try:
        prepared = _prepare(request, namespace, model, settings, previous)
        if trials is not None:
            trials.start()  # loads while the model works
        way = _Way(prepared, namespace, trials, brake, pictures, listener)
        attempt = way.tried if trials is not None else None
        outcomes = Journey(model, settings, brake, way.checked, attempt).made(prepared.prompt)
    except KeyboardInterrupt:
        brake.pull()
        raise Cancelled(STOPPED) from None
    return answered(outcomes, prepared.tables, model, time.perf_counter() - start)


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


HERE = ("in process", "this machine")
"""Where a model is the user's own process, so that nothing is told to anybody."""


def privacy_of(model: Model, settings: Settings) -> Privacy:
    """Return the grade that holds: the user's choice, else by where the model runs."""
    if settings.privacy is not None:
        return settings.privacy
    return "samples" if model.where in HERE else "names"


def notice(model: Model, settings: Settings) -> str:
    """Say what leaves this machine; "" where nothing does."""
    if model.where in HERE:
        return ""
    grade = privacy_of(model, settings)
    return (
        f"{model.where} is sent your request, code that it goes on from or is about, and "
        f"{_LEAVES[grade]} (privacy: {grade}). %nbcodegen prompt REQUEST shows exactly what."
    )


_LEAVES: Mapping[Privacy, str] = {
    "names": "the names and kinds of tables and columns",
    "stats": "the names, kinds, counts and ranges of columns",
    "samples": "the names, kinds, counts and ranges of columns, with some of their values",
}


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
class _Way:
    """How candidates for a cell are checked and tried."""

    prepared: _Prepared
    namespace: Mapping[str, object]
    trials: Trials | None
    stop: Brake
    pictures: int
    listener: Listener

    def checked(self, candidate: Candidate, prompt: Prompt) -> Judged:
        return verify(candidate, self.prepared.tables, self.namespace.keys(), prompt.request)

    def tried(self, verified: Sequence[VerifiedCandidate], prompt: Prompt) -> list[Judged]:
        assert self.trials is not None
        self.listener.trying(len(verified))
        return after_trials(
            verified, prompt, self.namespace, self.trials, self.stop, self.pictures,
            lambda found: self.listener.early(found, self.prepared.tables),
        )  # fmt: skip


def answered(
    outcomes: Outcomes,
    tables: tuple[TableSchema, ...],
    model: Model,
    seconds: float,
    hint: str = HINT,
) -> Answer:
    """Write up what a request came to.

    Raises `NoUsableCandidate` where nothing is left; `hint` is what the user may do then.
    """
    if not outcomes.verified:
        raise NoUsableCandidate(refusal(outcomes.rejected, hint), outcomes.rejected)
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
