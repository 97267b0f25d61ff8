homes.__class__.__base__  # NB104
().__class__.__mro__[1].__subclasses__()  # NB104
homes.mean.__globals__  # NB104
homes.__dict__  # NB104
homes.__reduce__()  # NB104
__builtins__["eval"]  # NB104
(x for x in []).gi_frame  # NB104
homes.mean.__code__.co_consts  # NB104
np.sys._getframe(0).f_back.f_globals  # NB104
"{0.__class__}".format(homes)  # NB104
"{x.shape.__class__!r:>{y.__doc__.__class__}}".format(x=homes, y=homes)  # NB104
template = "{0.__globals__}"
print(template.format(homes.mean))  # NB104
str.format("{0.__class__}", homes)  # NB104
list(map("{0.__class__}".format, [homes]))  # NB104
try:
    1 / 0
except ZeroDivisionError as error:
    error.__traceback__.tb_frame  # NB104
(
    homes
    .head()
    .__class__  # NB104
)


class Trick:
    def __reduce__(self):  # NB104
        return print, ("x",)

    def __getattribute__(self, name):  # NB104
        return 1

    def __init__(self, frame):
        self.frame = frame

    def __repr__(self):
        return type(self).__name__

    def __len__(self):
        return len(self.frame)

    def __add__(self, other):
        return self

    __radd__ = __add__


print(type(homes).__name__, pd.__version__, len.__doc__)
if __name__ == "__main__":
    print(homes.__len__())
f_code = odd["os"] == "__class__"
odd.assign(**{"__class__": 1})["__class__"]
"{r.price} {0[__class__]}".format({"__class__": 1}, r=homes)
"{0} {1:.2f}".format("{0.__class__}", 3)
plt.title("__globals__")
