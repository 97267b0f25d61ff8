"""bitsandbytes' NF4: the frozen weights of a base model in 4 bits (QLoRA, Dettmers et al. 2023)."""

from __future__ import annotations

from typing import Any

from nbcodegen.errors import NoModel


def nf4(compute: Any, *, sharded: bool = False) -> Any:
    """Return the settings: NF4 with double quantisation, computing in the torch dtype given."""
    check_installed()
    import torch
    import transformers

    library: Any = transformers
    return library.BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=compute,
        # FSDP flattens weights of one dtype together, so packed ones must pretend to be of it.
        bnb_4bit_quant_storage=compute if sharded else torch.uint8,
    )


def check_installed() -> None:
    """Raise `NoModel` where bitsandbytes is not installed."""
    if not is_installed():
        raise NoModel(
            "Weights in 4 bits need bitsandbytes, which is not installed: "
            "pip install 'nbcodegen[gpu]'. Or do without: quantize=none "
            "(--set tune.quantize=none when tuning)."
        )


def is_installed() -> bool:
    """Tell whether bitsandbytes is there."""
    from importlib.util import find_spec

    return find_spec("bitsandbytes") is not None


def is_quantized(model_or_config: Any) -> bool:
    """Tell whether a model, or the config of one, is stored in few bits."""
    config = getattr(model_or_config, "config", model_or_config)
    return getattr(config, "quantization_config", None) is not None
