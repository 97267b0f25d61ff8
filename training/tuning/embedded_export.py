"""An adapter of the embedded model -> merged weights -> the graphs that serve it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from nbcodegen.adapters import DESCRIPTION, GRAPHS
from nbcodegen.embedded.model import WEIGHTS
from nbcodegen.training.errors import DamagedFolder
from nbcodegen.training.folder import Output, digest_of, open_folder

WEIGHTS_FILE = "network.safetensors"


def merge(tuned: Path, out: Output, strength: float = 1.0) -> None:
    """Write the network with the adapter in it, in 32 bits.

    With a `strength` below 1 the weights lie so far on the way from the base to what was learnt.
    """
    from safetensors.torch import save_file

    from nbcodegen.training.embedded import weights
    from nbcodegen.training.tuning.embedded_network import merged

    open_folder(tuned)
    learnt, base = merged(tuned).state_dict(), weights.network(WEIGHTS).state_dict()
    state = {name: base[name].lerp(own, strength).contiguous() for name, own in learnt.items()}
    save_file(state, str(out.path / WEIGHTS_FILE))
    shutil.copy(tuned / DESCRIPTION, out.path / DESCRIPTION)
    out.kept = len(state)
    out.facts["strength"] = strength


def export(whole: Path, out: Output) -> None:
    """Write a folder that serves: graphs, tokenizer, manifest, and the adapter's description."""
    from nbcodegen.training.embedded import export as graphs

    network = _network(whole)
    folder = out.path / GRAPHS
    graphs.write(network, WEIGHTS / "tokenizer.json", folder)
    manifest = json.loads((WEIGHTS / "manifest.json").read_text(encoding="utf-8"))
    manifest["sha256"] = {name: digest_of(folder / name) for name in graphs.FILES}
    manifest["adapter"] = open_folder(whole).manifest.hash
    text = json.dumps(manifest, indent=1) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    shutil.copy(whole / DESCRIPTION, out.path / DESCRIPTION)
    out.kept = len(graphs.FILES)


def _network(whole: Path):  # type: ignore[no-untyped-def]  # torch's classes load inside
    from safetensors.torch import load_file

    from nbcodegen.training.embedded.network import Network, Shape

    shape = json.loads((WEIGHTS / "manifest.json").read_text(encoding="utf-8"))["shape"]
    network = Network(Shape(**shape))
    try:
        network.load_state_dict(load_file(str(whole / WEIGHTS_FILE)))
    except (OSError, RuntimeError) as error:
        raise DamagedFolder(f"{whole} holds no merged weights of ours: {error}.") from error
    return network.eval()
