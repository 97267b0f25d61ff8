"""The user's tables that the programs of good_code/ and bad_code/ are written for."""

from __future__ import annotations

from nbcodegen.values import ColumnSchema, Frame, Kind, TableSchema


def table(name: str, columns: dict[object, Kind], *, frame: Frame = "pandas", width: int = 0,
          index: dict[object, Kind] | None = None) -> TableSchema:  # fmt: skip
    """Write a table's schema in one line."""
    return TableSchema(
        name=name,
        rows=40,
        columns=_columns(columns),
        index=_columns(index or {}),
        frame=frame,
        width=width or len(columns),
    )


def _columns(columns: dict[object, Kind]) -> tuple[ColumnSchema, ...]:
    return tuple(
        ColumnSchema(str(label), repr(label), kind, position)
        for position, (label, kind) in enumerate(columns.items())
    )


TABLES = (
    table("homes", {"price": "integer", "area": "float", "city": "string", "rooms": "integer",
                    "sold": "datetext", "listed": "datetime", "garden": "boolean"}),
    table("orders", {"order_id": "integer", "customer_id": "integer", "amount": "float",
                     "status": "string", "date": "datetime"}),
    table("customers", {"customer_id": "integer", "name": "string", "city": "string",
                        "segment": "category"}),
    table("odd", {"os": "string", "open": "float", "exec": "float", "count": "integer",
                  "size": "integer", "mean": "float", "index": "integer", "unit price": "float"}),
    table("ventas", {"año": "integer", "región": "string", "importe": "float",
                     "categoría": "string", "fecha": "datetext"}),
    table("grid", {0: "float", 1: "float", 2: "string"}),
    table("nested", {("a", "x"): "float", ("a", "y"): "float", ("b", "x"): "string"}),
    table("prices", {"close": "float", "volume": "integer"}, index={"day": "datetime"}),
    table("wide", {"c0": "float", "c1": "string"}, width=10_000),
    table("pl_sales", {"shop": "string", "units": "integer"}, frame="polars"),
    table("duck", {"shop": "string", "units": "integer"}, frame="duckdb"),
    table("ages", {"age": "integer"}, frame="series"),
)  # fmt: skip
NAMES = {table.name for table in TABLES} | {"limit", "counts", "pd", "np", "plt", "sns"}
