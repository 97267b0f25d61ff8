homes["ratio"] = homes["price"] / homes["area"]  # NB204
orders.loc[orders["amount"] < 0, "amount"] = 0  # NB204
customers.rename(columns={"name": "who"}, inplace=True)  # NB204
odd.columns = list("abcdefgh")  # NB204
ventas = ventas.dropna()  # NB204
same = grid
same[3] = 1  # NB204
mine = homes.copy()
mine["own"] = 1
prices.pop("close")  # NB204
wide.drop(columns="c0")
