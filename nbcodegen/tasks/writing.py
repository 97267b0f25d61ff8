"""A stub, or a function of the notebook -> Answer: the function written, or tests of it."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec

from nbcodegen.checks.fitness import fitness
from nbcodegen.checks.verify import unseen_changes, verify, with_findings
from nbcodegen.errors import Cancelled
from nbcodegen.journey import STOPPED, Brake, Journey, Judged, never
from nbcodegen.pipeline import answered, privacy_of
from nbcodegen.references import restrict
from nbcodegen.schema import table_schemas
from nbcodegen.settings import Settings
from nbcodegen.tasks.collecting import tests_in, without_calls, without_main
from nbcodegen.tasks.fitting import unlike_stub, unlike_tests
from nbcodegen.tasks.outcome import Outcome
from nbcodegen.tasks.prompts import for_function, for_tests
from nbcodegen.tasks.sources import source_of
from nbcodegen.tasks.stub import Stub, functions
from nbcodegen.tasks.trying import Try, tried
from nbcodegen.trial import Trials
from nbcodegen.values import (
    Answer,
    Candidate,
    Finding,
    Model,
    Prompt,
    TableSchema,
    VerifiedCandidate,
)

ASSERTS = "B101"
"""bandit's note on asserts, which tests are made of."""
HINT = "Say more of what it does"


def write_function(
    stub: Stub,
    words: str,
    namespace: Mapping[str, object],
    model: Model,
    settings: Settings,
    *,
    trials: Trials | None = None,
    stop: Callable[[], bool] = never,
) -> Answer:
    """Return the function that a stub begins: of its name and signature, and its definition runs.

    Examples in its docstring are run too; those that fail are notes, and count against it. No
    table is needed; `words` add to what the stub says. Raises `NoUsableCandidate`, `Cancelled`.
    """
    tables = table_schemas(namespace)
    told = restrict(tables, settings.tables)
    prompt = for_function(stub, words, told, privacy_of(model, settings))
    names = namespace.keys() - {stub.name}  # it is to take the place of an earlier one

    def check(candidate: Candidate, _: Prompt) -> Judged:
        found = verify(candidate, tables, names, f"{words}\n{stub.docstring}")
        if not isinstance(found, VerifiedCandidate):
            return found
        return with_findings(found, list(unlike_stub(candidate.code, stub)))

    def run(code: str) -> Try:
        return Try(code, "exampled", _docstrings(stub, code), (stub.name,))

    way = _Way(namespace, trials, Brake(stop), check, run, model, settings)
    return way.answer(prompt, tables, stub.signature, "examples in its docstring hold")


def write_tests(
    name: str,
    words: str,
    namespace: Mapping[str, object],
    model: Model,
    settings: Settings,
    *,
    trials: Trials | None = None,
    stop: Callable[[], bool] = never,
) -> Answer:
    """Return tests of a function of the notebook, of the candidates the one with most that pass.

    A test that fails is told and stays: it may be right. Raises `UnknownName` where there is no
    such function, `GenerateError` where it has no source, `NoUsableCandidate`, `Cancelled`.
    """
    source = source_of(name, namespace)
    pytest = find_spec("pytest") is not None
    tables = table_schemas(namespace)
    prompt = for_tests(name, source, words, pytest=pytest)

    def check(candidate: Candidate, _: Prompt) -> Judged:
        candidate = replace(candidate, code=without_main(candidate.code))
        found = verify(candidate, tables, namespace.keys(), words)
        if not isinstance(found, VerifiedCandidate):
            return found
        return with_findings(found, list(unlike_tests(candidate.code, name, pytest=pytest)))

    def run(code: str) -> Try:
        tests = [(owner, test) for owner, test, _ in tests_in(code)]
        return Try(without_calls(code), "tested", tests)

    way = _Way(namespace, trials, Brake(stop), check, run, model, settings)
    answer = way.answer(prompt, tables, f"tests of {name}", f"tests of {name} pass")
    return replace(answer, notes=tuple(each for each in answer.notes if each.rule != ASSERTS))


@dataclass(frozen=True, slots=True)
class _Way:
    """How a task's candidates are tried, chosen and told."""

    namespace: Mapping[str, object]
    trials: Trials | None
    stop: Brake
    check: Callable[[Candidate, Prompt], Judged]
    run: Callable[[str], Try]
    model: Model
    settings: Settings
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """Of the candidates that were tried, by their code."""

    def answer(
        self, prompt: Prompt, tables: tuple[TableSchema, ...], subject: str, what: str
    ) -> Answer:
        start = time.perf_counter()
        attempt = self._tried if self.trials is not None else None
        journey = Journey(self.model, self.settings, self.stop, self.check, attempt, self._best)
        try:
            if self.trials is not None:
                self.trials.start()
            made = journey.made(prompt)
        except KeyboardInterrupt:
            self.stop.pull()
            raise Cancelled(STOPPED) from None
        answer = answered(made, tables, self.model, time.perf_counter() - start, HINT)
        outcome = self.outcomes.get(answer.code)
        if not outcome or not outcome.any:
            return replace(answer, words=subject)
        if prompt.task == "function":  # what failed is told by notes
            return replace(answer, words=f"{subject}; {outcome.counted(what)}")
        return replace(answer, words=outcome.said(what, answer.code))

    def _tried(self, verified: Sequence[VerifiedCandidate], prompt: Prompt) -> list[Judged]:
        assert self.trials is not None
        tries = [self.run(each.code) for each in verified]
        judged: list[Judged] = []
        came = tried(tries, self.namespace, self.trials, self.stop)
        for each, found in zip(verified, came, strict=True):
            if found.outcome is not None:
                self.outcomes[each.code] = found.outcome
            findings = [*fitness(found.report, ""), *unseen_changes(each, found.report)]
            if prompt.task == "function":
                findings += _examples(found.outcome, each.code)
            judged.append(with_findings(replace(each, report=found.report), findings))
        return judged

    def _best(self, verified: Sequence[VerifiedCandidate]) -> tuple[VerifiedCandidate, ...]:
        """Most that pass first, then fewest that fail: what the model made of it comes last."""

        def rank(each: VerifiedCandidate) -> tuple[int, int, float]:
            outcome = self.outcomes.get(each.code)
            passed, failed = (outcome.passed, outcome.failed) if outcome else (0, 0)
            return -passed, failed, -each.candidate.score

        return tuple(sorted(verified, key=rank))


def _docstrings(stub: Stub, code: str) -> list[str]:
    """Docstrings with examples: the user's own first, then what the model wrote into it."""
    written = [ast.get_docstring(each) or "" for each in functions(code) if each.name == stub.name]
    return [each for each in (stub.docstring, *written[-1:]) if ">>>" in each]


def _examples(outcome: Outcome | None, code: str) -> list[Finding]:
    """NB311: tell, without objecting, that an example in a docstring gives something else.

    Noted:  def double(x):
                '''>>> double(2)
                5'''
                return 2 * x
    """
    told = outcome.told if outcome else ()
    return [Finding("NB311", each.said(code), max(1, each.line), fatal=False) for each in told]
