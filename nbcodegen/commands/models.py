"""Models and adapters on this machine, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nbcodegen.adapters import PREFIX, Adapter, home, listed
from nbcodegen.chat import FORMS, template
from nbcodegen.prompt import TEMPLATE


def lines() -> Iterator[str]:
    """Say what `--model` accepts here."""
    yield "embedded    ships with nbcodegen; in process"
    found = listed()
    for adapter in found:
        yield f"{PREFIX}{adapter.name}    {_told(adapter)}"
    yield "OWNER/NAME    a large model of the hub, fetched once: nbcodegen download OWNER/NAME"
    yield "FOLDER    a large model in a folder of this machine"
    yield "http://HOST:PORT/v1#NAME    a model on an OpenAI-compatible server"
    if not found:
        yield f"no adapters in {home() / 'adapters'}; make one: nbcodegen-train FOLDER --name NAME"


def _told(adapter: Adapter) -> str:
    parts = [f"on {adapter.base}"]
    if adapter.made:
        parts.append(f"made {adapter.made}")
    if adapter.scores:
        parts.append(_scored(adapter.scores))
    if adapter.template not in (TEMPLATE, *(template(TEMPLATE, form) for form in FORMS)):
        parts.append(f"of another prompt template ({adapter.template}): tune it again to use it")
    return "; ".join(part for part in parts if part)


def _scored(scores: Mapping[str, Any]) -> str:
    before, after = scores.get("before"), scores.get("after")
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return ""
    return f"pass@1 {100 * before:.0f} % before, {100 * after:.0f} % after"
