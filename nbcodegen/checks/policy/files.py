"""Code -> findings: files, databases and addresses that it reads or writes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nbcodegen.checks.origins import Origins, attribute
from nbcodegen.checks.policy.permission import asked_to_write, is_named
from nbcodegen.checks.reading import Reading, line_of
from nbcodegen.checks.texts import texts
from nbcodegen.values import Finding

READERS = {
    "pandas": r"read_\w+|ExcelFile",
    "numpy": "load|loadtxt|genfromtxt|fromfile|fromregex|DataSource",
    "matplotlib": "imread",
    "seaborn": "load_dataset",
    "scipy": "loadmat|readsav|mmread|loadarff|netcdf_file",
    "sklearn": r"fetch_\w+|load_files|load_svmlight_files?",
    "statsmodels": "get_rdataset|webuse",
    "geopandas": r"read_\w+",
    "polars": r"(read|scan)_\w+",
    "pyarrow": r"(read|open)_\w+|memory_map|OSFile|input_stream",
    "duckdb": r"read_\w+|from_(csv_auto|parquet)",
    "codecs": "open",
    "io": "open|open_code|FileIO",
    "builtins": "open",
}
WRITERS = {
    "pandas": "ExcelWriter|HDFStore",
    "numpy": "save|savez|savez_compressed|savetxt|memmap|open_memmap",
    "matplotlib": "imsave|PdfPages",
    "scipy": "savemat|mmwrite",
    "pyarrow": r"write_\w+|output_stream",
    "plotly": r"write_\w+",
    "logging": "FileHandler",
}
"""Functions of modules, by where they come from."""
ALWAYS_WRITES = re.compile(
    r"to_(pickle|excel|feather|hdf|stata|sql|gbq|clipboard|iceberg|file)|tofile|savefig"
    r"|write_(parquet|excel|ipc|avro|database|delta|iceberg|html|image)"
    r"|sink_(csv|parquet|ipc|ndjson)"
)
WRITES_WHERE_TOLD = re.compile(
    r"to_(csv|json|html|string|latex|markdown|xml|parquet|orc)|write_(csv|json|ndjson)"
)
"""Methods of whatever it may be; the latter return text where they are given no place."""
PLACES = frozenset(
    """path_or_buf path_or_buffer filepath_or_buffer path buf io file file_name fname filename
    source excel_writer""".split()
)
SHOWN = 60
IN_MEMORY = frozenset({"io.StringIO", "io.BytesIO"})


@dataclass(frozen=True, slots=True)
class FileUse:
    """One place where the code reads or writes outside."""

    node: ast.expr
    name: str
    """What does it, as the code last names it: `to_csv`."""
    writes: bool
    place: ast.expr | None = None
    """The file, as the code gives it."""


def files(reading: Reading) -> Iterator[Finding]:
    """NB105: reads and writes nothing outside the tables, unless the request asks for it.

    Bad:    homes.to_csv("homes.csv")
    Bad:    pd.read_csv("other.csv")
    Good:   homes.to_csv()
    Noted:  homes.to_csv("homes.csv")      # for "save it to homes.csv"
    """
    for use in file_uses(reading.tree, reading.origins):
        shown = repr(use.place.value)[:SHOWN] if isinstance(use.place, ast.Constant) else "a file"
        message = f"{'writes' if use.writes else 'reads'} {shown} with {use.name}()"
        fatal = not _asked_for(use, reading)
        yield Finding("NB105", message, line_of(use.node), use.name, fatal=fatal)


def unwritten(reading: Reading) -> Iterator[Finding]:
    """NB107: tell, without objecting, that a file was asked for and the code writes none.

    Noted:  homes.head()      # for "first rows, saved to top.csv"
    """
    wanted = bool(reading.request) and asked_to_write(reading.request)
    if wanted and not any(use.writes for use in file_uses(reading.tree, reading.origins)):
        message = "the request asks for a file, and the code writes none: add `.to_csv(...)`"
        yield Finding("NB107", message, 1, fatal=False)


def file_uses(tree: ast.Module, origins: Origins) -> Iterator[FileUse]:
    """List what reads or writes, calls and functions handed on, those in memory left out."""
    calls = {node.func: node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            use = _use(node, calls.get(node), origins)
            if use is not None and not _in_memory(use.place, origins):
                yield use


def _use(func: ast.expr, call: ast.Call | None, origins: Origins) -> FileUse | None:
    source = origins.dotted(func)
    name = attribute(func)[1] or source.rpartition(".")[2]
    place = _place(call) if call is not None else None
    told = WRITES_WHERE_TOLD.fullmatch(name) and place is not None
    method = call is not None and (told or ALWAYS_WRITES.fullmatch(name))
    if method or _is_one_of(WRITERS, source):
        return FileUse(call or func, name, True, place)
    if _is_one_of(READERS, source):
        return FileUse(call or func, name, name == "open" and _opens_to_write(call), place)
    return None


def _is_one_of(functions: Mapping[str, str], dotted: str) -> bool:
    module, _, name = dotted.partition(".")
    pattern = functions.get(module, "")
    return bool(name and pattern and re.fullmatch(pattern, name.rpartition(".")[2]))


def _place(call: ast.Call) -> ast.expr | None:
    """What a call is given first, or by a keyword for files; None where that is `None`."""
    named = [word.value for word in call.keywords if word.arg in PLACES]
    place = next(iter([*call.args, *named]), None)
    return None if isinstance(place, ast.Constant) and place.value is None else place


def _opens_to_write(call: ast.Call | None) -> bool:
    if call is None:
        return True
    given = [word.value for word in call.keywords if word.arg == "mode"]
    mode = next(iter([*call.args[1:2], *given]), None)
    if mode is None:
        return False
    return not (isinstance(mode, ast.Constant) and set(str(mode.value)) <= set("rbtU"))


def _in_memory(place: ast.expr | None, origins: Origins) -> bool:
    made = origins.held.get(place.id, ()) if isinstance(place, ast.Name) else (place,)
    sources = [origins.dotted(each.func) if isinstance(each, ast.Call) else "" for each in made]
    return bool(sources) and IN_MEMORY.issuperset(sources)


def _asked_for(use: FileUse, reading: Reading) -> bool:
    places = texts(use.place, reading.origins.held) if use.place is not None else ()
    named = bool(places) and all(is_named(place, reading.request) for place in places)
    if use.writes and asked_to_write(reading.request):
        return named or not any("://" in place for place in places)
    return named and not use.writes
