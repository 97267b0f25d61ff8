"""How much of a model's weights has been read, told while transformers reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Tell = Callable[[float], None]
"""Told a share, from 0 to 1."""


@contextmanager
def told_to(tell: Tell) -> Iterator[None]:
    """Tell while weights are read here; where transformers has no such hook, nothing is told."""
    import transformers

    logging: Any = transformers.utils.logging
    hook = getattr(logging, "set_tqdm_hook", None)
    if hook is None:
        yield
        return

    def counted(factory: Any, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        if named.get("desc") != "Loading weights" or not given or not hasattr(given[0], "__len__"):
            return factory(*given, **named)
        return _counted(given[0], tell)

    before = hook(counted)
    try:
        yield
    finally:
        hook(before)


def _counted(items: Any, tell: Tell) -> Iterator[Any]:
    for at, item in enumerate(items):
        tell(at / len(items))
        yield item
