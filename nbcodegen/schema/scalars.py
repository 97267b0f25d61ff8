"""Well-known types of cells, and cells as Python source.

Only cells of these types are ever compared, hashed or shown. Of any other cell nothing is asked
but its type: its `__eq__`, `__hash__`, `__str__` are somebody's code, and may be slow or raise.
"""

from __future__ import annotations

import datetime
import sys
from decimal import Decimal
from functools import lru_cache
from typing import Any

from nbcodegen.schema.labels import name_of_type

LONGEST_EXAMPLE = 40
LARGEST_SHOWN = 128
"""Bits of the largest integer written out; Python refuses to write very large ones at all."""


def groups_of_types() -> dict[type, str]:
    """Return type -> group, with the types of pandas and numpy only where they are loaded."""
    return _groups("numpy" in sys.modules, "pandas" in sys.modules)


def is_nan(cell: Any) -> bool:
    """Whether a cell of the group `float` is NaN; Decimal's signalling NaN refuses `!=`."""
    return bool(cell.is_nan() if type(cell) is Decimal else cell != cell)


def source_of(cell: Any) -> str:
    """A cell as Python source on one short line; of a stranger, its type.

    >>> source_of("two\\nlines"), source_of(3), source_of([])
    ("'two\\\\nlines'", '3', '<list>')
    """
    group = groups_of_types().get(type(cell))
    if group is None:
        return f"<{name_of_type(cell)}>"
    if group in ("integer", "float", "boolean"):
        return str(cell)[:LONGEST_EXAMPLE] if _is_writable(cell) else "<int>"
    text = str(cell) if group == "text" else end_of_range(cell)
    cut = text[: LONGEST_EXAMPLE - 2]
    # Escapes make source longer than the text.
    while len(source := repr(cut if cut == text else f"{cut}…")) > LONGEST_EXAMPLE:
        cut = cut[:-1]
    return source


def end_of_range(cell: Any) -> str:
    """One end of a range as text: numbers short, moments without an empty time.

    >>> end_of_range(1234.56789), end_of_range(datetime.datetime(2020, 3, 1))
    ('1234.57', '2020-03-01')
    """
    group = groups_of_types().get(type(cell))
    if group == "float":
        return f"{float(cell):.6g}"
    if not _is_writable(cell):
        return f"{'-' if cell < 0 else ''}{cell.bit_length()} bits"
    return str(cell).removesuffix(" 00:00:00")[:LONGEST_EXAMPLE]


def _is_writable(cell: object) -> bool:
    return not (type(cell) is int and cell.bit_length() > LARGEST_SHOWN)


@lru_cache(maxsize=4)
def _groups(with_numpy: bool, with_pandas: bool) -> dict[type, str]:
    groups: dict[type, str] = {
        type(None): "missing",
        str: "text",
        bool: "boolean",
        int: "integer",
        float: "float",
        Decimal: "float",
        datetime.date: "date",
        datetime.datetime: "moment",
        datetime.timedelta: "duration",
    }
    if with_numpy:
        groups |= _numpy_groups()
    if with_pandas:
        groups |= _pandas_groups()
    return groups


def _numpy_groups() -> dict[type, str]:
    import numpy as np

    integers = [np.dtype(code).type for code in "bhilqBHILQ"]
    return {
        np.str_: "text",
        np.bool_: "boolean",
        **dict.fromkeys(integers, "integer"),
        **dict.fromkeys((np.float16, np.float32, np.float64), "float"),
    }


def _pandas_groups() -> dict[type, str]:
    import pandas as pd

    return {
        type(pd.NaT): "missing",
        type(pd.NA): "missing",
        pd.Timestamp: "moment",
        pd.Period: "period",
        pd.Timedelta: "duration",
    }
