eval("1 + 1")  # NB103
exec("x = 1")  # NB103
compile("1", "x", "eval")  # NB103
__import__("os").system("ls")  # NB103
globals()["homes"]  # NB103
locals().update(vars(homes))  # NB103
breakpoint()  # NB103
name = input("Which column? ")  # NB103
get_ipython().run_line_magic("ls", "")  # NB103
from IPython import get_ipython as shell
shell()  # NB103
run = eval  # NB103
run("1")  # NB103
list(map(exec, ["1"]))  # NB103
import builtins
builtins.eval("1")  # NB103


def later(text):
    return eval(text)  # NB103


getattr(homes, name)  # NB103
getattr(homes, "__class__")  # NB103
getattr(homes, "__cl" + "ass__")  # NB103
setattr(homes, name, 1)  # NB103
map(getattr, [homes], ["shape"])  # NB103
from operator import attrgetter
attrgetter("shape.__class__")(homes)  # NB103
attrgetter("shape", "__class__")(homes)  # NB103
getattr(homes, "shape")
hasattr(homes, name)
for how in ("mean", "median"):
    getattr(homes["price"], how)()
KINDS = ["barh", "pie"]
[getattr(homes["price"].plot, kind)() for kind in KINDS]
[getattr(plt, f"{way}label")("x") for way in "x y".split()]  # NB103
for axis in ["x", "y"]:
    getattr(plt, f"{axis}label")("title")
for trick in ("mean", "__class__"):
    getattr(homes, trick)  # NB103

homes.query("price > @pd.read_csv('x').price.max()")  # NB103
homes.query("price > @limit.__class__")  # NB103
homes.query("price > @f(3)")  # NB103
homes.query("price > (@pd).x")  # NB103
homes.query("price > @ pd . x")  # NB103
homes.query("price > @pd['x'].y")  # NB103
homes.query("price.__class__ == 3")  # NB103
homes.query("city == '`' and @f() and city == '`'")  # NB103
homes.query(f"price > @{name}")  # NB103
homes.query(f"{name} > @pd.x")  # NB103
homes.query("price > " + "@" + "pd.x")  # NB103
homes.query(chr(64) + "pd.x" + "".join(["@", "x"]))  # NB103
condition = "@pd.io.common.os.system('ls')"
homes.query(condition)  # NB103
homes.eval(expr="x = @f(price)")  # NB103
homes.eval(  # NB103
    """
    x = price * 2
    y = @f(x)
    """
)
(
    homes
    .head()
    .query("@f(price)")  # NB103
)
pd.eval("pd.io.common.os.system('ls')")  # NB103
pd.eval("__import__('os').system('ls')")  # NB103

homes.query("price > @limit and `city` == 'a@b.c'")
homes.query("`@home` > 3 and `it's @f(x)` == 1")
homes.query("price > @counts[0]")
homes.query(f"price > {limit} and `{name}` < @limit")
homes.query(f"{name} > @limit")
homes.query("price > " + str(limit))
homes.query("city.str.contains('@pd.x')")
odd.query("__class__ == 'A' and `__class__` != @limit")
odd.query("open > 3 and exec < @limit")
homes.eval("ratio = price / area")
homes.eval("(price > @limit).sum()")
pd.eval("homes.price + homes.area.mean()")
homes["price"].apply("sqrt")
homes.groupby("city")["price"].agg("mean")
odd.exec.mean() + odd["eval"]
import re
re.compile("eval(x)")
