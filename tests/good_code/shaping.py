# %%
both = orders.merge(customers, on="customer_id", how="left")
both.groupby("city")["amount"].sum().sort_values()
# %%
both = pd.merge(homes, customers, on="city", suffixes=("_home", "_person"))
both[["price", "name", "segment"]]
# %%
left = orders.merge(orders, on="customer_id")
left["amount_x"] - left["amount_y"]
# %%
orders.merge(customers.rename(columns={"customer_id": "id"}), left_on="customer_id", right_on="id")[
    ["id", "customer_id", "name"]
]
# %%
orders.merge(customers, how="outer", indicator=True)["_merge"].value_counts()
# %%
totals = orders.groupby("customer_id")["amount"].sum().reset_index(name="total")
customers.merge(totals, on="customer_id").nlargest(3, "total")[["name", "total"]]
# %%
totals = orders.groupby("customer_id")["amount"].sum().rename("total")
customers.join(totals, on="customer_id")["total"].fillna(0)
# %%
long = homes.melt(id_vars="city", value_vars=["price", "area"])
long.groupby(["city", "variable"])["value"].mean()
# %%
pd.melt(homes, id_vars=["city"], var_name="what", value_name="how_much")[["what", "how_much"]]
# %%
homes.pivot_table(index="city", columns="rooms", values="price", aggfunc="mean").reset_index()["city"]
# %%
homes.pivot_table(index="city", values="price", aggfunc="sum").sort_values("price")
# %%
homes.pivot_table(index="city", columns="garden", values="price", fill_value=0)[True]
# %%
wide_form = orders.pivot(index="order_id", columns="status", values="amount")
wide_form["paid"].sum()
# %%
pd.crosstab(homes["city"], homes["rooms"], normalize="index").plot.bar(stacked=True)
# %%
pd.crosstab(homes.city, homes.rooms).reset_index()["city"]
# %%
homes["band"] = pd.cut(homes["price"], bins=[0, 1, 2], labels=["low", "high"])
homes.groupby("band", observed=True)["area"].mean().reset_index()["band"]
# %%
dummies = pd.get_dummies(homes, columns=["city"])
dummies["city_Leeds"].sum()
# %%
stacked = pd.concat([homes[["price", "city"]], homes[["area"]]], ignore_index=True)
stacked[["price", "area", "city"]]
# %%
side = pd.concat([homes["price"], homes["area"].rename("surface")], axis=1)
side.plot.scatter(x="price", y="surface")
# %%
parts = [homes, orders]
for part in parts:
    part["source"] = "file"
homes["source"]
# %%
def clean(frame):
    frame["tidy"] = True
    return frame


clean(homes)
homes["tidy"].sum()
# %%
homes["sold"] = pd.to_datetime(homes["sold"])
homes["month"] = homes["sold"].dt.month
homes.groupby("month")["price"].mean()
# %%
homes = homes.assign(ratio=homes["price"] / homes["area"], twice=lambda d: d["ratio"] * 2)
homes[["ratio", "twice"]].describe()
# %%
homes.insert(0, "key", range(len(homes)))
homes.set_index("key").loc[3]
# %%
homes.rename(columns={"price": "cost"}, inplace=True)
homes["cost"].mean()
# %%
homes["price"] = homes["price"].fillna(homes["price"].median())
homes.fillna({"area": 0, "city": "?"}).astype({"area": int})["area"]
# %%
for name in ["price", "area"]:
    homes[f"{name}_z"] = (homes[name] - homes[name].mean()) / homes[name].std()
homes["price_z"].abs().max()
# %%
for name in ["price", "area"]:
    homes[name + "_log"] = np.log(homes[name])
homes.plot.scatter(x="price_log", y="area_log")
# %%
homes.loc[homes["price"] < 0, "flag"] = "bad"
homes["flag"].value_counts()
# %%
q1, q3 = homes["price"].quantile([0.25, 0.75])
iqr = q3 - q1
homes[homes["price"].between(q1 - 1.5 * iqr, q3 + 1.5 * iqr)]
# %%
homes["city"] = homes["city"].str.strip().str.lower()
homes["first"] = homes["city"].str.split(" ").str[0]
homes["first"].unique()
# %%
homes["city"].str.len().mean()
homes["price"].astype(str).str.zfill(8)
# %%
orders["day"] = orders["date"].dt.day_name()
orders.groupby("day")["amount"].sum().reindex(["Monday", "Tuesday"]).plot(kind="bar")
# %%
table = homes.groupby(["city", "rooms"])["price"].mean().unstack().reset_index()
table["city"]
# %%
new = pd.DataFrame({"a": [1, 2], "b": homes["price"].head(2)})
new["a"] + new["b"]
# %%
other = pd.json_normalize([{"whatever": 1}])
other["whatever"].mean()
# %%
homes.explode("city").drop_duplicates().reset_index()["index"]
# %%
print(homes.pop("price").mean(), sum([homes.pop("area").max()]))
# %%
copy = homes
copy["seen"] = 1
homes["seen"].sum()
