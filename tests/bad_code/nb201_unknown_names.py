hoems.head()  # NB201
later + 1  # NB201
later = 2
result = [x * factor for x in range(3)]  # NB201
x  # NB201


def area(side):
    return side * width  # NB201


homes.query("price > 3").apply(lambda r: r["price"] * rate, axis=1)  # NB201
for i in range(3):
    print(i, unknown)  # NB201
accumulated += 1  # NB201
print(f"{missing:.2f}")  # NB201
