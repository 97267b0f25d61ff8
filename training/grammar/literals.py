"""Numbers and dates as people write them, each with the literal that it stands for."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from random import Random

from nbcodegen.values import ColumnSchema

WORDS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
    "quince dieciséis diecisiete dieciocho diecinueve veinte",
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}
_FEW = frozenset({"year", "part", "small", "flag"})


@dataclass(frozen=True)
class Value:
    """A literal: how the request says it, and its symbol (`V=5`, `V='Downtown'`)."""

    phrase: str
    symbol: str


def literal(symbol: str) -> object:
    """Return the Python value of a `V=...` symbol."""
    return ast.literal_eval(symbol[2:])


def in_letters(lang: str, number: int) -> str:
    """Spell a number up to twenty.

    >>> in_letters("es", 5)
    'cinco'
    """
    return WORDS[lang].split()[number]


def month_name(lang: str, month: int) -> str:
    """Name a month, the first being 1."""
    return MONTHS[lang].split()[month - 1]


def near(rng: Random, lang: str, column: ColumnSchema, role: str) -> Value:
    """Return a number in a column's range, as round as people say it."""
    low, high = _bounds(column)
    if column.kind == "float" and high - low <= 3:
        return Value(*_plainly(round(rng.uniform(low, high), rng.choice([1, 2]))))
    if role not in _FEW and high - low > 12:
        return _amount(rng, lang, _round(rng, rng.uniform(low, high)))
    number = rng.randint(int(low), max(int(low), int(high)))
    spelt = 2 <= number <= 12 and role != "year" and rng.random() < 0.25
    return Value(in_letters(lang, number) if spelt else str(number), f"V={number}")


def _bounds(column: ColumnSchema) -> tuple[float, float]:
    try:
        low, high = float(column.low), float(column.high)
    except ValueError:
        return 0.0, 100.0
    return (low, high) if high > low else (low, low + 10)


def _round(rng: Random, value: float) -> float:
    """Round to the one or two digits that people say."""
    if abs(value) < 10:
        return round(value, rng.choice([0, 1, 1, 2]))
    digits = len(str(int(abs(value))))
    step: int = 10 ** max(0, digits - rng.choice([1, 2, 2]))
    return round(value / step) * step


def _plainly(value: float) -> tuple[str, str]:
    number = int(value) if float(value).is_integer() else value
    return str(number), f"V={number}"


def _amount(rng: Random, lang: str, value: float) -> Value:
    said, symbol = _plainly(value)
    number = literal(symbol)
    if not isinstance(number, int) or number < 1000:
        return Value(said, symbol)
    luck = rng.random()
    if luck < 0.3:
        said = f"{number:,}"
    elif luck < 0.4 and number % 1000 == 0 and number < 10**6:
        said = f"{number // 1000}{' mil' if lang == 'es' else 'k'}"
    elif luck < 0.5 and number % 10**6 == 0 and number >= 2 * 10**6:
        said = f"{number // 10**6} {'millones' if lang == 'es' else 'million'}"
    return Value(said, symbol)


def dated(rng: Random, lang: str, column: ColumnSchema, grain: str) -> Value:
    """Return a day, month or year in a column's range (`grain`: day, ym, month, year)."""
    year, month = rng.randint(*_years(column)), rng.randint(1, 12)
    name = month_name(lang, month)
    if grain == "year":
        return Value(str(year), f"V={year}")
    if grain == "month":
        return Value(name, f"V={month}")
    if grain == "ym":
        iso = f"{year}-{month:02d}"
        ways = [f"{name} de {year}"] if lang == "es" else [f"{name} {year}", f"{name} of {year}"]
        return Value(iso if rng.random() < 0.25 else rng.choice(ways), f"V={iso!r}")
    return _day(rng, lang, year, month)


def _day(rng: Random, lang: str, year: int, month: int) -> Value:
    day, name = rng.randint(1, 28), month_name(lang, month)
    iso = f"{year}-{month:02d}-{day:02d}"
    if rng.random() < 0.5:
        return Value(iso, f"V={iso!r}")
    if lang == "es":
        return Value(f"{day} de {name} de {year}", f"V={iso!r}")
    ways = [f"{name} {day}, {year}", f"{day} {name} {year}"]
    return Value(rng.choice(ways), f"V={iso!r}")


def _years(column: ColumnSchema) -> tuple[int, int]:
    texts = (text[:4] for text in (column.low, column.high))
    years = [int(text) for text in texts if re.fullmatch(r"\d{4}", text)]
    return (min(years), max(years)) if years else (2010, 2023)
