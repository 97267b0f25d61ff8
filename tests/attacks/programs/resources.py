"""Using what is shared without end: time, output, pictures, descriptors, threads."""

import sys, time
import numpy as np, pandas as pd

# %% loop [endless, fails]: a loop
while True:
    pass

# %% loop_that_catches [endless, fails]: a loop that catches whatever is raised in it
while True:
    try:
        while True:
            pass
    except BaseException:
        pass

# %% power [endless, fails]: one operation that takes forever, in C
pow(3, 10**8) % 7 ** (10**7)

# %% pattern [endless, fails]: a pattern that backtracks without end, in C
import re

re.match(r"(a+)+$", "a" * 64 + "b")


# %% array [endless, fails]: arrays, in C, without the lock
while True:
    np.sort(np.random.default_rng(1).random(1_000_000))

# %% sleep [endless, fails]: wait forever
time.sleep(10**6)

# %% input: wait for the user to type
input("name? ")
"BREACHED"

# %% waiting_for_descriptors [endless, fails]: wait for a descriptor
import select

select.select([], [], [])

# %% printing [runs]: 100 MB of text
for _ in range(100):
    print("x" * 1_000_000)

# %% printing_lines [runs]: 50,000 lines
for number in range(50_000):
    print(number)

# %% printing_errors: much text to the stream for errors, and to descriptors
import os

for _ in range(100):
    sys.stderr.write("x" * 1_000_000)
    os.write(1, b"x" * 1_000_000)
    os.write(2, b"x" * 1_000_000)

# %% message [fails]: an exception with a long text
raise ValueError("x" * 100_000_000)


# %% hostile_message [fails]: an exception whose text raises
class Failure(Exception):
    def __str__(self):
        raise SystemExit

    __repr__ = __str__
    __class__ = property(lambda self: 1 / 0)


Failure.__name__ = "x" * 10**7
Failure.__qualname__ = Failure.__module__ = "\ud800" * 10**6
raise Failure


# %% named_like_an_outcome [fails]: an exception whose name says that nothing was tried
raise type("NotTried", (Exception,), {})("never run")

# %% endless_message [endless, fails]: an exception whose text never ends
class Failure(Exception):
    def __str__(self):
        while True:
            pass


raise Failure

# %% chain [fails]: a long chain of exceptions
error = None
for _ in range(100_000):
    following = ValueError("x")
    following.__cause__ = error
    error = following
raise error

# %% group [fails]: many exceptions in one
raise (
    ExceptionGroup("many", [ValueError("x" * 1000)] * 10_000)
    if sys.version_info >= (3, 11)
    else ValueError
)

# %% warnings [runs]: many warnings
import warnings

for number in range(50_000):
    warnings.warn(f"{number}" + "x" * 1000, stacklevel=1)

# %% displays [runs]: many displayed values
for _ in range(5_000):
    display(homes)

# %% huge_figure [runs]: a figure of ten million pixels a side
import matplotlib.pyplot as plt

plt.figure(figsize=(1e5, 1e5))
plt.plot([1, 2])

# %% sharp_figure [runs]: a small figure, drawn with too many points an inch
import matplotlib.pyplot as plt

plt.figure(dpi=1e6)
plt.plot([1, 2])

# %% many_figures [runs]: 500 figures
import matplotlib.pyplot as plt

for _ in range(500):
    plt.figure()

# %% many_points [endless]: a figure of more points than can be drawn in time
import matplotlib.pyplot as plt

plt.scatter(np.arange(30_000_000), np.arange(30_000_000))

# %% descriptors: more descriptors than there are
import os

held = []
for _ in range(5_000):
    held.append(os.dup(0))
"BREACHED"

# %% threads [endless]: as many threads as can be had, all of which outlive the program
import threading

threading.stack_size(1 << 15)
try:
    for _ in range(5_000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
except RuntimeError as error:
    print(error)

# %% core: whether a crash would leave the memory in a file
import resource

if resource.getrlimit(resource.RLIMIT_CORE)[1]:
    print("BREACHED", resource.getrlimit(resource.RLIMIT_CORE))

