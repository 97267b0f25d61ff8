"""What the user thought of an answer -> a notebook of theirs, which `nbcodegen-train` can mine.

Only where the user turned that on. An answer that was liked, or mended by hand, is a pair: its
request as words, its code as a cell, after the kinds of its tables' columns. One that was not liked
is kept as a raw cell, which nothing learns from. No cell of a table is ever written.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = "feedback"
"""Inside the user's folder of nbcodegen."""
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Feedback:
    """One opinion."""

    request: str
    code: str
    liked: bool
    tables: Sequence[str] = ()
    """Names of the tables that the code reads."""


def keep(home: Path, feedback: Feedback, namespace: Mapping[str, object]) -> Path:
    """Append to this month's notebook in `home`, and return its path."""
    path = home / FOLDER / f"{date.today():%Y-%m}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    found = _read(path)
    found["cells"] += _cells(feedback, namespace)
    # A kernel that is killed here leaves the notebook as it was.
    made = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    made.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    made.replace(path)
    return path


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found.get("cells"), list):
            return dict(found)
        raise ValueError("it has no cells")
    except FileNotFoundError:
        pass
    except (ValueError, AttributeError):
        # Somebody's edit broke it: it stays beside the new one.
        path.replace(path.with_suffix(".broken"))
    return {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _cells(feedback: Feedback, namespace: Mapping[str, object]) -> list[dict[str, Any]]:
    if not feedback.liked:
        return [_cell("raw", f"not liked: {feedback.request}\n\n{feedback.code}")]
    kinds = [_kinds(name, namespace[name]) for name in feedback.tables if name in namespace]
    made = _cell("code", feedback.code, execution_count=None, outputs=[])
    return [*(cell for cell in kinds if cell), _cell("markdown", feedback.request), made]


def _kinds(name: str, table: object) -> dict[str, Any]:
    """A cell that shows a pandas table's columns and their kinds, and none of its rows."""
    dtypes: Any = getattr(table, "dtypes", None)
    if not hasattr(dtypes, "to_string"):
        return {}
    text = f"{dtypes.head(MOST_COLUMNS).to_string()}\ndtype: object"
    shown = {
        "output_type": "execute_result",
        "data": {"text/plain": text},
        "metadata": {},
        "execution_count": 1,
    }
    return _cell("code", f"{name}.dtypes", execution_count=1, outputs=[shown])


def _cell(kind: str, source: str, **rest: Any) -> dict[str, Any]:
    return {
        "cell_type": kind, "id": uuid.uuid4().hex[:8], "metadata": {}, "source": source, **rest,
    }  # fmt: skip
