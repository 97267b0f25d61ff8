homes["city"].mean()  # NB203
homes.groupby("rooms")["city"].mean()  # NB203
homes.groupby("rooms").agg(a=("city", "median"))  # NB203
homes.groupby("rooms").agg({"city": "std"})  # NB203
homes["sold"].dt.year  # NB203
homes["price"].dt.year  # NB203
homes["price"].str.lower()  # NB203
customers["segment"].mean()  # NB203
homes.groupby("city").mean()  # NB203
orders["date"].str[:4]  # NB203
orders["date"].sum()  # NB203
orders[orders["amount"] > 3]["status"].median()  # NB203
customers["name"].sum()
customers["name"].max()
customers["name"].count()
