"""System calls that Python has no function for, by number, through the C library."""

from __future__ import annotations

import ctypes
import os
from functools import lru_cache
from typing import Any

AT_LEAST_64_BITS = ctypes.sizeof(ctypes.c_void_p) == 8


@lru_cache(maxsize=1)
def _library() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def call(number: int, *arguments: object) -> int:
    """Return what the kernel answers; raises OSError where it refuses."""
    words = [
        ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments
    ]
    answer = int(_library().syscall(ctypes.c_long(number), *words))
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer


def library(name: str, *arguments: object) -> None:
    """Call a function of the C library that returns 0; raises OSError where it does not."""
    if getattr(_library(), name)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")
