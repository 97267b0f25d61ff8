"""Grounded decoding over a model of real shape: what it prevents, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from nbcodegen.causal.grounding import Grounding, Place
from nbcodegen.causal.lookup import Lookup
from nbcodegen.causal.opening import Opened
from nbcodegen.causal.orders import Order, Row, Written
from nbcodegen.causal.picking import Picked
from nbcodegen.causal.writing import Writer
from nbcodegen.values import Decoding

NAMES = 12
"""Places where a column is to be named, each in another request's code."""
NAME_TOKENS = 24
WALKED = 40
"""Pairs of request and code that are walked through token by token."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A prompt, the code that answers it, and the labels of the live tables."""

    prompt: str
    code: str
    columns: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _After(Grounding):
    """Grounding of text that goes on after some code."""

    begun: str = ""

    def place(self, code: str) -> Place | None:
        return Grounding.place(self, self.begun + code)


def measure(shape: str, opened: Opened, pairs: Sequence[Pair]) -> Iterator[tuple[str, str, str]]:
    """Yield rows of a table: what, how much, what was asked."""
    places = [found for pair in pairs if (found := _first_name(pair))][:NAMES]
    free, held = (
        sum(_invented(opened, pair, begun, grounded=grounded) for pair, begun in places)
        for grounded in (False, True)
    )
    yield (
        f"{shape}: columns named by random weights that do not exist, not grounded / grounded",
        f"{free} / {held} of {len(places)}", "0",
    )  # fmt: skip
    without, with_it = (_walk(opened.writer, pairs[:WALKED], opened, on) for on in (False, True))
    yield (
        f"{shape}: choosing a token of real code, not grounded / grounded",
        f"{1000 * without:.2f} / {1000 * with_it:.2f} ms", "",
    )  # fmt: skip


def _first_name(pair: Pair) -> tuple[Pair, str] | None:
    """The code up to the first place where only a column can follow."""
    ground = Grounding(pair.columns)
    for at in range(1, len(pair.code)):
        if ground.place(pair.code[:at]) is not None:
            return pair, pair.code[:at]
    return None


def _invented(opened: Opened, pair: Pair, begun: str, *, grounded: bool) -> bool:
    """Whether the model names a column there that the table does not have."""
    ground = _After(pair.columns, begun)
    place = ground.place("")
    assert place is not None
    quote = place.quote
    order = Order(
        tuple(opened.tokenizer(pair.prompt + begun)["input_ids"]),
        lambda text: quote in text,
        decoding=Decoding(tokens=NAME_TOKENS, grounded=grounded),
        grounding=ground,
    )
    (found,) = (each for each in opened.writer.write(order) if isinstance(each, Written))
    said = f"{place.written}{found.text}"
    return not any(said.startswith(f"{label}{quote}") for label in place.labels)


def _walk(writer: Writer, pairs: Sequence[Pair], opened: Opened, grounded: bool) -> float:
    """Seconds of choosing one token, where the model would write just that code (mean)."""
    import torch

    times = []
    words = int(opened.writer.model.config.vocab_size)
    how = Decoding(grounded=grounded)
    for pair in pairs:
        order = Order((), lambda text: False, decoding=how, grounding=Grounding(pair.columns))
        row = Row(0, Lookup(()), 0)
        for token in opened.tokenizer(pair.code)["input_ids"]:
            scores = torch.zeros(1, words)
            scores[0, token] = 20.0
            start = time.perf_counter()
            Picked(writer, order, scores, [row], [1]).at(0, 0)
            times.append(time.perf_counter() - start)
            row.written += writer.vocabulary.written(token)
            row.tokens.append(token)
    return mean(times)
