"""Values that look at other rows -> source: running sums, ranks, shares, per-group versions."""

from __future__ import annotations

from nbcodegen.plan import Node
from nbcodegen.rendering.scope import Expr, Scope, number, whole
from nbcodegen.rendering.source import atom, binary, snake

SIMPLE = {
    "cumsum": ".cumsum()",
    "cummax": ".cummax()",
    "diff": ".diff()",
    "mean": ".transform('mean')",
    "sum": ".transform('sum')",
    "min": ".transform('min')",
    "max": ".transform('max')",
    "median": ".transform('median')",
}
LABELS = {
    "cumsum": "cumulative {}",
    "cummax": "running max {}",
    "diff": "{} change",
    "pctchange": "{} pct change",
    "shift": "previous {}",
    "rank": "{} rank",
    "share": "{} share",
    "zscore": "{} zscore",
    "minmax": "scaled {}",
    "rolling": "rolling {}",
}
WINDOWS = frozenset(LABELS)


def window(node: Node, scope: Scope, over: Expr) -> Expr:
    """One window word over a whole column."""
    word, text = node.symbol, over.text
    if word in ("share", "zscore", "minmax") and not over.key:
        # What is computed and then used several times gets a name.
        text = scope.cell.assign(snake(over.label), text)
    base, label = atom(text), scope.cell.say(LABELS[word], over.label)
    if word == "share":
        return Expr(binary(binary(base, "/", f"{base}.sum()"), "*", "100"), "float", label)
    if word == "zscore":
        return Expr(f"({base} - {base}.mean()) / {base}.std()", "float", label)
    if word == "minmax":
        text = f"({base} - {base}.min()) / ({base}.max() - {base}.min())"
        return Expr(text, "float", label)
    if word == "rolling":
        return Expr(f"{base}.{_rolling(node, scope)}", "float", label)
    text = base + _method(node, scope, over)
    return Expr(
        text, over.kind if word in ("cumsum", "cummax", "shift", "diff") else "float", label
    )


def grouped(node: Node, scope: Scope, group: str, over: Expr, key: str) -> Expr:
    """One window word within groups; `group` is `df.groupby(key)[column]`."""
    word = node.symbol
    if word in ("mean", "sum", "min", "max", "median"):
        text = group + SIMPLE[word].replace("'", '"')
        label = scope.cell.say("{} by {}", scope.cell.say(word + " {}", over.label), key)
        return Expr(text, over.kind, label)
    label = scope.cell.say("{} by {}", scope.cell.say(LABELS[word], over.label), key)
    base = atom(over.text)
    if word == "share":
        return Expr(f'{base} / {group}.transform("sum") * 100', "float", label)
    if word == "zscore":
        text = f'({base} - {group}.transform("mean")) / {group}.transform("std")'
        return Expr(text, "float", label)
    if word == "minmax":
        low, high = (f'{group}.transform("{end}")' for end in ("min", "max"))
        return Expr(f"({base} - {low}) / ({high} - {low})", "float", label)
    if word == "rolling":
        text = f"{group}.transform(lambda s: s.{_rolling(node, scope)})"
        return Expr(text, "float", label)
    return Expr(group + _method(node, scope, over), over.kind, label)


def _rolling(node: Node, scope: Scope) -> str:
    func, size = node.children[0].symbol, whole(node.children[1], scope)
    return f"rolling({max(1, abs(int(size)))}).{func}()"


def _method(node: Node, scope: Scope, over: Expr) -> str:
    word = node.symbol
    if word == "pctchange":
        # Before pandas 3 the default fills gaps, and warns when it does.
        gaps = "fill_method=None" if over.has_missing() else ""
        return f".pct_change({gaps}) * 100"
    if word == "shift":
        size = whole(node.children[0], scope)
        return ".shift()" if size == "1" else f".shift({number(node.children[0], scope)})"
    if word == "rank":
        falling = "ascending=False, " if node.children[0].symbol == "desc" else ""
        return f'.rank({falling}method="min")'
    return SIMPLE[word]
