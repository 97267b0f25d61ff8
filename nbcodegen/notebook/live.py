"""What a model is writing, as an output that grows and then becomes the answer."""

from __future__ import annotations

from typing import Any

from IPython.display import display

from nbcodegen.notebook.display import Lines
from nbcodegen.plain import plain
from nbcodegen.values import Completion, Opening

BAR = 24
"""Letters of a bar."""


class Live:
    """One output. In a terminal, where outputs cannot change, only what takes long is told."""

    def __init__(self, model: str = "", *, changes: bool) -> None:
        """`changes` tells whether an output can be replaced, as a notebook's can."""
        self._model, self._changes = model, changes
        self._handle: Any = None

    def tell(self, completion: Completion) -> None:
        """Show how far it is."""
        opening = completion.opening
        if self._changes:
            text = _bar(self._model, opening) if opening else f"{plain(completion.text)} ▌"
            self.show(Lines(text))
        elif opening and self._handle is None:
            self._handle = True
            display(Lines(f"opening {self._model}"))

    def show(self, what: object) -> None:
        """Show this, in place of what was shown before."""
        if not self._changes:
            display(what)
        elif self._handle is None:
            self._handle = display(what, display_id=True)
        else:
            self._handle.update(what)

    def clear(self) -> None:
        """Leave nothing of a half-written answer, where there was one."""
        if self._changes and self._handle is not None:
            self._handle.update(Lines(""))


def _bar(model: str, opening: Opening) -> str:
    done = round(BAR * opening.share)
    return f"opening {model}\n{'█' * done}{'░' * (BAR - done)} {opening.seconds:.0f} s"
