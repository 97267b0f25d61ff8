"""Records <-> lines of JSON. The only file that knows how a value is spelled in one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def line(record: Any) -> str:
    """Write a record as one line; fields that hold their default are left out.

    >>> from nbcodegen.training.records import Text
    >>> line(Text("a", "b"))
    '{"prompt": "a", "completion": "b"}'
    """
    return json.dumps(_plain(record), ensure_ascii=True)


def parsed(text: str, kind: type[Record]) -> Record:
    """Read a record of that kind back; `ValueError` says what a line lacks or has too much."""
    try:
        return _made(json.loads(text), kind)  # type: ignore[no-any-return]
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"no {kind.__name__}: {error}") from error


def read(path: Path, kind: type[Record]) -> Iterator[Record]:
    """Yield a file's records one by one; `ValueError` names the line that is none."""
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            try:
                yield parsed(text, kind)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from error


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind is tuple:
        return [each if type(each) is str else _plain(each) for each in value]
    held = _defaults(kind)
    if held is None:
        return value
    plain = {}
    for name, default in held:
        own = getattr(value, name)
        if own != default:
            plain[name] = own if type(own) is str else _plain(own)
    return plain


@lru_cache(maxsize=64)
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...] | None:
    """Fields and their defaults, or None for what is no record."""
    if not is_dataclass(kind):
        return None
    return tuple((each.name, each.default) for each in fields(kind))


def _made(value: Any, kind: Any) -> Any:
    if get_origin(kind) is tuple:
        return tuple(_made(each, get_args(kind)[0]) for each in value)
    if not isinstance(kind, type) or not is_dataclass(kind):
        return value
    hints = _hints(kind)
    return kind(**{name: _made(own, hints[name]) for name, own in value.items()})


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
