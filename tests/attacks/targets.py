"""What attacks aim at, and what can be seen of them from outside the boundary."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import select
import shutil
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pandas as pd
import psutil

SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue")
"""Where others work too: only files that bear this target's mark count."""


class Targets:
    """A user's files, listening sockets and a signal handler; `signs` tells what happened to them.

    A context manager. Its folder must be its own: any change in it counts.
    """

    def __init__(self, folder: Path, belongings: Path) -> None:
        self.mark = f"attack-{secrets.token_hex(6)}"
        self.canary, self.home = folder / "canary", folder / "home"
        shutil.copytree(belongings, folder, symlinks=True, dirs_exist_ok=True)
        self._listeners: dict[str, socket.socket] = {}
        self._signals: list[int] = []
        self._open = ExitStack()

    def __enter__(self) -> Targets:
        self._listen()
        before = signal.signal(signal.SIGUSR1, lambda number, _: self._signals.append(number))
        self._open.callback(signal.signal, signal.SIGUSR1, before)
        self._before = dict(self._files())
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
        for path in self._marked():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    @property
    def named(self) -> dict[str, object]:
        """What to put into a program, by the word it stands for there."""
        ports = {name: s.getsockname()[1] for name, s in self._listeners.items() if "port" in name}
        return {
            "canary": self.canary,
            "home": self.home,
            "mark": self.mark,
            "parent": os.getpid(),
            "sock": self.canary / "sock",
            "udp": self._listeners["udp"].getsockname()[1],
            **ports,
        }

    def signs(self) -> list[str]:
        """Say what was changed, made, sent or connected to since the start; empty if nothing."""
        now = dict(self._files())
        changed = {
            path for path in {*now, *self._before} if now.get(path) != self._before.get(path)
        }
        called = select.select(self._listeners.values(), [], [], 0)[0]
        return [
            *(f"file changed: {path}" for path in sorted(changed)),
            *(f"file made: {path}" for path in self._marked()),
            *(f"{name} was reached" for name, s in self._listeners.items() if s in called),
            *(f"signal received: {number}" for number in self._signals),
        ]

    def _listen(self) -> None:
        inet, stream, datagram = socket.AF_INET, socket.SOCK_STREAM, socket.SOCK_DGRAM
        self._bind("port", inet, stream, ("127.0.0.1", 0))
        self._bind("udp", inet, datagram, ("127.0.0.1", 0))
        self._bind("unix", socket.AF_UNIX, stream, str(self.canary / "sock"))
        self._bind("abstract", socket.AF_UNIX, stream, f"\0{self.mark}")
        if has_ipv6():
            self._bind("port6", socket.AF_INET6, stream, ("::1", 0))

    def _bind(self, name: str, family: int, kind: int, address: object) -> None:
        listener = self._listeners[name] = self._open.enter_context(socket.socket(family, kind))
        listener.bind(address)
        if kind == socket.SOCK_STREAM:
            listener.listen()

    def _files(self) -> Iterator[tuple[Path, tuple[object, ...]]]:
        for folder in (self.canary, self.home):
            for path in (folder, *folder.rglob("*")):
                now = path.lstat()
                plain = path.is_file() and not path.is_symlink()
                held = hashlib.sha256(path.read_bytes()).hexdigest() if plain else ""
                noted = os.listxattr(path, follow_symlinks=False)
                yield path, (now.st_mode, now.st_uid, now.st_nlink, now.st_mtime_ns, held, *noted)

    def _marked(self) -> list[Path]:
        folders = {Path(name) for name in (*SHARED, "/", Path.cwd(), Path.home())}
        return [path for folder in sorted(folders) for path in folder.glob(f"*{self.mark}*")]


def processes() -> dict[int, str]:
    """Return the living processes that this one started, and those that they started."""
    found = {}
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # it ends while we look
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found[process.pid] = process.name()
    return found


def left_processes(before: dict[int, str], *, patience: float = 2.0) -> dict[int, str]:
    """Return processes that were not there before, once those that are ending have ended."""
    until = time.monotonic() + patience
    while (left := processes().keys() - before.keys()) and time.monotonic() < until:
        time.sleep(0.02)
    return {pid: name for pid, name in processes().items() if pid in left}


def has_ipv6() -> bool:
    """Whether this machine can listen on its own IPv6 address."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def fill(folder: Path, secret: str) -> None:
    """Make what a user may have in a home folder and elsewhere, each file with the secret in it."""
    canary, home = folder / "canary", folder / "home"
    for each in (canary / "folder", home / ".ssh"):
        each.mkdir(parents=True)
    for path in (canary / "secret.txt", home / ".ssh" / "id_rsa"):
        path.write_text(f"{secret}\n")
    (canary / "planted.py").write_text(f"SECRET = {secret!r}\n")
    (canary / "link").symlink_to("/etc/passwd")
    table = pd.DataFrame({"held": [secret]})
    table.to_csv(canary / "table.csv", index=False)
    table.to_parquet(canary / "table.parquet")
    with closing(sqlite3.connect(canary / "base.db")) as base, base:
        base.execute("create table held (secret)")
        base.execute("insert into held values (?)", (secret,))
