"""Groups of rows as source: a Series of one aggregate, or a table of keys and aggregates."""

from __future__ import annotations

from collections.abc import Sequence

from nbcodegen.plan import Node, PlanError, flatten
from nbcodegen.rendering.aggregates import Reducer, kind_of, reducer
from nbcodegen.rendering.dates import as_date, ordered
from nbcodegen.rendering.expressions import expression
from nbcodegen.rendering.rows import Rows
from nbcodegen.rendering.scope import Expr
from nbcodegen.rendering.source import atom, keywords, listed, quoted, snake


class Groups:
    """Rows grouped by keys: the scope of `K0` and `A0`."""

    def __init__(self, rows: Rows, keys: Sequence[Node], aggs: Sequence[Node]) -> None:
        self.rows, self.cell, self.items = rows, rows.cell, rows.items
        self.key_nodes, self.agg_nodes = list(dict.fromkeys(keys)), list(aggs)
        self.keys: list[Expr] = []
        self.parts: list[Reducer] = []
        self.text = ""
        self.is_table = False
        self.keyed = False
        """Whether the keys are columns, not the index."""
        self.chosen: list[str] = []
        """The aggregates that `cols` kept for a chart; none chosen, all are drawn."""
        self.by_order = True
        """Whether weekdays and months stand in their own order, not in that of a sort."""
        self.as_dates = False
        """Whether keys that are text are read as dates, for a time axis."""
        self.columns: dict[str, Expr] = {}
        self.hint = "groups"

    @property
    def drawn(self) -> list[Expr]:
        """The aggregates that a chart shows."""
        chosen = self.chosen or [name for name in self.columns if name[0] == "A"]
        return [self.columns[name] for name in chosen]

    def name(self) -> str:
        """A variable that holds the groups."""
        if not self.text.isidentifier():
            self.text = self.cell.assign(self.hint, self.text)
        return self.text

    def column(self, symbol: str) -> Expr:
        """`K0` or `A0`, as the groups stand."""
        if symbol not in self.columns:
            raise PlanError(f"there is no {symbol} in these groups")
        found = self.columns[symbol]
        name = self.name()
        text = f"{name}[{found.key}]" if self.is_table else name
        return Expr(text, found.kind, found.label, found.key if self.is_table else "")

    def known(self, node: Node) -> Expr | None:
        """Groups keep no computed columns but `A1`, `A2`, ..."""
        return None

    def _key(self, node: Node) -> Expr:
        expr = self.rows.column_or(node, expression)
        if self.as_dates and expr.kind == "datetext":
            return as_date(expression(node, self.rows))
        return ordered(expr, self.cell) if self.by_order else expr

    def prepare(self) -> None:
        """Look at keys and aggregates; what is computed may give the rows a name."""
        self.keys = [self._key(node) for node in self.key_nodes]
        if not self.keys:
            raise PlanError("no key to group by")
        if len(self.keys) > 1:
            # Computed keys among several need names of their own.
            self.keys = self.rows.with_columns(self.key_nodes, self.keys)
        self.parts = [reducer(node, self.rows, lazy=True) for node in self.agg_nodes]
        for place, key in enumerate(self.keys):
            self.columns[f"K{place}"] = key
        for place, part in enumerate(self.parts):
            self.columns[f"A{place}"] = Expr("", kind_of(part), part.label)
        counts = [part.word for part in self.parts] == ["size"]
        self.hint = "counts" if counts else f"by_{snake(self.keys[0].label)}"

    def grouped(self) -> str:
        """`rows.groupby(keys)`."""
        keys = listed([key.key or key.text for key in self.keys])
        return f"{self.rows.text}.groupby({keys}{self.observed()})"

    def observed(self) -> str:
        """Groups of a category are those that occur; pandas 2 wants to be told."""
        return ", observed=True" if any(key.categorical for key in self.keys) else ""

    def as_series(self) -> None:
        """One aggregate, indexed by the keys."""
        part = self.parts[0]
        if part.word == "size":
            self.text = f"{self.grouped()}.size()"
        elif part.word == "pct":
            frame = self.rows.name()
            self.text = f"{self.grouped()}.size() / len({frame}) * 100"
        else:
            self.text = self._reduced(part) + part.scale

    def _reduced(self, part: Reducer) -> str:
        assert part.over is not None
        if part.word == "sumpct":
            whole = expression(self.agg_nodes[0].children[-1], self.rows)
            sums = self._of(part.over, part.method)
            return f"{sums} / {atom(whole.text)}.sum() * 100"
        return self._of(part.over, part.method)

    def _of(self, over: Expr, method: str) -> str:
        if over.key:
            return f"{self.grouped()}[{over.key}]{method}"
        keys = [key.text or expression(node, self.rows).text
                for key, node in zip(self.keys, self.key_nodes, strict=True)]  # fmt: skip
        return f"{atom(over.text)}.groupby({listed(keys)}{self.observed()}){method}"

    def value_counts(self, normalize: bool = False) -> None:
        """Counts of one key, most common first."""
        key, argument = self.keys[0], "normalize=True" if normalize else ""
        base = f"{self.rows.text}[{key.key}]" if key.key else atom(key.text)
        self.text = f"{base}.value_counts({argument})" + (" * 100" if normalize else "")

    def as_table(self, *, indexed: bool = False) -> None:
        """Keys and aggregates as columns; keys stay in the index for a chart."""
        self.is_table, self.keyed = True, not indexed
        self._make_columns()
        names = self._names()
        if len(self.parts) == 1 and not indexed:
            self.as_series()
            self.text = f"{atom(self.text)}.reset_index(name={quoted(names[0])})"
        else:
            self.text = self._several(names) + ("" if indexed else ".reset_index()")
        for place, key in enumerate(self.keys):
            self.columns[f"K{place}"] = key
        for place, (name, part) in enumerate(zip(names, self.parts, strict=True)):
            self.columns[f"A{place}"] = Expr("", kind_of(part), part.label, quoted(name))

    def _make_columns(self) -> None:
        """Computed keys and inputs become columns of the rows, so that they can be named."""
        nodes, exprs = list(self.key_nodes), list(self.keys)
        for node, part in zip(self.agg_nodes, self.parts, strict=True):
            if part.over is not None and not part.over.key:
                # A condition's input has no node of its own: the aggregate stands for it.
                nodes.append(node if node.symbol.endswith("if") else node.children[-1])
                exprs.append(part.over)
        columns = self.rows.with_columns(nodes, exprs)
        self.keys = columns[: len(self.keys)]
        made = {flatten(node): column for node, column in zip(nodes, columns, strict=True)}
        self.parts = [
            _reading(part, made.get(flatten(node)) or made.get(_input(node)))
            for node, part in zip(self.agg_nodes, self.parts, strict=True)
        ]

    def _names(self) -> list[str]:
        names: list[str] = []
        taken = {key.key.strip("'\"") for key in self.keys}
        for part in self.parts:
            base = name = part.name
            number = 2
            while name in taken:
                name, number = f"{base}_{number}", number + 1
            taken.add(name)
            names.append(name)
        return names

    def _several(self, names: list[str]) -> str:
        inputs = {part.over.key for part in self.parts if part.over}
        funcs = [part.func for part in self.parts]
        plain = all(func.startswith('"') for func in funcs) and len(set(funcs)) == len(funcs)
        if len(inputs) == 1 and plain and all(p.over and p.word != "sumpct" for p in self.parts):
            names[:] = [func.strip('"') for func in funcs]
            return f"{self.grouped()}[{inputs.pop()}].agg([{', '.join(funcs)}])"
        pairs = [(name, self._pair(part)) for name, part in zip(names, self.parts, strict=True)]
        return f"{self.grouped()}.agg({keywords(pairs)})"

    def _pair(self, part: Reducer) -> str:
        key = part.over.key if part.over else self.keys[0].key
        func = part.func
        if part.word == "pct":
            func = f"lambda s: len(s) / len({self.rows.name()}) * 100"
        elif part.word == "sumpct":
            func = f"lambda s: s.sum() / {self.rows.name()}[{key}].sum() * 100"
        return f"({key}, {func})"


def _input(node: Node) -> tuple[str, ...]:
    return flatten(node.children[-1]) if node.children else ()


def _reading(part: Reducer, over: Expr | None) -> Reducer:
    if over is None or part.over is None:
        return part
    return Reducer(part.word, part.label, over, part.func, part.method, part.scale)
