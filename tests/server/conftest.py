"""A server for each test."""

from __future__ import annotations

import pytest
from speaking_server import Server


@pytest.fixture
def server(monkeypatch):
    monkeypatch.delenv("NBCODEGEN_API_KEY", raising=False)
    made = Server()
    yield made
    made.speaks.set()
    made.http.shutdown()
    made.http.server_close()
