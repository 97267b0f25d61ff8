"""Measure speed and memory on this machine, and write them into a table beside the targets.

    make bench

Every number is a median over fresh processes or over the requests of `bench/kernel.py`; the quality
rows come from the scores that `make eval` wrote.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from statistics import median

from nbcodegen.training.bench import sidebar, soak, trials
from nbcodegen.training.bench.kernel import Session, first_request, session
from nbcodegen.training.bench.lab import MissingPart

GROWTH_MB = 20
"""Of several hundred, what allocators and caches may still take after the first requests."""
GROWTH_OBJECTS = 100
"""Of a hundred thousand: the last request's own, which is not the same one at both looks."""
FORBIDDEN = ("torch", "transformers", "onnxruntime", "matplotlib")

LOAD = """
import json, sys, time
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
bare = set(sys.modules)
start = time.perf_counter()
failed = shell.extension_manager.load_extension("nbcodegen")
seconds = time.perf_counter() - start
assert failed is None, failed
new = {name.partition(".")[0] for name in set(sys.modules) - bare}
print(json.dumps({"seconds": seconds, "modules": sorted(new)}))
"""

SCHEMA = """
import json, sys, time
import numpy as np
import pandas as pd
rows, rng = int(sys.argv[1]), np.random.default_rng(0)
whole = rng.integers(0, 1_000_000, rows, dtype="int32")
columns = {f"count_{i}": whole for i in range(20)}
columns |= {f"amount_{i}": whole.astype("float32") / (i + 1) for i in range(20)}
towns = pd.Categorical.from_codes(whole % 7, [f"town {i}" for i in range(7)])
columns |= {f"town_{i}": towns for i in range(5)}
days = pd.Timestamp("2020-01-01") + pd.to_timedelta(np.arange(rows) % 2000, unit="D")
columns |= {f"day_{i}": days for i in range(3)}
names = pd.Series(np.array([f"name {i}" for i in range(1000)], dtype=object)).take(whole % 1000)
columns |= {f"name_{i}": names.reset_index(drop=True) for i in range(2)}
table = pd.DataFrame(columns)
assert table.shape == (rows, 50)
from nbcodegen.schema import table_schemas
times = []
for _ in range(9):
    start = time.perf_counter()
    table_schemas({"table": table})
    times.append(time.perf_counter() - start)
print(json.dumps({"seconds": times}))
"""


QUALITY = {
    "vis_dev": ("chart requests, outside authors (`vis_dev`)", 75),
    "analysis_dev": ("analysis questions, outside authors (`analysis_dev`), strict", 65),
    "acceptance": ("own acceptance set", 90),
}
"""Sets that `make eval` scores: what they are, and the percentage promised."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what, the number promised, the number measured."""

    what: str
    target: str
    measured: str
    ok: bool | None
    """None where it was not measured."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything and write the file."""
    options = _parser().parse_args(arguments)
    rows = []
    for row in measure(options):
        print(f"{row.what}: {row.measured} (target {row.target})", file=sys.stderr)
        rows.append(row)
    options.out.write_text(page(rows), encoding="utf-8")
    return 0


def measure(options: argparse.Namespace) -> Iterator[Row]:
    """Yield the rows one by one; nothing runs at the same time as anything else."""
    yield from load_rows(options.repeats)
    yield first_row(options.repeats)
    with session() as kernel:
        yield from later_rows(kernel, options.requests)
    yield schema_row(options.rows)
    yield from trial_rows(options.repeats)
    yield from sidebar_rows(options.repeats)
    yield from soak_rows(options.soak)
    yield from attack_rows()
    yield from quality_rows(options.quality)


def load_rows(repeats: int) -> Iterator[Row]:
    """`%load_ext` in fresh processes, after one that warms the file cache."""
    runs = [json.loads(_python(LOAD)) for _ in range(repeats + 1)][1:]
    milliseconds = 1000 * median(run["seconds"] for run in runs)
    yield _limit("`%load_ext nbcodegen` over bare IPython", milliseconds, 100, "ms")
    modules = {module for run in runs for module in run["modules"]}
    loaded = sorted(modules.intersection(FORBIDDEN))
    yield Row("heavy modules that it imports", "none", ", ".join(loaded) or "none", ok=not loaded)


def first_row(repeats: int) -> Row:
    """The first request of a kernel that holds a table and nothing else."""
    seconds = median(first_request() for _ in range(repeats))
    return _limit("first `%%generate` in a fresh kernel, to the inserted cell", seconds, 2.5, "s")


def later_rows(kernel: Session, count: int) -> Iterator[Row]:
    """Many requests in one kernel: times, and the memory that they and the model take."""
    before = kernel.resident_megabytes()
    kernel.generate()
    milliseconds = sorted(1000 * kernel.generate() for _ in range(count))
    yield _limit(f"later ones, median of {count}", median(milliseconds), 400, "ms")
    late = milliseconds[min(count - 1, round(0.95 * count))]
    yield _limit("later ones, 95th percentile", late, 1000, "ms")
    extra = kernel.resident_megabytes() - before
    yield _limit(f"extra resident memory after {count} requests", extra, 400, "MB")


def schema_row(rows: int) -> Row:
    """Inspection of a large table, in a process of its own."""
    milliseconds = 1000 * median(json.loads(_python(SCHEMA, str(rows)))["seconds"])
    return _limit(f"inspection of {rows:,} rows x 50 columns", milliseconds, 20, "ms")


def trial_rows(repeats: int) -> Iterator[Row]:
    """Candidates on samples of a large table."""
    first = median(trials.first_trial() for _ in range(repeats))
    yield _limit("first trial in a kernel, from starting its process", first, 1.5, "s")
    df = trials.table()
    size = f"{trials.ROWS:,} rows x {trials.COLUMNS}"
    with trials.warm_trials() as warm:
        beyond = 1000 * trials.one_at_a_time(warm, df, repeats)
        yield _limit(f"a warm trial on {size}, beyond the code's own time", beyond, 60, "ms")
        together = 1000 * trials.together(warm, df, repeats)
        yield _limit(f"eight candidates on {size}, all in all", together, 300, "ms")


def sidebar_rows(repeats: int) -> Iterator[Row]:
    """The sidebar in a real browser, where there is one."""
    try:
        found = sidebar.measure(repeats)
    except MissingPart as error:
        yield Row("the sidebar in a browser", "", f"not measured: {error}", ok=None)
        return
    yield _limit("sidebar: tables listed, idle kernel", found.idle, 100, "ms")
    yield _limit("sidebar: tables listed while a cell runs", found.busy, 150, "ms")
    yield _limit("sidebar: request to first verified answer on the page", found.first, 1000, "ms")
    yield _limit("sidebar: cancel", found.cancel, 300, "ms")
    yield _limit("sidebar: JupyterLab starts later by", found.start, 50, "ms")
    yield _limit("sidebar: the same beside a busy loop of Python", found.beside, 5000, "ms")
    slower = 100 * found.slower
    yield _limit("sidebar: a busy loop of Python loses, while requests run", slower, 10, "%")


def soak_rows(requests: int) -> Iterator[Row]:
    """What many requests leave behind in a kernel and in its process for trials."""
    soaked = soak.soak(requests)
    grown = soaked.growth
    told = ", ".join(f"{value:+.0f} {name}" for name, value in grown.items())
    megabytes = max(grown["kernel MB"], grown["trials MB"])
    small = megabytes < GROWTH_MB and grown["objects"] < GROWTH_OBJECTS
    ok = small and not any(grown[name] > 0 for name in ("descriptors", "processes", "files"))
    yield Row(f"{requests:,} requests in one kernel: growth", "none", told, ok)
    same = "yes" if soaked.intact else "no"
    yield Row("the user's table is byte-identical after them", "yes", same, soaked.intact)


def attack_rows() -> Iterator[Row]:
    """The tests of the boundary and of false alarms, counted."""
    for what, path in (
        ("attacks stopped", "tests/attacks"),
        ("harmless programs without a false alarm", "tests/test_harmless.py"),
    ):
        passed, failed = _tests(path)
        yield Row(what, "all", f"{passed} of {passed + failed}", ok=not failed and passed > 0)


def quality_rows(path: Path) -> Iterator[Row]:
    """What `make eval` measured, if it has been run."""
    scores = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name, (what, percent) in QUALITY.items():
        if name not in scores:
            yield Row(what, f"≥ {percent} %", "not measured: run `make eval`", ok=None)
            continue
        passed, total = scores[name]["passed"], scores[name]["total"]
        share = 100 * passed / total
        measured = f"{share:.1f} % ({passed} of {total})"
        yield Row(what, f"≥ {percent} %", measured, ok=share >= percent)
    for name, (what, _) in QUALITY.items():
        if "greedy" in scores.get(name, {}):
            score = scores[name]
            gained = 100 * (score["passed"] - score["greedy"]) / score["total"]
            measured = f"{gained:+.1f} points (from {score['greedy']} to {score['passed']})"
            what = f"{what}: the verified candidates of a request against 1 unverified"
            promised = name != "acceptance"
            target = "≥ +8 points" if promised else ""
            yield Row(what, target, measured, ok=gained >= 8 if promised else None)


def page(rows: Sequence[Row]) -> str:
    """The whole of BENCHMARKS.md."""
    marks = {True: "yes", False: "**no**", None: ""}
    lines = [f"| {row.what} | {row.target} | {row.measured} | {marks[row.ok]} |" for row in rows]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("pandas", "onnxruntime"))
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench`; the quality rows by `make eval` before it. Medians.",
            "",
            f"Machine: {_machine()}. Python {platform.python_version()}, {versions}, "
            f"nbcodegen {metadata.version('nbcodegen')}. Load average at the end "
            f"{os.getloadavg()[0]:.1f}. {date.today().isoformat()}.",
            "",
            "| what | target | measured | reached |",
            "| --- | --- | --- | --- |",
            *lines,
            "",
        ]
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nbcodegen.training.bench", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    scores = Path("training/scores.json")
    parser.add_argument("--quality", type=Path, default=scores, help="scores from `make eval`")
    parser.add_argument("--repeats", type=int, default=7, help="fresh processes for each median")
    parser.add_argument("--soak", type=int, default=2_000, help="requests in one kernel")
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--rows", type=int, default=10_000_000, help="of the table inspected")
    return parser


def _limit(what: str, value: float, limit: float, unit: str) -> Row:
    measured = f"{value:.0f}" if value >= 100 else f"{value:.3g}"
    return Row(what, f"≤ {limit:g} {unit}", f"{measured} {unit}", ok=value <= limit)


def _python(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"a measuring process failed:\n{done.stderr}")
    return done.stdout.splitlines()[-1]


def _tests(path: str) -> tuple[int, int]:
    """Run some of the project's tests: how many passed, and how many did not."""
    command = [sys.executable, "-m", "pytest", "-q", path]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    counts = {word: int(count) for count, word in re.findall(r"(\d+) (passed|failed|error)", said)}
    return counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0)


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    models = [
        line.partition(":")[2].strip()
        for line in (info.read_text(encoding="utf-8").splitlines() if info.exists() else [])
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cpu = models[0] if models else platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores of {cpu}, {memory:.0f} GB, {platform.system()}"


if __name__ == "__main__":
    sys.exit(main())
