"""What rows are grouped by: a column, a period of a date, ranges of a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nbcodegen.linking import label_words
from nbcodegen.training.grammar import phrases
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene


@dataclass(frozen=True)
class Key:
    """A key: how it is said in the singular and the plural, and its symbols."""

    phrase: str
    plural: str
    symbols: tuple[str, ...]
    refs: tuple[Ref, ...]


_PERIODS = {
    "en": {
        "year": ("year", "years"),
        "ym": ("month", "months"),
        "weekday": ("[day of the week|weekday|day of week]", "days of the week"),
        "hour": ("hour [of the day|]", "hours"),
        "yq": ("quarter", "quarters"),
        "date": ("day", "days"),
        "monthname": ("[month name|calendar month|month of the year]", "calendar months"),
    },
    "es": {
        "year": ("año", "años"),
        "ym": ("mes", "meses"),
        "weekday": ("día de la semana", "días de la semana"),
        "hour": ("hora [del día|]", "horas"),
        "yq": ("trimestre", "trimestres"),
        "date": ("día", "días"),
        "monthname": ("[nombre del mes|mes del año]", "meses del año"),
    },
}


def key(scene: Scene, avoid: Sequence[Ref] = (), table: int = 0) -> Key:
    """Return one key: mostly a column, now and then a period of a date."""
    if scene.chance(0.12) and scene.refs("date", table):
        return period(scene, table)
    if scene.chance(0.09) and (things := _things(scene, table)):
        return scene.rng.choice(things)
    ref = scene.column(
        scene.one("key", "key", "key", "key", "key", "text"), avoid=avoid, table=table
    )
    return of(scene, ref)


def _things(scene: Scene, table: int) -> list[Key]:
    """Return what repeated ids stand for: `customers` for `customer_id`."""
    rows = scene.tables[table].rows or 0
    found = []
    for ref in scene.refs("any", table):
        words = label_words(ref.schema.label)
        thing = " ".join(word.lower() for word in words if word.lower() not in ("id", "code"))
        repeated = (ref.schema.distinct or rows) < 0.8 * rows
        if scene.role(ref) in ("id", "textid") and repeated and 0 < len(thing.split()) < len(words):
            found.append(Key(thing, phrases.plural(thing, scene.lang), (ref.symbol,), (ref,)))
    return found


def of(scene: Scene, ref: Ref) -> Key:
    """Return a column as a key."""
    return Key(scene.say(ref), scene.say(ref, plural=True), (ref.symbol,), (ref,))


def period(scene: Scene, table: int = 0) -> Key:
    """Return a period of a date column, named by itself or with its column."""
    dates = scene.refs("date", table)
    ref = dates[0] if scene.chance(0.5) else scene.rng.choice(dates)
    part = scene.one("year", "year", "ym", "ym", "weekday", "hour", "yq", "date", "monthname")
    single, plural = (scene.fill(text) for text in _PERIODS[scene.lang][part])
    words = {one.schema.label.lower() for one in scene.refs("any", table)}
    if single in words or (
        len(words) > 1 and any(single.split()[0] in word.split("_") for word in words)
    ):
        raise NoFit("a column of that name")
    if ref != dates[0] or scene.chance(0.3):
        of_ = "de" if scene.es else "of"
        said = scene.say(ref)
        single, plural = f"{single} {of_} {said}", f"{plural} {of_} {said}"
    return Key(single, plural, (part, ref.symbol), (ref,))


def keys(scene: Scene) -> list[Key]:
    """Return one key, now and then two or three."""
    luck = scene.rng.random()
    found = [key(scene)]
    for _ in range((luck < 0.16) + (luck < 0.02)):
        found.append(key(scene, avoid=[ref for one in found for ref in one.refs]))
    return found
