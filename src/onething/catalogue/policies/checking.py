"""Checks an entitlement pack: names, sources, expressions, figures, and its situations. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from onething.catalogue import references
from onething.catalogue.policies.resolving import period_of, policy_pack_of
from onething.catalogue.policies.situations import Ran, run_situations
from onething.engine.policies.checking import check_policies
from onething.engine.policies.parsing import Fault, ParsedPack
from onething.engine.rules.errors import RuleRefused
from onething.kernel.errors import Refusal
from onething.kernel.language import Language
from onething.kernel.periods import PeriodEmpty
from onething.plumbing.packs import Pack, PackInvalid, Problem, entitlements, read_pack
from onething.plumbing.packs.problems import suggestion
from onething.plumbing.sentences import filled_in, refusal_in

RULES = "onething.engine.rules"
"""The package whose locale has what can be wrong with an expression."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: everything to correct, or a pack that can be decided with and its situations."""

    problems: tuple[Problem, ...]
    parsed: ParsedPack | None = None
    ran: tuple[Ran, ...] = ()


def check_entitlements(pack: Pack) -> Checked:
    """Check a pack of the kind `entitlements` that has been read without problems."""
    problems = [*_names(pack), *references.unknown_sources(pack), *_unknown_sources(pack), *_periods(pack)]
    if problems:
        return Checked(tuple(problems))
    parsed, faults = check_policies(policy_pack_of(pack))
    if faults:
        return Checked(tuple(_problem(pack, fault) for fault in faults))
    ran = tuple(run_situations(pack, parsed))
    return Checked(tuple(problem for one in ran for problem in one.problems), parsed, ran)


def read_policies(where: str) -> ParsedPack:
    """Read an entitlement pack (a folder, or an id under the packs root). Refuses PackInvalid with every problem."""
    pack = read_pack(where)
    if pack.header.kind != "entitlements":
        kind = {"name": "policies/", "section": "policies/", "kind": pack.header.kind}
        raise PackInvalid([Problem("other_kind", pack.place("pack"), kind)])
    return parsed_policies(pack)


def parsed_policies(pack: Pack) -> ParsedPack:
    """Check an entitlement pack, and give what can be decided with. Refuses PackInvalid with every problem."""
    checked = check_entitlements(pack)
    if checked.parsed is None or checked.problems:
        raise PackInvalid(checked.problems)
    return checked.parsed


def _names(pack: Pack) -> Iterator[Problem]:
    """Facts that tables take their keys from, and policies and facts that situations name, must exist."""
    facts, policies = pack.known["facts"], pack.known["policies"]
    for pattern, known, kind in (("tables/*/keys/*", facts, ("事实", "fact")),):
        for found in references.at(pack.tree, pattern):
            if found.node.value not in known:
                yield _unknown(found, str(found.node.value), known, kind)
    keys = (("situations/*/person/*", facts, ("事实", "fact")), ("situations/*/expect/*", policies, ("政策", "policy")))
    for pattern, known, kind in keys:
        for found in references.at(pack.tree, pattern):
            if found.path[-1] not in known:
                yield _unknown(found, str(found.path[-1]), known, kind)


def _unknown(found: references.Found, name: str, known: tuple[str, ...], kind: tuple[str, str]) -> Problem:
    def said(language: str) -> str:
        return kind[0] if language == "zh" else kind[1]

    return Problem("unknown_name", found.node.place, {"id": name, "kind": said, **suggestion(name, known)})


def _unknown_sources(pack: Pack) -> Iterator[Problem]:
    """The sources that disagree are listed; each must be known."""
    known = pack.known["sources"]
    for found in references.at(pack.tree, "policies/*/conflicts/*/sources/*"):
        name = str(found.node.value).split(":")[0]
        if name not in known:
            yield Problem("unknown_source", found.node.place, {"id": name, **suggestion(name, known)})


def _periods(pack: Pack) -> Iterator[Problem]:
    for name, policy in pack.of(entitlements.Policy).items():
        yield from _period(pack, policy.effective, ("policies", name, "effective"))
    for name, standard in pack.of(entitlements.Standard).items():
        for index, value in enumerate(standard.values):
            yield from _period(pack, value, ("standards", name, "values", index))
    for name, table in pack.of(entitlements.FigureTable).items():
        for index, period in enumerate(table.periods):
            yield from _period(pack, period, ("tables", name, "periods", index))


def _period(pack: Pack, dated: object, path: tuple[str | int, ...]) -> Iterator[Problem]:
    try:
        period_of(dated)  # type: ignore[arg-type]
    except PeriodEmpty as refusal:
        yield Problem("refused", pack.place(*path), {"reason": partial(_said, refusal), "hint": refusal.remedy})


def _said(refusal: Refusal, language: Language) -> str:
    return refusal_in(language, refusal)[0]


def _problem(pack: Pack, fault: Fault) -> Problem:
    return Problem("bad_rule", pack.place(*fault.path), {"reason": partial(_reason, fault.refusal)})


def _reason(refusal: RuleRefused, language: Language) -> str:
    problem, correction = (filled_in(language, RULES, said) for said in (refusal.problem, refusal.correction))
    if language == "zh":
        return f"“{refusal.expression}”：{problem}（第 {refusal.position} 个字符）。{correction}"
    return f"“{refusal.expression}”: {problem} (position {refusal.position}). {correction}"
