"""Answers, code and reports as output: rich in a notebook, plain in a terminal.

Everything that comes from the user's data or the model is escaped. Colours are the front end's
own theme variables and fall back to what the page inherits, so light and dark both work; styles
are inline, because notebooks on the web lose style sheets.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from nbcodegen.notebook import preview
from nbcodegen.values import Answer, Report
from nbcodegen.verdicts import said, verified

_TEXT = "var(--jp-ui-font-color1, var(--vscode-foreground, inherit))"
_QUIET = "var(--jp-ui-font-color2, var(--vscode-descriptionForeground, inherit))"
_LINE = "var(--jp-brand-color1, var(--vscode-textLink-foreground, currentColor))"
_BOX = (
    f"border-left: 3px solid {_LINE}; padding: 2px 0 2px 10px; color: {_TEXT}; "
    "font-family: var(--jp-ui-font-family, sans-serif); "
    "font-size: var(--jp-ui-font-size1, 13px); line-height: 1.5"
)
_SMALL = f"color: {_QUIET}; font-size: var(--jp-ui-font-size0, 11px)"
_CODE = (
    "margin: 4px 0; padding: 4px 8px; overflow: auto; background: transparent; color: inherit; "
    "font-family: var(--jp-code-font-family, monospace)"
)


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """What one request came to, in a few lines."""

    answer: Answer
    where: str
    """Where the code went."""
    explain: bool = False
    ran: bool = False
    """Whether the user asked for the code to be run at once."""
    preview: bool = True
    untried: str = ""
    """Why there was no trial, where there was none."""

    def __repr__(self) -> str:
        lines = [_understood(self.answer), _facts(self.answer, self.where), self._checked()]
        lines += preview.lines(self._previewed())
        lines += [f"note: {note}" for note in _notes(self.answer)]
        if self.explain:
            for title, code in _alternatives(self.answer):
                lines += [title, textwrap.indent(code, "    ")]
            lines += [f"dropped: {reason}" for reason in _dropped(self.answer)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        parts = [
            f"<div>{escape(_understood(self.answer))}</div>",
            f'<div style="{_SMALL}">{escape(_facts(self.answer, self.where))}<br>'
            f"{escape(self._checked())}</div>",
            preview.html(self._previewed()),
            *(f'<div style="{_SMALL}">⚠ {escape(note)}</div>' for note in _notes(self.answer)),
            _details(self.answer, open_=self.explain),
        ]
        return f'<div class="nbcodegen-result" style="{_BOX}">{"".join(parts)}</div>'

    def _previewed(self) -> Report:
        """What a preview shows; nothing where the code's own output follows at once."""
        report = self.answer.report
        return report if report and self.preview and not self.ran else Report()

    def _checked(self) -> str:
        answer = self.answer
        if answer.report and answer.report.ran:
            said = verified(answer.report, answer.agreeing)
        else:
            said = self._not_tried()
        if self.ran:
            said += ", then run"
        dropped = len(answer.rejected)
        total = dropped + len(answer.others) + answer.agreeing
        return f"{said}; {dropped} of {total} candidates dropped" if dropped else said

    def _not_tried(self) -> str:
        failure = self.answer.report.failure if self.answer.report else None
        why = self.untried or (failure.message if failure else "")
        said = "checked: it parses, and its names and columns exist"
        return f"{said}; not tried ({why})" if why else said


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """Code as output, where it cannot be put into a cell."""

    code: str

    def __repr__(self) -> str:
        return self.code

    def _repr_markdown_(self) -> str:
        # A fence longer than any run of backticks inside: code must not end it.
        runs = re.findall(r"`+", self.code)
        fence = "`" * max(3, 1 + max(map(len, runs), default=0))
        return f"{fence}python\n{self.code.rstrip()}\n{fence}\n"


@dataclass(frozen=True, slots=True, repr=False)
class Lines:
    """Plain lines: a status, a prompt."""

    text: str

    def __repr__(self) -> str:
        return self.text


def explained(answer: Answer) -> str:
    """Return the code under a comment that says what it does, in the model's words."""
    comment = textwrap.wrap(
        " ".join(answer.words.split()), 88, initial_indent="# ", subsequent_indent="# "
    )
    return "\n".join([*comment, answer.code])


def _understood(answer: Answer) -> str:
    return " ".join(answer.words.split()) or "Done"


def _facts(answer: Answer, where: str) -> str:
    tables = ", ".join(answer.tables)
    columns = ", ".join(answer.columns)
    read = f"{tables}: {columns}" if columns else tables
    return " · ".join(
        part for part in (read, f"{answer.seconds:.2f} s", answer.model, where) if part
    )


def _notes(answer: Answer) -> Iterator[str]:
    return (said(note) for note in answer.notes)


def _dropped(answer: Answer) -> Iterator[str]:
    for rejected in answer.rejected:
        yield from (said(finding) for finding in rejected.findings if finding.fatal)


def _alternatives(answer: Answer) -> Iterator[tuple[str, str]]:
    for number, other in enumerate(answer.others, start=2):
        words = " ".join(other.candidate.words.split())
        yield f"candidate {number}" + (f": {words}" if words else ""), other.code


def _details(answer: Answer, *, open_: bool) -> str:
    """The candidates that were not taken, folded away unless they were asked for."""
    blocks = [
        f'<div>{escape(title)}</div><pre style="{_CODE}">{escape(code)}</pre>'
        for title, code in _alternatives(answer)
    ]
    blocks += [f"<div>dropped: {escape(reason)}</div>" for reason in _dropped(answer)]
    if not blocks:
        return ""
    start = "<details open>" if open_ else "<details>"
    summary = '<summary style="cursor: pointer">other candidates</summary>'
    return f'<div style="{_SMALL}">{start}{summary}{"".join(blocks)}</details></div>'
