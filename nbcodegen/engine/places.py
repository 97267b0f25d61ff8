"""Where engines of this user and this machine are written down: readable by the owner only."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from nbcodegen import __version__
from nbcodegen.errors import GenerateError


@dataclass(frozen=True, slots=True)
class Place:
    """An engine that was started, as its file tells."""

    key: str
    pid: int
    address: str
    secret: str
    """What both sides prove to each other that they know; it never travels."""
    model: str


def folder() -> Path:
    """The folder of this user's engines; raises `GenerateError` where it is another's."""
    path = _chosen()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise GenerateError(
            f"No model can be kept open: {path} cannot be made ({error.strerror}). Set "
            "NBCODEGEN_HOME to a folder of your own."
        ) from None
    _refuse_what_others_can_read(path)
    return path


def _chosen() -> Path:
    if home := os.environ.get("NBCODEGEN_HOME"):
        # A home folder may be shared between machines; an engine is one machine's.
        return Path(home).expanduser() / "engines" / socket.gethostname()
    if os.name == "posix" and not os.environ.get("XDG_RUNTIME_DIR"):
        return Path(tempfile.gettempdir()) / f"nbcodegen-{os.getuid()}"
    from platformdirs import user_runtime_path

    return user_runtime_path("nbcodegen", appauthor=False)


def key_of(what: object) -> str:
    """A short name for a model, how it is opened, and the installation that both sides are of."""
    told = repr((what, __version__, sys.prefix))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def read(key: str) -> Place | None:
    """Return what is written down of an engine; None where there is nothing to be read."""
    try:
        return Place(**json.loads((folder() / f"{key}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(place: Place) -> None:
    """Write an engine down, whole or not at all."""
    path = folder() / f"{place.key}.json"
    part = path.with_suffix(f".{os.getpid()}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(place), file)
    part.replace(path)


def remove(key: str, pid: int) -> None:
    """Take an engine's file away, unless another has taken its place."""
    found = read(key)
    if found is not None and found.pid == pid:
        (folder() / f"{key}.json").unlink(missing_ok=True)


def every() -> Iterator[Place]:
    """What is written down of all engines; some may have ended without a word."""
    for path in sorted(folder().glob("*.json")):
        if (place := read(path.stem)) is not None:
            yield place


_POSIX = os.name == "posix"


def _refuse_what_others_can_read(path: Path) -> None:
    if not _POSIX:
        return  # a user's folders are private on Windows as they are
    about = path.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid():
        raise GenerateError(
            f"{path} belongs to somebody else, so no model can be kept open there. Set "
            "NBCODEGEN_HOME to a folder of your own."
        )
    if about.st_mode & 0o077:
        path.chmod(0o700)
