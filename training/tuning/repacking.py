"""4-bit layers of bitsandbytes in the layout that gradients pass through."""

from __future__ import annotations

from typing import Any


def keep_trainable(model: Any) -> None:
    """Keep 4-bit layers in the layout that gradients pass through.

    On a CPU with AVX512-BF16, bitsandbytes repacks a layer at its first use in `eval()` mode, and
    from then on gives no gradient, in `train()` mode neither: the first look at the validation
    requests would silently end all learning.
    """
    for layer in model.modules():
        if hasattr(layer, "support_avx512bf16_for_cpu"):
            layer.support_avx512bf16_for_cpu = False


def is_repacked(layer: Any) -> bool:
    """Tell whether a 4-bit layer is in the layout that gives no gradient."""
    state = getattr(getattr(layer, "weight", None), "quant_state", None)
    return bool(getattr(state, "packing_format_for_cpu", False))
