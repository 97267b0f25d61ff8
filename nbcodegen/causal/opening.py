"""A model's name -> a writer over it: where it lies, whether it fits, its adapter, its words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbcodegen import chat
from nbcodegen.causal import EXTRA, weights
from nbcodegen.causal.fitting import Fit, fit, gigabytes, room, size
from nbcodegen.causal.fixed import can_record
from nbcodegen.causal.location import locate
from nbcodegen.causal.packed import pack
from nbcodegen.causal.reading import Tell, told_to
from nbcodegen.causal.vocabulary import Vocabulary
from nbcodegen.causal.writing import Writer
from nbcodegen.errors import DamagedModel, NoModel
from nbcodegen.values import Quantize

READ_ON_CPU = 0.4
"""Share of opening that goes to reading, where weights are laid out after."""


@dataclass(frozen=True, slots=True)
class What:
    """Which model, and how it is to be opened."""

    name: str
    """Folder, or name on the hub."""
    revision: str = ""
    adapter: str = ""
    """Folder of a PEFT adapter over it."""
    form: str = ""
    """The form that the adapter was tuned with; by default what the tokenizer brings."""
    quantize: Quantize = "auto"
    made: str = ""
    """When the adapter was made: one that was made anew is another."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A model that can be asked."""

    writer: Writer
    tokenizer: Any
    form: chat.Form
    revision: str
    fit: Fit

    @property
    def about(self) -> str:
        """Where and how it is open, for people: `CPU, fp32, 4.1 GB`."""
        how = "nf4" if self.fit.nf4 else self.fit.precision
        return f"{self.fit.room.name}, {how}, {gigabytes(self.fit.needs)}"


def open_writer(what: What, tell: Tell = lambda share: None) -> Opened:
    """Open a model for reading and writing; `tell` hears how far that is, from 0 to 1.

    Raises `NoModel` where it is not here or does not fit, `DamagedModel` where it cannot be read,
    `UnknownName` for a form that its tokenizer cannot write.
    """
    _need_torch()
    place = locate(what.name, what.revision)
    base = weights.Base(str(place.folder))
    config = weights.config(base)
    how = fit(what.name, size(place.folder, config), room(), what.quantize)
    tokenizer = weights.tokenizer(weights.Base(what.adapter) if _has_words(what.adapter) else base)
    form = chat.form_of(tokenizer, what.form)
    on_cpu = how.room.device == "cpu"
    read = READ_ON_CPU if on_cpu else 1.0
    with told_to(lambda share: tell(read * share)):
        model = weights.model(base, how.precision, nf4=how.nf4, device=how.room.device)
    if what.adapter:
        model = _adapted(model, what.adapter)
    if not how.nf4:
        model = model.to(how.room.device if how.room.device != 0 else "cuda:0")
    model.eval().requires_grad_(False)
    if on_cpu:
        pack(model, lambda share: tell(read + (1 - read) * share))
    try:
        vocabulary = Vocabulary(tokenizer)
    except ValueError as error:
        raise DamagedModel(
            f"{what.name} has a tokenizer of a kind that is not known: {error}."
        ) from None
    gpu = isinstance(how.room.device, int)
    writer = Writer(model, vocabulary, weights.ends(model, tokenizer), fixed=gpu and can_record())
    return Opened(writer, tokenizer, form, place.revision, how)


def _adapted(model: Any, adapter: str) -> Any:
    """Attach an adapter; it is never merged into weights of 4 bits."""
    from peft import PeftModel

    weights.check_weights(Path(adapter), "adapter_model")
    try:
        return PeftModel.from_pretrained(model, adapter, is_trainable=False)
    except (OSError, ValueError, RuntimeError) as error:
        said = " ".join(str(error).split())[:300]
        raise DamagedModel(
            f"The adapter in {adapter} does not fit its base model: {said} Tune it again."
        ) from None


def _has_words(adapter: str) -> bool:
    return bool(adapter) and (Path(adapter) / "tokenizer.json").is_file()


def _need_torch() -> None:
    from importlib.util import find_spec

    if find_spec("torch") is None or find_spec("transformers") is None:
        raise NoModel(EXTRA)
