"""A server's model behind the `Model` seam."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from nbcodegen.chat import answer_of, template, turns
from nbcodegen.errors import NoService, UnknownName
from nbcodegen.prompt import TEMPLATE
from nbcodegen.server.address import parse
from nbcodegen.server.client import LOOK_S, Client, Stop, Unreachable
from nbcodegen.server.keys import key_for
from nbcodegen.values import Completion, Prompt

WARM = 0.6
"""Temperature of all answers but the first, which is the likeliest one."""
UNLIKE = 0.3
"""What an answer drawn by chance counts less: two that agree count more than the first alone."""
MOST_TOKENS = 1024
MOST_AT_ONCE = 4


class ServerModel:
    """Asks for each candidate on its own, side by side: servers put them into one batch."""

    template = template(TEMPLATE, "chat")
    revision = ""
    general = True

    def __init__(self, name: str, stop: Stop = lambda: False) -> None:
        """Find out what the server has. Raises `UnknownName`, or `NoService`."""
        self.name = name
        self._address = parse(name)
        self.where = self._address.base
        self._model = self._address.model or self._only(stop)

    def complete(
        self, prompt: Prompt, *, count: int, seed: int, stop: Callable[[], bool]
    ) -> Iterator[Completion]:
        """Yield the likeliest as far as it has come, then up to `count` whole ones.

        The likeliest is the first of these; the others follow as they come.
        """
        gone = threading.Event()
        heard: list[str] = []
        messages = list(turns(prompt))

        def ask(rank: int) -> Completion:
            body: dict[str, Any] = {
                "model": self._model,
                "messages": messages,
                "max_tokens": MOST_TOKENS,
                "stream": True,
                "temperature": WARM if rank else 0.0,
                "seed": seed + rank,
            }
            client = Client(self._address, key_for(self._address.host))
            pieces: list[str] = [] if rank else heard
            for piece in client.stream(body, lambda: stop() or gone.is_set()):
                pieces.append(piece)
            answer = answer_of("".join(pieces), prompt.task, "chat")
            return Completion(answer, -UNLIKE if rank else 0.0)

        def so_far() -> str:
            return answer_of("".join(heard), prompt.task, "chat")

        with ThreadPoolExecutor(MOST_AT_ONCE, "nbcodegen candidate") as pool:
            try:
                yield from _as_they_come([pool.submit(ask, rank) for rank in range(count)], so_far)
            finally:
                gone.set()
                pool.shutdown(wait=False, cancel_futures=True)

    def _only(self, stop: Stop) -> str:
        try:
            found = Client(self._address, key_for(self._address.host)).models(stop)
        except Unreachable:
            raise
        except NoService as error:
            raise NoService(f"{error} Its models were asked for; #NAME names one.") from None
        if len(found) == 1:
            return found[0]
        has = ", ".join(found) or "none"
        raise UnknownName(
            f"{self._address.base} has several models, or none: {has}. "
            f"Choose one: {self._address.base}#NAME"
        )


def _as_they_come(
    asked: list[Future[Completion]], so_far: Callable[[], str]
) -> Iterator[Completion]:
    """Yield the first one first, and before it what there is of it.

    A candidate that fails is missed only if all do.
    """
    first, *_ = asked
    waiting, problem, found = set(asked), None, 0
    held: list[Completion] = []
    told = ""
    while waiting:
        done, waiting = wait(waiting, timeout=LOOK_S, return_when=FIRST_COMPLETED)
        for each in done:
            problem = each.exception() or problem
            if not each.exception():
                held.insert(0 if each is first else len(held), each.result())
        if not first.done() and (text := so_far()) != told:
            told = text
            yield Completion(text, 0.0, partial=True)
        if first.done():
            found += len(held)
            yield from held
            held = []
    if problem and not found:
        raise problem
