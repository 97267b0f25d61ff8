"""Data files -> named DataFrames, for the command line."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nbcodegen.errors import GenerateError

if TYPE_CHECKING:
    import pandas as pd

TAKEN = frozenset({"pd", "np", "plt", "sns"})
"""Names that generated code imports modules under."""


class UnreadableFile(GenerateError):
    """A data file is missing, of an unknown kind, or does not hold a table."""


def load_tables(paths: Sequence[Path]) -> dict[str, pd.DataFrame]:
    """Read every file as a DataFrame named after it."""
    tables: dict[str, pd.DataFrame] = {}
    for path in paths:
        tables[_free(table_name(path), tables)] = load_table(path)
    return tables


def table_name(path: Path) -> str:
    """The file's name as a Python identifier.

    >>> table_name(Path("data/2024 sales-report.csv")), table_name(Path("class.csv"))
    ('table_2024_sales_report', 'class_')
    """
    name = re.sub(r"\W+", "_", path.name.split(".")[0]).strip("_") or "table"
    if name[0].isdigit():
        name = f"table_{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in TAKEN else name


def load_table(path: Path) -> pd.DataFrame:
    """Read one file by its ending; errors say what the file is and what would be read."""
    readers = _readers()
    ending = "".join(path.suffixes[-2:] if path.suffix == ".gz" else path.suffixes[-1:]).lower()
    if ending not in readers:
        raise UnreadableFile(
            f"{path}: files ending in {ending or 'nothing'!r} are not read; "
            f"give one of {' '.join(sorted(readers))}"
        )
    if not path.is_file():
        raise UnreadableFile(f"{path}: no such file{_nearest(path)}")
    try:
        return readers[ending](path)
    except ImportError as error:
        raise UnreadableFile(f"{path}: {_one_line(error)}") from error
    except (OSError, ValueError) as error:  # pandas' parser errors are ValueErrors
        raise UnreadableFile(f"{path}: not readable as {ending}: {_one_line(error)}") from error


def _readers() -> Mapping[str, Callable[[Path], pd.DataFrame]]:
    import pandas as pd

    def lines(path: Path) -> pd.DataFrame:
        return pd.read_json(path, lines=True)

    def tabs(path: Path) -> pd.DataFrame:
        return pd.read_csv(path, sep="\t")

    return {
        ".csv": pd.read_csv,
        ".csv.gz": pd.read_csv,
        ".tsv": tabs,
        ".parquet": pd.read_parquet,
        ".json": pd.read_json,
        ".jsonl": lines,
    }


def _free(name: str, taken: Mapping[str, object]) -> str:
    candidates = (name, *(f"{name}_{number}" for number in range(2, len(taken) + 2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def _nearest(path: Path) -> str:
    import difflib

    if not path.parent.is_dir():
        return f"; the folder {path.parent} does not exist either"
    names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"; did you mean {path.parent / close[0]}?" if close else ""


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
