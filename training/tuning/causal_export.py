"""A merged causal model -> what other programs load: GGUF for llama.cpp, 4 bits for a GPU."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbcodegen.causal import weights
from nbcodegen.training.errors import BadRecipe, CannotRead, NothingLeft
from nbcodegen.training.folder import Output
from nbcodegen.training.progress import Progress
from nbcodegen.training.recipe import Recipe
from nbcodegen.training.tuning import causal_adapter, causal_ranks, repacking


def export(merged: Path, out: Output, recipe: Recipe, progress: Progress) -> None:
    """Write each format of `recipe.export.formats` that is for causal models into a folder.

    `gguf`: one file for llama.cpp, in 16 bits. `int4`: NF4 weights for transformers. Raises
    `NothingLeft` where none of the formats is for causal models.
    """
    weights.check_weights(merged)
    wanted = recipe.export.formats
    unknown = set(wanted) - {"onnx", *FORMATS}
    if unknown:
        raise BadRecipe(
            f"There is no export format {min(unknown)!r}; there are onnx, {', '.join(FORMATS)}."
        )
    chosen = [name for name in wanted if name in FORMATS]
    if not chosen:
        raise NothingLeft(
            "export.formats names nothing for a causal model: onnx is for the embedded one. "
            f"Choose of {', '.join(FORMATS)}."
        )
    for name in progress.track(chosen, "export", len(chosen)):
        folder = out.path / name
        folder.mkdir(exist_ok=True)
        FORMATS[name](merged, folder, recipe)
        if (merged / causal_adapter.MODEL_NAME).is_file():
            shutil.copy(merged / causal_adapter.MODEL_NAME, folder)
        out.kept += 1
        out.facts[name] = {"bytes": sum(each.stat().st_size for each in folder.iterdir())}


def _int4(merged: Path, folder: Path, _: Recipe) -> None:
    """NF4 with double quantisation, in safetensors: `from_pretrained` loads it as it is."""
    if "quantization_config" in _config(merged):
        raise BadRecipe(f"{merged} is stored in few bits already.")
    base = weights.Base(str(merged.resolve()))
    model = weights.model(base, "bf16", nf4=True, device=causal_ranks.device())
    repacking.keep_trainable(model)
    model.save_pretrained(str(folder), safe_serialization=True)
    weights.tokenizer(base).save_pretrained(str(folder))


def _gguf(merged: Path, folder: Path, _: Recipe) -> None:
    from nbcodegen.training.tuning import causal_gguf

    causal_gguf.write(merged, folder / "model.gguf", _config(merged))


def _config(folder: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((folder / "config.json").read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise CannotRead(f"{folder / 'config.json'} cannot be read: {error}.") from error


FORMATS: Mapping[str, Callable[[Path, Path, Recipe], None]] = {"gguf": _gguf, "int4": _int4}
