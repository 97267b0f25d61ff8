"""A tokenizer's tokens as bytes, and which of them can go on towards given texts."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import Any

_LEFT_OUT = b""
"""A token with a meaning of its own: it writes nothing."""


class Vocabulary:
    """What each token writes.

    Byte-level vocabularies (GPT-2, Qwen, StarCoder, DeepSeek) and those with byte fallback
    (Llama) are read; raises `ValueError` for another kind.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._bytes = _read(tokenizer)
        by_text: dict[bytes, list[int]] = {}
        for number, written in enumerate(self._bytes):
            if written:
                by_text.setdefault(written, []).append(number)
        self._by_text = by_text
        self._sorted = sorted(by_text)
        self._longest = max(map(len, by_text), default=0)

    def __len__(self) -> int:
        return len(self._bytes)

    def written(self, token: int) -> bytes:
        """What a token writes; nothing for one past the end, of which models have a few."""
        return self._bytes[token] if token < len(self._bytes) else _LEFT_OUT

    def text(self, tokens: Iterable[int]) -> str:
        """What tokens write together; half a character at the end is left out."""
        return b"".join(map(self.written, tokens)).decode("utf-8", "ignore")

    def spelled(self, text: bytes) -> list[int]:
        """Tokens that write a text, the longest one each time; up to what no token begins."""
        found: list[int] = []
        at = 0
        while at < len(text):
            ends = range(min(len(text), at + self._longest), at, -1)
            end = next((end for end in ends if text[at:end] in self._by_text), None)
            if end is None:
                break
            found.append(self._by_text[text[at:end]][0])
            at = end
        return found

    def towards(self, wanted: Collection[bytes]) -> list[int]:
        """Tokens that write the beginning of one of these texts, or all of it and more."""
        found: set[int] = set()
        for text in wanted:
            for end in range(1, len(text)):
                found.update(self._by_text.get(text[:end], ()))
            at = bisect_left(self._sorted, text)
            while at < len(self._sorted) and self._sorted[at].startswith(text):
                found.update(self._by_text[self._sorted[at]])
                at += 1
        return sorted(found)


def _read(tokenizer: Any) -> Sequence[bytes]:
    state = json.loads(tokenizer.backend_tokenizer.to_str())
    told = json.dumps(state.get("decoder")) + json.dumps(state.get("pre_tokenizer"))
    pieces: dict[str, int] = tokenizer.get_vocab()
    added = dict(tokenizer.added_tokens_decoder)
    if "ByteLevel" in told:
        letters = _byte_letters()

        def read(piece: str) -> bytes:
            return bytes(letters[letter] for letter in piece if letter in letters)

    elif "▁" in told or any(piece.startswith("▁") for piece in pieces):
        read = _fallback
    else:
        raise ValueError("its tokens are neither bytes nor pieces with byte fallback")
    table = [_LEFT_OUT] * (1 + max(pieces.values()))
    for piece, number in pieces.items():
        if number in added:
            table[number] = _LEFT_OUT if added[number].special else str(added[number]).encode()
        else:
            table[number] = read(piece)
    return table


def _fallback(piece: str) -> bytes:
    if len(piece) == 6 and piece.startswith("<0x") and piece.endswith(">"):
        return bytes([int(piece[3:5], 16)])
    return piece.replace("▁", " ").encode()


def _byte_letters() -> dict[str, int]:
    """The letter that stands for each byte (GPT-2, Radford et al. 2019).

    Bytes that can be seen stand for themselves; the others are moved behind Latin-1, in order.
    """
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {chr(byte): byte for byte in seen}
    hidden = (byte for byte in range(256) if byte not in set(seen))
    return letters | {chr(256 + place): byte for place, byte in enumerate(hidden)}
