input = homes["price"]
vars = ["price", "area"]
homes[vars].mean() + input


def compile(frame):
    return frame.mean()


compile(homes)
[eval for eval in homes["price"]]
(lambda exec: exec.mean())(homes)
class Model:
    def eval(self, x):
        return x


Model().eval(homes)
globals()  # NB103
globals = 3
globals
