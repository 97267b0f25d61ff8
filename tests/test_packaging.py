"""The package that gets installed is the one in this tree, and can be talked about truthfully."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import nbcodegen

ROOT = Path(__file__).resolve().parents[1]
CONFIG = configparser.ConfigParser()
CONFIG.read(ROOT / "setup.cfg", encoding="utf-8")
HEAVY = {"torch", "transformers", "onnxruntime", "pandas", "numpy", "matplotlib", "IPython", "rich"}


def folders_with_python():
    rooms = {"nbcodegen": ROOT / "nbcodegen", "nbcodegen.training": ROOT / "training"}
    for package, folder in rooms.items():
        for path in folder.rglob("__init__.py"):
            inner = path.parent.relative_to(folder).parts
            yield ".".join((package, *inner))


def test_every_folder_of_modules_is_a_listed_package():
    assert sorted(CONFIG["options"]["packages"].split()) == sorted(folders_with_python())


def test_no_module_lies_in_a_folder_that_is_not_a_package():
    for top in ("nbcodegen", "training"):
        for path in (ROOT / top).rglob("*.py"):
            assert (path.parent / "__init__.py").exists(), f"{path} would not be installed"


def test_every_data_file_is_matched_by_package_data():
    patterns = {package: globs.split() for package, globs in CONFIG["options.package_data"].items()}
    for package in folders_with_python():
        folder = ROOT / "/".join(package.split(".")).replace("nbcodegen/training", "training")
        shipped = {path for glob in patterns.get(package, []) for path in folder.glob(glob)}
        data = {
            path
            for path in folder.iterdir()
            if path.is_file()
            and path.suffix in {".tsv", ".txt", ".json", ".jsonl", ".onnx", ".toml"}
        }
        assert data <= shipped, f"{package}: {sorted(path.name for path in data - shipped)}"


def test_the_version_is_the_first_released_heading_of_the_changelog():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = [head for head in re.findall(r"^## (.+)$", text, re.M) if head != "Unreleased"]
    assert released[0].split()[0] == nbcodegen.__version__


def test_a_plain_install_asks_for_no_training_engine():
    plain = [line for line in metadata.requires("nbcodegen") or [] if "extra ==" not in line]
    names = {re.split(r"[^\w.-]", line)[0].lower() for line in plain}
    assert names.isdisjoint({"torch", "transformers", "peft", "bitsandbytes", "jupyterlab"})
    assert {"pandas", "onnxruntime", "ipython"} <= names


def test_torch_is_pinned_to_one_version_for_tests_and_training():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert any(re.fullmatch(r"torch==[\d.]+", line) for line in lines)


def test_the_shipped_weights_stay_within_the_size_promised():
    weights = ROOT / "nbcodegen" / "weights"
    assert sum(path.stat().st_size for path in weights.rglob("*") if path.is_file()) <= 32 << 20


@pytest.mark.parametrize("command", [[], ["ask"], ["batch"], ["status"], ["doctor"]], ids=" ".join)
def test_help_is_printed_without_importing_anything_heavy(command):
    program = (
        "import sys\n"
        "from nbcodegen.cli import main\n"
        f"try: main({[*command, '--help']!r})\n"
        "except SystemExit: pass\n"
        f"print(sorted({HEAVY!r} & sys.modules.keys()), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stderr.strip() == "[]"
    assert done.stdout.startswith("usage: nbcodegen")
    for name in command or ["ask", "batch", "status", "doctor"]:
        assert name in done.stdout


@pytest.mark.parametrize(
    "command", re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.M)
)
def test_make_lists_its_own_commands(command):
    done = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert re.search(rf"^  make {command} +\w", done.stdout, re.M)
