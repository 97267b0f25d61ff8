"""A small table, and code tried on it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from nbcodegen.trial import Trials
from nbcodegen.trial.sample import take_sample
from nbcodegen.values import Report


@pytest.fixture(scope="session")
def homes() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "city": ["Lima", "Quito", "Lima", "Cusco"],
            "price": [100, 120, 90, 70],
            "sold": pd.to_datetime(["2024-01-01", "2024-01-05", "2024-02-01", "2024-03-01"]),
        }
    )


@pytest.fixture(scope="session")
def attempt(trials: Trials, homes: pd.DataFrame) -> Callable[..., Report]:
    """Try one piece of code, over `homes` and whatever else is given."""

    def attempt(code: str, **variables: object) -> Report:
        sample = take_sample({"homes": homes, **variables})
        (report,) = trials.run([code], sample, pick=lambda reports: [0])
        return report

    return attempt
