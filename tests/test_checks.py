"""Rules flag exactly the marked lines of bad_code/, and nothing at all in good_code/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from user_tables import NAMES, TABLES, table

from nbcodegen.checks import check
from nbcodegen.checks.mend import mend

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad_code").iterdir())
GOOD = [
    pytest.param(program, id=f"{path.stem}-{place}")
    for path in sorted((HERE / "good_code").glob("*.py"))
    for place, program in enumerate(path.read_text("utf-8").split("# %%\n")[1:])
]


def marked_lines(source: str) -> set[tuple[str, int]]:
    return {
        (rule, number)
        for number, line in enumerate(source.splitlines(), 1)
        for rule in re.findall(r"NB\d{3}", line.partition("  #")[2])
    }


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_the_rules_flag_exactly_the_marked_lines(path: Path) -> None:
    source = path.read_text("utf-8")
    marks = marked_lines(source)
    rules = {path.name[:5].upper()} | {rule for rule, _ in marks}
    found = {(f.rule, f.line) for f in check(source, TABLES, NAMES) if f.rule in rules}
    assert found == marks


@pytest.mark.parametrize("program", GOOD)
def test_an_ordinary_program_raises_no_objection(program: str) -> None:
    findings = check(mend(program, TABLES, NAMES), TABLES, NAMES)
    assert [finding for finding in findings if finding.fatal] == []


def test_there_are_many_ordinary_programs() -> None:
    assert len(GOOD) >= 60


def test_a_finding_says_which_table_what_was_asked_and_what_is_nearest() -> None:
    (finding,) = check('homes["Pirce"]', TABLES, NAMES)
    assert finding.message == "table 'homes' has no column 'Pirce'"
    assert (finding.evidence, finding.nearest, finding.fatal) == ("'Pirce'", "price", True)


def test_a_misspelt_name_comes_with_the_nearest_one() -> None:
    (finding,) = check("hoems.head()", TABLES, NAMES)
    assert (finding.rule, finding.nearest) == ("NB201", "homes")


def test_a_return_outside_a_function_is_not_valid_python() -> None:
    assert [finding.rule for finding in check("return 1", TABLES, NAMES)] == ["NB001"]


def test_a_null_byte_is_not_valid_python() -> None:
    assert [finding.rule for finding in check("a\0b", TABLES, NAMES)] == ["NB001"]


def test_a_change_to_the_users_table_is_a_note_and_not_an_objection() -> None:
    (note,) = check('homes["x"] = 1', TABLES, NAMES)
    assert (note.rule, note.fatal, note.evidence) == ("NB204", False, "homes")


def test_a_label_written_in_another_way_than_a_literal_silences_its_table() -> None:
    stamp = table("stamped", {"a": "float"}).columns[0]
    broken = type(stamp)("2020", "Timestamp('2020-01-01')", "float")
    odd = table("stamped", {"a": "float"})
    odd = type(odd)("stamped", 3, (*odd.columns, broken), width=2)
    assert check('stamped["b"]', [odd], ["stamped"]) == ()


def test_an_alias_nobody_imported_is_an_unknown_name() -> None:
    assert [f.rule for f in check("plt.show()", TABLES, ["homes"])] == ["NB201"]
