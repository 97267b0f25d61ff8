"""A CPU's linear layers with their weights laid out once, as oneDNN reads them, not at every block.

A block of eight tokens then costs half as much again as one token, where it cost twice as much:
what guessing and several candidates live on. The two operators are those that torch's own compiler
puts in for weights that do not change; where they are missing, or a model comes to other scores
with them, everything stays as it was.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from nbcodegen.causal.reading import Tell

if TYPE_CHECKING:
    import torch

TOKENS = 64
"""Of the blocks that the layout is chosen for; it serves one token as well as hundreds."""
ROOM = 3
"""A layer is laid out where so many copies of it find room: two are there for a moment."""
CLOSE = 1e-3
"""Scores may differ by so much of their range: sums are formed in another order."""


def pack(model: Any, tell: Tell = lambda share: None) -> bool:
    """Lay out a model's weights, and say whether they are; of no use to one that is to learn."""
    import torch

    before = _scores(model)
    layers = [each for each in model.modules() if type(each) is torch.nn.Linear]
    packed: list[Any] = []
    try:
        for layer in layers:
            if not _has_room(layer):
                break
            _pack(layer)
            packed.append(layer)
            tell(len(packed) / len(layers))
        after = _scores(model)
        range_of_scores = float(before.max() - before.min())
        alike = float((after - before).abs().max()) <= CLOSE * range_of_scores
    except Exception:  # no such operators, or a model's own code finds its layers empty
        alike = False
    if not alike:
        for layer in packed:
            _unpack(layer)
    return alike and bool(packed)


def _has_room(layer: Any) -> bool:
    import psutil

    size = layer.weight.numel() * layer.weight.element_size()
    return bool(psutil.virtual_memory().available >= ROOM * size)


def _pack(layer: Any) -> None:
    import torch

    with torch.inference_mode():
        packed = torch.ops.mkldnn._reorder_linear_weight(layer.weight.detach(), TOKENS)
    layer.forward = partial(_forward, packed, layer.bias)
    # Of the same kind and no size: models ask their layers where they are.
    layer.weight = torch.nn.Parameter(layer.weight.new_empty(0), requires_grad=False)


def _unpack(layer: Any) -> None:
    import torch

    packed = layer.forward.args[0]
    del layer.forward
    layer.weight = torch.nn.Parameter(packed.to_dense(), requires_grad=False)


def _forward(packed: torch.Tensor, bias: torch.Tensor | None, given: torch.Tensor) -> torch.Tensor:
    import torch

    scores: torch.Tensor = torch.ops.mkldnn._linear_pointwise(given, packed, bias, "none", [], "")
    return scores


def _scores(model: Any) -> torch.Tensor:
    """What the model makes of a few tokens."""
    import torch

    with torch.inference_mode():
        scores: torch.Tensor = model(input_ids=torch.tensor([[1, 2, 3, 4]])).logits.float()
    return scores
