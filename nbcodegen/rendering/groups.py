"""Steps over groups (GTAIL) -> source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering import charts_groups, wide
from nbcodegen.rendering.answers import statistics
from nbcodegen.rendering.conditions import condition
from nbcodegen.rendering.expressions import expression
from nbcodegen.rendering.grouping import Groups
from nbcodegen.rendering.ordering import ascending
from nbcodegen.rendering.rows import Rows
from nbcodegen.rendering.scope import Expr, whole
from nbcodegen.rendering.source import atom, keywords, quoted, snake
from nbcodegen.rendering.spine import Step

RANKED = frozenset({"integer", "float", "duration", "datetime"})


def render_groups(rows: Rows, steps: Sequence[Step]) -> None:
    """Write a grouping and all that follows it."""
    by, rest = steps[0], list(steps[1:])
    groups = Groups(rows, by.parts[0].children, by.parts[1].children)
    groups.by_order = not any(step.word == "sort" and "A" in _sorted(step) for step in rest)
    groups.as_dates = rest[-1].word in ("line", "area")
    groups.prepare()
    if not groups.parts:
        groups.agg_nodes = [Node("size")]
        if rest[0].word == "show":
            _keys_alone(groups)
            return
        groups.prepare()
    if any(step.word in ("wide", "widepct") for step in rest):
        wide.render_wide(groups, rest)
        return
    rest = _begin(groups, rest)
    for place, step in enumerate(rest):
        _step(groups, step, rest[place + 1 :])
        if step.word == "idxmax":
            return


def _sorted(step: Step) -> set[str]:
    return {child.children[0].symbol[0] for child in step.parts[0].children}


def _keys_alone(groups: Groups) -> None:
    """Groups without aggregates are the keys that occur."""
    columns = groups.rows.with_columns(groups.key_nodes, groups.keys)
    keys = [column.key for column in columns]
    if len(keys) == 1:
        groups.cell.emit(f"{groups.rows.text}[{keys[0]}].unique()")
    else:
        groups.cell.emit(f"{groups.rows.text}[[{', '.join(keys)}]].drop_duplicates()")


def _begin(groups: Groups, rest: list[Step]) -> list[Step]:
    """Choose between a Series and a table; return the steps that are left."""
    drawn = rest[-1].word in charts_groups.DRAWN
    if _needs_table(groups, rest):
        groups.as_table(indexed=drawn and not _needs_columns(rest))
        return rest
    first = rest[0]
    descending = first.word == "sort" and [
        (child.symbol, child.children[0].symbol) for child in first.parts[0].children
    ] == [("desc", "A0")]
    if len(groups.keys) == 1 and descending and groups.parts[0].word in ("size", "pct"):
        groups.value_counts(normalize=groups.parts[0].word == "pct")
        return rest[1:]
    groups.as_series()
    return rest


def _needs_table(groups: Groups, rest: Sequence[Step]) -> bool:
    if len(groups.parts) != 1:
        return True
    return _needs_columns(rest) or any(_names_keys(groups, step) for step in rest)


def _needs_columns(rest: Sequence[Step]) -> bool:
    return any(step.word in ("new", "eachtop") for step in rest)


def _names_keys(groups: Groups, step: Step) -> bool:
    """Whether a step needs the keys as columns."""
    symbols = [node.symbol for part in step.parts for node in part.walk()]
    keys = {symbol for symbol in symbols if symbol[0] == "K" and symbol[1:].isdigit()}
    if step.word == "cols":
        wanted = set(symbols) - {"list"}
        every = {f"K{place}" for place in range(len(groups.keys))}
        return wanted not in ({"A0"}, every, every | {"A0"})
    if step.word == "sort":
        return (len(groups.keys) > 1 and bool(keys)) or len(step.parts[0].children) > 1
    return bool(keys)


def _step(groups: Groups, step: Step, rest: Sequence[Step]) -> None:
    if step.word in charts_groups.DRAWN:
        charts_groups.draw(groups, step)
    else:
        _STEPS[step.word](groups, step, rest)


def _where(groups: Groups, step: Step, rest: Sequence[Step]) -> None:
    test = condition(step.parts[0], groups)
    groups.text, groups.hint = f"{groups.name()}[{test}]", "matching"


def _sort(groups: Groups, step: Step, rest: Sequence[Step]) -> None:
    order = step.parts[0].children
    falling = [child.symbol == "desc" for child in order]
    if not order:
        return
    keys = [_ref(groups, child.children[0]).key for child in order]
    if groups.is_table:
        inner = keys[0] if len(keys) == 1 else f"[{', '.join(keys)}]"
        groups.text = f"{groups.text}.sort_values({inner}{ascending(falling)})"
        return
    method = "sort_values" if order[0].children[0].symbol[0] == "A" else "sort_index"
    groups.text = f"{atom(groups.text)}.{method}({ascending(falling)[2:]})"


def _ref(groups: Groups, node: Node) -> Expr:
    """A key or an aggregate, without giving the groups a name."""
    if node.symbol not in groups.columns:
        raise PlanError(f"there is no {node.symbol} in these groups")
    return groups.columns[node.symbol]


def _head(groups: Groups, step: Step, rest: Sequence[Step]) -> None:
    size, text = whole(step.parts[0], groups), atom(groups.text)
    for ending, method in (
        (".sort_values(ascending=False)", "nlargest"),
        (".sort_values()", "nsmallest"),
    ):
        numeric = groups.columns["A0"].kind in RANKED
        if step.word == "head" and not groups.is_table and numeric and text.endswith(ending):
            groups.text = f"{text.removesuffix(ending)}.{method}({size})"
            return
    groups.text = f"{text}.{step.word}({size})"


def _cols(groups: Groups, step: Step, rest: Sequence[Step]) -> None:
    symbols = list(dict.fromkeys(node.symbol for node in step.parts[0].children))
    keys = [_ref(groups, Node(symbol)).key for symbol in symbols]
    groups.chosen = [symbol for symbol in symbols if symbol[0] == "A"]
    if groups.keyed and rest[0].word in charts_groups.DRAWN:
        return
    if groups.is_table:
        if len(keys) == 1 and rest[0].word == "show":
            groups.text = f"{groups.text}[{keys[0]}]"
        else:
            groups.text = f"{groups.text}[[{', '.join(keys)}]]"
        return
    if all(symbol[0] == "K" for symbol in symbols):
        groups.text = _keys_of(groups.text, last=rest[0].word == "show")


def _keys_of(text: str, *, last: bool) -> str:
    """The keys of a Series; of its only row, one key."""
    for ending, method in ((".nlargest(1)", "idxmax"), (".nsmallest(1)", "idxmin")):
        if last and text.endswith(ending):
            return f"{text.removesuffix(ending)}.{method}()"
    if last and text.endswith(".value_counts().head(1)"):
        return f"{text.removesuffix('.head(1)')}.idxmax()"
    return f"{atom(text)}.index.tolist()"


def _new(groups: Groups, step: Step, rest: Sequence[Step]) -> None:
    made = expression(step.parts[0], groups)
    taken = {column.key.strip("'\"") for column in groups.columns.values()}
    base = name = snake(made.label)
    number = 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    count = sum(symbol[0] == "A" for symbol in groups.columns)
    groups.text = f"{groups.name()}.assign({keywords([(name, made.text)])})"
    groups.columns[f"A{count}"] = Expr("", made.kind, made.label, quoted(name))


def _eachtop(groups: Groups, step: Step, rest: Sequence[Step]) -> None:
    size, direction, by = step.parts
    key = _ref(groups, by).key if not by.children else ""
    if not key:
        made = expression(by, groups)
        groups.text = f"{groups.name()}.assign(rank_by={made.text})"
        key = '"rank_by"'
    order = ascending([direction.symbol == "desc"])
    ranked = f'{groups.text}.sort_values({key}{order}, kind="stable")'
    first = groups.keys[0]
    observed = ", observed=True" if first.categorical else ""
    groups.text = f"{ranked}.groupby({first.key}{observed}).head({whole(size, groups)})"


def _show(groups: Groups, step: Step, rest: Sequence[Step]) -> None:
    groups.cell.emit(groups.text)


def _count(groups: Groups, step: Step, rest: Sequence[Step]) -> None:
    groups.cell.emit(f"len({groups.text})")


def _stat(groups: Groups, step: Step, rest: Sequence[Step]) -> None:
    nodes = list(dict.fromkeys(step.parts[0].children))
    if not nodes:
        raise PlanError("no statistic is asked for")
    only = nodes[0]
    if len(nodes) == 1 and not groups.is_table and only.children[0].symbol == "A0":
        groups.cell.emit(f"{atom(groups.text)}.{only.symbol}()")
        return
    groups.cell.emit(statistics(groups, nodes))


_STEPS: dict[str, Callable[[Groups, Step, Sequence[Step]], None]] = {
    "where": _where,
    "sort": _sort,
    "head": _head,
    "tail": _head,
    "cols": _cols,
    "new": _new,
    "eachtop": _eachtop,
    "show": _show,
    "count": _count,
    "stat": _stat,
}
