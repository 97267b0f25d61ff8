"""What a user can see go wrong: what happened, the evidence, the next step."""

from __future__ import annotations

from nbcodegen.values import RejectedCandidate


class GenerateError(Exception):
    """Base of every error whose message is written for the user."""


class EmptyRequest(GenerateError):
    """Nothing was asked."""


class NoTables(GenerateError):
    """The namespace holds no table, or not the one that was named."""


class UnknownName(GenerateError):
    """A request or an option names something that does not exist; says what is nearest."""


class Declined(GenerateError):
    """The model does not serve this request. `guess` is its best attempt, shown only on demand."""

    def __init__(self, message: str, guess: str = "") -> None:
        super().__init__(message)
        self.guess = guess


class NoUsableCandidate(GenerateError):
    """Every candidate failed a check. `rejected` says which, and why."""

    def __init__(self, message: str, rejected: tuple[RejectedCandidate, ...] = ()) -> None:
        super().__init__(message)
        self.rejected = rejected


class DamagedModel(GenerateError):
    """The model's folder is incomplete or was changed."""


class NoModel(GenerateError):
    """A local model cannot be had: a library or the model is missing, or memory is short."""


class NoService(GenerateError):
    """A server cannot be had, refuses, or breaks off."""


class Cancelled(GenerateError):
    """The user stopped the generation."""
