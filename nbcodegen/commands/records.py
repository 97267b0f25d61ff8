"""The batch format: records of requests and tables in, answers out, one JSON object a line.

    {"id": "a1", "request": "mean price by city", "tables": [{"name": "homes", "csv": "homes.csv"}]}
    {"id": "a1", "code": "homes.groupby(...)", "status": "ok", "seconds": 0.21}

A record may also hold `other_tables` (in the namespace, not what the request is about) and
`previous` (code of the cell before, for follow-ups). Other keys are left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbcodegen.errors import GenerateError

if TYPE_CHECKING:
    import pandas as pd

OPTIONS = ("parse_dates", "date_format", "index_col", "dtype")
"""Keys of a table that are handed to `pandas.read_csv` as they are."""


class BadRecord(GenerateError):
    """A line that cannot be served: not JSON, a key missing, a table that does not load."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A CSV file, the name of its table, and how to read it."""

    name: str
    csv: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One request and the tables it is made over."""

    id: str
    request: str
    tables: tuple[TableFile, ...]
    """What the request is about first, then the others in the namespace."""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What one record came to. `code` is empty where `status` is not `ok`."""

    id: str
    code: str
    status: str
    seconds: float


def read_record(line: str) -> Record:
    """Parse one line of the batch file."""
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadRecord(f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise BadRecord(f"a record is an object, this is a {type(data).__name__}")
    missing = [key for key in ("id", "request", "tables") if key not in data]
    if missing:
        raise BadRecord(f"the record has no {' and no '.join(repr(key) for key in missing)}")
    files = (*_listed(data["tables"]), *_listed(data.get("other_tables") or []))
    return Record(
        id=str(data["id"]),
        request=str(data["request"]),
        tables=tuple(_table_file(entry) for entry in files),
        previous=str(data.get("previous") or ""),
    )


def record_id(line: str, number: int) -> str:
    """The id that a line is answered under, also where the line is not a good record."""
    try:
        data = json.loads(line)
    except json.JSONDecodeError:
        data = None
    known = isinstance(data, dict) and "id" in data
    return str(data["id"]) if known else f"line-{number}"


def load_record_tables(record: Record, root: Path) -> dict[str, pd.DataFrame]:
    """Read the record's tables with plain `pandas.read_csv` and the record's options."""
    return {file.name: _load(file, root) for file in record.tables}


def write_answer(answer: AnswerLine) -> str:
    """One line of the answers file, with its newline."""
    return json.dumps(asdict(answer), ensure_ascii=False) + "\n"


def written_ids(path: Path) -> list[str]:
    """Ids answered so far; a torn last line (a run that was killed) is cut off the file."""
    if not path.exists():
        return []
    whole = path.read_bytes()
    kept = whole[: whole.rfind(b"\n") + 1]
    if len(kept) < len(whole):
        path.write_bytes(kept)
    return list(_ids(kept.decode("utf-8"), path))


def _ids(text: str, path: Path) -> Iterator[str]:
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        try:
            yield str(json.loads(line)["id"])
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise GenerateError(
                f"{path} line {number}: not an answer line; move the file away to start afresh"
            ) from error


def _listed(entries: object) -> list[object]:
    if not isinstance(entries, list):
        raise BadRecord(f"tables are a list, this is {entries!r:.80}")
    return entries


def _table_file(entry: object) -> TableFile:
    if not isinstance(entry, dict) or not {"name", "csv"} <= entry.keys():
        raise BadRecord(f"a table is an object with 'name' and 'csv', this is {entry!r:.80}")
    options = {key: entry[key] for key in OPTIONS if entry.get(key) is not None}
    return TableFile(str(entry["name"]), str(entry["csv"]), options)


def _load(file: TableFile, root: Path) -> pd.DataFrame:
    import pandas as pd

    path = root / file.csv
    try:
        table = pd.read_csv(path, **file.options)
    except (OSError, ValueError, TypeError) as error:  # pandas' parser errors are ValueErrors
        reason = " ".join(str(error).split())[:200]
        raise BadRecord(f"table {file.name!r} does not load from {path}: {reason}") from error
    if "index_col" in file.options:
        # Records write a nameless index level as __index0__, since a CSV column needs a name.
        table.index.names = [
            None if re.fullmatch(r"__index\d*__", str(name)) else name for name in table.index.names
        ]
    return table
