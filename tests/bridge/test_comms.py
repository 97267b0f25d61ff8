"""A real kernel, asked over a real comm as JupyterLab's sidebar asks."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator

import pytest
from jupyter_client.manager import start_new_kernel

PATIENCE = 120.0
SETUP = """
import pandas as pd
homes = pd.DataFrame({"price": [100.0, 250.0, 80.0] * 20, "area": ["A", "B", "C"] * 20})
%load_ext nbcodegen
"""


class Sidebar:
    """The other end of a comm: sends messages, and waits for what comes of them."""

    def __init__(self, client) -> None:
        self._client = client
        self.comm = uuid.uuid4().hex
        self.subshell = None

    def open(self, subshell=None):
        self.subshell = subshell
        self._send("comm_open", target_name="nbcodegen", data={"protocol": 1})
        return self.until("hello")

    def tell(self, **message) -> None:
        self._send("comm_msg", data=message)

    def close(self) -> None:
        self._send("comm_close", data={})

    def until(self, *kinds: str):
        """The next message of one of these kinds, over what else the kernel says."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            said = self._client.get_iopub_msg(timeout=PATIENCE)
            if said["msg_type"] == "comm_msg" and said["content"]["comm_id"] == self.comm:
                data = said["content"]["data"]
                if data["type"] in kinds:
                    return data
        raise AssertionError(f"no {kinds} came")

    def _send(self, kind: str, **content) -> None:
        message = self._client.session.msg(kind, {"comm_id": self.comm, **content})
        if self.subshell:
            message["header"]["subshell_id"] = self.subshell
        self._client.shell_channel.send(message)


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    manager, client = start_new_kernel(extra_arguments=["--HistoryManager.enabled=False"])
    reply = client.execute_interactive(SETUP, timeout=PATIENCE, output_hook=lambda message: None)
    assert reply["content"]["status"] == "ok"
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def sidebar(client) -> Iterator[Sidebar]:
    sidebar = Sidebar(client)
    assert sidebar.open()["protocol"] == 1
    yield sidebar
    sidebar.close()


def subshell(client) -> str:
    message = client.session.msg("create_subshell_request", {})
    client.control_channel.send(message)
    return client.get_control_msg(timeout=PATIENCE)["content"]["subshell_id"]


def test_tables_and_an_answer_that_ran_come_over_the_comm(sidebar):
    sidebar.tell(id="1", type="tables")
    assert sidebar.until("tables")["tables"] == [
        {"name": "homes", "rows": 60, "columns": 2, "frame": "pandas"}]  # fmt: skip
    sidebar.tell(id="2", type="generate", request="plot average price by area")
    card = sidebar.until("candidate", "error")
    assert card["tried"] and card["preview"]["picture"]
    assert 'groupby("area")' in card["code"]
    assert sidebar.until("done")["id"] == "2"


def test_the_user_s_names_stay_as_they_are(client, sidebar):
    sidebar.tell(id="1", type="generate", request="average price by area")
    sidebar.until("done")
    reply = client.execute_interactive(
        "assert list(homes.columns) == ['price', 'area'] and not get_ipython().user_ns.get('ax')",
        timeout=PATIENCE, output_hook=lambda message: None,
    )  # fmt: skip
    assert reply["content"]["status"] == "ok"


def test_it_answers_and_cancels_while_a_cell_runs(client):
    beside = Sidebar(client)
    beside.open(subshell(client))
    client.execute("import time\nfor _ in range(200): time.sleep(0.1)")
    beside.tell(id="1", type="tables")
    assert beside.until("tables")["id"] == "1"
    beside.tell(id="2", type="generate", request="average price by area")
    assert beside.until("done", "error")["type"] == "done"
    beside.tell(id="3", type="generate", request="median price by area")
    beside.tell(id="4", type="cancel", job="3")
    assert beside.until("done", "error")["id"] == "3"
    client.parent.interrupt_kernel()
    beside.close()


def test_two_sidebars_on_one_kernel_hear_only_their_own_answers(client, sidebar):
    other = Sidebar(client)
    other.open()
    other.tell(id="o", type="generate", request="average price by area")
    sidebar.tell(id="s", type="tables")
    assert sidebar.until("tables", "candidate", "done")["id"] == "s"
    other.tell(id="o2", type="tables")
    assert other.until("tables")["id"] == "o2"
    other.close()


def test_unloading_closes_the_comm_and_loading_opens_the_door_again(client):
    left = Sidebar(client)
    left.open()
    for code in ("%nbcodegen off", "%load_ext nbcodegen"):
        reply = client.execute_interactive(code, timeout=PATIENCE, output_hook=lambda message: None)
        assert reply["content"]["status"] == "ok"
    again = Sidebar(client)
    assert again.open()["type"] == "hello"
    again.close()
