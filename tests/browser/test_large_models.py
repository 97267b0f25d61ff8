"""A model that takes its time, in the sidebar: it is watched while it opens and while it writes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from speaking_server import Server
from tiny_causal import save_model

from nbcodegen.training.bench.lab import PATIENCE, run

from .conftest import HOMES, LOAD, expect, opened

pytestmark = pytest.mark.browser

BODY = ".jp-nbcodegen-body"
THEME = "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"
ANSWER = """```python
prices = homes.groupby("neighborhood")["price"].mean().sort_values()
ax = prices.plot.barh()
ax.set_xlabel("average price")
ax.set_ylabel("neighborhood")
ax.set_title("Average price by neighborhood")
```"""


@pytest.fixture
def slow_server():
    made = Server()
    made.pause = 0.1
    made.enqueue(ANSWER)
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def engine_home(tmp_path):
    """Where the engine of this test is written down; it ends with it."""
    yield tmp_path / "home"
    env = {**os.environ, "NBCODEGEN_HOME": str(tmp_path / "home")}
    command = Path(sys.executable).with_name("nbcodegen")
    subprocess.run([str(command), "engine", "stop"], env=env, check=True)


def ask(panel, request):
    panel.get_by_role("textbox", name="Request").fill(request)
    panel.get_by_role("button", name="Generate", exact=True).click()


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_code_is_seen_while_it_is_written(open_notebook, slow_server, shot, theme):
    page = open_notebook([LOAD, HOMES, f"%nbcodegen model {slow_server.base}"])
    page.evaluate(THEME, f"JupyterLab {theme}")
    panel = opened(page)
    for place in range(3):
        run(page, place)
    expect(panel.locator("summary", has_text=slow_server.base)).to_be_visible()
    ask(panel, "plot average price by neighborhood")
    draft = panel.get_by_label("Code, while it is written")
    expect(draft).to_contain_text("barh", timeout=PATIENCE)
    shot(page, f"writing-{theme.lower()}")
    expect(panel.get_by_role("article", name="Answer 1")).to_be_visible()
    expect(draft).to_have_count(0)
    notice = panel.get_by_text("is sent your request")
    expect(notice).to_be_visible()
    shot(page, f"written-{theme.lower()}")
    page.evaluate("source => window.jupyterapp.shell.currentWidget.content.model.sharedModel"
                  ".cells[2].setSource(source)", "%nbcodegen model embedded")  # fmt: skip
    run(page, 2)
    expect(notice).to_have_count(0)
    page.evaluate(THEME, "JupyterLab Light")


def test_a_model_of_this_machine_is_seen_to_open(open_notebook, engine_home, tmp_path, shot):
    folder = save_model(tmp_path / "model")
    home = f"import os; os.environ['NBCODEGEN_HOME'] = {str(engine_home)!r}"
    page = open_notebook([f"{home}\n{LOAD}", HOMES, f"%nbcodegen model {folder}"])
    panel = opened(page)
    for place in range(3):
        run(page, place)
    ask(panel, "average price by neighborhood")
    expect(panel.get_by_text("The model is opening")).to_be_visible()
    shot(page, "opening")
    expect(panel.get_by_label("Code, while it is written")).to_be_visible()
    panel.get_by_role("button", name="Stop").click()
    expect(panel.locator(BODY)).to_have_attribute("data-working", "false")
    expect(panel.get_by_label("Code, while it is written")).to_have_count(0)
