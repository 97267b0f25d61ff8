"""The sidebar's types are the kernel's messages: the compiler reads the golden files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WIRE = ROOT / "tests" / "golden" / "wire"
LAB = ROOT / "labextension"
TSC = LAB / "node_modules" / "typescript" / "bin" / "tsc"


def compiled(folder: Path, body: str) -> str:
    """What the compiler says of a program that knows the sidebar's messages; "" for nothing."""
    if not TSC.exists() or shutil.which("node") is None:
        said = "the sidebar's packages are not installed here: npm ci in labextension/"
        pytest.fail(said) if os.environ.get("NBCODEGEN_BROWSER_TESTS") else pytest.skip(said)
    shutil.copy(LAB / "src" / "tokens.ts", folder / "tokens.ts")
    program = folder / "program.ts"
    program.write_text(f"import type {{ Said }} from './tokens';\n{body}", encoding="utf-8")
    options = ["--noEmit", "--strict", "--target", "ES2022"]
    done = subprocess.run(
        ["node", str(TSC), *options, str(program)], capture_output=True, text=True, cwd=folder
    )
    return done.stdout


def test_every_message_of_the_golden_files_has_the_sidebars_type(tmp_path):
    messages = [path.read_text(encoding="utf-8") for path in sorted(WIRE.glob("*.json"))]
    assert len(messages) >= 10
    lines = [f"export const said{n}: Said = {text};" for n, text in enumerate(messages)]
    assert compiled(tmp_path, "\n".join(lines)) == ""


def test_a_field_that_one_side_does_not_know_is_noticed(tmp_path):
    whole = json.loads((WIRE / "done.json").read_text(encoding="utf-8"))
    short = {name: value for name, value in whole.items() if name != "seconds"}
    renamed = short | {"duration": whole["seconds"]}
    both = (json.dumps(short), json.dumps(renamed))
    lines = [f"export const said{n}: Said = {text};" for n, text in enumerate(both)]
    assert compiled(tmp_path, "\n".join(lines)).count("error TS") == 2
