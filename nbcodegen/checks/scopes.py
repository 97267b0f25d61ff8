"""Code -> mentions: every variable that it reads or makes, in order of evaluation.

Names of functions' own parameters and variables, and those of comprehensions, are local:
they can neither miss nor overwrite anything of the user's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a variable of the cell itself (not a local one) is read or made."""

    name: str
    node: ast.AST
    made: bool
    updated: bool = False
    """True for `name += …` and `del name`, which need the name to exist and change it."""
    deferred: bool = False
    """True inside a function's body, which runs later, if at all."""
    imported: bool = False
    looped: bool = False
    """True inside a loop, where what stands below may have run already."""
    source: ast.expr | None = None
    """The right-hand side, where the mention is the target of an assignment."""


def mentions(tree: ast.Module) -> tuple[Mention, ...]:
    """List the cell's variables where they are read or made, in order of evaluation."""
    reader = _Reader()
    reader.block(tree.body)
    return tuple(reader.found)


def stores(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the names that these statements bind in their own scope."""
    reader = _Reader()
    for node in nodes:
        reader.visit(node)
    return {mention.name for mention in reader.found if mention.made and not mention.deferred}


class _Reader(ast.NodeVisitor):
    """Walks in the order in which Python evaluates, keeping a stack of local scopes."""

    def __init__(self) -> None:
        self.found: list[Mention] = []
        self.locals: list[set[str]] = []
        self.deferred = 0
        self.loops = 0

    def block(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self.visit(statement)

    def each(self, nodes: Sequence[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def mention(
        self, name: str, node: ast.AST, *, made: bool, updated: bool = False, imported: bool = False
    ) -> None:
        if not any(name in scope for scope in self.locals):
            deferred, looped = bool(self.deferred), bool(self.loops)
            self.found.append(
                Mention(
                    name,
                    node,
                    made,
                    deferred=deferred,
                    looped=looped,
                    updated=updated,
                    imported=imported,
                )
            )

    # Expressions

    def visit_Name(self, node: ast.Name) -> None:
        deleted = isinstance(node.ctx, ast.Del)
        self.mention(node.id, node, made=isinstance(node.ctx, ast.Store), updated=deleted)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.each([node.value, node.target])

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node, [node.body])

    def visit_comprehension_scope(self, node: Comprehension) -> None:
        first = node.generators[0]
        self.visit(first.iter)
        targets = {name for generator in node.generators for name in _targets(generator.target)}
        self.locals.append(targets)
        for generator in node.generators:
            self.each([None if generator is first else generator.iter, *generator.ifs])
        if isinstance(node, ast.DictComp):
            self.each([node.key, node.value])
        else:
            self.visit(node.elt)
        self.locals.pop()

    visit_ListComp = visit_SetComp = visit_comprehension_scope
    visit_DictComp = visit_GeneratorExp = visit_comprehension_scope

    # Statements

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self._target(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.each([node.annotation, node.value])
        if node.value is not None or not isinstance(node.target, ast.Name):
            self._target(node.target, node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        if isinstance(node.target, ast.Name):
            self.mention(node.target.id, node.target, made=True, updated=True)
        else:
            self.visit(node.target)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        self.loops += 1
        self.visit(node.target)
        self.block(node.body)
        self.loops -= 1
        self.block(node.orelse)

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self.loops += 1
        self.visit(node.test)
        self.block(node.body)
        self.loops -= 1
        self.block(node.orelse)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            self.mention(name, node, made=True, imported=True)

    visit_ImportFrom = visit_Import

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.each(node.decorator_list)
        arguments = node.args
        given = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        self.each([argument.annotation for argument in given])
        self.each([node.returns])
        self.mention(node.name, node, made=True)
        self._function(node, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.each([*node.decorator_list, *node.bases, *node.keywords])
        self.mention(node.name, node, made=True)
        # A method does not see the class body's names, but calling them local errs to silence.
        self.locals.append(stores(node.body))
        self.block(node.body)
        self.locals.pop()

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.each([node.type])
        if node.name:
            self.mention(node.name, node, made=True)
        self.block(node.body)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self.each([node.pattern])
        if node.name:
            self.mention(node.name, node, made=True)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self.mention(node.name, node, made=True)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.generic_visit(node)
        if node.rest:
            self.mention(node.rest, node, made=True)

    def _target(self, target: ast.expr, source: ast.expr | None) -> None:
        before = len(self.found)
        self.visit(target)
        for position, mention in enumerate(self.found[before:], before):
            if mention.made and mention.source is None:
                self.found[position] = Mention(
                    mention.name, mention.node, True, deferred=mention.deferred,
                    looped=mention.looped, source=source,
                )  # fmt: skip

    def _function(self, node: Function, body: Sequence[ast.AST]) -> None:
        arguments = node.args
        self.each([*arguments.defaults, *arguments.kw_defaults])
        given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        own = {argument.arg for argument in (*given, arguments.vararg, arguments.kwarg) if argument}
        own |= stores(body) - _declared(body)
        self.locals.append(own)
        self.deferred += 1
        self.each(body)
        self.deferred -= 1
        self.locals.pop()


def _targets(target: ast.expr) -> Iterator[str]:
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _declared(body: Sequence[ast.AST]) -> set[str]:
    """Names that a body takes from outside by `global` or `nonlocal`."""
    return {
        name
        for node in body
        for inner in ast.walk(node)
        if isinstance(inner, ast.Global)
        for name in inner.names
    }
