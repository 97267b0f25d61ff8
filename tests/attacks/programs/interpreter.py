"""Breaking the Python that runs the code, or what looks at its result."""
import ctypes, sys
import pandas as pd

# %% exit [fails]: end at once, as if all were well
import os
os._exit(0)

# %% exit_politely [fails]: end by an exception
sys.exit("bye")

# %% abort [fails]: end by a signal
import os
os.abort()

# %% segfault [fails]: read where there is no memory
ctypes.string_at(0)

# %% jump [fails]: run where there is no code
ctypes.CFUNCTYPE(None)(0x10)()

# %% freed_object [fails]: break the interpreter's own memory
ctypes.memset(id(None), 0, 16)
ctypes.memset(id(True), 0xFF, 4096)

# %% kill_oneself [fails]: a signal to oneself
import os, signal
os.kill(os.getpid(), signal.SIGKILL)

# %% stop_oneself [fails, endless]: a signal to oneself that halts without ending
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)

# %% recursion [fails]: a function that calls itself
def again():
    return again()
again()

# %% recursion_without_limit [fails]: the same through C, after lifting the limit
sys.setrecursionlimit(2**31 - 1)
def again(_):
    return sorted([0], key=again)
again(0)

# %% recursion_in_c [fails]: a value that nests too deeply for its own text
sys.setrecursionlimit(2**31 - 1)
held = []
for _ in range(150_000):
    held = [held]
repr(held)

# %% recursion_in_the_compiler: a text that nests too deeply for the compiler
sys.setrecursionlimit(2**31 - 1)
eval("(" * 150 + "-" * 2_000_000 + "1" + ")" * 150)

# %% nested_source [fails]: code that nests too deeply for the compiler, in the cell itself
((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
1

# %% not_python [fails]: no program at all
this is \0 not python ' """ \

# %% no_builtins: take Python's own names away
import builtins
for name in list(vars(builtins)):
    if name not in ("__import__",):
        vars(builtins).pop(name)

# %% no_modules: take all modules away
sys.modules.clear()

# %% no_memory_of_modules: empty the modules that a report is made with
import io, json, os, struct
for module in (json, json.encoder, os, io, struct, sys):
    vars(module).clear()

# %% other_builtins: make the names that a report is made with endless
import builtins, time
def endless(*_, **__):
    time.sleep(0.05)
    raise KeyError("endless")
for name in ("repr", "str", "len", "isinstance", "type", "print", "getattr", "sorted", "open"):
    setattr(builtins, name, endless)

# %% other_json: a JSON that says something else
import json
json.dumps = json.JSONEncoder.encode = lambda *_, **__: '{"ran": true, "shown": "FORGED"}'
json.JSONEncoder.iterencode = lambda *_, **__: iter(['{"ran": true}'])
1 + 1

# %% other_tables: tables that show something else
pd.DataFrame.to_string = pd.DataFrame.__repr__ = pd.DataFrame._repr_html_ = lambda *_, **__: 1 / 0
pd.DataFrame.shape = pd.DataFrame.head = property(lambda self: exit())
homes

# %% other_writing: writing that writes something else
import os
os.write = lambda number, data: len(data)
os.close = os._exit = lambda *_: None
1 + 1

# %% other_time: a clock that stands still or runs backwards
import time
time.perf_counter = time.monotonic = time.time = lambda: -1e300
1 + 1

# %% other_streams: print to something that is no stream
sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = None
print(1)
sys.stdout = object()

# %% traced: be called at each line of whatever runs
def trace(*_):
    raise SystemExit("traced")
sys.settrace(trace)
sys.setprofile(trace)
1 + 1

# %% hooks: hooks of the interpreter that raise
sys.excepthook = sys.unraisablehook = sys.displayhook = sys.breakpointhook = lambda *_: 1 / 0
sys.addaudithook(lambda event, _: 1 / 0 if event == "os._exit" else None)
1 + 1

# %% audit [fails]: a hook for audits, which nobody can take away, refuses everything
def refuse(*_):
    raise RuntimeError("refused")
sys.addaudithook(refuse)
open("x")

# %% audit_of_the_report: the same, while the value is shown
def refuse(event, _):
    if not event.startswith("object."):
        raise RuntimeError("refused")
sys.addaudithook(refuse)

# %% imports: let imports fail from here on
sys.meta_path.clear()
sys.path_hooks.clear()
sys.path.clear()
homes.plot(x="city", y="price")

# %% import_hook: let imports give something else
import builtins
builtins.__import__ = lambda *_, **__: 1 / 0
homes

# %% collected: be called whenever memory is collected
import gc
gc.callbacks.append(lambda *_: 1 / 0)
gc.set_threshold(1)
homes

# %% faulthandler: have Python write the state of its threads somewhere
import faulthandler
for number in range(64):
    try:
        faulthandler.dump_traceback(number)
        faulthandler.enable(number)
    except Exception as error:
        print(error)

# %% pickled_command: a pickle that runs a command when it is read
import pickle
class Command:
    def __reduce__(self):
        return __import__("os").system, ("true",)
if pickle.loads(pickle.dumps(Command())) == 0:
    print("BREACHED")

# %% pickled_array: the same in an array
import io, os
import numpy as np
class Command:
    def __reduce__(self):
        return os.system, ("true",)
file = io.BytesIO()
np.save(file, np.array([Command()], dtype=object), allow_pickle=True)
file.seek(0)
if np.load(file, allow_pickle=True)[0] == 0:
    print("BREACHED")

# %% pickled_result: a value that would run code in whoever unpickles it
class Result:
    def __reduce__(self):
        return __import__("os").system, ("touch /tmp/{mark}",)
pd.DataFrame({"a": [Result()]})

# %% shows_an_error: a value whose text raises
class Result:
    def __repr__(self):
        raise SystemExit("no text")
    __str__ = __format__ = __len__ = __array__ = __iter__ = __hash__ = __bool__ = __eq__ = __repr__
Result()

# %% shows_interrupts: a value whose text raises what nobody catches
class Result:
    def __repr__(self):
        raise KeyboardInterrupt
    _repr_html_ = _repr_png_ = _repr_mimebundle_ = _ipython_display_ = __repr__
Result()

# %% shows_forever [endless]: a value whose text never ends
class Result:
    def __repr__(self):
        while True:
            pass
Result()

# %% shows_much [runs]: a value whose text is long
class Result:
    def __repr__(self):
        return "x" * 50_000_000
Result()

# %% shows_no_text: a value whose text is no text
class Result:
    def __repr__(self):
        return 5
    def __len__(self):
        return -1
    def __array__(self, *_, **__):
        return "array"
Result()

# %% shows_html: a value that brings HTML and scripts
class Result:
    def _repr_html_(self):
        return "<script>alert(1)</script>" * 100_000
    def _repr_mimebundle_(self, *_, **__):
        return {"application/javascript": "alert(1)"}
    def __repr__(self):
        return "\x1b]0;title\x07\x1b[2J<script>alert(1)</script>\u202e\0\ud800"
Result()

# %% has_a_strange_type: a value whose type has no usable name
class Strange(type):
    __module__ = property(lambda self: 1 / 0)
    __name__ = property(lambda self: 5)
    __instancecheck__ = __subclasscheck__ = lambda *_: 1 / 0
class Result(metaclass=Strange):
    __class__ = property(lambda self: 1 / 0)
    def __getattribute__(self, name):
        raise SystemExit(name)
Result()

# %% pretends_to_be_a_table: a value that claims to be a table
class Result:
    __class__ = pd.DataFrame
    shape = columns = index = dtypes = property(lambda self: [self] * 10**9)
    def __len__(self):
        return 2**62
Result()

# %% subclass_of_a_table: a table whose methods are its own
class Table(pd.DataFrame):
    def __getattr__(self, name):
        raise SystemExit(name)
    def _repr_html_(self):
        return "x" * 10**8
    to_string = __repr__ = __len__ = head = lambda self, *_, **__: exit()
Table({"a": [1]})

# %% subclass_of_text: texts and numbers whose methods are their own
class Text(str):
    __str__ = __repr__ = __len__ = __getitem__ = encode = strip = lambda self, *_, **__: 1 / 0
class Number(float):
    __repr__ = __str__ = __format__ = __eq__ = __hash__ = __float__ = lambda self, *_: Text("9")
pd.Series([Text("a"), Number(1)], index=[Text("b"), Number(2)], name=Text("c"), dtype=object)

# %% names_of_columns: columns whose names are hostile objects
class Name:
    def __repr__(self):
        raise SystemExit
    def __hash__(self):
        return 1
    def __eq__(self, other):
        return True
pd.DataFrame([[1, 2]], columns=[Name(), Name()])

# %% attached: attributes and names that are not text
homes.attrs = {object(): object()}
homes.columns = pd.MultiIndex.from_tuples([(b"\xff", None), (float("nan"), 1j)])
homes

# %% surrogates [runs]: texts that cannot be encoded, or are not seen
print("\ud800" * 1000, "\0" * 1000, "\x1b[2J")
1 + 1

# %% no_numbers: numbers that JSON does not know
print(float("nan"), 10**4000)
pd.Series([float("inf"), -float("inf"), float("nan"), 10**4000, 1 << 100], dtype=object)

# %% hostile_figure: a figure that raises when it is drawn
import matplotlib.pyplot as plt
from matplotlib.artist import Artist
class Hostile(Artist):
    def draw(self, renderer):
        raise SystemExit("drawn")
plt.figure().add_artist(Hostile())

# %% endless_figure [endless]: a figure that is never drawn to its end
import matplotlib.pyplot as plt
from matplotlib.artist import Artist
class Hostile(Artist):
    def draw(self, renderer):
        while True:
            pass
plt.figure().add_artist(Hostile())

# %% hostile_pyplot: figures that are none
import matplotlib.pyplot as plt
plt.get_fignums = lambda: range(10**9)
plt.figure = plt.close = plt.gcf = lambda *_: exit()
plt.rcParams["savefig.dpi"] = 10**6
homes

# %% hostile_settings [runs]: settings of pandas that show everything
pd.set_option("display.max_rows", None, "display.max_columns", None, "display.max_colwidth", None, "display.width", 10**9)
pd.DataFrame({"a": range(300_000)})
