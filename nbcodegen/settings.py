"""Choices of the user -> Settings. Later wins: defaults < config < environment < session < flags.

Config is traitlets' (`c.NBCodegen.candidates = 5`), environment is `NBCODEGEN_CANDIDATES=5`,
session is what `%nbcodegen model NAME` chose, flags are the magic's (`--candidates 5`).
Every value goes through the same reader, so a mistake reads the same wherever it was made.
"""

from __future__ import annotations

import difflib
import keyword
import typing
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields

from nbcodegen.errors import UnknownName
from nbcodegen.values import Decoding, Privacy, Quantize, TrialMode

PREFIX = "NBCODEGEN_"
FLAG_ONLY = frozenset({"run", "into"})
"""Settings of one request: code is never run because of something set long ago."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one request is served."""

    model: str = "embedded"
    candidates: int = 4
    """More: a better chance that one passes the checks, and more waiting."""
    privacy: Privacy | None = None
    """None: `samples` for a model of this machine's own process, `names` for a server."""
    trial: TrialMode = "auto"
    """Whether candidates are run on a copy of the tables before they are shown."""
    preview: bool = True
    """Whether the output shows a small chart or the first rows of what the trial gave."""
    seed: int = 0
    quantize: Quantize = "auto"
    """A large model of this machine: in 4 bits (`nf4`), never (`none`), or as there is room."""
    decoding: Decoding = Decoding()  # noqa: RUF009 - it is frozen
    """How such a model writes: `temperature=0.2, beams=4`."""
    tables: tuple[str, ...] = ()
    """Only these tables; empty for all."""
    explain: bool = False
    run: bool = False
    into: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Settings, and for each one that is not a default the source that won."""

    settings: Settings
    sources: tuple[tuple[str, str], ...] = ()


NAMES = tuple(field.name for field in fields(Settings))


def choose(
    config: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    session: Mapping[str, object] | None = None,
    flags: Mapping[str, object] | None = None,
) -> Chosen:
    """Merge the sources; raises `UnknownName` for a key or a value that means nothing.

    >>> choose({"candidates": 5}, {"NBCODEGEN_CANDIDATES": "7"}).settings.candidates
    7
    """
    layers = (
        ("c.NBCodegen.{}", _lasting(config or {}, "c.NBCodegen.{}")),
        (PREFIX + "{}", _lasting(_from_environment(environment or {}), PREFIX + "{}")),
        ("%nbcodegen {}", session or {}),
        ("--{}", flags or {}),
    )
    values: dict[str, object] = {}
    sources: dict[str, str] = {}
    for pattern, layer in layers:
        for name, value in layer.items():
            source = _spelled(pattern, name)
            values[name] = read(name, value, source)
            sources[name] = source
    settings = Settings(**values)  # type: ignore[arg-type]
    return Chosen(settings, tuple(sources.items()))


def read(name: str, value: object, source: str) -> object:
    """Read one value of one setting; `source` is how the user spelled where it came from."""
    if name not in NAMES:
        known = [each for each in NAMES if each not in FLAG_ONLY]
        raise UnknownName(f"{source}: there is no setting {name!r}{nearest(name, known)}")
    return _READERS[name](value, source)


def nearest(name: str, known: Collection[str]) -> str:
    """End a message about an unknown name: the closest one, or all there are.

    >>> nearest("candidate", ["candidates", "seed"])
    "; did you mean 'candidates'?"
    """
    close = difflib.get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.5)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; there are {', '.join(sorted(known))}" if known else ""


def _spelled(pattern: str, name: str) -> str:
    return pattern.format(name.upper() if pattern.startswith(PREFIX) else name)


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    """Keep our variables. One that resembles no setting belongs to another part of us."""
    found: dict[str, object] = {}
    for variable, value in environment.items():
        name = variable.removeprefix(PREFIX).lower()
        if not variable.startswith(PREFIX) or value == "":
            continue
        if name in NAMES or difflib.get_close_matches(name, NAMES, n=1, cutoff=0.75):
            found[name] = value
    return found


def _lasting(layer: Mapping[str, object], pattern: str) -> Mapping[str, object]:
    for name in layer:
        if name in FLAG_ONLY:
            raise UnknownName(
                f"{_spelled(pattern, name)}: {name!r} is said for one request at a time: "
                f"%%generate --{name} ..."
            )
    return layer


def _text(value: object, source: str) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise UnknownName(f"{source}: a name is expected, not {value!r}")


def _positive(value: object, source: str) -> int:
    number = _whole(value, source, "a whole number above zero")
    if number < 1:
        raise UnknownName(f"{source}: a whole number above zero is expected, not {value!r}")
    return number


def _seed(value: object, source: str) -> int:
    return _whole(value, source, "a whole number")


def _whole(value: object, source: str, expected: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        return int(str(value).strip())
    except ValueError:
        raise UnknownName(f"{source}: {expected} is expected, not {value!r}") from None


def _privacy(value: object, source: str) -> object:
    grades = typing.get_args(Privacy)
    if value is None or value in grades:
        return value
    raise UnknownName(f"{source}: unknown grade {value!r}{nearest(str(value), grades)}")


def _trial(value: object, source: str) -> object:
    modes = typing.get_args(TrialMode)
    if value in modes:
        return value
    raise UnknownName(f"{source}: unknown mode {value!r}{nearest(str(value), modes)}")


def _quantize(value: object, source: str) -> object:
    ways = typing.get_args(Quantize)
    if value in ways:
        return value
    raise UnknownName(f"{source}: unknown way {value!r}{nearest(str(value), ways)}")


def _decoding(value: object, source: str) -> object:
    """Read `temperature=0.2, beams=4`, or the same as a mapping."""
    if isinstance(value, Decoding):
        return value
    given = value if isinstance(value, Mapping) else _pairs(str(value), source)
    known = {field.name: type(field.default) for field in fields(Decoding)}
    found: dict[str, typing.Any] = {}
    for name, said in given.items():
        where = f"{source} {name}"
        if name not in known:
            raise UnknownName(f"{where}: there is no such option{nearest(str(name), known)}")
        found[name] = _NUMBERS[known[name]](said, where)
    for name, least in _LEAST.items():
        if not found.get(name, least) >= least:  # NaN too is not
            raise UnknownName(f"{source} {name}: {least} or more is expected, not {found[name]}")
    if not found.get("top_p", 1) <= 1:
        raise UnknownName(f"{source} top_p: 1 at most is expected, not {found['top_p']}")
    return Decoding(**found)


def _pairs(text: str, source: str) -> Mapping[str, str]:
    pairs = [part.partition("=") for part in text.replace(",", " ").split()]
    if not all(equals for _, equals, _ in pairs):
        raise UnknownName(f"{source}: options are expected, as in temperature=0.2, not {text!r}")
    return {name: said for name, _, said in pairs}


def _real(value: object, source: str) -> float:
    try:
        return float(str(value))
    except ValueError:
        raise UnknownName(f"{source}: a number is expected, not {value!r}") from None


_ON = ("1", "true", "yes", "on")
_OFF = ("0", "false", "no", "off")


def _switch(value: object, source: str) -> bool:
    if isinstance(value, bool):
        return value
    said = str(value).strip().lower()
    if said in _ON or said in _OFF:
        return said in _ON
    raise UnknownName(f"{source}: true or false is expected, not {value!r}")


def _tables(value: object, source: str) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)) or not all(isinstance(part, str) for part in parts):
        raise UnknownName(f"{source}: names of tables are expected, not {value!r}")
    names = (part.strip().removeprefix("@") for each in parts for part in each.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def _variable(value: object, source: str) -> str:
    name = str(value)
    if name and (not name.isidentifier() or keyword.iskeyword(name)):
        raise UnknownName(f"{source}: the name of a variable is expected, not {value!r}")
    return name


_LEAST = {
    "temperature": 0.01, "top_k": 0, "top_p": 0.01, "repetition_penalty": 0.01, "beams": 1,
    "lookup": 0, "tokens": 1,
}  # fmt: skip
_NUMBERS: Mapping[type, Callable[[object, str], object]] = {
    int: _seed,
    float: _real,
    bool: _switch,
}
_READERS: Mapping[str, Callable[[object, str], object]] = {
    "model": _text,
    "candidates": _positive,
    "privacy": _privacy,
    "trial": _trial,
    "preview": _switch,
    "seed": _seed,
    "quantize": _quantize,
    "decoding": _decoding,
    "tables": _tables,
    "explain": _switch,
    "run": _switch,
    "into": _variable,
}
