"""`%fix` and `%explain`: commands about code that is there, for models that write any code."""

from __future__ import annotations

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_cell_magic, line_magic, magics_class, no_var_expand

from nbcodegen.notebook.desk import Desk, with_errors_for_people
from nbcodegen.notebook.display import Lines
from nbcodegen.notebook.requests import answer_with_cell


@magics_class
class CodeMagics(Magics):
    """Commands about the cell that ran last. Their settings are those of `NBCodegen`."""

    def __init__(self, shell: InteractiveShell, desk: Desk) -> None:
        super().__init__(shell)
        self._desk = desk

    @no_var_expand
    @line_magic
    def fix(self, line: str) -> None:
        """Repair the cell that has just failed; what stands behind `%fix` is told to the model.

        The repaired code appears in a new cell below, checked and tried as ever. It takes a model
        that writes any code: a server, `%nbcodegen model http://localhost:8000/v1`.
        """
        with_errors_for_people(self._fix, line)

    @no_var_expand
    @line_cell_magic
    def explain(self, line: str, cell: str = "") -> None:
        """Explain code in words: the cell that ran last, or the code below `%%explain`.

            %explain
            %explain why is this slow?

            %%explain ¿qué devuelve?
            homes.groupby("city")["price"].agg(["mean", "count"])

        Nothing is inserted and nothing is run. It takes a model that writes any code: a server,
        `%nbcodegen model http://localhost:8000/v1`.
        """
        with_errors_for_people(self._explain, line, cell)

    def _fix(self, line: str) -> None:
        from nbcodegen.notebook.repair import last_broken
        from nbcodegen.pipeline import privacy_of

        settings = self._desk.settings()
        broken = last_broken(self.shell)
        model = self._desk.model(settings, "%fix")
        request = broken.request(privacy_of(model, settings))
        request = f"{request}. {line}" if line else request
        self._desk.deliver(answer_with_cell(self._desk, request, settings, broken.code), settings)

    def _explain(self, line: str, cell: str) -> None:
        from nbcodegen.notebook.repair import last_ran
        from nbcodegen.pipeline import privacy_of
        from nbcodegen.tasks import explain

        settings = self._desk.settings()
        # The shell counts this very cell among those that ran; as a command of ours it is left out.
        model = self._desk.model(settings, "%explain")
        code, ending = cell, ""
        if not cell.strip():
            code, ending = last_ran(self.shell, self._desk.cells(), privacy_of(model, settings))
        try:
            said = explain(code, line, model, settings, ending=ending)
        finally:
            self._desk.live.clear()
        self._desk.live.show(Lines(said))
