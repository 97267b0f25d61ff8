"""Stepping aside for the user's cell: a generation that runs beside one gets what it leaves.

Both are Python in one process, and a thread that computes keeps the interpreter from the other.
The model asks at each of its steps whether to stop; that is where this naps.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

SHARE = 0.04
"""Of the time of a running cell that a generation may take for itself."""
LONGEST = 0.15
"""Seconds of one nap: a cancelled generation ends within it."""


def cell_is_running() -> bool:
    """Tell whether the main thread is inside a cell, by IPython's own function on its stack."""
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    while frame is not None:
        if frame.f_code.co_name == "run_code" and "interactiveshell" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


class Courtesy:
    """Asked whether to stop, it naps first if a cell is running, as long as the work before asks.

    >>> stop = Courtesy(lambda: False, running=lambda: False)
    >>> stop()
    False
    """

    def __init__(
        self, stop: Callable[[], bool], running: Callable[[], bool] = cell_is_running
    ) -> None:
        self._stop, self._running = stop, running
        self._worked = time.thread_time()

    def __call__(self) -> bool:
        now = time.thread_time()
        nap = (now - self._worked) * (1 / SHARE - 1)
        self._worked = now
        if nap > 0 and not self._stop() and self._running():
            time.sleep(min(nap, LONGEST))
        return self._stop()
