"""Lists of things in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from nbcodegen.linking import plain
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene


def several(scene: Scene, texts: Sequence[str]) -> str:
    """Join phrases as people do: `a, b and c`, `a y b`, `a, b`."""
    if len(texts) < 2:
        return "".join(texts)
    if scene.chance(0.12):
        return ", ".join(texts)
    if scene.es:
        vowel = plain(texts[-1]).startswith(("i", "hi"))
        last = "e" if vowel else "y"
    else:
        last = scene.one("and", "and", "and", "&", "and the") if len(texts) == 2 else "and"
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def columns(scene: Scene, low: int, high: int, *, kind: str = "any", table: int = 0) -> list[Ref]:
    """Return some different columns, in the order in which the request names them."""
    found = scene.refs(kind, table)
    if len(found) < low:
        raise NoFit(kind)
    return scene.rng.sample(found, min(len(found), scene.rng.randint(low, high)))


def symbols(refs: Sequence[Ref]) -> tuple[str, ...]:
    """Return the pointers of columns."""
    return tuple(ref.symbol for ref in refs)
