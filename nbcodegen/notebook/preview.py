"""A trial's report as output: a small picture or the first rows.

What comes out of a trial is foreign: text is escaped, a picture is nothing but an image. A notebook
that is saved keeps what is shown here and no more of the data.
"""

from __future__ import annotations

import textwrap
from base64 import b64encode
from collections.abc import Iterator
from html import escape

from nbcodegen.values import Report, Shown

ROWS, COLUMNS = 5, 8
MOST_LINES = 8
_CELL = "padding: 1px 10px 1px 0; text-align: right; font-variant-numeric: tabular-nums"
_PICTURE = (
    "display: block; max-width: 100%; width: 360px; margin: 6px 0 2px; border-radius: 4px; "
    "padding: 4px; box-sizing: border-box; background: white"
)
_MORE = "opacity: 0.7; font-size: var(--jp-ui-font-size0, 12px)"
_TABLE = (
    "margin: 6px 0 2px; border-collapse: collapse; max-width: 100%; "
    "font-size: var(--jp-ui-font-size0, 12px)"
)


def lines(report: Report) -> Iterator[str]:
    """The preview for a terminal."""
    if report.charts:
        yield f"draws: {', '.join(report.charts)} ({report.marks:,} marks)"
    elif report.shown:
        text = report.shown.text.split("\n")
        yield from (f"  {line}" for line in text[:MOST_LINES])
        if len(text) > MOST_LINES:
            yield "  ..."
    elif report.printed:
        yield textwrap.indent(report.printed[:400], "  ")


def html(report: Report) -> str:
    """The preview for a notebook."""
    if report.picture:
        kinds = escape(", ".join(report.charts), quote=True)
        data = b64encode(report.picture).decode("ascii")
        return f'<img alt="preview: {kinds}" style="{_PICTURE}" src="data:image/png;base64,{data}">'
    if report.shown:
        return _table(report.shown) if report.shown.labels else _text(report.shown.text)
    return _text(report.printed)


def _table(shown: Shown) -> str:
    labels = shown.labels[:COLUMNS]
    head = "".join(f'<th style="{_CELL}">{escape(label)}</th>' for label in labels)
    rows = "".join(
        "<tr>"
        + "".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in row[:COLUMNS])
        + "</tr>"
        for row in shown.head[:ROWS]
    )
    left = [
        f"{count - limit:,} more {noun}"
        for count, limit, noun in (
            (shown.rows, ROWS, "rows"),
            (len(shown.labels), COLUMNS, "columns"),
        )
        if count > limit
    ]
    more = f'<div style="{_MORE}">… {escape(", ".join(left))}</div>' if left else ""
    return (
        f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}'
    )


def _text(text: str) -> str:
    short = "\n".join(text.split("\n")[:MOST_LINES])[:600]
    style = "margin: 6px 0 2px; background: transparent; color: inherit; white-space: pre-wrap"
    return f'<pre style="{style}">{escape(short)}</pre>' if short else ""
