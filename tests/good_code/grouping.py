# %%
homes.groupby("city")["price"].mean().sort_values(ascending=False)
# %%
by_city = homes.groupby("city")["price"].mean().reset_index()
by_city.sort_values("price").plot(x="city", y="price", kind="bar")
# %%
stats = homes.groupby("city").agg(mean_price=("price", "mean"), n=("price", "size")).reset_index()
stats[stats["n"] > 2].sort_values("mean_price")[["city", "mean_price"]]
# %%
homes.groupby("city", as_index=False).agg({"price": "mean", "area": "max"}).sort_values("area")
# %%
homes.groupby(["city", "rooms"]).agg({"price": ["mean", "max"]})["price"]["mean"]
# %%
homes.groupby("city")["price"].agg(["mean", "median"]).sort_values("median")
# %%
homes.groupby("city")["price"].agg(low="min", high="max").assign(gap=lambda d: d["high"] - d["low"])
# %%
homes.groupby(["city", "garden"]).size().unstack(fill_value=0).plot.bar(stacked=True)
# %%
homes.groupby("city").size().reset_index(name="n").nlargest(3, "n")
# %%
homes.groupby("city", as_index=False).size().sort_values("size")
# %%
homes["city"].value_counts().reset_index().sort_values("count")["city"]
# %%
homes["city"].value_counts().rename_axis("town").reset_index(name="n")[["town", "n"]]
# %%
homes["city"].value_counts(normalize=True).to_frame()["proportion"]
# %%
homes.value_counts(["city", "rooms"]).reset_index()["count"]
# %%
homes.groupby(homes["listed"].dt.year)["price"].mean().reset_index()["listed"]
# %%
homes.groupby([homes["listed"].dt.year.rename("year"), "city"])["price"].sum().reset_index()["year"]
# %%
homes.groupby(pd.Grouper(key="listed", freq="D"))["price"].sum().reset_index()["listed"]
# %%
homes.resample("D", on="listed")["price"].mean().plot()
# %%
homes.set_index("listed")["price"].resample("D").mean().rolling(7).mean().plot()
# %%
homes.set_index("listed").sort_index().loc["2024"]["price"].reset_index()["listed"]
# %%
prices["close"].resample("D").last().pct_change()
prices.reset_index()["day"].dt.month
prices.groupby("day")["close"].mean()
prices.groupby(level="day").sum().reset_index().day
# %%
homes.groupby("city").mean(numeric_only=True)["price"]
# %%
homes.groupby("city")[["price", "area"]].mean().plot.scatter(x="price", y="area")
# %%
homes["share"] = homes["price"] / homes.groupby("city")["price"].transform("sum")
homes.sort_values("share")
# %%
homes["rank"] = homes.groupby("city")["price"].rank(ascending=False)
homes[homes["rank"] <= 3]
# %%
homes.sort_values("price").groupby("city").head(2)[["city", "price"]]
# %%
homes.groupby("city").apply(lambda g: g["price"].sum() / g["area"].sum())
# %%
for city, part in homes.groupby("city"):
    plt.plot(part["area"], part["price"], label=city)
plt.legend()
# %%
homes.groupby("city").price.median().idxmax()
homes.groupby("city")["sold"].max()
homes.groupby("city")["sold"].first().reset_index().sold
# %%
homes.groupby("city").agg(total=pd.NamedAgg(column="price", aggfunc="sum"))["total"].cumsum()
# %%
top = homes.groupby("city")["price"].sum().nlargest(3).index
homes[homes["city"].isin(top)].groupby("city")["price"].describe()
# %%
homes.loc[homes.groupby("city")["price"].idxmax()][["city", "price"]]
