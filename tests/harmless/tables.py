# %%
df.Open.mean()
# %%
stocks.open.mean(), stocks.close.std(), stocks["open"].max()
# %%
stocks.query("open > close").sort_values("volume", ascending=False).head(10)
# %%
limit = stocks["open"].median()
stocks.query("open > @limit")[["date", "open", "close"]]
# %%
shop.query("`unit price` > 3 and units < 20")[["product", "unit price", "units"]]
# %%
stocks.eval("ratio = high / low").nlargest(5, "ratio")
# %%
condition = "open < close and volume > 20000"
print(len(stocks.query(condition)), "days on which", condition)
# %%
df.groupby("Ticker").agg({"Open": "first", "High": "max", "Low": "min", "Close": "last", "Volume": "sum"})
# %%
df.groupby("Ticker").agg(open=("Open", "first"), close=("Close", "last"), exec=("Volume", "sum"))
# %%
odd.groupby("__class__")[["open", "exec", "eval"]].mean().round(1)
# %%
odd[["os", "system", "import", "remove", "delete"]].groupby("os").sum()
# %%
odd["drop table"].sum() + odd["'; DROP TABLE"].sum()
# %%
odd.loc[odd["rm -rf /"] > 25, ["token", "rm -rf /", "../../etc/passwd"]]
# %%
odd[["read_csv", "to_pickle", "np.load", "subprocess"]].describe().loc[["mean", "max"]]
# %%
odd.sort_values("{0.__class__}", ascending=False)[["token", "{0.__class__}"]].head()
# %%
odd["<script>alert(1)</script>"].value_counts().head()
# %%
odd.query("`unit price` > 3 and `@home` < 40 and `drop table` > 5").shape
# %%
odd.pivot_table(index="os", columns="password", values="http://x.y/z", aggfunc="mean")
# %%
os = odd["os"]
os.value_counts()
# %%
logs[logs["command"].str.contains("exec|eval")]
# %%
logs.loc[logs["message"].str.startswith("process"), "seconds"].agg(["min", "mean", "max"])
# %%
# Which commands failed? os.system returns the exit code, see subprocess.run(check=True)
failed = logs[logs["exit_code"] != 0]
failed.groupby("command")["exit_code"].agg(["count", "max"]).sort_values("count", ascending=False)
# %%
print(logs.groupby("level")["seconds"].mean().to_csv())
# %%
print(servers.head(5).to_csv(index=False, sep=";"))
# %%
servers.groupby("process")["socket"].sum().to_dict()
# %%
servers.head(3).to_json(orient="records")
# %%
print(servers[["host", "os", "process"]].drop_duplicates("process").to_string(index=False))
# %%
print(tickets.head(3).to_html(index=False))
# %%
pd.crosstab(tickets["system"], tickets["delete_requested"], normalize="index")
# %%
tickets[tickets.subject.str.contains("DROP TABLE|<script>", regex=True)].groupby("system").size()
# %%
tickets["system"].value_counts(normalize=True).mul(100).round(1).astype(str) + " %"
# %%
from collections import Counter

words = Counter()
for subject in tickets["subject"]:
    words.update(subject.lower().split())
{word: words[word] for word in ("import", "eval()", "system", "delete", "token")}
# %%
trade.assign(balance=trade.exports - trade.imports).groupby("country")["balance"].sum()
# %%
trade.pivot(index="year", columns="country", values="imports").pct_change().tail(3)
# %%
energy.groupby("country")[["import", "export", "consumption"]].sum().assign(
    net=lambda totals: totals["import"] - totals["export"]
)
# %%
energy.melt(id_vars=["month", "country"], value_vars=["import", "export"], var_name="exec")[
    "exec"
].value_counts()
# %%
grouped = servers.groupby("os", observed=True)["exec_ms"]
for name in ["mean", "median", "max"]:
    print(name, getattr(grouped, name)().round(1).to_dict())
# %%
rows, columns = getattr(df, "shape")
print(f"{rows} rows, {columns} columns; has open: {hasattr(df, 'Open')}")
# %%
with pd.option_context("display.max_rows", 5, "display.float_format", "{:.1f}".format):
    print(servers)
# %%
import statistics

scores = exams["score"].tolist()
print("mean", statistics.mean(scores), "median", statistics.median(scores))
print("spread", statistics.pstdev(scores))
# %%
from scipy.stats import ttest_ind

systems = exams.loc[exams["subject"] == "Operating Systems", "score"]
compilers = exams.loc[exams["subject"] == "Compilers", "score"]
result = ttest_ind(systems, compilers, equal_var=False)
print(f"evaluation: t = {result.statistic:.2f}, p = {result.pvalue:.3f}")
# %%
exams.groupby("eval")["exec_time"].describe()[["count", "mean", "max"]]
# %%
exams.groupby("subject")["compiled"].mean().map("{:.1%}".format)
# %%
# `class` is a column here, neither a keyword nor an __class__
people.groupby("class")["income"].quantile([0.1, 0.5, 0.9]).unstack()
# %%
people.groupby("name", as_index=False)["evaluation"].mean().sort_values("evaluation").head(3)
# %%
imported = modules[modules["imports"] > 0]
imported.groupby(["project", "module"])["imports"].sum().unstack(fill_value=0)
# %%
dangerous = ["os", "subprocess", "ctypes", "pickle"]
modules[modules.module.isin(dangerous)].groupby("project")[["imports", "exec_count"]].sum()
# %%
modules.loc[modules.groupby("project")["eval_count"].idxmax(), ["project", "module", "eval_count"]]
# %%
modules["example"].eq("import os").sum(), modules["module"].nunique()
# %%
# Was: subprocess.run(["quarterly.sh", "--delete"])
shop.groupby(pd.Grouper(key="date", freq="QS"))["units"].agg(["sum", "mean"])
# %%
shop.groupby("category").apply(lambda group: (group["unit price"] * group["units"]).sum())
# %%
print(f"pandas {pd.__version__}, numpy {np.__version__}")
print({column: str(kind) for column, kind in odd.dtypes.items()})
# %%
for row in stocks.head(3).itertuples():
    print("opened at {r.open:.2f}, closed at {r.close:.2f}".format(r=row))
# %%
TEMPLATE = "{name:<18}{evaluation:>3} {city}"
for record in people.head(5).to_dict("records"):
    print(TEMPLATE.format(**record))
# %%
from string import Template

line = Template("$user ran $command and it exited with $exit_code")
for record in logs.head(4).to_dict("records"):
    print(line.substitute(record))
# %%
important = tickets[tickets["priority"] >= "important"]
important.groupby("priority", observed=True)["ticket"].agg(["count", "min", "max"])
# %%
# %timeit, !ls and os.listdir() are for another day
if (slow := servers["exec_ms"].quantile(0.9)) > 50:
    print(f"slow processes: {(servers['exec_ms'] > slow).sum()} of {len(servers)}")
