"""What a request permits, and what a trial run evaluates instead of writing."""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd
import pytest
from user_tables import NAMES, TABLES, table

from nbcodegen.checks import check
from nbcodegen.checks.policy.permission import asked_to_write, is_named
from nbcodegen.checks.verify import verify
from nbcodegen.checks.writes import without_writes
from nbcodegen.values import Candidate, Finding, RejectedCandidate, VerifiedCandidate

ASKS = """
save it to result.csv
Save the figure as plot.png
average price by city, and save the table
average price by city; then export it
export to parquet
give me the totals as a CSV
plot sales per month and write it to a file
average price by city, totals.xlsx
download the result as an excel file
load sales.csv and save the totals to totals.csv
guárdalo en salida.xlsx
precio medio por ciudad y guarda el resultado
exporta la tabla a excel
quiero guardar el gráfico como png
guardar los totales en un archivo
expórtalo
copy the totals to the clipboard
guarda los totales en una base de datos
ventas por mes en un pdf
"""
DOES_NOT_ASK = """
write me code to compute the mean
write a function that normalizes the price
exports by country
which countries export the most
total exports and imports per year
how much did customers save on average
average savings by segment
sales per store
rows in store 5 and the price of each
¿qué país exporta la mayor cantidad?
exportaciones por año
load sales.csv and show the mean price
media de ventas.csv por región, leyendo de ventas.csv
plot the closing price as a line
como barras, el total por ciudad
number of files per folder
save rate by team
"""


@pytest.mark.parametrize("request_", ASKS.strip().splitlines())
def test_a_request_for_a_file_is_understood(request_: str) -> None:
    assert asked_to_write(request_)


@pytest.mark.parametrize("request_", DOES_NOT_ASK.strip().splitlines())
def test_words_of_data_are_not_a_request_for_a_file(request_: str) -> None:
    assert not asked_to_write(request_)


def test_an_address_is_named_only_in_full() -> None:
    assert is_named("https://a.b/x.csv", "read https://a.b/x.csv please")
    assert not is_named("https://elsewhere.com/x.csv", "read x.csv please")


def policy(code: str, request: str = "", names: set[str] = NAMES) -> list[tuple[str, bool]]:
    found = check(code, TABLES, names, request)
    return [(f.rule, f.fatal) for f in found if f.rule.startswith("NB1") and f.rule != "NB107"]


def test_a_file_that_was_asked_for_is_a_note_and_any_other_an_objection() -> None:
    code = 'homes.to_csv("result.csv")'
    assert policy(code) == [("NB105", True)]
    assert policy(code, "mean price by city") == [("NB105", True)]
    assert policy(code, "mean price by city, save it to result.csv") == [("NB105", False)]


def test_a_request_for_a_file_is_none_for_an_address() -> None:
    code = 'homes.to_csv("s3://bucket/result.csv")'
    assert policy(code, "save it to result.csv") == [("NB105", True)]
    assert policy(code, "save it to s3://bucket/result.csv") == [("NB105", False)]


def test_a_file_is_read_only_where_the_request_names_it() -> None:
    code = 'pd.read_csv("data/sales.csv")'
    assert policy(code, "mean of sales.csv by region") == [("NB105", False)]
    assert policy(code, "save it to result.csv") == [("NB105", True)]
    assert policy('open("sales.csv", "w")', "load sales.csv") == [("NB105", True)]


def test_a_file_that_was_asked_for_and_is_not_written_is_told() -> None:
    found = check("homes.head()", TABLES, NAMES, "first rows, save them to top.csv")
    assert [(finding.rule, finding.fatal) for finding in found] == [("NB107", False)]


def test_no_request_permits_what_is_no_file() -> None:
    assert policy("import os", "save it to result.csv") == [("NB101", True)]


def test_a_module_that_the_user_imported_before_is_named_too() -> None:
    assert policy('os.remove("x")', names={*NAMES, "os"}) == [("NB101", True)]
    assert policy("signal.mean()", names={*NAMES, "signal"}) == []


def test_a_table_may_be_called_anything() -> None:
    tables = [table(name, {"x": "float"}) for name in ("os", "open", "eval", "pd", "sys")]
    code = "os.x.mean() + open.x.sum() + eval.x.max() + pd.read_csv + sys.x"
    assert [
        f for f in check(code, tables, NAMES) if f.rule.startswith("NB1") and f.rule != "NB107"
    ] == []


def test_a_name_of_the_users_own_is_not_the_builtin_except_the_shells_own() -> None:
    assert policy("homes[vars]", names={*NAMES, "vars"}) == []
    assert policy('open("x")', names={*NAMES, "open"}) == [("NB105", True)]


def test_a_name_that_leads_into_frames_may_be_a_column() -> None:
    made_of = table("parts", {"co_code": "string"})
    assert check("parts.co_code.nunique()", [made_of], ["parts"]) == ()


def test_findings_say_what_was_met_and_where() -> None:
    (reads,) = check('pd.read_csv("x.csv")', TABLES, NAMES)
    assert reads == Finding("NB105", "reads 'x.csv' with read_csv()", 1, "read_csv")
    (imports,) = check("import os.path", TABLES, NAMES)
    assert imports == Finding(
        "NB101", "imports 'os.path', which reaches outside the tables", 1, "os"
    )
    (query,) = check('\nhomes.query("@f(price)")', TABLES, NAMES)
    assert query == Finding("NB103", ".query() would run '@f'", 2, "@f")


def test_verify_passes_the_request_on() -> None:
    candidate = Candidate('homes.to_csv("x.csv")', rank=0)
    assert isinstance(verify(candidate, TABLES, NAMES), RejectedCandidate)
    outcome = verify(candidate, TABLES, NAMES, "save it as a csv")
    assert isinstance(outcome, VerifiedCandidate)
    assert [note.rule for note in outcome.notes] == ["NB105"]


WRITES = {
    'df.to_csv("r.csv")': "df",
    'df.to_csv("r.csv", index=False); print("saved")': 'df; print("saved")',
    'path = df.groupby("a").sum().to_excel("r.xlsx")': 'path = df.groupby("a").sum()',
    '(df + 1).to_parquet("r")': "(df + 1)",
    '(a or b).to_csv("r")': "(a or b)",
    'plt.savefig("a.png", dpi=200)': "None",
    'fig.savefig("a.png")': "None",
    'df.plot().get_figure().savefig("a.png")': "(df.plot().get_figure(), None)[1]",
    'np.save("a.npy", df)': "None",
    'pd.to_pickle(df, "a.pkl")': "None",
    'a.to_csv("x"), b.to_json("y")': "a, b",
    'cut(a.to_csv("x")).to_csv("y")': "cut(a)",
    'año.to_csv("ñ.csv"); ñ.to_csv("x")': "año; ñ",
    'if x:\n    df.to_csv(\n        "r.csv",\n    )\nboom': "if x:\n    (df\n\n)\nboom",
    '(\n    df.head()\n    .to_csv("r")\n)\nboom': "(\n    (df.head()\n)\n)\nboom",
    'plt.savefig(\n    "a.png"\n)\nboom': "(None\n\n)\nboom",
    'df \\\n  .to_csv("x")\nboom': "(df\n)\nboom",
}


@pytest.mark.parametrize("code", WRITES)
def test_what_would_be_written_stands_in_place_of_the_write(code: str) -> None:
    edited = without_writes(code)
    assert edited == WRITES[code]
    assert edited.count("\n") == code.count("\n")
    ast.parse(edited)


@pytest.mark.parametrize(
    "code",
    [
        "df.to_csv()",
        'df.to_json(orient="records")',
        'print(f"{df.to_csv(name)}")',
        'with pd.ExcelWriter("r.xlsx") as book:\n    pass',
        'with open("x", "w") as file:\n    file.write("x")',
        'pd.read_csv("x.csv")',
        "df.to_csv(",
        "",
    ],
)
def test_code_without_such_a_write_keeps_every_byte(code: str) -> None:
    assert without_writes(code) == code


def test_the_edited_code_runs_to_its_end_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code = '(\n    df["b"]\n    .sum()\n)\ndf.to_csv("r.csv")\nsaved = df.to_pickle("r")'
    namespace = {"df": pd.DataFrame({"b": [2, 3]})}
    exec(without_writes(code), namespace)
    assert namespace["saved"] is namespace["df"]
    assert list(tmp_path.iterdir()) == []
