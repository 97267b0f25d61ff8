"""Code that is being written -> the labels that can stand where its end is.

Where the text ends inside a string that names a column of a live table, only that table's labels
can follow, and those that the code itself made. It is asked of Python's own brackets and strings,
not guessed by text; where the frame is not plainly a live table's, nothing is forbidden: the
checks look at all of it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_SAME_COLUMNS = frozenset(
    "copy head tail query sort_values sort_index dropna fillna drop_duplicates nlargest nsmallest "
    "sample groupby".split()
)
"""Methods of a table after which its columns are what they were."""
_TAKES_COLUMNS = frozenset(
    "groupby sort_values set_index drop_duplicates nunique value_counts".split()
)
"""Methods whose first argument names columns, where the frame is a whole table."""
_COLUMN_ARGUMENTS = frozenset("by subset".split())
_NAME = re.compile(r"[^\W\d]\w*\Z")
_METHOD = re.compile(r"\.\s*([^\W\d]\w*)\Z")
_ARGUMENT = re.compile(r"([^\W\d]\w*)\s*=")
_MADE = re.compile(
    r"""\[\s*(['"])([^\]\n]+?)\1\s*\]\s*(?=(?:,\s*\w+\s*\[[^\]\n]*\]\s*)*=(?!=))"""
    r"""|[(,]\s*([^\W\d]\w*)\s*=(?!=)"""
)
"""`homes["new"] = `, `homes["new"], homes["newer"] = `, `.assign(new=`."""
_TARGET = re.compile(r"""[ \t]*([^\W\d]\w*)\[(['"])([^\]\n\\]+?)\2\],[ \t]*""")
"""`homes["new"], `, which may go on to another one where it begins a statement."""
_IN_PLACE = re.compile(r"\binplace\s*=\s*True|\.columns\s*=(?!=)|\.insert\s*\(")
"""Ways to give a table other columns that are not followed here; `_by_cells` knows one more."""
_ASSIGNED = re.compile(r"\](?=\s*=(?!=))")
_OPENS, _CLOSES = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Place:
    """The end of a text: inside a string that is to name one of these labels."""

    written: str
    """What the string holds so far."""
    quote: str
    labels: tuple[str, ...]

    def goes_on(self) -> Iterator[bytes]:
        """What can follow, each to the end of the string."""
        for label in self.labels:
            told = _escaped(label, self.quote)
            if told.startswith(self.written):
                yield (told[len(self.written) :] + self.quote).encode()


@dataclass(frozen=True, slots=True)
class Grounding:
    """The live tables' columns that are named by text."""

    tables: Mapping[str, Sequence[str]]

    def place(self, code: str) -> Place | None:
        """Say what can follow where the code ends; None where anything can."""
        end = _end(code)
        if end.quote == "" or not end.open or end.prefixed:
            return None
        if _IN_PLACE.search(code) or _by_cells(code):
            return None
        table = self._named(code, end)
        if table is None:
            return None
        labels = (*self.tables[table], *_made(code[: end.string]))
        return Place(code[end.string + len(end.quote) :], end.quote, tuple(dict.fromkeys(labels)))

    def _named(self, code: str, end: _End) -> str | None:
        """The table whose column the open string names."""
        brackets, named = list(end.open), end.string
        at = brackets.pop()
        if code[at] == "[" and _follows(code, at) in "([,=":
            if not brackets or _follows(code, at) == ",":
                return None
            named, at = at, brackets.pop()  # a list of labels
        before = code[:at].rstrip()
        if code[at] == "[":
            alone = code[at + 1 : named].strip() == ""
            # A subscript that begins a statement may make a new column. A list of labels is held
            # even there, as `homes[["price", "city"]]` is a way to look at a table.
            new = named == end.string and self._may_be_target(before)
            return self._root(before) if alone and not new else None
        method = _METHOD.search(before)
        if code[at] != "(" or method is None:
            return None
        inside = code[at + 1 : named].strip()
        argument = _ARGUMENT.fullmatch(inside)
        first = inside == "" and method[1] in _TAKES_COLUMNS
        if not first and not (argument and argument[1] in _COLUMN_ARGUMENTS):
            return None
        return self._root(before[: method.start()])

    def _may_be_target(self, name: str) -> bool:
        """Whether the table named last may be given a column here.

        After other labels a statement may also just look at them, unless one of these does not
        exist: `homes["lat"], homes["lon"] = ` can be nothing else.
        """
        line = at = name.rfind("\n") + 1
        others = []
        while found := _TARGET.match(name, at):
            others.append((name[: found.end(1)], found[3]))
            at = found.end()
        if not _begins_statement(name[:line] + name[at:]):
            return False
        return not others or any(self._is_new(*each) for each in others)

    def _is_new(self, chain: str, label: str) -> bool:
        table = self._root(chain)
        return table is not None and label not in (*self.tables[table], *_made(chain))

    def _root(self, chain: str) -> str | None:
        """The live table at the head of `homes.query(...).sort_values(...)`, columns unchanged."""
        while (chain := chain.rstrip()).endswith((")", "]")):
            start = _opening(chain)
            if start is None:
                return None
            inside, closed, chain = chain[start + 1 : -1], chain[-1], chain[:start].rstrip()
            if closed == "]":
                if not _is_condition(inside):
                    return None
                continue
            method = _METHOD.search(chain)
            if method is None or method[1] not in _SAME_COLUMNS:
                return None
            chain = chain[: method.start()]
        name = _NAME.search(chain)
        if name is None or name[0] not in self.tables or _bound(chain, name[0]):
            return None
        return None if chain[: name.start()].rstrip().endswith(".") else name[0]


@dataclass(frozen=True, slots=True)
class _End:
    open: tuple[int, ...]
    """Where the brackets stand that are open."""
    quote: str = ""
    """The quotes of the string that is open."""
    string: int = 0
    """Where that string begins."""
    prefixed: bool = False
    """Whether it is an f-string, bytes or raw."""


def _end(code: str) -> _End:
    """Read brackets, strings and comments up to the end."""
    opened: list[int] = []
    at = 0
    while at < len(code):
        letter = code[at]
        if letter == "#":
            line = code.find("\n", at)
            at = len(code) if line < 0 else line
        elif letter in "'\"":
            quote = letter * 3 if code.startswith(letter * 3, at) else letter
            close = _closing(code, at + len(quote), quote)
            if close is None:
                prefixed = at > 0 and (code[at - 1].isalnum() or code[at - 1] == "_")
                return _End(tuple(opened), quote, at, prefixed)
            at = close
        elif letter in _OPENS:
            opened.append(at)
        elif letter in _CLOSES and opened:
            opened.pop()
        at += 1
    return _End(tuple(opened))


def _closing(code: str, at: int, quote: str) -> int | None:
    """Where the last letter of the string's end is; None where it is open."""
    while at < len(code):
        if code[at] == "\\":
            at += 2
        elif code.startswith(quote, at):
            return at + len(quote) - 1
        elif code[at] == "\n" and len(quote) == 1:
            return at  # broken off: the next line is code again
        else:
            at += 1
    return None


def _opening(code: str) -> int | None:
    """Where the bracket opens that the text ends with closing."""
    opened = _end(code[:-1]).open
    return opened[-1] if opened else None


def _follows(code: str, at: int) -> str:
    """The last letter before a place that is no space; `(` at the very beginning."""
    return code[:at].rstrip()[-1:] or "("


def _begins_statement(name: str) -> bool:
    line = name[name.rfind("\n") + 1 :]
    return _NAME.fullmatch(line.strip()) is not None and not _end(name).open


def _is_condition(inside: str) -> bool:
    """Whether a subscript picks rows: `homes[homes["price"] > 3]`."""
    return any(mark in inside for mark in ("<", ">", "==", "!=", ".isin(", "~", ".notna(", ".str."))


def _by_cells(code: str) -> bool:
    """Whether cells were assigned, by which a table may have a new column: `homes.loc[...] =`."""
    for found in _ASSIGNED.finditer(code):
        at = _opening(code[: found.end()])
        if at is not None and code[:at].rstrip().endswith((".loc", ".at")):
            return True
    return False


def _bound(code: str, name: str) -> bool:
    """Whether the code has given the name to something else."""
    bound = rf"(?m)^\s*{re.escape(name)}\s*=(?!=)|\b(?:for|as|def|lambda) {re.escape(name)}\b"
    return re.search(bound, code) is not None


def _made(code: str) -> Iterator[str]:
    """Labels that the code itself writes down as new ones."""
    arguments = ".assign(" in code
    for found in _MADE.finditer(code):
        if label := found[2] or (found[3] if arguments else ""):
            yield label


def _escaped(label: str, quote: str) -> str:
    """Write a label as Python does between such quotes."""
    return "".join(
        "\\" + letter if letter in ("\\", quote[0])
        else letter if letter.isprintable() else repr(letter)[1:-1]
        for letter in label
    )  # fmt: skip
