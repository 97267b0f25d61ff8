"""Modules that reach outside the tables, by what they reach."""

from __future__ import annotations

_FILES = """os posix nt pathlib shutil tempfile glob fileinput linecache zipfile tarfile gzip bz2
    lzma mmap fcntl dbm sqlite3 posixpath ntpath genericpath zipimport zipapp mailbox fsspec"""
_PROCESSES = """subprocess multiprocessing threading _thread concurrent asyncio signal sched pty
    pexpect psutil resource atexit joblib _posixsubprocess msvcrt winreg _winapi ensurepip venv
    pip setuptools distutils"""
_NETWORK = """socket socketserver ssl select selectors http requests httpx aiohttp urllib3 ftplib
    smtplib poplib imaplib nntplib telnetlib xmlrpc wsgiref websocket websockets webbrowser
    selenium paramiko boto3 botocore s3fs gcsfs google azure kaggle sqlalchemy psycopg2 psycopg
    pymysql pymongo redis tkinter antigravity"""
_INSIDES = """sys builtins importlib imp pkgutil runpy code codeop inspect gc ctypes cffi site
    sysconfig getpass pwd grp pdb bdb trace profile cProfile timeit doctest tracemalloc
    faulthandler numexpr py_compile compileall symtable dis"""
_PICKLES = "pickle _pickle cPickle marshal shelve dill cloudpickle copyreg"

MODULES = frozenset(" ".join((_FILES, _PROCESSES, _NETWORK, _INSIDES, _PICKLES)).split())
ORDINARY_WORDS = frozenset(
    """code signal select selectors resource trace profile site http requests google redis sched
    dis glob venv nt imp""".split()
)
"""Words that data libraries and users give to things of their own: `np.select`, `scipy.signal`."""
PARTS = (
    "urllib.request", "urllib.robotparser", "pyarrow.fs", "pyarrow.flight", "numpy.ctypeslib",
    "numpy.f2py", "logging.config", "logging.handlers",
)  # fmt: skip
"""What is refused of modules that are harmless otherwise."""


def refused(dotted: str) -> str:
    """Return the part of a dotted name that reaches outside, or nothing.

    >>> refused("os.path"), refused("pandas.io.common.os.system"), refused("scipy.signal")
    ('os', 'os', '')
    """
    first, *rest = dotted.split(".")
    if first in MODULES:
        return first
    hidden = (name for name in rest if name.lstrip("_") in MODULES - ORDINARY_WORDS)
    parts = (part for part in PARTS if f"{dotted}.".startswith(f"{part}."))
    return next(hidden, "") or next(parts, "")
