"""A model's name -> its folder on this machine. Only `fetch` says a word to the hub."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbcodegen.causal import EXTRA
from nbcodegen.causal.fitting import KNOWN, gigabytes
from nbcodegen.causal.weights import check_weights
from nbcodegen.errors import DamagedModel, NoModel

FILES = ("*.safetensors", "*.json", "*.txt", "*.model", "*.jinja")
"""What is fetched of a model: weights as safetensors, words, settings; no code."""
_BILLIONS = re.compile(r"(\d+(?:\.\d+)?)\s*b\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Location:
    """A model on this machine."""

    folder: Path
    revision: str
    """Commit of the hub; empty for a folder of the user's own."""


def locate(name: str, revision: str = "") -> Location:
    """Find a model by its folder or its name on the hub; nothing is asked of the network.

    Raises `NoModel` where it is not here, `DamagedModel` where its weights are no safetensors.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        check_weights(folder)
        return Location(folder.resolve(), "")
    if is_path(name):
        raise NoModel(f"There is no folder {name!r}.")
    found = _snapshot(name, revision)
    if found is None:
        of = f" --revision {revision}" if revision else ""
        raise NoModel(
            f"{name} is not on this machine{_about(name)}. Fetch it once, then it works without a "
            f"network: nbcodegen download {name}{of}"
        )
    check_weights(found)
    return Location(found, found.name)


def fetch(name: str, revision: str = "") -> Location:
    """Bring a model of the hub onto this machine, with bars on standard error.

    Goes on where it was broken off. Raises `NoModel` where the hub cannot be had or has no such
    model, or where it holds no safetensors.
    """
    hub = _hub()
    try:
        about = hub.HfApi().model_info(name, revision=revision or None)
        files = [each for each in about.siblings if each.rfilename.endswith(".safetensors")]
        if not files:
            raise DamagedModel(f"{name} has no *.safetensors on the hub: use another revision.")
        folder = hub.snapshot_download(name, revision=about.sha, allow_patterns=list(FILES))
    except DamagedModel:
        raise
    except Exception as error:  # whatever the library below the hub's library raises
        said = " ".join(str(error).split())[:300]
        raise NoModel(
            f"{name} could not be fetched ({said}). Is this machine online, and the name right? "
            "A model that asks for consent needs HF_TOKEN in the environment."
        ) from None
    return Location(Path(folder), str(about.sha))


def is_path(name: str) -> bool:
    """Tell a folder from a name on the hub, `owner/name`."""
    return name.startswith((".", "~", "/", "\\")) or name.count("/") > 1 or "\\" in name


def _snapshot(name: str, revision: str) -> Path | None:
    hub = _hub()
    try:
        found = hub.snapshot_download(name, revision=revision or None, local_files_only=True)
    except (OSError, ValueError):
        return None
    folder = Path(found)
    return folder if any(folder.glob("*.safetensors")) or any(folder.glob("*.bin")) else None


def _about(name: str) -> str:
    """How large it is, in 16 bits as the hub has it, as far as its name tells."""
    told = _BILLIONS.search(name)
    billions = KNOWN.get(name) or (float(told[1]) if told else 0)
    return f" (some {gigabytes(billions * 2e9)})" if billions else ""


def _hub() -> Any:
    try:
        import huggingface_hub
    except ImportError:
        raise NoModel(EXTRA) from None
    return huggingface_hub
