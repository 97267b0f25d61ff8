"""Reading what is not Python's own: files, folders, environment, other processes."""

import ctypes, errno, os

libc = ctypes.CDLL(None, use_errno=True)


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


# %% passwd [bare]: read a file that everyone may read
open("/etc/passwd").read()
"BREACHED"

# %% shadow: read a file that only root may read
import pathlib

pathlib.Path("/etc/shadow").read_bytes()
"BREACHED"

# %% canary [bare]: read a file of the user's
open("{canary}/secret.txt").read()
"BREACHED"

# %% canary_with_flags [bare]: flags of os.open that change what is checked
any_works(
    *(
        lambda flags=flags: os.read(os.open("{canary}/secret.txt", os.O_RDONLY | flags), 100)
        for flags in (0, os.O_NONBLOCK, os.O_NOFOLLOW, os.O_CLOEXEC, os.O_SYNC, 0o100000)
    )
)

# %% path_descriptor [bare]: O_PATH opens anything; read through it
place = os.open("{canary}", os.O_PATH | os.O_DIRECTORY)
any_works(
    lambda: os.listdir(place),
    lambda: os.read(os.open("secret.txt", os.O_RDONLY, dir_fd=place), 100),
    lambda: open(f"/proc/self/fd/{place}/secret.txt").read(),
)

# %% dots [bare]: leave a readable folder by ..
library = os.path.dirname(os.__file__)
up = "/.." * library.count("/")
open(library + up + "/etc/passwd").read()
"BREACHED"

# %% dots_from_a_descriptor [bare]: leave a readable folder by .. from its descriptor
library = os.path.dirname(os.__file__)
place = os.open(library, os.O_RDONLY | os.O_DIRECTORY)
os.read(os.open("../" * library.count("/") + "etc/passwd", os.O_RDONLY, dir_fd=place), 100)
"BREACHED"

# %% change_folder [bare]: go there first
os.chdir("/etc")
open("passwd").read()
"BREACHED"

# %% links_that_lead_out: follow symbolic links from readable folders to others
import glob

for link in glob.glob("/usr/lib/*") + glob.glob("/usr/lib/ssl/*") + glob.glob("/usr/lib/*/*"):
    goal = os.path.realpath(link)
    if os.path.islink(link) and goal.startswith(("/etc/ssl", "/etc/alt", "/var", "/home", "/root")):
        try:
            with open(link, "rb") as file:
                print(link, goal, file.read(9), "BREACHED")
        except OSError:
            pass

# %% link_in_the_canary [bare]: follow a symbolic link that somebody else made
open("{canary}/link").read()
"BREACHED"

# %% mapped [bare]: map a file instead of reading it
import mmap

mmap.mmap(os.open("{canary}/secret.txt", os.O_RDONLY), 0, access=mmap.ACCESS_READ)[:]
"BREACHED"

# %% by_numpy [bare]: readers of numpy
import numpy as np

any_works(
    lambda: np.fromfile("{canary}/secret.txt", dtype="u1"),
    lambda: np.genfromtxt("{canary}/secret.txt", dtype=str),
    lambda: np.loadtxt("{canary}/secret.txt", dtype=str),
    lambda: np.memmap("{canary}/secret.txt", mode="r"),
    lambda: np.load("{canary}/secret.txt", allow_pickle=True),
)

# %% by_pandas [bare]: readers of pandas
import pandas as pd

any_works(
    lambda: pd.read_csv("{canary}/table.csv"),
    lambda: pd.read_csv("file://{canary}/table.csv"),
    lambda: pd.read_csv("{canary}/table.csv", memory_map=True),
    lambda: pd.read_csv("{canary}/table.csv", engine="pyarrow"),
    lambda: pd.read_fwf("{canary}/secret.txt"),
    lambda: pd.read_json("{canary}/table.csv", lines=True),
    lambda: pd.read_parquet("{canary}/table.parquet"),
)

# %% by_pyarrow: readers of pyarrow, which open files in C++ threads
import pyarrow as pa, pyarrow.csv, pyarrow.dataset

any_works(
    lambda: pa.memory_map("{canary}/secret.txt").read(),
    lambda: pa.csv.read_csv("{canary}/table.csv"),
    lambda: pa.dataset.dataset("{canary}/table.parquet").to_table(),
)

# %% by_duckdb [bare]: a database engine with readers of its own
import duckdb

if duckdb.sql("select content from read_text('{canary}/secret.txt')").fetchall():
    print("BREACHED")

# %% by_sqlite [bare]: a database file
import sqlite3

sqlite3.connect("file:{canary}/base.db?mode=ro", uri=True).execute("select * from held").fetchall()
"BREACHED"

# %% by_other_openers [bare]: modules of the standard library that open files
import codecs, configparser, fileinput, io, linecache, shutil, tokenize, runpy

any_works(
    lambda: codecs.open("{canary}/secret.txt").read(),
    lambda: io.open_code("{canary}/secret.txt").read(),
    lambda: io.FileIO("{canary}/secret.txt").read(),
    lambda: tokenize.open("{canary}/secret.txt").read(),
    lambda: "".join(fileinput.input("{canary}/secret.txt")),
    lambda: linecache.getlines("{canary}/secret.txt")[0],
    lambda: runpy.run_path("{canary}/planted.py")["SECRET"],
    lambda: configparser.ConfigParser(allow_no_value=True).read("{canary}/secret.txt")[0],
)

# %% by_import [bare]: import a module from a folder of the user's
import sys

sys.path.insert(0, "{canary}")
import planted

"BREACHED"

# %% by_the_loader [bare]: load a file as a library; the complaint tells whether it was opened
try:
    ctypes.CDLL("{canary}/secret.txt")
except OSError as error:
    print(error)
    if "file too short" in str(error) or "invalid ELF" in str(error):
        print("BREACHED")

# %% by_the_c_library [bare]: fopen and open of libc
libc.fopen.restype = ctypes.c_void_p
any_works(
    lambda: 1 / (libc.open(b"{canary}/secret.txt", 0) >= 0),
    lambda: 1 / (libc.openat(-100, b"{canary}/secret.txt", 0) >= 0),
    lambda: 1 / bool(libc.fopen(b"{canary}/secret.txt", b"r")),
)

# %% openat2 [bare]: the newer call, whose flags lie in a structure
how = (ctypes.c_uint64 * 3)(0, 0, 0)
if reached(437, -100, b"{canary}/secret.txt", ctypes.byref(how), 24):
    print("BREACHED")

# %% by_handle [x86-64]: open by a file's handle, which knows no folders
handle = (ctypes.c_uint32 * 40)(128)
mount = ctypes.c_int()
if reached(303, -100, b"/etc/passwd", ctypes.byref(handle), ctypes.byref(mount), 0):
    print("BREACHED: name_to_handle_at")
if reached(304, -100, ctypes.byref(handle), 0):
    print("BREACHED: open_by_handle_at")

# %% io_uring [bare]: a queue of operations that no filter of calls sees
ring = (ctypes.c_uint32 * 30)()
if reached(425, 4, ctypes.byref(ring)) or reached(426, -1, 0, 0, 0) or reached(427, -1, 0, 0, 0):
    print("BREACHED")

# %% moved_by_the_kernel [x86-64, bare]: sendfile, splice, tee, vmsplice, copy_file_range
for number in (40, 275, 276, 278, 326):
    if reached(number, -1, -1, -1, -1, -1, -1):
        print("BREACHED", number)

# %% watched [x86-64, bare]: be told of what others do with files (inotify, fanotify)
for number in (253, 254, 294, 300, 301):
    if reached(number, -1, -1, -1, -1):
        print("BREACHED", number)

# %% list_root [bare]: list the root folder; a private one holds no /proc and no /tmp
if {"proc", "tmp"} & set(os.listdir("/")):
    print("BREACHED")

# %% list_working_folder [bare]: list the folder that the notebook lies in, by each way
import glob

for names in (os.listdir, lambda: [each.name for each in os.scandir(".")], lambda: glob.glob("*")):
    try:
        if {"cell.txt", "proc", "tmp"} & set(names()):
            print("BREACHED")
    except OSError as error:
        print(error)

# %% list_home [bare]: list the home folder
import pathlib

any_works(
    lambda: os.listdir("{home}"),
    lambda: list(pathlib.Path("{home}").iterdir())[0],
    lambda: list(os.walk("{home}"))[0],
    lambda: os.listdir(os.open("{home}", os.O_RDONLY)),
)

# %% ssh_key [bare]: read a private key
any_works(
    lambda: open("{home}/.ssh/id_rsa").read(),
    lambda: open(os.path.expanduser("~/.ssh/id_rsa")).read(),
    lambda: open(os.path.expanduser("~root/.ssh/authorized_keys")).read(),
)

# %% environment [bare]: the environment as Python keeps it
import sys

print(dict(os.environ), os.environb)
if any(value.startswith("swordfish") for value in os.environ.values()):
    print("BREACHED")

# %% environment_of_libc [bare]: the environment as the C library keeps it
place = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
index = 0
while place and place[index]:
    print(place[index])
    if b"=swordfish" in place[index]:
        print("BREACHED")
    index += 1

# %% environment_on_the_stack [bare]: where the kernel put it, before anybody cleared it
libc.getauxval.restype = ctypes.c_ulong
start = ctypes.c_void_p.in_dll(libc, "program_invocation_name").value
found = ctypes.string_at(start, max(0, libc.getauxval(31) - start))
print(found)
if b"=swordfish" in found:
    print("BREACHED")

# %% environment_on_the_heap: what memory of the process that started it may still be there
import re

libc.sbrk.restype = ctypes.c_void_p
end = libc.sbrk(0)
while libc.access(ctypes.c_void_p(end - 4096), 0) and ctypes.get_errno() != errno.EFAULT:
    end -= 4096
    for found in re.findall(rb"swordfis[h]-[0-9a-f]{16}", ctypes.string_at(end, 4096)):
        print("BREACHED", found)

# %% environment_of_processes [bare]: the environment of this process and of those above it
any_works(
    *(
        lambda of=of: open(f"/proc/{of}/environ").read()
        for of in ("self", os.getpid(), os.getppid(), "{parent}", "thread-self")
    )
)

# %% maps [bare]: where memory lies
open("/proc/self/maps").read()
"BREACHED"

# %% memory_of_the_parent: the parent's memory as a file
any_works(
    lambda: open("/proc/{parent}/mem", "rb").read(0),
    lambda: open("/proc/{parent}/maps").read(),
    lambda: open(f"/proc/{os.getppid()}/mem", "rb").read(0),
    lambda: open("/proc/self/mem", "rb").read(0),
)

# %% facts_of_the_parent [bare]: command line, open files and status of the parent
any_works(
    lambda: open("/proc/{parent}/cmdline").read(),
    lambda: open("/proc/{parent}/status").read(),
    lambda: os.listdir("/proc/{parent}/fd"),
    lambda: os.listdir("/proc/{parent}/cwd/"),
)

# %% around_by_proc [bare]: /proc's links to the root and to open files
any_works(
    lambda: open("/proc/self/root/etc/passwd").read(),
    lambda: open("/proc/self/cwd/../../../../../../../../etc/passwd").read(),
    lambda: open("/proc/1/root/etc/passwd").read(),
    lambda: os.listdir("/proc/self/fd"),
)

# %% facts_of_the_machine [bare]: who else runs and talks here
any_works(
    lambda: os.listdir("/proc"),
    lambda: open("/proc/net/tcp").read(),
    lambda: open("/proc/cpuinfo").read(),
    lambda: open("/etc/hostname").read(),
    lambda: open("/sys/kernel/mm/transparent_hugepage/enabled").read(),
)

# %% devices: the terminal, the disk, the kernel's log and memory
any_works(
    *(
        lambda name=name: open("/dev/" + name, "rb", buffering=0)
        for name in (
            "tty",
            "console",
            "ptmx",
            "kmsg",
            "mem",
            "fuse",
            "kvm",
            "vda",
            "sda",
            "fb0",
            "loop0",
        )
    )
)

# %% descriptors: what stayed open from the processes above
import stat

others = []
for number in range(3, 4096):
    try:
        mode = os.fstat(number).st_mode
    except OSError:
        continue
    others.append((number, stat.filemode(mode)))
print(others)
if len(others) > 2 or any(not kind.startswith("p") for _, kind in others):
    print("BREACHED: more than the pipes for the report and for the wish for a picture")

# %% standard_streams: read from or write to the streams of the processes above
null = os.stat("/dev/null").st_rdev
for number in (0, 1, 2):
    if os.fstat(number).st_rdev != null:
        print("BREACHED", number, os.fstat(number))
