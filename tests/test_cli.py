"""The commands, called as the console script calls them, with the model that ships."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd
import pytest
from fakes import ScriptedModel

from nbcodegen.cli import main
from nbcodegen.values import Completion, Opening

REQUEST = "average price by neighborhood"


@pytest.fixture
def homes(tmp_path):
    path = tmp_path / "homes.csv"
    table = pd.DataFrame(
        {
            "neighborhood": ["Old Town", "Riverside", "Old Town", "Eastgate"],
            "price": [300_000, 250_000, 500_000, 125_000],
            "sold_on": ["2024-01-05", "2024-01-19", "2024-02-02", "2024-03-08"],
        }
    )
    table.to_csv(path, index=False)
    return path


@pytest.fixture
def batch(tmp_path, homes):
    """Write records, run the command over them, and give back what it wrote."""

    def run(*records, arguments=()):
        lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
        (tmp_path / "records.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        out = tmp_path / "answers.jsonl"
        paths = [str(tmp_path / "records.jsonl"), "--root", str(tmp_path), "--out", str(out)]
        assert main(["batch", *paths, *arguments]) == 0
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]

    return run


def record(name="a", request=REQUEST, csv="homes.csv", **more):
    return {"id": name, "request": request, "tables": [{"name": "homes", "csv": csv}], **more}


def test_ask_prints_only_a_program_on_standard_output(homes, capsys):
    assert main(["ask", REQUEST, str(homes)]) == 0
    said = capsys.readouterr()
    namespace = {"homes": pd.read_csv(homes)}
    exec(compile(said.out, "<stdout>", "exec"), namespace)
    assert "neighborhood" in said.out
    assert "homes" in said.err and "Traceback" not in said.err


def test_ask_run_prints_the_result_under_the_code(homes, capsys):
    assert main(["ask", REQUEST, str(homes), "--run"]) == 0
    out = capsys.readouterr().out
    assert "Old Town" in out and "400000" in out


def test_ask_run_writes_the_figure_where_it_was_told_to(homes, tmp_path, capsys):
    plot = tmp_path / "plot.png"
    arguments = ["plot average price by neighborhood", str(homes), "--run", "--out", str(plot)]
    assert main(["ask", *arguments]) == 0
    assert plot.read_bytes().startswith(b"\x89PNG")
    assert str(plot) in capsys.readouterr().err


def test_the_same_seed_gives_the_same_code(homes, capsys):
    printed = []
    for _ in range(2):
        main(["ask", REQUEST, str(homes), "--seed", "7"])
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


def test_what_the_model_does_not_serve_ends_with_one_and_prints_no_code(homes, capsys):
    assert main(["ask", "write an email to my landlord", str(homes)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("nbcodegen: ")


@pytest.mark.parametrize(
    ("arguments", "evidence"),
    [
        (["ask", REQUEST, "homez.csv"], "did you mean"),
        (["ask", REQUEST, "nowhere/homes.csv"], "does not exist"),
        (["ask", REQUEST, "homes.docx"], ".docx"),
        (["ask", "", "homes.csv"], "request"),
        (["ask", REQUEST, "homes.csv", "--model", "embeded"], "embedded"),
        (["ask", REQUEST, "homes.csv", "--candidates", "none"], "--candidates"),
        (["batch", "nothing.jsonl", "--out", "answers.jsonl"], "nothing.jsonl"),
    ],
)
def test_a_mistake_of_the_user_is_one_line_and_ends_with_two(
    homes, monkeypatch, capsys, arguments, evidence
):
    monkeypatch.chdir(homes.parent)
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert evidence in said.err and said.err.count("\n") == 1 and said.out == ""


@pytest.mark.parametrize(
    ("arguments", "evidence"),
    [
        (["ask", REQUEST, "homes.csv", "--out", "plot.png"], "--run"),
        (["ask", REQUEST], "FILE"),
        (["asc"], "invalid choice"),
        ([], "required"),
    ],
)
def test_a_wrong_option_is_one_line_and_ends_with_two(capsys, arguments, evidence):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert evidence in said.err and said.err.count("\n") == 1


def test_batch_answers_every_record_in_order(batch):
    answers = batch(record("a"), record("b", "how many homes are there?"))
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert [answer["status"] for answer in answers] == ["ok", "ok"]
    assert all(answer.keys() == {"id", "code", "status", "seconds"} for answer in answers)
    assert "homes" in answers[0]["code"]


def test_batch_goes_on_where_it_stopped_and_mends_a_torn_last_line(batch, tmp_path):
    whole = {"id": "a", "code": "kept()", "status": "ok", "seconds": 1.0}
    torn = '{"id": "b", "code": "ho'
    (tmp_path / "answers.jsonl").write_text(json.dumps(whole) + "\n" + torn, encoding="utf-8")
    answers = batch(record("a"), record("b"), record("c"))
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert answers[0]["code"] == "kept()"
    assert batch(record("a"), record("b"), record("c")) == answers


def test_batch_says_in_the_status_what_is_wrong_with_a_record_and_goes_on(batch):
    answers = batch(
        '{"id": "torn", "requ',
        {"id": "bare"},
        record("lost", csv="lost.csv"),
        record("odd", tables="homes.csv"),
        record("dates", tables=[{"name": "homes", "csv": "homes.csv", "parse_dates": ["sold"]}]),
        record("good"),
    )
    status = {answer["id"]: answer["status"] for answer in answers}
    assert status["line-1"].startswith("error: not JSON")
    assert "'request'" in status["bare"] and "'tables'" in status["bare"]
    assert "lost.csv" in status["lost"]
    assert "list" in status["odd"] and "sold" in status["dates"]
    assert status["good"] == "ok"
    assert all(not answer["code"] for answer in answers if answer["status"] != "ok")


def test_batch_gives_a_declined_request_no_code_and_says_why(batch):
    (answer,) = batch(record(request="write an email to my landlord"))
    assert answer["code"] == "" and answer["status"].startswith("declined: ")


def test_batch_builds_a_follow_up_on_the_code_of_the_cell_before(batch):
    previous = 'homes.groupby("neighborhood")["price"].mean().plot(kind="bar")'
    (answer,) = batch(record(request="now as a horizontal bar", previous=previous))
    assert "barh" in answer["code"] and "price" in answer["code"]


def test_batch_puts_the_other_tables_in_the_namespace_too(batch, tmp_path):
    pd.DataFrame({"salary": [1, 2], "team": ["x", "y"]}).to_csv(tmp_path / "staff.csv", index=False)
    other = [{"name": "staff", "csv": "staff.csv"}]
    (answer,) = batch(record(request="average salary by team of @staff", other_tables=other))
    assert "staff" in answer["code"] and "homes" not in answer["code"]


def test_doctor_finds_everything_well_where_everything_is_installed(capsys):
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "BAD" not in out
    for name in ("python", "pandas", "embedded model", "one request", "IPython extension"):
        assert f"ok  {name}: " in out


def test_status_imports_no_engine_to_say_what_is_there():
    program = (
        "import sys; from nbcodegen.cli import main; main(['status'])\n"
        "print(sorted({'torch', 'onnxruntime', 'pandas'} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stderr.strip() == "[]"
    assert "ok  nbcodegen: " in done.stdout


def test_a_large_model_that_opens_is_told_of_once_beside_the_code(homes, monkeypatch, capsys):
    opening = [
        Completion("", 0.0, partial=True, opening=Opening(seconds, seconds / 10))
        for seconds in (0.5, 1.0, 1.5)
    ]
    model = ScriptedModel([*opening, 'homes["price"].mean()'])
    monkeypatch.setattr("nbcodegen.model.open_model", lambda *_: model)
    monkeypatch.setattr("nbcodegen.watching.SELDOM_S", 0.0)
    assert main(["ask", REQUEST, str(homes), "--trial", "off"]) == 0
    out, err = capsys.readouterr()
    assert out.strip() == 'homes["price"].mean()'
    assert err.count("opening scripted") == 1
