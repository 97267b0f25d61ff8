"""Trials of candidates over a large table: what they take beyond the code's own time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING

from nbcodegen.trial import Trials
from nbcodegen.trial.sample import take_sample

if TYPE_CHECKING:
    import pandas as pd

ROWS, COLUMNS = 1_000_000, 20
CODES = (
    'df.groupby("city")["x0"].mean()',
    'df.sort_values("x1", ascending=False).head(10)',
    'df[df["x2"] > 0.5].groupby("city").size()',
    'df["x0"].mean()',
    'df.groupby("city")["x0"].mean().plot.bar(title="Mean of x0 by city"); plt.show()',
    'df.set_index("day").resample("ME")["x1"].sum().plot(title="x1 by month"); plt.show()',
    'df["x3"].plot.hist(bins=20); plt.show()',
    'df.pivot_table(index="city", values=["x0", "x1"], aggfunc="sum")',
)
"""What candidates for a request look like: aggregations for the most part, some charts."""
DRAWN = 4
"""Which of them draws the chart that is shown as a picture."""
IDLE_S = 4.0
"""After its first trial a zygote loads what later ones may need; a person reads meanwhile."""


def table() -> pd.DataFrame:
    """A million rows, twenty columns: numbers, one of names, one of days."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(0)
    found = pd.DataFrame({f"x{number}": rng.random(ROWS) for number in range(COLUMNS - 2)})
    found["city"] = rng.choice(["Lima", "Quito", "Cusco", "Salta", "Cali"], ROWS)
    found["day"] = pd.date_range("2000-01-01", periods=ROWS, freq="10min")
    return found


def first_trial() -> float:
    """Seconds from starting a zygote to its first report."""
    with Trials() as trials:
        start = time.perf_counter()
        trials.run(["1 + 1"], take_sample({}))
        return time.perf_counter() - start


@contextmanager
def warm_trials() -> Iterator[Trials]:
    """Trials whose zygote has served and had nothing to do for a while."""
    with Trials() as trials:
        trials.run(["1 + 1"], take_sample({}))
        time.sleep(IDLE_S)
        yield trials


def one_at_a_time(trials: Trials, df: pd.DataFrame, repeats: int) -> float:
    """Median seconds of a trial, sample included, beyond the code's own; over all codes."""
    beyond = []
    for code in CODES * repeats:
        start = time.perf_counter()
        (report,) = trials.run([code], take_sample({"df": df}), pick=lambda reports: [0])
        seconds = time.perf_counter() - start
        if not report.ran:
            raise RuntimeError(f"{code!r} failed in its trial: {report.failure}")
        beyond.append(seconds - report.seconds)
    return median(beyond)


def together(trials: Trials, df: pd.DataFrame, repeats: int) -> float:
    """Median seconds of a request's eight candidates, sample and the codes' own time included."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        trials.run(CODES, take_sample({"df": df}), pick=lambda reports: [DRAWN])
        times.append(time.perf_counter() - start)
    return median(times)
