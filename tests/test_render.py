"""Plans give code that runs, and whose value is what the plan asks for."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from random_plans import PlanMaker
from rendered_answers import ANSWERS, SAVED, D, H, O
from small_tables import AREAS, HOMES, areas, homes, plan, pointers

from nbcodegen.plan import PlanError, parse
from nbcodegen.rendering.cell import render
from nbcodegen.values import ColumnSchema, Item, TableSchema

GOLDEN = Path(__file__).with_name("golden") / "render"
DATA_DEPENDENT = "|".join(
    f".*{words}.*"
    for words in (
        "locs attribute", "legend", "log-scaled", "divide by zero", "invalid value", "identical",
    )
)  # fmt: skip


def run(code: str, **namespace: object) -> tuple[Any, dict[str, Any]]:
    """Run a cell with warnings as errors; return its last expression's value and its names."""
    names: dict[str, Any] = {"pd": pd, "np": np, "plt": plt, "homes": homes(), "areas": areas()}
    names.update(namespace)
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message=".*non-interactive.*|" + DATA_DEPENDENT)
        exec(compile(tree, "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
    return value, names


def code_of(text: str) -> str:
    return render(plan(text), pointers(), [HOMES, AREAS])


def plain(value: Any) -> Any:
    """A result as Python values: Series as dict, tables as rows, numbers rounded."""
    if isinstance(value, pd.DataFrame):
        return [[plain(cell) for cell in row] for row in value.to_numpy().tolist()]
    if isinstance(value, pd.Series):
        return {plain(key): plain(cell) for key, cell in value.items()}
    if isinstance(value, np.ndarray | pd.Index | list | pd.api.extensions.ExtensionArray):
        return [plain(cell) for cell in value]
    if isinstance(value, tuple):
        return tuple(plain(cell) for cell in value)
    if isinstance(value, pd.Period):
        return str(value)
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else round(float(value), 2)
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    return value.item() if isinstance(value, np.generic) else value


@pytest.mark.parametrize(("text", "expected"), ANSWERS, ids=[text for text, _ in ANSWERS])
def test_the_code_gives_the_answer_and_leaves_the_table_as_it_was(text: str, expected: Any) -> None:
    value, names = run(code_of(text))
    pd.testing.assert_frame_equal(names["homes"], homes())
    if expected is None:
        assert len(value) > 0
    else:
        assert plain(value) == expected


def bars(text: str) -> list[tuple[str, float]]:
    """Labels and lengths of the bars that a plan draws."""
    plt.close("all")
    run(code_of(text))
    axes = plt.gcf().axes[0]
    flat = "barh" in text
    labels = [
        label.get_text() for label in (axes.get_yticklabels() if flat else axes.get_xticklabels())
    ]
    patches = [patch for box in axes.containers for patch in box]
    sizes = [round(p.get_width() if flat else p.get_height(), 1) for p in patches]
    return list(zip(labels, sizes, strict=False))


def axes_of(text: str) -> Any:
    plt.close("all")
    run(code_of(text))
    return plt.gcf().axes[0]


def test_bars_of_groups_stand_in_the_order_of_the_sort() -> None:
    assert bars("by @area end mean @price end sort desc A0 end bar end") == [
        (H, 240.0), (D, 234.0), (O, 133.3)]  # fmt: skip


def test_horizontal_bars_put_the_first_row_on_top() -> None:
    assert bars("by @area end size end sort desc A0 end head 2 barh end")[0] == (D, 5)
    assert axes_of("by @area end size end barh end").yaxis_inverted()


def test_bars_of_a_raw_column_count_its_values() -> None:
    assert bars("bar @area end end") == [(D, 5), (O, 3), (H, 3)]


def test_what_is_new_in_groups_is_drawn_along_their_key() -> None:
    share = "by @area end sum @price sum @qty end new div A0 A1 cols K0 A2 end bar end"
    prices = "by @area end sum @price end bar end"
    assert [label for label, _ in bars(share)] == [label for label, _ in bars(prices)]
    assert axes_of(share).get_title() == "Sum of price per sum of qty by area"
    assert axes_of(share).get_ylabel() == "sum of price per sum of qty"
    both = axes_of("by @qty end sum @price end new cumsum A0 line end")
    assert [list(line.get_xdata()) for line in both.lines] == [[1, 2, 3, 4, 5]] * 2
    wide = axes_of("by @area @side end sum @price end new cumsum A0 bar end")
    assert max(bar.get_height() for bars in wide.containers for bar in bars) == 2050


def test_weekdays_of_a_chart_start_on_monday() -> None:
    assert [label for label, _ in bars("by weekday @sold end size end bar end")][:3] == [
        "Monday", "Tuesday", "Wednesday"]  # fmt: skip


def test_wide_groups_draw_one_series_a_column_with_a_legend() -> None:
    axes = axes_of("by @area @side end sum @qty end wide stacked end")
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["North", "South"]
    assert axes.get_legend().get_title().get_text() == "side"


def test_a_line_over_text_dates_runs_along_time() -> None:
    xs = axes_of("line @sold @price end end").lines[0].get_xdata()
    assert list(xs) == sorted(xs) and len(xs) == 12


def test_titles_and_labels_of_the_request_win() -> None:
    axes = axes_of("by @area end mean @price end bar title #'total' ylabel #'x' end")
    assert (axes.get_title(), axes.get_ylabel(), axes.get_xlabel()) == ("total", "x", "area")


def test_a_chart_without_a_title_says_what_it_shows() -> None:
    assert axes_of("by @area end mean @price end bar end").get_title() == "Mean of price by area"


def test_a_scatter_coloured_by_category_has_a_legend_of_its_values() -> None:
    legend = axes_of("scatter @price @qty hue @area end").get_legend()
    assert sorted(text.get_text() for text in legend.get_texts()) == [D, H, O]


def test_options_reach_the_chart() -> None:
    assert axes_of("scatter @price @qty logx end").get_xscale() == "log"
    assert len(axes_of("hist @price end bins 5 end").patches) == 5


@pytest.mark.parametrize("text", [
    "hist @price end hue @area end", "hist @price @qty end end", "kde @price end end",
    "box @price end end", "box @price end hue @area end", "violin @price end hue @area end",
    "violin @price @qty end end", "pie @area @qty end", "area @sold @qty end end",
    "hexbin @price @qty end", "heatcorr end", "pairs end", "histall end", "boxall end",
    "scatter @price @qty hue @qty trend end", "scatter @sold @price bubble @qty end",
    "line @sold @price end hue @side end", "bar @area @price end hue @side end",
    "barh @area @price @qty end end", "by @area end size end pie end",
    "by @area end mean @price end hist end", "by @area end mean @price mean @qty end scatter end",
    "by ym @sold end sum @price end line end", "by ym @sold @side end sum @price end wide line end",
    "by @area @side end mean @price end wide heat end",
    "by @area @side end size end widepct stacked end",
    "by @area end sum @price sum @qty end bar end", "by @area @side end sum @qty end bar end",
    "by @area @side end sum @qty end sort desc A0 end head 2 wide barh end",
    "by date @sold end sum @qty end line end", "by @area end mean @age end bar end",
])  # fmt: skip
def test_every_kind_of_chart_draws_something(text: str) -> None:
    axes = axes_of(text)
    assert axes.has_data()


@pytest.mark.parametrize(("text", "column", "first"), SAVED, ids=[text for text, _, _ in SAVED])
def test_a_plan_that_saves_changes_the_users_variable(
    text: str, column: str, first: list[Any]
) -> None:
    value, names = run(code_of(text))
    assert value is names["homes"]
    assert plain(names["homes"][column].head(2).tolist()) == first


def test_joined_tables_keep_the_names_of_the_first_and_suffix_the_second() -> None:
    joined = plan("by @areas.mayor end sum @areas.qty sum @qty end show")[2:]
    symbols = ["from", "join", "inner", "T0", "T1", *plan("x @area @areas.area")[3:], *joined]
    value, _ = run(render(symbols, pointers(), [HOMES, AREAS]))
    assert plain(value) == [["Ann", 35, 11], ["Bo", 24, 6]]


def test_two_tables_are_stacked() -> None:
    symbols = ["from", "concat", "T0", "T1", "count"]
    assert run(render(symbols, pointers(), [HOMES, AREAS]))[0] == 14


@pytest.mark.parametrize("frame", ["polars", "pyarrow", "duckdb", "series"])
def test_tables_of_other_libraries_are_converted_first(frame: str) -> None:
    column = ColumnSchema("qty", "'qty'", "integer", 0)
    table = TableSchema("sales", 3, (column,), frame=frame, width=1)  # type: ignore[arg-type]
    items = {
        "T0": Item("table", "sales", "sales", "other", 0),
        "C0": Item("column", "qty", "'qty'", "integer", 0, column),
    }
    code = render(["from", "T0", "stat", "sum", "C0", "end"], items, [table])
    assert run(code, sales=_sales(frame))[0] == 6


def _sales(frame: str) -> object:
    data = pd.DataFrame({"qty": [1, 2, 3]})
    if frame == "series":
        return data["qty"]
    if frame == "duckdb":
        return pytest.importorskip("duckdb").from_df(data)
    if frame == "pyarrow":
        return pytest.importorskip("pyarrow").Table.from_pandas(data)
    return pytest.importorskip("polars").from_pandas(data)


def test_a_level_of_the_index_is_used_like_a_column() -> None:
    level = ColumnSchema("city", "'city'", "string", -1)
    column = ColumnSchema("qty", "'qty'", "integer", 0)
    table = TableSchema("sales", 3, (column,), (level,), width=1)
    items = {
        "T0": Item("table", "sales", "sales", "other", 0),
        "C0": Item("column", "qty", "'qty'", "integer", 0, column),
        "C1": Item("column", "city", "'city'", "string", 0, level),
        "V0": Item("value", "a", "'a'", "string"),
    }
    data = pd.DataFrame({"qty": [1, 2, 3]}, index=pd.Index(["a", "b", "a"], name="city"))
    grouped = render(["from", "T0", "by", "C1", "end", "sum", "C0", "end", "show"], items, [table])
    assert plain(run(grouped, sales=data)[0]) == {"a": 4, "b": 2}
    counted = render(["from", "T0", "where", "eq", "C1", "V0", "count"], items, [table])
    assert run(counted, sales=data)[0] == 2


def test_columns_that_share_a_label_are_taken_by_position() -> None:
    columns = tuple(ColumnSchema("a", "'a'", "integer", place, unique=False) for place in range(2))
    table = TableSchema("t", 2, columns, width=2)
    items = {"T0": Item("table", "t", "t", "other", 0)}
    items |= {f"C{n}": Item("column", "a", "'a'", "integer", 0, c) for n, c in enumerate(columns)}
    code = render(["from", "T0", "stat", "sum", "C1", "end"], items, [table])
    assert run(code, t=pd.DataFrame([[1, 10], [2, 20]], columns=["a", "a"]))[0] == 30


def test_new_variables_never_take_the_name_of_a_table() -> None:
    table = TableSchema("matching", 12, HOMES.columns, width=10)
    items = {**pointers(), "T0": Item("table", "matching", "matching", "other", 0)}
    code = render(
        plan("where gt @price #100 sort asc len @area asc @qty end head 2 show"), items, [table]
    )
    _, names = run(code, matching=homes())
    assert len(names["matching"]) == 12


@pytest.mark.parametrize("text", [
    "stat mean @areas.qty end", "where gt @price #'x' count",
    "by @area end size end sort desc A3 end show",
    "stat end", "drop @price end cols @price end show", "line @price @price end end",
])  # fmt: skip
def test_a_plan_that_makes_no_sense_is_a_plan_error(text: str) -> None:
    with pytest.raises(PlanError):
        code_of(text)


def test_declining_has_no_code() -> None:
    with pytest.raises(PlanError):
        render(["decline"], {}, [])


def test_a_plan_may_come_as_a_tree() -> None:
    symbols = plan("count")
    assert render(parse(symbols), pointers(), [HOMES, AREAS]) == code_of("count")


def test_random_plans_parse_and_nearly_all_run() -> None:
    items = {s: i for s, i in pointers().items() if i.role != "column" or i.table == 0}
    maker = PlanMaker(items, seed=11)
    ran, failed = 0, []
    for _ in range(40):
        symbols = maker.plan(depth=4)
        try:
            code = render(symbols, items, [HOMES, AREAS])
        except PlanError:
            continue
        ast.parse(code)
        try:
            run(code)
            ran += 1
        except Exception as error:  # what random data and random plans make pandas raise
            failed.append(f"{' '.join(symbols)}: {error}")
        plt.close("all")
    assert ran >= 9 * len(failed), "\n".join(failed)


def _pairs() -> list[tuple[str, str]]:
    text = (GOLDEN / "plans.txt").read_text(encoding="utf-8")
    blocks = text.strip().split("\n\n\n")
    return [(block.split("\n", 1)[0], block.split("\n", 1)[1] + "\n") for block in blocks]


@pytest.mark.parametrize(("text", "code"), _pairs(), ids=[text for text, _ in _pairs()])
def test_code_reads_as_it_was_reviewed(text: str, code: str) -> None:
    assert code_of(text.removeprefix("# ")) == code


def test_bands_that_begin_at_zero_take_the_zeros_in() -> None:
    age = ColumnSchema("age", "'age'", "integer", 0, low="0", high="90")
    visits = TableSchema("visits", 5, (age,))
    items = {"T0": Item("table", "visits", "visits", "other", 0)}
    items["C0"] = Item("column", "age", "'age'", "integer", 0, age)
    items |= {f"V{edge}": Item("value", edge, edge, "integer") for edge in ("0", "18", "65")}
    symbols = "from T0 new auto cutat C0 V65 V0 V18 end save".split()
    scope: dict[str, Any] = {
        "pd": pd,
        "np": np,
        "visits": pd.DataFrame({"age": [0, 5, 18, 30, 70]}),
    }
    exec(render(symbols, items, (visits,)), scope)
    assert list(scope["visits"].iloc[:, -1].cat.codes) == [0, 0, 0, 1, 2]
