"""A large model in a real kernel: seen while it writes, shared, interrupted, opened early."""

from __future__ import annotations

import os
import time

import pytest
from jupyter_client.manager import start_new_kernel

from nbcodegen.engine import places

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("home")]


class Notebook:
    """A kernel, and what running a cell in it sends."""

    def __init__(self, setup):
        self.manager, self.client = start_new_kernel(env=dict(os.environ))
        self.run(setup)

    def begin(self, cell):
        return self.client.execute(cell)

    def ended(self, asked, seconds=60):
        """Every output of the cell, to its end."""
        found = []
        while True:
            message = self.client.get_iopub_msg(timeout=seconds)
            if message["parent_header"].get("msg_id") != asked:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                self.client.get_shell_msg(timeout=seconds)
                return found
            found.append((kind, content))

    def run(self, cell):
        return self.ended(self.begin(cell))

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


SETUP = """
import pandas as pd
homes = pd.DataFrame({"price": [100.0, 250.0], "city": ["Lima", "Quito"]})
%load_ext nbcodegen
%config NBCodegen.trial = "off"
"""


@pytest.fixture
def notebook(home, folder):
    made = Notebook(SETUP)
    made.run(f"%nbcodegen model {folder}")
    yield made
    made.close()


def shown(outputs):
    return [
        content["data"]["text/plain"]
        for kind, content in outputs
        if kind in ("display_data", "update_display_data")
    ]


def test_what_the_model_writes_is_seen_as_it_comes_and_is_gone_when_it_will_not_do(notebook):
    notebook.run('%config NBCodegen.decoding = "tokens=400"')
    outputs = notebook.run("%%generate mean price by city")
    texts = [text for text in shown(outputs) if text.endswith("▌")]
    assert texts
    assert {kind for kind, _ in outputs} >= {"display_data", "update_display_data"}
    # Of random weights no code passes the checks.
    assert "▌" not in shown(outputs)[-1]


def test_an_interrupt_ends_the_cell_and_the_next_one_is_answered(notebook):
    notebook.run('%config NBCodegen.decoding = "tokens=5000, lookup=0"')
    asked = notebook.begin("%%generate mean price by city")
    while not any(text.endswith("▌") for text in shown([_next(notebook, asked)])):
        pass
    notebook.manager.interrupt_kernel()
    outputs = notebook.ended(asked)
    said = "".join(content.get("text", "") for kind, content in outputs if kind == "stream")
    assert "nothing was changed" in said
    notebook.run('%config NBCodegen.decoding = "tokens=20"')
    again = notebook.run("%%generate mean price by city")
    assert not [content for kind, content in again if kind == "error"]
    assert notebook.run("1 + 1")[-1][1]["data"]["text/plain"] == "2"


def _next(notebook, asked):
    while True:
        message = notebook.client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == asked:
            return message["msg_type"], message["content"]


def test_a_kernel_that_restarts_finds_the_model_open(notebook, folder):
    notebook.run("%%generate mean price by city")
    (before,) = places.every()
    notebook.manager.restart_kernel(now=True)
    notebook.client.wait_for_ready(timeout=60)
    notebook.run(SETUP)
    notebook.run(f"%nbcodegen model {folder}")
    notebook.run("%%generate mean price by city")
    (after,) = places.every()
    assert after.pid == before.pid


def test_a_model_that_is_configured_is_opened_before_it_is_asked(home, folder, monkeypatch):
    monkeypatch.setenv("NBCODEGEN_MODEL", str(folder))
    for place in list(places.every()):
        os.kill(place.pid, 9)
        places.remove(place.key, place.pid)
    made = Notebook(SETUP)
    end = time.monotonic() + 60
    while not list(places.every()) and time.monotonic() < end:
        time.sleep(0.1)
    made.close()
    assert list(places.every())


def test_explain_shows_what_the_model_says_and_inserts_nothing(notebook):
    notebook.run("homes.shape")
    notebook.run('%config NBCodegen.decoding = "tokens=30"')
    outputs = notebook.run("%explain what does it show?")
    assert shown(outputs)
    assert not [content for kind, content in outputs if kind == "error"]
