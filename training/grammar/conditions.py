"""One to three conditions in one request: as a clause, after a noun, or before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nbcodegen.training.grammar import comparing, matching
from nbcodegen.training.grammar.comparing import Condition
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene


@dataclass(frozen=True)
class Conditions:
    """Conditions joined by `and` or `or`, with the columns that they use."""

    parts: tuple[Condition, ...]
    joint: str
    refs: tuple[Ref, ...]

    @property
    def symbols(self) -> tuple[str, ...]:
        """The condition as the plan writes it: `and A and B C`."""
        joints = [(self.joint,)] * (len(self.parts) - 1) + [()]
        pairs = zip(joints, self.parts, strict=True)
        return tuple(symbol for joint, part in pairs for symbol in (*joint, *part.symbols))


def one(scene: Scene, ref: Ref) -> Condition:
    """Return a condition on a column, of a sort that its kind allows."""
    role = scene.role(ref)
    luck = scene.rng.random()
    if luck < 0.05 and (ref.schema.missing or scene.chance(0.4)):
        return matching.absence(scene, ref)
    if role == "bool" or (matching.says_yes_or_no(ref) and scene.chance(0.7)):
        return matching.truth(scene, ref)
    if role == "date":
        others = [other for other in scene.refs("date", ref.table) if other != ref]
        if others and luck > 0.85:
            return comparing.columns(scene, ref, scene.rng.choice(others))
        return comparing.date(scene, ref)
    if role in ("key", "name", "prose", "textid"):
        return _text(scene, ref)
    if role in ("small", "year", "part") and luck < 0.22:
        return matching.one_of(scene, ref)
    if role == "measure" and luck > 0.90:
        return comparing.average(scene, ref)
    if role == "measure" and luck > 0.86:
        return comparing.columns(scene, ref, scene.column("measure", avoid=[ref], table=ref.table))
    return comparing.number(scene, ref)


def _text(scene: Scene, ref: Ref) -> Condition:
    luck = scene.rng.random()
    if not ref.schema.values or luck < 0.12:
        return matching.affix(scene, ref)
    return matching.one_of(scene, ref) if luck < 0.24 else matching.equal(scene, ref)


_KINDS = ("num", "measure", "measure", "key", "key", "key", "text", "date", "bool", "yes", "name")


def some(scene: Scene, *, most: int = 3, avoid: Sequence[Ref] = (), table: int = 0) -> Conditions:
    """Return one condition, now and then two or three, on columns other than `avoid`."""
    luck = scene.rng.random()
    count = 1 if luck < 0.62 else 2 if luck < 0.93 else 3
    used = list(avoid)
    parts: list[Condition] = []
    for _ in range(min(count, most)):
        ref = _column(scene, used, table)
        used.append(ref)
        parts.append(one(scene, ref))
    joint = "or" if len(parts) == 2 and scene.chance(0.2) else "and"
    return Conditions(tuple(parts), joint, tuple(used[len(avoid) :]))


def _column(scene: Scene, avoid: Sequence[Ref], table: int) -> Ref:
    for _ in range(5):
        kind = scene.one(*_KINDS)
        refs = scene.refs("key" if kind == "yes" else kind, table)
        found = [ref for ref in refs if ref not in avoid]
        if kind == "yes":
            found = [ref for ref in found if matching.says_yes_or_no(ref)]
        if found:
            return scene.rng.choice(found)
    raise NoFit("condition")


def clause(scene: Scene, found: Conditions) -> str:
    """Say the conditions after `where`."""
    joint = _joint(scene, found.joint)
    return f" {joint} ".join(part.clause for part in found.parts)


def _joint(scene: Scene, joint: str) -> str:
    if joint == "or":
        return "o" if scene.es else "or"
    return (
        scene.one("y", "y", "y además")
        if scene.es
        else scene.one("and", "and", "and", "&", "and also")
    )


def subject(scene: Scene, found: Conditions | None, *, table: int = 0, noun: str = "") -> str:
    """Say which rows are meant: `female customers from Spain older than 30`."""
    noun = noun or scene.noun(table)
    if found is None:
        return noun
    if scene.chance(0.25):
        where = "[donde|en los que|tales que]" if scene.es else "[where|for which|where|such that]"
        return f"{noun} {scene.fill(where)} {clause(scene, found)}"
    first, *rest = found.parts
    if first.noun and found.joint == "and" and scene.chance(0.35):
        return " ".join([first.noun, *_tails(scene, rest, found.joint)])
    if first.before and not scene.es and found.joint == "and":
        return " ".join([first.before, noun, *_tails(scene, rest, found.joint)])
    return " ".join([noun, *_tails(scene, found.parts, found.joint)])


def _tails(scene: Scene, parts: Sequence[Condition], joint: str) -> list[str]:
    link = f" {_joint(scene, joint)} " if joint == "or" or scene.chance(0.7) else " "
    return [link.join(part.tail for part in parts)] if parts else []


_AFTER = {
    "en": """[where {x}|where {x}|where {x}|when {x}|if {x}|, only where {x}
        |, but only where {x}|given that {x}]""",
    "es": "[donde {x}|donde {x}|cuando {x}|si {x}|, solo donde {x}|, pero solo cuando {x}]",
}
_AMONG = {
    "en": """[for {x}|for {x}|among {x}|, only for {x}|, considering only {x}|, just {x}|of {x}
        |(only {x})]""",
    "es": """[para {x}|para {x}|entre {x}|, solo para {x}|, considerando solo {x}|, solo {x}
        |de {x}|(solo {x})]""",
}
_FIRST = {
    "en": "[for|among|considering only|looking only at|taking just|in|of] {x}, {r}",
    "es": "[para|entre|considerando solo|teniendo en cuenta solo|de] {x}, {r}",
}


def limited(scene: Scene, request: str, found: Conditions | None, *, table: int = 0) -> str:
    """Add the conditions to a request that says the rest."""
    if found is None:
        return request
    body, mark = (request[:-1], "?") if request.endswith("?") else (request, "")
    luck = scene.rng.random()
    if luck < 0.4:
        return body + " " + scene.fill(_AFTER[scene.lang], x=clause(scene, found)) + mark
    who = subject(scene, found, table=table)
    who = scene.the(who, plural=True) if scene.chance(0.3) or scene.es else who
    if luck < 0.82 or request.startswith("¿"):
        return body + " " + scene.fill(_AMONG[scene.lang], x=who) + mark
    return scene.fill(_FIRST[scene.lang], x=who, r=request)


def perhaps(
    scene: Scene, share: float, *, avoid: Sequence[Ref] = (), table: int = 0
) -> Conditions | None:
    """Return conditions in this share of requests."""
    if not scene.chance(share):
        return None
    try:
        return some(scene, avoid=avoid, table=table)
    except NoFit:
        return None


def where(found: Conditions | None) -> tuple[str, ...]:
    """Return the plan's step, or none."""
    return ("where", *found.symbols) if found else ()
