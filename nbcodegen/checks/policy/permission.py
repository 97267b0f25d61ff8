"""Request -> whether it asks for a file to be written, and which files it names."""

from __future__ import annotations

import re

_FORMATS = r"""csv|tsv|excel|xlsx?|parquet|feather|pickle|json|html?|xml|markdown|latex|hdf5?|stata
    |png|jpe?g|svg|pdf|gif|spreadsheet|hoja\ de\ c[áa]lculo|clipboard|portapapeles"""
_PLACES = r"""files?|dis[ck]|folder|database|image|archivos?|ficheros?|disco|carpeta|imagen
    |base\ de\ datos"""
_TO = r"(?:to|as|into|in|en|como|a|al)\s+(?:(?:an?|the|un|una|el|la|my|mi)\s+)?"
_SAVE = r"""save|export|download|dump|write|store
    |gu[áa]rda\w*|exp[óo]rta(?:r|me|l[oae]s?)?|desc[áa]rga(?:r|me|l[oae]s?)?|vuelca|escribe\w*"""
_IT = r"""it|this|that|them|these|those|the|my|all|both|everything|result|results|lo|la|los|las|el
    |esto|esta|este|estas|estos|mi|todo|toda|todos|un|una"""
FILE_NAME = re.compile(
    r"""(?<![\w./\\:-])[\w./\\:-]*\w\.(?:csv|tsv|txt|xlsx?|parquet|feather|pkl|pickle|jsonl?|html?
    |xml|md|tex|h5|hdf5?|dta|orc|npy|npz|png|jpe?g|svg|pdf|gif|zip|gz)\b""",
    re.IGNORECASE | re.VERBOSE,
)
READS = re.compile(
    r"\b(?:read|load|open|import|from|using|lee\w*|leer|carga\w*|abre\w*|abrir|importa\w*|desde"
    r"|usando|del?)\b",
    re.IGNORECASE,
)
WRITES = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    for pattern in (
        # "save it", "then export the table", "y guarda el gráfico": an order, not a column.
        rf"(?:^|[,;.:]|\b(?:and|then|please|also|y|e|luego|despu[ée]s))\s*(?:{_SAVE})\s+(?:{_IT})\b",
        # "guárdalo", "expórtala": an order wherever it stands.
        r"\b(?:gu[áa]rd|exp[óo]rt|desc[áa]rg)a(?:r|me)?l[oae]s?\b",
        # "save … to a file", "guardar … en disco".
        rf"\b(?:{_SAVE})\b[^.;]{{0,80}}?\b{_TO}(?:{_FORMATS}|{_PLACES})\b",
        # "as a csv", "to excel", "en un pdf".
        rf"\b{_TO}(?:{_FORMATS})\b",
    )
)


def asked_to_write(request: str) -> bool:
    """Say whether the request asks for a file.

    >>> asked_to_write("save it to result.csv"), asked_to_write("guárdalo en salida.xlsx")
    (True, True)
    >>> asked_to_write("write me code to compute the mean"), asked_to_write("exports by country")
    (False, False)
    """
    if any(pattern.search(request) for pattern in WRITES):
        return True
    name, reads = FILE_NAME.search(request), READS.search(request)
    return name is not None and (reads is None or name.start() < reads.start())


def is_named(place: str, request: str) -> bool:
    """Say whether the request names a file, with or without its folder; an address, in full.

    >>> is_named("data/sales.csv", "mean of sales.csv"), is_named("a.csv", "mean of data.csv")
    (True, False)
    """
    name = place if "://" in place else re.split(r"[/\\]", place)[-1]
    around = rf"(?<![\w.]){re.escape(name)}(?![\w])"
    return bool(name) and bool(re.search(around, request, re.IGNORECASE))
