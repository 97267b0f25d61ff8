"""A large model of this machine behind the `Model` seam."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from nbcodegen import errors
from nbcodegen.causal.opening import What
from nbcodegen.chat import template
from nbcodegen.engine import places
from nbcodegen.engine.line import Lost, answers, send
from nbcodegen.engine.requests import message
from nbcodegen.engine.starting import engine_for, said
from nbcodegen.errors import NoModel
from nbcodegen.prompt import TEMPLATE
from nbcodegen.values import Completion, Decoding, Opening, Prompt


class LocalModel:
    """Asks the engine that holds the model; the first to ask starts it."""

    where = "this machine"
    general = True

    def __init__(self, name: str, what: What, decoding: Decoding) -> None:
        self.name = name
        self.decoding = decoding
        self.template = template(TEMPLATE, "plain" if what.form == "plain" else "chat")
        self.revision = what.revision
        self.about = ""
        """Where and how it is open, once it is."""
        self._what = what

    def complete(
        self, prompt: Prompt, *, count: int, seed: int, stop: Callable[[], bool]
    ) -> Iterator[Completion]:
        """Yield the first completion as far as it is written, then up to `count` whole ones."""
        written, first = "", False
        held: list[Completion] = []
        for told in self._asked(message(prompt, count, seed, self.decoding), stop):
            if "opening" in told:
                yield Completion(
                    "", 0.0, partial=True, opening=Opening(told["opening"], told["share"])
                )
            elif "piece" in told:
                written += told["piece"]
                yield Completion(written, 0.0, partial=True)
            elif "answer" in told:
                whole = Completion(told["answer"], told["score"])
                first = first or told["rank"] == 0
                held.insert(0 if told["rank"] == 0 else len(held), whole)
                if first:
                    yield from held
                    held = []

    def warm(self) -> None:
        """Have the model opened in the background; what goes wrong is told to who asks first."""

        def work() -> None:
            try:
                for _ in self._asked({"do": "open"}, lambda: False):
                    pass
            except errors.GenerateError:
                pass

        threading.Thread(target=work, daemon=True, name="nbcodegen engine").start()

    def _asked(
        self, question: dict[str, Any], stop: Callable[[], bool]
    ) -> Iterator[dict[str, Any]]:
        """Ask the engine; one that ended just now, before it said a word, is started once more."""
        for tries_left in (1, 0):
            heard = False
            try:
                for told in self._talk(question, stop):
                    heard = True
                    yield told
                return
            except Lost:
                if heard or not tries_left:
                    break
        self.warm()
        last = said(places.key_of(self._what))
        raise NoModel(
            f"The process that holds {self._what.name} ended in the middle of an answer"
            f"{f' ({last})' if last else ''}. It is being started again; ask again."
        )

    def _talk(self, question: dict[str, Any], stop: Callable[[], bool]) -> Iterator[dict[str, Any]]:
        line = engine_for(self._what, stop)
        send(line, question)
        for told in answers(line, stop):
            if "error" in told:
                raise _error(told)
            if "about" in told:
                self.about, self.revision = told["about"], told["revision"]
                self.template = template(TEMPLATE, told["form"])
            yield told


def _error(told: dict[str, Any]) -> Exception:
    """The engine's error, raised here as what it was there."""
    kind = getattr(errors, str(told["kind"]), None)
    if isinstance(kind, type) and issubclass(kind, errors.GenerateError):
        return kind(told["error"])
    return RuntimeError(told["error"])
