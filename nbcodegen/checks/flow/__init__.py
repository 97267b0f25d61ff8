"""Code + tables -> trace: which columns the code asks of which table."""

from __future__ import annotations

from nbcodegen.checks.flow.calls import Change, ColumnUse, Operation, Trace
from nbcodegen.checks.flow.statements import trace

__all__ = ["Change", "ColumnUse", "Operation", "Trace", "trace"]
