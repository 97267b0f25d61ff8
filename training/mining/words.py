"""Markdown, comments and docstrings -> the words that ask for the code after them."""

from __future__ import annotations

import ast
import html
import keyword
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

MOST_CHARACTERS = 6_000
"""Of a text that are read; of a markdown cell from its end, as the request stands last."""
LONGEST_CODE = 300
"""Longer lines of comments are words."""
LAST_LINES = 16
MANY_WORDS = 40
"""Above this a paragraph is cut to the sentence in it that asks."""
SHORT_LIST = 3

_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(.*)$")
_RULE = re.compile(r"^\s*([-*_=]\s*){3,}$")
_TABLE = re.compile(r"^\s*\||^\s*:?-{2,}:?\s*\|")
_RULES = "-*_="
_TABLES = "|:-$\\%"
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)|<img\b[^<>]*>")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,100}\])")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>|<!--[^<>]{0,2000}-->")
_STRONG = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,300}?)(?<=\S)\1(?![\w*])|(?<!\w)(_{1,3})(?=[^\s_])([^_\n]{1,300}?)(?<=\S)\3(?!\w)"
)
_STEP = re.compile(
    r"""^\W{0,3}(?:
      (?:in[- ]class\s+)?(?:step|exercise|ex|task|question|problem|part|section|activity|challenge|
        quiz|exercice|ejercicio|pregunta|paso|tarea|todo|q)\b\.?\s*
        (?:\#?\s*(?:\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?|[ivx]{1,4}|[a-h])\b\s*[-.):–—]*|[-:–—]+)
    |q\d{1,3}[a-z]?\b\s*[-.):–—]*
    |\(?\d{1,2}(?:\.\d{1,2}){1,3}\b\s*[-.):–—]*
    |\(?\d{1,2}\s*(?:[.):\]](?!\d)|[-–—](?=\s*\D))
    |\(?(?:[a-hA-H]|[ivxIVX]{1,4})[.)](?=\s)
    )\s*(?=\S)""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERED = re.compile(r"\d{1,2}\s+(?=[A-Z])")
_LABELS = 3
"""Labels in a row that are taken off: `Part 2. Question 3. a) ...`"""
_FORM = re.compile(r"^@title\s+|\s*\{\s*(?:display-mode|run)\s*:[^{}]{0,200}\}\s*$")
_SECTIONS = (":", "Args", "Arguments", "Parameters", "Returns", "Raises", "---", ">>>", "@")
_PRAGMA = re.compile(
    r"^(?:!|-\*-|vim:|noqa|type:|pylint|flake8|mypy|fmt:|isort|pragma|nbi:|%%|\+|region|endregion|"
    r"in\s?\[[\d ]*\]|out\s?\[[\d ]*\]|copyright|licen[cs]e|spdx|coding[:=]|\W*$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_CALLED = re.compile(
    r"^[\w.]+(?:\[[^\]]{0,80}\])*(?:\.\w+)*\(|^\w+(?:\.\w+|\[.{1,60}\])*\s*[-+*/]?=(?!=)|^[\])}]"
)
_TWO_WORDS = re.compile(r"([^\W\d]\w*) +([^\W\d]\w*)")
_BEFORE_A_WORD = frozenset(keyword.kwlist) | {"print", "exec"}
_BETWEEN_WORDS = frozenset({"and", "or", "in", "is", "not", "if", "as", "import"})
_SIGNS = re.compile(r"""[=(\[.'"@]""")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z¿¡\"'(])")
_ASKS = re.compile(
    r"""^(?:now,?\s+|next,?\s+|then,?\s+|first,?\s+|finally,?\s+|so,?\s+|and\s+|also,?\s+|please\s+
      |let(?:'|’)?s(?:\s+(?:now|also|first|next))?\s+|let\s+us\s+|we\s+(?:will|can|want\s+to)\s+)*
    (?:add|aggregate|apply|assign|bin|box|build|calculate|change|check|clean|combine|compare|
    compute|convert|correct|count|create|cut|define|delete|describe|detect|determine|display|
    do|draw|drop|examine|explore|extract|fill|filter|find|fit|fix|format|generate|get|give|group|
    identify|impute|inspect|iterate|join|keep|label|list|load|look|make|map|mask|melt|merge|
    normali[sz]e|obtain|order|output|pick|pivot|plot|predict|prepare|print|pull|put|rank|read|
    remove|rename|reorder|replace|resample|reset|reshape|return|reverse|round|run|sample|save|scale|
    see|select|separate|set|shift|show|slice|sort|split|stack|standardi[sz]e|subset|sum|
    summari[sz]e|swap|take|test|transform|transpose|try|turn|understand|update|use|view|visuali[sz]e|write
    |what|which|who|whose|when|where|why|how|is|are|does|did|can|has|have
    |muestra|calcula|crea|cuenta|dibuja|filtra|ordena|agrupa|elimina|obt[eé]n|grafica|cu[aá]l|qu[eé]
    |cu[aá]nt[oa]s?|vamos)\b""",
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=512)
def words_of_markdown(text: str) -> str:
    """Return what a markdown cell asks of the code below: its last paragraph, list or heading.

    >>> words_of_markdown("## 2.1 Prices\\n\\nSome theory.\\n\\n**Plot** the `price` by [city](x)")
    'Plot the price by city'
    """
    if "```" not in text and "~~~" not in text:
        # The last paragraph is what counts, and only fences reach further.
        text = "\n".join(text.rstrip().rsplit("\n", LAST_LINES)[-LAST_LINES:])
    blocks = _blocks(text[-MOST_CHARACTERS:])
    while blocks and blocks[-1][0] == "gap":
        blocks.pop()
    if not blocks or blocks[-1][0] == "other":
        return ""
    kind, lines = blocks[-1]
    if kind == "item":
        return _listed(blocks)
    return tidy(" ".join(lines))


def words_of_comment(lines: Sequence[str]) -> str:
    """Return what comment lines say; commented-out code and pragmas are no words.

    >>> words_of_comment(["# df.head()", "# 1) show the first rows"])
    'show the first rows'
    """
    said: list[str] = []
    for line in lines:
        text = "" if line.startswith("#!") else line.strip(" -=*#~_>\t\r")
        if "@" in text or "{" in text:
            text = _FORM.sub("", " ".join(text.split()))
        if text and not _PRAGMA.match(text) and not is_code(text):
            said.append(text)
    return tidy(" ".join(said)[:MOST_CHARACTERS])


def words_of_docstring(text: str) -> str:
    """Return the first paragraph of a docstring."""
    said: list[str] = []
    for line in text.strip().split("\n"):
        if not line.strip() or line.strip().startswith(_SECTIONS):
            break
        said.append(line)
    return tidy(" ".join(said)[:MOST_CHARACTERS])


def tidy(text: str) -> str:
    """Take off markup, numbering and what else is no part of a request; one line."""
    # Most texts hold no markup at all, and looking for a character costs next to nothing.
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub(" ", text))
    if "<" in text:
        text = _TAG.sub(" ", _IMAGE.sub(" ", text))
    if "*" in text or "_" in text:
        text = _STRONG.sub(r"\2\4", _STRONG.sub(r"\2\4", text))
    if "&" in text:
        text = html.unescape(text)
    text = " ".join(text.replace("`", "").split())
    if "@" in text or "{" in text:
        text = _FORM.sub("", text)
    for _ in range(_LABELS):
        label = _STEP.match(text)
        if label is None:
            break
        text = text[label.end() :]
    text = text.strip(" :;,-–—*#_=>•\t")
    if text[:1].isdigit() and (bare := _NUMBERED.match(text)) and asks(text[bare.end() :]):
        text = text[bare.end() :]
    if text.count(" ") >= MANY_WORDS:
        text = _asking(text)
    return text if _WORD.search(text) else ""


def asks(words: str) -> bool:
    """Whether words are put as a request: an imperative, or a question.

    >>> asks("Now let's plot it"), asks("Prices by city"), asks("Any outliers?")
    (True, False, True)
    """
    return words.endswith("?") or bool(_ASKS.match(words))


def is_code(text: str) -> bool:
    """Whether a comment's line is a line of code that somebody switched off.

    >>> is_code("df.head()"), is_code("x = 3"), is_code("mean of x"), is_code("prices, sorted")
    (True, True, False, False)
    """
    if len(text) > LONGEST_CODE:
        return False
    two = _TWO_WORDS.match(text)
    if two and two[1] not in _BEFORE_A_WORD and two[2] not in _BETWEEN_WORDS:
        # No Python has two names side by side; most comments end here.
        return False
    signs = _SIGNS.search(text)
    if signs is None and not text.startswith(("import ", "del ", ")", "]", "}")):
        return False
    if _CALLED.match(text):
        return True
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return bool(body) and not (isinstance(body[0], ast.Expr) and _is_said(body[0].value))


def _is_said(value: ast.expr) -> bool:
    """Expressions that are as likely words: `price`, `mean/median`, `a, b`, `"quoted"`."""
    if isinstance(value, ast.Tuple):
        return all(map(_is_said, value.elts))
    return isinstance(value, ast.Name | ast.Constant | ast.BinOp | ast.Compare | ast.UnaryOp)


def _asking(text: str) -> str:
    """Of a long paragraph the last sentence that asks; all of it where none does."""
    sentences = _SENTENCE.split(text)
    return next((each for each in reversed(sentences) if asks(each)), text)


def _listed(blocks: list[tuple[str, list[str]]]) -> str:
    """A list of one item is the item; a short one is told whole, with what introduces it."""
    items: list[str] = []
    while blocks and blocks[-1][0] == "item":
        items.insert(0, " ".join(blocks.pop()[1]))
    if len(items) == 1:
        return tidy(items[0])
    intro = " ".join(blocks[-1][1]) if blocks and blocks[-1][0] == "paragraph" else ""
    told = f"{intro} {'; '.join(tidy(item) for item in items)}"
    return tidy(told) if len(items) <= SHORT_LIST and told.count(" ") < MANY_WORDS else ""


def _blocks(text: str) -> list[tuple[str, list[str]]]:
    """Blocks of markdown: (`heading`, `paragraph`, `item`, `other` or `gap`, lines)."""
    blocks: list[tuple[str, list[str]]] = []
    fenced = False
    if "[" in text or "<" in text:
        text = _IMAGE.sub("", text)
    for line in text.split("\n"):
        if ("```" in line or "~~~" in line) and _FENCE.match(line):
            fenced = not fenced
            blocks.append(("other", []))
        elif not fenced:
            _add_line(blocks, line.lstrip("> "), indented=line.startswith(("    ", "\t")))
    return blocks


def _add_line(blocks: list[tuple[str, list[str]]], line: str, *, indented: bool) -> None:
    last = blocks[-1][0] if blocks else "gap"
    begin = line.lstrip()[:1]
    if not line.strip(" \t#\xa0\r"):
        blocks.append(("gap", []))
    elif begin in _RULES and _RULE.match(line):
        # A rule right under words makes a heading of them.
        blocks.append(("gap", []))
    elif begin == "#":
        blocks.append(("heading", [line.strip(" #\t\r")]))
    elif (begin in "-*+" or begin.isdigit()) and (item := _ITEM.match(line)):
        blocks.append(("item", [item[1]]))
    elif begin in _TABLES and (_TABLE.match(line) or line.startswith(("$$", "\\begin", "%%"))):
        blocks.append(("other", []))
    elif last in ("paragraph", "item"):
        blocks[-1][1].append(line.strip())
    elif indented and last == "gap" and not _in_list(blocks):
        blocks.append(("other", []))
    else:
        blocks.append(("paragraph", [line.strip()]))


def _in_list(blocks: Iterable[tuple[str, list[str]]]) -> bool:
    held = [kind for kind, _ in blocks if kind != "gap"]
    return bool(held) and held[-1] == "item"
