"""The plan language: what a request asks for, as a typed program over pointers.

The embedded model writes plans, never code. A plan is a flat tuple of symbols, the pre-order
walk of a tree that the grammar below derives; every symbol decides the next step, so a decoder
needs one stack to know what may follow, and a plan that ends is well formed. Symbols are words
of the grammar, or pointers: `T0` a table, `C3` a column, `V1` a value found in the request.
After `by`, rows are groups, and columns are `K0 K1 K2` (keys) and `A0 .. A4` (aggregates).

    from T0 where gt C2 V0 by C4 end mean C1 end sort desc A0 end bar end

Nonterminals are upper case. `X*` is a list closed by `end`. `<C:num>` is a pointer slot whose
column must be of one of the kinds that `num` stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SLOT_KINDS: Mapping[str, frozenset[str]] = {
    "num": frozenset({"integer", "float", "boolean", "duration"}),
    "date": frozenset({"datetime", "datetext"}),
    "text": frozenset({"string", "category", "datetext", "other"}),
    "ord": frozenset({"integer", "float", "boolean", "duration", "datetime", "datetext"}),
    "any": frozenset(
        "integer float boolean string category datetime datetext duration other".split()
    ),
}

_LITERALS = "0 | 1 | 2 | 3 | 5 | 10 | 100"
_WINDOW = """cumsum {N} | cummax {N} | diff {N} | pctchange {N} | shift INT {N} | rank DIR {N}
    | share {N} | zscore {N} | minmax {N} | rolling FUNC INT {N}"""
_ARITHMETIC = "add {N} {V} | sub {N} {V} | mul {N} {V} | div {N} {V} | abs {N} | round {N} INT"
_CONDITION = """and {C} {C} | or {C} {C} | not {C} | eq {A} {V} | ne {A} {V} | gt {O} {V}
    | ge {O} {V} | lt {O} {V} | le {O} {V} | between {O} {V} {V} | in {A} {V}* | notin {A} {V}*
    | isna {A} | notna {A}"""
_OPTIONS = """title <V> | xlabel <V> | ylabel <V> | logx | logy | grid | nolegend | color <V>
    | bins INT"""

GRAMMAR_TEXT = f"""
PLAN: decline | from SRC TAIL
SRC: <T> | join HOW SRC <T> <C:any> <C:any> | concat <T> <T>
HOW: inner | left | outer
DIR: asc | desc
INT: <V> | {_LITERALS}
FUNC: mean | sum | min | max | median | std
TAIL: where COND TAIL | sort SORT* TAIL | head INT TAIL | tail INT TAIL | sample INT TAIL
    | cols ANY* TAIL | drop COL* TAIL | distinct TAIL | dedup COL* TAIL | dropna COL* TAIL
    | dropnaall TAIL | dropnacols TAIL | fill FILL COL* TAIL | rename <C:any> <V> TAIL
    | renamelower TAIL | renamesnake TAIL | cast TYPE COL* TAIL | set <C:any> EXPR TAIL
    | new NAME EXPR TAIL | text TEXTOP COL* TAIL | replace COL* VAL VAL TAIL
    | index <C:any> TAIL | reset TAIL | eachtop INT DIR NUM ANY TAIL | by ANY* AGG* GTAIL
    | melt COL* COL* DONE | dummies COL* DONE
    | show | save | count | stat AGG* | describe COL* | info | shape | dtypes | columns | missing
    | missingpct | dups | corr NUM NUM | corrmat | corrwith NUM | calc OP SCALAR SCALAR
    | pctwhere COND
    | bar ANY NUM* OPT* | barh ANY NUM* OPT* | line ORD NUM* OPT* | area ORD NUM* OPT*
    | pie ANY NUM OPT* | scatter ORD NUM OPT* | hexbin NUM NUM OPT* | hist NUM* OPT*
    | kde NUM* OPT* | box NUM* OPT* | violin NUM* OPT* | heatcorr OPT* | pairs OPT*
    | histall OPT* | boxall OPT*
DONE: show | save
SORT: asc ANY | desc ANY
COL: <C:any>
NAME: auto | <V>
TYPE: int | float | str | date | category | bool
TEXTOP: strip | lower | upper | title | capitalize | digits | nospace
FILL: mean | median | mode | ffill | bfill | interp | val VAL | permean <C:any> | permedian <C:any>
OP: add | sub | mul | div | pct
SCALAR: given COND AGG | &AGG
AGG: size | pct | mean NUM | sum NUM | median NUM | std NUM | var NUM | range NUM | sumpct NUM
    | min ANY | max ANY | nunique ANY | count ANY | mode ANY | first ANY | last ANY | missing ANY
    | quantile INT NUM | countif COND | pctif COND | sumif COND NUM | meanif COND NUM
NUM: <C:num> | {_ARITHMETIC.format(N="NUM", V="NUMVAL")} | {_WINDOW.format(N="NUM")}
    | log NUM | sqrt NUM | year DATE | month DATE | quarter DATE | weekno DATE | day DATE
    | hour DATE | days DATE DATE | len TXT | words TXT | tonum TXT | per ANY WINDOW | flag COND
WINDOW: cumcount | size | mean NUM | sum NUM | min NUM | max NUM | median NUM
    | {_WINDOW.format(N="NUM")}
NUMVAL: <V> | {_LITERALS} | scalar AGG | &NUM
DATE: <C:date> | todate <C:any>
PERIOD: ym DATE | yq DATE | yw DATE | date DATE
TXT: <C:text> | weekday DATE | monthname DATE | lower TXT | upper TXT | title TXT | strip TXT
    | firstword TXT | lastword TXT | prefix INT TXT | concat TXT TXT | swap TXT <V> <V>
    | cut NUM INT | qcut NUM INT | cutat NUM VAL* | pick COND VAL VAL
ORD: <C:ord> | &PERIOD | &NUM | todate <C:any>
ANY: <C:any> | &PERIOD | &NUM | &TXT | todate <C:any>
EXPR: const VAL | &ANY
VAL: <V> | {_LITERALS} | <C:any> | scalar AGG
COND: {_CONDITION.format(C="COND", A="ANY", O="ORD", V="VAL")}
    | contains TXT VAL | startswith TXT VAL | endswith TXT VAL | istrue <C:any> | isfalse <C:any>
    | outlier NUM | zoutlier NUM | toppct INT NUM | bottompct INT NUM | duplicated COL*
    | inother ANY <C:other> | notinother ANY <C:other>
OPT: {_OPTIONS} | hue ANY | bubble NUM | trend
GTAIL: where GCOND GTAIL | sort GSORT* GTAIL | head INT GTAIL | tail INT GTAIL | cols GANY* GTAIL
    | new GNUM GTAIL | eachtop INT DIR GNUM GTAIL | wide WTAIL | widepct WTAIL
    | show | count | stat GAGG* | bar GOPT* | barh GOPT* | line GOPT* | area GOPT* | pie GOPT*
    | scatter GOPT* | hist GOPT* | box GOPT*
WTAIL: show | bar GOPT* | barh GOPT* | stacked GOPT* | stackedh GOPT* | line GOPT* | area GOPT*
    | heat GOPT* | box GOPT*
GSORT: asc GANY | desc GANY
GREF: K0 | K1 | K2 | A0 | A1 | A2 | A3 | A4
GANY: &GREF
GNUM: &GREF | {_ARITHMETIC.format(N="GNUM", V="GVAL")} | {_WINDOW.format(N="GNUM")}
GVAL: <V> | {_LITERALS} | scalar GAGG | &GREF
GAGG: mean GNUM | sum GNUM | median GNUM | std GNUM | min GNUM | max GNUM
GCOND: {_CONDITION.format(C="GCOND", A="GANY", O="GANY", V="GVAL")}
GOPT: {_OPTIONS}
"""

Expansion = tuple[str, ...]
Grammar = Mapping[str, Mapping[str, Expansion]]


class PlanError(ValueError):
    """A sequence of symbols that the grammar does not derive."""


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a plan: a word or a pointer, and what it applies to."""

    symbol: str
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in pre-order."""
        yield self
        for child in self.children:
            yield from child.walk()


def _rules(text: str) -> dict[str, list[list[str]]]:
    rules: dict[str, list[list[str]]] = {}
    for line in text.replace("\n    ", " ").strip().splitlines():
        name, _, body = line.partition(": ")
        rules[name] = [alternative.split() for alternative in body.split(" | ")]
    return rules


def _key(head: str) -> str:
    """One rule has one slot a pointer class: `<C:any>` makes a later `<C:num>` redundant."""
    return head[:2] if head.startswith("<") else head


def _grammar(text: str) -> Grammar:
    """Flatten `&X` (all alternatives of X) and give each list `X*` a rule of its own."""
    rules = _rules(text)
    grammar: dict[str, dict[str, Expansion]] = {}

    def alternatives(name: str) -> dict[str, Expansion]:
        found: dict[str, Expansion] = {}
        for first, *rest in rules[name]:
            new = alternatives(first[1:]) if first.startswith("&") else {first: tuple(rest)}
            taken = {_key(head) for head in found}
            found.update({head: body for head, body in new.items() if _key(head) not in taken})
        return found

    for name in rules:
        grammar[name] = alternatives(name)
        grammar[name + "*"] = {
            **{head: (*body, name + "*") for head, body in grammar[name].items()},
            "end": (),
        }
    return grammar


GRAMMAR: Grammar = _grammar(GRAMMAR_TEXT)
WORDS: tuple[str, ...] = tuple(
    sorted({head for heads in GRAMMAR.values() for head in heads if not head.startswith("<")})
)
"""The output vocabulary beside pointers."""


def is_pointer(symbol: str) -> bool:
    """Tell `C3` from words: pointers are T, C or V and a number (`K0` and `A0` are words)."""
    return symbol[0] in "TCV" and symbol[1:].isdigit()


def slot(name: str, symbol: str) -> str | None:
    """Return the head in nonterminal `name` that admits `symbol`, or None."""
    heads = GRAMMAR[name]
    if not is_pointer(symbol):
        return symbol if symbol in heads else None
    return next((head for head in heads if head.startswith("<" + symbol[0])), None)


def parse(symbols: Sequence[str]) -> Node:
    """Read a plan's tree; list items become children of one `list` node.

    >>> parse("from T0 by C1 end mean C2 end show".split()).children[1].symbol
    'by'
    """
    node, at = _derive("PLAN", symbols, 0)
    if at != len(symbols):
        raise PlanError(f"plan goes on after its end: {' '.join(symbols[at:])!r}")
    return node


def _derive(name: str, symbols: Sequence[str], at: int) -> tuple[Node, int]:
    if name.endswith("*"):
        return _derive_list(name[:-1], symbols, at)
    if at >= len(symbols):
        raise PlanError(f"plan ends where {name} was expected")
    if name.startswith("<"):
        if not is_pointer(symbols[at]) or symbols[at][0] != name[1]:
            raise PlanError(f"{symbols[at]!r} at {at} is not a pointer for {name}")
        return Node(symbols[at]), at + 1
    head = slot(name, symbols[at])
    if head is None:
        raise PlanError(f"{symbols[at]!r} at {at} does not continue {name}")
    symbol, children, at = symbols[at], [], at + 1
    for part in GRAMMAR[name][head]:
        child, at = _derive(part, symbols, at)
        children.append(child)
    return Node(symbol, tuple(children)), at


def _derive_list(name: str, symbols: Sequence[str], at: int) -> tuple[Node, int]:
    items = []
    while at < len(symbols) and symbols[at] != "end":
        item, at = _derive(name, symbols, at)
        items.append(item)
    if at >= len(symbols):
        raise PlanError(f"plan ends inside a list of {name}")
    return Node("list", tuple(items)), at + 1


def flatten(node: Node) -> tuple[str, ...]:
    """Write a tree back as symbols; the inverse of `parse`."""
    inner = tuple(symbol for child in node.children for symbol in flatten(child))
    return (*inner, "end") if node.symbol == "list" else (node.symbol, *inner)
