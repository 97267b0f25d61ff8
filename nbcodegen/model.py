"""A model's name -> the model. Loaded once a process, on first use."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache

from nbcodegen.errors import UnknownName
from nbcodegen.values import Model

NAMES = ("embedded",)


@lru_cache(maxsize=2)
def open_model(name: str) -> Model:
    """Return the model of that name; raise `UnknownName`, or `DamagedModel` when it cannot load."""
    if name == "embedded":
        from nbcodegen.embedded.model import EmbeddedModel

        return EmbeddedModel()
    near = get_close_matches(name, NAMES, 1, 0) or list(NAMES)
    raise UnknownName(
        f"No model is named {name!r}. Available: {', '.join(NAMES)}. Try {near[0]!r}."
    )
