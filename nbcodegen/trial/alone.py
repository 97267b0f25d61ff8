"""Trials where processes cannot be forked: a fresh process for each, its time kept, no boundary.

For macOS and Windows, and only where the user chose to run without a boundary. It starts in an
empty folder that goes with it.
"""

from __future__ import annotations

import json
import secrets
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence

from nbcodegen.boundary import Limits
from nbcodegen.trial import report
from nbcodegen.trial.child import pictured, tried
from nbcodegen.trial.sample import Sample
from nbcodegen.values import Failure, Report

START_S = 60.0
"""What loading the libraries may take, beyond the trial's own time."""


def served(
    codes: Sequence[str],
    sample: Sample,
    limits: Limits,
    stop: Callable[[], bool],
    *,
    command: Sequence[str],
    env: Mapping[str, str],
) -> dict[int, Report]:
    """Try the codes one after the other."""
    found = {}
    for place, code in enumerate(codes):
        if stop():
            break
        found[place] = _one(code, sample, limits, command, env)
    return found


def _one(
    code: str, sample: Sample, limits: Limits, command: Sequence[str], env: Mapping[str, str]
) -> Report:
    token = secrets.token_bytes(report.TOKEN)
    text = code.encode()
    said = token + struct.pack("!I", len(text)) + text + sample.payload
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            done = subprocess.run(
                command, input=said, capture_output=True, timeout=START_S + limits.seconds,
                cwd=folder, env=dict(env),
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Report(failure=Failure("Stopped", "it took too long"))
    try:
        return report.unpack(done.stdout, token)
    except report.Forged as error:
        return Report(failure=Failure("Crashed", f"its process left no report: {error}"))


def main() -> None:
    """Read a task from standard input, write its report to standard output."""
    from nbcodegen.trial.warming import warm

    said, out = sys.stdin.buffer.read(), sys.stdout.buffer
    token, rest = said[: report.TOKEN], said[report.TOKEN :]
    (length,) = struct.unpack_from("!I", rest)
    warm()
    said = pictured(*tried(rest[4 : 4 + length].decode(), rest[4 + length :]))
    out.write(report.pack(said, token))
    out.flush()


def command(path: Sequence[str]) -> list[str]:
    """The command line of such a process with these folders of libraries."""
    program = (
        "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
        "from nbcodegen.trial.alone import main; main()"
    )
    return [sys.executable, "-s", "-X", "utf8", "-c", program, json.dumps(path)]
