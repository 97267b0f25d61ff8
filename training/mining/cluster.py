"""Batches of files -> what was found in them, on one process or many, in the order of the files."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import chain
from typing import Any

from nbcodegen.training.errors import CannotRead, MissingPackage
from nbcodegen.training.mining.batches import Mined, mine_batch
from nbcodegen.training.mining.sources import Found
from nbcodegen.training.recipe import MineSettings

FEWEST = 200
"""Files below which starting processes takes longer than reading them here."""
AHEAD = 4
"""Batches per process that are under way: what has come back out of turn waits in memory."""

Batch = Sequence[Found]


def mine_batches(
    batches: Iterator[Batch], settings: MineSettings, say: Callable[[str], None]
) -> Iterator[Mined]:
    """Yield what was found in each file; where the work is done makes no difference to it.

    Raises `MissingPackage` and `CannotRead`.
    """
    wanted = settings.workers or os.cpu_count() or 1
    with ExitStack() as stack:
        if settings.scheduler:
            first: list[Batch] = []
            cluster: tuple[Any, int] | None = _connected(settings.scheduler, stack)
        else:
            first, many = _peek(batches) if wanted > 1 else ([], False)
            cluster = _started(wanted, settings, stack, say) if many else None
        everything = chain(first, batches)
        if cluster is None:
            for batch in everything:
                yield from mine_batch(batch, settings)
            return
        client, workers = cluster
        say(f"Reading on {workers} {'process' if workers == 1 else 'processes'}.")
        yield from _spread(client, everything, settings, workers * AHEAD)


def _peek(batches: Iterator[Batch]) -> tuple[list[Batch], bool]:
    """Take batches until there are enough for several processes, or no more."""
    first: list[Batch] = []
    files = 0
    for batch in batches:
        first.append(batch)
        files += len(batch)
        if files >= FEWEST:
            return first, True
    return first, False


def _connected(address: str, stack: ExitStack) -> tuple[Any, int]:
    """A client of a scheduler that runs somewhere, and how many workers that has."""
    distributed = _distributed(f"mine.scheduler = {address}")
    try:
        client = stack.enter_context(distributed.Client(address, timeout="10s"))
    except (OSError, ValueError) as error:
        raise CannotRead(
            f"No dask scheduler answers at {address} ({error}). "
            "Start one (dask scheduler), or leave mine.scheduler empty."
        ) from error
    return client, max(1, len(client.scheduler_info()["workers"]))


def _started(
    wanted: int, settings: MineSettings, stack: ExitStack, say: Callable[[str], None]
) -> tuple[Any, int] | None:
    """A client of processes of our own; None where they cannot be had and nobody insisted."""
    try:
        distributed = _distributed(f"mine.workers = {settings.workers}")
    except MissingPackage:
        if settings.workers:
            raise
        say("Reading on one process: for more, pip install nbcodegen[train] (dask.distributed).")
        return None
    stack.enter_context(_same_environment())
    try:
        cluster = distributed.LocalCluster(
            n_workers=wanted,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
            security=_encryption(),
        )
    except (OSError, RuntimeError) as error:
        say(f"Reading on one process: a local cluster could not be started ({error}).")
        return None
    stack.enter_context(cluster)
    return stack.enter_context(distributed.Client(cluster)), wanted


@contextmanager
def _same_environment() -> Iterator[None]:
    """Leave this process's environment as it was.

    dask tells its workers to use one thread by a variable that it sets in the process that starts
    them: the training that follows in this process would run on one thread too.
    """
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


def _distributed(what: str) -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise MissingPackage(
            f"{what} needs dask.distributed, which is not installed. Install it: "
            "pip install nbcodegen[train]; or read on one process: --set mine.workers=1"
        ) from error


def _encryption() -> Any:
    """Keys for one run, where they can be made: a scheduler takes orders from whoever connects."""
    security: Any = import_module("distributed.security")
    try:
        return security.Security.temporary()
    except ImportError:
        return None


def _spread(
    client: Any, batches: Iterator[Batch], settings: MineSettings, ahead: int
) -> Iterator[Mined]:
    """Keep so many batches under way, and hand on their results in order."""
    waiting: deque[tuple[Batch, Any]] = deque()
    for batch in batches:
        waiting.append((batch, client.submit(mine_batch, batch, settings, pure=False)))
        if len(waiting) >= ahead:
            yield from _result(*waiting.popleft())
    while waiting:
        yield from _result(*waiting.popleft())


def _result(batch: Batch, future: Any) -> list[Mined]:
    killed = import_module("distributed").KilledWorker
    try:
        return future.result()  # type: ignore[no-any-return]
    except killed as error:
        raise CannotRead(
            f"The processes that read {batch[0].source}/{batch[0].place} and the "
            f"{len(batch) - 1} files after it died again and again, for lack of memory as a rule. "
            "Read on one process to see which file it is: --set mine.workers=1"
        ) from error
