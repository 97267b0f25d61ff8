"""Code -> what it touches: the tables it reads, the columns and other names it says."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from nbcodegen.values import ColumnSchema, TableSchema


def names_in(code: str) -> frozenset[str]:
    """Return names and texts of earlier code: columns that it made can be asked for."""
    names = {node.id for node in _nodes(code) if isinstance(node, ast.Name)}
    texts = {
        node.value
        for node in _nodes(code)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    keywords = {node.arg for node in _nodes(code) if isinstance(node, ast.keyword) and node.arg}
    return frozenset(names | texts | keywords)


def tables_read(code: str, tables: Sequence[TableSchema]) -> tuple[TableSchema, ...]:
    """Return the tables that the code names."""
    names = {node.id for node in _nodes(code) if isinstance(node, ast.Name)}
    return tuple(table for table in tables if table.name in names)


def columns_named(code: str, tables: Sequence[TableSchema]) -> tuple[str, ...]:
    """Labels of the columns that the code names, in the order in which it names them."""
    by_key: dict[str, ColumnSchema] = {}
    for table in tables:
        for column in (*table.columns, *table.index):
            by_key.setdefault(column.key, column)
    found = [
        (node.lineno, node.col_offset, by_key[key].label)
        for node in _nodes(code)
        if isinstance(node, (ast.Constant, ast.Tuple)) and (key := ast.unparse(node)) in by_key
        if not _is_number(node)
    ]
    attributes = {column.label: column for column in by_key.values()}
    found += [
        (node.lineno, node.end_col_offset or 0, node.attr)
        for node in _nodes(code)
        if isinstance(node, ast.Attribute) and node.attr in attributes
        if isinstance(node.value, ast.Name) and node.value.id in {table.name for table in tables}
    ]
    return tuple(dict.fromkeys(label for _, _, label in sorted(found)))


def _nodes(code: str) -> Iterator[ast.AST]:
    """Every node of code that may not be ours to expect valid: a user's edited cell."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    yield from ast.walk(tree)


def _is_number(node: ast.expr) -> bool:
    """An integer label and the number 0 look alike; naming a column too few misleads less."""
    return isinstance(node, ast.Constant) and not isinstance(node.value, str)
