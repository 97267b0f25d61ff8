"""Keys and values of candidates in a cache of fixed size, so that a GPU can repeat a block's work.

With nothing moving, all that a block asks of a GPU is recorded once for each width (CUDA graphs)
and then replayed as a whole: one launch where plain decoding makes some thousand, to which its time
mostly goes at one row. Without CUDA the same tensors are used and nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

WIDTHS = (1, 2, 4, 8, 12)
"""Widths of blocks that are recorded; others are filled up to the next one."""
WARM_UPS = 2


class Fixed:
    """As `Growing`, for so many rows and places; made once, used for one request after another."""

    longest_guess = max(WIDTHS) - 1

    def __init__(self, model: Any, rows: int, places: int) -> None:
        import torch
        from transformers import StaticCache

        self._model, self.rows, self._places = model, rows, places
        device = model.device
        self._cache: Any = StaticCache(config=model.config, max_cache_len=places)
        self._ids = {w: torch.zeros(rows, w, dtype=torch.long, device=device) for w in WIDTHS}
        self._at = {w: torch.zeros(rows, w, dtype=torch.long, device=device) for w in WIDTHS}
        self._mask = {
            w: torch.ones(rows, 1, w, places, dtype=torch.bool, device=device) for w in WIDTHS
        }
        self._start = torch.zeros((), dtype=torch.long, device=device)
        self._used = torch.zeros(rows, places, dtype=torch.bool, device=device)
        self._line = torch.arange(places, device=device)
        self._recorded: dict[int, tuple[Any, torch.Tensor]] = {}
        self._active = list(range(rows))
        self._length = 0
        self.busy = False

    def begin(self, cache: Any, length: int) -> None:
        """Start every row from a prompt that was read into another cache."""
        import torch

        self.busy, self._active, self._length = True, list(range(self.rows)), length
        with torch.inference_mode():
            if not self._cache.is_initialized:
                self._forward(1)  # the tensors are made at the first use
            for mine, its in zip(self._cache.layers, cache.layers, strict=True):
                mine.keys[:, :, :length] = its.keys[:, :, :length]
                mine.values[:, :, :length] = its.values[:, :, :length]
            self._used.zero_()
            self._used[:, :length] = True

    def read(self, blocks: Sequence[Sequence[int]], begin: Sequence[int]) -> torch.Tensor:
        """Scores of the token after each one of all blocks, one after another (tokens x words)."""
        import torch

        width = next(each for each in WIDTHS if each >= max(map(len, blocks)))
        with torch.inference_mode():
            if self._length + width > self._places:
                self._close_up()
            ids = torch.zeros(self.rows, width, dtype=torch.long)
            at = torch.zeros(self.rows, width, dtype=torch.long)
            for row, tokens, first in zip(self._active, blocks, begin, strict=True):
                ids[row, : len(tokens)] = torch.tensor(list(tokens))
                at[row] = first + torch.arange(width)
            self._ids[width].copy_(ids)
            self._at[width].copy_(at)
            self._start.fill_(self._length)
            steps = self._length + self._line[:width, None]
            now = (self._line >= self._length) & (self._line <= steps)
            self._mask[width].copy_(self._used[:, None, None, :] | now[None, None])
            scores = self._replayed(width)
            lines = zip(self._active, blocks, strict=True)
            return torch.cat([scores[row, : len(tokens)] for row, tokens in lines]).float()

    def settle(self, kept: Sequence[int]) -> None:
        """Say how many tokens of the block each row keeps."""
        import torch

        with torch.inference_mode():
            for row, count in zip(self._active, kept, strict=True):
                self._used[row, self._length : self._length + count] = True
        self._length += max(kept)

    def select(self, rows: Sequence[int]) -> None:
        """Go on with these rows only; the others' places lie idle."""
        if len(set(rows)) != len(rows):
            raise ValueError("a row can not be doubled where sizes are fixed")
        self._active = [self._active[row] for row in rows]

    def close(self) -> None:
        """Leave it to the next request."""
        self.busy = False

    def _forward(self, width: int) -> torch.Tensor:
        for layer in self._cache.layers:
            if layer.is_initialized:
                layer.cumulative_length.copy_(self._start)
        scores: torch.Tensor = self._model(
            input_ids=self._ids[width], position_ids=self._at[width],
            attention_mask=self._mask[width], past_key_values=self._cache, use_cache=True,
        ).logits  # fmt: skip
        return scores

    def _replayed(self, width: int) -> torch.Tensor:
        import torch

        if self._ids[width].device.type != "cuda":
            return self._forward(width)
        if width not in self._recorded:
            cuda: Any = torch.cuda
            aside = cuda.Stream()
            aside.wait_stream(cuda.current_stream())
            with cuda.stream(aside):
                for _ in range(WARM_UPS):
                    self._forward(width)
            cuda.current_stream().wait_stream(aside)
            graph = cuda.CUDAGraph()
            with cuda.graph(graph):
                scores = self._forward(width)
            self._recorded[width] = graph, scores
        graph, scores = self._recorded[width]
        graph.replay()
        return scores

    def _close_up(self) -> None:
        """Move what every row keeps to the front, so that holes are free again."""
        import torch

        order = torch.argsort((~self._used).to(torch.int8), dim=1, stable=True)
        for layer in self._cache.layers:
            for held in (layer.keys, layer.values):
                index = order[:, None, :, None].expand_as(held)
                held.copy_(held.gather(2, index))
        counts = self._used.sum(1)
        self._used.copy_(self._line[None] < counts[:, None])
        self._length = int(counts.max())
        if self._length + max(WIDTHS) > self._places:
            raise MemoryError("the text does not fit into the places there are")


def can_record() -> bool:
    """Tell whether transformers keeps the length of a fixed cache where a replay can set it."""
    from transformers.cache_utils import StaticLayer

    return hasattr(StaticLayer(1), "cumulative_length")


class Slots:
    """Caches of fixed size by their number of rows: made when first needed, and used again."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._made: list[tuple[int, Fixed]] = []

    def take(self, rows: int, places: int) -> Fixed:
        """Return one that is free and large enough; whoever takes it closes it."""
        for size, each in self._made:
            if not each.busy and each.rows == rows and size >= places:
                return each
        size = max(2048, 1 << (places - 1).bit_length())
        self._made = [(old, each) for old, each in self._made if each.busy or each.rows != rows]
        made = Fixed(self._model, rows, size)
        self._made.append((size, made))
        return made
