"""Groups with one key spread over columns (WTAIL): pivot tables, crosstabs, series of a chart."""

from __future__ import annotations

from collections.abc import Sequence

from nbcodegen.rendering import charts_groups
from nbcodegen.rendering.conditions import condition
from nbcodegen.rendering.grouping import Groups
from nbcodegen.rendering.scope import whole
from nbcodegen.rendering.source import atom
from nbcodegen.rendering.spine import Step

FILLED = frozenset({"size", "sum", "count", "nunique", "countif", "pct", "sumpct"})
"""Where no row is, these are 0 and not missing."""
PIVOTED = frozenset(
    ["mean", "sum", "median", "std", "var", "min", "max", "nunique", "count", "first", "last"]
)


def render_wide(groups: Groups, rest: Sequence[Step]) -> None:
    """Write the steps before the spreading, the spreading, and what is shown of it."""
    place = next(at for at, step in enumerate(rest) if step.word in ("wide", "widepct"))
    before, last = rest[:place], rest[-1]
    spread = len(groups.keys) > 1 and len(groups.parts) == 1
    if not spread:
        groups.as_table(indexed=True)
        groups.is_table = False
    elif last.word == "show" and not before:
        groups.text = _pivot(groups)
    else:
        _unstack(groups, before)
    if rest[place].word == "widepct":
        _as_percent(groups, whole_table=groups.text)
    _arranged(groups, before)
    if last.word == "show":
        groups.cell.emit(groups.text)
    else:
        charts_groups.draw_wide(groups, last)


def _pivot(groups: Groups) -> str:
    """`pd.crosstab` for counts, `pivot_table` for plain aggregates, else `unstack`."""
    part = groups.parts[0]
    plain = all(key.key for key in groups.keys)
    if part.word == "size" and len(groups.keys) == 2:
        frame = groups.rows.name()
        sides = [f"{frame}[{key.key}]" if key.key else key.text for key in groups.keys]
        return f"pd.crosstab({', '.join(sides)})"
    if plain and part.word in PIVOTED and part.over and part.over.key:
        *index, columns = [key.key for key in groups.keys]
        rows = index[0] if len(index) == 1 else f"[{', '.join(index)}]"
        arguments = f"index={rows}, columns={columns}, values={part.over.key}"
        return (
            f"{groups.rows.text}.pivot_table({arguments}, aggfunc={part.func}{groups.observed()})"
        )
    groups.as_series()
    return f"{atom(groups.text)}.unstack({_fill(groups)})"


def _fill(groups: Groups) -> str:
    return "fill_value=0" if groups.parts[0].word in FILLED else ""


def _unstack(groups: Groups, before: Sequence[Step]) -> None:
    groups.as_series()
    for step in before:
        if step.word == "where":
            if _names_key(step):
                groups.as_table()
            test = condition(step.parts[0], groups)
            groups.text = f"{groups.name()}[{test}]"
    if groups.is_table:
        *index, columns = [key.key for key in groups.keys]
        inner = index[0] if len(index) == 1 else f"[{', '.join(index)}]"
        value = groups.columns["A0"].key
        groups.text = f"{groups.text}.pivot(index={inner}, columns={columns}, values={value})"
        groups.is_table = False
    else:
        groups.text = f"{atom(groups.text)}.unstack({_fill(groups)})"


def _names_key(step: Step) -> bool:
    return any(node.symbol in ("K0", "K1", "K2") for part in step.parts for node in part.walk())


def _as_percent(groups: Groups, whole_table: str) -> None:
    """Each row adds up to 100."""
    if whole_table.startswith("pd.crosstab("):
        groups.text = f'{whole_table[:-1]}, normalize="index") * 100'
        return
    groups.hint = "counts" if groups.parts[0].word == "size" else groups.hint
    name = groups.name()
    groups.text = f"{name}.div({name}.sum(axis=1), axis=0) * 100"


def _arranged(groups: Groups, before: Sequence[Step]) -> None:
    """Sorts and cuts of a wide table are over its rows; by an aggregate means by their total."""
    for step in before:
        if step.word == "sort" and step.parts[0].children:
            _sort(groups, step)
        elif step.word in ("head", "tail"):
            groups.text = f"{atom(groups.text)}.{step.word}({whole(step.parts[0], groups)})"


def _sort(groups: Groups, step: Step) -> None:
    first = step.parts[0].children[0]
    down = "ascending=False" if first.symbol == "desc" else ""
    if first.children[0].symbol[0] == "K":
        groups.text = f"{atom(groups.text)}.sort_index({down})"
        return
    name = groups.name()
    groups.text = f"{name}.loc[{name}.sum(axis=1).sort_values({down}).index]"
