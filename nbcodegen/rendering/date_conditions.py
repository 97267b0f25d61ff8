"""Dates compared with what a request says: a year, a month, a day or a moment -> source."""

from __future__ import annotations

import ast

from nbcodegen.rendering.literals import has_clock, month_of, year_of
from nbcodegen.rendering.scope import Expr, plain_text
from nbcodegen.rendering.source import atom, binary, compare, quoted
from nbcodegen.values import Item


def dated(left: Expr, item: Item, word: str) -> tuple[Expr, str]:
    """Compare at the grain of the value: a year, a month, a day or a moment."""
    base = atom(left.text)
    if left.kind == "period":
        return left, quoted(str(ast.literal_eval(item.source)))
    if year_of(item):
        return Expr(f"{base}.dt.year", "integer", left.label), item.source.strip("'\"")
    if left.text.endswith(".dt.date"):
        return left, f"pd.Timestamp({plain_text(item)}).date()"
    if month_of(item):
        return Expr(f'{base}.dt.to_period("M")', "period", left.label), plain_text(item)
    if word in ("eq", "ne", "gt", "le") and not has_clock(item):
        # A day is all of its hours: `after May 3` starts at May 4.
        return Expr(f"{base}.dt.normalize()", "datetime", left.label), plain_text(item)
    return left, plain_text(item)


def between_dates(left: Expr, low: Item, high: Item) -> str:
    """Both ends belong to it, each whole."""
    same, source = dated(left, high, "le")
    if year_of(low) != year_of(high) or month_of(low) != month_of(high):
        first, start = dated(left, low, "ge")
        return binary(compare(first.text, ">=", start), "&", compare(same.text, "<=", source))
    start = low.source.strip("'\"") if year_of(low) else plain_text(low)
    if left.text.endswith(".dt.date"):
        start = dated(left, low, "ge")[1]
    return f"{atom(same.text)}.between({start}, {source})"
