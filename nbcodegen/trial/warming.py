"""What a zygote loads before the first trial, and when it has nothing to do."""

from __future__ import annotations

from collections.abc import Callable


def warm() -> None:
    """Load pandas and matplotlib, and go once through all that a trial does.

    Fonts, converters and modules load on first use, and a child's first use is every trial's.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    import pandas as pd

    from nbcodegen.trial.child import pictured, tried
    from nbcodegen.trial.sample import take_sample

    table = pd.DataFrame({"a": ["x", "y"], "b": [1.0, 2.0], "day": pd.to_datetime(["2024"] * 2)})
    payload = take_sample({"df": table}).payload
    tried('df.groupby("a")["b"].mean()', payload)
    pictured(*tried('df.groupby("a")["b"].mean().plot.bar(title="warm")', payload))
    tried("", payload)  # closes the figure


def _statistics() -> None:
    import scipy.stats  # noqa: F401 - densities are drawn with it


def _dates() -> None:
    import pandas as pd

    from nbcodegen.trial.running import run

    days = pd.date_range("2024-01-01", periods=3)
    run("s.plot()", {"s": pd.Series([1.0, 2.0, 3.0], index=days)})
    run("", {})


LATER: tuple[Callable[[], None], ...] = (_dates, _statistics)
