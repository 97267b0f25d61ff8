"""One small table with a column of every kind, its schema, and pointers into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nbcodegen.values import ColumnSchema, Item, TableSchema

if TYPE_CHECKING:
    import pandas as pd

KINDS = {
    "price": "float",
    "qty": "integer",
    "area": "string",
    "side": "category",
    "sold": "datetext",
    "built": "datetime",
    "new": "boolean",
    "age": "duration",
    "tags": "other",
    "Unit Price": "float",
}
VALUES = [
    ("5", "integer"), ("100", "integer"), ("'Downtown'", "string"), ("2020", "integer"),
    ("'2020-03'", "datetime"), ("'total'", "string"), ("'red'", "string"), ("'North'", "string"),
    ("1", "integer"), ("3", "integer"), ("'x'", "string"), ("90", "integer"),
    ("'downtown'", "string"), ("'2020-03-05'", "datetime"), ("'Revenue (USD)'", "string"),
    ("'Old'", "string"), ("'Town'", "string"), ("'wednesday'", "string"), ("10", "integer"),
    ("50", "integer"),
]  # fmt: skip


def homes() -> pd.DataFrame:
    """Twelve sales."""
    import pandas as pd

    sold = pd.to_datetime("2020-01-15") + pd.to_timedelta(
        [0, 20, 40, 49, 50, 80, 120, 200, 300, 400, 401, 402], unit="D"
    )
    return pd.DataFrame({
        "price": [100.0, 250, 80, 120, None, 300, 90, 210, 400, 150, 60, 500],
        "qty": [1, 2, 3, 1, 2, 5, 4, 2, 1, 3, 2, 1],
        "area": ["Downtown", "Old Town", "Harbor", "Downtown", "Harbor", "Downtown",
                 "Old Town", None, "Harbor", "Downtown", "Old Town", "Downtown"],
        "side": pd.Categorical(["North", "South"] * 6),
        "sold": sold.strftime("%Y-%m-%d"),
        "built": sold - pd.Timedelta(days=4000, hours=-5),
        "new": [True, False, False] * 4,
        "age": pd.to_timedelta([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], unit="D"),
        "tags": ["x", "y z", "x", "w", "x", "y", "q", "x y", "x", "z", "x", "v"],
        "Unit Price": [1.5, 2.5, 3.5, 1.0, 2.0, 5.0, 4.0, 2.0, 1.0, 3.0, 2.0, 1.0],
    })  # fmt: skip


def _column(name: str, position: int) -> ColumnSchema:
    texts = {"area": ("Downtown", "Old Town", "Harbor"), "side": ("North", "South")}
    return ColumnSchema(name, repr(name), KINDS[name], position, values=texts.get(name, ()))


COLUMNS = tuple(_column(name, position) for position, name in enumerate(KINDS))
HOMES = TableSchema("homes", 12, COLUMNS, width=len(COLUMNS))
AREAS = TableSchema(
    "areas",
    3,
    (
        ColumnSchema("area", "'area'", "string", 0),
        ColumnSchema("mayor", "'mayor'", "string", 1),
        ColumnSchema("qty", "'qty'", "integer", 2),
    ),
    width=3,
)


def areas() -> pd.DataFrame:
    """A second table, to join."""
    import pandas as pd

    return pd.DataFrame({"area": ["Downtown", "Harbor"], "mayor": ["Ann", "Bo"], "qty": [7, 8]})


def pointers() -> dict[str, Item]:
    """`T0` homes, `T1` areas, `C0..C9` of homes, `C10..C12` of areas, `V0..`."""
    items = {
        "T0": Item("table", "homes", "homes", "other", 0),
        "T1": Item("table", "areas", "areas", "other", 1),
    }
    both = [(0, column) for column in HOMES.columns] + [(1, column) for column in AREAS.columns]
    for place, (table, column) in enumerate(both):
        items[f"C{place}"] = Item("column", column.label, column.key, column.kind, table, column)
    for place, (source, kind) in enumerate(VALUES):
        items[f"V{place}"] = Item("value", source, source, kind)
    return items


def plan(text: str) -> list[str]:
    """`by @area end mean @price end show` as symbols: `@` names a column, `#` a value."""
    items = pointers()
    names = {}
    for symbol, item in items.items():
        if item.role == "column":
            names[f"@{'areas.' if item.table else ''}{item.text}"] = symbol
        elif item.role == "value":
            names[f"#{item.source}"] = symbol
    names["@unit"] = names["@Unit Price"]
    text = text.replace("#'Revenue (USD)'", names["#'Revenue (USD)'"])
    return ["from", "T0", *(names.get(word, word) for word in text.split())]
