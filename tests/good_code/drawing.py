# %%
fig, ax = plt.subplots(figsize=(8, 4))
homes.plot.scatter(x="area", y="price", c="rooms", ax=ax)
ax.set_title(f"{len(homes)} homes, {homes['price'].mean():,.0f} on average")
plt.show()
# %%
sns.boxplot(data=homes, x="city", y="price", hue="garden")
# %%
sns.barplot(x=homes["city"], y=homes["price"])
sns.heatmap(homes.corr(numeric_only=True), annot=True)
# %%
sns.pairplot(homes, vars=["price", "area"], hue="city")
sns.lineplot(data=prices, x="day", y="close")
# %%
homes["price"].plot(kind="hist", bins=30)
homes.hist(column="price", by="city")
homes.boxplot(column="price", by="city")
# %%
data = homes.groupby("city")["price"].sum()
plt.pie(data, labels=data.index)
plt.bar(data.index, data.values)
# %%
orders.plot(x="date", y=["amount", "order_id"], secondary_y="order_id")
# %%
fig, axes = plt.subplots(1, 2)
for ax, column in zip(axes, ["price", "area"]):
    homes[column].plot.hist(ax=ax, title=column)
# %%
monthly = orders.set_index("date").resample("D")["amount"].sum()
monthly.plot()
monthly.index
# %%
ventas["fecha"] = pd.to_datetime(ventas["fecha"])
ventas_por_mes = ventas.groupby(ventas["fecha"].dt.to_period("M"))["importe"].sum()
ventas_por_mes.plot(kind="line", title="Importe por mes")
# %%
año_máximo = ventas["año"].max()
ventas[ventas["año"] == año_máximo].groupby("región")["importe"].mean().plot.barh()
# %%
resumen = ventas.groupby(["región", "categoría"], as_index=False)["importe"].sum()
resumen.pivot(index="región", columns="categoría", values="importe").plot.bar()
# %%
ventas.query("importe > 10 and región == 'Norte'").importe.sum()
# %%
total = 0
for i in range(3):
    if i:
        total += previous
    previous = i
# %%
import matplotlib.pyplot as plt


class Report:
    title = "Homes"

    def draw(self, frame):
        self.lines = [frame[c] for c in frame if c != self.title]
        return plt.plot(self.lines)
# %%
biggest = max((row.price for row in homes.itertuples()), default=None)
print([n for n in range(3) if (half := n / 2) > 0], half, biggest)
# %%
match limit:
    case [first, *rest]:
        print(first, rest)
    case {"x": x, **others}:
        print(x, others)
    case _:
        print(homes.shape, homes.values, homes.T)
# %%
with pd.option_context("display.precision", 2) as options:
    print(homes.to_csv(index=False), options)
