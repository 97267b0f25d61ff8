"""A real JupyterLab and a real Chromium, for the sidebar's tests and its numbers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60_000
"""Milliseconds that a page may take, on a machine that does other things as well."""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget, context = panel?.sessionContext;
  const kernel = context?.session?.kernel;
  return !!(kernel && context.isReady && panel.content?.widgets?.length
    && kernel.connectionStatus === 'connected' && kernel.status === 'idle');
}"""
_QUIET = '{"fetchNews": "false", "checkForUpdates": false}'
_RUN = """async place => {
  window.jupyterapp.shell.currentWidget.content.activeCellIndex = place;
  await window.jupyterapp.commands.execute('notebook:run-cell');
}"""


class MissingPart(RuntimeError):
    """The sidebar, Playwright or a browser is not there."""


@dataclass(frozen=True, slots=True)
class Lab:
    """A running JupyterLab, with settings and folders of its own."""

    url: str
    root: Path

    @property
    def notebooks(self) -> Path:
        """The folder that it serves."""
        return self.root / "notebooks"

    def settings(self, plugin: str, text: str) -> Path:
        """Write a plugin's user settings: `@jupyterlab/apputils-extension:themes`, JSON."""
        package, _, name = plugin.partition(":")
        path = self.root / "settings" / package / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def end_kernels(self) -> None:
        """End every kernel: a page that is closed leaves its own running."""
        for kernel in self._asked("kernels"):
            self._asked(f"kernels/{kernel['id']}", "DELETE")

    def _asked(self, path: str, method: str = "GET") -> Any:
        told = {"Authorization": "token t"}
        request = urllib.request.Request(f"{self.url}/api/{path}", headers=told, method=method)
        with urllib.request.urlopen(request, timeout=30) as reply:
            return json.loads(reply.read() or b"null")

    def notebook(self, name: str, cells: Sequence[str], kernel: str = "python3") -> str:
        """Write a notebook where there is none of this name; return its address."""
        path = self.notebooks / name
        if not path.exists():
            spec = {"name": kernel, "display_name": kernel, "language": "python"}
            code: dict[str, Any] = {"cell_type": "code", "outputs": [], "execution_count": None}
            made = [
                {**code, "metadata": {}, "id": f"cell-{n}", "source": cell}
                for n, cell in enumerate(cells)
            ]
            whole = {"cells": made, "metadata": {"kernelspec": spec}}
            path.write_text(json.dumps({**whole, "nbformat": 4, "nbformat_minor": 5}))
        return f"{self.url}/lab/tree/{name}?token=t&reset"


@contextmanager
def running(root: Path) -> Iterator[Lab]:
    """Start JupyterLab on a free port of this machine; its kernels end with it."""
    listed = subprocess.run(
        [sys.executable, "-m", "jupyter", "labextension", "list"], capture_output=True, text=True
    )
    if "nbcodegen" not in listed.stdout + listed.stderr:
        raise MissingPart("the sidebar is not installed: pip install -e '.[lab]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    found = Lab(f"http://127.0.0.1:{port}", root)
    found.notebooks.mkdir(parents=True)
    found.settings("@jupyterlab/apputils-extension:notification", _QUIET)
    with (root / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1",
                f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=t",
                f"--ServerApp.root_dir={found.notebooks}", "--LabApp.expose_app_in_browser=True",
                "--allow-root",
            ],
            env=_environment(root), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _answers(found.url, process, root / "log.txt")
        yield found
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # takes the kernels along
        process.wait(20)


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the system's Chromium where there is one, else Playwright's own."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise MissingPart("playwright is not installed: pip install -e '.[test]'") from None
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            say = f"no Chromium starts here ({error}): playwright install chromium"
            raise MissingPart(say) from None
        yield browser
        browser.close()


def wait_ready(page: Any) -> None:
    """Wait until the notebook in front has an idle kernel."""
    page.wait_for_function("() => !!window.jupyterapp", timeout=PATIENCE)
    page.evaluate("() => window.jupyterapp.restored.then(() => true)")
    page.wait_for_function(READY, timeout=PATIENCE)


def run(page: Any, place: int) -> None:
    """Run one cell and wait for its reply."""
    page.evaluate(_RUN, place)


def begin(page: Any, place: int) -> None:
    """Run one cell and do not wait."""
    page.evaluate("place => { void (" + _RUN + ")(place); }", place)


def _environment(root: Path) -> dict[str, str]:
    folders = {
        "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NBCODEGEN_")}
    return {**kept, **{name: str(root / folder) for name, folder in folders.items()}}


def _answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
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
