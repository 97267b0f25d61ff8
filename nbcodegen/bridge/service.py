"""One kernel's answers to the sidebar: a request in JSON -> messages, sent as they are ready.

Small questions are answered at once. A generation runs in a thread of its own, so that the comm's
thread is free for the next message: cancelling is one.
"""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from nbcodegen import __version__
from nbcodegen.adapters import home
from nbcodegen.bridge import PROTOCOL, answers, feedback, tables
from nbcodegen.bridge.courtesy import Courtesy
from nbcodegen.bridge.messages import Failed, Hello, Kept, Message, Progress, PromptText, Status
from nbcodegen.errors import Cancelled, Declined, GenerateError, NoUsableCandidate
from nbcodegen.plain import plain
from nbcodegen.settings import Settings, read
from nbcodegen.values import Completion, TableSchema
from nbcodegen.watching import Watched

Send = Callable[[Message, str], None]
OPENING = frozenset({"choose", "prompt"})
"""Messages that open a model, which may be a server that is slow to answer."""
TRIALS_OFF = "trials are off"
CHOSEN = ("model", "privacy", "candidates", "trial")
"""Settings that the sidebar may change until the extension is unloaded."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """What a service needs of the shell it serves."""

    session: Any
    """The magic's own `Session`: models, trials and choices are shared with it."""
    settings: Callable[[], Settings]
    namespace: Callable[[], dict[str, object]]
    cells: Callable[[], int]
    """How many cells have been run."""


class Service:
    """Answers one kernel's sidebars, whichever of them asks."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._jobs: dict[str, threading.Event] = {}
        self._handlers: Mapping[str, Callable[[Mapping[str, Any], str, Send], None]] = {
            "tables": self._tables,
            "columns": self._columns,
            "column": self._column,
            "generate": self._generate,
            "cancel": self._cancel,
            "prompt": self._prompt,
            "status": self._status,
            "choose": self._choose,
            "feedback": self._feedback,
        }

    @staticmethod
    def hello() -> Hello:
        """The first message of a comm."""
        return Hello(PROTOCOL, __version__)

    def take(self, message: Mapping[str, Any], send: Send) -> None:
        """Answer one message. A request that fails is answered by an error; nothing is raised."""
        id, kind = str(message.get("id", "")), str(message.get("type", ""))
        handler = self._handlers.get(kind)
        if handler is None:
            send(Failed("Bug", f"The kernel knows no message {kind!r}."), id)
            return
        run = _aside if kind in OPENING else _guarded
        run(lambda: handler(message, id, send), lambda failed: send(failed, id))

    def stop(self, jobs: tuple[str, ...] | None = None) -> None:
        """Stop these generations, or all."""
        for id in list(self._jobs) if jobs is None else jobs:
            if id in self._jobs:
                self._jobs[id].set()

    def _tables(self, message: Mapping[str, Any], id: str, send: Send) -> None:
        send(tables.listed(self._kernel.namespace()), id)

    def _columns(self, message: Mapping[str, Any], id: str, send: Send) -> None:
        start, count = int(message.get("start", 0)), int(message.get("count", tables.PAGE))
        name, like = str(message["table"]), str(message.get("like", ""))
        send(tables.page(self._kernel.namespace(), name, start, count, like), id)

    def _column(self, message: Mapping[str, Any], id: str, send: Send) -> None:
        namespace = self._kernel.namespace()
        send(tables.closer(namespace, str(message["table"]), int(message["position"])), id)

    def _cancel(self, message: Mapping[str, Any], id: str, send: Send) -> None:
        self.stop((str(message["job"]),))

    def _generate(self, message: Mapping[str, Any], id: str, send: Send) -> None:
        stop = self._jobs[id] = threading.Event()

        def work() -> None:
            try:
                self._answer(message, id, send, stop)
            finally:
                self._jobs.pop(id, None)

        _aside(work, lambda failed: send(failed, id))

    def _answer(
        self, message: Mapping[str, Any], id: str, send: Send, stop: threading.Event
    ) -> None:
        from nbcodegen.pipeline import Listener, generate

        start = time.perf_counter()
        settings, session = self._settings(message), self._kernel.session
        send(Progress("asking"), id)
        namespace = self._left(message)
        model = session.model(settings.model, settings)
        if notice := session.notice(model, settings):
            send(Progress("asking", notice=notice), id)
        trials = session.trials_for(settings.trial)
        request, previous = str(message.get("request", "")), str(message.get("previous", ""))

        def origin(schemas: Sequence[TableSchema]) -> answers.Origin:
            untried = trials.refusal if trials else TRIALS_OFF
            return answers.Origin(request, model, schemas, untried, settings.preview)

        def writing(so_far: Completion) -> None:
            if way := so_far.opening:
                send(Progress("opening", seconds=round(way.seconds), share=way.share), id)
            else:
                send(Progress("asking", code=plain(so_far.text)), id)

        listener = Listener(
            trying=lambda count: send(Progress("trying", count), id),
            early=lambda found, schemas: send(answers.early(found, origin(schemas)), id),
        )
        answer = generate(
            request, namespace, Watched(model, writing), settings, previous=previous, trials=trials,
            stop=Courtesy(stop.is_set), pictures=answers.CARDS if settings.preview else 0,
            listener=listener,
        )  # fmt: skip
        if stop.is_set():
            raise Cancelled("Stopped.")
        for card in answers.cards(answer, origin(answer.schemas)):
            send(card, id)
        session.remember(answer.code, self._kernel.cells())
        send(answers.done(answer, time.perf_counter() - start), id)

    def _left(self, message: Mapping[str, Any]) -> dict[str, object]:
        """The namespace without the tables that were ticked off."""
        without = frozenset(map(str, message.get("without", ())))
        namespace = self._kernel.namespace()
        return {name: value for name, value in namespace.items() if name not in without}

    def _settings(self, message: Mapping[str, Any]) -> Settings:
        given = {name: message[name] for name in CHOSEN if message.get(name) is not None}
        values = {name: read(name, value, f"the sidebar's {name}") for name, value in given.items()}
        return replace(self._kernel.settings(), **values)  # type: ignore[arg-type]

    def _prompt(self, message: Mapping[str, Any], id: str, send: Send) -> None:
        from nbcodegen.pipeline import prompt_for

        settings = self._settings(message)
        model = self._kernel.session.model(settings.model, settings)
        request, previous = str(message.get("request", "")), str(message.get("previous", ""))
        told = prompt_for(request, self._left(message), model, settings, previous=previous)
        send(PromptText(told.text), id)

    def _choose(self, message: Mapping[str, Any], id: str, send: Send) -> None:
        """Keep settings until the extension is unloaded, as `%nbcodegen model NAME` does."""
        settings, session = self._settings(message), self._kernel.session
        if message.get("model"):
            session.model(settings.model, settings)  # a name that is unknown must not be kept
        session.chosen |= {name: message[name] for name in CHOSEN if message.get(name) is not None}
        self._status(message, id, send)

    def _feedback(self, message: Mapping[str, Any], id: str, send: Send) -> None:
        """Write down an opinion; the sidebar sends one only where the user turned that on."""
        given = feedback.Feedback(
            request=str(message["request"]),
            code=str(message["code"]),
            liked=bool(message["liked"]),
            tables=tuple(map(str, message.get("tables", ()))),
        )
        send(Kept(str(feedback.keep(home(), given, self._kernel.namespace()))), id)

    def _status(self, message: Mapping[str, Any], id: str, send: Send) -> None:
        from nbcodegen.model import names
        from nbcodegen.pipeline import privacy_of

        settings, session = self._kernel.settings(), self._kernel.session
        model = session.models.get(settings.model)
        trials = session.trials_for(settings.trial)
        held = "" if trials is None else trials.refusal or trials.guard
        send(
            Status(
                version=__version__,
                model=settings.model,
                where=model.where if model else "",
                models=tuple(dict.fromkeys((*names(), *session.models))),
                privacy=privacy_of(model, settings) if model else settings.privacy or "",
                trial=settings.trial,
                trials=held,
                memory=_memory(),
                settings={key: value for key, value in asdict(settings).items() if value},
            ),
            id,
        )


def _aside(work: Callable[[], None], fail: Callable[[Failed], None]) -> None:
    """Do it in a thread of its own, so that the comm can hear the next message."""
    # The comm answers on the route of the context that it was opened in.
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(_guarded, work, fail), daemon=True).start()


def _guarded(work: Callable[[], None], fail: Callable[[Failed], None]) -> None:
    """Do it; what goes wrong becomes a message. A bug of ours says that it is one."""
    try:
        work()
    except NoUsableCandidate as error:
        fail(Failed("NoUsableCandidate", str(error), refused=answers.refused(error.rejected)))
    except Declined as error:
        fail(Failed("Declined", str(error), error.guess))
    except GenerateError as error:
        fail(Failed(type(error).__name__, str(error)))
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        fail(Failed("Bug", f"This is a mistake in nbcodegen, not yours: {said}"))


def _memory() -> int | None:
    try:
        import psutil
    except ImportError:
        return None
    return int(psutil.Process().memory_info().rss / 2**20)
