"""Living on after the trial, or not letting it end."""

import os, signal, sys, threading, time

# %% thread [runs]: a thread that goes on, and that Python waits for
threading.Thread(target=time.sleep, args=(60,)).start()
1 + 1


# %% daemon [runs]: a thread that spins, and that Python does not wait for
def spin():
    while True:
        pass


for _ in range(3):
    threading.Thread(target=spin, daemon=True).start()
1 + 1

# %% native_thread [runs]: a thread that Python knows nothing of
import ctypes

libc = ctypes.CDLL(None)
handle = ctypes.c_ulong()
libc.pthread_create(
    ctypes.byref(handle), None, ctypes.cast(libc.sleep, ctypes.c_void_p), ctypes.c_void_p(60)
)
1 + 1

# %% at_exit [runs]: something to do when all is over
import atexit

atexit.register(time.sleep, 60)
atexit.register(lambda: open("/tmp/{mark}", "w"))
1 + 1

# %% at_exit_of_libc [runs]: the same, for the C library
import ctypes

libc = ctypes.CDLL(None)
libc.__cxa_atexit(ctypes.cast(libc.pause, ctypes.c_void_p), None, None)
1 + 1

# %% finalizer [runs]: something to do when an object goes
import weakref


class Last:
    def __del__(self):
        time.sleep(60)


held = sys.held = Last()
weakref.finalize(held, time.sleep, 60)
1 + 1

# %% deaf [endless, fails]: ignore every signal that can be ignored
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
while True:
    pass

# %% deaf_and_blocked [endless, fails]: block every signal that can be blocked
signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
while True:
    try:
        time.sleep(60)
    except BaseException:
        pass


# %% handlers [endless, fails]: begin anew at each signal
def again(*_):
    while True:
        time.sleep(1)


for number in (signal.SIGTERM, signal.SIGXCPU, signal.SIGALRM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, again)
again()

# %% closed [fails]: close every descriptor, also the one for the report
for number in range(4096):
    try:
        os.close(number)
    except OSError:
        pass
1 + 1

# %% closed_and_busy [endless, fails]: close every descriptor and go on
os.closerange(0, 4096)
while True:
    pass

# %% replaced: put other descriptors in the place of the one for the report
import fcntl

for number in range(3, 20):
    try:
        os.close(number)
        fcntl.fcntl(0, fcntl.F_DUPFD, number)
    except OSError:
        pass
1 + 1

# %% not_waiting: make the pipe for the report refuse to wait, and fill it
import fcntl

for number in range(3, 64):
    try:
        fcntl.fcntl(number, fcntl.F_SETFL, os.O_NONBLOCK)
        while True:
            os.write(number, b"x" * 4096)
    except OSError:
        pass
"x" * 10_000

# %% main_thread_leaves [endless, fails]: end the first thread and go on in another
import ctypes


def spin():
    while True:
        time.sleep(1)


threading.Thread(target=spin).start()
ctypes.CDLL(None).pthread_exit(None)

# %% no_end: the ways out lead nowhere
import builtins

os._exit = sys.exit = os.abort = os.kill = builtins.exit = lambda *_: time.sleep(0.2)
1 + 1

# %% deadline_of_the_clock: count on a deadline that is computed in the child
time.monotonic = time.time = time.perf_counter = lambda: 0.0
signal.alarm = signal.setitimer = lambda *_: 0
1 + 1
