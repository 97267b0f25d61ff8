"""What attacks need: trials, a secret that no trial may learn, and targets of their own."""

from __future__ import annotations

import ctypes
import secrets
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psutil
import pytest
from attacks.targets import Targets, fill, has_ipv6, processes

from nbcodegen.boundary import support
from nbcodegen.trial import Trials
from nbcodegen.trial.sample import take_sample

PATIENCE = 0.6
"""Seconds; enough for a plain program on a busy machine."""
BECOME_SUBREAPER = 36
"""What Linux calls it, for `prctl`."""


@pytest.fixture(scope="module")
def secret() -> Iterator[str]:
    """A text in the environment of this process, before any zygote starts."""
    if support().missing:
        pytest.skip(support().missing)
    with pytest.MonkeyPatch.context() as patch:
        text = f"swordfish-{secrets.token_hex(8)}"
        patch.setenv("ATTACKED", text)
        yield text


@pytest.fixture(scope="module")
def trials(secret: str) -> Iterator[Trials]:
    with Trials() as trials:
        yield trials


@pytest.fixture(scope="module")
def impatient(secret: str) -> Iterator[Trials]:
    """Trials that give a program less than a second."""
    with Trials(seconds=PATIENCE) as trials:
        yield trials


@pytest.fixture(scope="module")
def orphans_seen() -> Iterator[None]:
    """Whatever is left by a process that we started becomes a child of ours."""
    library = ctypes.CDLL(None)
    library.prctl(BECOME_SUBREAPER, 1)
    yield
    library.prctl(BECOME_SUBREAPER, 0)


@pytest.fixture
def zygotes(trials: Trials, impatient: Trials, orphans_seen: None) -> dict[int, str]:
    """The processes that are there while nothing is tried."""
    for each in (trials, impatient):
        if each.process is None:
            each.run(["1"], take_sample({}))
    ending = {
        child.pid
        for each in (trials, impatient)
        for child in psutil.Process(each.process).children()
    }
    return {pid: name for pid, name in processes().items() if pid not in ending}


@pytest.fixture(scope="module")
def belongings(tmp_path_factory: pytest.TempPathFactory, secret: str) -> Path:
    """Files of a user's, to be copied for each attack."""
    folder = tmp_path_factory.mktemp("belongings")
    fill(folder, secret)
    return folder


@pytest.fixture
def targets(tmp_path: Path, belongings: Path) -> Iterator[Targets]:
    with Targets(tmp_path, belongings) as targets:
        yield targets


@pytest.fixture
def homes() -> pd.DataFrame:
    return pd.DataFrame({"city": ["Lima", "Quito", "Lima"], "price": [100, 120, 90]})


@pytest.fixture(scope="session")
def ipv6() -> bool:
    return has_ipv6()
