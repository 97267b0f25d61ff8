# %%
homes[homes["price"] > 1000].sort_values("price", ascending=False).head(10)
# %%
homes.loc[homes["city"] == "Leeds", ["price", "area"]].describe()
# %%
homes.query("price > 1000 and city == 'Leeds'").nlargest(5, "area")
# %%
homes.query("price > @limit and `city` == 'a@b'")
# %%
cheap = homes[~homes.city.isin(["Leeds", "York"]) & (homes.price < 5)]
cheap[["city", "price"]].drop_duplicates(subset=["city"])
# %%
homes.rename(columns={"price": "cost"}).sort_values("cost")[["cost", "area"]]
# %%
homes.rename(columns=str.upper)["PRICE"].mean()
# %%
homes.columns = [c.strip() for c in homes.columns]
homes["anything"]
# %%
small = homes.copy()
small.columns = ["a", "b", "c", "d", "e", "f", "g"]
small["a"].mean() + small.g.sum()
# %%
homes.columns = homes.columns.str.upper()
homes["PRICE"].mean()
# %%
cols = ["price", "area"]
cols.append("rooms")
homes[cols + ["city"]].head()
# %%
for column in ["price", "area"]:
    print(column, homes[column].mean())
# %%
for column in homes.columns:
    print(column, homes[column].nunique())
# %%
numeric = homes.select_dtypes("number").columns
homes[numeric].corr()
# %%
homes.select_dtypes(include="number").mean().sort_values()
# %%
if "bedrooms" in homes.columns:
    print(homes["bedrooms"].mean())
# %%
try:
    value = homes["bedrooms"]
except KeyError:
    value = None
# %%
homes.drop(columns=["bedrooms"], errors="ignore").drop("price", axis=1).area.max()
# %%
homes.loc[:, "price":"city"].head()
homes.iloc[:5, :2]
homes.iloc[3]
# %%
grid[0].mean() + grid[[0, 1]].sum().sum()
grid.sort_values(2)
# %%
nested["a"]["x"].mean()
nested[("b", "x")].value_counts()
# %%
wide["c9999"].mean()
wide.groupby("c1")[["c77"]].mean().sort_values("c77")
# %%
odd["count"].sum() + odd["size"].sum() + odd["mean"].mean() + odd["index"].max()
odd.groupby("os")["open"].mean()
odd.sort_values("exec").os.unique()
# %%
odd["unit price"].plot.hist(bins=20)
odd.count()
odd.size
odd.mean(numeric_only=True)
# %%
ages.mean()
ages.value_counts().reset_index()["age"]
# %%
frame = pl_sales.to_pandas()
frame.groupby("shop")["units"].sum()
pl_sales.filter(pl_sales["anything"] > 3)
# %%
duck.df()["units"].sum()
duck.filter("nothing > 3").df()["nothing"]
# %%
homes[lambda d: d["price"] > 3].pipe(lambda d: d["area"].mean())
# %%
homes.loc[lambda d: d["price"] > 3, "area"].mean()
# %%
homes.apply(lambda row: row["price"] / row["area"] if row.rooms else row.name, axis=1)
# %%
for place, row in homes.iterrows():
    print(place, row["city"], row.price)
# %%
first = homes.iloc[0]
first["price"], first.city
# %%
homes.isna().sum().sort_values(ascending=False)
homes.isna()["price"].mean()
# %%
[homes[c].dtype for c in homes if homes[c].notna().all()]
{c: homes[c].nunique() for c in homes.columns}
