"""Mending adds imports and renames, and leaves every other byte alone."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from user_tables import TABLES

from nbcodegen.checks.mend import mend

NAMES = ["homes", "counts", "total", "año"]


def mended(code: str) -> str:
    return mend(code, TABLES, NAMES)


def test_missing_imports_are_added_at_the_top() -> None:
    assert mended("# Draw\nplt.plot(np.arange(3))\n") == (
        "import numpy as np\nimport matplotlib.pyplot as plt\n\n# Draw\nplt.plot(np.arange(3))\n"
    )


def test_an_import_joins_the_ones_already_there() -> None:
    assert mended("import os\nplt.show()") == (
        "import matplotlib.pyplot as plt\nimport os\nplt.show()"
    )


def test_imports_stand_behind_a_future_import() -> None:
    code = "from __future__ import annotations\nplt.show()\n"
    expected = "from __future__ import annotations\nimport matplotlib.pyplot as plt\nplt.show()\n"
    assert mended(code) == expected


@pytest.mark.parametrize(
    "code",
    [
        "plt = None\nplt",
        "import matplotlib.pyplot as plt\nplt.show()",
        "(lambda np: np)(3)",
        "df.plt",
        "'plt.show()'",
        "def f(:",
        "homes.head( )   # odd   spacing",
    ],
)
def test_code_that_needs_nothing_is_left_alone(code: str) -> None:
    assert mended(code) == code


def test_an_alias_that_the_user_has_is_not_imported_again() -> None:
    assert mend("plt.show()", TABLES, ["plt"]) == "plt.show()"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("counts = 1\nprint(counts)", "counts_2 = 1\nprint(counts_2)"),
        ("counts = counts[counts > 3]", "counts_2 = counts[counts > 3]"),
        ("print(counts)\ncounts = 2\ncounts", "print(counts)\ncounts_2 = 2\ncounts_2"),
        ("f(counts=1)\ncounts = 2\nx.counts", "f(counts=1)\ncounts_2 = 2\nx.counts"),
        ("counts = f(counts=3)", "counts_2 = f(counts=3)"),
        ("for total in range(3):\n    total", "for total_2 in range(3):\n    total_2"),
        ("counts_2 = 0\ncounts = 1", "counts_2 = 0\ncounts_3 = 1"),
        ("counts, b = 1, 2\ncounts", "counts_2, b = 1, 2\ncounts_2"),
        ("def counts(): return 1\ncounts()", "def counts_2(): return 1\ncounts_2()"),
        ("with f() as counts:\n    counts", "with f() as counts_2:\n    counts_2"),
        ("try:\n    1\nexcept E as total:\n    total",
         "try:\n    1\nexcept E as total_2:\n    total_2"),
        ("homes = orders.head()\nhomes", "homes_2 = orders.head()\nhomes_2"),
        ("homes = homes.dropna()\nhomes", "homes = homes.dropna()\nhomes"),
        ("homes['x'] = 1", "homes['x'] = 1"),
        ("total += 1", "total += 1"),
        ("for i in x:\n    total = total + i", "for i in x:\n    total = total + i"),
        ("[counts for counts in range(3)]", "[counts for counts in range(3)]"),
        ("def f(counts):\n    return counts", "def f(counts):\n    return counts"),
        ("counts = 1\ndef f():\n    return counts", "counts_2 = 1\ndef f():\n    return counts_2"),
        ("counts = 1\ndef f():\n    counts = 3\n    return counts",
         "counts_2 = 1\ndef f():\n    counts = 3\n    return counts"),
        ("counts = 3\nhomes.query('price > @counts and @counts2')",
         "counts_2 = 3\nhomes.query('price > @counts_2 and @counts2')"),
        ("import counts\ncounts.x", "import counts\ncounts.x"),
        ("año = 'ñ' ; print('ñ', año)", "año_2 = 'ñ' ; print('ñ', año_2)"),
        ("(counts := 3) + counts", "(counts_2 := 3) + counts_2"),
        ("counts: int = 3\ncounts", "counts_2: int = 3\ncounts_2"),
    ],
)  # fmt: skip
def test_a_name_that_would_overwrite_the_users_is_renamed(code: str, expected: str) -> None:
    assert mended(code) == expected


@pytest.mark.parametrize(
    "text",
    [
        'f"{@}"', 'f"{@:>{@}}"', 'f"{{counts}} {@!r:>5} counts"', "f'{x[\"counts\"]} {@ + 1}'",
        'f"ñ {@}" "{counts}" f\'{@}\'', 'f"""\n  {@}\n  {\n@}"""', 'rf"\\{@}"',
        'f"{(lambda counts: counts)(@)}"', 'f"{[counts for counts in [@]]}"', 'f"{@ != 3}"',
        'f"{f(counts=@)} {@:%Y-%m}"', "f\"{f'{@}'} {@}\"", 'f"\\N{BULLET} {@}"', 'f"{@:,.2f}%"',
        '(f"{@}"  # {counts}\n    f"{@}")', 'f"{@ if @ else {1: @}[1]}"',
    ],
)  # fmt: skip
def test_names_inside_f_strings_are_renamed_with_the_rest(text: str) -> None:
    code = f"counts = 1\ny = {text}\n"
    renamed = code.replace("counts = 1", "counts_2 = 1").replace("@", "counts_2")
    assert mended(code.replace("@", "counts")) == renamed


def test_windows_line_ends_are_kept() -> None:
    assert mended("plt.show()\r\ncounts = 1\r\n") == (
        "import matplotlib.pyplot as plt\r\n\r\nplt.show()\r\ncounts_2 = 1\r\n"
    )


words = st.sampled_from(["counts", "total", "homes", "plt", "pd", "x", "y", "año"])
expressions = st.recursive(
    st.one_of(words, st.integers(0, 9).map(str), st.sampled_from(["'ñ'", "'counts'"])),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} + {pair[1]})"),
        st.tuples(words, inner).map(lambda pair: f"f(counts={pair[0]}, *[{pair[1]}])"),
        st.tuples(words, inner).map(lambda pair: f"[{pair[0]} for {pair[0]} in ({pair[1]},)]"),
        st.tuples(words, inner).map(lambda pair: f"(lambda {pair[0]}: {pair[1]})"),
        words.map(lambda word: f'f"ñ {{{word}:>{{{word}}}}} {{{{counts}}}}"'),
        words.map(lambda word: f"{word}.counts"),
    ),
    max_leaves=6,
)
lines = st.one_of(
    st.tuples(words, expressions).map(lambda pair: f"{pair[0]} = {pair[1]}  # counts"),
    expressions,
    st.tuples(words, expressions).map(lambda pair: f"for {pair[0]} in [{pair[1]}]:\n    {pair[0]}"),
    st.tuples(words, words, expressions).map(
        lambda trio: f"def {trio[0]}({trio[1]}):\n    return {trio[2]}"
    ),
)
programs = st.lists(lines, min_size=1, max_size=5).map("\n".join)


def skeleton(code: str) -> str:
    """The tree with imports gone and the number of a renamed name cut off."""
    tree = ast.parse(code)
    tree.body = [node for node in tree.body if not isinstance(node, ast.Import)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = node.id.removesuffix("_2")
        if isinstance(node, ast.FunctionDef):
            node.name = node.name.removesuffix("_2")
    return ast.dump(tree)


@settings(max_examples=60, deadline=None)
@given(programs)
def test_mended_code_parses_means_the_same_and_needs_no_more_mending(code: str) -> None:
    once = mended(code)
    assert skeleton(once) == skeleton(code)
    assert mended(once) == once
