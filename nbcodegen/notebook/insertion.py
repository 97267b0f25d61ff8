"""Code -> the place where the user can run it: the next cell, the next prompt, or the output.

`set_next_input` travels in the reply to an execution, so each front end decides what it does:
JupyterLab, Notebook 7 and VS Code open a cell, terminals fill the next prompt, programs that
execute notebooks ignore it. Requests from notebook editors carry the cell's id; programs
(nbclient, nbconvert, papermill) send none and do not take input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


@dataclass(frozen=True, slots=True)
class Place:
    """Where code goes, and whether it must be shown because it might get lost."""

    words: str
    fills: bool
    """Whether the front end is asked to open a cell or fill a prompt."""
    shows: bool
    """Whether the code is shown as output too."""


NEXT_CELL = Place("inserted in the cell below", fills=True, shows=False)
NEXT_PROMPT = Place("waiting at the next prompt", fills=True, shows=False)
OUTPUT = Place("shown below", fills=False, shows=True)
BOTH = Place("shown below, and offered as the next input", fills=True, shows=True)
"""A front end that takes input but is no notebook we know: a console, or a program."""


def place(shell: InteractiveShell) -> Place:
    """Say where code goes in the front end that sent the running cell."""
    if getattr(shell, "kernel", None) is None:
        return OUTPUT if getattr(shell, "simple_prompt", False) else NEXT_PROMPT
    parent = shell.get_parent()  # type: ignore[attr-defined]  # only shells of kernels have it
    if "cellId" in parent.get("metadata", {}):
        return NEXT_CELL
    return BOTH if parent.get("content", {}).get("allow_stdin") else OUTPUT


def insert(shell: InteractiveShell, code: str) -> Place:
    """Put code where the user can run it. It is not run."""
    where = place(shell)
    if where.fills:
        shell.set_next_input(code.rstrip("\n"))
    return where
