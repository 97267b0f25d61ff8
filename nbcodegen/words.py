"""Plan -> one line of words: what the model understood, for people, in English or Spanish.

Labels and values are data and are shown as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from nbcodegen.plan import GRAMMAR, Node, PlanError, parse
from nbcodegen.rendering.phrases import EXPRESSIONS, FUNCTIONS, GLUE, OPTIONS, STEPS, Phrases
from nbcodegen.rendering.scope import LITERALS, PointerMap, item_of
from nbcodegen.rendering.spine import Step, steps_of

LANGUAGES = ("en", "es")
_SIGNS = {"add": "+", "sub": "−", "mul": "×", "div": "÷", "pct": "÷"}
_OF_ALL = frozenset(["describe", "fill", "text", "replace", "dropna", "dummies"])
"""Steps over all columns where none is named."""


def words(plan: Sequence[str] | Node, items: PointerMap, lang: str = "en") -> str:
    """Say what a plan does.

    Raises PlanError for pointers that point at nothing.
    """
    tree = plan if isinstance(plan, Node) else parse(plan)
    speaker = _Speaker(items, LANGUAGES.index(lang))
    if tree.symbol == "decline":
        return speaker.phrase(GLUE, "decline")
    source, first = tree.children
    clauses = [speaker.step(step) for step in steps_of(first)]
    said = ", ".join(clause for clause in clauses if clause)
    table = speaker.source(source)
    return f"{table}: {said}" if said else table


class _Speaker:
    """One language, and what `K0` and `A0` mean so far."""

    def __init__(self, items: PointerMap, lang: int) -> None:
        self._items, self._lang = items, lang
        self._refs: dict[str, str] = {}

    def phrase(self, table: Phrases, word: str, *parts: str) -> str:
        """One word of the plan, filled in."""
        return " ".join(table[word][self._lang].format(*parts, *[""] * 4).split())

    def source(self, node: Node) -> str:
        """The tables that are read."""
        if node.symbol == "join":
            _, left, right, key, _ = node.children
            return self.phrase(
                GLUE, "joined", self.source(left), self.source(right), self.expr(key)
            )
        if node.symbol == "concat":
            return self.phrase(GLUE, "stacked", *(self.source(child) for child in node.children))
        return item_of(self._items, node.symbol).text

    def step(self, step: Step) -> str:
        """One step of the plan."""
        if step.word == "by":
            return self._by(step)
        if step.word == "sort":
            return self._sort(step)
        if step.word == "show":
            return ""
        if step.word == "calc":
            word, left, right = step.parts
            return f"{self.expr(left)} {_SIGNS[word.symbol]} {self.expr(right)}"
        if step.word == "new" and step.parts[0].symbol == "auto":
            return self.phrase(STEPS, "new", "", self.expr(step.parts[1])).replace(" :", ":")
        if step.word == "new" and step.mode == "GTAIL":
            made = self.expr(step.parts[0])
            self._refs[f"A{sum(name[0] == 'A' for name in self._refs)}"] = made
            return self.phrase(STEPS, "new", "", made).replace(" :", ":")
        if _draws(step):
            return self._chart(step)
        whole = self.phrase(GLUE, "all") if step.word in _OF_ALL else ""
        return self.phrase(STEPS, step.word, *(self.expr(part) or whole for part in step.parts))

    def _by(self, step: Step) -> str:
        keys, aggs = (self._list(part) for part in step.parts)
        for letter, part in (("K", keys), ("A", aggs)):
            self._refs.update({f"{letter}{place}": text for place, text in enumerate(part)})
        by = self.phrase(GLUE, "by")
        return f"{', '.join(aggs)} {by} {', '.join(keys)}".strip()

    def _sort(self, step: Step) -> str:
        start, by = self.phrase(GLUE, "sorted"), self.phrase(GLUE, "by")
        parts = []
        for child in step.parts[0].children:
            way, over = self.phrase(EXPRESSIONS, child.symbol), child.children[0]
            only = over.symbol == "A0" and "A1" not in self._refs
            parts.append(way if only else f"{by} {self.expr(over)} {way}")
        return f"{start} {', '.join(parts)}" if parts else ""

    def _chart(self, step: Step) -> str:
        *axes, options = step.parts
        text = self.phrase(STEPS, step.word)
        about = [part for axis in axes if (part := self.expr(axis))]
        if len(about) == 1:
            text += " " + self.phrase(GLUE, "of", about[0])
        elif about:
            text += " " + self.phrase(GLUE, "versus", about[1], about[0])
        for option in options.children:
            inner = (self.expr(child) for child in option.children)
            text += ", " + self.phrase(OPTIONS, option.symbol, *inner)
        return text

    def _list(self, node: Node) -> list[str]:
        return [self.expr(child) for child in node.children]

    def expr(self, node: Node) -> str:
        """An expression, a condition, an aggregate, a list of them, or a pointer."""
        symbol = node.symbol
        if symbol == "list":
            return ", ".join(self._list(node))
        if symbol in LITERALS:
            return symbol
        if symbol[1:].isdigit():
            return self._pointer(symbol)
        if not node.children and symbol in FUNCTIONS:
            return self.phrase(FUNCTIONS, symbol)
        return self.phrase(
            EXPRESSIONS, symbol, *(self._inner(node, part) for part in node.children)
        )

    def _inner(self, node: Node, part: Node) -> str:
        """Brackets where sums stand inside products, and alternatives inside conditions."""
        text = self.expr(part)
        loose = {"mul": ("add", "sub"), "div": ("add", "sub", "div"), "and": ("or",)}
        return f"({text})" if part.symbol in loose.get(node.symbol, ()) else text

    def _pointer(self, symbol: str) -> str:
        if symbol[0] in "KA":
            if symbol not in self._refs:
                raise PlanError(f"there is no {symbol} in these groups")
            return self._refs[symbol]
        item = item_of(self._items, symbol)
        if item.role == "value" and item.source[:1] in "'\"":
            return f"“{item.text}”" if item.text[:1] not in "'\"" else item.text
        return item.text


def _draws(step: Step) -> bool:
    """Whether a step is a chart: only those take options."""
    body = GRAMMAR[step.mode][step.word]
    return bool(body) and body[-1] in ("OPT*", "GOPT*")
