"""Leaving anything behind in files, or changing what is there."""

import ctypes, errno, os, sys

libc = ctypes.CDLL(None, use_errno=True)
OWN = os.__file__  # a file that can be read


def reached(number, *words):
    """Whether the kernel took a call: a filter answers EPERM or ENOSYS."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    return libc.syscall(number, *words) >= 0 or ctypes.get_errno() not in (
        errno.EPERM,
        errno.ENOSYS,
    )


def any_works(*attempts):
    for attempt in attempts:
        try:
            print(attempt(), "BREACHED")
        except Exception as error:
            print(type(error).__name__)


# %% working_folder [bare]: make a file beside the notebook
open("{mark}", "w").write("x")
"BREACHED"

# %% temporary_folder [bare]: make a file where everybody may
open("/tmp/{mark}", "w").write("x")
"BREACHED"

# %% shared_memory_folder [bare]: make a file in memory
open("/dev/shm/{mark}", "w").write("x")
"BREACHED"

# %% home [bare]: make a file in the home folder
import pathlib

any_works(
    lambda: pathlib.Path("{home}/{mark}").write_text("x"),
    lambda: pathlib.Path("{home}/{mark}").touch(),
    lambda: pathlib.Path("~/{mark}").expanduser().write_text("x"),
)

# %% canary [bare]: overwrite a file of the user's, each way to open for writing
any_works(
    *(
        lambda mode=mode: open("{canary}/secret.txt", mode).write("x")
        for mode in ("w", "a", "r+", "w+", "x")
    )
)

# %% empty_file [bare]: a file of no size, which a limit on size does not stop
any_works(
    lambda: os.close(os.open("{canary}/{mark}", os.O_CREAT)),
    lambda: os.close(os.open("/tmp/{mark}", os.O_CREAT | os.O_EXCL | os.O_RDONLY)),
)

# %% empty_a_file [bare]: O_TRUNC with read-only access empties a file on Linux
any_works(lambda: os.open("{canary}/secret.txt", os.O_RDONLY | os.O_TRUNC))

# %% unnamed_file [bare]: O_TMPFILE makes one without a name
any_works(
    *(
        lambda folder=folder: os.open(folder, os.O_TMPFILE | os.O_RDWR)
        for folder in ("/tmp", "{canary}")
    )
)

# %% library: change Python's own libraries for all who come after
import pandas as pd

folder = os.path.dirname(pd.__file__)
any_works(
    lambda: open(folder + "/{mark}.py", "w"),
    lambda: os.open(folder + "/__init__.py", os.O_RDWR),
    lambda: os.mkdir(folder + "/{mark}"),
)

# %% compiled_modules [bare]: let Python itself write its cache
import py_compile

sys.dont_write_bytecode, sys.pycache_prefix = False, "{canary}"
import this

any_works(lambda: py_compile.compile(OWN, cfile="/tmp/{mark}", doraise=True))

# %% rename [bare]: move a file
any_works(
    lambda: os.rename("{canary}/secret.txt", "{canary}/other.txt"),
    lambda: os.replace("{canary}/table.csv", "/tmp/{mark}"),
)

# %% hard_link [bare]: give a file a second name
os.link("{canary}/secret.txt", "{canary}/{mark}")
"BREACHED"

# %% link_to_a_library_file: give a readable file a second name elsewhere
any_works(lambda: os.link(OWN, "/tmp/{mark}"), lambda: os.link(OWN, OWN + "{mark}"))

# %% symbolic_link [bare]: make a link
any_works(lambda: os.symlink("/etc", "{canary}/{mark}"), lambda: os.symlink("/etc", "/tmp/{mark}"))

# %% folder [bare]: make and remove folders
any_works(
    lambda: os.mkdir("{canary}/{mark}"),
    lambda: os.makedirs("/tmp/{mark}/deep"),
    lambda: os.rmdir("{canary}/folder"),
)

# %% pipe_and_node [bare]: special files
import stat

any_works(
    lambda: os.mkfifo("/tmp/{mark}"),
    lambda: os.mknod("{canary}/{mark}", 0o600 | stat.S_IFREG),
    lambda: os.mknod("{canary}/device", 0o600 | stat.S_IFCHR, os.makedev(1, 3)),
)

# %% truncate [bare]: cut a file by its path
os.truncate("{canary}/secret.txt", 0)
"BREACHED"

# %% mode_and_owner [bare]: change who may read a file
any_works(
    lambda: os.chmod("{canary}/secret.txt", 0o777),
    lambda: os.chown("{canary}/secret.txt", os.getuid(), os.getgid()),
    lambda: os.lchown("{canary}/secret.txt", os.getuid(), os.getgid()),
)

# %% mode_of_a_readable_file [bare]: Landlock does not guard modes; set one's own again
with open(__import__("tempfile").__file__) as file:
    os.fchmod(file.fileno(), os.fstat(file.fileno()).st_mode)
"BREACHED"

# %% times [bare]: change when a file was changed
any_works(
    lambda: os.utime("{canary}/secret.txt", (1, 1)),
    lambda: os.utime(
        os.open(OWN, os.O_RDONLY), ns=(os.stat(OWN).st_atime_ns, os.stat(OWN).st_mtime_ns)
    ),
)

# %% attribute [bare]: hide data in a file's extended attributes
any_works(
    lambda: os.setxattr("{canary}/secret.txt", "user.hidden", b"x"),
    lambda: os.removexattr("{canary}/secret.txt", "user.hidden"),
)

# %% remove [bare]: remove files and folders
import shutil

any_works(lambda: os.unlink("{canary}/secret.txt"), lambda: shutil.rmtree("{canary}/folder"))

# %% memory_file [bare]: a file without a place, which could be run or handed on
any_works(lambda: os.memfd_create("{mark}"))
if reached(447, 0):
    print("BREACHED: memfd_secret")

# %% shared_memory [bare]: memory with a name, which outlives its maker
from multiprocessing.shared_memory import SharedMemory

SharedMemory(name="{mark}", create=True, size=16)
"BREACHED"

# %% shared_memory_of_system_v [x86-64]: memory with a number, which outlives its maker
place = libc.shmget(0, 4096, 0o1600)
if place >= 0:
    print("BREACHED", libc.shmctl(place, 0, None))
for number in (29, 64, 68, 240):
    if reached(number, -1, -1, -1, -1):
        print("BREACHED", number)

# %% named_lock [bare]: a semaphore with a name
import multiprocessing

libc.sem_open.restype = ctypes.c_void_p
any_works(
    lambda: multiprocessing.Lock(),
    lambda: 1 / bool(libc.sem_open(b"/{mark}", os.O_CREAT, 0o600, 1)),
)

# %% temporary_files [bare]: tempfile, each way
import tempfile

any_works(
    lambda: tempfile.NamedTemporaryFile(prefix="{mark}"),
    lambda: tempfile.TemporaryFile(),
    lambda: tempfile.mkdtemp(prefix="{mark}"),
    lambda: tempfile.mkstemp(prefix="{mark}", dir="{canary}"),
)

# %% by_numpy [bare]: writers of numpy
import numpy as np

any_works(
    lambda: np.save("{canary}/{mark}.npy", np.ones(3)),
    lambda: np.savez("/tmp/{mark}.npz", np.ones(3)),
    lambda: np.savetxt("/tmp/{mark}.txt", np.ones(3)),
    lambda: np.ones(3).tofile("/tmp/{mark}"),
    lambda: np.ones(3).dump("/tmp/{mark}"),
)

# %% mapped [bare]: map a file to write it
import numpy as np

any_works(
    lambda: np.memmap("/tmp/{mark}", mode="w+", shape=3),
    lambda: np.memmap("{canary}/secret.txt", mode="r+"),
)

# %% mapped_library: map a readable file, shared and for writing
import mmap

any_works(lambda: mmap.mmap(os.open(OWN, os.O_RDONLY), 0, mmap.MAP_SHARED, mmap.PROT_WRITE))

# %% by_pandas_csv: DataFrame.to_csv
import pandas as pd

pd.DataFrame({"a": [1]}).to_csv("{canary}/{mark}.csv")
"BREACHED"

# %% by_pandas_pickle: DataFrame.to_pickle
import pandas as pd

pd.DataFrame({"a": [1]}).to_pickle("/tmp/{mark}.pkl")
"BREACHED"

# %% by_pandas_parquet: DataFrame.to_parquet
import pandas as pd

pd.DataFrame({"a": [1]}).to_parquet("{canary}/{mark}.parquet")
"BREACHED"

# %% by_pandas_others: other writers of pandas
import pandas as pd

frame = pd.DataFrame({"a": [1]})
any_works(
    lambda: frame.to_json("/tmp/{mark}.json"),
    lambda: frame.to_html("/tmp/{mark}.html"),
    lambda: frame.to_string("/tmp/{mark}.text"),
    lambda: frame.to_feather("/tmp/{mark}.feather"),
    lambda: frame.to_stata("/tmp/{mark}.dta"),
    lambda: frame.to_csv("/tmp/{mark}.csv.gz", mode="a"),
)

# %% by_matplotlib: savefig, to a path
import matplotlib.pyplot as plt

plt.plot([1, 2])
any_works(*(lambda kind=kind: plt.savefig("/tmp/{mark}." + kind) for kind in ("png", "svg", "pdf")))

# %% by_logging [bare]: a log file
import logging

logging.FileHandler("{canary}/{mark}.log").emit(logging.makeLogRecord({}))
"BREACHED"

# %% by_sqlite [bare]: a database file
import sqlite3

sqlite3.connect("/tmp/{mark}.db").execute("create table held (a)")
"BREACHED"

# %% by_duckdb: a database engine with writers of its own
import duckdb

any_works(
    lambda: duckdb.sql("copy (select 1) to '/tmp/{mark}'"),
    lambda: duckdb.connect("/tmp/{mark}.db"),
)

# %% by_archives [bare]: archives, copies and little databases
import dbm, shelve, shutil, tarfile, zipfile

any_works(
    lambda: zipfile.ZipFile("/tmp/{mark}.zip", "w"),
    lambda: tarfile.open("/tmp/{mark}.tar", "w"),
    lambda: shelve.open("/tmp/{mark}"),
    lambda: shutil.copy(OWN, "/tmp/{mark}"),
    lambda: shutil.make_archive("/tmp/{mark}", "tar", "{canary}"),
)

# %% by_the_c_library [bare]: creat, open and fopen of libc
libc.fopen.restype = ctypes.c_void_p
any_works(
    lambda: 1 / (libc.creat(b"/tmp/{mark}", 0o600) >= 0),
    lambda: 1 / (libc.open(b"/tmp/{mark}", os.O_CREAT | os.O_WRONLY, 0o600) >= 0),
    lambda: 1 / bool(libc.fopen(b"/tmp/{mark}", b"w")),
)

# %% openat2 [bare]: the newer call, whose flags lie in a structure
how = (ctypes.c_uint64 * 3)(os.O_CREAT | os.O_WRONLY, 0o600, 0)
if reached(437, -100, b"/tmp/{mark}", ctypes.byref(how), 24):
    print("BREACHED")

# %% upper_half_of_a_word [x86-64, bare]: flags that a filter may compare at another width
for flags in (os.O_CREAT | os.O_WRONLY | 1 << 32, os.O_CREAT | os.O_RDWR | 1 << 63):
    if libc.syscall(257, ctypes.c_long(-100), b"/tmp/{mark}", ctypes.c_ulong(flags), 0o600) >= 0:
        print("BREACHED", flags)

# %% settings_of_the_kernel: files that are not data
any_works(
    *(
        lambda path=path: os.open(path, os.O_WRONLY)
        for path in (
            "/proc/self/mem",
            "/proc/self/oom_score_adj",
            "/proc/self/uid_map",
            "/proc/self/comm",
            "/proc/sys/kernel/core_pattern",
            "/proc/sysrq-trigger",
            "/sys/fs/cgroup/cgroup.procs",
        )
    )
)

# %% terminal_and_disk: write to devices
any_works(
    *(
        lambda name=name: os.open("/dev/" + name, os.O_WRONLY | os.O_NOCTTY)
        for name in ("tty", "console", "kmsg", "ptmx", "null", "full", "vda", "sda", "mem")
    )
)

# %% locks [bare]: locks and leases on files that others use
import fcntl

file = open(OWN)
any_works(
    lambda: fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB),
    lambda: fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB),
)

# %% signals_about_files [bare]: have signals sent about a descriptor (F_SETOWN, F_SETSIG)
import fcntl

file = open(OWN)
any_works(
    lambda: fcntl.fcntl(file, fcntl.F_SETOWN, os.getpid()),
    lambda: fcntl.fcntl(file, fcntl.F_SETSIG, 10),
)
