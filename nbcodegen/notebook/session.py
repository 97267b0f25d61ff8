"""What one shell remembers between requests: open models, the last code, the last guess."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from nbcodegen.adapters import PREFIX
from nbcodegen.errors import Cancelled, GenerateError
from nbcodegen.settings import Settings
from nbcodegen.values import Model, TrialMode

if TYPE_CHECKING:
    from nbcodegen.trial import Trials


class Session:
    """The memory of one shell. Nothing outlives the extension's unloading."""

    def __init__(self) -> None:
        self.models: dict[str, Model] = {}
        """Open models by the name they were asked for; a model put here is used as it is."""
        self.chosen: dict[str, object] = {}
        """Settings that hold until the extension is unloaded."""
        self.noticed: set[str] = set()
        """What was said already of what leaves this process."""
        self.guess = ""
        """What the model would have written for the last request that it declined."""
        self.trials: Trials | None = None
        """Where candidates are tried, once a request has been made."""
        self._how: dict[str, tuple[object, ...]] = {}
        """How each model was opened."""
        self._lock = threading.Lock()
        """The sidebar asks from threads of its own."""
        self._mode: TrialMode = "off"
        self._code = ""
        self._cells = 0

    def model(self, name: str, settings: Settings | None = None) -> Model:
        """Return a model, opened by the first request that needs it.

        `settings` say how a large model of this machine is opened, and how it writes.
        """
        how = () if settings is None else (settings.decoding, settings.quantize)
        if name not in self.models or name.startswith(PREFIX) or self._how.get(name, how) != how:
            from nbcodegen.model import open_model

            try:
                # An adapter may have been made anew since; opening it again costs nothing else.
                self.models[name] = open_model(name, *how)
            except KeyboardInterrupt:
                raise Cancelled("Stopped while the model was opening; ask again.") from None
            self._how[name] = how
        return self.models[name]

    def warm(self, settings: Settings) -> None:
        """Have a large model of this machine opened by its engine, while the user reads on.

        What is wrong with it is told to the request that needs it.
        """
        if settings.model == Settings().model:
            return

        def work() -> None:
            from nbcodegen.model import is_large

            with suppress(GenerateError):
                if is_large(settings.model):
                    model = self.model(settings.model, settings)
                    if warm := getattr(model, "warm", None):
                        warm()

        threading.Thread(target=work, daemon=True, name="nbcodegen opening").start()

    def notice(self, model: Model, settings: Settings) -> str:
        """Say what leaves this process, the first time that it does."""
        from nbcodegen.pipeline import notice

        said = notice(model, settings)
        if said in self.noticed:
            return ""
        self.noticed.add(said)
        return said

    def trials_for(self, mode: TrialMode) -> Trials | None:
        """Return where candidates are tried in that mode; it starts with the first request."""
        with self._lock:
            if mode != self._mode:
                self.close()
            if mode != "off" and self.trials is None:
                from nbcodegen.trial import Trials

                self.trials, self._mode = Trials(unbounded=mode == "unbounded"), mode
            return self.trials

    def close(self) -> None:
        """End the processes that were started for this shell."""
        if self.trials is not None:
            self.trials.close()
        self.trials, self._mode = None, "off"

    def remember(self, code: str, cells: int) -> None:
        """Keep the code just generated; `cells` is how many cells the shell had run by then."""
        self._code, self._cells = code, cells

    def last_code(self, cells: Sequence[str]) -> str:
        """Return what a follow-up builds on: the generated code, as the user last ran it.

        The user may have edited the cell. It is told by its first line of work, which imports
        and comments are not; where that was edited too, the code as generated counts.
        """
        first = _first_line(self._code)
        edited = [cell for cell in cells[self._cells :] if first and _first_line(cell) == first]
        return edited[-1] if edited else self._code


def _first_line(code: str) -> str:
    """
    >>> _first_line("import pandas as pd\\n\\n# mean\\ndf.mean()  \\n")
    'df.mean()'
    """
    lines = (line.strip() for line in code.splitlines())
    return next((line for line in lines if line and not line.startswith(_NOT_WORK)), "")


_NOT_WORK = ("#", "import ", "from ", "%")
