"""`%%generate` and `%nbcodegen`: read the line, ask at the desk, put the code in place."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_cell_magic, line_magic, magics_class, no_var_expand
from IPython.core.magic_arguments import argument, magic_arguments
from IPython.display import display
from traitlets import Any

from nbcodegen.bridge.comms import Comms
from nbcodegen.errors import EmptyRequest, GenerateError, UnknownName
from nbcodegen.notebook import transform
from nbcodegen.notebook.code_magics import CodeMagics
from nbcodegen.notebook.desk import Desk, with_errors_for_people
from nbcodegen.notebook.display import Code, Lines, explained
from nbcodegen.notebook.flags import split_flags
from nbcodegen.notebook.requests import answer_to
from nbcodegen.notebook.session import Session
from nbcodegen.settings import nearest

if typing.TYPE_CHECKING:
    from nbcodegen.bridge.service import Service


def _setting(says: str) -> Any:
    """A trait that takes anything: `settings` reads the value, and its messages are better."""
    return Any(help=says).tag(config=True)


@magics_class
class NBCodegen(Magics):
    """The commands of nbcodegen, and its settings as traits (`c.NBCodegen.candidates = 5`)."""

    model = _setting("Name of the model.")
    candidates = _setting("Programs to propose before choosing.")
    privacy = _setting("What of the data a prompt may hold: names, stats or samples.")
    trial = _setting("Whether candidates are tried on a copy: auto, off or unbounded.")
    preview = _setting("Whether the output shows a small chart or the first rows.")
    seed = _setting("Same seed, same code.")
    tables = _setting("Only these tables are looked at; all by default.")
    explain = _setting("Whether code comes with the model's account of it.")

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        self.session = Session()
        self.desk = Desk(shell, self.session, lambda: self.config.get("NBCodegen", {}))
        # A terminal has no kernel, and not every kernel has comms.
        manager = getattr(getattr(shell, "kernel", None), "comm_manager", None)
        self.comms = Comms(manager, self._service) if manager else None

    def close(self) -> None:
        """End what this shell's commands have started."""
        if self.comms:
            self.comms.detach()
        self.session.close()

    @no_var_expand
    @magic_arguments()
    @argument(
        "-t",
        "--tables",
        action="append",
        metavar="NAMES",
        help="Look only at these tables: `-t homes` or `-t homes,sales`.",
    )
    @argument("-m", "--model", metavar="NAME", help="Use this model.")
    @argument(
        "-n",
        "--candidates",
        metavar="N",
        help="Propose so many programs and keep the best that passes the checks.",
    )
    @argument("--seed", metavar="N", help="Same seed, same code.")
    @argument(
        "--privacy",
        metavar="GRADE",
        help="What of the data the model is told: `names`, `stats` or `samples`.",
    )
    @argument(
        "--trial",
        metavar="MODE",
        help="Try candidates on a copy of the tables first: `auto`, `off`, or `unbounded`, which "
        "does so even where the system has no boundary to do it in.",
    )
    @argument(
        "--no-preview",
        dest="preview",
        action="store_false",
        default=None,
        help="Show no chart and no rows in the output, so that none are saved in the notebook.",
    )
    @argument(
        "--explain",
        action="store_true",
        default=None,
        help="Say what the code does, in a comment, and show the other candidates.",
    )
    @argument(
        "--run",
        action="store_true",
        default=None,
        help="Run the code at once. Without it, nothing is run.",
    )
    @argument(
        "--into",
        metavar="VARIABLE",
        help="Put the code in this variable, as text, and insert nothing.",
    )
    @argument(
        "--tests",
        metavar="FUNCTION",
        help="Write tests of this function of the notebook, and say which of them pass. It takes "
        "a model that writes any code.",
    )
    @line_cell_magic
    def generate(self, line: str, cell: str = "") -> None:
        """Turn a request, in English or Spanish, into a pandas or matplotlib cell.

        The request stands on the line, in the cell below, or both:

            %%generate plot average price by neighborhood

            %%generate
            precio medio por barrio,
            solo los diez más caros

        The code appears in a new cell below (in a terminal, at the next prompt). It has been
        checked against your live tables and has run on a copy of them, which the preview shows;
        your own tables are as they were: read the code, then run it.

        A request that opens like a continuation works on the code of the last one:

            %%generate now as a horizontal bar, only the top 10

        A cell that begins a function, by its signature or its docstring, is a request to write
        it; that and `--tests` take a model that writes any code, such as a server's:

            %%generate words are joined by hyphens
            def slug(title: str) -> str:

        Name a table as `@homes` where several could be meant. Options come before the request,
        and `--` ends them. `%nbcodegen` shows the settings; each can be set for good with
        `c.NBCodegen.candidates = 5` in IPython's configuration, or NBCODEGEN_CANDIDATES=5 in
        the environment.
        """
        with_errors_for_people(self._generate, line, cell)

    @no_var_expand
    @line_magic
    def nbcodegen(self, line: str) -> None:
        """Show how nbcodegen stands, or change it.

        %nbcodegen                    model, device, memory, tables, settings
        %nbcodegen prompt REQUEST     exactly what the model would be told
        %nbcodegen guess              what it would have written for the request it declined
        %nbcodegen model NAME         use this model until the extension is unloaded: `embedded`,
                                      `adapter:NAME`, a large one of this machine (`OWNER/NAME`,
                                      a folder), or a server: `http://localhost:8000/v1#NAME`
        %nbcodegen off                unload

        With a model that writes any code, a large one or a server's:

        %fix                          repair the cell that has just failed
        %explain [QUESTION]           explain the cell that ran last; %%explain, the code below it
        %generate --tests FUNCTION    write tests of a function, and say which of them pass
        """
        with_errors_for_people(self._command, line)

    def _generate(self, line: str, cell: str) -> None:
        flags, words = split_flags(NBCodegen.generate.parser, line)
        settings = self.desk.settings(without_tests(flags))
        answer = answer_to(self.desk, words, cell, str(flags.get("tests", "")), settings)
        if settings.explain:
            answer = replace(answer, code=explained(answer))
        self.desk.deliver(answer, settings)
        if settings.run:
            self.desk.shell.run_cell(answer.code, store_history=False)

    def _command(self, line: str) -> None:
        commands: Mapping[str, Callable[[str], None]] = {
            "": self._status,
            "status": self._status,
            "prompt": self._prompt,
            "guess": self._guess,
            "model": self._model,
            "off": self._off,
        }
        word, _, rest = line.strip().partition(" ")
        if word not in commands:
            known = [each for each in commands if each]
            raise UnknownName(f"%nbcodegen {word}: there is no such command{nearest(word, known)}")
        commands[word](rest.strip())

    def _status(self, _: str) -> None:
        from nbcodegen.notebook.status import report
        from nbcodegen.schema import table_schemas

        chosen, tables = self.desk.chosen({}), table_schemas(self.desk.namespace())
        trials = self.session.trials_for(chosen.settings.trial)
        display(Lines(report(chosen, self.session.models, tables, trials)))

    def _prompt(self, line: str) -> None:
        from nbcodegen.pipeline import prompt_for

        flags, request = split_flags(NBCodegen.generate.parser, line)
        if "tests" in flags:
            raise GenerateError("%nbcodegen prompt shows what is told of requests about tables.")
        settings, desk = self.desk.settings(flags), self.desk
        model = self.session.model(settings.model, settings)
        previous = desk.previous(request)
        prompt = prompt_for(request, desk.namespace(), model, settings, previous=previous)
        display(Lines(prompt.text))

    def _guess(self, _: str) -> None:
        if not self.session.guess:
            raise EmptyRequest("There is no guess to show: no request has been declined.")
        display(Code(self.session.guess))

    def _model(self, name: str) -> None:
        if not name:
            raise EmptyRequest("Which model? For example: %nbcodegen model embedded")
        # A name that is unknown must not be kept.
        self.session.model(name, self.desk.settings())
        self.session.chosen["model"] = name
        self.session.warm(self.desk.settings())
        display(Lines(f"Requests go to {name} until the extension is unloaded."))

    def _off(self, _: str) -> None:
        shell = self.desk.shell
        if shell.extension_manager.unload_extension("nbcodegen") is not None:
            unload(shell)  # it was loaded by a call, which IPython keeps no list of
        display(Lines("nbcodegen is unloaded; %load_ext nbcodegen brings it back."))

    def _service(self) -> Service:
        from nbcodegen.bridge.service import Kernel, Service

        return Service(
            Kernel(
                self.session, self.desk.settings, self.desk.namespace,
                lambda: len(self.desk.cells()),
            )
        )  # fmt: skip


def without_tests(flags: Mapping[str, object]) -> dict[str, object]:
    """The options that are settings."""
    return {name: value for name, value in flags.items() if name != "tests"}


def load(shell: InteractiveShell) -> None:
    """Bring the commands into a shell."""
    if NBCodegen.__name__ in shell.magics_manager.registry:
        unload(shell)
    magics = NBCodegen(shell)
    shell.register_magics(magics, CodeMagics(shell, magics.desk))
    transform.install(shell)
    if magics.comms:
        magics.comms.attach()
    with suppress(GenerateError):  # a setting that means nothing is told to the first request
        magics.session.warm(magics.desk.settings())


def unload(shell: InteractiveShell) -> None:
    """Take out everything that `load` brought."""
    transform.remove(shell)
    manager = shell.magics_manager
    ours = [manager.registry.pop(each.__name__, None) for each in (NBCodegen, CodeMagics)]
    for magics in filter(None, ours):
        for kind, functions in magics.magics.items():
            for name in functions:
                manager.magics[kind].pop(name, None)
        shell.configurables[:] = [each for each in shell.configurables if each is not magics]
    if ours[0]:
        ours[0].close()
