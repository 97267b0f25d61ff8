"""What a cell leaves behind when the command line runs it."""

from __future__ import annotations

import pandas as pd
import pytest

from nbcodegen.commands.execution import CodeFailed, execute, save, shown

HOMES = pd.DataFrame({"city": ["Lima", "Quito"], "price": [100, 120]})


def run(code):
    return execute(code, {"homes": HOMES.copy()})


def test_the_value_is_that_of_the_last_expression():
    assert run("total = homes['price'].sum()\ntotal * 2").value == 440


def test_a_cell_that_ends_in_a_statement_has_no_value():
    assert run("total = 1").value is None


@pytest.mark.parametrize(
    "code",
    [
        "homes.plot(x='city', y='price')",
        "homes.hist()",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
    ],
)
def test_a_plot_is_a_figure_and_not_a_value(code):
    outcome = run(code)
    assert len(outcome.figures) == 1 and outcome.value is None


def test_figures_are_written_side_by_side(tmp_path):
    code = "import matplotlib.pyplot as plt\nfor _ in range(2):\n    plt.figure()\n"
    paths = save(run(code).figures, tmp_path / "plot.png")
    assert [path.name for path in paths] == ["plot.png", "plot-2.png"]
    assert all(path.stat().st_size for path in paths)


def test_figures_of_the_run_before_are_not_shown_again():
    run("homes.plot()")
    assert run("1").figures == ()


def test_code_that_raises_says_what_it_raised():
    with pytest.raises(CodeFailed, match="raised KeyError: 'rooms'"):
        run("homes['rooms']")


def test_the_callers_namespace_keeps_its_names():
    namespace = {"homes": HOMES}
    execute("homes = 1\nother = 2", namespace)
    assert namespace == {"homes": HOMES}


def test_a_long_table_is_cut_in_the_middle_for_the_terminal():
    assert len(shown(pd.DataFrame({"n": range(1000)})).splitlines()) < 70
