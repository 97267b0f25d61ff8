"""Code + schemas -> findings: what is wrong with it, without running it.

Rules look at nodes, never at substrings, and say nothing where they cannot know.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import warnings
from collections.abc import Collection, Iterator, Sequence

from nbcodegen.checks.flow import ColumnUse, trace
from nbcodegen.checks.origins import origins
from nbcodegen.checks.policy.execution import text_as_code
from nbcodegen.checks.policy.files import files, unwritten
from nbcodegen.checks.policy.insides import insides
from nbcodegen.checks.policy.modules import outside_modules
from nbcodegen.checks.policy.patches import patches
from nbcodegen.checks.reading import Reading, Rule
from nbcodegen.checks.scopes import Mention, mentions, stores
from nbcodegen.values import Finding, Kind, TableSchema

EVERYWHERE = frozenset({*dir(builtins), "display", "get_ipython", "__name__", "__file__", "_"})
NUMERIC_ONLY = frozenset(
    {"mean", "median", "std", "var", "sem", "skew", "kurt", "quantile", "prod", "diff",
     "pct_change", "abs"}
)  # fmt: skip
TEXTS: frozenset[Kind] = frozenset({"string", "datetext", "category"})
NUMBERS: frozenset[Kind] = frozenset({"integer", "float", "boolean"})
FORBIDDEN: dict[str, frozenset[Kind]] = {
    **dict.fromkeys(NUMERIC_ONLY, TEXTS),
    "sum": frozenset({"datetime"}),
    ".str": NUMBERS | {"datetime", "duration"},
    ".dt": NUMBERS | {"string", "datetext"},
    ".cat": NUMBERS | {"string", "datetext", "datetime", "duration"},
}


def known_names(reading: Reading) -> Iterator[Finding]:
    """NB201: a name must be the user's, a builtin, or made by the code before it is read.

    Bad:   sales_2024.head()      # no such table
    Good:  sales.head()
    """
    there = {*reading.names, *(table.name for table in reading.tables)}
    found = mentions(reading.tree)
    if any(mention.imported and mention.name == "*" for mention in found):
        return
    anywhere = {mention.name for mention in found if mention.made}
    made = there | EVERYWHERE
    loops = _made_in_loops(reading.tree)
    for mention in found:
        if mention.made and not mention.updated:
            made = made | {mention.name}
            continue
        later = anywhere if mention.deferred else loops if mention.looped else frozenset[str]()
        if mention.name not in made and mention.name not in later:
            yield _unknown_name(mention, there | anywhere, late=mention.name in anywhere)
            made = made | {mention.name}  # once is enough


def known_columns(reading: Reading) -> Iterator[Finding]:
    """NB202: a column must exist in the table that it is taken from.

    Bad:   homes["pirce"].mean()
    Good:  homes["price"].mean()
    """
    for use in reading.trace.uses:
        if use.missing:
            yield Finding("NB202", _no_column(use), use.line, repr(use.label), _nearest_label(use))


def fitting_kinds(reading: Reading) -> Iterator[Finding]:
    """NB203: an operation must be one that the column's kind allows.

    Bad:   homes["city"].mean()
    Good:  homes["price"].mean()
    """
    for operation in reading.trace.operations:
        if operation.kind in FORBIDDEN.get(operation.name, ()):
            what = operation.name if operation.name.startswith(".") else f".{operation.name}()"
            message = f"column {operation.label!r} holds {operation.kind}, which has no {what}"
            yield Finding("NB203", message, operation.line, repr(operation.label))


def changed_tables(reading: Reading) -> Iterator[Finding]:
    """NB204: tell the user, without objecting, that the code changes one of their tables.

    Noted:  homes["ratio"] = homes["price"] / homes["area"]
    """
    for change in reading.trace.changes:
        message = f"changes your table {change.table!r}"
        yield Finding("NB204", message, change.line, change.table, fatal=False)


RULES: tuple[Rule, ...] = (
    outside_modules, text_as_code, insides, files, unwritten, patches,
    known_names, known_columns, fitting_kinds, changed_tables,
)  # fmt: skip


def check(
    code: str, tables: Sequence[TableSchema], names: Collection[str], request: str = ""
) -> tuple[Finding, ...]:
    """Run every rule over the code; code that does not parse is itself a finding (NB001).

    A `request` that asks for a file, or names one, turns objections to that into notes.
    """
    try:
        tree = _parsed(code)
    except SyntaxError as error:
        line, evidence = error.lineno or 1, (error.text or "").strip()
        return (Finding("NB001", f"is not valid Python: {error.msg}", line, evidence),)
    except (ValueError, RecursionError, MemoryError) as error:
        return (Finding("NB001", f"is not valid Python: {error}", 1),)
    known = origins(tree, tables, names)
    reading = Reading(tree, trace(tree, tables), known, tables, names, request)
    found = dict.fromkeys(finding for rule in RULES for finding in rule(reading))
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.rule)))


def _parsed(code: str) -> ast.Module:
    tree = ast.parse(code)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Compiling finds what parsing lets pass, such as a `return` outside a function.
        compile(code, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return tree


def _made_in_loops(tree: ast.Module) -> frozenset[str]:
    """Names made in loops: a later turn may read what an earlier one made below."""
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)]
    return frozenset(name for loop in loops for name in stores(loop.body))


def _unknown_name(mention: Mention, there: Collection[str], *, late: bool) -> Finding:
    line = getattr(mention.node, "lineno", 1)
    if late:
        message = f"name {mention.name!r} is used before it is made"
        return Finding("NB201", message, line, mention.name)
    near = difflib.get_close_matches(mention.name, sorted(set(there) - {mention.name}), 1)
    nearest = near[0] if near else ""
    return Finding("NB201", f"name {mention.name!r} is not defined", line, mention.name, nearest)


def _no_column(use: ColumnUse) -> str:
    where = use.table.owner or use.source
    return f"table {where!r} has no column {use.label!r}" if where else (
        f"the table has no column {use.label!r}"
    )  # fmt: skip


def _nearest_label(use: ColumnUse) -> str:
    known = {str(label).casefold(): label for label in use.table.labels}
    near = difflib.get_close_matches(str(use.label).casefold(), known, 1, 0.6)
    if not near:
        return ""
    return str(known[near[0]])
