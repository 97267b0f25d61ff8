# %%
def compile_report(table, columns):
    """Compile the report: one line per column, no import needed."""
    lines = ["report of " + ", ".join(columns)]
    for column in columns:
        lines.append(f"{column}: {table[column].mean():.2f}")
    return "\n".join(lines)


print(compile_report(stocks, ["open", "high", "low", "close"]))
# %%
def run_system(load, *, limit=2.0):
    return "overloaded" if load > limit else "fine"


servers["state"] = [run_system(load) for load in servers["system_load"]]
servers["state"].value_counts()
# %%
class Pipeline:
    """Steps that are executed in order; nothing like exec()."""

    def __init__(self, *steps):
        self.steps = steps

    def __repr__(self):
        return f"Pipeline({len(self.steps)} steps)"

    def __len__(self):
        return len(self.steps)

    def execute(self, table):
        for step in self.steps:
            table = step(table)
        return table


pipeline = Pipeline(pd.DataFrame.dropna, lambda table: table.sort_values("income"))
print(pipeline, len(pipeline))
pipeline.execute(people).tail(3)
# %%
class Model:
    def fit(self, x, y):
        self.slope, self.intercept = np.polyfit(x, y, 1)
        return self

    def eval(self, x):
        return self.slope * x + self.intercept

    def open(self):
        return "the model is open"


model = Model().fit(people["height"], people["weight"])
print(model.open(), model.eval(people["height"]).mean())
# %%
import functools


def logged(function):
    """Print what is executed; `@logged` above a function."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        result = function(*args, **kwargs)
        print(f"exec {function.__name__} -> {type(result).__name__}")
        return result

    return wrapper


@logged
def evaluate(table):
    return table.groupby("subject")["score"].mean()


evaluate(exams)
# %%
def open_tickets(table, day):
    """Yield the tickets that are open on a day."""
    for row in table.itertuples(index=False):
        if row.opened <= day < row.closed:
            yield row.ticket, row.system


for ticket, system in open_tickets(tickets, pd.Timestamp("2024-02-10")):
    print(ticket, system)
# %%
from dataclasses import dataclass, field


@dataclass
class Execution:
    process: str
    exec_ms: float
    tags: list = field(default_factory=list)

    @property
    def slow(self):
        return self.exec_ms > 100


executions = [Execution(row.process, row.exec_ms, ["os"]) for row in servers.itertuples()]
print(sum(execution.slow for execution in executions), "slow of", len(executions))
# %%
from typing import NamedTuple


class Candle(NamedTuple):
    open: float
    close: float

    def rises(self):
        return self.close > self.open


candles = [Candle(*pair) for pair in zip(stocks["open"], stocks["close"])]
print(sum(candle.rises() for candle in candles), candles[0]._asdict())
# %%
from collections import namedtuple

Process = namedtuple("Process", "os process socket")
processes = [Process(*row) for row in servers[["os", "process", "socket"]].values]
max(processes, key=lambda process: process.socket)
# %%
from functools import lru_cache


@lru_cache(maxsize=None)
def compiled_size(module):
    return modules.loc[modules["module"] == module, "size_kb"].sum()


{module: round(compiled_size(module), 1) for module in modules["module"].unique()}
# %%
class Section:
    def __init__(self, title):
        self.title = title

    def __str__(self):
        return f"== {self.title} =="


class ImportSection(Section):
    def __init__(self, title, imports):
        super().__init__(title)
        self.imports = imports

    def __str__(self):
        return super().__str__() + f" {self.imports} imports"


for project, total in modules.groupby("project")["imports"].sum().items():
    print(ImportSection(project, total))
# %%
def main():
    """Entry point; does not read sys.argv."""
    deleted = tickets["delete_requested"].sum()
    print(f"{deleted} accounts to delete, none of them deleted here")


if __name__ == "__main__":
    main()
# %%
total = 0


def count_imports(table):
    global total
    total += int(table["imports"].sum())
    return total


for _, part in modules.groupby("project"):
    count_imports(part)
print("imports:", total)
# %%
def checked(table, column):
    if column not in table.columns:
        raise KeyError(f"no column {column!r}; did you mean 'open'?")
    return table[column]


try:
    checked(stocks, "__globals__")
except KeyError as error:
    print("caught:", error)
finally:
    print("done; nothing was imported")
# %%
actions = {
    "open": lambda table: table["open"].iloc[0],
    "exec": lambda table: table["volume"].sum(),
    "eval": lambda table: table["close"].iloc[-1] / table["open"].iloc[0] - 1,
}
pd.Series({name: action(stocks) for name, action in actions.items()})
# %%
from typing import Any, Iterator


def subprocesses(table: pd.DataFrame, size: int = 10) -> Iterator[dict[str, Any]]:
    """Cut the table into pieces and process each of them."""
    for start in range(0, len(table), size):
        piece = table.iloc[start : start + size]
        yield {"start": start, "input": len(piece), "exec_ms": piece["exec_ms"].sum()}


pd.DataFrame(subprocesses(servers))
# %%
def process(input, format="{:,.2f}", file=None):
    """Names of builtins as parameters: input, format, file."""
    assert file is None
    return input.map(format.format)


process(trade["tariff"], "{:.1%}").head()
# %%
def counter():
    calls = 0

    def step(exec):
        nonlocal calls
        calls += exec
        return calls

    return step


step = counter()
odd["cumulative"] = [step(value) for value in odd["exec"]]
odd[["exec", "cumulative"]].tail(3)
# %%
from functools import partial

clip = partial(np.clip, a_min=10, a_max=40)
odd[["open", "exec", "eval"]].apply(clip).agg(["min", "max"])
# %%
from math import sqrt


def main_report(frame, *, title="System report"):
    fig, (upper, lower) = plt.subplots(2, 1, figsize=(6, 6))
    upper.plot(frame["started"], frame["requests"])
    upper.set_title(title)
    lower.hist(frame["exec_ms"], bins=int(sqrt(len(frame))))
    lower.set_xlabel("execution time: exec_ms")
    fig.tight_layout()
    return fig


main_report(servers)
# %%
# Not code, only text: the cell's source is never run.
source = '''
import os, subprocess
os.system("rm -rf /")
eval(input()); exec(open("x.py").read())
__import__("socket")
'''
words = pd.Series(source.replace("(", " ").replace(")", " ").split())
words[words.isin(["import", "eval", "exec", "open"])].value_counts()
# %%
class Report:
    system = "os"
    formats = ("html", "csv")

    def compile(self, table):
        self.rows = [f"{row.host};{row.process}" for row in table.itertuples()]
        return self

    def write(self):
        return "\n".join(self.rows)


text = Report().compile(servers.head(3)).write()
print(text)
# %%
queue = sorted(tickets.to_dict("records"), key=lambda ticket: ticket["opened"])
while queue and (first := queue.pop(0))["priority"] != "critical":
    print("skip", first["ticket"], first["subject"])
print("kill the rest:", len(queue))
# %%
letters = {chr(number): number for number in range(ord("a"), ord("f"))}
odd["code"] = odd["token"].map(lambda token: sum(letters.get(letter, 0) for letter in token))
odd["code"].sum(), hash("exec") == hash("exec"), repr("__class__")
# %%
print("""Usage:
    python -m http.server
    os.environ["PASSWORD"] = "hunter2"
    open("/etc/passwd").read()
""")
print(servers.groupby("process").size().sort_values().to_string())
