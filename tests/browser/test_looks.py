"""How the sidebar looks and how it is reached: themes, widths, keys, languages, screen readers."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nbcodegen.training.bench.lab import PATIENCE, run

from .conftest import HOMES, LOAD, expect, generate, opened, ready, sources

pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")
OPEN_WIDE = """width => {
  const split = window.jupyterapp.shell._hsplitPanel, all = window.innerWidth;
  split.setRelativeSizes([0, all - width, width]);
}"""
SETTLED = """() => new Promise(done => setTimeout(done, 500)).then(
  () => Promise.allSettled(document.getAnimations().map(each => each.finished))
).then(() => true)"""
THEME = "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"


def answered(page):
    panel = ready(page)
    panel.get_by_role("button", name="homes").click()
    generate(panel, "plot average price by neighborhood")
    return panel


def findings(page):
    """What axe-core holds against the panel."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context="#nbcodegen-panel").response["violations"]
    return [
        (each["id"], each["impact"], [node["html"] for node in each["nodes"]][:2])
        for each in found
        if each["impact"] in SERIOUS
    ]


@pytest.mark.parametrize(
    "theme", ["JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast"]
)
def test_a_screen_reader_finds_its_way_in_every_theme(open_notebook, shot, theme):
    page = open_notebook([LOAD, HOMES])
    page.evaluate(THEME, theme)
    answered(page)
    page.evaluate(SETTLED)  # colours change slowly
    shot(page, theme.removeprefix("JupyterLab ").replace(" ", "-").lower())
    found = findings(page)
    page.evaluate(THEME, "JupyterLab Light")  # a setting, and so of all tests
    assert found == []


@pytest.mark.parametrize("width", [250, 420])
def test_nothing_sticks_out_of_a_narrow_panel(open_notebook, shot, width):
    page = open_notebook([LOAD, HOMES])
    panel = answered(page)
    page.evaluate(OPEN_WIDE, width)
    body = panel.locator(".jp-nbcodegen-body")
    page.wait_for_function(
        "wide => document.querySelector('#nbcodegen-panel').clientWidth <= wide", arg=width
    )
    page.evaluate(SETTLED)
    shot(page, f"width-{width}")
    wide, inside = body.evaluate("each => [each.scrollWidth, each.clientWidth]")
    assert wide <= inside + 1
    for name in ("Insert", "Insert and run", "Copy", "Follow up"):
        expect(panel.get_by_role("button", name=name, exact=True).first).to_be_visible()


def test_at_twice_the_size_everything_is_still_there(open_notebook, shot):
    half = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
    page = open_notebook([LOAD, HOMES], **half)
    panel = answered(page)
    shot(page, "zoomed")
    for name in ("Insert", "Insert and run", "Copy", "Follow up"):
        button = panel.get_by_role("button", name=name, exact=True).first
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport()


def test_a_preview_is_enlarged(open_notebook, shot):
    page = open_notebook([LOAD, HOMES])
    panel = answered(page)
    panel.get_by_role("button", name="Enlarge the preview").first.click()
    picture = page.get_by_role("dialog").get_by_role("img", name="Preview: bar")
    expect(picture).to_be_visible()
    shot(page, "enlarged")
    page.get_by_role("button", name="Close").click()
    expect(picture).to_have_count(0)


@pytest.fixture
def on_the_left(lab):
    """JupyterLab of a user who wants the sidebar on the other side."""
    setting = lab.settings("nbcodegen:plugin", '{"position": "left"}')
    yield
    setting.unlink()


def test_it_stands_on_the_side_that_the_user_set(open_notebook, on_the_left):
    panel = ready(open_notebook([LOAD, HOMES]))
    generate(panel, "average price by neighborhood")
    expect(panel.get_by_role("article", name="Answer 1")).to_be_visible()
    assert panel.evaluate("each => !!each.closest('#jp-left-stack')")


def test_the_keyboard_alone_asks_inserts_and_recalls(open_notebook):
    page = open_notebook([LOAD, HOMES])
    panel = ready(page)
    page.keyboard.press("Control+Alt+g")
    box = panel.get_by_role("textbox", name="Request")
    expect(box).to_be_focused()
    page.keyboard.type("average price by neighborhood")
    page.keyboard.press("Control+Enter")
    insert = panel.get_by_role("button", name="Insert", exact=True).first
    expect(insert).to_be_visible()
    insert.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".jp-Notebook .jp-CodeCell")).to_have_count(3)
    assert any("groupby" in source for source in sources(page))
    box.fill("")
    box.press("ArrowUp")
    expect(box).to_have_value("average price by neighborhood")


def test_names_are_completed_and_put_in(open_notebook, shot):
    page = open_notebook([LOAD, HOMES])
    panel = ready(page)
    box = panel.get_by_role("textbox", name="Request")
    box.click()
    box.press_sequentially("histogram of pri")
    expect(panel.get_by_role("option", name="price")).to_be_visible()
    shot(page, "completion")
    box.press("Tab")
    expect(box).to_have_value("histogram of price ")
    panel.get_by_role("button", name="homes").click()
    panel.get_by_role("button", name="bedrooms").click()
    expect(box).to_have_value("histogram of price bedrooms ")


def test_an_answer_is_followed_up(open_notebook):
    page = open_notebook([LOAD, HOMES])
    panel = answered(page)
    panel.get_by_role("button", name="Follow up").first.click()
    generate(panel, "make it horizontal")
    expect(panel.get_by_role("article", name="Answer 1")).to_contain_text("barh")


def test_a_table_that_is_ticked_off_is_not_told(open_notebook):
    page = open_notebook([LOAD, HOMES, "secret = homes.rename(columns={'price': 'salary'})"])
    panel = ready(page)
    run(page, 2)
    panel.get_by_role("checkbox", name="Use secret").uncheck()
    panel.get_by_role("textbox", name="Request").fill("average price")
    panel.get_by_role("button", name="Show the exact prompt").click()
    told = panel.locator(".jp-nbcodegen-prompt pre")
    expect(told).to_contain_text("table homes")
    assert "secret" not in told.inner_text() and "salary" not in told.inner_text()


WIDE = """import numpy as np, pandas as pd
wide = pd.DataFrame(np.zeros((5, 10_000)), columns=[f"c{n}" for n in range(10_000)])"""


def test_ten_thousand_columns_come_in_pages_and_are_searched(open_notebook):
    page = open_notebook([LOAD, WIDE])
    panel = opened(page)
    run(page, 0)
    run(page, 1)
    panel.get_by_role("button", name="wide").click()
    expect(panel.get_by_title("Put c0 into the request")).to_be_visible()
    assert panel.locator(".jp-nbcodegen-column").count() <= 200
    panel.get_by_role("searchbox", name="Search columns of wide").fill("c9999")
    expect(panel.locator(".jp-nbcodegen-column")).to_have_count(1)
    expect(panel.get_by_title("Put c9999 into the request")).to_be_visible()


def test_inserted_cells_say_where_they_come_from_and_the_file_holds_nothing_else(open_notebook):
    page = open_notebook([LOAD, HOMES])
    panel = answered(page)
    panel.get_by_role("button", name="Insert", exact=True).first.click()
    cell, notebook = page.evaluate(
        """() => {
          const model = window.jupyterapp.shell.currentWidget.content.model.sharedModel;
          return [model.cells[2].toJSON(), model.toJSON().metadata];
        }"""
    )
    told = cell["metadata"]["nbcodegen"]
    assert told["request"] == "plot average price by neighborhood"
    assert set(told) == {
        "request", "model", "revision", "template", "version", "date", "checks",
    }  # fmt: skip
    assert set(notebook) <= {"kernelspec", "language_info"}


@pytest.mark.parametrize("wanted", [True, False])
def test_an_inserted_cell_has_a_mark_unless_the_user_wants_none(open_notebook, lab, shot, wanted):
    setting = lab.settings("nbcodegen:plugin", f'{{"mark": {str(wanted).lower()}}}')
    page = open_notebook([LOAD, HOMES])
    panel = answered(page)
    panel.get_by_role("button", name="Insert", exact=True).first.click()
    expect(page.locator(".jp-Notebook .jp-CodeCell")).to_have_count(3)
    expect(page.locator(".jp-nbcodegen-made")).to_have_count(int(wanted))
    shot(page, "mark" if wanted else "no-mark")
    setting.unlink()


@pytest.fixture
def spanish(lab):
    """JupyterLab in Spanish, as its own setting has it."""
    setting = lab.settings("@jupyterlab/translation-extension:plugin", '{"locale": "es_ES"}')
    yield
    setting.unlink()


def test_it_speaks_spanish_where_jupyterlab_does(open_notebook, spanish, shot):
    page = open_notebook([LOAD, HOMES])
    page.evaluate("() => window.jupyterapp.commands.execute('nbcodegen:open-panel')")
    panel = page.locator("#nbcodegen-panel")
    run(page, 0)
    run(page, 1)
    shot(page, "spanish")
    panel.get_by_role("textbox", name="Petición").fill("precio medio por neighborhood")
    panel.get_by_role("button", name="Generar").click()
    expect(panel.get_by_role("article", name="Respuesta 1")).to_be_visible()
    expect(panel.get_by_role("button", name="Insertar y ejecutar").first).to_be_visible()
    shot(page, "spanish")


@pytest.fixture
def opinionated(lab):
    """JupyterLab of a user who wants opinions to be kept."""
    setting = lab.settings("nbcodegen:plugin", '{"feedback": true}')
    yield
    setting.unlink()


def test_opinions_are_kept_only_where_the_user_wants_it(open_notebook, lab, opinionated, shot):
    home = f"import os; os.environ['NBCODEGEN_HOME'] = {str(lab.root / 'home')!r}\n{LOAD}"
    page = open_notebook([home, HOMES])
    panel = answered(page)
    panel.get_by_role("button", name="A good answer").first.click()
    expect(panel.get_by_text("Kept in").first).to_be_visible()
    shot(page, "feedback")
    (kept,) = (lab.root / "home" / "feedback").glob("*.ipynb")
    assert "plot average price by neighborhood" in kept.read_text(encoding="utf-8")


def test_without_that_setting_nothing_is_asked_or_kept(open_notebook):
    panel = answered(open_notebook([LOAD, HOMES]))
    expect(panel.get_by_role("button", name="A good answer")).to_have_count(0)


def found(folder: Path, pattern: str) -> Path:
    """The one file of a folder, once the kernel has written it."""
    end = time.monotonic() + PATIENCE / 1000
    while not (files := list(folder.glob(pattern))) and time.monotonic() < end:
        time.sleep(0.05)
    (file,) = files
    return file


def test_a_cell_that_was_mended_by_hand_is_kept_too(open_notebook, lab, opinionated):
    home = f"import os; os.environ['NBCODEGEN_HOME'] = {str(lab.root / 'mended')!r}\n{LOAD}"
    page = open_notebook([home, HOMES])
    panel = answered(page)
    panel.get_by_role("button", name="Insert", exact=True).first.click()
    page.evaluate(
        """() => {
          const cell = window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells[2];
          cell.setSource('homes.price.median()');
        }"""
    )
    run(page, 1)
    page.wait_for_timeout(1000)
    assert not (lab.root / "mended").exists()  # another cell ran, and not the mended one
    run(page, 2)
    kept = found(lab.root / "mended" / "feedback", "*.ipynb")
    assert "homes.price.median()" in kept.read_text(encoding="utf-8")
