"""Bytes that claim to be a trial's report: read as a small report, or refused."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbcodegen.trial.report import Forged, pack, unpack
from nbcodegen.values import Failure, Report, Shown

TOKEN = bytes(range(32))
FIELDS = (
    "failure", "shown", "charts", "marks", "picture", "digest", "doubts", "changed", "rebound",
    "printed", "warnings", "seconds", "rows", "of_rows", "text", "columns", "labels", "head",
    "kind", "message", "line",
)  # fmt: skip
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(FIELDS) | st.text(), inner),
)
HONEST = Report(
    failure=Failure("KeyError", "'rooms'", 3),
    shown=Shown("a\nb", 2, 1, ("a",), (("1",), ("2",))),
    charts=("bar",),
    doubts=("constant",),
    printed="text",
    seconds=0.5,
)


def sent(said, picture=b"", token=TOKEN):
    text = said if isinstance(said, bytes) else json.dumps(said).encode()
    return token + struct.pack("!I", len(text)) + text + picture


def read(raw):
    """Read, and hold what is promised of a report that was not refused."""
    try:
        report = unpack(raw, TOKEN)
    except Forged:
        return None
    assert len(repr(report)) < 5_000_000
    for text in (report.printed, report.shown.text if report.shown else ""):
        assert len(text) <= 20_000
        text.encode()
        assert not {"\x00", "\x1b", "\u202e"} & set(text)
    return report


def test_an_honest_report_arrives_as_it_was():
    assert read(pack(HONEST, TOKEN)) == HONEST


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    read(raw)
    read(TOKEN + raw)
    read(TOKEN + struct.pack("!I", len(raw)) + raw)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES))
def test_any_fields_are_read_or_refused(said):
    read(sent(said))
    read(sent({"shown": said, "failure": said}))


@given(st.integers(0, 300), st.integers(0, 255))
def test_a_report_with_a_byte_changed_is_read_or_refused(place, byte):
    raw = bytearray(pack(HONEST, TOKEN))
    raw[place % len(raw)] = byte
    read(bytes(raw))


@pytest.mark.parametrize("length", [0, 1, 32, 36, 40, 100])
def test_a_report_that_was_cut_is_refused(length):
    assert read(pack(HONEST, TOKEN)[:length]) is None


def test_a_report_with_the_token_of_another_trial_is_refused():
    assert read(sent({}, token=bytes(32))) is None
    assert read(b"") is None


@pytest.mark.parametrize(
    "said",
    [
        b"[" * 1_000_000,
        b'{"a":' * 300_000,
        b'{"seconds": ' + b"9" * 1_900_000 + b"}",
        b'{"marks": 1e999}',
        b'{"marks": -1}',
        b'{"marks": true}',
        b'{"seconds": NaN}',
        b'{"printed": 1}',
        b'{"warnings": "text"}',
        b'{"warnings": [["text"]]}',
        b'{"shown": []}',
        b'{"shown": {"text": null}}',
        b'{"shown": {"head": ["text"]}}',
        b'{"failure": "text"}',
        b'{"printed": "\xff"}',
        b"[]",
        b"null",
        b"",
    ],
    ids=lambda said: said[:24].decode("latin-1"),
)
def test_what_is_not_a_report_is_refused(said):
    assert read(sent(said)) is None


@pytest.mark.parametrize(
    "picture",
    [
        b"<svg/>",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1 << 20, 1 << 20) + bytes(20),
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1, 2001) + bytes(20),
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"acTL", 1, 1) + bytes(20),
        b"GIF89a" + bytes(100),
    ],
)
def test_a_picture_that_is_no_small_png_is_refused(picture):
    assert read(sent({}, picture)) is None
