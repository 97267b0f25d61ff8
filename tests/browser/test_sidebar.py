"""The sidebar in a real JupyterLab, as a person uses it."""

from __future__ import annotations

import pytest

from .conftest import HOMES, LOAD, expect, generate, ready, sources

pytestmark = pytest.mark.browser


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
