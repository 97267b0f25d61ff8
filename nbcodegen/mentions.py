"""Request + schemas -> the values a request mentions: numbers, dates, quoted texts, cell texts.

What is found here is all the literals that a plan can use; each is quoted once, as Python source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nbcodegen.linking import STOPWORDS, Word, match_label, plain, stem, words_of
from nbcodegen.meanings import meant
from nbcodegen.values import ColumnSchema, Item, Kind, TableSchema

MAX_VALUES = 24
MAX_NGRAM = 6

_NUMBER_WORDS = {
    name: value
    for value, names in enumerate(
        """zero|cero one|uno two|dos three|tres four|cuatro five|cinco six|seis seven|siete
        eight|ocho nine|nueve ten|diez eleven|once twelve|doce|dozen|docena thirteen|trece
        fourteen|catorce fifteen|quince sixteen|dieciseis seventeen|diecisiete
        eighteen|dieciocho nineteen|diecinueve twenty|veinte""".split()
    )
    for name in names.split("|")
} | {
    "thirty": 30, "treinta": 30, "forty": 40, "cuarenta": 40, "fifty": 50, "cincuenta": 50,
    "sixty": 60, "sesenta": 60, "seventy": 70, "setenta": 70, "eighty": 80, "ochenta": 80,
    "ninety": 90, "noventa": 90, "hundred": 100, "cien": 100, "thousand": 1000, "mil": 1000,
    "thousands": 1000, "millions": 10**6, "millones": 10**6,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        """january|jan|enero february|feb|febrero march|mar|marzo april|apr|abril may|mayo
        june|jun|junio july|jul|julio august|aug|agosto september|sep|sept|septiembre
        october|oct|octubre november|nov|noviembre december|dec|diciembre""".split(),
        start=1,
    )
    for name in names.split("|")
}
_DAYS = {
    name: names.split("|")[0].capitalize()
    for names in """monday|lunes tuesday|martes wednesday|miercoles thursday|jueves
    friday|viernes saturday|sabado sunday|domingo""".split()
    for name in names.split("|")
}
_COLORS = {
    name: names.split("|")[0]
    for names in """red|rojo|roja blue|azul green|verde orange|naranja purple|morado|violeta
    black|negro gray|gris|grey pink|rosa brown|marron yellow|amarillo teal crimson navy""".split()
    for name in names.split("|")
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_QUOTED = re.compile(r"(?<!\w)(['\"`])(.+?)\1(?!\w)|[“«‘](.+?)[”»’]")
_DATE = re.compile(
    rf"""(?P<iso>\b\d{{4}}-\d{{1,2}}(?:-\d{{1,2}})?(?:[ T]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\b)
    |(?P<slash>\b\d{{1,4}}/\d{{1,2}}/\d{{2,4}}\b)
    |\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:de\ |of\ )?(?P<m1>{_MONTH})
        \.?,?(?:\ del?)?\ (?P<y1>\d{{4}})\b
    |\b(?P<m2>{_MONTH})\.?\ (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\ (?P<y2>\d{{4}})\b
    |\b(?P<m3>{_MONTH})\.?,?(?:\ del?|\ of)?\ (?P<y3>\d{{4}})\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(
    r"(?<![\w.])(?P<sign>-)?[$€£]?(?P<body>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>\s?(?:k|m|mil|million|millions|millon|millones|thousand|hundred)\b)?(?:\s?[%€])?"
    r"(?![\w]|\.\d)",
    re.IGNORECASE,
)
_SCALE = {"k": 10**3, "mil": 10**3, "thousand": 10**3, "hundred": 100, "m": 10**6}
_NAMED = re.compile(
    r"\b(?:called|named|name it|call it|labell?ed|as|to|into|titled|llamad[oa]|llamal[oa]|"
    r"nombre|como|titulad[oa]|(?:columna|column)(?!\s+(?:called|named|llamad|nombre|titul)))"
    r"\s+([A-Za-z_]\w*)",
    re.IGNORECASE,
)
_RENAMES = re.compile(r"\b(?:renam|renombr|cambia)", re.IGNORECASE)
_RENAMED = re.compile(r"(?:[-=]>|\ba|\bpor)\s+([A-Za-z_]\w*)", re.IGNORECASE)
_LABELS = frozenset(["name", "names", "number", "count"])
"""Small words that columns are often called."""
_AFFIX = re.compile(
    r"\b(?:start\w*|begin\w*|end\w*|contain\w*|includ\w*|letters?|empiez\w*|empiec\w*|comienc\w*|"
    r"comienz\w*|termin\w*|contien\w*|contengan?|inclu\w*|letras?|substring|word|palabra)\s+"
    r"(?:with\s+|in\s+|by\s+|con\s+|en\s+|por\s+|the\s+|la\s+|letter\s+|letra\s+|word\s+)*([\w-]+)",
    re.IGNORECASE,
)


class _Found:
    """Items in the order of the request, each literal once."""

    def __init__(self) -> None:
        self.items: list[tuple[int, Item]] = []
        self._seen: set[tuple[str, int, int]] = set()

    def add(
        self, at: int, text: str, source: str, kind: Kind, place: tuple[int, ColumnSchema] | None
    ) -> None:
        table, column = place if place else (-1, None)
        key = (source, table, column.position if column else -2)
        if key in self._seen or not text.strip():
            return
        self._seen.add(key)
        one_line = " ".join(text.split())[:60]
        self.items.append((at, Item("value", one_line, source, kind, table, column)))

    def covered(self) -> set[int]:
        """Places of the request that some item was read from."""
        return {at for start, item in self.items for at in range(start, start + len(item.text))}


def find(request: str, tables: Sequence[TableSchema], previous: str = "") -> tuple[Item, ...]:
    """Return the values that a request mentions, in its order, at most `MAX_VALUES`.

    `previous` is the code that a follow-up builds on: its literals can be pointed at too.
    """
    found = _Found()
    words = words_of(request)
    taken = _quoted(request, tables, found)
    _cells(request, words, tables, found)
    _meant(request, words, tables, found)
    dated = _dates(request, found)
    _numbers(request, dated + taken, found)
    _number_words(words, found)
    _names(request, words, tables, found)
    items = [item for _, item in sorted(found.items, key=lambda pair: pair[0])]
    return tuple((items + list(_literals(previous, items)))[:MAX_VALUES])


def _quoted(request: str, tables: Sequence[TableSchema], found: _Found) -> list[tuple[int, int]]:
    labels = {column.label for table in tables for column in table.columns}
    spans = []
    for hit in _QUOTED.finditer(request):
        text = hit.group(2) or hit.group(3)
        spans.append(hit.span())
        if hit.group(1) == "`" and text in labels:
            continue
        found.add(hit.start(), text, repr(text), "string", None)
    return spans


def _cells(
    request: str, words: Sequence[Word], tables: Sequence[TableSchema], found: _Found
) -> None:
    """Match runs of words against cell texts; longer runs first, and they win their words."""
    stems = [word.stem for word in words]
    runs: dict[str, list[tuple[int, int]]] = {}
    for size in range(1, MAX_NGRAM + 1):
        for start in range(len(words) - size + 1):
            runs.setdefault(" ".join(stems[start : start + size]), []).append((start, size))
    heads = {run[:2] for run in runs}
    hits = [
        (size, start, text, table, column)
        for table, column, text in _texts(tables)
        if plain(text[:2]) in heads
        for start, size in runs.get(" ".join(word.stem for word in words_of(text)), ())
    ]
    covered: dict[int, int] = {}
    for size, start, text, table, column in sorted(hits, key=lambda hit: -hit[0]):
        if any(covered.get(at, size) > size for at in range(start, start + size)):
            continue
        run = request[words[start].start : words[start + size - 1].end]
        if _believable(run, text, start, words):
            covered.update(dict.fromkeys(range(start, start + size), size))
            found.add(words[start].start, text, repr(text), "string", (table, column))


def _meant(
    request: str, words: Sequence[Word], tables: Sequence[TableSchema], found: _Found
) -> None:
    """Cells that the request means by another word, where no cell says that very word."""
    covered = found.covered()
    for place, size, table, column, text in meant(words, tables):
        start, end = words[place].start, words[place + size - 1].end
        if start not in covered:
            found.add(start, request[start:end], repr(text), "string", (table, column))


def _texts(tables: Sequence[TableSchema]) -> Iterator[tuple[int, ColumnSchema, str]]:
    for number, table in enumerate(tables):
        for column in (*table.columns, *table.index):
            for text in column.values:
                yield number, column, text


def _believable(run: str, text: str, start: int, words: Sequence[Word]) -> bool:
    """Short and common words are cell texts only when written like one."""
    if len(text) <= 2 or stem(text) in STOPWORDS or plain(text) in STOPWORDS:
        quoted = start > 0 and words[start - 1].text in "'\"“«‘`"
        return run == text and (quoted or (text[:1].isupper() and start > 0))
    return True


def _dates(request: str, found: _Found) -> list[tuple[int, int]]:
    spans = []
    for hit in _DATE.finditer(request):
        source = _date_source(hit)
        if source:
            found.add(hit.start(), hit.group(), repr(source), "datetime", None)
            spans.append(hit.span())
    return spans


def _date_source(hit: re.Match[str]) -> str:
    if hit["iso"]:
        return hit["iso"]
    if hit["slash"]:
        return hit["slash"]
    for month, day, year in (("m1", "d1", "y1"), ("m2", "d2", "y2")):
        if hit[month]:
            return f"{hit[year]}-{_MONTHS[plain(hit[month])]:02d}-{int(hit[day]):02d}"
    return f"{hit['y3']}-{_MONTHS[plain(hit['m3'])]:02d}"


def _numbers(request: str, taken: Sequence[tuple[int, int]], found: _Found) -> None:
    for hit in _NUMBER.finditer(request):
        if any(start <= hit.start() < end for start, end in taken):
            continue
        body = hit["body"].replace(",", "")
        value: float = float(body) if "." in body else int(body)
        scale = (hit["scale"] or "").strip().lower()
        if scale:
            value = value * _SCALE.get(scale, 10**6)
        if isinstance(value, float) and value.is_integer() and scale:
            value = int(value)
        # A dash before a number is a minus sign only where no word or digit ends.
        negative = hit["sign"] and not request[: hit.start()].rstrip(" ").endswith(
            tuple("0123456789")
        )
        source = f"-{value}" if negative else repr(value)
        kind: Kind = "float" if isinstance(value, float) else "integer"
        found.add(hit.start(), hit.group().strip(), source, kind, None)


def _number_words(words: Sequence[Word], found: _Found) -> None:
    for word in words:
        text = plain(word.text)
        if text in _NUMBER_WORDS:
            found.add(word.start, word.text, repr(_NUMBER_WORDS[text]), "integer", None)
        elif text in _MONTHS and (text != "may" or word.text == "May") and text != "mar":
            found.add(word.start, word.text, repr(_MONTHS[text]), "integer", None)
        elif (day := _DAYS.get(text) or _DAYS.get(text.rstrip("s"))) is not None:
            found.add(word.start, word.text, repr(day), "string", None)
        elif text in _COLORS:
            found.add(word.start, word.text, repr(_COLORS[text]), "string", None)


def _names(
    request: str, words: Sequence[Word], tables: Sequence[TableSchema], found: _Found
) -> None:
    """New names, affixes, and capitalised runs that no cell holds: free text to point at."""
    renames = (_RENAMED,) if _RENAMES.search(request) else ()
    for pattern in (_NAMED, _AFFIX, *renames):
        for hit in pattern.finditer(request):
            text = hit.group(1)
            named = renames and plain(text) in _LABELS
            if named or plain(text) not in STOPWORDS or len(text) == 1:
                found.add(hit.start(1), text, repr(text), "string", None)
    labels = [column.label for table in tables for column in table.columns]
    covered = found.covered()
    for start, end in _capitalised(words):
        run = request[words[start].start : words[end].end]
        if words[start].start in covered or any(
            match_label(label, words[start : end + 1])[0] >= 2 for label in labels
        ):
            continue
        found.add(words[start].start, run, repr(run), "string", None)
    for word in words:
        if "_" in request[word.end : word.end + 1] and word.start not in covered:
            name = re.match(r"\w+", request[word.start :])
            if name and name.group() not in labels:
                found.add(word.start, name.group(), repr(name.group()), "string", None)


def _capitalised(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    start = None
    for place, word in enumerate(words):
        proper = word.text[:1].isupper() and (place > 0 and words[place - 1].text not in ".?!")
        if proper and start is None:
            start = place
        elif not proper and start is not None:
            yield start, place - 1
            start = None
    if start is not None:
        yield start, len(words) - 1


def _literals(code: str, known: Sequence[Item]) -> Iterator[Item]:
    """Literals of a previous cell that the request does not repeat."""
    import ast

    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    seen = {item.source for item in known}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float, str)):
            if isinstance(node.value, bool) or repr(node.value) in seen:
                continue
            seen.add(repr(node.value))
            kind: Kind = "string" if isinstance(node.value, str) else "float"
            kind = "integer" if isinstance(node.value, int) else kind
            yield Item("value", str(node.value)[:60], repr(node.value), kind)
