"""Results as text and as HTML: all there, escaped, readable in light and dark."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from nbcodegen.checks.verify import verify
from nbcodegen.notebook.display import Code, Lines, Result, explained
from nbcodegen.values import (
    Answer,
    Candidate,
    ColumnSchema,
    Finding,
    RejectedCandidate,
    TableSchema,
)

TABLE = TableSchema("df", 2, (ColumnSchema("x", "'x'", "integer"),), width=1)
ANSWER = Answer('df["x"].mean()', "Mean of x", ("df",), ("x",), "embedded", 0.214)
REJECTED = RejectedCandidate(
    Candidate("df['z']", 1), (Finding("NB201", "table 'df' has no column 'z'", 1, nearest="'x'"),)
)


def verified(code, words=""):
    return verify(Candidate(code, 1, words=words), (TABLE,), {"df"})


def test_the_plain_result_is_three_lines():
    result = Result(ANSWER, "inserted in the cell below", untried="trials are off")
    assert repr(result).splitlines() == [
        "Mean of x",
        "df: x · 0.21 s · embedded · inserted in the cell below",
        "checked: it parses, and its names and columns exist; not tried (trials are off)",
    ]


def test_notes_and_dropped_candidates_are_told():
    note = Finding("NB120", "renamed x to x_2", 1, fatal=False)
    text = repr(Result(replace(ANSWER, notes=(note,), rejected=(REJECTED,)), "here"))
    assert "1 of 2 candidates dropped" in text
    assert "note: NB120 line 1: renamed x to x_2" in text
    assert "NB201" not in text


def test_explaining_shows_the_other_candidates_and_why_some_were_dropped():
    answer = replace(ANSWER, others=(verified('df["x"].sum()', "Sum"),), rejected=(REJECTED,))
    text = repr(Result(answer, "here", explain=True))
    assert 'candidate 2: Sum\n    df["x"].sum()' in text
    assert "dropped: NB201 line 1: table 'df' has no column 'z' (nearest: 'x')" in text
    html = Result(answer, "here", explain=True)._repr_html_()
    assert "<details open>" in html and "candidate 2: Sum" in html
    assert "<details>" in Result(answer, "here")._repr_html_()


def test_everything_from_data_or_model_is_escaped():
    evil = "<script>alert('&')</script>"
    finding = Finding("NB1", evil, 1, nearest=evil)
    answer = Answer(
        evil, evil, (evil,), (evil,), evil, 0.1, (finding,),
        (verified('df["x"]  # ' + evil, evil),),
        (RejectedCandidate(Candidate(evil, 0), (finding,)),),
    )  # fmt: skip
    html = Result(answer, evil, explain=True)._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    tags = set(re.findall(r"</?(\w+)", html))
    assert tags == {"div", "br", "details", "summary", "pre"}


def test_colours_follow_the_theme_and_have_somewhere_to_fall_back():
    html = Result(ANSWER, "here")._repr_html_()
    assert "--jp-ui-font-color1" in html
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(|var\(--[\w-]+\)", html)


@pytest.mark.parametrize("code", ["x = 1", "x = '```'", "x = '````'\ny"])
def test_code_as_markdown_stays_inside_its_fence(code):
    lines = Code(code)._repr_markdown_().rstrip().splitlines()
    assert lines[0].endswith("python") and lines[-1] == lines[0].removesuffix("python")
    assert lines[-1] not in code
    assert "\n".join(lines[1:-1]) == code


def test_code_and_reports_are_plain_in_a_terminal():
    assert repr(Code("x = 1")) == "x = 1"
    assert repr(Lines("model embedded")) == "model embedded"


def test_explained_code_begins_with_the_account_as_a_comment():
    answer = replace(ANSWER, words="Mean of x " * 12 + "\nand y")
    lines = explained(answer).splitlines()
    assert lines[-1] == ANSWER.code
    assert all(line.startswith("# ") and len(line) <= 88 for line in lines[:-1])


def test_code_without_an_account_is_left_as_it_is():
    assert explained(replace(ANSWER, words="")) == ANSWER.code
