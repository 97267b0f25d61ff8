"""Plausible cell texts and number ranges for columns that come without any."""

from __future__ import annotations

from pathlib import Path
from random import Random

from nbcodegen.linking import label_words, plain

_TEXTS = Path(__file__).with_name("cells.txt")


_RANGES = """
age edad: 18 80
year ano: 1990 2023
price precio cost coste costo amount importe: 1 900
salary salario sueldo income wage ingreso: 18000 120000
sales ventas revenue ingresos budget presupuesto profit: 100 250000
population poblacion habitantes: 1200 5000000
rating score puntuacion grade nota stars: 0 10
percent percentage pct porcentaje rate tasa: 0 100
temp temperature temperatura: -5 40
weight peso: 2 120
height altura estatura: 50 210
distance distancia: 1 2500
quantity qty cantidad units unidades stock: 1 500
duration duracion minutes length: 1 240
"""


def _table(text: str) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for line in text.strip().splitlines():
        names, _, body = line.partition(": ")
        rows.update(dict.fromkeys(names.split(), body.split(" ; ")))
    return rows


_CELLS = _table(_TEXTS.read_text(encoding="utf-8"))
_NUMBERS = {
    name: tuple(float(end) for end in body[0].split()) for name, body in _table(_RANGES).items()
}


def texts(rng: Random, label: str) -> tuple[str, ...]:
    """Invent the distinct texts of a column by its label's words; () where none fit."""
    for word in reversed(label_words(label)):
        lists = _CELLS.get(plain(word)) or _CELLS.get(plain(word).rstrip("s"))
        if lists:
            return tuple(text.strip() for text in rng.choice(lists).split(","))
    return ()


def bounds(rng: Random, label: str, whole: bool, distinct: int) -> tuple[float, float]:
    """Invent the range of a number column by its label's words."""
    for word in label_words(label):
        if plain(word) in _NUMBERS:
            low, high = _NUMBERS[plain(word)]
            return low, high
    if distinct <= 12:
        return (1.0, float(distinct)) if distinct > 2 else (0.0, 1.0)
    high = float(rng.choice([10, 50, 100, 500, 1000, 20000]))
    return (1.0, high) if whole else (0.0, high * 0.9)
