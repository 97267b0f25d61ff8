# %%
logs["message"] = logs["message"].str.replace("import", "export")
logs["message"].head()
# %%
import re

pattern = re.compile(r"(?P<code>eval|exec|os\.system|__import__)\b")
logs["risky"] = logs["command"].map(lambda text: bool(pattern.search(text)))
logs[["command", "risky"]].drop_duplicates()
# %%
urls = logs["message"].str.extract(r"url=(http://[\w./]+)")[0]
logs.assign(url=urls, path=urls.str.replace("http://x.y", "", regex=False))[["time", "url", "path"]]
# %%
taken = odd.pop("exec")
odd["executed"] = taken > taken.mean()
odd[["token", "executed"]]
# %%
del odd["eval"], odd["system"]
odd.drop(columns=["import", "drop table", "rm -rf /"]).columns.tolist()
# %%
tidy = odd.rename(columns={"exec": "execution", "eval": "evaluation", "__class__": "group", "os": "system_name"})
tidy[["execution", "evaluation", "group", "system_name"]].head()
# %%
odd.columns = [label.strip("`'; $").lower() for label in odd.columns]
odd.filter(like="table").head()
# %%
clean = odd.copy()
clean.columns = clean.columns.str.replace(r"[^\w]+", "_", regex=True).str.strip("_")
print(sorted(clean.columns))
# %%
open, high, low, close = (stocks[name] for name in ("open", "high", "low", "close"))
stocks["body"] = (close - open).abs()
stocks["shadow"] = (high - low) - stocks["body"]
stocks[["date", "body", "shadow"]].round(2)
# %%
stocks["gap"] = stocks["open"] - stocks["close"].shift()
stocks["signal"] = np.where(stocks["gap"] > 0, "open higher", "open lower")
stocks["signal"].value_counts()
# %%
stocks.assign(
    open=lambda table: table["open"].round(),
    exec=lambda table: table["volume"] // 1000,
    typical=lambda table: table.eval("(high + low + close) / 3"),
).tail()
# %%
stocks.set_index("date").resample("W").agg(
    {"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"}
)
# %%
df["Date"] = pd.to_datetime(df["Date"])
wide = df.pivot(index="Date", columns="Ticker", values="Open")
returns = wide.pct_change().dropna()
returns["EXEC"].corr(returns["SYS"])
# %%
df = stocks.copy()
df["open"] = df["open"].clip(lower=df["open"].quantile(0.05))
df["eval"] = df["open"].rank(pct=True)
df[["open", "eval"]].describe()
# %%
import json

text = servers[["host", "process", "socket"]].head(4).to_json(orient="records")
for record in json.loads(text):
    print(record["host"], "->", record["process"], record["socket"])
# %%
import json

settings = json.loads('{"exec": true, "command": "rm -rf /", "limit": 40}')
selected = servers[servers["socket"] > settings["limit"]]
print(json.dumps({"command": settings["command"], "rows": len(selected)}, indent=2))
# %%
import math

servers["log_requests"] = servers["requests"].apply(math.log10)
servers["load_class"] = servers["system_load"].map(lambda load: "high" if load > 2 else "normal")
servers.groupby("load_class")["log_requests"].mean()
# %%
import datetime as dt

cutoff = dt.datetime(2024, 5, 6, 12)
recent = servers[servers["started"] >= cutoff]
recent.assign(age=dt.datetime(2024, 6, 1) - recent["started"])[["host", "process", "age"]]
# %%
servers["process"] = servers["process"].replace({"kill -9": "killer", "python -m http.server": "web"})
servers["process"].unique()
# %%
with np.errstate(divide="ignore", invalid="ignore"):
    ratio = np.log(servers["password_resets"].to_numpy()) / servers["socket"].to_numpy()
servers["ratio"] = np.where(np.isfinite(ratio), ratio, np.nan)
servers["ratio"].isna().sum()
# %%
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    mean = np.nanmean(np.array([[np.nan, np.nan], [1.0, 2.0]]), axis=1)
print("import of an empty slice:", mean)
# %%
def to_hours(delta):
    return delta.total_seconds() / 3600


tickets["open_hours"] = (tickets["closed"] - tickets["opened"]).apply(to_hours)
tickets.groupby("system")["open_hours"].mean().round(1)
# %%
tickets["password"] = "*" * 8
tickets["subject"] = tickets["subject"].str.replace(r"<[^>]+>", "", regex=True).str.slice(0, 40)
tickets[["ticket", "subject", "password"]].head()
# %%
escapes = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
tickets["shown"] = tickets["subject"].map(lambda text: "".join(escapes.get(c, c) for c in text))
tickets.loc[tickets["shown"].str.contains("&lt;"), "shown"].unique()
# %%
flags = pd.get_dummies(tickets["system"], prefix="is", dtype=int)
joined = pd.concat([tickets[["ticket", "opened"]], flags], axis=1)
joined[["is_import", "is_export"]].sum()
# %%
people["income"] = people["income"].fillna(people.groupby("class")["income"].transform("median"))
people["income"].isna().sum()
# %%
people[["user", "domain"]] = people["email"].str.split("@", expand=True)
people["first"] = people["name"].str.split().str.get(0)
people[["first", "user", "domain"]]
# %%
people["bmi"] = people.eval("weight / (height / 100) ** 2")
people["evaluation"] = pd.cut(people["bmi"], [0, 18.5, 25, 100], labels=["under", "normal", "over"])
people["evaluation"].value_counts()
# %%
def classify(row):
    match (row["class"], row["evaluation"]):
        case ("first", int(mark)) if mark > 3:
            return "open"
        case ("first" | "second", _):
            return "exec"
        case _:
            return "system"


people["__group__"] = people.apply(classify, axis=1)
people["__group__"].value_counts()
# %%
def safe_eval(text):
    """Unlike eval(text), read a number and nothing else."""
    try:
        return float(text.replace("$", "").replace(",", ""))
    except ValueError:
        return np.nan


shop["paid"] = shop["paid"].map(safe_eval)
shop["paid"].sum().round(2)
# %%
from decimal import ROUND_HALF_UP, Decimal

cents = Decimal("0.01")
exact = [Decimal(str(price)).quantize(cents, ROUND_HALF_UP) for price in shop["unit price"]]
print("total:", sum(exact))
# %%
shop["discounted"] = shop["unit price"] * (1 - shop["discount %"] / 100)
shop["total"] = shop["discounted"] * shop["units"]
shop.loc[shop["product"].str.contains("Import|System|Exec"), ["product", "total"]]
# %%
shop = shop.rename(columns=str.title).rename(columns={"Unit Price": "open price"})
shop["open price"].mean()
# %%
from functools import reduce

steps = [
    lambda table: table.dropna(),
    lambda table: table[table["consumption"] > 400],
    lambda table: table.assign(self_made=table["production"] / table["consumption"]),
]
reduce(lambda table, step: step(table), steps, energy)
# %%
energy["season"] = energy["month"].dt.month.map(lambda month: "winter" if month in (12, 1, 2) else "rest")
energy["system_loss"] = energy.groupby("season")["system_loss"].transform(lambda loss: loss - loss.mean())
energy.pipe(lambda table: table.groupby("season")["system_loss"].sum())
# %%
energy["share"] = energy["import"].div(energy["consumption"]).map("{:.1%}".format)
energy[["country", "month", "import", "share"]].head()
# %%
exams["handed_in"] = pd.to_datetime(exams["handed_in"], format="%d/%m/%Y %H:%M")
exams["hour"] = exams["handed_in"].dt.hour
exams.sort_values(["student", "handed_in"]).drop_duplicates("student", keep="last")[["student", "hour"]]
# %%
exams["zscore"] = exams.groupby("subject")["score"].transform(lambda s: (s - s.mean()) / s.std())
eval_score = exams.loc[exams["eval"].ne("fail"), "zscore"]
eval_score.describe()
# %%
from itertools import chain, groupby

runs = [(value, len(list(items))) for value, items in groupby(exams["compiled"])]
longest = max(runs, key=lambda run: run[1])
print("longest run of compiled programs:", longest, list(chain([1], [2])))
# %%
modules["example"] = "from " + modules["module"] + " import *"
modules["example"].str.len().max()
# %%
lists = modules.groupby("project")["module"].agg(list)
lists.explode().reset_index().merge(modules[["project", "module", "size_kb"]].drop_duplicates(["project", "module"]))
# %%
merged = trade.merge(
    trade.groupby("year", as_index=False)["imports"].sum(), on="year", suffixes=("", "_world")
)
merged["import_share"] = merged["imports"] / merged["imports_world"]
merged.nlargest(5, "import_share")
# %%
remove = {"Japan", "India"}
remove.remove("India")
trade[~trade["country"].isin(remove)].groupby("country")["tariff"].mean()
# %%
bins = np.digitize(trade["tariff"], [0.05, 0.15])
trade["level"] = np.array(["open", "important", "closed"])[bins]
trade.groupby("level")[["imports", "exports"]].mean().round(0)
# %%
import random

random.seed(7)
picked = random.sample(range(len(logs)), k=10)
sample = logs.iloc[picked].sort_values("time")
sample["command"].str.upper().tolist()
# %%
logs["user"] = logs["user"].fillna("nobody").str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii")
logs["user"].value_counts()
# %%
logs["kind"] = np.select(
    [logs["command"].str.contains("rm|DROP"), logs["command"].str.contains("http|curl")],
    ["delete", "network"],
    default="other",
)
logs.groupby("kind")["seconds"].mean()
