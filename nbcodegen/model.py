"""A model's name -> the model. Loaded once a process, on first use."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from nbcodegen.adapters import DESCRIPTION, GRAPHS, PREFIX, Adapter, find, listed, opened
from nbcodegen.causal.location import is_path, locate
from nbcodegen.causal.opening import What
from nbcodegen.chat import FORMS, template
from nbcodegen.engine.model import LocalModel
from nbcodegen.errors import DamagedModel, UnknownName
from nbcodegen.prompt import TEMPLATE
from nbcodegen.server import ServerModel, is_address
from nbcodegen.values import Decoding, Model, Quantize

NAMES = ("embedded",)
EXAMPLE = "Qwen/Qwen2.5-Coder-7B-Instruct"


def open_model(name: str, decoding: Decoding | None = None, quantize: Quantize = "auto") -> Model:
    """Return the model of that name: `embedded`, `adapter:NAME`, a folder or a name on the model
    hub, or a server's address. The last two arguments are for large models only.

    Raises `UnknownName`, `DamagedModel` when it cannot load, `NoModel` for a large model that is
    not here, or `NoService` for a server. An adapter that was made anew is loaded anew.
    """
    if is_address(name):
        return ServerModel(name)
    if name.startswith(PREFIX):
        adapter = find(name)
        if adapter.kind != "embedded":
            return LocalModel(name, _over_base(adapter, quantize), decoding or Decoding())
        return _adapted(adapter.path, (adapter.path / DESCRIPTION).stat().st_mtime_ns)
    if name == "embedded":
        return _embedded()
    if is_large(name):
        if is_path(name):
            locate(name)  # a folder that is none is known at once
        return LocalModel(name, What(name, quantize=quantize), decoding or Decoding())
    known = names()
    near = get_close_matches(name, known, 1, 0) or known
    raise UnknownName(
        f"No model is named {name!r}. Available: {', '.join(known)}, a folder, a name on the model "
        f"hub such as {EXAMPLE}, or a server's address. Try {near[0]!r}."
    )


def is_large(name: str) -> bool:
    """Tell whether a name is that of a large model of this machine, or of an adapter over one.

    Raises `UnknownName` for an adapter that is not there.
    """
    if name.startswith(PREFIX):
        return find(name).kind != "embedded"
    return not is_address(name) and ("/" in name or is_path(name))


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
        raise DamagedModel(_of_another_template(adapter, TEMPLATE))
    from nbcodegen.embedded.model import EmbeddedModel

    return EmbeddedModel(adapter.path / GRAPHS, name=PREFIX + adapter.name)


def _over_base(adapter: Adapter, quantize: Quantize) -> What:
    """How an adapter of a causal model is opened: over the very weights that it was tuned over."""
    forms = {template(TEMPLATE, form): form for form in FORMS}
    if adapter.template not in forms:
        raise DamagedModel(_of_another_template(adapter, " or ".join(forms)))
    commit = "" if adapter.revision.startswith("sha256:") else adapter.revision
    made = str((adapter.path / DESCRIPTION).stat().st_mtime_ns)
    return What(adapter.base, commit, str(adapter.path), forms[adapter.template], quantize, made)


def _of_another_template(adapter: Adapter, ours: str) -> str:
    return (
        f"The adapter {adapter.name!r} was tuned with the prompt template "
        f"{adapter.template!r}, and this version writes {ours!r}: its answers would be "
        f"nonsense. Tune it again: nbcodegen-train FOLDER --name {adapter.name}"
    )
