"""Cells that ran -> the one to repair, or to explain, and how it ended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from IPython.core.error import UsageError

from nbcodegen.errors import EmptyRequest
from nbcodegen.values import Privacy

_OURS = re.compile(r"^\s*%{1,2}(?:explain|generate|fix|nbcodegen)\b", re.MULTILINE)
"""Cells of commands: nobody asks what they do."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell, and the error that ended it."""

    code: str
    error: BaseException
    line: int
    """Line of the cell that the error left from; 0 where it is not known."""

    def request(self, privacy: Privacy) -> str:
        """Say what to repair. An error's own words may quote cells, so only `samples` tells them.

        >>> Broken("x", NameError("no x"), 1).request("names")
        'repair this cell: its line 1 ends with NameError'
        """
        return f"repair this cell: {self.ending(privacy)}"

    def ending(self, privacy: Privacy) -> str:
        """Say how it ended, at the same grade."""
        where = f"its line {self.line}" if self.line else "it"
        said = f"{where} ends with {type(self.error).__name__}"
        return f"{said}: {self.error}" if privacy == "samples" else said


def last_broken(shell: Any) -> Broken:
    """Return the cell that ran last; raises `EmptyRequest` where it did not fail."""
    broken = _ended(shell)
    if broken is None:
        raise EmptyRequest("The cell before this one did not fail, so there is nothing to repair.")
    return broken


def last_ran(shell: Any, cells: Sequence[str], privacy: Privacy) -> tuple[str, str]:
    """Return the cell that ran last, commands of ours left out, and how it failed, if it did.

    Raises `EmptyRequest` where no cell ran.
    """
    code = next((each for each in reversed(cells) if each.strip() and not _OURS.search(each)), "")
    if not code:
        raise EmptyRequest("No cell ran before this one. Put the code below %%explain.")
    broken = _ended(shell)
    failed = broken is not None and broken.code.strip() == code.strip()
    return code, broken.ending(privacy) if broken and failed else ""


def _ended(shell: Any) -> Broken | None:
    """The cell before this one, where an error of its own ended it."""
    ran = shell.last_execution_result
    error = ran and (ran.error_before_exec or ran.error_in_exec)
    if not error or isinstance(error, UsageError):
        return None
    return Broken(str(ran.info.raw_cell), error, _line(error, shell.user_ns))


def _line(error: BaseException, namespace: dict[str, object]) -> int:
    """The last line of the user's own cell on the way to the error."""
    line = error.lineno or 0 if isinstance(error, SyntaxError) else 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals is namespace:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
