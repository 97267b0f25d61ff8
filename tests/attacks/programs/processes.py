"""Starting, signalling or changing processes, and rights over the machine.

Most of these ask for something harmless: that the kernel considers it at all is the breach.
"""

import ctypes, errno, os, signal

libc = ctypes.CDLL(None, use_errno=True)


def reached(number, *words):
    """Whether the kernel took a call: a filter answers EPERM or ENOSYS."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    return libc.syscall(number, *words) >= 0 or ctypes.get_errno() not in (
        errno.EPERM,
        errno.ENOSYS,
    )


def reach(**calls):
    for name, words in calls.items():
        if reached(*words):
            print("BREACHED", name, ctypes.get_errno())


def any_works(*attempts):
    for attempt in attempts:
        try:
            print(attempt(), "BREACHED")
        except Exception as error:
            print(type(error).__name__, error)


# %% fork [bare]: one more process
if os.fork() == 0:
    os._exit(0)
"BREACHED"

# %% fork_many: processes without end
for _ in range(8):  # enough to be seen: 256 of them, if one is possible
    try:
        os.fork()
    except OSError as error:
        print(error)
    else:
        print("BREACHED")

# %% fork_and_leave: a process that outlives this one
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(5)
    os._exit(0)
"BREACHED"

# %% vfork [x86-64]: fork, the older way; a filter that lets it pass shows in the process left
if libc.syscall(58) == 0:
    libc._exit(0)
else:
    print(os.strerror(ctypes.get_errno()))
if ctypes.get_errno() != errno.EPERM:
    print("BREACHED")

# %% clone [x86-64, bare]: clone by number, as fork calls it
got = libc.syscall(56, ctypes.c_long(signal.SIGCHLD), None, None, None, None)
if got == 0:
    os._exit(0)
if got > 0:
    print("BREACHED")

# %% clone3: clone with its arguments in a structure
wanted = (ctypes.c_uint64 * 8)(0, 0, 0, 0, signal.SIGCHLD, 0, 0, 0)
got = libc.syscall(435, ctypes.byref(wanted), 64)
if got == 0:
    os._exit(0)
if got > 0:
    print("BREACHED")

# %% sibling [x86-64, bare]: a process that the parent would own (CLONE_PARENT)
got = libc.syscall(56, ctypes.c_long(0x8000 | signal.SIGCHLD), None, None, None, None)
if got == 0:
    os._exit(0)
if got > 0:
    print("BREACHED")

# %% thread_in_a_namespace: a thread is allowed; one in namespaces of its own needs not be
SPACES = {"net": 1 << 30, "uts": 1 << 26, "ipc": 1 << 27, "mount": 1 << 17, "user": 1 << 28}
THREAD = 0x10000 | 0x800 | 0x100  # CLONE_THREAD | CLONE_SIGHAND | CLONE_VM
stacks = []
for name, space in SPACES.items():
    stacks.append(ctypes.create_string_buffer(1 << 16))
    top = ctypes.c_void_p(ctypes.addressof(stacks[-1]) + (1 << 16) - 64)
    if libc.clone(libc.sched_yield, top, THREAD | space, None) > 0:
        print("BREACHED", name)

# %% execute [bare]: become another program; a name that is not there shows who looked it up
for execute in (os.execv, os.execvp):
    try:
        execute("/nowhere/{mark}", ["x"])
    except FileNotFoundError:
        print("BREACHED")

# %% execute_a_descriptor [x86-64]: become another program by its descriptor
reach(execveat=(322, -1, b"", None, None, 0x1000))

# %% shell [bare]: a command of the shell
if os.system("true") == 0:
    print("BREACHED")

# %% subprocess [bare]: programs, each way that subprocess starts them
import subprocess

any_works(
    lambda: subprocess.run(["/bin/true"], check=True),
    lambda: subprocess.run("true", shell=True, check=True),
    lambda: subprocess.run(["/bin/true"], check=True, start_new_session=True, preexec_fn=int),
    lambda: os.popen("echo").read(),
)

# %% spawn [bare]: programs, by posix_spawn
any_works(
    lambda: os.posix_spawn("/bin/true", ["true"], {}),
    lambda: os.waitpid(os.spawnv(os.P_NOWAIT, "/bin/true", ["true"]), 0)[1] and 1 / 0,
)

# %% multiprocessing [bare]: processes of Python's own
import multiprocessing

worker = multiprocessing.get_context("fork").Process(target=int)
worker.start()
"BREACHED"

# %% pools [bare]: a pool of processes
from concurrent.futures import ProcessPoolExecutor
import multiprocessing

with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
    pool.submit(int).result()
"BREACHED"

# %% terminal [bare]: a process with a terminal of its own
import pty

if pty.fork()[0] == 0:
    os._exit(0)
"BREACHED"

# %% kill_the_zygote: kill the process that started this one
any_works(lambda: os.kill(os.getppid(), signal.SIGKILL))

# %% signal_the_parent [bare]: send a signal to the notebook
any_works(lambda: os.kill({parent}, signal.SIGUSR1))

# %% signal_the_parents_thread [x86-64, bare]: the same, by thread
reach(tkill=(200, {parent}, signal.SIGUSR1), tgkill=(234, {parent}, {parent}, signal.SIGUSR1))

# %% signal_with_data [x86-64]: the same, with data
information = (ctypes.c_uint32 * 32)(signal.SIGUSR1, 0, 0xFFFFFFFF)
reach(
    rt_sigqueueinfo=(129, {parent}, signal.SIGUSR1, ctypes.byref(information)),
    rt_tgsigqueueinfo=(297, {parent}, {parent}, signal.SIGUSR1, ctypes.byref(information)),
)

# %% signal_everybody: all processes, the group, the session (no signal: may one?)
any_works(
    lambda: os.kill(-1, 0),
    lambda: os.kill(0, 0),
    lambda: os.killpg(0, 0),
    lambda: os.killpg(os.getpgid(0), 0),
    lambda: os.kill(1, 0),
)

# %% upper_half_of_a_word [x86-64]: a process number that a filter may compare at another width
own = os.getpid()
for number in (-1, 0, os.getppid(), {parent}):
    if libc.syscall(62, ctypes.c_long((own << 32) | (number & 0xFFFFFFFF)), 0) == 0:
        print("BREACHED", number)

# %% process_descriptor: a process by its descriptor, then a signal
any_works(lambda: os.pidfd_open({parent}), lambda: os.pidfd_open(os.getppid()))
reach(pidfd_send_signal=(424, -1, 0, None, 0), pidfd_getfd=(438, -1, 0, 0))

# %% trace [x86-64]: watch and change the parent as a debugger does
reach(
    attach=(101, 16, 0, 0, 0),
    seize=(101, 0x4206, {parent}, 0, 0),
    zygote=(101, 0x4206, os.getppid(), 0, 0),
)

# %% be_traced [x86-64]: let the parent trace this process
reach(traceme=(101, 0, 0, 0, 0))

# %% others_memory [x86-64, bare]: read and write the parent's memory
own = ctypes.create_string_buffer(8)
here = (ctypes.c_uint64 * 2)(ctypes.addressof(own), 8)
reach(
    **{
        f"{name}_{of}": (number, of, ctypes.byref(here), 1, ctypes.byref(here), 1, 0)
        for name, number in {"read": 310, "write": 311}.items()
        for of in ({parent}, os.getppid())
    }
)

# %% others_pages [x86-64]: move, advise or compare memory of others
reach(
    migrate_pages=(256, {parent}, -1, -1, -1),
    move_pages=(279, {parent}, -1, -1, -1, -1, -1),
    kcmp=(312, {parent}, os.getppid(), 0, 0, 0),
    process_madvise=(440, -1, -1, -1, -1, 0),
    process_mrelease=(448, -1, 0),
)

# %% settings_of_a_process [x86-64, bare]: prctl: be dumpable, outlive, be renamed, have rights
reach(
    dumpable=(157, 4, 1, 0, 0, 0),
    death_signal=(157, 1, 0, 0, 0, 0),
    name=(157, 15, b"init", 0, 0, 0),
    subreaper=(157, 36, 1, 0, 0, 0),
    bounding=(157, 23, 0, 0, 0, 0),
    tracer=(157, 0x59616D61, -1, 0, 0, 0),
)

# %% another_user [bare]: be another user or group
any_works(
    lambda: os.setuid(os.getuid()),
    lambda: os.setgid(os.getgid()),
    lambda: os.setresuid(-1, -1, -1),
    lambda: os.setresgid(-1, -1, -1),
    lambda: os.setgroups([]),
    lambda: os.setreuid(-1, -1),
)

# %% rights [x86-64, bare]: ask for capabilities, file system rights
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
held = (ctypes.c_uint32 * 6)()
reach(
    capget=(125, ctypes.byref(header), ctypes.byref(held)),
    capset=(126, ctypes.byref(header), ctypes.byref(held)),
    setfsuid=(122, -1),
)

# %% rights_of_root: what a process of root's may do to memory (poisoning no page, as none is there)
import mmap

PAGE, SOFT_OFFLINE, POISON = mmap.PAGESIZE, 101, 100
libc.mmap.restype = ctypes.c_void_p
nowhere = libc.mmap(
    None, ctypes.c_size_t(PAGE), 0, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1, ctypes.c_long(0)
)
libc.munmap(ctypes.c_void_p(nowhere), ctypes.c_size_t(PAGE))
for advice in (POISON, SOFT_OFFLINE):
    libc.madvise(ctypes.c_void_p(nowhere), ctypes.c_size_t(PAGE), advice)
    if ctypes.get_errno() in (errno.EFAULT, errno.ENOMEM):  # it looked for the page: it would have
        print("BREACHED", advice)

# %% other_namespaces [x86-64]: leave or change the namespaces
reach(
    setns=(308, -1, 0),
    **{
        f"unshare_{space:#x}": (272, space)
        for space in (0x20000, 0x10000000, 0x40000000, 0x2000000)
    },
)

# %% another_root [x86-64]: change the root folder, mount over folders
any_works(lambda: os.chroot("/"))
reach(
    mount=(165, b"none", b"/nowhere/{mark}", b"tmpfs", 0, None),
    umount=(166, b"/nowhere/{mark}", 0),
    pivot_root=(155, b"/nowhere/{mark}", b"/nowhere/{mark}"),
    open_tree=(428, -1, None, 0),
    move_mount=(429, -1, None, -1, None, 0),
    fsopen=(430, None, -1),
    fsmount=(432, -1, -1, -1),
    fspick=(433, -1, None, -1),
    mount_setattr=(442, -1, None, -1, None, 0),
)

# %% others_limits [bare]: change what another process may use
import resource

now = resource.prlimit({parent}, resource.RLIMIT_CORE)
resource.prlimit({parent}, resource.RLIMIT_CORE, now)
"BREACHED"

# %% own_limits: allow oneself more
import resource

any_works(
    *(
        lambda what=what: resource.setrlimit(what, (resource.RLIM_INFINITY,) * 2)
        for what in (
            resource.RLIMIT_AS,
            resource.RLIMIT_CPU,
            resource.RLIMIT_FSIZE,
            resource.RLIMIT_NOFILE,
        )
    )
)
for what in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
    if resource.getrlimit(what)[1] == resource.RLIM_INFINITY:
        print("BREACHED", what)

# %% type_for_the_user: put characters into the terminal's input (TIOCSTI), take the terminal
import fcntl

for request in (0x5412, 0x541C, 0x540E):
    for number in range(3):
        try:
            fcntl.ioctl(number, request, b"x")
            print("BREACHED", request)
        except PermissionError as error:
            print(error)
        except OSError as error:
            print("BREACHED", error)

# %% priority [x86-64, bare]: be served before others
any_works(lambda: os.setpriority(os.PRIO_PROCESS, 0, 0), lambda: os.nice(0))
reach(
    setscheduler=(144, 0, -1, None),
    setaffinity=(203, 0, 0, None),
    ioprio=(251, 1, 0, 4 << 13),
    setattr=(314, 0, None, 0),
)

# %% machine [x86-64]: restart it, replace its kernel, add to it (each with arguments that do nothing)
reach(
    reboot=(169, 0xFEE1DEAD, 672274793, 0, None),
    kexec_load=(246, 0, 0, None, 0),
    kexec_file=(320, -1, -1, 0, None, 0),
    init_module=(175, None, 0, b""),
    finit_module=(313, -1, b"", 0),
    delete_module=(176, b"{mark}", 0),
    swapon=(167, b"/nowhere/{mark}", 0),
    swapoff=(168, b"/nowhere/{mark}"),
    acct=(163, b"/nowhere/{mark}"),
    sethostname=(170, None, -1),
    setdomainname=(171, None, -1),
    syslog=(103, 10, None, 0),
    settimeofday=(164, None, None),
    clock_settime=(227, 99, None),
    adjtimex=(159, None),
    iopl=(172, 4),
    ioperm=(173, -1, 1, 1),
    quotactl=(179, -1, None, 0, None),
)

# %% kernel_programs [x86-64, bare]: programs and events inside the kernel
reach(
    bpf=(321, 99, None, 0),
    perf_event_open=(298, None, 0, -1, -1, 0),
    userfaultfd=(323, 1 << 30),
    seccomp=(317, 1, 0, None),
    landlock=(444, None, 0, 1),
    landlock_restrict=(446, -1, 0),
    modify_ldt=(154, 99, None, 0),
    lsm_list=(461, None, None, 0),
)

# %% keys [x86-64, bare]: the kernel's store of keys
reach(
    add_key=(248, b"user", b"{mark}", b"x", 1, -4),
    request_key=(249, b"user", b"{mark}", None, -4),
    keyctl=(250, 0, -3, 0),
)

# %% personality [x86-64, bare]: be served as an older kernel would (fixed addresses, memory that runs)
reach(personality=(135, 0xFFFFFFFF))

# %% alarms_and_timers [x86-64, bare]: have the kernel send signals later
reach(
    alarm=(37, 0),
    setitimer=(38, 0, None, None),
    timer_create=(222, 99, None, None),
    timerfd=(283, 99, 0),
    signalfd=(282, -1, None, 8),
    eventfd=(284, 0),
    epoll=(213, 1),
)

# %% by_x32 [x86-64]: calls of the x32 interface, whose numbers have one bit more
for number in (2, 41, 57, 62, 321):
    if reached(number | 0x40000000, -1, -1, -1, -1, -1):
        print("BREACHED", number, ctypes.get_errno())

# %% by_32_bits [x86-64, fails]: calls of the 32-bit interface, by machine code (20 is getpid, 359 socket)
import mmap

for number in (20, 359):
    code = (
        b"\x53\xb8"
        + number.to_bytes(4, "little")
        + b"\xbb\x02\x00\x00\x00\xb9\x01\x00\x00\x00\x31\xd2\xcd\x80\x5b\xc3"
    )
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    start = ctypes.addressof(ctypes.c_char.from_buffer(page))
    print(number, ctypes.CFUNCTYPE(ctypes.c_int)(start)(), "BREACHED")

# %% sweep [x86-64]: every other call that no analysis needs, with arguments that are none
NEEDLESS = [
    22, 40, 41, 42, 43, 49, 50, 53, 57, 58, 59, 76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92,
    93, 94, 101, 105, 106, 109, 112, 113, 114, 117, 119, 122, 123, 124, 126, 129, 132, 133, 134,
    135, 141, 142, 144, 149, 151, 154, 155, 156, 157, 159, 160, 161, 163, 164, 165, 166, 167, 168,
    170, 171, 172, 173, 175, 176, 179, 188, 189, 190, 197, 198, 199, 200, 203, 206, 207, 208, 209,
    210, 213, 216, 222, 226, 227, 235, 240, 241, 242, 243, 244, 245, 246, 248, 249, 250, 251, 253,
    254, 255, 256, 258, 259, 260, 261, 263, 264, 265, 266, 268, 272, 275, 276, 278, 279, 280, 282,
    283, 284, 285, 288, 289, 293, 294, 297, 298, 299, 300, 301, 303, 304, 305, 306, 307, 308, 310,
    311, 312, 313, 314, 316, 317, 319, 320, 321, 322, 323, 326, 424, 425, 426, 427, 428, 429, 430,
    431, 432, 433, 434, 435, 437, 438, 440, 442, 443, 444, 445, 446, 447, 448, 450, 452, 453, 457,
    470,
]
for number in NEEDLESS:
    if reached(number, -1, -1, -1, -1, -1, -1):
        print("BREACHED", number, ctypes.get_errno())
