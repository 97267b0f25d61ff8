homes["pirce"].mean()  # NB202
homes.pirce.mean()  # NB202
homes[["price", "are"]]  # NB202
homes.loc[:, "towm"]  # NB202
homes.loc[homes["price"] > 3, ["area", "nothing"]]  # NB202
homes.groupby("town")["price"].mean()  # NB202
homes.groupby(["city", "town"])["price"].mean()  # NB202
homes.groupby("city")["cost"].mean()  # NB202
homes.sort_values(by=["price", "cost"])  # NB202
homes.drop(columns=["cost"])  # NB202
homes.rename(columns={"cost": "price"})  # NB202
homes.set_index("cost")  # NB202
orders.merge(homes, on="customer_id")  # NB202
orders.merge(customers, left_on="customer_id", right_on="id")  # NB202
homes.pivot(index="city", columns="rooms", values="cost")  # NB202
homes.pivot_table(index="town", values="price")  # NB202
homes.melt(id_vars=["town"])  # NB202
homes.groupby("city").agg({"cost": "sum"})  # NB202
homes.groupby("city").agg(
    total=("price", "sum"),
    worst=("cost", "max"),  # NB202
)
homes.nlargest(3, "cost")  # NB202
homes.dropna(subset=["cost"])  # NB202
homes.drop_duplicates(subset="cost")  # NB202
homes.fillna({"cost": 0})  # NB202
homes.astype({"cost": int})  # NB202
homes.plot(x="city", y="cost")  # NB202
homes.plot.bar(x="town", y="price")  # NB202
homes.query("cost > 3 and city == 'x'")  # NB202
pd.crosstab(homes["town"], homes["rooms"])  # NB202
sns.boxplot(data=homes, x="city", y="cost", hue="garden")  # NB202
means = homes.groupby("city")["price"].mean().reset_index()
means["area"]  # NB202
means.rename(columns={"price": "mean_price"}).sort_values("price")  # NB202
counts = homes["city"].value_counts().reset_index()
counts["n"]  # NB202
homes.groupby("city").size().reset_index(name="n")["size"]  # NB202
both = orders.merge(customers, on="customer_id")
both["price"]  # NB202
twice = orders.merge(orders, on="order_id")
twice["amount"]  # NB202
homes.apply(lambda row: row["cost"] * 2, axis=1)  # NB202
homes.assign(a=lambda d: d["cost"])  # NB202
for column in ["price", "cost"]:
    homes[column].mean()  # NB202
grid["0"]  # NB202
nested["c"]  # NB202
prices["day"]  # NB202
pl_sales.to_pandas()["sold"]  # NB202
duck.df().sort_values("sold")  # NB202
ventas["region"].unique()  # NB202
homes.melt(id_vars="city")["price"]  # NB202
homes.groupby("city").agg(n=("price", "size"))["price"]  # NB202
del orders["cost"]  # NB202 NB204
homes.groupby("city")["price"].agg(["mean"]).plot(y="median")  # NB202
pd.concat([homes[["price"]], homes[["area"]]])["rooms"]  # NB202
