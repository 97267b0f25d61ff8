# %%
# Distribution of consumption; nothing is executed here
energy["consumption"].plot(kind="hist", bins=15, title="Distribution of Consumption")
plt.xlabel("Consumption (GWh)")
plt.show()
# %%
import pandas as pd
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(9, 4))
ax.plot(stocks["date"], stocks.open, label="Open")
ax.plot(stocks["date"], stocks.close, label="Close")
ax.fill_between(stocks["date"], stocks.low, stocks.high, alpha=0.2, label="Low-High")
ax.set_title("Open vs. Close")
ax.legend()
plt.show()
# %%
fig, ax1 = plt.subplots()
ax1.bar(stocks["date"], stocks["volume"], color="lightgray", label="Volume")
ax1.set_ylabel("volume")
ax2 = ax1.twinx()
ax2.plot(stocks["date"], stocks["open"], color="tab:red", label="open")
ax2.set_ylabel("open price")
fig.autofmt_xdate()
# %%
by_os = servers.groupby("os", observed=True)["exec_ms"].mean().sort_values()
by_os.plot.barh(title="Mean execution time by OS")
plt.xlabel("exec_ms")
# %%
servers["os"].value_counts().plot.pie(autopct="%1.1f%%", title="Share of operating systems (os)")
plt.ylabel("")
# %%
odd.plot.scatter(x="exec", y="eval", c="open", colormap="viridis")
plt.title("exec() against eval(), coloured by open()")
# %%
odd.boxplot(column=["open", "exec", "eval"], by="__class__")
plt.suptitle("By __class__")
# %%
exams.hist(column="score", by="subject", bins=10, figsize=(8, 3))
plt.suptitle("Score distribution: Operating Systems and Compilers")
# %%
ax = odd["rm -rf /"].plot(label="rm -rf /")
odd["../../etc/passwd"].plot(ax=ax, label="../../etc/passwd")
ax.set_title("Mentions of dangerous commands in the forum")
ax.legend()
# %%
counts = logs["command"].str.split().str[0].value_counts()
bars = plt.bar(counts.index, counts.values)
plt.bar_label(bars)
plt.title("Which program is executed most: rm, curl, sudo, exec, eval…")
plt.xticks(rotation=45)
plt.show()
# %%
# import os; os.remove("chart.png")   <- not needed any more
fig, axes = plt.subplots(2, 2, figsize=(8, 6), sharex=True)
for ax, column in zip(axes.flat, ["open", "high", "low", "close"]):
    ax.plot(stocks["date"], stocks[column])
    ax.set_title(column.capitalize())
fig.tight_layout()
# %%
subset = df[df["Ticker"] == "EXEC"]
plt.plot(pd.to_datetime(subset["Date"]), subset.Open, marker="o")
plt.title("EXEC: opening price")
plt.xticks(rotation=90)
# %%
for ticker, group in df.groupby("Ticker"):
    plt.plot(range(len(group)), group["Open"] / group["Open"].iloc[0], label=f"{ticker}.open()")
plt.legend(title="import ticker")
plt.title("Relative opening price")
# %%
delays = (tickets["closed"] - tickets["opened"]).dt.total_seconds() / 3600
delays.plot(kind="box", title="Hours a ticket stays open")
# %%
tickets.groupby(["system", "priority"], observed=False).size().unstack().plot(
    kind="bar", stacked=True, title="Important and critical tickets per system"
)
plt.ylabel("open tickets")
# %%
totals = trade.groupby("year")[["imports", "exports"]].sum()
totals.plot(kind="area", alpha=0.5, title="Imports and exports")
# %%
x = np.arange(len(trade["country"].unique()))
sums = trade.groupby("country")[["imports", "exports"]].sum()
plt.bar(x - 0.2, sums["imports"], width=0.4, label="import")
plt.bar(x + 0.2, sums["exports"], width=0.4, label="export")
plt.xticks(x, sums.index)
plt.legend()
plt.title("import vs export")
# %%
top = modules.groupby("module")["imports"].sum().nlargest(5)
ax = top.plot.bar(color=["crimson" if name in {"os", "subprocess"} else "steelblue" for name in top.index])
ax.set_title("Most imported modules (os, sys, subprocess in red)")
ax.set_ylabel("import statements")
# %%
pivot = modules.pivot_table(index="project", columns="module", values="exec_count", aggfunc="sum")
plt.imshow(pivot, cmap="Blues")
plt.colorbar(label="exec() calls")
plt.xticks(range(len(pivot.columns)), pivot.columns, rotation=60)
plt.yticks(range(len(pivot.index)), pivot.index)
plt.title("Where exec is called")
# %%
labels = ["<script>alert(1)</script>", "{0.__class__}", "'; DROP TABLE", "@home", "`ticks`"]
odd[labels].mean().plot(kind="barh", title="Average of each oddly named column")
# %%
with plt.style.context("ggplot"):
    fig, ax = plt.subplots()
    ax.hist(servers["socket"], bins=12)
    ax.set(title="Socket count distribution", xlabel="socket count", ylabel="processes")
# %%
open = stocks["open"]
close = stocks["close"]
up = close > open
plt.scatter(open[up], close[up], c="green", label="rises")
plt.scatter(open[~up], close[~up], c="red", label="falls")
plt.axline((open.min(), open.min()), slope=1)
plt.xlabel("open")
plt.ylabel("close")
plt.legend()
# %%
exec_time = exams["exec_time"]
eval_score = exams["score"]
slope, intercept = np.polyfit(exec_time, eval_score, 1)
plt.scatter(exec_time, eval_score)
plt.plot(exec_time, slope * exec_time + intercept, "r--", label=f"{slope:.1f} x exec_time + {intercept:.1f}")
plt.legend()
# %%
from scipy import stats

fig, ax = plt.subplots()
ax.hist(people["height"], density=True, alpha=0.4)
grid = np.linspace(people["height"].min(), people["height"].max(), 100)
ax.plot(grid, stats.norm.pdf(grid, people["height"].mean(), people["height"].std()))
ax.set_title("Distribution of height and fitted normal")
# %%
corr = people[["age", "height", "weight", "evaluation"]].corr()
fig, ax = plt.subplots()
image = ax.matshow(corr, vmin=-1, vmax=1, cmap="coolwarm")
fig.colorbar(image)
for (row, column), value in np.ndenumerate(corr.values):
    ax.text(column, row, f"{value:.2f}", ha="center")
ax.set_xticks(range(len(corr)), corr.columns)
ax.set_title("evaluation and its correlates")
# %%
import calendar

monthly = energy.groupby(energy["month"].dt.month)["consumption"].sum()
plt.bar([calendar.month_abbr[number] for number in monthly.index], monthly)
plt.title("Electricity consumption: system total")
plt.ylabel("GWh")
# %%
import textwrap

loads = tickets.groupby("subject").size().sort_values()
wrapped = [textwrap.fill(subject, 18) for subject in loads.index]
plt.figure(figsize=(8, 6))
plt.barh(wrapped, loads.values)
plt.title("Tickets by subject (eval, open, import, DROP TABLE…)")
# %%
fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3))
left.hist(servers["open_files"], bins=20, color="teal")
left.set_title("open files")
right.boxplot([group["open_files"] for _, group in servers.groupby("os", observed=True)])
right.set_title("os.open_files")
# %%
plt.stackplot(
    np.arange(12),
    [group["production"].to_numpy() for _, group in energy.groupby("country")],
    labels=sorted(energy["country"].unique()),
)
plt.legend(loc="upper left")
plt.title("Production by country; system('GWh')")
# %%
ax = logs.set_index("time")["seconds"].plot(drawstyle="steps-post")
worst = logs.loc[logs["seconds"].idxmax()]
ax.annotate(worst["command"], xy=(worst["time"], worst["seconds"]), arrowprops={"arrowstyle": "->"})
ax.set_title("How long each shell command ran")
# %%
codes = logs["exit_code"].value_counts().sort_index()
plt.bar(codes.index.astype(str), codes)
plt.title("exit() codes of subprocess.run(...)")
plt.xlabel("sys.exit code")
# %%
(stocks["high"] - stocks["low"]).plot(title="high - low", color="purple", lw=1)
plt.axhline((stocks["open"] - stocks["low"]).mean(), ls=":", label="df.eval('open - low')")
plt.legend()
# %%
signal = stocks["close"].rolling(5).mean() - stocks["close"].rolling(20).mean()
fig, ax = plt.subplots()
ax.plot(stocks["date"], signal)
ax.fill_between(stocks["date"], 0, signal, where=signal > 0, color="green", alpha=0.3)
ax.axhline(0, color="black")
ax.set_title("Signal: import (buy) or kill (sell)")
# %%
palette = {"Linux": "gold", "Windows": "dodgerblue", "BSD": "firebrick"}
for os, rows in servers.groupby("os", observed=True):
    plt.scatter(rows["threads"], rows["system_load"], label=os, color=palette[os])
plt.xlabel("threads")
plt.ylabel("system load")
plt.legend(title="os")
# %%
# os.system("open chart.png") was here; the notebook shows the chart by itself
plt.rcParams["figure.figsize"] = (6, 4)
shop.groupby("category")["units"].sum().plot.bar(rot=0, title="Units sold: food, drink, tools")
plt.gca().spines["top"].set_visible(False)
# %%
order = ["Pickle jar", "Shell pasta", "Socket wrench", "Kill switch"]
chosen = shop[shop["product"].isin(order)]
chosen.groupby("product")["unit price"].mean().loc[order].plot(kind="bar", ylabel="unit price")
plt.title("pickle, shell, socket, kill")
# %%
resets = servers.set_index("started")["password_resets"].resample("D").sum()
fig, ax = plt.subplots()
ax.stem(range(len(resets)), resets)
ax.set_xticks(range(len(resets)), [day.strftime("%d %b") for day in resets.index], rotation=60)
ax.set_title("Password resets per day")
# %%
def draw_distribution(table, column, title="Distribution"):
    """Draw a histogram. To run it: python -c 'import os'."""
    fig, ax = plt.subplots()
    ax.hist(table[column].dropna(), bins="auto")
    ax.set_title(f"{title} of {column!r}")
    return ax


for column in ["exec_ms", "system_load"]:
    draw_distribution(servers, column)
# %%
killed = servers["killed"].map({True: "killed (kill -9)", False: "still running"})
plt.pie(killed.value_counts(), labels=killed.value_counts().index, startangle=90)
plt.title("Processes that were killed")
# %%
data = [odd[column] for column in ("globals", "locals", "subprocess")]
parts = plt.violinplot(data, showmedians=True)
plt.xticks([1, 2, 3], ["globals()", "locals()", "subprocess"])
plt.title("Builtins by number of mentions")
# %%
plt.hexbin(people["height"], people["weight"], gridsize=12, cmap="Greys")
plt.title(r"exec: \$PATH and C:\system32")
plt.xlabel("height")
# %%
ax = shop.plot(x="date", y="units", secondary_y=False, legend=False)
shop.plot(x="date", y="unit price", secondary_y=True, ax=ax, style="--")
ax.set_title("os.listdir(): units; exec(): unit price")
# %%
ranked = exams["eval"].value_counts()
fig, ax = plt.subplots()
ax.pie(ranked, labels=[f'eval == "{label}"' for label in ranked.index], wedgeprops={"width": 0.4})
ax.set_title("Results of the evaluation")
