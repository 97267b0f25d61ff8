"""Tokens of a prompt -> candidates, a block of tokens at a time, in a loop that can be left.

Every candidate starts from one reading of the prompt. A block holds the last token that is sure and
some that are guessed (`lookup`); those that the model would have written too are kept, so the text
is what it would be without guessing. The loop is a generator: who drives it may serve others
between two blocks, or stop.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from nbcodegen.causal.beams import Beam, Rules, search
from nbcodegen.causal.lookup import Lookup
from nbcodegen.causal.orders import Order, Piece, Row, Written
from nbcodegen.causal.picking import Picked
from nbcodegen.causal.prefixes import Prefixes, cut
from nbcodegen.causal.vocabulary import Vocabulary

if TYPE_CHECKING:
    import torch

CHUNK = 256
"""Tokens of a prompt that are read at once, so that one who stops does not wait for all."""


class Writer:
    """A causal model that is open, with its vocabulary and the prompts it has read."""

    def __init__(self, model: Any, vocabulary: Vocabulary, ends: Sequence[int]) -> None:
        """`ends` are the tokens that end a text."""
        from transformers import DynamicCache

        self.model = model
        self.vocabulary = vocabulary
        self.ends = frozenset(ends)
        self.prefixes = Prefixes(lambda: DynamicCache(config=model.config))

    def write(self, order: Order) -> Iterator[Piece | Written | None]:
        """Yield what is new after each block; None where there is nothing to tell."""
        import torch

        with torch.inference_mode():
            cache, known = self.prefixes.take(order.tokens)
        read = known
        try:
            while read < len(order.tokens):
                block = order.tokens[read : read + CHUNK]
                scores = self._scores([block], cache, None)
                read += len(block)
                yield None
            if order.decoding.beams > 1:
                yield from self._search(order, scores[:, -1], cache)
                return
            rows, own = self._rows(order, scores[:, -1:], cache)
            yield from self._write(order, rows, own, cache)
        finally:
            held = int(cache.get_seq_length())
            with torch.inference_mode():
                cut(cache, held - read) if held > read else None
            self.prefixes.keep(order.tokens[:read], cache)

    def _search(
        self, order: Order, first: torch.Tensor, prompt: Any
    ) -> Iterator[Piece | Written | None]:
        """The best of several beams, as candidates; nothing is guessed, and no piece is sure."""
        import copy

        import torch

        with torch.inference_mode():
            cache = copy.deepcopy(prompt)

        def step(rows: Sequence[int], tokens: Sequence[int]) -> torch.Tensor:
            with torch.inference_mode():
                cache.batch_select_indices(torch.tensor(rows, device=self.model.device))
            return self._scores([[token] for token in tokens], cache, None)[:, -1]

        def ended(beam: Beam) -> bool:
            return beam.tokens[-1] in self.ends or order.ended(
                beam.written.decode("utf-8", "ignore")
            )

        def allowed(beam: Beam) -> list[int] | None:
            wanted = self.wanted(order, beam.written)
            return self.vocabulary.towards(wanted) or None if wanted else None

        def written(token: int) -> bytes:
            return b"" if token in self.ends else self.vocabulary.written(token)

        rules = Rules(written, ended, allowed, order.decoding.tokens)
        for found in search(first, step, order.decoding.beams, rules):
            if found is None:
                yield None
                continue
            for rank, beam in enumerate(found[: order.count]):
                text = beam.written.decode("utf-8", "ignore")
                yield Written(rank, text, beam.mean, len(beam.tokens))

    def _rows(self, order: Order, scores: torch.Tensor, cache: Any) -> tuple[list[Row], Any]:
        """Every candidate's first token, and a cache with a row for each."""
        import copy

        import torch

        lookup = Lookup(order.tokens)
        rows = [Row(rank, copy.deepcopy(lookup), 0) for rank in range(order.count)]
        with torch.inference_mode():
            if order.count > 1:
                cache = copy.deepcopy(cache)
                cache.batch_repeat_interleave(order.count)
                scores = scores.expand(order.count, -1, -1)
        picked = Picked(self, order, scores, rows)
        for place, row in enumerate(rows):
            self._take(order, row, *picked.at(place, 0))
        return rows, cache

    def _write(
        self, order: Order, rows: list[Row], cache: Any, prompt: Any
    ) -> Iterator[Piece | Written | None]:
        import torch

        mask = None
        if cache is not prompt:
            mask = torch.ones(len(rows), len(order.tokens), dtype=torch.long)
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
                with torch.inference_mode():
                    cache.batch_select_indices(torch.tensor(left, device=self.model.device))
                mask = None if mask is None else mask[left]
            mask = self._block(order, rows, cache, mask)
            yield None

    def _block(self, order: Order, rows: list[Row], cache: Any, mask: Any) -> Any:
        """Read one block for every row; returns which places of the cache hold their tokens."""
        import torch

        most = order.decoding.lookup if getattr(cache, "is_croppable", False) else 0
        guessed = [self.guess(order, row, most) for row in rows]
        width = 1 + max(map(len, guessed))
        block = [
            [row.next, *guess, *[row.next] * (width - 1 - len(guess))]
            for row, guess in zip(rows, guessed, strict=True)
        ]
        begin = [len(order.tokens) + len(row.tokens) - 1 for row in rows]
        if mask is not None:
            mask = torch.cat([mask, torch.ones(len(rows), width, dtype=torch.long)], dim=1)
        scores = self._scores(block, cache, mask, begin)
        picked = Picked(self, order, scores, rows)
        kept = []
        for place, (row, guess) in enumerate(zip(rows, guessed, strict=True)):
            right = self._right(order, row, guess, place, picked)
            row.settle(right, len(guess), most)
            kept.append(1 + right)
        unused = width - max(kept)
        with torch.inference_mode():
            cut(cache, unused)
        if mask is None:
            return None
        for place, count in enumerate(kept):
            mask[place, mask.shape[1] - width + count :] = 0
        return mask[:, : mask.shape[1] - unused]

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

    def _scores(
        self, block: Sequence[Sequence[int]], cache: Any, mask: Any,
        begin: Sequence[int] | None = None,
    ) -> torch.Tensor:  # fmt: skip
        """The model's scores of the token after each one of the block (rows x block x words)."""
        import torch

        device = self.model.device
        asked: dict[str, Any] = {"past_key_values": cache, "use_cache": True}
        if mask is not None and begin is not None:
            asked["attention_mask"] = mask.to(device)
            steps = torch.arange(len(block[0]))
            asked["position_ids"] = (torch.tensor(begin)[:, None] + steps).to(device)
        if begin is None:
            asked["logits_to_keep"] = 1
        with torch.inference_mode():
            ids = torch.tensor(block, device=device)
            scores: torch.Tensor = self.model(input_ids=ids, **asked).logits.float()
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
