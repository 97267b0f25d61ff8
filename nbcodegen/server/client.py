"""HTTP with one server: ask again where that helps, stream what comes, stop at once.

The protocol is OpenAI's chat completions with `stream`, of which only what all servers share is
used: messages, temperature, seed, one choice, server-sent events up to `[DONE]`.
"""

from __future__ import annotations

import json
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from nbcodegen.errors import Cancelled, NoService
from nbcodegen.server.address import Address
from nbcodegen.server.keys import how_to_give_one

if TYPE_CHECKING:
    import httpx

CONNECT_S = 5.0
SILENCE_S = 120.0
"""A server that loads a model, or has a long queue, is silent until its first token."""
LOOK_S = 0.05
"""How often one who waits looks whether to stop."""
TRIES = 4
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 20.0
AGAIN = frozenset({408, 409, 429, 500, 502, 503, 504})
"""What may be better in a moment: busy, overloaded, restarting."""
COMPATIBLE = "is it an OpenAI-compatible one? Addresses mostly end in /v1."
_MOST_SAID = 300

Stop = Callable[[], bool]
Body = Mapping[str, Any] | None
Read = Callable[["httpx.Response", Stop], Iterator[str]]


class Unreachable(NoService):
    """Nobody answers at the address, or nothing here can ask."""


class Client:
    """One server; made anew for each request, so that nothing stays open in an idle kernel."""

    def __init__(self, address: Address, key: str) -> None:
        self._address, self._key = address, key

    def models(self, stop: Stop) -> tuple[str, ...]:
        """Return the names of the models that the server lists. Raises as `stream` does."""
        asked = _watched(lambda stop: self._asked("models", None, _whole, stop), stop)
        told = _json("".join(asked))
        listed = told.get("data") if isinstance(told, Mapping) else None
        if not isinstance(listed, list):
            raise NoService(f"{self._address.base} lists no models: {COMPATIBLE}")
        return tuple(str(each["id"]) for each in listed if isinstance(each, Mapping))

    def stream(self, body: Mapping[str, Any], stop: Stop) -> Iterator[str]:
        """Yield the pieces of one answer as they come.

        Raises `NoService` where the server cannot be had or breaks off, `Cancelled` on a stop.
        """
        path, read = "chat/completions", self._pieces
        return _watched(lambda stop: self._asked(path, body, read, stop), stop)

    def _asked(self, path: str, body: Body, read: Read, stop: Stop) -> Iterator[str]:
        """Ask until there is an answer, waiting longer each time, and yield what is read of it."""
        with self._http() as http:
            import httpx

            url = f"{self._address.base}/{path}"
            nobody = (httpx.ConnectError, httpx.ConnectTimeout)
            for attempt in range(TRIES):
                begun = False
                try:
                    with http.stream("POST" if body else "GET", url, json=body) as reply:
                        if reply.status_code == httpx.codes.OK:
                            for piece in read(reply, stop):
                                begun = True
                                yield piece
                            return
                        reply.read()
                    if reply.status_code not in AGAIN or attempt == TRIES - 1:
                        raise NoService(self._why(reply))
                    _wait(attempt, reply.headers.get("retry-after"), stop)
                except httpx.TransportError as error:
                    if begun or attempt == TRIES - 1 or isinstance(error, nobody):
                        raise self._unreachable(error, begun) from None
                    _wait(attempt, None, stop)

    def _pieces(self, reply: httpx.Response, stop: Stop) -> Iterator[str]:
        """Read server-sent events; an answer that ends without its end mark is half an answer."""
        ended, events, others = False, False, []
        for line in reply.iter_lines():
            if stop():
                raise Cancelled("Stopped.")
            if line.startswith((":", "event:", "id:", "retry:")):
                continue
            if not line.startswith("data:"):
                others.append(line)
                continue
            events, data = True, line.removeprefix("data:").strip()
            if data == "[DONE]":
                return
            piece, ended = _read(data, ended)
            if piece:
                yield piece
        if not events and (told := "\n".join(others).strip()):
            yield _read(told, ended=True, whole=True)[0]
        elif not ended:
            raise NoService(
                f"{self._address.base} broke off in the middle of an answer. Ask again."
            )

    def _http(self) -> httpx.Client:
        try:
            import httpx
        except ImportError:
            need = "A server needs one more library: pip install 'nbcodegen[server]'"
            raise Unreachable(need) from None
        headers = {"user-agent": "nbcodegen", "accept-encoding": "identity"}
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        timeout = httpx.Timeout(SILENCE_S, connect=CONNECT_S)
        return httpx.Client(headers=headers, timeout=timeout, follow_redirects=False)

    def _why(self, reply: httpx.Response) -> str:
        base, status, said = self._address.base, reply.status_code, _said(reply)
        if status in (401, 403):
            had = "refused the key" if self._key else "wants a key"
            return f"{base} {had} ({status}). {how_to_give_one(self._address.host)}"
        if status == 404:
            return (
                f"{base} has no such model, or answers at another path ({status}: {said}). "
                "Addresses mostly end in /v1; #NAME at the end names the model."
            )
        if status == 429:
            return f"{base} is busy, and still was after {TRIES} tries ({status}). Ask again later."
        if 300 <= status < 400:
            return f"{base} moved to {_short(reply.headers.get('location'))}: use that address."
        return f"{base} answered with an error ({status}: {said})."

    def _unreachable(self, error: httpx.TransportError, begun: bool) -> NoService:
        import httpx

        base, why = self._address.base, str(error) or type(error).__name__
        if begun:
            return NoService(f"{base} broke off in the middle of an answer ({why}). Ask again.")
        if isinstance(error, httpx.ReadTimeout):
            return NoService(f"{base} said nothing for {SILENCE_S:.0f} seconds. Ask again later.")
        return Unreachable(f"Nothing answers at {base} ({why}). Is the server running?")


def _read(data: str, ended: bool, whole: bool = False) -> tuple[str, bool]:
    """One event -> its piece of text, and whether the answer has come to its end."""
    try:
        told = json.loads(data)
        if told.get("error"):
            raise NoService(f"The server broke off: {_short(told['error'])}")
        (choice, *_) = told["choices"] or [{}]
        said = choice["message"] if whole else choice.get("delta")
        return str((said or {}).get("content") or ""), ended or bool(choice.get("finish_reason"))
    except (ValueError, KeyError, TypeError, AttributeError):
        no_answer = f"The server wrote what is no answer ({_short(data)}): {COMPATIBLE}"
        raise NoService(no_answer) from None


def _whole(reply: httpx.Response, _: Stop) -> Iterator[str]:
    reply.read()
    yield reply.text


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _said(reply: httpx.Response) -> str:
    told = _json(reply.text)
    error = told.get("error", told) if isinstance(told, Mapping) else reply.text
    return _short(error.get("message", error) if isinstance(error, Mapping) else error)


def _short(said: object) -> str:
    """What a server says is foreign text: one line of it, and not all."""
    return " ".join(str(said).split())[:_MOST_SAID]


def _wait(attempt: int, said: str | None, stop: Stop) -> None:
    """Wait as long as the server says, else longer each time and never in step with others."""
    wait = FIRST_WAIT_S * 2**attempt * random.uniform(0.75, 1.25)
    if said and said.replace(".", "", 1).isdigit():
        wait = float(said)
    end = time.monotonic() + min(wait, LONGEST_WAIT_S)
    while (left := end - time.monotonic()) > 0:
        if stop():
            raise Cancelled("Stopped.")
        time.sleep(min(LOOK_S, left))


def _watched(work: Callable[[Stop], Iterator[str]], stop: Stop) -> Iterator[str]:
    """Yield what comes of work as it comes; a stop ends it, though the server be silent."""
    come: queue.Queue[str | BaseException | None] = queue.Queue()
    gone = threading.Event()

    def run() -> None:
        try:
            for piece in work(lambda: stop() or gone.is_set()):
                come.put(piece)
            come.put(None)
        except BaseException as error:  # raised again where somebody waits for it
            come.put(error)

    # A thread of its own: a read that waits for a token cannot look whether to stop.
    threading.Thread(target=run, daemon=True, name="nbcodegen server").start()
    try:
        while not stop():
            try:
                piece = come.get(timeout=LOOK_S)
            except queue.Empty:
                continue
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise piece
            yield piece
        raise Cancelled("Stopped.")
    finally:
        gone.set()
