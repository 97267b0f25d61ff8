# %%
plt.title("__import__('os').system('rm -rf /')")
plt.plot(odd["__import__('os')"])
# %%
input = servers["requests"]
output = servers["exec_ms"]
plt.scatter(input, output, s=12)
plt.xlabel("input()")
plt.ylabel("print()")
# %%
ax = servers.plot.scatter(x="socket", y="threads", title="socket.socket() vs threading.Thread()")
ax.axvline(servers["socket"].median(), color="gray")
# %%
share = energy.groupby("country")["import"].sum()
plt.pie(share, labels=share.index, explode=[0.1, 0, 0, 0], shadow=True)
plt.title("from abroad import electricity")
# %%
fig, axes = plt.subplots(1, 3, figsize=(10, 3), sharey=True)
for ax, (ticker, rows) in zip(axes, df.groupby("Ticker")):
    ax.vlines(range(len(rows)), rows["Low"], rows["High"], color="black", lw=1)
    ax.bar(range(len(rows)), rows["Close"] - rows["Open"], bottom=rows["Open"],
           color=["green" if up else "red" for up in rows["Close"] > rows["Open"]])
    ax.set_title(f"{ticker}: open/close")
# %%
stocks.set_index("date")[["open", "close"]].rolling(10).mean().plot(
    title="Rolling mean of open() and close()", style=["-", "--"], grid=True
)
# %%
evaluation = people.groupby("class")["evaluation"].agg(["mean", "std"])
plt.errorbar(evaluation.index, evaluation["mean"], yerr=evaluation["std"], fmt="o", capsize=4)
plt.title("Evaluation by class (mean ± std)")
# %%
sorted_times = np.sort(exams["exec_time"])
plt.step(sorted_times, np.arange(1, len(sorted_times) + 1) / len(sorted_times))
plt.title("Cumulative distribution of exec_time")
plt.xlabel("seconds until exec() returned")
# %%
fig, ax = plt.subplots()
ax.hist(
    [exams.loc[exams["compiled"], "score"], exams.loc[~exams["compiled"], "score"]],
    label=["compile() works", "compile() fails"],
    stacked=True,
)
ax.legend(title="python -m py_compile")
# %%
levels = logs["level"].value_counts()
levels.plot(kind="bar", color=["tab:blue", "tab:red", "tab:orange", "tab:gray"][: len(levels)])
plt.title("tail -f /var/log/system.log | sort | uniq -c")
# %%
table = logs.groupby(["user", "level"]).size().unstack(fill_value=0)
plt.pcolormesh(table.to_numpy(), cmap="magma")
plt.yticks(np.arange(len(table)) + 0.5, [f"sudo -u {user}" for user in table.index])
plt.xticks(np.arange(table.shape[1]) + 0.5, table.columns)
# %%
by_month = tickets.groupby(tickets["opened"].dt.to_period("M")).size()
ax = by_month.plot.bar(rot=0, title="Tickets opened per month: open(…) errors and imports")
for bar in ax.patches:
    ax.annotate(int(bar.get_height()), (bar.get_x() + 0.2, bar.get_height()))
# %%
colors = {"import": "C0", "export": "C1", "billing": "C2", "login": "C3"}
for system, rows in tickets.groupby("system"):
    plt.eventplot(rows["ticket"], lineoffsets=list(colors).index(system), colors=colors[system])
plt.yticks(range(4), [f"{name}()" for name in colors])
plt.title("When each system was reported")
# %%
fig = plt.figure(figsize=(5, 5))
polar = fig.add_subplot(projection="polar")
angles = np.linspace(0, 2 * np.pi, 5)[:-1]
polar.bar(angles, odd[["open", "exec", "eval", "import"]].mean(), width=1.2, alpha=0.6)
polar.set_xticks(angles, ["open", "exec", "eval", "import"])
# %%
pd.plotting.scatter_matrix(odd[["open", "exec", "system"]], figsize=(5, 5), diagonal="hist")
plt.suptitle("open × exec × system")
# %%
import math

price = shop["unit price"].map(math.log)
plt.hist(price, bins=10, edgecolor="white")
plt.title(f"log(unit price): {len(price)} products, token ring and kill switch included")
plt.text(price.min(), 1, "<script>alert(1)</script>", fontsize=8)
# %%
sold = shop.groupby("product")["units"].sum().sort_values(ascending=False)
fig, ax = plt.subplots()
ax.bar(sold.index, sold, color="steelblue")
ax.tick_params(axis="x", rotation=70)
cumulative = ax.twinx()
cumulative.plot(sold.index, sold.cumsum() / sold.sum() * 100, "ro-")
cumulative.yaxis.set_major_formatter("{x:.0f} %")
cumulative.set_ylim(0, 110)
# %%
# Balance: exports minus imports (`from trade import balance` would be nice)
balance = trade.assign(net=trade["exports"] - trade["imports"]).pivot(
    index="year", columns="country", values="net"
)
balance.plot(subplots=True, layout=(2, 2), figsize=(8, 5), title="exports - imports")
# %%
ejecución = encuesta.groupby("sistema")["ejecución"].median().sort_values()
plt.barh(ejecución.index, ejecución, color="olive")
plt.title("Ejecución: $ sudo rm -rf /tmp && exec bash")
plt.xlabel("segundos")
# %%
antes, después = (ventas.loc[ventas["año"] == año, "importe"] for año in (2023, 2024))
plt.hist([antes, después], label=["importes de 2023", "importes de 2024"], bins=8)
plt.legend()
plt.title("Distribución de los importes importados y exportados")
