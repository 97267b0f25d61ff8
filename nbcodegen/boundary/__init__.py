"""A limit around one process that the operating system keeps: no rule of ours can be talked out.

What it stops, on Linux (x86-64 and ARM64):

- files: nothing can be written, made, renamed or removed anywhere; only the folders in `READABLE`
  can be read (Python's own libraries, fonts, time zones), so not the home folder, not `/etc`, not
  `/proc` (Landlock, or a private file system where the kernel has none; and seccomp);
- network: no socket of any family can be made, so no DNS either (seccomp);
- processes: none can be started, traced or signalled; only threads of its own, in no namespace of
  their own (seccomp);
- rights: what root may do beyond others is given up (capabilities), and nothing gives it back;
- everything else that is not on the list of calls in `syscalls.tsv` (seccomp);
- excess: processor time, memory, open files, threads, core dumps (rlimits); elapsed time is the
  parent's.

What it does not stop: a program that loads one core until its time is up, that learns which
files exist (not what they hold), the host's name or kernel, or that lies about its own result.
The system does not count root's threads, so under root it may start very many until then. It
trusts the kernel. On macOS and Windows there is no such boundary here: `supported` says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from nbcodegen.boundary.limits import Limits

__all__ = ["Limits", "Support", "enclose", "support"]


@dataclass(frozen=True, slots=True)
class Support:
    """What this machine can hold a process with."""

    calls: bool
    """Whether system calls can be filtered (seccomp)."""
    landlock: int
    """Version of Landlock; 0 where there is none."""
    missing: str = ""
    """Why there is no boundary on this machine; empty where there may be one."""

    @property
    def files(self) -> str:
        """What guards files: `Landlock N`, or the fallback, which has to be tried out."""
        return f"Landlock {self.landlock}" if self.landlock else "a mount namespace"


def support() -> Support:
    """Ask the kernel; nothing is changed. Whether a boundary holds is tried by `breaches`."""
    from nbcodegen.boundary import landlock, seccomp

    missing = seccomp.missing()
    if missing:
        return Support(False, 0, missing)
    return Support(True, landlock.version())


def enclose(limits: Limits, *, confined: bool) -> None:
    """Put this process inside the boundary, for good; raises OSError where a part is refused.

    `confined`: files are guarded already, by `mounts.confine` in a parent.
    """
    from nbcodegen.boundary import landlock, seccomp
    from nbcodegen.boundary.limits import apply
    from nbcodegen.boundary.readable import readable

    apply(limits)
    seccomp.give_up_privileges()
    if not confined:
        landlock.allow_reading(readable())
    seccomp.allow_calls()
