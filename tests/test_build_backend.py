"""The build backend makes the bundle where it must, and puts it where JupyterLab looks."""

from __future__ import annotations

import base64
import configparser
import hashlib
import importlib.util
import json
import shutil
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAB = ROOT / "labextension"


@pytest.fixture
def backend(tmp_path):
    """The backend of a copy of the sidebar's sources, without a bundle."""
    for name in ("nbcg_build.py", "install.json", "package.json", "package-lock.json"):
        shutil.copy(LAB / name, tmp_path / name)
    for name in ("tsconfig.json", ".npmrc"):
        shutil.copy(LAB / name, tmp_path / name)
    for name in ("src", "style", "schema"):
        shutil.copytree(LAB / name, tmp_path / name)
    spec = importlib.util.spec_from_file_location("backend_of_a_copy", tmp_path / "nbcg_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _bundle(backend):
    (backend.DIST / "static").mkdir(parents=True)
    (backend.DIST / "package.json").write_text("{}")
    (backend.DIST / "static" / "style.js").write_text("export {};")
    backend.STAMP.write_text(backend._digest())


def test_a_bundle_is_made_again_only_when_a_source_changed(backend):
    assert not backend._fresh()
    _bundle(backend)
    assert backend._fresh()
    source = backend.HERE / "src" / "index.ts"
    source.write_text(source.read_text() + "// changed\n")
    assert not backend._fresh()


def test_with_a_fresh_bundle_no_node_is_asked_for(backend, monkeypatch):
    monkeypatch.setattr(backend, "_system_node", lambda: None)
    assert backend.NODE_WHEEL in backend._node_wanted()
    _bundle(backend)
    assert backend._node_wanted() == []


def test_the_sidebar_can_be_left_out(backend, monkeypatch):
    monkeypatch.setattr(backend, "_run", lambda command: pytest.fail(str(command)))
    monkeypatch.setenv(backend.SKIP, "1")
    assert backend._node_wanted() == []
    with backend._bundle():
        assert not backend.DIST.exists()


def test_a_bundle_that_is_left_out_is_there_again_afterwards(backend, monkeypatch):
    _bundle(backend)
    monkeypatch.setenv(backend.SKIP, "1")
    with pytest.raises(RuntimeError), backend._bundle():
        assert not backend.DIST.exists()
        raise RuntimeError("the build failed")
    assert (backend.DIST / "package.json").is_file()


def test_a_build_without_a_connection_says_what_to_do(backend):
    with pytest.raises(SystemExit, match="NBCODEGEN_SKIP_LAB=1"):
        backend._run(["no-such-program", "ci"])


@pytest.mark.parametrize(
    ("version", "fits"),
    [("v20.18.0", False), ("v20.19.2", True), ("v21.5.0", False), ("v22.12.0", True)],
)
def test_a_node_that_the_bundler_does_not_take_is_passed_over(
    backend, monkeypatch, tmp_path, version, fits
):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("node", "npm"):
        (programs / name).write_text(f"#!/bin/sh\necho {version}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    assert bool(backend._system_node()) is fits


def test_an_editable_wheel_holds_the_bundle_and_records_it(backend, tmp_path):
    _bundle(backend)
    wheel = tmp_path / "nbcodegen-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as target:
        target.writestr("nbcodegen-1.0.dist-info/METADATA", "Name: nbcodegen\n")
        target.writestr("nbcodegen-1.0.dist-info/RECORD", "nbcodegen-1.0.dist-info/METADATA,,\n")
    backend._add_bundle(wheel)
    with zipfile.ZipFile(wheel) as made:
        record = made.read("nbcodegen-1.0.dist-info/RECORD").decode().splitlines()
        names = set(made.namelist())
        data = f"nbcodegen-1.0.data/data/{backend.SHARE}"
        assert {f"{data}/package.json", f"{data}/static/style.js"} < names
        assert not any(".sources" in name for name in names)
        for line in record[1:]:
            name, digest, size = line.split(",")
            content = made.read(name)
            want = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            assert (digest, size) == (f"sha256={want}", str(len(content)))
    assert len(record) == 3


def test_a_wheel_takes_every_file_of_the_bundle_along():
    dist = LAB / "dist"
    if not dist.is_dir():
        pytest.skip("no bundle was built here")
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    patterns = config["options.data_files"].values()
    shipped = {path for pattern in patterns for path in ROOT.glob(pattern)}
    files = {path for path in dist.rglob("*") if path.is_file() and not path.name.startswith(".")}
    assert files <= shipped


def test_the_lock_file_names_no_host():
    lock = json.loads((LAB / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"]
    assert "://" not in "".join(str(each.get("resolved", "")) for each in lock["packages"].values())
