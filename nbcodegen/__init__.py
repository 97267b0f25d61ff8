"""Requests in words -> pandas/matplotlib cells, in a live notebook, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__version__ = "0.1.0"


def load_ipython_extension(shell: InteractiveShell) -> None:
    """`%load_ext nbcodegen`: bring `%%generate` and `%nbcodegen`."""
    from nbcodegen.notebook.magic import load

    load(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """`%unload_ext nbcodegen`: leave the shell as it was."""
    from nbcodegen.notebook.magic import unload

    unload(shell)
