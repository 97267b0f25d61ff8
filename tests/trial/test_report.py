"""A report survives its journey, and nothing that is no report is taken for one."""

from __future__ import annotations

import contextlib
import json
import secrets
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcodegen.trial.report import MAX_TEXT, MAX_WORD, TOKEN, Forged, pack, unpack
from nbcodegen.values import Failure, Report, Shown

TOKEN_OF_ONE = secrets.token_bytes(TOKEN)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + struct.pack("!II", 40, 30) + b"\x00" * 20
WHOLE = Report(
    failure=Failure("KeyError", "'x'", 2),
    shown=Shown("a\nb", 3, 2, ("a", "b"), (("1", "2"), ("3", "4"))),
    charts=("bar",),
    marks=3,
    picture=PICTURE,
    digest="abc",
    doubts=("empty",),
    changed=("homes",),
    printed="hello",
    warnings=("careful",),
    seconds=0.25,
)


def packed(said: object, picture: bytes = b"") -> bytes:
    text = json.dumps(said).encode()
    return TOKEN_OF_ONE + struct.pack("!I", len(text)) + text + picture


def test_a_report_comes_back_as_it_was():
    assert unpack(pack(WHOLE, TOKEN_OF_ONE), TOKEN_OF_ONE) == WHOLE


def test_a_report_with_another_trial_s_token_is_refused():
    with pytest.raises(Forged):
        unpack(pack(WHOLE, secrets.token_bytes(TOKEN)), TOKEN_OF_ONE)


@pytest.mark.parametrize(
    "said",
    [[], "x", None, 3, {"marks": "3"}, {"marks": -1}, {"marks": 1e400}, {"seconds": True},
     {"charts": "bar"}, {"charts": [1]}, {"shown": []}, {"shown": {"head": "x"}},
     {"shown": {"head": ["x"]}}, {"failure": 1}, {"printed": 1}],
)  # fmt: skip
def test_a_report_of_the_wrong_shape_is_refused(said):
    with pytest.raises(Forged):
        unpack(packed(said), TOKEN_OF_ONE)


HUGE = PICTURE[:16] + struct.pack("!II", 60_000, 60_000) + b"\0" * 20


@pytest.mark.parametrize("picture", [b"<svg onload=alert(1)>", b"GIF89a", PICTURE[:20], HUGE])
def test_a_picture_that_is_no_small_png_is_refused(picture):
    with pytest.raises(Forged):
        unpack(packed({}, picture), TOKEN_OF_ONE)


def test_texts_are_cut_and_lose_what_cannot_be_seen():
    said = {"printed": "a\x1b[31mb\u202ec" + "x" * 100_000, "warnings": ["\ud800" + "y" * 5_000]}
    report = unpack(packed(said), TOKEN_OF_ONE)
    assert report.printed.startswith("a[31mbc")
    assert len(report.printed) <= MAX_TEXT and len(report.warnings[0]) <= MAX_WORD
    report.warnings[0].encode()


def test_a_doubt_that_nobody_knows_is_dropped():
    assert unpack(packed({"doubts": ["empty", "<b>"]}), TOKEN_OF_ONE).doubts == ("empty",)


@given(st.binary(max_size=400))
def test_bytes_are_a_report_or_refused_and_nothing_else(raw):
    for said in (raw, TOKEN_OF_ONE + raw):
        with contextlib.suppress(Forged):
            assert isinstance(unpack(said, TOKEN_OF_ONE), Report)


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["failure", "shown", "head", "charts", "marks", "text", "kind", "line"]
            ),
            inside,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(anything)
def test_any_json_is_a_report_or_refused_and_nothing_else(said):
    with contextlib.suppress(Forged):
        assert isinstance(unpack(packed(said), TOKEN_OF_ONE), Report)
