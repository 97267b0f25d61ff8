"""Sending a report of one's own making. About oneself one may lie; about nobody else."""

import gc, json, os, struct, sys, threading, time


def send(*parts):
    """Write to whatever is open."""
    for number in range(3, 1024):
        try:
            for part in parts:
                os.write(number, part)
        except OSError:
            pass


def held():
    """What the functions that called this program hold."""
    frame = sys._getframe()
    while frame:
        yield from list(frame.f_locals.values())
        frame = frame.f_back


def token():
    """The token of this trial's report, which is in reach of whoever looks for it."""
    return next(value.token for value in held() if hasattr(value, "token"))


def speak(said, picture=b""):
    """Send a report in its proper form."""
    text = said if isinstance(said, bytes) else json.dumps(said).encode()
    said = token() + struct.pack("!I", len(text)) + text + picture
    send(struct.pack("!I", len(said)) + said)
    os._exit(0)


FORGED = {"failure": None, "printed": "FORGED", "shown": {"text": "FORGED"}, "seconds": 0.0}
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 13, b"IHDR")

# %% bytes [fails]: bytes that mean nothing
send(bytes(range(256)) * 100)
os._exit(0)

# %% nothing [fails]: nothing, as if there were nothing to say
send(b"")
os._exit(0)

# %% text [fails]: a report in JSON, without a token
send(json.dumps(FORGED).encode() + b"\n")
os._exit(0)

# %% lengths [fails]: a report after its length, each way to write a length
data = json.dumps(FORGED).encode()
for form in (">I", "<I", ">Q", "<Q", ">H", "<H"):
    send(struct.pack(form, len(data)), data)
send(str(len(data)).encode() + b"\n", data)
os._exit(0)

# %% huge_length [fails]: a length that nobody has room for, and nothing after it
send(b"\xff" * 4)
os._exit(0)

# %% huge_number [fails]: a number that takes long to read, where one is expected
send(b"9" * 60_000 + b"\n")
os._exit(0)

# %% nested [fails]: a text that nests too deeply for whoever parses it
send(b'{"token": ' + b"[" * 60_000)
os._exit(0)

# %% nested_after_its_length [fails]: the same, after its length
data = b"[" * 60_000
send(struct.pack(">I", len(data)), data)
os._exit(0)

# %% not_text [fails]: what is no UTF-8, with a surrogate, with a number that is none
for data in (b'"\xff\xfe"', b'"\\ud800"', b'{"ran": NaN}', b"{}", b"null", b"1e999"):
    send(struct.pack(">I", len(data)), data)
os._exit(0)

# %% half [endless, fails]: half of a report, then silence
send(json.dumps(FORGED).encode()[:40])
time.sleep(60)

# %% dripping [endless, fails]: one byte now and then, so that nobody gives up waiting
while True:
    send(b" ")
    time.sleep(0.05)

# %% flood [endless, fails]: bytes without end, for whoever collects them
while True:
    send(b" " * 65_536)

# %% flood_after_the_report: more after the true report
import atexit

atexit.register(lambda: [send(b"x" * 65_536) for _ in range(1000)])
1 + 1


# %% interleaved: write between the parts of the true report
def meddle():
    while True:
        send(b"}")


threading.Thread(target=meddle, daemon=True).start()
time.sleep(0.1)
"x" * 10_000

# %% another_token [fails]: tokens that somebody may have chosen carelessly
for token in ("", "0", "1", None, 0, True, [], {}):
    send(json.dumps(FORGED | {"token": token, "name": 0}).encode() + b"\n")
os._exit(0)

# %% lie [runs]: with the token, a report in its proper form; about oneself one may lie
speak(FORGED)

# %% nothing_in_it [fails]: with the token, and nothing after it
send(token())
os._exit(0)

# %% deep [fails]: with the token, a text that nests too deeply
speak(b'{"shown": ' + b"[" * 500_000)

# %% digits [fails]: with the token, a number that takes long to read
speak(b'{"seconds": ' + b"9" * 1_000_000 + b"}")

# %% wrong_kinds [fails]: with the token, fields of other kinds
speak(FORGED | {"shown": {"text": ["a"], "rows": "many"}, "charts": {"a": 1}})

# %% no_numbers [fails]: with the token, numbers that are none
speak(b'{"seconds": NaN, "marks": -Infinity, "shown": {"text": "", "rows": 1e999}}')

# %% unseen [runs]: with the token, texts that nobody sees, or that turn others around
speak(FORGED | {"printed": "\x1b]0;x\x07\ud800\u202e" * 10_000, "warnings": ["\n" * 900] * 900})

# %% no_picture [fails]: with the token, a picture that is something else
speak(FORGED, b"<svg onload='alert(1)'>" * 10)

# %% picture_too_large [fails]: with the token, a picture of four billion pixels a side
speak(FORGED, PNG + struct.pack(">II", 2**32 - 1, 2**32 - 1) + bytes(30))

# %% most_at_once [runs]: with the token, as much as a report may hold
speak(FORGED | {"shown": {"text": "x" * 900_000, "head": [["x" * 400] * 50] * 50}})

# %% other_trials: what the process that this one was copied from holds of other trials
for zygote in [value for value in held() if hasattr(value, "_waiting")]:
    for trial in list(zygote._running.values()):
        print("BREACHED: a trial that runs", trial.name, bytes(trial.said[:99]))
for each in gc.get_objects():
    if type(each) is dict and "code" in each and len(str(each.get("token"))) == 64:
        if "gc.get_objects" not in each["code"]:
            print("BREACHED: a trial that waits", each["name"], each["code"])

# %% frames: change what the functions that called this one hold
import ctypes

frame = sys._getframe().f_back
while frame:
    for name in list(frame.f_locals):
        try:
            frame.f_locals[name] = None
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
        except Exception:
            pass
    frame = frame.f_back
1 + 1

# %% machinery: replace every function that makes the report
for name, module in list(sys.modules.items()):
    if name.startswith("nbcodegen"):
        for known, value in list(vars(module).items()):
            if callable(value):
                setattr(module, known, lambda *_, **__: FORGED)
1 + 1

# %% machinery_called: call every function that makes a report, several times
for name, module in list(sys.modules.items()):
    if name.startswith("nbcodegen.trial"):
        for known, value in list(vars(module).items()):
            if callable(value) and getattr(value, "__module__", "") == name:
                for words in ((), (3,), (3, FORGED), (3, b"x"), ("1 + 1", {}), (FORGED,)):
                    try:
                        value(*words)
                    except BaseException as error:
                        print(known, type(error).__name__)
1 + 1

# %% objects_of_others: change every object that Python knows of
for held in gc.get_objects():
    if type(held) is dict and "token" in held:
        held["token"] = "x"
    if type(held) is list and held and type(held[0]) is str:
        held.clear()
1 + 1
