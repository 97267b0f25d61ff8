"""Start an engine, once for all kernels that ask at the same moment."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from nbcodegen.causal import EXTRA
from nbcodegen.causal.opening import What
from nbcodegen.engine import places
from nbcodegen.engine.line import LOOK_S, Lost, connect
from nbcodegen.errors import Cancelled, NoModel

START_S = 60.0
"""What a process may take until it listens; the model opens after that."""
LAST = 1200
"""Letters of an engine's log that are shown when it could not start."""
_PROGRAM = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from nbcodegen.engine.process import main; main()"
)


def engine_for(what: What, stop: Callable[[], bool]) -> Any:
    """Return a line to the engine of that model, which is started where there is none.

    Raises `NoModel` where it cannot start, `Cancelled` on a stop.
    """
    key = places.key_of(what)
    found = _called(key)
    if found is not None:
        return found
    with _Alone(places.folder() / f"{key}.lock", stop):
        found = _called(key)
        if found is not None:
            return found
        process = _started(what, key)
        end = time.monotonic() + START_S
        while (found := _called(key)) is None:
            if process.poll() is not None or time.monotonic() > end:
                raise NoModel(
                    f"The engine for {what.name} did not start: {said(key) or 'it said nothing'}"
                )
            if stop():
                raise Cancelled("Stopped.")
            time.sleep(LOOK_S)
        return found


def said(key: str) -> str:
    """The last that an engine wrote in its log, on one line."""
    try:
        text = (places.folder() / f"{key}.log").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return " ".join(text[-LAST:].split())


def _called(key: str) -> Any:
    place = places.read(key)
    if place is None:
        return None
    try:
        return connect(place)
    except Lost:
        return None


def _started(what: What, key: str) -> subprocess.Popen[bytes]:
    folder = places.folder()
    path = [each for each in sys.path if each and Path(each).resolve() != Path.cwd()]
    log = os.open(folder / f"{key}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    process = subprocess.Popen(
        [sys.executable, "-s", "-X", "utf8", "-c", _PROGRAM, json.dumps(path)],
        stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=folder, **_apart(),
    )  # fmt: skip
    os.close(log)
    task = {"what": asdict(what), "key": key, "secret": secrets.token_hex(32)}
    line: IO[bytes] | None = process.stdin
    assert line is not None
    with line:
        line.write(json.dumps(task).encode())
    return process


def _apart() -> dict[str, Any]:
    """The engine outlives the kernel that started it, and an interrupt of the kernel."""
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        return {"creationflags": flags}
    return {"start_new_session": True}


class _Alone:
    """A lock among processes, waited for in small steps."""

    def __init__(self, path: Path, stop: Callable[[], bool]) -> None:
        try:
            from filelock import FileLock
        except ImportError:
            raise NoModel(EXTRA) from None
        self._lock, self._stop = FileLock(path), stop

    def __enter__(self) -> None:
        from filelock import Timeout

        while True:
            try:
                self._lock.acquire(timeout=LOOK_S)
                return
            except Timeout:
                if self._stop():
                    raise Cancelled("Stopped.") from None

    def __exit__(self, *_: object) -> None:
        self._lock.release()
