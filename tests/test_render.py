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

from nbcodegen.plan import PlanError, parse
from nbcodegen.render import render
from nbcodegen.values import ColumnSchema, Item, TableSchema
from random_plans import PlanMaker
from small_tables import AREAS, HOMES, areas, homes, plan, pointers

GOLDEN = Path(__file__).with_name("golden") / "render"
D, O, H = "Downtown", "Old Town", "Harbor"  # noqa: E741
DATA_DEPENDENT = ".*locs attribute.*|.*legend.*|.*log-scaled.*|.*divide by zero.*|.*invalid value.*|.*identical.*"


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
    if isinstance(value, float) or isinstance(value, np.floating):
        return None if np.isnan(value) else round(float(value), 2)
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    return value.item() if isinstance(value, np.generic) else value


ANSWERS: list[tuple[str, Any]] = [
    ("count", 12),
    ("stat mean @price end", 205.45),
    ("stat sum @qty end", 27),
    ("stat median @price end", 150.0),
    ("stat min @price max @price end", {"min": 60.0, "max": 500.0}),
    ("stat mean @price max @qty end", {"mean of price": 205.45, "max qty": 5.0}),
    ("stat nunique @area end", 3),
    ("stat missing @price end", 1),
    ("stat range @price end", 440.0),
    ("stat mode @area end", D),
    ("stat first @price end", 100.0),
    ("stat last @area end", D),
    ("stat quantile #90 @qty end", 3.9),
    ("stat countif gt @price #100 end", 7),
    ("stat sumif eq @area #'Downtown' @price end", 1170.0),
    ("stat meanif eq @area #'Downtown' @price end", 234.0),
    ("stat pctif eq @side #'North' end", 50.0),
    ("stat size end", 12),
    ("stat mean mul @price @qty end", 428.18),
    ("where gt @price #100 count", 7),
    ("where gt @price #100 stat mean @qty end", 2.14),
    ("where eq @area #'downtown' count", 5),
    ("where ne @area #'Downtown' count", 7),
    ("where gt @price scalar mean @price count", 5),
    ("where between @price #100 #2020 count", 8),
    ("where in @area #'Downtown' #'x' end count", 5),
    ("where notin @area #'Downtown' end count", 7),
    ("where isna @price count", 1),
    ("where notna @price count", 11),
    ("where and gt @price #100 eq @area #'Downtown' count", 4),
    ("where or isna @price isna @area count", 2),
    ("where not eq @area #'Downtown' count", 7),
    ("where not or isna @price isna @area count", 10),
    ("where istrue @new count", 4),
    ("where isfalse @new count", 8),
    ("where contains @area #'downtown' count", 5),
    ("where startswith @area #'x' count", 0),
    ("where startswith @area #'Old' count", 3),
    ("where endswith @area #'Town' count", 3),
    ("where eq year @sold #2020 count", 9),
    ("where gt @sold #2020 count", 3),
    ("where eq @sold #'2020-03' count", 2),
    ("where ge @sold #'2020-03-05' count", 8),
    ("where gt @sold #'2020-03-05' count", 7),
    ("where eq weekday @sold #'wednesday' count", 2),
    ("where gt @age #5 count", 7),
    ("where outlier @price count", 0),
    ("where zoutlier @price count", 0),
    ("where toppct #10 @price count", 2),
    ("where bottompct #10 @price count", 2),
    ("where duplicated @area end count", 11),
    ("where inother @area @areas.area count", 8),
    ("where notinother @area @areas.area count", 4),
    ("pctwhere gt @price #100", 58.33),
    ("calc div given eq @area #'Downtown' sum @price sum @price", 0.52),
    ("calc sub given istrue @new size given isfalse @new size", -4),
    ("calc pct given gt @price #100 size size", 58.33),
    ("cols @area end distinct show", [D, O, H, None]),
    ("cols @area end distinct count", 3),
    ("cols @price end head 2 show", {0: 100.0, 1: 250.0}),
    ("cols @area @qty end head 2 show", [[D, 1], [O, 2]]),
    ("cols @area mul @qty 2 end head 1 show", [[D, 2]]),
    ("sort desc @price end head 1 cols @area end show", D),
    ("sort asc @price end head 1 cols @area end show", O),
    ("sort desc @price end head 2 cols @area @price end show", [[D, 500.0], [H, 400.0]]),
    ("sort desc @area end head 1 cols @area end show", {1: O}),
    ("sort asc @qty desc @price end head 2 cols @price end show", {11: 500.0, 8: 400.0}),
    ("sort desc mul @price @qty end head 2 cols @price end show", {5: 300.0, 11: 500.0}),
    ("sort desc len @tags end head 1 cols @tags end show", {1: "y z"}),
    ("where eq @area #'Downtown' sort desc @price end head 1 cols @price end show", {11: 500.0}),
    ("tail #3 cols @qty end show", {9: 3, 10: 2, 11: 1}),
    ("eachtop 1 desc @price @area cols @area @price end show",
     [[D, 500.0], [H, 400.0], [O, 250.0]]),
    ("by @area end mean @price end show", {D: 234.0, H: 240.0, O: 133.33}),
    ("by @area end size end show", {D: 5, H: 3, O: 3}),
    ("by @area end pct end show", {D: 41.67, H: 25.0, O: 25.0}),
    ("by @area end sumpct @price end show", {D: 51.77, H: 21.24, O: 17.7}),
    ("by @area end sum mul @price @qty end show", {D: 2670.0, H: 640.0, O: 980.0}),
    ("by @area end nunique @qty end show", {D: 3, H: 3, O: 2}),
    ("by @area end range @price end show", {D: 400.0, H: 320.0, O: 190.0}),
    ("by @area end mode @side end show", {D: "South", H: "North", O: "North"}),
    ("by @area end missing @price end show", {D: 0, H: 1, O: 0}),
    ("by @area end countif gt @price #100 end show", {D: 4, H: 1, O: 1}),
    ("by @area end pctif gt @price #100 end show", {D: 80.0, H: 33.33, O: 33.33}),
    ("by @area end sumif istrue @new @price end show", {D: 370.0, H: 0.0, O: 90.0}),
    ("by @area end quantile #50 @price end show", {D: 150.0, H: 240.0, O: 90.0}),
    ("by @area end size end sort desc A0 end show", {D: 5, O: 3, H: 3}),
    ("by @area end size end sort desc A0 end head 1 cols K0 end show", D),
    ("by @area end mean @price end sort desc A0 end head 1 cols K0 end show", H),
    ("by @area end mean @price end sort asc A0 end head 1 cols K0 end show", O),
    ("by @area end mean @price end sort desc A0 end head 2 show", {H: 240.0, D: 234.0}),
    ("by @area end mean @price end sort desc K0 end show", {O: 133.33, H: 240.0, D: 234.0}),
    ("by @area end size end where gt A0 #3 cols K0 end show", [D]),
    ("by @area end size end where gt A0 #3 count", 1),
    ("by @area end size end count", 3),
    ("by @area end size end stat mean A0 end", 3.67),
    ("by @area end size end stat min A0 max A0 end", {"min": 3, "max": 5}),
    ("by @area end sum @price end where gt A0 scalar mean A0 show", {D: 1170.0}),
    ("by @area end mean @price size end show", [[D, 234.0, 5], [H, 240.0, 3], [O, 133.33, 3]]),
    ("by @area end min @price max @price end show",
     [[D, 100.0, 500.0], [H, 80.0, 400.0], [O, 60.0, 250.0]]),
    ("by @area end sum @price sum @qty end new div A0 A1 cols K0 A2 end show",
     [[D, 106.36], [H, 80.0], [O, 50.0]]),
    ("by @area end sum @price sum @qty end sort desc A1 end head 1 cols K0 end show", {0: D}),
    ("by @area end size pct end show", [[D, 5, 41.67], [H, 3, 25.0], [O, 3, 25.0]]),
    ("by @area end size countif gt @price #100 end show", [[D, 5, 4], [H, 3, 1], [O, 3, 1]]),
    ("by @area end size end where ne K0 #'Downtown' show", [[H, 3], [O, 3]]),
    ("by @side end sum @qty end show", {"North": 13, "South": 14}),
    ("by @area @side end size end sort desc A0 end head 1 show", {(D, "South"): 4}),
    ("by @area @side end sum @price end eachtop 1 desc A0 show",
     [[D, "South", 1070.0], [H, "North", 480.0], [O, "South", 250.0]]),
    ("by year @sold end size end show", {2020: 9, 2021: 3}),
    ("by ym @sold end size end head 2 show", {"2020-01": 1, "2020-02": 2}),
    ("by weekday @sold end size end head 2 show", {"Monday": 1, "Tuesday": 2}),
    ("by monthname @built end size end head 1 show", {"February": 2}),
    ("by year @sold month @sold end sum @price end head 2 show",
     {(2020, 1): 100.0, (2020, 2): 330.0}),
    ("by flag gt @price #100 end size end show", {False: 5, True: 7}),
    ("by cutat @price #100 end end size end show", None),
    ("by @area end sum @price end new share A0 cols K0 A1 end show",
     [[D, 57.07], [H, 23.41], [O, 19.51]]),
    ("by year @sold end sum @price end new pctchange A0 show",
     [[2020, 1550.0, None], [2021, 710.0, -54.19]]),
    ("by year @sold end sum @price end new cumsum A0 show",
     [[2020, 1550.0, 1550.0], [2021, 710.0, 2260.0]]),
    ("by @area @side end size end wide show", [[1, 4], [3, 0], [2, 1]]),
    ("by @area @side end sum @qty end wide show", [[1.0, 10.0], [6.0, None], [6.0, 2.0]]),
    ("by @area @side end size end widepct show", [[20.0, 80.0], [100.0, 0.0], [66.67, 33.33]]),
    ("corr @price @qty", -0.22),
    ("shape", (12, 10)),
    ("columns", list(homes().columns)),
    ("dups", 0),
    ("drop @price @qty end columns", [c for c in homes().columns if c not in ("price", "qty")]),
    ("dropna @price end count", 11),
    ("dropna end count", 10),
    ("dedup @area end count", 4),
    ("rename @price #'total' cols @price end head 1 show", {0: 100.0}),
    ("new #'total' mul @price @qty cols @area mul @price @qty end head 1 show", [[D, 100.0]]),
    ("new auto rank desc @price sort asc rank desc @price end head 1 cols @area end show", {11: D}),
    ("fill mean @price end stat mean @price end", 205.45),
    ("fill val 0 @price end stat min @price end", 0.0),
    ("fill permean @area @price end stat max @price end", 500.0),
    ("cast str @qty end cols @qty end head 1 show", {0: "1"}),
    ("text upper @area end cols @area end head 1 show", {0: "DOWNTOWN"}),
    ("replace @area end #'Downtown' #'x' where eq @area #'x' count", 5),
    ("melt @area end @price @qty end show", None),
    ("set @price mul @price #5 stat max @price end", 2500.0),
    ("stat mean per @area mean @price end", 208.18),
    ("new #'total' per @area cumcount show", None),
    ("stat max days @built @sold end", 3999),
]  # fmt: skip


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
    labels = [label.get_text() for label in (axes.get_yticklabels() if flat else axes.get_xticklabels())]
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
    "by @area @side end mean @price end wide heat end", "by @area @side end size end widepct stacked end",
    "by @area end sum @price sum @qty end bar end", "by @area @side end sum @qty end bar end",
    "by @area @side end sum @qty end sort desc A0 end head 2 wide barh end",
    "by date @sold end sum @qty end line end", "by @area end mean @age end bar end",
])  # fmt: skip
def test_every_kind_of_chart_draws_something(text: str) -> None:
    axes = axes_of(text)
    assert axes.has_data()


SAVED: list[tuple[str, str, list[Any]]] = [
    ("dropna @price end save", "price", [100.0, 250.0]),
    ("new #'total' mul @qty 2 save", "total", [2, 4]),
    ("new auto div @price @qty save", "price_per_qty", [100.0, 125.0]),
    ("new #'Revenue (USD)' mul @qty 2 save", "Revenue (USD)", [2, 4]),
    ("rename @price #'total' save", "total", [100.0, 250.0]),
    ("renamesnake new #'total' mul @unit 2 save", "total", [3.0, 5.0]),
    ("text lower @area end save", "area", ["downtown", "old town"]),
    ("where gt @price #100 new #'total' const 1 save", "total", [1, 1]),
    ("fill median @price end save", "price", [100.0, 250.0]),
    ("set @qty add @qty 1 save", "qty", [2, 3]),
    ("where gt @price #100 sort asc @price end save", "price", [120.0, 150.0]),
]


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
    code = render("from T0 stat sum C0 end".split(), items, [table])
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
    grouped = render("from T0 by C1 end sum C0 end show".split(), items, [table])
    assert plain(run(grouped, sales=data)[0]) == {"a": 4, "b": 2}
    counted = render("from T0 where eq C1 V0 count".split(), items, [table])
    assert run(counted, sales=data)[0] == 2


def test_columns_that_share_a_label_are_taken_by_position() -> None:
    columns = tuple(
        ColumnSchema("a", "'a'", "integer", place, unique=False) for place in range(2)
    )
    table = TableSchema("t", 2, columns, width=2)
    items = {"T0": Item("table", "t", "t", "other", 0)}
    items |= {f"C{n}": Item("column", "a", "'a'", "integer", 0, c) for n, c in enumerate(columns)}
    code = render("from T0 stat sum C1 end".split(), items, [table])
    assert run(code, t=pd.DataFrame([[1, 10], [2, 20]], columns=["a", "a"]))[0] == 30


def test_new_variables_never_take_the_name_of_a_table() -> None:
    table = TableSchema("matching", 12, HOMES.columns, width=10)
    items = {**pointers(), "T0": Item("table", "matching", "matching", "other", 0)}
    code = render(plan("where gt @price #100 sort asc len @area asc @qty end head 2 show"), items, [table])
    _, names = run(code, matching=homes())
    assert len(names["matching"]) == 12


@pytest.mark.parametrize("text", [
    "stat mean @areas.qty end", "where gt @price #'x' count", "by @area end size end sort desc A3 end show",
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
