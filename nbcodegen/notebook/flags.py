"""A magic's line -> its options and the request, word for word.

The line is not split as a shell would: a request holds apostrophes, quotes and numbers like -1.
Options come first; the first word that is no option begins the request, and `--` ends options.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping

from nbcodegen.errors import UnknownName
from nbcodegen.settings import nearest

_WORD = re.compile(r"\s*(\S+)")
_OPTION = re.compile(r"--[A-Za-z][\w-]*$|-[A-Za-z]$")
_LATE = re.compile(r"(?:^|\s)(--[a-z][\w-]*)(?![^\s=])")


def split_flags(parser: argparse.ArgumentParser, line: str) -> tuple[Mapping[str, object], str]:
    """Return the options that were given, by name, and the rest of the line."""
    known = parser._option_string_actions
    words: list[str] = []
    at = 0
    while found := _WORD.match(line, at):
        word, equals, value = found.group(1).partition("=")
        if word == "--":
            return _parsed(parser, words), line[found.end() :].strip()
        if not _OPTION.match(word):
            break
        if word not in known:
            raise UnknownName(f"There is no option {word}{nearest(word, _long(parser))}")
        at = found.end()
        words.append(word)
        if known[word].nargs != 0:
            at, value = (at, value) if equals else _value(line, at, word)
            words[-1] = f"{_longest(known[word])}={value}"
        elif equals:
            raise UnknownName(f"{word} takes no value, but was given {value!r}")
    request = line[at:].strip()
    _refuse_late_options(request, parser)
    return _parsed(parser, words), request


def _value(line: str, at: int, option: str) -> tuple[int, str]:
    found = _WORD.match(line, at)
    if found is None:
        raise UnknownName(f"{option} needs a value after it")
    return found.end(), found.group(1)


def _parsed(parser: argparse.ArgumentParser, words: list[str]) -> Mapping[str, object]:
    return {
        name: value for name, value in vars(parser.parse_args(words)).items() if value is not None
    }


def _refuse_late_options(request: str, parser: argparse.ArgumentParser) -> None:
    """An option after the request would silently become words of it."""
    late = [word for word in _LATE.findall(request) if word in parser._option_string_actions]
    if late:
        raise UnknownName(
            f"Options go before the request: %%generate {late[0]} ... "
            "(where these are words of the request, begin it with --)"
        )


def _long(parser: argparse.ArgumentParser) -> list[str]:
    return [word for word in parser._option_string_actions if word.startswith("--")]


def _longest(action: argparse.Action) -> str:
    return max(action.option_strings, key=len)
