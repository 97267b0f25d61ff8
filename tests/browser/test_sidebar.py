"""The sidebar in a real JupyterLab, as a person uses it."""

from __future__ import annotations

import pytest

from .conftest import expect, run, sources

pytestmark = pytest.mark.browser

LOAD = "%load_ext nbcodegen"
HOMES = """import pandas as pd
homes = pd.DataFrame({
    "price": [310_000, 250_000, 180_000, 420_000, 390_000, 205_000] * 20,
    "neighborhood": ["Old Town", "Riverside", "Eastgate"] * 40,
    "bedrooms": [3, 2, 1, 4] * 30,
})"""


def opened(page):
    page.evaluate("() => window.jupyterapp.commands.execute('nbcodegen:open-panel')")
    panel = page.locator("#nbcodegen-panel")
    expect(panel).to_be_visible()
    return panel


@pytest.fixture
def shot(request):
    """Keep a picture of a page, where pictures are wanted."""
    folder = request.config.getoption("--shots")
    return lambda page, name: page.screenshot(path=folder / f"{name}.png") if folder else None


def ready(page):
    """Both cells run, the panel open."""
    panel = opened(page)
    run(page, 0)
    expect(panel.locator(".jp-nbcodegen-body")).to_have_attribute("data-state", "ready")
    run(page, 1)
    expect(panel.get_by_role("list", name="Tables").get_by_text("homes")).to_be_visible()
    return panel


def generate(panel, request):
    panel.get_by_role("textbox", name="Request").fill(request)
    panel.get_by_role("button", name="Generate", exact=True).click()
    expect(panel.locator(".jp-nbcodegen-body")).to_have_attribute("data-working", "false")


def test_a_request_is_answered_previewed_inserted_run_and_undone(open_notebook, shot):
    page = open_notebook([LOAD, HOMES, "1 + 1"])
    panel = ready(page)
    shot(page, "tables")
    generate(panel, "plot average price by neighborhood")
    card = panel.get_by_role("article", name="Answer 1")
    expect(card.get_by_role("img", name="Preview: bar")).to_be_visible()
    shot(page, "answer")
    before = sources(page)
    card.get_by_role("button", name="Insert and run").click()
    expect(page.locator(".jp-OutputArea-output img").first).to_be_visible()
    assert len(sources(page)) == len(before) + 1
    assert "groupby" in sources(page)[2]
    shot(page, "inserted")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:undo-cell-action')")
    assert sources(page) == before
