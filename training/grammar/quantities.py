"""Conditions on a number that do not name its column as such: `over 100 m2`, `with 3 bedrooms`."""

from __future__ import annotations

from nbcodegen.linking import label_words, plain
from nbcodegen.training.grammar.phrases import spoken
from nbcodegen.training.grammar.scene import Ref, Scene, Value

# A column's words : what is measured in : shares with the unit left out.
_UNITS = {
    "en": """price cost fare rent spend spending salary wage income revenue sales amount total fee
            budget value:dollars USD euros $ $ $ €:0.5
        area sqft size surface sqm m2:m2 sqm sq.ft square-feet square-meters:0.1
        duration minutes runtime length time delay:minutes min minutes hours:0.1
        distance km miles mileage:km miles kilometers:0.1
        weight mass kg:kg pounds kilos lbs:0.1
        temperature temp:degrees °C:0.2
        age years:years years-old:0.3
        percentage percent rate pct:% percent:0.1""",
    "es": """price precio cost coste costo tarifa alquiler rent gasto salario sueldo ingresos ventas
            importe monto amount total presupuesto:euros € pesos dólares:0.4
        area superficie m2 metros sqft:m2 metros metros-cuadrados:0.1
        duration duracion minutos tiempo:minutos min horas:0.1
        distance distancia km:km kilómetros:0.1
        weight peso kg:kg kilos:0.1
        temperature temperatura temp:grados °C:0.2
        age edad:años años:0.2
        porcentaje tasa pct:%:0.1""",
}
_MEASURED = {
    "en": {
        "gt": "[over|above|more than|of more than|exceeding] {v}",
        "lt": "[under|below|less than|of less than] {v}",
        "ge": "[of at least {v}|at least {v}|{v} or more|from {v}|{v} and up|minimum {v}]",
        "le": "[of at most {v}|up to {v}|{v} or less|max {v}|no more than {v}]",
        "between": "[between {v} and {w}|from {v} to {w}|in the {v} to {w} range]",
    },
    "es": {
        "gt": "[de más de|por encima de|superiores a|mayores de] {v}",
        "lt": "[de menos de|por debajo de|inferiores a|menores de] {v}",
        "ge": "[de al menos {v}|de {v} o más|desde {v}|a partir de {v}|mínimo {v}]",
        "le": "[de como mucho {v}|de hasta {v}|hasta {v}|de {v} o menos|máximo {v}]",
        "between": "[de entre {v} y {w}|entre {v} y {w}|de {v} a {w}]",
    },
}
_COUNTED = {
    "en": {
        "gt": "[with|having|that have] [more than|over] {v} {c}",
        "lt": "[with|having|that have] [fewer than|less than|under] {v} {c}",
        "ge": "[with|having|that have] [at least {v}|{v} or more|{v}+|minimum {v}] {c}",
        "le": "[with|having|that have] [at most {v}|up to {v}|no more than {v}] {c}",
        "eq": "[with|with|having|that have] [exactly|] {v} {c}",
        "between": "[with|having] [between {v} and {w}|{v} to {w}] {c}",
    },
    "es": {
        "gt": "[con|que tienen|que tengan] más de {v} {c}",
        "lt": "[con|que tienen|que tengan] menos de {v} {c}",
        "ge": "[con|que tengan] [al menos {v}|{v} o más|mínimo {v}|por lo menos {v}] {c}",
        "le": "[con|que tengan] [como mucho {v}|hasta {v}|no más de {v}] {c}",
        "eq": "[con|con|de|que tienen] [exactamente|] {v} {c}",
        "between": "con [entre {v} y {w}|de {v} a {w}] {c}",
    },
}
_NO_COUNT = frozenset(("status", "address", "class", "years", "series", "sales", "news", "gross"))


def measured(scene: Scene, ref: Ref, op: str, *values: Value) -> str:
    """Say a comparison by its unit, where one column alone is measured in it; "" elsewhere."""
    for line in _UNITS[scene.lang].replace("\n            ", " ").splitlines():
        names, units, bare = line.strip().split(":")
        if _is_of(ref, names) and op in _MEASURED[scene.lang]:
            if any(_is_of(other, names) for other in scene.refs("num", ref.table) if other != ref):
                return ""
            unit = "" if scene.chance(float(bare)) else scene.one(*units.split())
            slots = dict(zip("vw", (_with(unit, value) for value in values), strict=False))
            return scene.fill(_MEASURED[scene.lang][op], **slots)
    return ""


def counted(scene: Scene, ref: Ref, op: str, *values: Value) -> str:
    """Say a comparison by what is counted, as in `with 3 bedrooms`; "" for other columns."""
    label = spoken(ref.schema.label)
    last = plain((label_words(label) or ("",))[-1])
    fits = ref.schema.kind == "integer" and last.endswith("s") and not last.endswith("ss")
    if not fits or last in _NO_COUNT or op not in _COUNTED[scene.lang]:
        return ""
    slots = dict(zip("vw", (value.phrase for value in values), strict=False))
    return scene.fill(_COUNTED[scene.lang][op], c=scene.say(ref, plural=True), **slots)


def _is_of(ref: Ref, names: str) -> bool:
    return bool(set(names.split()) & set(plain(spoken(ref.schema.label)).split()))


def _with(unit: str, value: Value) -> str:
    if unit in ("$", "€", "%"):
        return f"{unit}{value.phrase}" if unit == "$" else f"{value.phrase}{unit}"
    return f"{value.phrase} {unit.replace('-', ' ')}".strip()
