"""The stage on which a family composes one request: tables, and ways to name what is in them.

A family is a function `Scene -> Example`; it may raise `NoFit`. Families of a module stand in its
`FAMILIES`, a tuple of (weight, function).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from nbcodegen import mentions
from nbcodegen import plan as plans
from nbcodegen.meanings import senses
from nbcodegen.training.grammar import phrases
from nbcodegen.training.grammar.agreement import agreed
from nbcodegen.training.grammar.literals import Value as Value
from nbcodegen.training.grammar.literals import dated, in_letters, near
from nbcodegen.training.grammar.literals import literal as literal
from nbcodegen.training.grammar.noise import roughen
from nbcodegen.training.grammar.roles import DATES, NUMBERS, ROLES, TEXTS, role
from nbcodegen.training.grammar.wording import expand, tidy
from nbcodegen.training.records import Example
from nbcodegen.values import ColumnSchema, TableSchema

_SYMBOL = re.compile(r"""V='(?:[^'\\]|\\.)*'|V="(?:[^"\\]|\\.)*"|\S+""")
_ROWS = {
    "en": ("row", "record", "entry", "row", "record", "observation"),
    "es": ("fila", "registro", "fila", "registro", "dato"),
}


class NoFit(Exception):
    """The scene's tables lack what a family needs."""


@dataclass(frozen=True)
class Ref:
    """One column of the scene."""

    table: int
    column: int
    schema: ColumnSchema

    @property
    def symbol(self) -> str:
        """The pointer, as training examples write it: `C0.3`."""
        return f"C{self.table}.{self.column}"


def tokens(plan: str | Sequence[str]) -> tuple[str, ...]:
    """Split a plan's text into symbols, keeping blanks inside `V='two words'`."""
    return tuple(_SYMBOL.findall(plan)) if isinstance(plan, str) else tuple(plan)


def checked(symbols: Sequence[str]) -> None:
    """Raise `PlanError` unless the grammar derives the plan."""
    plans.parse([_bare(symbol) for symbol in symbols])


def _bare(symbol: str) -> str:
    if symbol.startswith("V="):
        return "V0"
    table, dot, column = symbol.partition(".")
    return f"C{column}" if dot and table[0] == "C" else symbol


@dataclass
class Scene:
    """Tables under one person's eyes, and that person's way with words."""

    rng: Random
    lang: str
    tables: tuple[TableSchema, ...]
    nouns: tuple[str, ...] = ()
    """What a row of each table is, in the scene's language, singular; "" where nobody knows."""
    _kept: list[str] = field(default_factory=list)

    @property
    def es(self) -> bool:
        """Whether the request is in Spanish."""
        return self.lang == "es"

    def chance(self, share: float) -> bool:
        """Return True in this share of scenes."""
        return self.rng.random() < share

    def one(self, *options: str) -> str:
        """Return one of the options."""
        return self.rng.choice(options)

    def refs(self, kind: str = "any", table: int = 0) -> list[Ref]:
        """List the columns of a kind: num, measure, date, text, key, name, bool, ord, any."""
        rows = self.tables[table].rows
        admitted = ROLES[kind]
        return [
            Ref(table, place, column)
            for place, column in enumerate(self.tables[table].columns)
            if role(column, rows) in admitted
        ]

    def column(self, kind: str = "any", *, avoid: Sequence[Ref] = (), table: int = 0) -> Ref:
        """Return some column of a kind, none of those to avoid."""
        found = [ref for ref in self.refs(kind, table) if ref not in avoid]
        if not found:
            raise NoFit(kind)
        return self.rng.choice(found)

    def role(self, ref: Ref) -> str:
        """Return what the column is for (see `roles`)."""
        return role(ref.schema, self.tables[ref.table].rows)

    def say(self, ref: Ref, *, plural: bool = False) -> str:
        """Return a phrase that names the column, and no other column of its table as well."""
        ways = phrases.names_of(self.rng, ref.schema, self.lang)
        weights = [weight for _, weight in ways]
        for phrase, _ in self.rng.choices(ways, weights, k=4):
            if phrase == ref.schema.label or self._tells_apart(phrase, ref):
                return self._worn(phrase, ref, plural)
        return self._worn(ref.schema.label, ref, plural=False)

    def _worn(self, phrase: str, ref: Ref, plural: bool) -> str:
        label = ref.schema.label
        if label in phrase and (phrase != label.lower() or "_" in label):
            self._kept.append(phrase)
            return phrase
        return phrases.plural(phrase, self.lang) if plural and len(phrase) < 40 else phrase

    def _tells_apart(self, phrase: str, ref: Ref) -> bool:
        said = set(phrases.stems(phrase).split())
        meant = set(phrases.concepts(phrase))
        for place, other in enumerate(self.tables[ref.table].columns):
            if place == ref.column:
                continue
            stems = phrases.stems(phrases.spoken(other.label))
            if said <= set(stems.split()) or phrases.stems(other.label) == phrases.stems(phrase):
                return False
            if meant and meant & set(phrases.concepts(phrases.spoken(other.label))):
                return False
        return bool(said)

    def the(self, phrase: str, *, plural: bool = False) -> str:
        """Put the definite article before a phrase: `el precio`, `las ciudades`, `the price`."""
        if not self.es:
            return f"the {phrase}"
        if phrases.is_feminine(phrase):
            return f"{'las' if plural else 'la'} {phrase}"
        return f"{'los' if plural else 'el'} {phrase}"

    def noun(self, table: int = 0, *, plural: bool = True) -> str:
        """Return what a row is: `customers`, `records`, `filas`."""
        own = self.nouns[table] if table < len(self.nouns) else ""
        word = own if own and self.chance(0.75) else self.one(*_ROWS[self.lang])
        return phrases.plural(word, self.lang) if plural else word

    def number(self, low: int = 2, high: int = 20, *, words: bool = True) -> Value:
        """Return a whole number, sometimes in letters."""
        value = self.rng.choice([3, 5, 10]) if self.chance(0.4) else self.rng.randint(low, high)
        value = min(max(value, low), high)
        spelt = words and 2 <= value <= 20 and self.chance(0.3)
        return Value(in_letters(self.lang, value) if spelt else str(value), f"V={value}")

    def text(self, phrase: str) -> Value:
        """Return free text for a title or a new name, quoted or bare."""
        mark = self.one('"', "'", "") if re.fullmatch(r"\w+", phrase) else self.one('"', "'")
        mark = '"' if "'" in phrase else mark
        said = f"{mark}{phrase}{mark}"
        self._kept.append(said)
        return Value(said, f"V={phrase!r}")

    def pointed(self, request: str, name: Value) -> str:
        """Return a new name's symbol, or `auto` where the prompt would not hold the name."""
        if name.phrase[:1] in "'\"":
            return name.symbol
        found = mentions.find(request, self.tables)
        return name.symbol if any(item.source == name.symbol[2:] for item in found) else "auto"

    def value(self, ref: Ref) -> Value:
        """Return a value that the column holds, or a number or date in its range."""
        kind = ref.schema.kind
        if kind in NUMBERS:
            return self._keeping(near(self.rng, self.lang, ref.schema, self.role(ref)))
        if kind in DATES:
            return self.date(ref)
        return self._cell(ref)

    def _cell(self, ref: Ref) -> Value:
        texts = [text for text in ref.schema.values if text.strip() and len(text) <= 40]
        if ref.schema.kind not in TEXTS or not texts:
            raise NoFit("value")
        text = self.rng.choice(texts)
        symbol = f"V={text!r}"
        luck = self.rng.random()
        if luck > 0.8 and (other := self._by_meaning(ref.schema, text)):
            return self._keeping(Value(other, symbol))
        if len(text) <= 3 or re.search(r"[^\w\s]", text) or luck < 0.1:
            quote = '"' if "'" in text else self.one("'", '"')
            quoted = (len(text) <= 3 and self.chance(0.4)) or luck < 0.1
            said = f"{quote}{text}{quote}" if quoted else text
        else:
            said = text.lower() if luck < 0.35 else text
        self._kept.append(said)
        return Value(said, symbol)

    def _by_meaning(self, column: ColumnSchema, text: str) -> str:
        """Another word for a cell, by which the prompt finds it too: `mujer` for 'F'."""
        rows = [row for cell, found in senses(column) if cell == text for row in found]
        own = phrases.stems(text)
        names = [name for row in rows[:1] for name in phrases.words_for(row, self.lang)]
        return next((name for name in names if phrases.stems(name) != own), "")

    def date(self, ref: Ref, grain: str = "") -> Value:
        """Return a day, month or year in the column's range (`grain`: day, ym, month, year)."""
        grain = grain or self.one("day", "day", "ym", "year")
        return self._keeping(dated(self.rng, self.lang, ref.schema, grain))

    def _keeping(self, value: Value) -> Value:
        self._kept.append(value.phrase)
        return value

    def fill(self, template: str, **slots: str) -> str:
        """Take one wording of a template: `[show|list|] {y} [by|per] {x}`."""
        return expand(self.rng, template, slots)

    def keep(self, phrase: str) -> str:
        """Protect a piece of the request from the noise that `example` adds, and return it."""
        self._kept.append(phrase)
        return phrase

    def example(self, request: str, plan: str | Sequence[str], source: str) -> Example:
        """Check the plan, wear the request as people do, and return the pair."""
        symbols = tokens(plan)
        checked(symbols)
        text = agreed(tidy(request)) if self.es else tidy(request)
        words = roughen(self.rng, self.lang, text, self._kept)
        return Example(words, self.tables, symbols, self.lang, source)
