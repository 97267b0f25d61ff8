"""What works on this machine: facts for `status`, trials for `doctor`."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, util
from typing import TYPE_CHECKING, Any

from nbcodegen.errors import GenerateError

if TYPE_CHECKING:
    from nbcodegen.values import Model

NEEDED_PYTHON = (3, 10)
OPTIONAL = {
    "jupyterlab": "notebooks in a browser: pip install 'nbcodegen[lab]'",
    "polars": "polars tables",
    "pyarrow": "Arrow tables and parquet files",
    "duckdb": "DuckDB relations",
    "torch": "training and large models: pip install 'nbcodegen[train]' or 'nbcodegen[gpu]'",
}
"""Packages that the product serves if they are there, and what for."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how it is, and what to do where it is not well."""

    name: str
    ok: bool
    says: str
    remedy: str = ""


def facts() -> Iterator[Check]:
    """What can be said without loading anything heavy."""
    yield Check("nbcodegen", True, metadata.version("nbcodegen"))
    yield python_is_new_enough()
    yield from packages_are_installed()
    for name, purpose in OPTIONAL.items():
        found = util.find_spec(name) is not None
        yield Check(name, True, metadata.version(name) if found else f"not installed ({purpose})")


def trials() -> Iterator[Check]:
    """Look at every part that an answer needs, by using it."""
    yield python_is_new_enough()
    yield from packages_are_installed()
    model, weights = model_opens()
    yield weights
    if model is not None:
        yield model_answers(model)
    yield boundary_holds()
    yield extension_loads()


def boundary_holds() -> Check:
    """Code can be tried inside a boundary: it runs, and the network is out of its reach."""
    from nbcodegen.trial import Trials
    from nbcodegen.trial.sample import take_sample

    remedy = "code is only checked, not tried; --trial unbounded tries it without a boundary"
    with Trials() as trials:
        inside, outside = trials.run(["1 + 1", "import socket; socket.socket()"], take_sample({}))
        if trials.refusal or not inside.ran:
            failure = inside.failure
            why = trials.refusal or (failure.message if failure else "")
            return Check("trials", False, f"no boundary: {why}", remedy)
        return Check("trials", not outside.ran, f"inside {trials.guard}", remedy)


def python_is_new_enough() -> Check:
    """Python 3.10 or newer."""
    return Check(
        "python",
        sys.version_info >= NEEDED_PYTHON,
        f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        "make an environment with Python 3.10 or newer and install nbcodegen there",
    )


def packages_are_installed() -> Iterator[Check]:
    """Every package that the installed distribution names as needed, one check each."""
    for requirement in metadata.requires("nbcodegen") or []:
        if "extra ==" in requirement:
            continue
        name = _name(requirement)
        try:
            yield Check(name, True, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name, False, "not installed", f"pip install '{requirement}'")


def model_opens() -> tuple[Model | None, Check]:
    """The embedded model's folder is whole and loads."""
    from nbcodegen.model import open_model

    start = time.perf_counter()
    try:
        model = open_model("embedded")
    except (GenerateError, ImportError) as error:
        remedy = "pip install --force-reinstall --no-deps nbcodegen"
        return None, Check("embedded model", False, str(error), remedy)
    seconds = time.perf_counter() - start
    says = f"{model.name}, {model.where}, prompt {model.template}, opened in {seconds:.2f} s"
    return model, Check("embedded model", True, says)


def model_answers(model: Model) -> Check:
    """One request over a small table comes back as code."""
    import pandas as pd

    from nbcodegen.pipeline import generate
    from nbcodegen.settings import Settings

    homes = pd.DataFrame({"city": ["Lima", "Quito", "Lima"], "price": [100, 120, 90]})
    try:
        answer = generate("average price by city", {"homes": homes}, model, Settings())
    except GenerateError as error:
        remedy = "run `nbcodegen ask` on a table of your own; report it if that fails too"
        return Check("one request", False, str(error), remedy)
    return Check("one request", True, f"answered in {answer.seconds:.2f} s")


def extension_loads() -> Check:
    """`%load_ext nbcodegen` in an IPython shell of its own, without touching its history."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    shell: Any = InteractiveShell  # IPython leaves it untyped
    shell = shell(config=Config({"HistoryManager": {"enabled": False}}))
    outcome = shell.extension_manager.load_extension("nbcodegen")
    ok = outcome is None and "generate" in shell.magics_manager.magics["cell"]
    if ok:
        shell.extension_manager.unload_extension("nbcodegen")
    return Check(
        "IPython extension",
        ok,
        "%%generate is there after %load_ext nbcodegen" if ok else f"does not load: {outcome}",
        "check that the notebook's kernel uses the environment that nbcodegen is installed in",
    )


def _name(requirement: str) -> str:
    """
    >>> _name("pandas>=2.2")
    'pandas'
    """
    import re

    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
