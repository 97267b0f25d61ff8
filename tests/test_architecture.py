"""The import law: a room imports only what stands to its left. And what keeps the house small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "nbcodegen"
MODULES = sorted(PACKAGE.rglob("*.py"))
TRAINING = sorted((ROOT / "training").rglob("*.py"))

MAY_IMPORT = {
    "values": set(),
    "errors": {"values"},
    "plan": {"errors"},
    "linking": {"values"},
    "meanings": {"values", "linking"},
    "mentions": {"values", "linking", "meanings"},
    "language": {"linking"},
    "charts": {"linking", "plan"},
    "schema": {"values"},
    "privacy": {"values"},
    "prompt": {"values", "errors", "plan", "linking", "mentions", "privacy"},
    "rendering": {"values", "errors", "plan"},
    "words": {"values", "errors", "plan", "rendering"},
    "checks": {"values", "linking", "charts"},
    "choosing": {"values"},
    "verdicts": {"values"},
    "settings": {"values", "errors"},
    "footprint": {"values"},
    "boundary": set(),
    "trial": {"values", "schema", "footprint", "boundary"},
    "trying": {"values", "footprint", "checks", "choosing", "trial"},
    "references": {"values", "errors"},
    "embedded": {
        "values", "errors", "plan", "linking", "charts", "language", "mentions", "prompt",
        "rendering", "words",
    },
    "adapters": {"errors"},
    "chat": {"values", "errors"},
    "causal": {"values", "errors", "chat"},
    "engine": {"values", "errors", "prompt", "chat", "causal", "__init__"},
    "server": {"values", "errors", "prompt", "chat", "__init__"},
    "model": {
        "values", "errors", "prompt", "chat", "adapters", "embedded", "server", "causal", "engine",
    },
    "watching": {"values"},
    "plain": set(),
    "journey": {"values", "errors", "settings", "choosing"},
    "pipeline": {
        "values", "errors", "settings", "schema", "privacy", "linking", "prompt", "checks",
        "footprint", "references", "verdicts", "trial", "trying", "journey",
    },
    "tasks": {
        "values", "errors", "settings", "schema", "prompt", "checks", "footprint", "references",
        "trial", "journey", "pipeline", "plain",
    },
    "bridge": {
        "values", "errors", "settings", "schema", "checks", "footprint", "verdicts", "adapters",
        "model", "pipeline", "watching", "plain", "__init__",
    },
    "notebook": {
        "values", "errors", "settings", "schema", "prompt", "verdicts", "adapters", "model",
        "trial", "pipeline", "tasks", "bridge", "watching", "__init__", "plain",
    },
    "commands": {
        "values", "errors", "settings", "chat", "prompt", "adapters", "engine", "model", "trial",
        "pipeline",
    },
    "cli": {
        "values", "errors", "settings", "verdicts", "causal", "model", "trial", "pipeline",
        "watching", "commands", "__init__",
    },
    "__init__": {"notebook"},
}  # fmt: skip
"""Room -> the rooms it may import. A folder is one room. Edit it for a new room, left to right."""

HEAVY = {
    "pandas", "numpy", "matplotlib", "seaborn", "narwhals", "polars", "pyarrow", "duckdb",
    "onnxruntime", "tokenizers", "httpx", "keyring", "torch", "transformers", "peft",
    "bitsandbytes", "accelerate",
}  # fmt: skip
ENGINES = {"torch", "transformers", "peft", "bitsandbytes", "accelerate", "datasets"}
AROUND_THE_NETWORK = {
    f"training/{name}.py"
    for name in (
        "embedded/network", "embedded/pretrain", "embedded/export", "tuning/embedded_trainer",
        "tuning/embedded_watching",
    )
}  # fmt: skip
"""The network's classes derive from torch's, so torch is there when these load."""

INSIDE_A_TRIAL = {
    f"nbcodegen/trial/{name}.py"
    for name in ("describing", "doubting", "drawn", "intactness", "readings", "running")
}
"""They are loaded by a process that has the libraries, never by the user's kernel."""

LONGEST_FILE = 300
LONGEST_LIST_OF_WORDINGS = 900
LONGEST_FUNCTION = 45
LONGEST_FUNCTION_OF_WORDINGS = 80
"""Lines that are not blank. Past these, split by noun; typical is half a file and ten lines."""


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield module
            if module in {"nbcodegen", "nbcodegen.training"}:
                yield from (f"{module}.{alias.name}" for alias in node.names)


def imported_when_loaded(body):
    """Modules imported at module level, looking into `if` and `try` but not TYPE_CHECKING."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports(node)
        elif isinstance(node, ast.If):
            if "TYPE_CHECKING" not in ast.unparse(node.test):
                yield from imported_when_loaded(node.body)
            yield from imported_when_loaded(node.orelse)
        elif isinstance(node, ast.Try | ast.With):
            yield from imported_when_loaded(node.body)


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def filled(lines):
    return sum(bool(line.strip()) for line in lines)


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_room_imports_only_rooms_to_its_left(path):
    here = room(path)
    names = {name for name in imports(parsed(path)) if name.startswith("nbcodegen.")}
    rooms = {name.split(".")[1] for name in names} - {here, "__version__"}
    assert here in MAY_IMPORT, f"{here} is a new room: give it a line in MAY_IMPORT"
    assert rooms <= MAY_IMPORT[here], f"{here} may not import {sorted(rooms - MAY_IMPORT[here])}"


def test_the_law_has_no_circle():
    # Anyone may ask `__init__` for the version, which it holds itself.
    left, law = set(), {name: allowed - {"__init__"} for name, allowed in MAY_IMPORT.items()}
    while law:
        free = {name for name, allowed in law.items() if allowed <= left}
        assert free, f"these import each other in a circle: {sorted(law)}"
        left |= free
        law = {name: allowed for name, allowed in law.items() if name not in free}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_serving_never_imports_training(path):
    assert not [name for name in imports(parsed(path)) if name.startswith("nbcodegen.training")]


@pytest.mark.parametrize(
    "path", [path for path in MODULES if named(path) not in INSIDE_A_TRIAL], ids=named
)
def test_no_module_of_the_product_imports_anything_heavy_when_loaded(path):
    loaded = {name.partition(".")[0] for name in imported_when_loaded(parsed(path).body)}
    assert loaded.isdisjoint(HEAVY), sorted(loaded & HEAVY)


@pytest.mark.parametrize(
    "path", [path for path in TRAINING if named(path) not in AROUND_THE_NETWORK], ids=named
)
def test_training_engines_are_imported_inside_functions(path):
    loaded = {name.partition(".")[0] for name in imported_when_loaded(parsed(path).body)}
    assert loaded.isdisjoint(ENGINES), sorted(loaded & ENGINES)


@pytest.mark.parametrize("path", [*MODULES, *TRAINING], ids=named)
def test_only_verify_says_that_a_candidate_is_verified(path):
    calls = {
        ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)
    }
    makes = any(call.split(".")[-1] == "VerifiedCandidate" for call in calls)
    assert not makes or named(path) == "nbcodegen/checks/verify.py"


@pytest.mark.parametrize("path", [*MODULES, *TRAINING], ids=named)
def test_files_and_functions_stay_small(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    wordings = path.parent.name == "grammar"
    longest = LONGEST_LIST_OF_WORDINGS if wordings else LONGEST_FILE
    assert filled(lines) <= longest, "split it by noun"
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            length = filled(lines[node.lineno - 1 : node.end_lineno])
            most = LONGEST_FUNCTION_OF_WORDINGS if wordings else LONGEST_FUNCTION
            assert length <= most, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", [*MODULES, *TRAINING], ids=named)
def test_no_file_is_a_drawer_for_odds_and_ends(path):
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"}
    assert path.stem not in drawers


def test_the_top_level_holds_only_the_agreed_folders():
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    unhidden = {name for name in folders if not name.startswith((".", "_"))}
    made_by_tools = {"build", "dist", "runs", "nbcodegen.egg-info"}
    assert unhidden - made_by_tools == {
        "nbcodegen",
        "training",
        "notebooks",
        "labextension",
        "tests",
    }
