"""A model's name -> the model. Loaded once a process, on first use."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from nbcodegen.adapters import DESCRIPTION, GRAPHS, PREFIX, find, listed, opened
from nbcodegen.errors import DamagedModel, UnknownName
from nbcodegen.prompt import TEMPLATE
from nbcodegen.server import ServerModel, is_address
from nbcodegen.values import Model

NAMES = ("embedded",)


def open_model(name: str) -> Model:
    """Return the model of that name: `embedded`, `adapter:NAME`, or a server's address.

    Raises `UnknownName`, `DamagedModel` when it cannot load, or `NoService` when it cannot be
    had. An adapter that was made anew is loaded anew.
    """
    if is_address(name):
        return ServerModel(name)
    if name.startswith(PREFIX):
        path = find(name).path
        return _adapted(path, (path / DESCRIPTION).stat().st_mtime_ns)
    if name == "embedded":
        return _embedded()
    known = names()
    near = get_close_matches(name, known, 1, 0) or known
    raise UnknownName(
        f"No model is named {name!r}. Available: {', '.join(known)}, or a server's address. "
        f"Try {near[0]!r}."
    )


def names() -> tuple[str, ...]:
    """Return what can be opened on this machine."""
    return (*NAMES, *(PREFIX + adapter.name for adapter in listed()))


@lru_cache(maxsize=1)
def _embedded() -> Model:
    from nbcodegen.embedded.model import EmbeddedModel

    return EmbeddedModel()


@lru_cache(maxsize=2)
def _adapted(path: Path, _: int) -> Model:
    adapter = opened(path)
    if adapter.template != TEMPLATE:
        raise DamagedModel(
            f"The adapter {adapter.name!r} was tuned with the prompt template "
            f"{adapter.template!r}, and this version writes {TEMPLATE!r}: its answers would be "
            f"nonsense. Tune it again: nbcodegen-train FOLDER --name {adapter.name}"
        )
    if adapter.kind != "embedded":
        raise UnknownName(
            f"The adapter {adapter.name!r} belongs to {adapter.base}, and this version serves "
            "adapters of the embedded model only."
        )
    from nbcodegen.embedded.model import EmbeddedModel

    return EmbeddedModel(adapter.path / GRAPHS, name=PREFIX + adapter.name)
