"""The paper part of a plan: the one form, the materials, and a reason for every paper that is no longer asked for."""

from __future__ import annotations

from collections.abc import Iterator

from onething.engine.bundle.arranging import Arrangement, Paper, Way
from onething.engine.bundle.compiled import Compiled
from onething.engine.bundle.model import FieldDef, MaterialDef, SupplyBy, Words
from onething.engine.bundle.plan import (
    Action,
    Ask,
    FieldUser,
    Form,
    FormField,
    MaterialLine,
    MayFollow,
    Removal,
    Removed,
    Supplier,
)

ONCE = Words("只交一次，各事项共用", "It is handed in once and used by every matter")
FOLLOWS = Words("由其他回答推出，不必填写", "It follows from other answers and need not be filled in")
_ACTIONS = {
    SupplyBy.APPLICANT: Action.HAND_IN,
    SupplyBy.SHARE: Action.SHARED,
    SupplyBy.MATTER: Action.PRODUCED,
    SupplyBy.FORM: Action.DERIVED,
}
_REMOVALS = {
    SupplyBy.SHARE: Removal.SHARED,
    SupplyBy.MATTER: Removal.PRODUCED,
    SupplyBy.FORM: Removal.DERIVED,
}


def form_of(compiled: Compiled, arrangement: Arrangement) -> Form:
    """Merge what all matters ask into one form: each field once, in the order of the data dictionary."""
    users: dict[str, list[FieldUser]] = {}
    demanded: set[str] = set()
    for name, user, required in _uses(arrangement):
        if user not in users.setdefault(name, []):
            users[name].append(user)
        demanded |= {name} if required else set()
    fields = compiled.catalogue.fields
    return Form(
        tuple(
            _form_field(compiled, field, tuple(users[name]), name in demanded)
            for name, field in fields.items()
            if name in users
        )
    )


def _uses(arrangement: Arrangement) -> Iterator[tuple[str, FieldUser, bool]]:
    """Every use of a field, with whether it must be filled: by a matter's own form, or to derive a paper from it."""
    for name, asked in arrangement.selection.asked.items():
        for use in asked.fields:
            yield use.field, FieldUser(name, use.because, use.source), not use.optional
    for paper, way in _papers(arrangement):
        for field in way.supply.fields if way.supply.by is SupplyBy.FORM else ():
            yield field, FieldUser(paper.matter, way.supply.because, way.supply.source), True


def _papers(arrangement: Arrangement) -> Iterator[tuple[Paper, Way]]:
    return zip(arrangement.papers, arrangement.ways, strict=True)


def _form_field(compiled: Compiled, field: FieldDef, used_by: tuple[FieldUser, ...], required: bool) -> FormField:
    ask = _ask(compiled, field)
    return FormField(
        id=field.id,
        label=field.label,
        type=field.type,
        options=field.options,
        ask=ask,
        required=required and ask is not Ask.DERIVED,
        sensitive=field.sensitive,
        hint=field.hint,
        help_to_find=field.help_to_find,
        question=field.question,
        used_by=used_by,
        because=_asked_because(compiled, field, ask, used_by),
    )


def _ask(compiled: Compiled, field: FieldDef) -> Ask:
    if field.id in compiled.derived_fields:
        return Ask.DERIVED
    return Ask.PREFILL if field.known_from else Ask.ASK


def _asked_because(compiled: Compiled, field: FieldDef, ask: Ask, used_by: tuple[FieldUser, ...]) -> Words:
    if ask is Ask.DERIVED:
        return FOLLOWS
    if ask is Ask.PREFILL and field.known_from:
        holder = compiled.catalogue.departments.get(field.known_from[0], Words("平台", "The platform"))
        return Words(f"{holder.zh}已掌握，代您填好，请核对", f"{holder.en} knows it already; please check it")
    return used_by[0].because


def materials_of(compiled: Compiled, arrangement: Arrangement) -> tuple[MaterialLine, ...]:
    """List every material of the plan with how it comes about, in the order of the pack."""
    found: dict[str, list[tuple[Paper, Way]]] = {}
    for paper, way in _papers(arrangement):
        found.setdefault(way.material, []).append((paper, way))
    materials = compiled.catalogue.materials
    return tuple(_material(materials[name], found[name]) for name in materials if name in found)


def _material(material: MaterialDef, uses: list[tuple[Paper, Way]]) -> MaterialLine:
    first = uses[0][1].supply
    return MaterialLine(
        id=material.id,
        title=material.title,
        hint=material.hint,
        action=_ACTIONS[first.by],
        used_by=tuple(dict.fromkeys(paper.matter for paper, _way in uses)),
        supplied_by=tuple(dict.fromkeys(_supplier(way) for _paper, way in uses)),
        because=first.because,
        source=first.source,
        may_follow=_may_follow(material) if first.by is SupplyBy.APPLICANT else None,
    )


def _supplier(way: Way) -> Supplier:
    supply = way.supply
    return Supplier(supply.by.value, supply.department, supply.share, supply.matter, supply.fields)


def _may_follow(material: MaterialDef) -> MayFollow | None:
    figure = material.may_follow_within
    return MayFollow(figure.value, figure.unit, figure.basis, figure.source) if figure else None


def removed_of(compiled: Compiled, arrangement: Arrangement) -> tuple[Removed, ...]:
    """Give every paper of the way before that need not be handed in any more, with its reason."""
    kept: set[str] = set()
    removed = []
    for paper, way in _papers(arrangement):
        if way.supply.by is not SupplyBy.APPLICANT:
            reason = _REMOVALS[way.supply.by]
            removed.append(Removed(way.material, paper.matter, reason, way.supply.because, way.supply.source))
        elif way.material in kept:
            removed.append(Removed(way.material, paper.matter, Removal.REPEATED, ONCE, paper.need.source))
        kept |= {way.material} if way.supply.by is SupplyBy.APPLICANT else set()
    return tuple(removed)
