"""A real JupyterLab and a real Chromium, once for all browser tests."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
MUST = "NBCODEGEN_BROWSER_TESTS"
"""Set where these tests must run: there a missing part is a failure, not a skip."""
PATIENCE = 60_000
READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget, context = panel?.sessionContext;
  const kernel = context?.session?.kernel;
  return !!(kernel && context.isReady && panel.content?.widgets?.length
    && kernel.connectionStatus === 'connected' && kernel.status === 'idle');
}"""
QUIET = '{"fetchNews": "false", "checkForUpdates": false}'

LOAD = "%load_ext nbcodegen"
HOMES = """import pandas as pd
homes = pd.DataFrame({
    "price": [310_000, 250_000, 180_000, 420_000, 390_000, 205_000] * 20,
    "neighborhood": ["Old Town", "Riverside", "Eastgate"] * 40,
    "bedrooms": [3, 2, 1, 4] * 30,
})"""

Notebook = Callable[..., Any]


def missing(what: str) -> None:
    """A part is not there: a failure where it must be, else plainly said."""
    if os.environ.get(MUST):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a running JupyterLab, and the folder of its notebooks."""
    listed = subprocess.run(
        [sys.executable, "-m", "jupyter", "labextension", "list"], capture_output=True, text=True
    )
    if "nbcodegen" not in listed.stdout + listed.stderr:
        missing("the sidebar is not installed: pip install -e '.[lab]'")
    root = tmp_path_factory.mktemp("lab")
    (root / "notebooks").mkdir()
    settings = root / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(QUIET)
    port = _free_port()
    with (root / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1",
                f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=t",
                f"--ServerApp.root_dir={root / 'notebooks'}", "--LabApp.expose_app_in_browser=True",
                "--allow-root",
            ],
            env=_environment(root), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, root / "log.txt")
        yield url, root / "notebooks"
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # takes the kernels along
        process.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium where there is one, else Playwright's own."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        missing("playwright is not installed: pip install -e '.[test]'")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            missing(f"no Chromium starts here ({error}): playwright install chromium")
        yield browser
        browser.close()


@pytest.fixture
def open_notebook(lab: tuple[str, Path], chromium: Any, request: Any) -> Iterator[Notebook]:
    """Open a notebook of these cells in a page of its own.

    A complaint of ours in the browser's console, or a request to any other host, fails the test.
    """
    url, folder = lab
    contexts, complaints, foreign = [], [], []
    home = url.partition("://")[2]

    def make(cells: list[str], *, name: str = "", kernel: str = "python3", **options: Any) -> Any:
        name = name or f"{re.sub(r'[^a-z0-9]+', '-', request.node.name.lower())}.ipynb"
        if not (folder / name).exists():
            _write(folder / name, cells, kernel)
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
        page.on("request", lambda sent: foreign.append(sent.url) if _leaves(sent.url, home) else 0)
        page.goto(f"{url}/lab/tree/{name}?token=t&reset")
        wait_ready(page)
        return page

    yield make
    for context in contexts:
        context.close()
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
    """Playwright's own, loaded when a browser is there: whether it must be, `missing` decides."""
    from playwright.sync_api import expect as expected

    expected.set_options(timeout=PATIENCE)
    return expected(locator)


def wait_ready(page: Any) -> None:
    """Wait until the notebook in front has an idle kernel."""
    page.wait_for_function("() => !!window.jupyterapp", timeout=PATIENCE)
    page.evaluate("() => window.jupyterapp.restored.then(() => true)")
    page.wait_for_function(READY, timeout=PATIENCE)


def run(page: Any, place: int) -> None:
    """Run one cell and wait for its reply."""
    page.evaluate(
        """async place => {
          window.jupyterapp.shell.currentWidget.content.activeCellIndex = place;
          await window.jupyterapp.commands.execute('notebook:run-cell');
        }""",
        place,
    )


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


def _write(path: Path, cells: list[str], kernel: str) -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": kernel, "display_name": kernel, "language": "python"}},
    )
    nbformat.write(notebook, path)


def _environment(root: Path) -> dict[str, str]:
    folders = {
        "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NBCODEGEN_")}
    return {**kept, **{name: str(root / folder) for name, folder in folders.items()}}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended at once:\n{log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{url}/api/status?token=t", timeout=5) as reply:
                json.load(reply)
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not answer:\n{log.read_text()[-2000:]}")
