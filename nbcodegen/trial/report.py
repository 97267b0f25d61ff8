"""A Report as bytes and back. What comes out of a trial is foreign text: nothing in it is trusted.

    token (32 bytes) | length of the text (4 bytes) | text (JSON) | picture (PNG)

On its way out of a trial its whole length goes before it.

Only JSON and a PNG's bytes are read, never a pickle; every field has its type and its limit.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, get_args

from nbcodegen.values import Doubt, Failure, Report, Shown

TOKEN = 32
"""Bytes that the parent and this trial's machinery know: no other trial can speak for it."""
MAX_BYTES = 2_000_000
MAX_TEXT, MAX_WORD, MAX_NAMES = 20_000, 400, 100
MAX_HEAD, MAX_WIDTH, MAX_PIXELS = 50, 50, 2_000
DOUBTS: tuple[Doubt, ...] = get_args(Doubt)
_PNG = b"\x89PNG\r\n\x1a\n"
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
"""Control characters, and those that turn the direction of text around."""


class Forged(Exception):
    """Bytes that no honest trial writes."""


def pack(report: Report, token: bytes) -> bytes:
    """Write a report."""
    text = json.dumps(asdict(replace(report, picture=b"")), default=str).encode()
    return token + struct.pack("!I", len(text)) + text + report.picture


def framed(raw: bytes) -> bytes:
    """Put its length before a report: another may follow."""
    return struct.pack("!I", len(raw)) + raw


def parted(said: bytearray) -> bytes | None:
    """Take the first whole report off what has been said so far; None while it is not whole.

    Raises `Forged` for a report that would be too long.
    """
    if len(said) < 4:
        return None
    (length,) = struct.unpack_from("!I", said)
    if length > MAX_BYTES:
        raise Forged("it is too long")
    if len(said) < 4 + length:
        return None
    raw = bytes(said[4 : 4 + length])
    del said[: 4 + length]
    return raw


def unpack(raw: bytes, token: bytes) -> Report:
    """Read a report; raises `Forged` where it is not one of this trial's."""
    if raw[:TOKEN] != token or len(raw) > MAX_BYTES:
        raise Forged("it does not carry this trial's token")
    try:
        (length,) = struct.unpack_from("!I", raw, TOKEN)
        start = TOKEN + 4
        said = json.loads(raw[start : start + length])
        return _report(_Fields(said), raw[start + length :])
    except (struct.error, ValueError, RecursionError) as error:
        raise Forged(f"it cannot be read: {type(error).__name__}") from None


def _report(said: _Fields, picture: bytes) -> Report:
    doubts = said.words("doubts", MAX_NAMES)
    return Report(
        failure=_failure(said.part("failure")),
        shown=_shown(said.part("shown")),
        charts=said.words("charts", MAX_NAMES),
        marks=said.count("marks"),
        picture=_picture(picture),
        digest=said.word("digest"),
        doubts=tuple(doubt for doubt in DOUBTS if doubt in doubts),
        changed=said.words("changed", MAX_NAMES),
        rebound=said.words("rebound", MAX_NAMES),
        printed=said.text("printed"),
        warnings=said.words("warnings", MAX_NAMES),
        seconds=said.number("seconds"),
    )


def _failure(said: _Fields | None) -> Failure | None:
    if said is None:
        return None
    return Failure(
        said.word("kind"), said.word("message"), said.count("line"), raised=said.flag("raised")
    )


def _shown(said: _Fields | None) -> Shown | None:
    if said is None:
        return None
    return Shown(
        said.text("text"),
        said.count("rows"),
        said.count("columns"),
        said.words("labels", MAX_WIDTH),
        said.rows("head"),
    )


def _picture(raw: bytes) -> bytes:
    if not raw:
        return b""
    if raw[:8] != _PNG or raw[12:16] != b"IHDR" or len(raw) < 33:
        raise ValueError("not a PNG")
    if max(struct.unpack_from("!II", raw, 16)) > MAX_PIXELS:
        raise ValueError("a picture of that size was not asked for")
    return raw


class _Fields:
    """A JSON object read field by field; ValueError where one is not what it should be."""

    def __init__(self, said: object) -> None:
        if not isinstance(said, Mapping):
            raise ValueError("not an object")
        self._said: Mapping[str, Any] = said

    def part(self, name: str) -> _Fields | None:
        return None if self._said.get(name) is None else _Fields(self._said[name])

    def text(self, name: str, most: int = MAX_TEXT) -> str:
        return _clean(self._said[name], most) if name in self._said else ""

    def word(self, name: str) -> str:
        return " ".join(self.text(name, MAX_WORD).split())

    def words(self, name: str, most: int) -> tuple[str, ...]:
        return tuple(_word(each) for each in self._list(name)[:most])

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        return tuple(_row(row) for row in self._list(name)[:MAX_HEAD])

    def flag(self, name: str) -> bool:
        return self._said.get(name) is True

    def count(self, name: str) -> int:
        return int(self.number(name))

    def number(self, name: str) -> float:
        value = self._said.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e15:
            raise ValueError(f"{name} is no number")
        return value

    def _list(self, name: str) -> list[object]:
        value = self._said.get(name, [])
        if not isinstance(value, list):
            raise ValueError(f"{name} is no list")
        return value


def _row(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("not a row")
    return tuple(_word(each) for each in value[:MAX_WIDTH])


def _word(value: object) -> str:
    return " ".join(_clean(value, MAX_WORD).split())


def _clean(value: object, most: int) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    # A lone surrogate is valid JSON, but neither a notebook nor a terminal can write it.
    visible = _UNSEEN.sub("", value[:most])
    return visible.encode("utf-8", "replace").decode()
