"""Tokens of a prompt -> candidates, a block of tokens at a time, in a loop that can be left.

Every candidate starts from one reading of the prompt. A block holds the last token that is sure and
some that are guessed (`lookup`); those that the model would have written too are kept, so the text
is what it would be without guessing. The loop is a generator: who drives it may serve others
between two blocks, or stop.
"""

from __future__ import annotations

import codecs
import copy
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from nbcodegen.causal.batched import Batched
from nbcodegen.causal.beams import Beam, Rules, search
from nbcodegen.causal.fixed import WIDTHS, Fixed, Slots
from nbcodegen.causal.growing import Growing, takes_trees
from nbcodegen.causal.lookup import Lookup
from nbcodegen.causal.orders import Order, Piece, Row, Written
from nbcodegen.causal.picking import Picked
from nbcodegen.causal.prefixes import Prefixes, can_cut
from nbcodegen.causal.vocabulary import Vocabulary

if TYPE_CHECKING:
    import torch

Memory: TypeAlias = Batched | Fixed | Growing
CHUNK = 256
"""Tokens of a prompt that are read at once, so that one who stops does not wait for all."""


class Writer:
    """A causal model that is open, with its vocabulary and the prompts it has read."""

    def __init__(
        self, model: Any, vocabulary: Vocabulary, ends: Sequence[int], *, fixed: bool = False
    ) -> None:
        """`ends` are the tokens that end a text.

        With `fixed`, candidates are written in caches of fixed size, which pays on a GPU.
        """
        from transformers import DynamicCache

        self.model = model
        self.vocabulary = vocabulary
        self.ends = frozenset(ends)
        self.prefixes = Prefixes(lambda: DynamicCache(config=model.config))
        self.fixed = fixed
        self._slots = Slots(model)

    def write(self, order: Order) -> Iterator[Piece | Written | None]:
        """Yield what is new after each block; None where there is nothing to tell."""
        import torch

        with torch.inference_mode():
            cache, known = self.prefixes.take(order.tokens)
        read = known
        try:
            while read < len(order.tokens):
                block = order.tokens[read : read + CHUNK]
                scores = self._scores([block], cache)
                read += len(block)
                yield None
            if order.decoding.beams > 1:
                yield from self._search(order, scores[:, -1], cache)
                return
            memory = self.memory(order, cache)
            try:
                yield from self._write(order, self._rows(order, scores[0, -1:]), memory)
            finally:
                memory.close()
        finally:
            with torch.inference_mode():
                self.prefixes.keep(order.tokens[:read], cache)

    def _search(
        self, order: Order, first: torch.Tensor, prompt: Any
    ) -> Iterator[Piece | Written | None]:
        """The best of several beams, as candidates; nothing is guessed, and no piece is sure."""
        memory = Batched(self.model, prompt, 1)

        def step(rows: Sequence[int], tokens: Sequence[int]) -> torch.Tensor:
            memory.select(rows)
            return memory.read([[token] for token in tokens])

        def ended(beam: Beam) -> bool:
            return beam.tokens[-1] in self.ends or order.ended(
                beam.written.decode("utf-8", "ignore")
            )

        def allowed(beam: Beam) -> list[int] | None:
            wanted = self.wanted(order, beam.written)
            return self.vocabulary.towards(wanted) or None if wanted else None

        def lost(beam: Beam) -> bool:
            return self.wanted(order, beam.written) == []

        def written(token: int) -> bytes:
            return b"" if token in self.ends else self.vocabulary.written(token)

        rules = Rules(written, ended, allowed, lost, order.decoding.tokens)
        for found in search(first, step, order.decoding.beams, rules):
            if found is None:
                yield None
                continue
            for rank, beam in enumerate(found[: order.count]):
                text = beam.written.decode("utf-8", "ignore")
                yield Written(rank, text, beam.mean, len(beam.tokens))

    def memory(self, order: Order, cache: Any) -> Memory:
        """What the candidates look back on: of fixed size where that can be recorded."""
        if self.fixed and can_cut(cache):
            # Half as much again, since rows leave holes.
            places = len(order.tokens) + 3 * order.decoding.tokens // 2 + max(WIDTHS)
            memory = self._slots.take(order.count, places)
            memory.begin(cache, len(order.tokens))
            return memory
        if takes_trees(self.model, cache) or (order.count == 1 and can_cut(cache)):
            return Growing(self.model, cache, order.count, len(order.tokens))
        return Batched(self.model, cache, order.count)

    def _rows(self, order: Order, scores: torch.Tensor) -> list[Row]:
        """Every candidate with its first token."""
        lookup = Lookup(order.tokens)
        rows = [Row(rank, copy.deepcopy(lookup), 0) for rank in range(order.count)]
        picked = Picked(self, order, scores.expand(order.count, -1), rows, [1] * order.count)
        for place, row in enumerate(rows):
            self._take(order, row, *picked.at(place, 0))
        return rows

    def _write(
        self, order: Order, rows: list[Row], memory: Memory
    ) -> Iterator[Piece | Written | None]:
        # Half a character waits for its other half.
        letters, told = codecs.getincrementaldecoder("utf-8")("ignore"), 0
        while True:
            for row in rows:
                if row.rank == 0:
                    text = letters.decode(bytes(row.written[told:]))
                    told = len(row.written)
                    if text:
                        yield Piece(text)
            yield from (_finished(row) for row in rows if row.done)
            left = [place for place, row in enumerate(rows) if not row.done]
            if not left:
                return
            if len(left) < len(rows):
                rows = [rows[place] for place in left]
                memory.select(left)
            self._block(order, rows, memory)
            yield None

    def _block(self, order: Order, rows: list[Row], memory: Memory) -> None:
        """Read one block for every row, and take what is right of it."""
        most = min(order.decoding.lookup, memory.longest_guess)
        guessed = [self.guess(order, row, most) for row in rows]
        blocks = [[row.next, *guess] for row, guess in zip(rows, guessed, strict=True)]
        begin = [len(order.tokens) + len(row.tokens) - 1 for row in rows]
        widths = [len(block) for block in blocks]
        picked = Picked(self, order, memory.read(blocks, begin), rows, widths)
        kept = []
        for place, (row, guess) in enumerate(zip(rows, guessed, strict=True)):
            right = self._right(order, row, guess, place, picked)
            row.settle(right, len(guess), most)
            kept.append(1 + right)
        memory.settle(kept)

    def _right(
        self, order: Order, row: Row, guess: Sequence[int], place: int, picked: Picked
    ) -> int:
        """Take the row's tokens as far as the guess is what the model would write."""
        for at in range(len(guess) + 1):
            token, score = picked.at(place, at)
            self._take(order, row, token, score)
            if row.done or at == len(guess) or token != guess[at]:
                return at
        raise AssertionError("the last guess returns")

    def _take(self, order: Order, row: Row, token: int, score: float) -> None:
        row.score += score
        row.tokens.append(token)
        if token in self.ends:
            row.done = True
            return
        row.next = token
        row.lookup.add(token)
        row.written += self.vocabulary.written(token)
        row.done = len(row.tokens) >= order.decoding.tokens or order.ended(row.text)

    def _scores(self, block: Sequence[Sequence[int]], cache: Any) -> torch.Tensor:
        """The model's scores of the token after each row's last one (rows x 1 x words)."""
        import torch

        with torch.inference_mode():
            ids = torch.tensor([list(row) for row in block], device=self.model.device)
            scores: torch.Tensor = self.model(
                input_ids=ids, past_key_values=cache, use_cache=True, logits_to_keep=1
            ).logits.float()
        return scores

    def guess(self, order: Order, row: Row, most: int) -> list[int]:
        """What may follow: the rest of a label that is the only one left, else what did before."""
        if not most:
            return []
        wanted = self.wanted(order, bytes(row.written))
        if wanted and (sure := _common(wanted)):
            return self.vocabulary.spelled(sure)[:most]
        return row.lookup.guess(min(row.guesses, most))

    def wanted(self, order: Order, written: bytes) -> list[bytes] | None:
        """What can follow in the name of a column, if one is being written there.

        Nothing can where what is written is the beginning of no label.
        """
        if order.grounding is None or not order.decoding.grounded:
            return None
        letters = codecs.getincrementaldecoder("utf-8")("ignore")
        place = order.grounding.place(letters.decode(written))
        if place is None or not place.labels:
            return None
        half = letters.getstate()[0]
        return [end[len(half) :] for end in place.goes_on() if end.startswith(half)]


def _finished(row: Row) -> Written:
    return Written(row.rank, row.text, row.score / max(1, len(row.tokens)), len(row.tokens))


def _common(texts: Sequence[bytes]) -> bytes:
    """What all of them begin with."""
    low, high = min(texts), max(texts)
    length = min(len(low), len(high))
    return low[: next((at for at in range(length) if low[at] != high[at]), length)]
