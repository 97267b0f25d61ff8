"""What a general model writes beyond cells over tables: functions, tests of them, accounts of code.

a stub, or a function of the notebook -> Prompt -> the same journey as a cell -> Answer
code and a question -> Prompt -> prose

What these prompts hold is the user's code and words; tables enter those of functions alone, at the
grade of the settings.
"""

from __future__ import annotations

from nbcodegen.errors import GenerateError
from nbcodegen.tasks.explaining import explain
from nbcodegen.tasks.stub import Stub, read_stub
from nbcodegen.tasks.writing import write_function, write_tests
from nbcodegen.values import Model

__all__ = [
    "Stub", "explain", "must_write_any_code", "read_stub", "write_function", "write_tests",
]  # fmt: skip


def must_write_any_code(model: Model, what: str) -> None:
    """Refuse a specialist, which writes plans over tables and nothing else, before it is asked.

    Raises `GenerateError` of one line; `what` begins it, as the user wrote or knows it.
    """
    if not model.general:
        raise GenerateError(
            f"{what} needs a model that writes any code, and {model.name} is a specialist for "
            "requests about tables. A large model of this machine or a server will do: "
            "%nbcodegen model OWNER/NAME, or %nbcodegen model http://localhost:8000/v1"
        )
