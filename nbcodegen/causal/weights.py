"""The name of a causal base model -> its tokenizer and its weights: safetensors only, no code."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from nbcodegen.causal import EXTRA, bits
from nbcodegen.errors import DamagedModel, NoModel

ADAPTER_CONFIG = "adapter_config.json"
PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")
Precision = Literal["bf16", "fp16", "fp32"]
Opened = TypeVar("Opened")


@dataclass(frozen=True, slots=True)
class Base:
    """Where a base model is, and the adapter over it to go on from."""

    place: str
    """A folder, or a name on the model hub."""
    revision: str = ""
    adapter: Path | None = None

    @property
    def is_folder(self) -> bool:
        """Whether it is on this machine, so that nothing is asked of the hub."""
        return Path(self.place).is_dir()


def find(place: str, revision: str = "") -> Base:
    """Return the base of that name or folder, behind the adapter that the folder holds.

    Raises `DamagedModel` for a folder without a model, and for weights in pickles.
    """
    folder = Path(place).expanduser()
    if not folder.is_dir():
        _refuse_paths(place)
        return Base(place, revision)
    if not (folder / ADAPTER_CONFIG).is_file():
        check_weights(folder)
        return Base(str(folder.resolve()), revision)
    check_weights(folder, "adapter_model")
    own = _json(folder / ADAPTER_CONFIG)
    inner = str(own.get("base_model_name_or_path") or "")
    if Path(inner).is_dir():
        check_weights(Path(inner))
    return Base(inner, str(own.get("revision") or ""), folder.resolve())


def check_weights(folder: Path, stem: str = "") -> None:
    """Raise unless a folder holds weights in safetensors; pickles can run code when read."""
    if any(folder.glob(f"{stem}*.safetensors")):
        return
    pickles = sorted(path.name for kind in PICKLES for path in folder.glob(stem + kind))
    if pickles:
        raise DamagedModel(
            f"{folder} holds its weights as pickles only ({pickles[0]}), which can run code when "
            "they are read. Use a revision with *.safetensors, or convert it where you trust it: "
            "model.save_pretrained(folder, safe_serialization=True)."
        )
    raise DamagedModel(f"{folder} holds no *.safetensors: it is no folder of a model.")


def config(base: Base, *, here: bool = False) -> Any:
    """Read the base's config; with `here`, from this machine only."""
    _quieten()
    from transformers import AutoConfig

    origin = _origin(base)
    origin["local_files_only"] |= here
    return _read(base, lambda: AutoConfig.from_pretrained(base.place, **origin))


def tokenizer(base: Base) -> Any:
    """Open the base's tokenizer."""
    _quieten()
    from transformers import AutoTokenizer

    found = _read(base, lambda: AutoTokenizer.from_pretrained(base.place, **_origin(base)))
    if found.eos_token_id is None:
        raise DamagedModel(
            f"The tokenizer of {base.place} has no token that ends a text, so a model could not "
            "learn to stop. Set eos_token in its tokenizer_config.json."
        )
    return found


def model(
    base: Base,
    precision: Precision,
    *,
    nf4: bool = False,
    device: Any = None,
    sharded: bool = False,
) -> Any:
    """Open the base's weights, without the adapter; with `nf4` in 4 bits on that device.

    With `sharded`, FSDP says what of 4-bit weights lies where.
    """
    _quieten()
    import torch
    from transformers import AutoModelForCausalLM

    dtypes = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32}
    options: dict[str, Any] = {"dtype": dtypes[precision], "attn_implementation": attention(device)}
    if nf4:
        options["quantization_config"] = bits.nf4(dtypes[precision], sharded=sharded)
        if not sharded:
            options["device_map"] = {"": device}
    return _read(
        base,
        lambda: AutoModelForCausalLM.from_pretrained(
            base.place, use_safetensors=True, **_origin(base), **options
        ),
    )


def attention(device: Any) -> str:
    """Return the attention to use: flash where it is installed, on a GPU; else PyTorch's own."""
    import transformers

    library: Any = transformers
    flash = isinstance(device, int) and library.utils.is_flash_attn_2_available()
    return "flash_attention_2" if flash else "sdpa"


def _origin(base: Base) -> dict[str, Any]:
    """No code of the model's own, and for a folder no word to the hub."""
    return {
        "trust_remote_code": False,
        "local_files_only": base.is_folder,
        "revision": None if base.is_folder else base.revision or None,
    }


def _read(base: Base, opened: Callable[[], Opened]) -> Opened:
    from safetensors import SafetensorError

    try:
        return opened()
    except ImportError as error:
        raise NoModel(f"{base.place} needs a package that is missing: {error}") from error
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        said = " ".join(str(error).split())[:400]
        raise DamagedModel(
            f"The base model {base.place!r} cannot be opened: {said} Give a folder with a model "
            "in safetensors, or a name on the hub while this machine is online."
        ) from error


def _refuse_paths(name: str) -> None:
    if name.count("/") > 1 or name.startswith((".", "~", "/")) or name.endswith("/"):
        raise DamagedModel(f"There is no folder {name!r}, which is named as base model.")


def _json(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise DamagedModel(f"{path} cannot be read: {error}.") from error


def _quieten() -> None:
    """Before the first import: nothing is counted for anybody, and bars are ours."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        import transformers
    except ImportError:
        raise NoModel(EXTRA) from None
    library: Any = transformers
    library.utils.logging.set_verbosity_error()
    library.utils.logging.disable_progress_bar()


def ends(model: Any, tokenizer: Any) -> list[int]:
    """Return the tokenizer's end token, and those that the model's folder names: chats have two."""
    own = getattr(model.generation_config, "eos_token_id", None)
    also = own if isinstance(own, list) else [own]
    return list(dict.fromkeys([tokenizer.eos_token_id, *(x for x in also if x is not None)]))
