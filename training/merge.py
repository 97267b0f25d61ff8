"""An adapter and its base -> one set of weights, in 16 bits or more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nbcodegen.training.errors import BadRecipe
from nbcodegen.training.folder import Output
from nbcodegen.training.progress import Progress
from nbcodegen.training.recipe import Recipe


def run(inputs: Sequence[Path], out: Output, recipe: Recipe, progress: Progress) -> None:
    """Merge what `tune` wrote; never into 4-bit weights, which would round the tuning off."""
    strength = recipe.merge.strength
    if recipe.base == "embedded":
        if not 0 < strength <= 1:
            raise BadRecipe(f"merge.strength is above 0 and 1 at most, not {strength}.")
        from nbcodegen.training.tuning import embedded_export

        embedded_export.merge(inputs[0], out, strength)
        return
    if strength != 1:
        raise BadRecipe(
            f"merge.strength is {strength}, and an adapter of {recipe.base} is served as it is. "
            "Leave it at 1."
        )
    from nbcodegen.training.tuning import causal_merge

    causal_merge.merge(inputs[0], out, recipe, progress)
