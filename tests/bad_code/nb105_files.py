open("x.txt")  # NB105
with open("x.txt", "w") as file:  # NB105
    file.write(homes.to_csv(index=False))
import io
io.open("x")  # NB105
other = pd.read_csv("x.csv")  # NB105
from pandas import read_pickle, to_datetime
read_pickle("x.pkl")  # NB105
pd.concat(map(pd.read_csv, ["a.csv", "b.csv"]))  # NB105
pd.io.parsers.read_csv("x")  # NB105
homes.to_csv("x.csv")  # NB105
homes.to_csv(path_or_buf="x.csv")  # NB105
homes.groupby("city")["price"].mean().to_json("x.json")  # NB105
homes.to_pickle("x")  # NB105
homes.to_clipboard()  # NB105
homes.to_sql("homes", connection)  # NB105
homes.style.to_html("x.html")  # NB105
(
    homes
    .head()
    .to_excel("x.xlsx", index=False)  # NB105
)
with pd.ExcelWriter("x.xlsx") as writer:  # NB105
    homes.to_excel(writer)  # NB105
np.save("x.npy", homes)  # NB105
np.load("x.npy")  # NB105
np.savetxt("x.txt", homes)  # NB105
homes["price"].to_numpy().tofile("x")  # NB105
plt.savefig("x.png")  # NB105
fig, ax = plt.subplots()
fig.savefig("x.png")  # NB105
plt.imread("x.png")  # NB105
import matplotlib.image
matplotlib.image.imsave("x.png", homes)  # NB105
sns.load_dataset("iris")  # NB105
from sklearn.datasets import fetch_openml, load_iris
fetch_openml("titanic")  # NB105
import polars as pl
pl.scan_csv("x.csv")  # NB105
pl_sales.write_parquet("x")  # NB105
reader = pd.read_excel  # NB105
reader("x.xlsx")  # NB105
getattr(pd, "read_csv")("x.csv")  # NB105
getattr(homes, "to_csv")("x.csv")  # NB105
buffer = io.StringIO()
buffer = unknown
homes.to_csv(buffer)  # NB105

text = homes.to_csv() + homes.to_csv(None) + homes.to_csv(index=False, sep=";")
homes.to_json(orient="records"), homes.to_string(), homes.to_markdown(), homes.to_html(index=False)
homes.to_dict("records"), homes.to_numpy(), homes["price"].to_frame("x"), to_datetime(homes["sold"])
pd.read_csv(io.StringIO("a,b\n1,2"))
memory = io.BytesIO()
homes.to_csv(memory)
plt.savefig(memory, format="png")
load_iris()
odd.open.mean() + odd["read_csv"]
homes["to_csv"] = homes["city"] + ".to_csv('x.csv')"
homes.plot(title="open('x')")
things = {}
things.save("x"), things.load("x"), things.dump("x"), things.write("x"), things.open("x")
