"""Taking more memory than a trial may, or making the parent take it."""

import numpy as np, pandas as pd

# %% bytes: one large object
held = bytearray(8 << 30)
len(held), "BREACHED"

# %% array: one large array, of which nothing is touched
held = np.empty(1 << 30)
held.nbytes, "BREACHED"

# %% many_arrays: many small ones, kept, all touched
held = []
while len(held) < 4_000:
    held.append(np.ones(1 << 18))
"BREACHED"

# %% doubling: a list that doubles
held = [0]
while len(held) < 1 << 31:
    held += held
"BREACHED"

# %% text: one long text
len("x" * (8 << 30)), "BREACHED"

# %% mapped: memory from the kernel, not from an allocator
import mmap

held = [mmap.mmap(-1, 1 << 28) for _ in range(32)]
"BREACHED"

# %% reserved: memory that is only reserved (MAP_NORESERVE)
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
if (
    libc.mmap(None, ctypes.c_size_t(1 << 40), 0, 0x4022, -1, ctypes.c_long(0))
    != ctypes.c_void_p(-1).value
):
    print("BREACHED")

# %% grown: memory remapped to be larger
import mmap

held = mmap.mmap(-1, 1 << 20)
held.resize(8 << 30)
"BREACHED"

# %% cross_join: a join of each row with each
large = pd.DataFrame({"a": range(60_000)})
len(large.merge(large, how="cross")), "BREACHED"

# %% picture: a small picture file that unpacks to a large one
import io, struct, zlib
import matplotlib.pyplot as plt


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
png = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", header)
    + chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
    + chunk(b"IEND", b"")
)
plt.imread(io.BytesIO(png)).nbytes, "BREACHED"

# %% threads_stacks: stacks of threads, which are memory too
import threading

threading.stack_size(1 << 29)
held = [threading.Thread(target=threading.Event().wait, daemon=True) for _ in range(20)]
for thread in held:
    thread.start()
"BREACHED"

# %% locked: memory that may not be swapped out
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
if libc.mlockall(3) == 0 or libc.mlock(ctypes.create_string_buffer(4096), 4096) == 0:
    print("BREACHED")

# %% many_columns [runs]: a table that is wider than anything that can be shown
pd.DataFrame([range(10_000)])

# %% endless_columns [endless]: a table of a million columns
pd.DataFrame([range(1_000_000)])

# %% endless_list [endless]: a list that holds itself, many times over
held = []
for _ in range(60):
    held = [held] * 10
held

# %% virtual_table [endless]: a table of 8 TB that takes no memory until it is looked at
pd.DataFrame(np.broadcast_to(np.float64(1), (1_000_000, 1_000_000)), copy=False)

# %% virtual_range [runs]: a range whose members nobody can list
pd.RangeIndex(10**15)
range(10**18)

# %% many_rows [runs]: ten million rows
pd.DataFrame({"n": np.arange(10_000_000)})

# %% many_texts [runs]: a table of long texts
pd.DataFrame({"text": ["x" * 1_000_000] * 50})

# %% deep_list: a list in a list in a list
held = []
for _ in range(200_000):
    held = [held]
held

# %% deep_dictionary: a dictionary in a dictionary, under the names of columns
held = {}
for _ in range(100_000):
    held = {"a": held}
pd.Series([held])
