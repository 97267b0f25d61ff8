"""Options and request on one line; the request is kept word for word."""

from __future__ import annotations

import pytest

from nbcodegen.errors import UnknownName
from nbcodegen.notebook.flags import split_flags
from nbcodegen.notebook.magic import NBCodegen

PARSER = NBCodegen.generate.parser


@pytest.mark.parametrize(
    ("line", "flags", "request_"),
    [
        ("mean of x", {}, "mean of x"),
        ("", {}, ""),
        ("-n 5 mean", {"candidates": "5"}, "mean"),
        ("--candidates=5   mean  of x", {"candidates": "5"}, "mean  of x"),
        ("-t a -t b,c mean", {"tables": ["a", "b,c"]}, "mean"),
        ("--run --explain --into out top 5", {"run": True, "explain": True, "into": "out"},
         "top 5"),
        ("--seed -1 mean", {"seed": "-1"}, "mean"),
        ("-m=embedded --privacy names mean", {"model": "embedded", "privacy": "names"}, "mean"),
        ("-1 is missing, don't \"count it", {}, "-1 is missing, don't \"count it"),
        ("-sales by month", {}, "-sales by month"),
        ("- a list", {}, "- a list"),
        ("--run -- --explain is a word", {"run": True}, "--explain is a word"),
        ("-- -n 5", {}, "-n 5"),
        ("it's --unknown-here", {}, "it's --unknown-here"),
    ],
)  # fmt: skip
def test_options_come_off_the_front_and_the_rest_stays(line, flags, request_):
    assert split_flags(PARSER, line) == (flags, request_)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--candidate 5 mean", "There is no option --candidate; did you mean '--candidates'?"),
        ("--table homes mean", "There is no option --table; did you mean '--tables'?"),
        ("--into", "--into needs a value after it"),
        ("--run=yes mean", "--run takes no value, but was given 'yes'"),
        ("-x mean", "There is no option -x; there are --candidates, --explain, --into, --model, "
         "--no-preview, --privacy, --run, --seed, --tables, --tests, --trial"),
        ("mean of x --run", "Options go before the request: %%generate --run ... "
         "(where these are words of the request, begin it with --)"),
    ],
)  # fmt: skip
def test_a_mistaken_option_says_what_to_write(line, said):
    with pytest.raises(UnknownName) as error:
        split_flags(PARSER, line)
    assert str(error.value) == said
