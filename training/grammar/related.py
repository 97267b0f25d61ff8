"""Two tables that belong together: facts that point at things, or two parts of one table."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from nbcodegen.linking import plain
from nbcodegen.training.grammar import blueprints, phrases, tables
from nbcodegen.training.grammar.roles import role
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene
from nbcodegen.training.grammar.sheet import Sheet, restyled, style_of, with_columns
from nbcodegen.values import ColumnSchema, TableSchema


def _own_key(thing: Sheet) -> ColumnSchema | None:
    """Return the column that names each row of a table: an id, or else a name."""
    found = {role(column, thing.table.rows): column for column in reversed(thing.table.columns)}
    return found.get("id") or found.get("textid") or found.get("name")


def _pointing(
    rng: Random, thing: Sheet, lang: str, style: str
) -> tuple[ColumnSchema, ColumnSchema]:
    """Return the key as it stands in the table of things, and in the table that points at them."""
    noun = thing.noun(lang) or thing.english
    own = _own_key(thing)
    same = rng.random() < 0.55
    if own is not None and same:
        return own, own
    if own is None or role(own, thing.table.rows) == "name":
        distinct = thing.table.rows
        own = ColumnSchema(
            "id", "'id'", "integer", missing=0, distinct=distinct, low="1", high="900"
        )
    phrase = f"id {noun}" if lang == "es" else f"{noun} id"
    label = restyled(phrase if noun else f"{own.label} ref", style)
    if same or (own.label == "id" and rng.random() < 0.3):
        return replace(own, label=label, key=repr(label)), replace(
            own, label=label, key=repr(label)
        )
    return own, replace(own, label=label, key=repr(label))


def _added(rng: Random, table: TableSchema, key: ColumnSchema) -> TableSchema:
    """Return the table with the key among its columns, which it did not have before."""
    rest = [column for column in table.columns if column.label != key.label]
    rest.insert(rng.choice([0, 1, len(rest)]), key)
    return with_columns(table, rest[:14])


_PAIRS = {
    "en": """
        orders customers, sales products, transactions accounts, tickets customers,
        loans customers, orders products, expenses employees, projects employees,
        web customers, bikes customers, athletes countries, movies countries, wines countries,
        hotels customers, players countries, sales employees, books countries,
        inventory products, orders employees, tickets employees, sales campaigns,
        insurance customers, players schools, students schools, patients hotels,
        matches countries, sales customers""",
    "es": """
        pedidos clientes, ventas productos, facturas clientes, gastos empleados,
        orders customers, ventas clientes, transactions accounts, jugadores countries,
        tickets clientes, ventas empleados, pedidos productos, vuelos countries,
        alumnos schools, cultivos municipios, accidentes municipios, expenses employees,
        loans clientes, películas countries, pisos municipios, clientes municipios,
        pedidos empleados""",
}


def _pair(rng: Random, lang: str) -> tuple[Sheet, Sheet]:
    """Draw tables that belong together as people know it, or any two."""
    if rng.random() < 0.2:
        facts, things = tables.sample(rng, lang), tables.sample(rng, lang)
    else:
        known = set(blueprints.names())
        pairs = [pair.split() for pair in _PAIRS[lang].split(",")]
        first, second = rng.choice([pair for pair in pairs if set(pair) <= known])
        facts, things = (_whole(rng, lang, name) for name in (first, second))
    same = facts.table.name == things.table.name or facts.noun(lang) == things.noun(lang)
    if same or len(facts.table.columns) < 3:
        raise NoFit("two tables")
    return facts, things


def _whole(rng: Random, lang: str, name: str) -> Sheet:
    """Draw one of our own tables under its own name."""
    sheet = tables.sample(rng, lang, name)
    named = rng.choice([name, name, name, f"df_{name}", f"{name}_df"])
    return replace(sheet, table=replace(sheet.table, name=plain(named)))


def _style(sheet: Sheet) -> str:
    return style_of(sheet.table.columns[-1].label)


def linked(rng: Random, lang: str) -> tuple[Scene, Ref, Ref]:
    """Draw a scene of facts (first) and things (second), with the columns that link them."""
    facts, things = _pair(rng, lang)
    own, pointing = _pointing(rng, things, lang, _style(facts))
    first = _added(
        rng, facts.table, replace(pointing, distinct=max(2, (facts.table.rows or 9) // 3))
    )
    second = _added(rng, things.table, own)
    nouns = (facts.noun(lang), things.noun(lang))
    scene = Scene(rng, lang, (first, second), nouns)
    return scene, _ref(scene, 0, pointing.label), _ref(scene, 1, own.label)


def _ref(scene: Scene, table: int, label: str) -> Ref:
    for place, column in enumerate(scene.tables[table].columns):
        if column.label == label:
            return Ref(table, place, column)
    raise NoFit(label)


def parts(rng: Random, lang: str) -> Scene:
    """Draw two tables of the same columns, as of two years."""
    sheet = tables.sample(rng, lang)
    base = sheet.table.name
    first, second = rng.choice(
        [
            ("df1", "df2"),
            (f"{base}_2022", f"{base}_2023"),
            ("a", "b"),
            (f"{base}_old", f"{base}_new"),
        ]
    )
    two = tuple(replace(sheet.table, name=name) for name in (first, second))
    return Scene(rng, lang, two, (sheet.noun(lang),) * 2)


def spoken_noun(scene: Scene, table: int) -> str:
    """Name a table's rows so that it tells which table is meant."""
    noun = scene.nouns[table] if scene.nouns[table] else scene.tables[table].name
    return phrases.plural(noun, scene.lang) if scene.nouns[table] else scene.keep(noun)
