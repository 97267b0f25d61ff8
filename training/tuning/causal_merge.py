"""An adapter and its 16-bit base -> one model of 16 bits, in safetensors.

Never into 4 bits: an adapter's changes are mostly smaller than the steps between two 4-bit values,
so rounding the sum can take the tuning away.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from nbcodegen.causal import bits, weights
from nbcodegen.training.errors import TrainError
from nbcodegen.training.folder import Output, digest_of
from nbcodegen.training.progress import Progress
from nbcodegen.training.recipe import Recipe
from nbcodegen.training.tuning import causal_adapter, causal_base

_PROBE = "import pandas as pd\n"


def merge(tuned: Path, out: Output, recipe: Recipe, progress: Progress) -> None:
    """Add an adapter to its base and write the sum; `recipe.base` may name a 16-bit copy of it.

    Raises `TrainError` for a base in few bits, and for weights in pickles.
    """
    description = causal_adapter.load(tuned)
    base = _base(tuned, description, recipe)
    progress.say(f"Adding {tuned} to {base.place}.")
    model = _sixteen(base)
    before, merged, after = _merged(model, tuned, weights.tokenizer(base))
    merged.save_pretrained(str(out.path), safe_serialization=True)
    weights.tokenizer(replace(base, place=str(tuned))).save_pretrained(str(out.path))
    about = replace(description, name=out.path.name)
    causal_adapter.save(out.path, about, causal_adapter.MODEL_NAME)
    out.inputs["adapter"] = digest_of(tuned / "adapter_model.safetensors")
    out.kept = 1
    out.facts |= {
        "base": base.place, "revision": description.revision,
        "weights": sum(each.numel() for each in merged.parameters()),
        "dtype": str(merged.dtype).removeprefix("torch."),
        "largest_logit": round(float(before.abs().max()), 4),
        "largest_difference": round(float((before - after).abs().max()), 6),
    }  # fmt: skip


def _base(tuned: Path, description: causal_adapter.Description, recipe: Recipe) -> weights.Base:
    """The base that the adapter was made over, or the copy of it that the recipe names."""
    weights.check_weights(tuned, "adapter_model")
    own = weights.Base(description.base, _commit(description.revision))
    if recipe.base in ("embedded", description.base):
        return own
    named = causal_base.find(recipe)
    return own if named.adapter is not None or named.place == own.place else named


def _commit(revision: str) -> str:
    """A folder's digest is no revision that the hub knows."""
    return "" if revision.startswith("sha256:") else revision


def _sixteen(base: weights.Base) -> Any:
    """Open the base in its own 16 bits, or in bf16 where it is wider; never in fewer."""
    import torch

    if base.is_folder:
        weights.check_weights(Path(base.place))
    config = weights.config(base)
    if bits.is_quantized(config):
        raise TrainError(
            f"{base.place} is stored in few bits. Merged into it, the tuning could be rounded "
            "away. Load the 16-bit base that it was made from: --set base=FOLDER_OR_NAME"
        )
    half = config.dtype == torch.float16
    return weights.model(base, "fp16" if half else "bf16")


def _merged(model: Any, tuned: Path, words: Any) -> tuple[Any, Any, Any]:
    """Merge, and return what the model says of a line of code before and after."""
    import torch
    from peft import PeftModel

    ids = torch.tensor([words(_PROBE)["input_ids"]])
    try:
        adapted = PeftModel.from_pretrained(model, str(tuned), is_trainable=False).eval()
    except (ValueError, RuntimeError) as error:
        raise TrainError(
            f"The adapter {tuned} does not fit the base: {' '.join(str(error).split())[:300]} "
            "Name the base that it was made over: --set base=FOLDER_OR_NAME"
        ) from error
    if bits.is_quantized(adapted):
        raise TrainError("A model in few bits is not merged into; load its base in 16 bits.")
    with torch.inference_mode():
        before = adapted(input_ids=ids).logits.float()
        merged = adapted.merge_and_unload(safe_merge=True)
        return before, merged, merged(input_ids=ids).logits.float()
