"""The cell under construction: lines written so far, and names that are taken."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Sequence

from nbcodegen.rendering.source import broken
from nbcodegen.rendering.speech import say


class Cell:
    """Statements in order. Names it hands out are never names of the user's tables."""

    def __init__(self, taken: Iterable[str], lang: str = "en") -> None:
        self._lang = lang
        self.lines: list[str] = []
        self._taken = {*taken, "pd", "np", "plt", "ax", "fig"}
        self._given: dict[str, str] = {}

    def emit(self, *lines: str) -> None:
        """Add statements; long one-line statements are broken."""
        self.lines.extend(broken(line) for line in lines)

    def fresh(self, hint: str) -> str:
        """Return a new variable name near the hint."""
        name, number = hint, 2
        while name in self._taken or keyword.iskeyword(name):
            name, number = f"{hint}_{number}", number + 1
        self._taken.add(name)
        return name

    def assign(self, hint: str, text: str) -> str:
        """Give an expression a new name; return the name."""
        name = self.fresh(hint)
        self.emit(f"{name} = {text}")
        return name

    def constant(self, hint: str, text: str) -> str:
        """Like `assign`, but the same text is written once however often it is asked for."""
        if text not in self._given:
            self._given[text] = self.assign(hint, text)
        return self._given[text]

    def say(self, template: str, *parts: str) -> str:
        """Fill a template of words in the language of the request."""
        return say(self._lang, template, *parts)

    def join(self, parts: Sequence[str]) -> str:
        """Join words by `and`."""
        first, *rest = parts or ("",)
        for part in rest:
            first = self.say("{} and {}", first, part)
        return first

    def text(self) -> str:
        """The cell's source."""
        return "\n".join(self.lines) + "\n"
