"""`query` expression -> the columns that it names."""

from __future__ import annotations

import ast
import io
import tokenize


def query_names(text: str) -> tuple[str, ...]:
    """Return the plain column names of a `query` expression; none where unsure."""
    if "`" in text:
        return ()
    try:
        tree = ast.parse(_without_variables(text).strip(), mode="eval")
    except (SyntaxError, ValueError, tokenize.TokenError):
        return ()
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called]
    return tuple(name for name in dict.fromkeys(names) if name != "index")


def _without_variables(text: str) -> str:
    """Replace each `@name` by a number: it is a variable, not a column."""
    tokens = list(tokenize.generate_tokens(io.StringIO(text.replace("\n", " ")).readline))
    kept: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None and before.string == "@":
            kept[-1] = "0"
        else:
            kept.append(token.string)
    return " ".join(kept)
