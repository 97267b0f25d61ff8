"""One column's cells changed (cast, fill, replace, clean) -> source of the new column."""

from __future__ import annotations

from nbcodegen.plan import Node, PlanError
from nbcodegen.rendering.dates import as_date
from nbcodegen.rendering.expressions import expression, real, value
from nbcodegen.rendering.literals import is_literal, literal_item
from nbcodegen.rendering.rows import Rows
from nbcodegen.rendering.scope import Expr
from nbcodegen.rendering.source import atom, literal
from nbcodegen.rendering.texts import as_number

TEXT_CHANGES = {
    "strip": ".str.strip()",
    "lower": ".str.lower()",
    "upper": ".str.upper()",
    "title": ".str.title()",
    "capitalize": ".str.capitalize()",
    "digits": '.str.replace(r"\\D", "", regex=True)',
    "nospace": '.str.replace(" ", "", regex=False)',
}
NUMBERS = frozenset({"integer", "float"})


def text_changed(word: str, expr: Expr) -> str:
    """A column of texts, cleaned."""
    base = expr.text
    if expr.kind not in ("string", "category", "datetext", "other"):
        base = f"{expr.text}.astype(str)"
    return base + TEXT_CHANGES[word]


def cast_of(word: str, expr: Expr) -> tuple[str, str]:
    """A column as another type; returns the kind too."""
    if word == "date":
        return as_date(expr).text, "datetime"
    if word == "str":
        return f"{expr.text}.astype(str)", "string"
    if word == "category":
        return f'{expr.text}.astype("category")', "category"
    if word == "bool":
        return f"{expr.text}.astype(bool)", "boolean"
    numeric = real(expr).text if expr.kind in (*NUMBERS, "boolean", "duration") else as_number(expr)
    if word == "float":
        return (f"{atom(numeric)}.astype(float)" if numeric == expr.text else numeric), "float"
    # Gaps do not fit numpy's integers; pandas' own have room for them.
    if expr.has_missing() or numeric != expr.text:
        rounded = f"{atom(numeric)}.round()" if expr.kind != "integer" else numeric
        return f'{rounded}.astype("Int64")', "integer"
    return f"{atom(numeric)}.astype(int)", "integer"


def filled(rows: Rows, how: Node, expr: Expr) -> str:
    """A column with its gaps filled."""
    word = how.symbol
    if word in ("ffill", "bfill"):
        return f"{expr.text}.{word}()"
    if word == "interp":
        if expr.kind not in NUMBERS:
            raise PlanError("only numbers can be interpolated")
        return f"{expr.text}.interpolate()"
    if word == "val":
        return _filled_with_value(rows, how.children[0], expr)
    numeric = expr.kind in (*NUMBERS, "duration", "datetime")
    if word in ("permean", "permedian"):
        return _filled_per_group(rows, how, expr, numeric)
    # Texts have no mean: their most common one stands in.
    middle = f"{expr.text}.{word}()" if numeric and word != "mode" else f"{expr.text}.mode()[0]"
    return f"{expr.text}.fillna({middle})"


def _filled_per_group(rows: Rows, how: Node, expr: Expr, numeric: bool) -> str:
    if not numeric:
        raise PlanError(f"{expr.label} has no mean to fill with")
    key = expression(how.children[0], rows)
    observed = ", observed=True" if key.categorical else ""
    group = f"{rows.name()}.groupby({key.key or key.text}{observed})[{expr.key}]"
    return f'{expr.text}.fillna({group}.transform("{how.symbol.removeprefix("per")}"))'


def _filled_with_value(rows: Rows, node: Node, expr: Expr) -> str:
    if not is_literal(node):
        return f"{expr.text}.fillna({value(node, rows, expr)})"
    item = literal_item(node, rows)
    fits = expr.kind in ("string", "datetext", "other") or item.source[0] not in "'\""
    if expr.kind == "datetime":
        return f"{expr.text}.fillna(pd.Timestamp({literal(item.source)}))"
    if expr.categorical or not fits:
        return f"{expr.text}.astype(object).fillna({literal(item.source)})"
    return f"{expr.text}.fillna({value(node, rows, expr)})"


def replaced(rows: Rows, old: Node, new: Node | None, expr: Expr | None) -> str:
    """Arguments of `replace`: what is there, written as its column writes it, and what comes."""
    first = _free(rows, old, expr)
    return first if new is None else f"{first}, {_free(rows, new, expr)}"


def swapped(rows: Rows, old: Node, new: Node, expr: Expr) -> str:
    """A column with one value replaced by another, or by what another column holds."""
    if is_literal(old) and (is_literal(new) or new.symbol == "scalar"):
        return f"{expr.text}.replace({replaced(rows, old, new, expr)})"
    there, comes = (_free(rows, node, expr) for node in (old, new))
    return f"{expr.text}.mask({expr.text} == {there}, {comes})"


def _free(rows: Rows, node: Node, expr: Expr | None) -> str:
    if not is_literal(node):
        return value(node, rows)
    item = literal_item(node, rows)
    texts = expr.column.values if expr and expr.column else ()
    quoted_text = literal(item.source)
    if item.source[0] in "'\"" and expr and expr.kind in ("string", "category"):
        plain = quoted_text[1:-1]
        match = next((cell for cell in texts if cell.lower() == plain.lower()), plain)
        return literal(repr(match))
    return quoted_text
