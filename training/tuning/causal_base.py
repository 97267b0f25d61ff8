"""A recipe's base model, opened as serving opens it, and what identifies its weights."""

from __future__ import annotations

from pathlib import Path

from nbcodegen.causal import weights
from nbcodegen.causal.weights import Base
from nbcodegen.training.folder import digest, digest_of
from nbcodegen.training.recipe import Recipe


def find(recipe: Recipe) -> Base:
    """Return the recipe's base, behind the adapter if it names one; see `causal.weights.find`."""
    return weights.find(recipe.base, recipe.revision)


def revision_of(base: Base) -> str:
    """Return what identifies the weights: a commit of the hub, or a digest over a folder's files.

    Reads all of a folder's weights: some ten seconds for 7 billion parameters.
    """
    if not base.is_folder:
        return str(getattr(weights.config(base), "_commit_hash", "") or base.revision)
    folder = Path(base.place)
    files = sorted([*folder.glob("*.safetensors"), *folder.glob("config.json")])
    return "sha256:" + digest("".join(map(digest_of, files)).encode())
