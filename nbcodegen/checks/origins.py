"""Code -> where its names come from: an import, the user, Python itself.

It follows plain imports and plain assignments, and says nothing where it cannot know.
"""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nbcodegen.checks.flow.environment import ALIASES
from nbcodegen.checks.policy.refused import MODULES, ORDINARY_WORDS
from nbcodegen.checks.scopes import mentions
from nbcodegen.values import TableSchema

LIBRARIES = frozenset(
    """pandas numpy matplotlib seaborn scipy sklearn statsmodels polars pyarrow duckdb plotly
    geopandas io codecs operator""".split()
)
PUT_THERE_BY_THE_SHELL = frozenset({"open", "get_ipython"})
"""Among the user's names though the user never made them."""
EVERYWHERE = {
    **{name: f"builtins.{name}" for name in dir(builtins)},
    **{name: name for name in LIBRARIES | MODULES - ORDINARY_WORDS},
    **ALIASES,
    "get_ipython": "IPython.get_ipython",
}
"""What a name stands for that neither the code nor the user has made."""


@dataclass(frozen=True, slots=True)
class Origins:
    """What the names of one piece of code stand for."""

    imported: Mapping[str, str]
    """Variables that hold modules, or what was taken from them: `p` -> `matplotlib.pyplot`."""
    free: frozenset[ast.Name]
    """Reads of what was there before the code, tables left out."""
    held: Mapping[str, tuple[ast.expr, ...]]
    """All that a variable is ever made from, where that is plain to see."""

    def dotted(self, node: ast.AST) -> str:
        """Name what is read from where: `pandas.read_csv`, `builtins.open`; empty if unknown."""
        if isinstance(node, ast.Name):
            there = EVERYWHERE.get(node.id, "") if node in self.free else ""
            return self.imported.get(node.id, there) if isinstance(node.ctx, ast.Load) else ""
        if isinstance(node, ast.NamedExpr):
            return self.dotted(node.value)
        base, name = attribute(node)
        source = self.dotted(base) if base is not None else ""
        return f"{source}.{name}" if source else ""


def origins(tree: ast.Module, tables: Sequence[TableSchema], names: Collection[str]) -> Origins:
    """Read where each name of the code comes from."""
    free = frozenset(_free(tree, {table.name for table in tables}, names))
    found = Origins({}, free, _held(tree))
    imported: dict[str, str] = {}
    for node in ast.walk(tree):
        imported.update(_imports(node))
    known = Origins(imported, free, found.held)
    for name, values in found.held.items():
        if len(values) == 1 and (source := known.dotted(values[0])):
            imported[name] = source
    return known


def attribute(node: ast.AST) -> tuple[ast.expr | None, str]:
    """Take `a.b` and `getattr(a, "b")` apart."""
    if isinstance(node, ast.Attribute):
        return node.value, node.attr
    if isinstance(node, ast.Call) and len(node.args) > 1 and isinstance(node.func, ast.Name):
        base, name = node.args[:2]
        if node.func.id == "getattr" and isinstance(name, ast.Constant):
            return base, str(name.value)
    return None, ""


def _free(tree: ast.Module, tables: Collection[str], names: Collection[str]) -> Iterator[ast.Name]:
    found = mentions(tree)
    anywhere = {mention.name for mention in found if mention.made}
    mine = {name for name in names if EVERYWHERE.get(name, "").startswith("builtins.")}
    made = {*tables, *(mine - PUT_THERE_BY_THE_SHELL)}
    for mention in found:
        if mention.made:
            made.add(mention.name)
            continue
        ours = mention.name in made or (mention.deferred and mention.name in anywhere)
        if isinstance(mention.node, ast.Name) and not ours:
            yield mention.node


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            whole = alias.name if alias.asname else alias.name.partition(".")[0]
            yield alias.asname or whole, whole
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _held(tree: ast.Module) -> dict[str, tuple[ast.expr, ...]]:
    values: dict[str, list[ast.expr]] = {}
    made: Counter[str] = Counter()
    for node in ast.walk(tree):
        made.update(_made(node))
        for target, value in _given(node):
            if isinstance(target, ast.Name):
                values.setdefault(target.id, []).append(value)
    return {name: tuple(all_) for name, all_ in values.items() if len(all_) == made[name]}


def _given(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield targets with what they are given; a loop's target is given `*iterable`."""
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.comprehension):
        yield node.target, ast.Starred(node.iter, ast.Load())


def _made(node: ast.AST) -> Iterator[str]:
    """Yield each name that the node itself makes, or unmakes."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.alias):
        yield node.asname or node.name
    elif name := getattr(node, "name", None):
        yield name
