"""A real JupyterLab and a real Chromium, once for all browser tests."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from nbcodegen.training.bench.lab import (
    PATIENCE,
    Lab,
    MissingPart,
    chromium,
    run,
    running,
    wait_ready,
)

MUST = "NBCODEGEN_BROWSER_TESTS"
"""Set where these tests must run: there a missing part is a failure, not a skip."""
LOAD = "%load_ext nbcodegen"
HOMES = """import pandas as pd
homes = pd.DataFrame({
    "price": [310_000, 250_000, 180_000, 420_000, 390_000, 205_000] * 20,
    "neighborhood": ["Old Town", "Riverside", "Eastgate"] * 40,
    "bedrooms": [3, 2, 1, 4] * 30,
})"""

Notebook = Callable[..., Any]


def _entered(stack: ExitStack, part: Any) -> Any:
    try:
        return stack.enter_context(part)
    except MissingPart as error:
        if os.environ.get(MUST):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with ExitStack() as stack:
        yield _entered(stack, running(tmp_path_factory.mktemp("lab")))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with ExitStack() as stack:
        yield _entered(stack, chromium())


@pytest.fixture
def open_notebook(lab: Lab, browser: Any, request: Any) -> Iterator[Notebook]:
    """Open a notebook of these cells in a page of its own.

    A complaint of ours in the browser's console, or a request to any other host, fails the test.
    """
    contexts, complaints, foreign = [], [], []
    home = lab.url.partition("://")[2]

    def make(cells: list[str], *, name: str = "", kernel: str = "python3", **options: Any) -> Any:
        name = name or f"{re.sub(r'[^a-z0-9]+', '-', request.node.name.lower())}.ipynb"
        whole = {"viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(**whole)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
        page.on("request", lambda sent: foreign.append(sent.url) if _leaves(sent.url, home) else 0)
        page.goto(lab.notebook(name, cells, kernel))
        wait_ready(page)
        return page

    yield make
    for context in contexts:
        context.close()
    lab.end_kernels()
    ours = [each for each in complaints if "nbcodegen" in each.lower()]
    assert not ours, ours
    assert not foreign, foreign


def _leaves(url: str, home: str) -> bool:
    scheme, _, rest = url.partition("://")
    return scheme in ("http", "https", "ws", "wss") and rest.partition("/")[0] != home


@pytest.fixture
def shot(request: Any) -> Callable[[Any, str], None]:
    """Keep a picture of a page, where pictures are wanted."""
    folder = request.config.getoption("--shots")
    return lambda page, name: page.screenshot(path=folder / f"{name}.png") if folder else None


def expect(locator: Any) -> Any:
    """Playwright's own, loaded when a browser is there: whether it must be, `lab` decides."""
    from playwright.sync_api import expect as expected

    expected.set_options(timeout=PATIENCE)
    return expected(locator)


def opened(page: Any) -> Any:
    """The sidebar, opened by its command."""
    page.evaluate("() => window.jupyterapp.commands.execute('nbcodegen:open-panel')")
    panel = page.locator("#nbcodegen-panel")
    expect(panel).to_be_visible()
    return panel


def ready(page: Any) -> Any:
    """The sidebar of a notebook whose first cell loads us and whose second makes a table."""
    panel = opened(page)
    run(page, 0)
    expect(panel.locator(".jp-nbcodegen-body")).to_have_attribute("data-state", "ready")
    run(page, 1)
    expect(panel.get_by_role("list", name="Tables").get_by_text("homes")).to_be_visible()
    return panel


def generate(panel: Any, request: str) -> None:
    """Ask, and wait until the work is over."""
    panel.get_by_role("textbox", name="Request").fill(request)
    panel.get_by_role("button", name="Generate", exact=True).click()
    expect(panel.locator(".jp-nbcodegen-body")).to_have_attribute("data-working", "false")


def sources(page: Any) -> list[str]:
    """The notebook's cells, as its model has them."""
    return page.evaluate(
        """() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells
                 .map(cell => cell.source)"""
    )
