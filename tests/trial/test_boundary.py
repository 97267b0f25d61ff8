"""What the machine offers, and that a boundary of either kind holds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nbcodegen.boundary import landlock, seccomp, support

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the boundary is Linux's"
)

ENCLOSED = """
import json, os, sys
from nbcodegen.boundary import Limits, breaches, enclose, limits, mounts, readable
limits.measure()
confined = sys.argv[1] == "mounts"
inner, outer = os.pipe()
if confined:
    try:
        mounts.confine(readable.readable())
    except OSError as error:
        print(json.dumps(f"no namespaces here: {error}"))
        sys.exit()
if os.fork() == 0:
    os.close(inner)
    enclose(Limits(), confined=confined)
    import decimal  # the libraries can be read
    os.write(outer, json.dumps(list(breaches.breaches())).encode())
    os._exit(0)
os.close(outer)
print(os.read(inner, 10_000).decode())
"""


def enclosed(kind: str) -> list[str] | str:
    done = subprocess.run([sys.executable, "-c", ENCLOSED, kind], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_landlock_and_seccomp_let_nothing_through():
    if support().missing or not support().landlock:
        pytest.skip(support().missing or "this kernel has no Landlock")
    assert enclosed("landlock") == []


def test_a_private_file_system_and_seccomp_let_nothing_through():
    if support().missing:
        pytest.skip(support().missing)
    through = enclosed("mounts")
    if isinstance(through, str):
        pytest.skip(through)
    assert through == []


def test_without_a_boundary_the_same_attempts_go_through():
    program = "import json; from nbcodegen.boundary import breaches; "
    program += "print(json.dumps(list(breaches.breaches())))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "read a file of the system" in json.loads(done.stdout)
    assert "make an internet socket" in json.loads(done.stdout)


def test_the_table_of_calls_agrees_with_the_kernel_s_headers():
    """Spot checks by doing: what the table allows works under it, by number."""
    rows = [line.split("\t") for line in seccomp.TABLE.read_text("utf-8").splitlines()[1:]]
    assert all(len(row) == 4 for row in rows)
    for column in (1, 2):
        numbers = [row[column] for row in rows if row[column] != "-"]
        assert len(numbers) == len(set(numbers))
    headers = Path("/usr/include/asm-generic/unistd.h")
    text = headers.read_text("utf-8") if headers.exists() else ""
    for name, _, arm, _ in rows:
        found = re.findall(rf"#define __NR(?:3264)?_(?:new)?{name} (\d+)\n", text)
        assert not found or arm in (*found, "-"), name


def test_a_machine_without_seccomp_says_why(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    assert support().missing == "Darwin has no boundary that nbcodegen knows"


def test_landlock_s_version_is_a_number():
    assert landlock.version() >= 0
