"""Renaming columns, tidying texts, replacing values."""

from __future__ import annotations

from nbcodegen.training.grammar.chart_style import quoted
from nbcodegen.training.grammar.patterns import Family, Pattern, family, row_words, several
from nbcodegen.training.grammar.scene import NoFit, Scene, Value
from nbcodegen.training.grammar.steps import steps
from nbcodegen.training.records import Example

_NEW_NAMES = {
    "en": [
        "id",
        "name",
        "city",
        "amount",
        "price",
        "total",
        "date",
        "category",
        "value",
        "year",
        "score",
        "type",
        "group",
        "region",
        "user",
        "status",
        "cost",
        "qty",
        "label",
        "code",
        "customer",
        "product",
        "country",
        "sales",
        "start_date",
        "end_date",
        "full_name",
        "unit_price",
        "n_items",
        "height_cm",
        "weight_kg",
        "is_active",
        "client",
        "zone",
        "team",
        "rating",
        "notes",
    ],
    "es": [
        "id",
        "nombre",
        "ciudad",
        "importe",
        "precio",
        "total",
        "fecha",
        "categoria",
        "valor",
        "anio",
        "puntos",
        "tipo",
        "grupo",
        "zona",
        "usuario",
        "estado",
        "coste",
        "cantidad",
        "etiqueta",
        "codigo",
        "cliente",
        "producto",
        "pais",
        "ventas",
        "fecha_inicio",
        "precio_unidad",
        "altura_cm",
        "peso_kg",
        "activo",
        "equipo",
        "nota",
    ],
}


def _new_name(scene: Scene) -> Value:
    labels = {column.label for column in scene.tables[0].columns}
    name = scene.one(*_NEW_NAMES[scene.lang])
    if name in labels:
        raise NoFit("new name")
    if scene.chance(0.25):
        return quoted(scene, name.replace("_", " ").title() if scene.chance(0.5) else name)
    return scene.text(name)


_RENAME = {
    "en": (
        "[[rename|change the name of|rename] [the|] [column|] {x} [column|] [to"
        "|as|into] {v}|rename {x} -> {v}|rename {x} to {v}|[the column|] {x} "
        "should be [called|named] {v}|change {x} to be [called|named] {v}|rename "
        "column {x} as {v}]"
    ),
    "es": (
        "[[renombra|cambia el nombre de] [la columna|] {x} [a|como|por] {v}|[la "
        "columna|] {x} [debe llamarse|tiene que llamarse|ahora se llama] {v}"
        "|renombrar {x} como {v}|cambia el nombre de {x} a {v}|ponle a {x} el "
        "nombre {v}]"
    ),
}


def _rename(scene: Scene) -> Example:
    x, value = scene.column(), _new_name(scene)
    words = scene.fill(_RENAME[scene.lang], x=scene.say(x), v=value.phrase)
    return scene.example(
        words, steps("from T0 rename {x} {v} save", x=x, v=value), "cleaning.rename"
    )


def _renames(scene: Scene) -> Example:
    x, y = several(scene, "any", avoid=[], most=2)
    first, second = _new_name(scene), _new_name(scene)
    if first.symbol == second.symbol:
        raise NoFit("two names")
    words = scene.fill(
        (
            "[renombra {x} a {v} y {y} a {w}|cambia los nombres: {x} a {v}, {y} a {w}"
            "|renombra {x} como {v} e {y} como {w}]"
        )
        if scene.es
        else (
            "[rename {x} to {v} and {y} to {w}|rename {x} as {v}, {y} as {w}|rename "
            "the columns {x} to {v} and {y} to {w}|change {x} to {v} and {y} to {w} "
            "in the column names]"
        ),
        x=scene.say(x),
        y=scene.say(y),
        v=first.phrase,
        w=second.phrase,
    )
    plan = steps("from T0 rename {x} {v} rename {y} {w} save", x=x, y=y, v=first, w=second)
    return scene.example(words, plan, "cleaning.renames")


_CASES = family(
    "cleaning.names",
    Pattern(
        "renamelower save",
        "",
        (
            (
                "[make|convert|change|turn|set|put] [all|] [the|] [column names|columns "
                "names|headers|names of the columns] [lowercase|to lowercase|to lower "
                "case|in lower case|lower case]"
            ),
            "[lowercase|lower] [all|] [the|] [column names|headers]",
            "lowercase column names",
        ),
        (
            "[pon|convierte|pasa|cambia] [todos|] los nombres de las columnas [a|en] minúsculas",
            "nombres de columnas en minúscula",
            "columnas en minúsculas",
        ),
    ),
    Pattern(
        "renamesnake save",
        "",
        (
            (
                "[make|convert|change|turn] [all|] [the|] [column names|headers] "
                "[snake_case|to snake_case|to snake case|into snake case]"
            ),
            "[clean|tidy|standardize|normalize] [up|] [the|] [column names|headers]",
            "snake case [the|] column names",
            (
                "replace [the|] spaces [in|of] [the|] column names [with|by] underscores "
                "[and lowercase them|]"
            ),
        ),
        (
            "[convierte|pasa|pon] los nombres de [las|] columnas [a|en] snake_case",
            "[limpia|normaliza|estandariza] los nombres de las columnas",
            "cambia los espacios de los nombres de columna por guiones bajos",
        ),
    ),
)


def _stripped(word: str, en: str, es: str) -> Pattern:
    """Two things at once: spaces off, and a case."""
    english = (
        "[clean up|clean|fix|tidy|normalize|normalise] [the|] {x}: [trim|strip [the|] spaces"
        "|strip whitespace|no spaces around] and EN",
        "[trim|strip] {x} and [make|put] it EN",
        "[clean|fix|normalise|tidy] [the|] {x} [column|values|], EN and [trim|trimmed|strip]",
        "[make|put] {x} EN and [strip|remove] [the|] [extra|outer|] [spaces|whitespace]",
        "{x}: EN, no spaces around",
    )
    spanish = (
        "[limpia|arregla|normaliza] {x}: [quita [los|] espacios|sin espacios] y ES",
        "[quita|elimina] los espacios de {x} y [ponlo|pásalo] ES",
        "[pon|pasa] {x} ES y [quita|elimina] los espacios [sobrantes|de los lados|]",
        "[normaliza|limpia] {x}, ES y sin espacios [alrededor|]",
    )
    return Pattern(
        f"text strip {{x}} end text {word} {{x}} end save",
        "x=text",
        tuple(text.replace("EN", en) for text in english),
        tuple(text.replace("ES", es) for text in spanish),
        1.3,
    )


_TEXTS = family(
    "cleaning.texts",
    Pattern(
        "text strip {x} end save",
        "x=text",
        (
            (
                "[strip|trim|remove|delete|clean] [the|] [leading and trailing spaces"
                "|whitespace|extra spaces|spaces around the text|blank spaces] [from|in"
                "|of] [the|] {x} [column|]"
            ),
            "[strip|trim] [the|] {x} [column|values|]",
            "strip whitespace from {x}",
        ),
        (
            (
                "[quita|elimina|borra|limpia] [los espacios|los espacios sobrantes|los "
                "espacios al principio y al final|los espacios en blanco] [de|en] {x}"
            ),
            "haz strip de {x}",
            "recorta los espacios de {x}",
        ),
        1.5,
    ),
    _stripped(
        "title",
        "[title case|in title case]",
        "[en formato título|con mayúsculas iniciales]",
    ),
    _stripped("lower", "[lowercase|lower case|in lowercase]", "[en minúsculas|a minúsculas]"),
    _stripped("upper", "[uppercase|upper case]", "[en mayúsculas|a mayúsculas]"),
    Pattern(
        "text lower {x} end save",
        "x=text",
        (
            (
                "[make|convert|turn|change|put|transform] [the|] {x} [column|values|] "
                "[lowercase|to lowercase|to lower case|in lower case|into lowercase]"
            ),
            "lowercase [the|] {x} [column|values|]",
            "lower case {x}",
        ),
        (
            "[pon|convierte|pasa|cambia] {x} [a|en] minúsculas",
            "{x} en minúsculas",
            "pasa a minúsculas [la columna|] {x}",
        ),
        1.5,
    ),
    Pattern(
        "text upper {x} end save",
        "x=text",
        (
            (
                "[make|convert|turn|change|put|transform] [the|] {x} [column|values|] "
                "[uppercase|to uppercase|to upper case|in capital letters|all caps]"
            ),
            "[uppercase|upper case] [the|] {x} [column|]",
        ),
        ("[pon|convierte|pasa|cambia] {x} [a|en] mayúsculas", "{x} en mayúsculas"),
        1.5,
    ),
    Pattern(
        "text title {x} end save",
        "x=text",
        (
            (
                "[make|convert|turn|change|put] [the|] {x} [column|] [title case|to "
                "title case|in title case]"
            ),
            "title case [the|] {x} [column|]",
            "[capitalize every word|capitalise each word] [in|of] {x}",
        ),
        (
            "[pon|convierte|pasa] {x} [a|en] formato título",
            "pon en mayúscula la primera letra de cada palabra de {x}",
        ),
    ),
    Pattern(
        "text capitalize {x} end save",
        "x=text",
        (
            "[capitalize|capitalise] [the|] {x} [column|values|]",
            "make the first letter of {x} [uppercase|a capital]",
        ),
        ("capitaliza {x}", "pon en mayúscula la primera letra de {x}"),
    ),
    Pattern(
        "text digits {x} end save",
        "x=text",
        (
            "[keep|leave] only [the|] [digits|numbers] [in|of|from] {x}",
            (
                "[remove|strip|drop] [everything but digits|all non-digit characters|all "
                "letters and symbols|non-numeric characters] [from|in] {x}"
            ),
            "extract [the digits|only the digits] from {x} in place",
        ),
        (
            "[deja|conserva|quédate] solo [con|] los [dígitos|números] [de|en] {x}",
            "[quita|elimina] todo lo que no sean [dígitos|números] [de|en] {x}",
        ),
    ),
    Pattern(
        "text nospace {x} end save",
        "x=text",
        (
            (
                "[remove|delete|get rid of|drop] all [the|] [spaces|blanks|whitespace "
                "inside] [from|in|of] {x}"
            ),
            "{x} with no spaces at all, in place",
        ),
        ("[quita|elimina|borra] todos los espacios [de|en] {x}",),
    ),
    Pattern(
        "text strip {xs} end save",
        "xs=many:text",
        ("[strip|trim] [whitespace from|spaces in|] {xs}",),
        ("[quita|elimina] los espacios sobrantes de {xs}",),
        0.5,
    ),
    Pattern(
        "text lower {xs} end save",
        "xs=many:text",
        ("[lowercase|convert to lowercase] {xs}", "make {xs} lowercase"),
        ("[pon|pasa] {xs} [a|en] minúsculas",),
        0.5,
    ),
)


def _replace(scene: Scene) -> Example:
    """Replace one value of a column by another."""
    keys = [ref for ref in scene.refs("key") if ref.schema.values]
    if not keys:
        raise NoFit("values")
    x = scene.rng.choice(keys)
    old = scene.value(x)
    texts = (
        "Other|Unknown|N/A|None|Rest|New"
        if not scene.es
        else "Otro|Desconocido|N/A|Ninguno|Resto|Nuevo"
    )
    new = quoted(scene, scene.one(*texts.split("|")))
    if old.symbol == new.symbol:
        raise NoFit("two values")
    words = scene.fill(
        (
            "[[reemplaza|sustituye|cambia] {v} por {w} en {x}|en {x}, [cambia"
            "|reemplaza] {v} por {w}|donde {x} sea {v} pon {w}]"
        )
        if scene.es
        else (
            "[[replace|change|substitute|swap] {v} [with|by|to|for] {w} in [the|] "
            "{x} [column|]|in {x}, [replace|change] {v} [with|to] {w}|[recode"
            "|relabel] {v} as {w} in {x}|change {x} {v} to {w}]"
        ),
        v=old.phrase,
        w=new.phrase,
        x=scene.say(x),
    )
    plan = steps("from T0 replace {x} end {v} {w} save", x=x, v=old, w=new)
    return scene.example(words, plan, "cleaning.replace")


def _replace_anywhere(scene: Scene) -> Example:
    """Replace a mark such as '?' or -999 in the whole table."""
    old = (
        Value(scene.one("-1", "-999", "999", "9999", "-99"), "")
        if scene.chance(0.4)
        else quoted(scene, scene.one("?", "-", "N/A", "unknown", "n.d.", "none"))
    )
    old = old if old.symbol else Value(old.phrase, f"V={old.phrase}")
    new = (
        Value("0", "V=0")
        if old.symbol[2] != "'" and scene.chance(0.8)
        else quoted(
            scene,
            scene.one("missing", "Other", "empty")
            if not scene.es
            else scene.one("falta", "Otro", "vacío"),
        )
    )
    words = scene.fill(
        (
            "[reemplaza|sustituye|cambia] [todos los|cada|] {v} por {w} [en toda la "
            "tabla|en todas las columnas|en todo el dataframe]"
        )
        if scene.es
        else (
            "[replace|change] [all|every|] {v} [with|by|to] {w} [everywhere|in the "
            "whole table|in all columns|in the dataframe]"
        ),
        v=old.phrase,
        w=new.phrase,
        **row_words(scene),
    )
    plan = steps("from T0 replace end {v} {w} save", v=old, w=new)
    return scene.example(words, plan, "cleaning.replace_all")


FAMILIES: tuple[tuple[float, Family], ...] = (
    (1.0, _rename),
    (0.4, _renames),
    (0.4, _CASES),
    (1.0, _TEXTS),
    (0.7, _replace),
    (0.2, _replace_anywhere),
)
