"""The sidebar speaks Spanish wherever JupyterLab does: every text has its translation."""

from __future__ import annotations

import json
import re
from importlib.metadata import entry_points
from pathlib import Path

import nbcodegen
from nbcodegen.bridge.service import TRIALS_OFF
from nbcodegen.embedded.model import OUT_OF_SCOPE
from nbcodegen.pipeline import NO_TABLES

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = Path(nbcodegen.__file__).parent / "locale" / "es_ES" / "LC_MESSAGES" / "nbcodegen.json"
SAID = re.compile(r"\.(?:__|_n)\(\s*'((?:[^'\\]|\\.)*)'")
OF_THE_KERNEL = {NO_TABLES, OUT_OF_SCOPE, TRIALS_OFF}
"""What the kernel says without names in it; the rest of its messages are English."""
HOLES = re.compile(r"%\d")


def texts() -> set[str]:
    folder = ROOT / "labextension" / "src"
    sources = [path.read_text(encoding="utf-8") for path in folder.glob("*.ts*")]
    return {text for source in sources for text in SAID.findall(source)}


def translations() -> dict[str, list[str]]:
    found = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return {text: ways for text, ways in found.items() if text}


def test_every_text_is_translated_and_no_other() -> None:
    assert len(texts()) > 40
    assert set(translations()) == texts() | OF_THE_KERNEL


def test_a_translation_has_the_same_places_for_names() -> None:
    for text, ways in translations().items():
        for way in ways:
            assert way.strip()
            assert sorted(HOLES.findall(way)) == sorted(HOLES.findall(text)), text


def test_the_catalogue_is_of_this_version_and_jupyterlab_finds_it() -> None:
    head = json.loads(CATALOGUE.read_text(encoding="utf-8"))[""]
    assert (head["domain"], head["version"]) == ("nbcodegen", nbcodegen.__version__)
    assert "nbcodegen" in {entry.name for entry in entry_points(group="jupyterlab.locale")}
