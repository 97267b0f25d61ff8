"""System calls limited to a list: a seccomp filter, which children inherit and none can lift.

Source: the kernel's "Seccomp BPF" (userspace API) and `linux/filter.h`. A call that is not on the
list fails with EPERM, so that code sees an ordinary PermissionError.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from nbcodegen.boundary.kernel import AT_LEAST_64_BITS, call, library

TABLE = Path(__file__).parent / "syscalls.tsv"

ARCHITECTURES = {"x86_64": (1, 0xC000003E, 317), "aarch64": (2, 0xC00000B7, 277)}
"""Machine -> its column in the table, its number in the kernel, and its number of `seccomp`."""

NO_NEW_PRIVILEGES = 38
CAPABILITIES_VERSION_3 = 0x20080522
SET_FILTER, FILTER_AVAILABLE = 1, 2
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000
LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06
NUMBER_AT, ARCHITECTURE_AT, ARGUMENTS_AT = 0, 4, 16
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
THREAD = 0x10000
"""`CLONE_THREAD`: what tells a thread from a process."""
NAMESPACES = 0x7E020000
"""`CLONE_NEW*`, all of them: a thread may have a network of its own."""

Step = tuple[int, int, int, int]


def missing() -> str:
    """Return why calls cannot be filtered here; empty where they can."""
    machine = platform.machine()
    if not sys.platform.startswith("linux"):
        return f"{platform.system()} has no boundary that nbcodegen knows"
    if machine not in ARCHITECTURES or not AT_LEAST_64_BITS or sys.byteorder != "little":
        return f"the list of system calls for {machine} processors is not known to nbcodegen"
    action = ctypes.c_uint32(REFUSE)
    try:
        call(ARCHITECTURES[machine][2], FILTER_AVAILABLE, 0, ctypes.byref(action))
    except OSError as error:
        return f"this kernel does not filter system calls ({error.strerror})"
    return ""


def give_up_privileges() -> None:
    """Keep no capability, which root has all of, and let nothing gain any; filters ask for it."""
    library("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    of_this_process = struct.pack("=Ii", CAPABILITIES_VERSION_3, 0)
    library("capset", of_this_process, bytes(24))


def allow_calls() -> None:
    """Refuse this process every system call that is not on the list. For good."""
    machine = platform.machine()
    column, architecture, seccomp = ARCHITECTURES[machine]
    program = b"".join(struct.pack("=HBBI", *step) for step in _program(column, architecture))
    steps = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("=H6xQ", len(program) // 8, ctypes.addressof(steps))
    call(seccomp, SET_FILTER, 0, ctypes.create_string_buffer(described, len(described)))


def _program(column: int, architecture: int) -> Iterator[Step]:
    yield LOAD, 0, 0, ARCHITECTURE_AT
    yield EQUAL, 1, 0, architecture
    yield RETURN, 0, 0, KILL
    yield LOAD, 0, 0, NUMBER_AT
    for row in TABLE.read_text(encoding="utf-8").splitlines():
        fields = row.split("\t")
        if row.startswith("#") or fields[column] == "-":
            continue
        condition = list(_condition(fields[3]))
        # Where the number is another, jump over what decides about this call.
        yield EQUAL, 0, len(condition), int(fields[column])
        yield from condition
    yield RETURN, 0, 0, REFUSE | errno.EPERM


def _condition(rule: str) -> Iterator[Step]:
    """Write what decides about one call, by the last column of the table."""
    kind, _, detail = rule.partition(" ")
    if kind == "always":
        yield RETURN, 0, 0, ALLOW
    elif kind == "absent":
        yield RETURN, 0, 0, REFUSE | errno.ENOSYS
    elif kind == "reading":  # `reading N`: argument N holds the flags of `open`
        yield from _unless_bits(int(detail), WRITES, errno.EACCES)
    elif kind == "thread":
        yield LOAD, 0, 0, _low(0)
        yield ANY_BIT, 2, 0, NAMESPACES
        yield ANY_BIT, 0, 1, THREAD
        yield RETURN, 0, 0, ALLOW
        yield RETURN, 0, 0, REFUSE | errno.EPERM
    elif kind == "itself":
        yield from _one_of(0, [os.getpid()])
    elif kind == "asking":  # `prlimit` without new limits
        yield from _unless_bits(2, 0xFFFFFFFF, errno.EPERM, both_words=True)
    else:  # `one-of N a,b,c`: argument N is one of these
        place, _, values = detail.partition(" ")
        yield from _one_of(int(place), [int(value, 0) for value in values.split(",")])


def _unless_bits(
    argument: int, bits: int, refusal: int, *, both_words: bool = False
) -> Iterator[Step]:
    for place in (_low(argument), _low(argument) + 4)[: 2 if both_words else 1]:
        yield LOAD, 0, 0, place
        yield ANY_BIT, 0, 1, bits
        yield RETURN, 0, 0, REFUSE | refusal
    yield RETURN, 0, 0, ALLOW


def _one_of(argument: int, values: list[int]) -> Iterator[Step]:
    yield LOAD, 0, 0, _low(argument)
    for value in values:
        yield EQUAL, 0, 1, value
        yield RETURN, 0, 0, ALLOW
    yield RETURN, 0, 0, REFUSE | errno.EPERM


def _low(argument: int) -> int:
    """Where the low 32 bits of an argument lie; both architectures are little-endian."""
    return ARGUMENTS_AT + 8 * argument
