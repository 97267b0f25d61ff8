"""The sidebar, measured in a real JupyterLab: lists, answers, cancelling, start-up, a busy cell."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from nbcodegen.training.bench.kernel import REQUESTS, TABLE
from nbcodegen.training.bench.lab import Lab, begin, chromium, run, running, wait_ready

LOAD = "%load_ext nbcodegen"
SLEEP = "import time; time.sleep(600)"
LOOP = """import time
def turns(seconds):
    count, end, x = 0, time.perf_counter() + seconds, 0.0
    while time.perf_counter() < end:
        for i in range(1000):
            x += i * 0.5
        count += 1
    return count
for _ in range(160):
    print(time.time(), turns(0.25), flush=True)"""
WINDOW_S = 0.25
ROUNDS = 6
"""Of asking and resting in turns: what else the machine does weighs on both alike."""

_COMM = """async () => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const comm = kernel.createComm('nbcodegen');
  const waiting = new Map();
  let greet;
  const hello = new Promise(done => { greet = done; });
  comm.onMsg = message => {
    const data = message.content.data;
    if (data.type === 'hello') { greet(); }
    waiting.get(data.id)?.(data);
  };
  if (comm.subshellStarted) {
    await Promise.race([comm.subshellStarted, new Promise(done => setTimeout(done, 2000))]);
  }
  comm.open({ protocol: 1 });
  await hello;
  let next = 0;
  window.ask = (asked, ends) => {
    const id = `bench ${next++}`;
    const answered = new Promise(done => {
      waiting.set(id, data => { if (ends.includes(data.type)) { waiting.delete(id); done(); } });
    });
    comm.send({ ...asked, id });
    return { id, answered };
  };
}"""
_TABLES = """async () => {
  const start = performance.now();
  await window.ask({ type: 'tables' }, ['tables']).answered;
  return performance.now() - start;
}"""
_CANCEL = """async request => {
  const job = window.ask({ type: 'generate', request, without: [] }, ['error', 'done']);
  await new Promise(done => setTimeout(done, 50));
  const start = performance.now();
  window.ask({ type: 'cancel', job: job.id }, []);
  await job.answered;
  return performance.now() - start;
}"""
_FIRST = """request => new Promise(done => {
  const panel = document.querySelector('#nbcodegen-panel');
  const box = panel.querySelector('textarea');
  const write = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
  write.call(box, request);
  box.dispatchEvent(new Event('input', { bubbles: true }));
  setTimeout(() => {
    const start = performance.now();
    const observer = new MutationObserver(() => {
      if (!panel.querySelector('[data-stale="false"] article[data-badge="verified"]')) { return; }
      observer.disconnect();
      requestAnimationFrame(() => done(performance.now() - start));
    });
    panel.querySelector('.jp-nbcodegen-request .jp-mod-accept').click();
    observer.observe(panel, { childList: true, subtree: true });
  }, 50);
})"""
_STARTED = """() => window.jupyterapp.restored.then(() => performance.now())"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians; milliseconds but for `slower`, the share that a busy cell loses, and `beside` it."""

    idle: float
    busy: float
    first: float
    cancel: float
    start: float
    slower: float
    beside: float
    """From a request to its first verified answer, beside a loop that never waits."""


def measure(repeats: int) -> Measured:
    """Open notebooks in a browser and measure; nothing else may run beside it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "lab") as lab,
        chromium() as browser,
    ):
        page = _notebook(lab, browser, "bench.ipynb", [LOAD, TABLE, SLEEP])
        idle = median(page.evaluate(_TABLES) for _ in range(5 * repeats))
        for request in REQUESTS[:2]:
            _asked(page, request)
        first = median(_asked(page, request) for request in REQUESTS * 2)
        cancel = median(page.evaluate(_CANCEL, REQUESTS[0]) for _ in range(repeats))
        begin(page, 2)
        page.wait_for_timeout(500)
        busy = median(page.evaluate(_TABLES) for _ in range(5 * repeats))
        page.context.close()
        slower, beside = _beside(lab, browser)
        start = _start(lab, browser, repeats)
    return Measured(idle, busy, first, cancel, start, slower, beside)


def _notebook(lab: Lab, browser: Any, name: str, cells: list[str]) -> Any:
    """Open a notebook, run its first two cells, open the sidebar and a comm of our own."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(lab.notebook(name, cells))
    wait_ready(page)
    page.evaluate("() => window.jupyterapp.commands.execute('nbcodegen:open-panel')")
    run(page, 0)
    run(page, 1)
    page.wait_for_selector('#nbcodegen-panel .jp-nbcodegen-body[data-state="ready"]')
    page.evaluate(_COMM)
    return page


def _asked(page: Any, request: str) -> float:
    """Milliseconds from a click to the first verified answer on the page."""
    page.wait_for_selector("#nbcodegen-panel .jp-nbcodegen-request .jp-mod-accept")
    return float(page.evaluate(_FIRST, request))


def _beside(lab: Lab, browser: Any) -> tuple[float, float]:
    """What a loop of Python in a cell loses while requests run, and how long these take."""
    page = _notebook(lab, browser, "loop.ipynb", [LOAD, TABLE, LOOP])
    _asked(page, REQUESTS[0])
    begin(page, 2)
    asking, answered = [], []
    for place in range(ROUNDS):
        page.wait_for_timeout(2_500)
        start = time.time()
        answered += [_asked(page, request) for request in (REQUESTS * 2)[2 * place :][:2]]
        asking.append((start, time.time()))
    page.wait_for_timeout(2_000)
    said = page.locator(".jp-OutputArea-output").last.inner_text().split()
    page.context.close()
    windows = list(zip(map(float, said[::2]), map(int, said[1::2]), strict=False))
    during = [count for at, count in windows if any(_within(at, each) for each in asking)]
    alone = [count for at, count in windows if not any(_touches(at, each) for each in asking)]
    return 1 - median(during) / median(alone), median(answered)


def _within(at: float, asking: tuple[float, float]) -> bool:
    return asking[0] <= at and at + WINDOW_S <= asking[1]


def _touches(at: float, asking: tuple[float, float]) -> bool:
    return asking[0] - 1 <= at + WINDOW_S and at <= asking[1] + 1


def _start(lab: Lab, browser: Any, repeats: int) -> float:
    """Milliseconds that JupyterLab takes longer to start with the sidebar than without."""
    config = lab.root / "config" / "labconfig" / "page_config.json"
    config.parent.mkdir(parents=True, exist_ok=True)
    times: Mapping[bool, list[float]] = {True: [], False: []}
    for _ in range(3 * repeats + 1):
        for off in times:
            config.write_text(json.dumps({"disabledExtensions": {"nbcodegen": off}}))
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{lab.url}/lab?token=t&reset")
            page.wait_for_function("() => !!window.jupyterapp")
            times[off].append(page.evaluate(_STARTED))
            context.close()
    # One after the other, so that what else the machine does weighs on both alike.
    pairs = list(zip(times[False], times[True], strict=True))[1:]
    return median(on - off for on, off in pairs)
