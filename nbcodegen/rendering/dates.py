"""Parts of dates -> source: years, months as periods, weekdays in their own order."""

from __future__ import annotations

import re

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering.lines import Cell
from nbcodegen.rendering.scope import Expr
from nbcodegen.rendering.source import atom, snake
from nbcodegen.values import ColumnSchema

PERIODS = {"ym": ("M", "month"), "yq": ("Q", "quarter"), "yw": ("W", "week")}
PARTS = {
    "year": "dt.year",
    "month": "dt.month",
    "quarter": "dt.quarter",
    "weekno": "dt.isocalendar().week",
    "day": "dt.day",
    "hour": "dt.hour",
}
NAMES = {"weekday": "dt.day_name()", "monthname": "dt.month_name()"}
AS_DATES = frozenset(["eq", "ne", "gt", "ge", "lt", "le", "between", "in", "notin", "days"])
"""Words beside the parts of dates that read a text column as dates."""
DAYS = '["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]'
MONTHS = """[
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]"""


def as_date(expr: Expr) -> Expr:
    """Read a column as dates, if it does not hold them yet."""
    if expr.kind in ("datetime", "period"):
        return expr
    return Expr(f"pd.to_datetime({_readable(expr)})", "datetime", expr.label)


def _readable(expr: Expr) -> str:
    """Arguments of `to_datetime`: text that no one format fits is read value by value."""
    if expr.kind == "datetext":
        return expr.text + _order(expr.column)
    base = f"{atom(expr.text)}.astype(str)" if expr.kind in ("integer", "float") else expr.text
    return f'{base}, format="mixed", errors="coerce"'


def _order(column: ColumnSchema | None) -> str:
    """Say `dayfirst` where an example such as `31/01/2020` shows it."""
    for example in column.examples if column else ():
        first = example.strip("'\"").replace("-", "/").replace(".", "/").split("/")
        if len(first) >= 3 and first[0].isdigit() and 12 < int(first[0]) <= 31:
            return ", dayfirst=True"
    return ""


def date_part(word: str, date: Expr, cell: Cell) -> Expr:
    """Source of one word of the plan over a date."""
    base = atom(date.text)
    if date.kind == "period":
        raise PlanError(f"{word} of a period")
    if word in PERIODS:
        code, label = PERIODS[word]
        if date.column and re.search(r"\d{2}:\d{2}.*([+-]\d{2}:?\d{2}|Z)", date.column.low):
            base += ".dt.tz_localize(None)"  # periods know no zones, and pandas warns
        return Expr(f'{base}.dt.to_period("{code}")', "period", cell.say(label))
    if word == "date":
        return Expr(f"{base}.dt.date", "datetime", cell.say("date"))
    if word in NAMES:
        return Expr(f"{base}.{NAMES[word]}", word, cell.say(word.replace("monthname", "month")))
    return Expr(f"{base}.{PARTS[word]}", "integer", cell.say(word.replace("weekno", "week")))


def ordered(expr: Expr, cell: Cell) -> Expr:
    """Weekday and month names as a category, so that Monday and January come first."""
    if expr.kind not in NAMES:
        return expr
    hint, names = ("days", DAYS) if expr.kind == "weekday" else ("months", MONTHS)
    listing = cell.constant(hint, names)
    text = f"{expr.text}.astype(pd.CategoricalDtype({listing}, ordered=True))"
    text = cell.constant(snake(expr.label), text)
    return Expr(text, "category", expr.label)


def difference(start: Expr, end: Expr, cell: Cell) -> Expr:
    """Days from one date to another."""
    text = f"({as_date(end).text} - {as_date(start).text}).dt.days"
    return Expr(text, "integer", cell.say("days"))


def is_date_word(node: Node) -> bool:
    """Tell words that take one date."""
    return node.symbol in PERIODS or node.symbol in PARTS or node.symbol in (*NAMES, "date")
