"""Real engines, real processes, tiny models; none outlives the test."""

from __future__ import annotations

import contextlib
import json
import os
import signal

import pytest
from tiny_causal import save_model


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A model's folder: Qwen2's layout, with a chat template."""
    return save_model(tmp_path_factory.mktemp("qwen2"), "qwen2")


@pytest.fixture(scope="module")
def engines_home(tmp_path_factory):
    """Where this module's engines are written down; they end with it."""
    path = tmp_path_factory.mktemp("home")
    yield path
    for told in path.glob("engines/*/*.json"):
        with contextlib.suppress(OSError):
            os.kill(json.loads(told.read_text())["pid"], signal.SIGKILL)


@pytest.fixture
def home(engines_home, monkeypatch):
    monkeypatch.setenv("NBCODEGEN_HOME", str(engines_home))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    return engines_home
