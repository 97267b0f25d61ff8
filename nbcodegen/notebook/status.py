"""`%nbcodegen`: model, device, memory, tables and settings, as lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from nbcodegen import __version__
from nbcodegen.settings import NAMES, Chosen
from nbcodegen.trial import Trials
from nbcodegen.values import Decoding, Model, TableSchema

MAX_TABLES = 12
_PLAIN = Decoding()


def report(
    chosen: Chosen,
    models: Mapping[str, Model],
    tables: Sequence[TableSchema],
    trials: Trials | None,
) -> str:
    """Write the status. Nothing is opened for it."""
    rows = [
        ("nbcodegen", __version__),
        ("model", _model(chosen.settings.model, models)),
        ("device", f"CPU, {os.cpu_count() or 1} cores"),
        ("memory", _memory()),
        ("trials", _trials(trials)),
        *_tables(tables),
        *_settings(chosen),
    ]
    return "\n".join(f"{name:<11}{says}".rstrip() for name, says in rows)


def _model(name: str, models: Mapping[str, Model]) -> str:
    if name not in models:
        return f"{name}, not opened yet: the first request opens it"
    model = models[name]
    about = str(getattr(model, "about", ""))
    return f"{model.name}, {model.where}{about and f', {about}'}, prompt template {model.template}"


def _trials(trials: Trials | None) -> str:
    if trials is None:
        return "off: code is checked, not run"
    if trials.refusal:
        return f"none: {trials.refusal}; code is checked, not run"
    running = f", process {trials.process}" if trials.process else ", starts with a request"
    return f"on copies, inside {trials.guard}{running}"


def _memory() -> str:
    """Memory of this process, as the system counts it."""
    try:
        import psutil
    except ImportError:
        return _peak_memory()
    return f"{psutil.Process().memory_info().rss / 2**20:.0f} MB in this process"


def _peak_memory() -> str:
    if sys.platform == "win32":
        return "not known (pip install psutil)"
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return f"{peak / 2**20:.0f} MB in this process at most"


def _tables(tables: Sequence[TableSchema]) -> Iterator[tuple[str, str]]:
    if not tables:
        yield "tables", "none yet"
    for number, table in enumerate(tables[:MAX_TABLES]):
        rows = "" if table.rows is None else f"{table.rows:,} rows × "
        width = table.width or len(table.columns)
        yield "" if number else "tables", f"{table.name} ({rows}{width:,} columns)"
    if len(tables) > MAX_TABLES:
        yield "", f"and {len(tables) - MAX_TABLES} more"


def _settings(chosen: Chosen) -> Iterator[tuple[str, str]]:
    sources = dict(chosen.sources)
    lasting = [name for name in NAMES if name not in {"run", "into"}]
    for number, name in enumerate(lasting):
        value = getattr(chosen.settings, name)
        source = f"  ({sources[name]})" if name in sources else ""
        yield "" if number else "settings", f"{name} {_said(value)}{source}"


def _said(value: object) -> str:
    if value is None:
        return "by the model: samples on this machine, names elsewhere"
    if isinstance(value, Decoding):
        own = {name: said for name, said in asdict(value).items() if said != getattr(_PLAIN, name)}
        return ", ".join(f"{name}={said}" for name, said in own.items()) or "as usual"
    if isinstance(value, tuple):
        return ", ".join(value) or "all"
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)
