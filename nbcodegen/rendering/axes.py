"""Titles, labels and other options of charts (OPT, GOPT) -> source."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from nbcodegen.plan import Node
from nbcodegen.rendering.lines import Cell
from nbcodegen.rendering.scope import PointerMap, item_of
from nbcodegen.rendering.source import quoted


class Options:
    """What the request says about the looks of a chart, and what is said where it does not."""

    def __init__(self, nodes: Sequence[Node], items: PointerMap) -> None:
        self._nodes = {node.symbol: node for node in nodes}
        self._items = items

    def text(self, word: str) -> str:
        """Source of a text option, or nothing."""
        node = self._nodes.get(word)
        if node is None:
            return ""
        source = item_of(self._items, node.children[0].symbol).source
        return quoted(str(ast.literal_eval(source)))

    def has(self, word: str) -> bool:
        """Whether an option without a value is there."""
        return word in self._nodes

    def node(self, word: str) -> Node | None:
        """What an option applies to."""
        found = self._nodes.get(word)
        return found.children[0] if found else None

    def color(self) -> str:
        """The colour as an argument of a plotting method."""
        return f"color={self.text('color')}" if self.has("color") else ""

    def bins(self, default: str = "20") -> str:
        """Number of bins of a histogram."""
        node = self.node("bins")
        if node is None:
            return default
        if node.symbol[0] != "V":
            return node.symbol
        return str(int(float(str(ast.literal_eval(item_of(self._items, node.symbol).source)))))

    def finish(self, cell: Cell, *, title: str, x: str, y: str, legend: str = "") -> None:
        """Write titles, scales and the last line of a chart."""
        labels = [
            f"title={self.text('title') or heading(title)}",
            f"xlabel={self.text('xlabel') or quoted(x)}",
            f"ylabel={self.text('ylabel') or quoted(y)}",
        ]
        labels += [f'{axis}scale="log"' for axis in "xy" if self.has(f"log{axis}")]
        cell.emit(f"ax.set({', '.join(labels)})")
        if self.has("grid"):
            cell.emit("ax.grid(True)")
        if legend and not self.has("nolegend"):
            cell.emit(f"ax.legend(title={quoted(legend)})")
        cell.emit("plt.show()")


def heading(title: str) -> str:
    """Source of a title."""
    return quoted(title[:1].upper() + title[1:])


def arguments(*parts: str) -> str:
    """Join the arguments that are not empty."""
    return ", ".join(part for part in parts if part)
