"""The sidebar's states: each has its own face, and none loses what was typed."""

from __future__ import annotations

import json
import sys

import pytest

from nbcodegen.training.bench.lab import begin, run, wait_ready

from .conftest import HOMES, LOAD, expect, generate, opened, ready, sources

pytestmark = pytest.mark.browser

BODY = ".jp-nbcodegen-body"


def state(panel, name):
    expect(panel.locator(BODY)).to_have_attribute("data-state", name)


def box(panel):
    return panel.get_by_role("textbox", name="Request")


def test_one_button_loads_the_extension(open_notebook, shot):
    page = open_notebook([HOMES])
    panel = opened(page)
    run(page, 0)
    state(panel, "not-loaded")
    shot(page, "not-loaded")
    box(panel).fill("average price")
    panel.get_by_role("button", name="Load nbcodegen in this kernel").click()
    state(panel, "ready")
    expect(panel.get_by_role("list", name="Tables").get_by_text("homes")).to_be_visible()
    assert box(panel).input_value() == "average price"
    assert sources(page) == [HOMES]


def test_a_cancelled_request_ends_at_once_and_shows_nothing(open_notebook):
    page = open_notebook([LOAD, HOMES])
    panel = ready(page)
    box(panel).fill("plot average price by neighborhood")
    box(panel).press("Control+Enter")
    box(panel).press("Escape")
    expect(panel.locator(BODY)).to_have_attribute("data-working", "false")
    page.wait_for_timeout(2500)
    expect(panel.get_by_role("article")).to_have_count(0)
    generate(panel, "average price by neighborhood")
    expect(panel.get_by_role("article", name="Answer 1")).to_be_visible()


def test_tables_and_answers_come_beside_a_running_cell(open_notebook, shot):
    page = open_notebook([LOAD, HOMES, "import time; time.sleep(40)"])
    panel = ready(page)
    begin(page, 2)
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status == 'busy'"
    )
    panel.get_by_role("button", name="homes").click()
    expect(panel.get_by_role("button", name="neighborhood")).to_be_visible()
    generate(panel, "average price by neighborhood")
    expect(panel.get_by_role("article", name="Answer 1")).to_be_visible()
    assert page.locator(".jp-InputPrompt").nth(2).inner_text() == "[*]:"
    shot(page, "busy")


def test_a_restarted_kernel_keeps_the_request_and_loads_again(open_notebook):
    page = open_notebook([LOAD, HOMES])
    panel = ready(page)
    box(panel).fill("average price by neighborhood")
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    state(panel, "not-loaded")
    assert box(panel).input_value() == "average price by neighborhood"
    panel.get_by_role("button", name="Load nbcodegen in this kernel").click()
    state(panel, "ready")
    run(page, 1)
    panel.get_by_role("button", name="Generate", exact=True).click()
    expect(panel.get_by_role("article", name="Answer 1")).to_be_visible()


def test_a_kernel_that_dies_in_the_middle_of_a_request_leaves_it_there(open_notebook):
    page = open_notebook([LOAD, HOMES, "import os; os._exit(1)"])
    panel = ready(page)
    box(panel).fill("plot average price by neighborhood")
    box(panel).press("Control+Enter")
    begin(page, 2)
    state(panel, "not-loaded")
    expect(panel.locator(BODY)).to_have_attribute("data-working", "false")
    assert box(panel).input_value() == "plot average price by neighborhood"


def test_a_reloaded_page_finds_the_kernel_and_what_was_typed(open_notebook):
    page = open_notebook([LOAD, HOMES])
    panel = ready(page)
    with page.expect_response(lambda reply: "average price by" in str(reply.request.post_data)):
        box(panel).fill("average price by neighborhood")  # JupyterLab writes its state down
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.reload()
    wait_ready(page)
    panel = opened(page)
    state(panel, "ready")
    expect(box(panel)).to_have_value("average price by neighborhood")
    expect(panel.get_by_role("list", name="Tables").get_by_text("homes")).to_be_visible()


def test_two_notebooks_have_tables_and_requests_of_their_own(open_notebook):
    page = open_notebook([LOAD, HOMES], name="first.ipynb")
    panel = ready(page)
    box(panel).fill("in the first")
    page.evaluate("""async () => {
      const { commands, shell } = window.jupyterapp;
      await commands.execute('notebook:create-new', { kernelName: 'python3' });
    }""")
    wait_ready(page)
    state(panel, "not-loaded")
    assert box(panel).input_value() == ""
    page.evaluate(
        "() => window.jupyterapp.commands.execute('docmanager:open', { path: 'first.ipynb' })"
    )
    state(panel, "ready")
    expect(box(panel)).to_have_value("in the first")


def test_a_table_that_is_renamed_or_gone_leaves_the_list(open_notebook):
    page = open_notebook([LOAD, HOMES, "flats = homes; del homes", "del flats"])
    panel = ready(page)
    panel.get_by_role("button", name="homes").click()
    box(panel).fill("average price")
    run(page, 2)
    tables = panel.get_by_role("list", name="Tables")
    expect(tables.get_by_text("flats")).to_be_visible()
    expect(tables.get_by_text("homes")).to_have_count(0)
    run(page, 3)
    expect(panel.get_by_text("No table yet.")).to_be_visible()
    assert box(panel).input_value() == "average price"


def test_two_tabs_on_one_notebook_both_answer(open_notebook):
    cells = [LOAD, HOMES]
    first = open_notebook(cells, name="shared.ipynb")
    ready(first)
    second = open_notebook(cells, name="shared.ipynb")
    panel = opened(second)
    state(panel, "ready")
    for page in (second, first):
        panel = page.locator("#nbcodegen-panel")
        generate(panel, "average price by neighborhood")
        expect(panel.get_by_role("article", name="Answer 1")).to_be_visible()
    assert all("groupby" not in source for source in sources(second))


def test_without_a_notebook_it_says_what_to_open(open_notebook):
    page = open_notebook([LOAD])
    panel = opened(page)
    page.evaluate("() => { void window.jupyterapp.commands.execute('application:close-all'); }")
    discard = page.get_by_role("button", name="Discard changes to file")
    face = panel.get_by_text("Open a notebook to ask about its tables.")
    expect(discard.or_(face)).to_be_visible()
    if discard.is_visible():
        discard.click()
    expect(face).to_be_visible()


HOSTILE = """import pandas as pd
bad = pd.DataFrame({
    '<img src=x onerror="window.hacked = 1">': ['<script>window.hacked = 2</script>', 'b'] * 30,
    'quote " and \\' and `': range(60),
    'two\\nlines': range(60),
    '\u202eright to left': range(60),
    '<b>bold</b>': ['<img src=x onerror="window.hacked = 3">', '&lt;'] * 30,
})"""


def test_hostile_names_and_cells_are_shown_as_text(open_notebook, shot):
    page = open_notebook([LOAD, HOSTILE])
    panel = opened(page)
    run(page, 0)
    run(page, 1)
    panel.get_by_role("button", name="bad").click()
    expect(panel.get_by_text('<img src=x onerror="window.hacked = 1">').first).to_be_visible()
    for request in ("show all rows", "count by <b>bold</b>", "bar chart of counts by <b>bold</b>"):
        generate(panel, request)
    shot(page, "hostile")
    assert page.evaluate("() => window.hacked") is None
    assert panel.locator("b, script, img:not(.jp-nbcodegen-picture)").count() == 0


def test_an_unknown_name_says_so_and_keeps_the_request(open_notebook, shot):
    page = open_notebook([LOAD, HOMES])
    panel = ready(page)
    generate(panel, "average `prize` by neighborhood")
    expect(panel.get_by_role("alert")).to_contain_text("'price'")
    assert box(panel).input_value() == "average `prize` by neighborhood"
    shot(page, "unknown")


def test_a_server_that_does_not_answer_says_so_and_the_model_stays(open_notebook, shot):
    page = open_notebook([LOAD, HOMES])
    panel = ready(page)
    panel.get_by_text("opens with the first request").click()
    address = panel.get_by_role(
        "textbox", name="Or a folder, a model of the hub, the address of a server"
    )
    address.fill("http://127.0.0.1:9/v1")
    address.press("Enter")
    expect(panel.get_by_role("alert")).to_contain_text("Nothing answers at http://127.0.0.1:9/v1")
    shot(page, "server")
    generate(panel, "average price by neighborhood")
    expect(panel.get_by_role("article", name="Answer 1")).to_be_visible()


def kernel(folder, name, argv, **spec):
    home = folder / "kernels" / name
    home.mkdir(parents=True)
    text = {"argv": argv, "display_name": name, "language": "python"} | spec
    (home / "kernel.json").write_text(json.dumps(text))


def test_a_kernel_without_the_package_says_how_to_install_it(open_notebook, lab, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'nbcodegen':\n"
        "            raise ModuleNotFoundError(\"No module named 'nbcodegen'\", name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
    )
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel(lab.root / "data", "bare", argv, env={"PYTHONPATH": str(tmp_path)})
    page = open_notebook(["1 + 1"], kernel="bare")
    panel = opened(page)
    state(panel, "not-loaded")
    panel.get_by_role("button", name="Load nbcodegen in this kernel").click()
    state(panel, "not-installed")
    expect(panel.get_by_text("%pip install nbcodegen")).to_be_visible()


def test_a_kernel_of_another_language_has_a_face_of_its_own(open_notebook, lab, tmp_path):
    program = tmp_path / "lisp.py"
    program.write_text(
        "from ipykernel.kernelapp import IPKernelApp\n"
        "from ipykernel.kernelbase import Kernel\n"
        "class Lisp(Kernel):\n"
        "    implementation, implementation_version, banner = 'lisp', '1', 'lisp'\n"
        "    language_info = {'name': 'lisp', 'mimetype': 'text/plain', 'file_extension': '.l'}\n"
        "    async def do_execute(self, code, silent, **rest):\n"
        "        return {'status': 'ok', 'execution_count': self.execution_count,\n"
        "                'payload': [], 'user_expressions': {}}\n"
        "IPKernelApp.launch_instance(kernel_class=Lisp)\n"
    )
    argv = [sys.executable, str(program), "-f", "{connection_file}"]
    kernel(lab.root / "data", "lisp", argv, language="lisp")
    page = open_notebook(["(+ 1 1)"], kernel="lisp")
    state(opened(page), "not-python")
