"""The engines of this machine, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from nbcodegen.engine import places
from nbcodegen.engine.line import Lost, answers, connect, send
from nbcodegen.engine.places import Place

NONE = "no large model is open; the first request to one opens it"


def lines() -> Iterator[str]:
    """Say which models are open, where, and how much they did."""
    found = [(place, told) for place in places.every() if (told := _told(place, "status"))]
    for place, told in found:
        over = f" with {told['adapter']}" if told["adapter"] else ""
        yield f"{place.model}{over}: {told['about']}; {told['served']} answered; pid {place.pid}"
    if not found:
        yield NONE


def ended() -> Iterator[str]:
    """End all of them; each gives its memory back."""
    count = 0
    for place in places.every():
        if _told(place, "stop") is not None:
            count += 1
            yield f"{place.model}: ended (pid {place.pid})"
        else:
            places.remove(place.key, place.pid)
    if not count:
        yield NONE


def _told(place: Place, question: str) -> dict[str, Any] | None:
    """What an engine answers; None where it ended without a word."""
    told: dict[str, Any] = {}
    try:
        line = connect(place)
    except Lost:
        return None
    # One that is told to stop may be gone before it has answered.
    with suppress(Lost):
        send(line, {"do": question})
        for each in answers(line, lambda: False):
            told |= each
    return told
