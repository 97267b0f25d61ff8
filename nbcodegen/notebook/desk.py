"""What the commands of one shell share: its settings, its names, and the way to the user."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display

from nbcodegen.errors import Declined, GenerateError
from nbcodegen.notebook.display import Code, Lines, Result
from nbcodegen.notebook.followup import is_followup
from nbcodegen.notebook.insertion import insert
from nbcodegen.notebook.live import Live
from nbcodegen.notebook.session import Session
from nbcodegen.settings import Chosen, Settings, choose
from nbcodegen.values import Answer, Model
from nbcodegen.watching import Watched

if TYPE_CHECKING:
    from nbcodegen.trial import Trials


class Desk:
    """Takes a request to its model, and what comes of it back into the notebook."""

    def __init__(
        self,
        shell: InteractiveShell,
        session: Session,
        config: Callable[[], Mapping[str, object]],
    ) -> None:
        """`config` reads what `c.NBCodegen` holds at that moment."""
        # IPython types `shell` and what hangs on it as possibly missing; here it never is.
        self.shell: Any = shell
        self.session = session
        self.live = self._new_live("")
        """Where the request at hand is shown while it is written, and its answer after."""
        self._config = config

    def chosen(self, flags: Mapping[str, object]) -> Chosen:
        """Return the settings of one request, and where they come from."""
        return choose(self._config(), os.environ, self.session.chosen, flags)

    def settings(self, flags: Mapping[str, object] | None = None) -> Settings:
        """Return the settings of one request; without flags, those that last."""
        return self.chosen(flags or {}).settings

    def namespace(self) -> dict[str, object]:
        """The user's names at this moment; another thread may be adding some."""
        return dict(self.shell.user_ns)

    def cells(self) -> list[str]:
        """Every cell that was run, this one too."""
        return list(self.shell.history_manager.input_hist_raw)

    def previous(self, request: str) -> str:
        """Return the code that a request builds on; empty where it opens as no follow-up."""
        return self.session.last_code(self.cells()) if is_followup(request) else ""

    def model(self, settings: Settings, what: str = "") -> Model:
        """Open the model, and say what leaves this process before anything does.

        `what` names a task that only a general model serves; raises `GenerateError` for another.
        """
        from nbcodegen.tasks import must_write_any_code

        model = self.session.model(settings.model, settings)
        if what:
            must_write_any_code(model, what)
        if notice := self.session.notice(model, settings):
            display(Lines(notice))
        self.live = self._new_live(model.name)
        return Watched(model, self.live.tell)

    def _new_live(self, model: str) -> Live:
        return Live(model, changes=getattr(self.shell, "kernel", None) is not None)

    def answer(
        self,
        settings: Settings,
        write: Callable[[Model, Trials | None], Answer],
        what: str = "",
    ) -> Answer:
        """Have an answer written by the model, and remember its code for a follow-up."""
        self._refuse_to_overwrite(settings.into)
        start = time.perf_counter()  # before the model opens: that is waiting too
        model = self.model(settings, what)
        try:
            answer = write(model, self.session.trials_for(settings.trial))
        except Declined as error:
            self.session.guess = error.guess
            hint = "\n%nbcodegen guess shows what it would have tried." if error.guess else ""
            raise Declined(f"{error}{hint}", error.guess) from None
        finally:
            self.live.clear()
        self.session.remember(answer.code, len(self.cells()))
        return replace(answer, seconds=time.perf_counter() - start)

    def deliver(self, answer: Answer, settings: Settings) -> None:
        """Put the code where the user wants it, and show what it came to."""
        if settings.into:
            self.shell.user_ns[settings.into] = answer.code
            where = f"put in the variable {settings.into}"
            self.live.show(self._result(answer, where, settings))
            return
        place = insert(self.shell, answer.code)
        self.live.show(self._result(answer, place.words, settings))
        if place.shows:
            display(Code(answer.code))

    def _result(self, answer: Answer, where: str, settings: Settings) -> Result:
        untried = self.session.trials.refusal if self.session.trials else "trials are off"
        return Result(
            answer, where, settings.explain, settings.run, settings.preview, untried=untried
        )

    def _refuse_to_overwrite(self, name: str) -> None:
        if name and not isinstance(self.shell.user_ns.get(name, ""), str):
            kind = type(self.shell.user_ns[name]).__name__
            raise GenerateError(
                f"--into {name} would replace your {name}, a {kind}; give another name"
            )


def with_errors_for_people(command: Callable[..., None], *arguments: str) -> None:
    """Run a command; what went wrong for the user's part is a message, not a traceback."""
    try:
        command(*arguments)
    except GenerateError as error:
        raise UsageError(str(error)) from None
