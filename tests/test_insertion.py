"""Where code goes, with real shells, a real kernel and a real notebook runner."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from IPython.terminal.interactiveshell import TerminalInteractiveShell
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

from nbcodegen.notebook.insertion import NEXT_PROMPT, OUTPUT, insert

WAIT = 120
CODE = 'homes.groupby("city")["price"].mean()'
WRITTEN = CODE + "\n"
"""Models end their code with a line end; cells do not."""
SETUP = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import pandas as pd
from fakes import ScriptedModel
homes = pd.DataFrame({{"city": ["Lima", "Quito"], "price": [100, 120]}})
%load_ext nbcodegen
_model = ScriptedModel()
get_ipython().magics_manager.registry["NBCodegen"].session.models["embedded"] = _model
_model.enqueue({WRITTEN!r})
"""


@dataclass
class Reply:
    """What the front end gets for one cell."""

    content: dict
    messages: list

    @property
    def inserted(self):
        payload = self.content.get("payload", [])
        return [each["text"] for each in payload if each["source"] == "set_next_input"]

    @property
    def shown(self):
        return [each["content"]["data"] for each in self.messages if _is_output(each)]


def _is_output(message):
    return message["msg_type"] in {"display_data", "execute_result"}


class Kernel:
    """A running kernel, spoken to as a front end does."""

    def __init__(self, manager, client):
        self.manager = manager
        self.client = client

    def send(self, code, metadata=None, *, allow_stdin=False):
        content = {
            "code": code, "silent": False, "store_history": True, "user_expressions": {},
            "allow_stdin": allow_stdin, "stop_on_error": True,
        }  # fmt: skip
        message = self.client.session.msg("execute_request", content, metadata=metadata)
        self.client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def run(self, code, metadata=None, *, allow_stdin=False):
        return self.reply(self.send(code, metadata, allow_stdin=allow_stdin))

    def reply(self, sent):
        messages = list(self.messages(sent))
        while True:
            reply = self.client.get_shell_msg(timeout=WAIT)
            if reply["parent_header"].get("msg_id") == sent:
                return Reply(reply["content"], messages)

    def messages(self, sent):
        while True:
            message = self.client.get_iopub_msg(timeout=WAIT)
            if message["parent_header"].get("msg_id") != sent:
                continue
            yield message
            if message["content"].get("execution_state") == "idle":
                return


@pytest.fixture(scope="module")
def running():
    manager, client = start_new_kernel(startup_timeout=WAIT)
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(running):
    assert running.run(SETUP.replace("%load_ext", "%reload_ext")).content["status"] == "ok"
    return running


def test_a_notebook_editor_gets_the_code_as_its_next_cell(kernel):
    reply = kernel.run("%%generate mean price by city", {"cellId": "a1"}, allow_stdin=True)
    assert reply.inserted == [CODE]
    assert len(reply.shown) == 1
    assert "inserted in the cell below" in reply.shown[0]["text/plain"]
    assert set(reply.shown[0]) == {"text/plain", "text/html"}


def test_a_program_that_runs_notebooks_gets_the_code_as_output(kernel):
    reply = kernel.run("%%generate mean price by city")
    assert reply.inserted == []
    assert "shown below" in reply.shown[0]["text/plain"]
    assert reply.shown[1] == {"text/plain": CODE, "text/markdown": f"```python\n{CODE}\n```\n"}


def test_a_front_end_we_do_not_know_gets_both(kernel):
    reply = kernel.run("%%generate mean price by city", allow_stdin=True)
    assert reply.inserted == [CODE]
    assert reply.shown[1]["text/plain"] == CODE


def test_nothing_is_inserted_when_the_request_fails(kernel):
    reply = kernel.run("%%generate mean of `prise`", {"cellId": "a1"}, allow_stdin=True)
    assert reply.content["status"] == "error"
    assert reply.content["ename"] == "UsageError"
    assert reply.inserted == []


def test_code_is_run_in_the_kernel_on_demand(kernel):
    reply = kernel.run("%%generate --run mean price by city", {"cellId": "a1"})
    assert reply.inserted == [CODE]
    assert any("Quito" in data["text/plain"] for data in reply.shown[1:])


def test_the_stop_button_leaves_a_healthy_kernel_and_an_untouched_namespace(kernel):
    kernel.run(
        f"_model.enqueue({CODE!r}); _model.pause = {WAIT}\n"
        "_model.working = lambda: print('working', flush=True)\n"
        "_before = set(dir())"
    )
    sent = kernel.send("%%generate mean price by city", {"cellId": "a1"}, allow_stdin=True)
    next(each for each in kernel.messages(sent) if "working" in each["content"].get("text", ""))
    kernel.manager.interrupt_kernel()
    stopped = kernel.reply(sent)
    assert (stopped.content["ename"], stopped.inserted) == ("UsageError", [])
    assert "Stopped" in stopped.content["evalue"]
    kernel.run("_model.pause = 0; _new = {n for n in dir() if not n.startswith('_')} - _before")
    assert kernel.run("_new").shown[0]["text/plain"] == "set()"
    assert kernel.run("%%generate mean price by city", {"cellId": "a1"}).inserted == [CODE]


def test_a_notebook_executed_by_nbclient_keeps_the_code_in_its_output():
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(SETUP),
            nbformat.v4.new_code_cell("%%generate mean price by city"),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    NotebookClient(notebook, timeout=WAIT).execute()
    assert len(notebook.cells) == 2
    result, code = notebook.cells[1].outputs
    assert "nbcodegen-result" in result["data"]["text/html"]
    assert code["data"]["text/plain"] == CODE
    assert code["data"]["text/markdown"].startswith("```python\n")


@pytest.mark.parametrize(("simple", "place"), [(False, NEXT_PROMPT), (True, OUTPUT)])
def test_a_terminal_fills_its_next_prompt_where_it_can(new_shell, simple, place):
    shell = new_shell(kind=TerminalInteractiveShell)
    shell.simple_prompt = simple
    assert insert(shell, CODE) == place
    assert shell.rl_next_input == (None if simple else CODE)


def test_the_kernel_of_these_tests_is_this_python(running):
    reply = running.run("import sys; sys.executable")
    assert reply.shown[0]["text/plain"] == repr(sys.executable)
