# %%
# Labels that are no identifiers, spread with ** into keyword arguments
odd.groupby("os").agg(**{"rm -rf /": ("open", "mean"), "exec()": ("exec", "sum")})["rm -rf /"]
# %%
odd.assign(**{"__class__": odd["__class__"].str.lower(), "os.path": odd["os"] + "/bin"})[
    ["__class__", "os.path"]
].value_counts()
# %%
odd.groupby("os").open.mean().plot.bar(title="odd.groupby('os').open")
odd.open.sum() + odd.exec.sum() + odd.system.max()
# %%
odd.insert(0, "__import__", odd["import"] * 2)
odd.at[0, "__import__"] = -1
odd.loc[odd["__import__"] < 0, "subprocess"] = 0
odd[["__import__", "subprocess"]].head(2)
# %%
stocks.eval(
    """
    spread = high - low
    middle = (open + close) / 2
    """
)[["spread", "middle"]].mean()
# %%
wide = df.pivot_table(index="Date", columns="Ticker", values=["Open", "Close"])
wide["Open"]["EXEC"].sub(wide["Close"]["EXEC"]).abs().max()
wide.xs("SYS", axis=1, level="Ticker").Open.mean()
# %%
long = df.set_index(["Date", "Ticker"])[["Open", "Close"]].stack()
long.index = long.index.set_names("open_or_close", level=-1)
long.rename("price").reset_index().groupby("open_or_close")["price"].mean()
# %%
tables = {name: part.reset_index(drop=True) for name, part in df.groupby("Ticker")}
both = tables["OPEN"].join(tables["EXEC"], lsuffix="_open", rsuffix="_exec")
both["Close_open"].corr(both["Close_exec"])
# %%
import datetime

monday = datetime.date(2024, 1, 1)
weeks = {f"exec-{n}": monday + datetime.timedelta(weeks=n) for n in range(4)}
stocks[stocks["date"].dt.date.isin(weeks.values())][["date", "open"]]
# %%
lengths = [size for command in logs["command"] if (size := len(command)) > 15]
print(f"{len(lengths)} long commands; the last one has {size} characters")
# %%
width = max(map(len, modules["module"]))
for module, imports in modules.groupby("module")["imports"].sum().items():
    print(f"{'import ' + module:<{width + 7}} {imports:>6,d} {'#' * (imports // 40)}")
# %%
try:
    from scipy.stats import trim_mean as evaluate_mean
except ImportError:
    evaluate_mean = np.mean
engine = "python"
evaluate_mean(stocks.query("open > 90 and close > 90", engine=engine)["open"], 0.1)
# %%
for process in ("telnetd", "nginx"):
    if (servers["process"] == process).any():
        print("first known process:", process)
        break
else:
    raise LookupError("no such process")
# %%
names = ["exec", "eval", "open"]
first, *others = names
odd[[first, *others]].corr().loc[first, others]
# %%
def deepest(tree, path=()):
    """Walk nested dicts; a key such as '__globals__' is text like any other."""
    if not isinstance(tree, dict):
        return [(".".join(path), tree)]
    return [leaf for key, below in tree.items() for leaf in deepest(below, (*path, key))]


tree = {"os": {"system": 3, "remove": 1}, "__globals__": {"__builtins__": {"eval": 2}}}
pd.DataFrame(deepest(tree), columns=["call", "times"]).sort_values("times")
# %%
def describe(event):
    match event:
        case {"command": str(command), "exit_code": 0}:
            return f"ok: {command}"
        case {"exit_code": code, **rest}:
            return f"exit({code}) after {rest['seconds']} s"


logs.apply(lambda row: describe(row.to_dict()), axis=1).value_counts().head()
# %%
steps = [("open", "first"), ("close", "last")]
grouped = stocks.groupby(stocks["date"].dt.month)
table = pd.DataFrame({column: grouped[column].agg(how) for column, how in steps})
table.rename_axis("__month__").T
# %%
ticks = odd[["`ticks`", "@home", "%s", "a;b", "$PATH", "🚀", "lambda"]]
ticks.T.sum(axis=1).rename({"🚀": "rocket", "%s": "percent"}).loc[["rocket", "lambda"]]
# %%
people["password"] = people["name"].str.len().map("x{:03d}".format).str.zfill(6)
people.merge(odd[["password", "token"]], on="password", how="left")["token"].isna().all()
# %%
sql = "SELECT * FROM users WHERE name = '{}'; DROP TABLE users; --"
shown = people["name"].drop_duplicates().map(sql.format)
print(shown.to_string(index=False, max_rows=3))
# %%
text = servers.head(2).to_json(orient="split", date_format="iso")
text.count("exec"), text.encode("utf-8")[:10], text.replace('"', "'").find("os")
# %%
print("%s has %d rows and costs %.2f" % ("exec(open('x'))", len(shop), shop["unit price"].sum()))
print("{0} {0!r} {1:>8.3f} {kind}".format("__class__", np.pi, kind=type(shop).__name__))
# %%
def evaluate(formula):
    """Evaluate 'a + b' by hand: no eval() anywhere."""
    left, operator, right = formula.split()
    operations = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}
    return operations[operator](stocks[left], stocks[right])


pd.concat({formula: evaluate(formula) for formula in ("high - low", "open / close")}, axis=1).mean()
# %%
from collections import defaultdict

callers = defaultdict(set)
for project, module in modules[["project", "module"]].itertuples(index=False):
    callers[module].add(project)
callers.pop("os")
callers["subprocess"].remove("alpha")
{module: sorted(projects) for module, projects in callers.items()}
