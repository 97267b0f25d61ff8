open = odd["open"]
open.mean()


def draw(open, close):
    return open - close


draw(1, 2)
