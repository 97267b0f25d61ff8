"""`%%generate` and `%nbcodegen`: read the line, call the pipeline, put the code in place."""

from __future__ import annotations

import os
import time
import typing
from collections.abc import Callable, Mapping
from dataclasses import replace

from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_cell_magic, line_magic, magics_class, no_var_expand
from IPython.core.magic_arguments import argument, magic_arguments
from IPython.display import display
from traitlets import Any

from nbcodegen.bridge.comms import Comms
from nbcodegen.errors import Declined, EmptyRequest, GenerateError, UnknownName
from nbcodegen.notebook import transform
from nbcodegen.notebook.display import Code, Lines, Result, explained
from nbcodegen.notebook.flags import split_flags
from nbcodegen.notebook.followup import is_followup
from nbcodegen.notebook.insertion import insert
from nbcodegen.notebook.session import Session
from nbcodegen.settings import Chosen, Settings, choose, nearest
from nbcodegen.values import Answer, Prompt

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
        # IPython types `shell` and what hangs on it as possibly missing; here it never is.
        self._ip: typing.Any = shell
        # A terminal has no kernel, and not every kernel has comms.
        manager = getattr(getattr(shell, "kernel", None), "comm_manager", None)
        self.comms = Comms(manager, self._service) if manager else None

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
                                      `adapter:NAME`, or a server: `http://localhost:8000/v1#NAME`
        %nbcodegen off                unload

        %fix                          repair the cell that has just failed (takes a server's model)
        """
        with_errors_for_people(self._command, line)

    @no_var_expand
    @line_magic
    def fix(self, line: str) -> None:
        """Repair the cell that has just failed; what stands behind `%fix` is told to the model.

        The repaired code appears in a new cell below, checked and tried as ever. It takes a model
        that writes any code: a server, `%nbcodegen model http://localhost:8000/v1`.
        """
        with_errors_for_people(self._fix, line)

    def _fix(self, line: str) -> None:
        from nbcodegen.notebook.repair import last_broken, must_write_any_code
        from nbcodegen.pipeline import privacy_of

        settings = self._chosen({}).settings
        broken = last_broken(self._ip)
        model = self.session.model(settings.model)
        must_write_any_code(model, "fix")
        request = broken.request(privacy_of(model, settings))
        answer = self._answer(f"{request}. {line}" if line else request, settings, broken.code)
        self.session.remember(answer.code, len(self._cells()))
        self._deliver(answer, settings)

    def _generate(self, line: str, cell: str) -> None:
        flags, words = split_flags(NBCodegen.generate.parser, line)
        request = "\n".join(part for part in (words, cell.strip()) if part)
        settings = self._chosen(flags).settings
        answer = self._answer(request, settings)
        self.session.remember(answer.code, len(self._cells()))
        if settings.explain:
            answer = replace(answer, code=explained(answer))
        self._deliver(answer, settings)
        if settings.run:
            self._ip.run_cell(answer.code, store_history=False)

    def _answer(self, request: str, settings: Settings, previous: str = "") -> Answer:
        from nbcodegen.pipeline import generate

        self._refuse_to_overwrite(settings.into)
        start = time.perf_counter()  # before the model opens: that is waiting too
        model = self.session.model(settings.model)
        if notice := self.session.notice(model, settings):
            display(Lines(notice))
        previous = previous or self._previous(request)
        try:
            trials = self.session.trials_for(settings.trial)
            answer = generate(
                request, self._namespace(), model, settings, previous=previous, trials=trials
            )
        except Declined as error:
            self.session.guess = error.guess
            hint = "\n%nbcodegen guess shows what it would have tried." if error.guess else ""
            raise Declined(f"{error}{hint}", error.guess) from None
        return replace(answer, seconds=time.perf_counter() - start)

    def _deliver(self, answer: Answer, settings: Settings) -> None:
        if settings.into:
            self._ip.user_ns[settings.into] = answer.code
            where = f"put in the variable {settings.into}"
            display(self._result(answer, where, settings))
            return
        place = insert(self._ip, answer.code)
        display(self._result(answer, place.words, settings))
        if place.shows:
            display(Code(answer.code))

    def _result(self, answer: Answer, where: str, settings: Settings) -> Result:
        untried = self.session.trials.refusal if self.session.trials else "trials are off"
        return Result(
            answer, where, settings.explain, settings.run, settings.preview, untried=untried
        )

    def _refuse_to_overwrite(self, name: str) -> None:
        if name and not isinstance(self._ip.user_ns.get(name, ""), str):
            kind = type(self._ip.user_ns[name]).__name__
            raise GenerateError(
                f"--into {name} would replace your {name}, a {kind}; give another name"
            )

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

        tables = table_schemas(self._namespace())
        trials = self.session.trials_for(self._chosen({}).settings.trial)
        display(Lines(report(self._chosen({}), self.session.models, tables, trials)))

    def _prompt(self, line: str) -> None:
        flags, request = split_flags(NBCodegen.generate.parser, line)
        display(Lines(self._prompt_for(request, self._chosen(flags).settings).text))

    def _prompt_for(self, request: str, settings: Settings) -> Prompt:
        from nbcodegen.pipeline import prompt_for

        model = self.session.model(settings.model)
        previous = self._previous(request)
        return prompt_for(request, self._namespace(), model, settings, previous=previous)

    def _guess(self, _: str) -> None:
        if not self.session.guess:
            raise EmptyRequest("There is no guess to show: no request has been declined.")
        display(Code(self.session.guess))

    def _model(self, name: str) -> None:
        if not name:
            raise EmptyRequest("Which model? For example: %nbcodegen model embedded")
        self.session.model(name)  # a name that is unknown must not be kept
        self.session.chosen["model"] = name
        display(Lines(f"Requests go to {name} until the extension is unloaded."))

    def _off(self, _: str) -> None:
        if self._ip.extension_manager.unload_extension("nbcodegen") is not None:
            unload(self._ip)  # it was loaded by a call, which IPython keeps no list of
        display(Lines("nbcodegen is unloaded; %load_ext nbcodegen brings it back."))

    def _chosen(self, flags: Mapping[str, object]) -> Chosen:
        config = self.config.get("NBCodegen", {})
        return choose(config, os.environ, self.session.chosen, flags)

    def _namespace(self) -> dict[str, object]:
        """The user's names at this moment; another thread may be adding some."""
        return dict(self._ip.user_ns)

    def _cells(self) -> list[str]:
        return list(self._ip.history_manager.input_hist_raw)

    def _service(self) -> Service:
        from nbcodegen.bridge.service import Kernel, Service

        return Service(
            Kernel(
                self.session,
                lambda: self._chosen({}).settings,
                self._namespace,
                lambda: len(self._cells()),
            )
        )

    def _previous(self, request: str) -> str:
        return self.session.last_code(self._cells()) if is_followup(request) else ""


def with_errors_for_people(command: Callable[..., None], *arguments: str) -> None:
    """Run a command; what went wrong for the user's part is a message, not a traceback."""
    try:
        command(*arguments)
    except GenerateError as error:
        raise UsageError(str(error)) from None


def load(shell: InteractiveShell) -> None:
    """Bring the commands into a shell."""
    if NBCodegen.__name__ in shell.magics_manager.registry:
        unload(shell)
    magics = NBCodegen(shell)
    shell.register_magics(magics)
    transform.install(shell)
    if magics.comms:
        magics.comms.attach()


def unload(shell: InteractiveShell) -> None:
    """Take out everything that `load` brought."""
    transform.remove(shell)
    manager = shell.magics_manager
    magics = manager.registry.pop(NBCodegen.__name__, None)
    if magics is None:
        return
    if magics.comms:
        magics.comms.detach()
    magics.session.close()
    for kind, functions in magics.magics.items():
        for name in functions:
            manager.magics[kind].pop(name, None)
    shell.configurables[:] = [each for each in shell.configurables if each is not magics]
