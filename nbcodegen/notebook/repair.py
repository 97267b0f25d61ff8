"""The last cell that failed -> a request to repair it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from IPython.core.error import UsageError

from nbcodegen.errors import EmptyRequest, GenerateError
from nbcodegen.values import Model, Privacy


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
        where = f"its line {self.line}" if self.line else "it"
        said = f"repair this cell: {where} ends with {type(self.error).__name__}"
        return f"{said}: {self.error}" if privacy == "samples" else said


def last_broken(shell: Any) -> Broken:
    """Return the cell that ran last; raises `EmptyRequest` where it did not fail."""
    ran = shell.last_execution_result
    error = ran and (ran.error_before_exec or ran.error_in_exec)
    if not error or isinstance(error, UsageError):
        raise EmptyRequest("The cell before this one did not fail, so there is nothing to repair.")
    return Broken(str(ran.info.raw_cell), error, _line(error, shell.user_ns))


def must_write_any_code(model: Model, command: str) -> None:
    """Refuse a model that writes plans over tables and nothing else."""
    if model.where == "in process":
        raise GenerateError(
            f"%{command} needs a model that writes any code, and {model.name} is a specialist for "
            "requests about tables. A server will do: %nbcodegen model http://localhost:8000/v1"
        )


def _line(error: BaseException, namespace: dict[str, object]) -> int:
    """The last line of the user's own cell on the way to the error."""
    line = error.lineno or 0 if isinstance(error, SyntaxError) else 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals is namespace:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
