"""Checks a pack: names, sources, conditions, what belongs together, the engine's refusals, the examples. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from onething.catalogue import references, resolve
from onething.catalogue.advice import advice_on
from onething.catalogue.examples import Run, run_examples
from onething.catalogue.occasions import OCCASIONS
from onething.catalogue.policies.checking import check_entitlements
from onething.catalogue.policies.situations import Ran
from onething.engine.bundle.compiled import Compiled
from onething.engine.bundle.compiling import compile_catalogue
from onething.engine.bundle.errors import CatalogueRefused
from onething.engine.bundle.model import FieldDef
from onething.engine.rules.errors import RuleRefused, RuleUnreadable
from onething.engine.rules.language import parse
from onething.kernel.codes import Sex
from onething.kernel.errors import Refusal, with_remedy
from onething.kernel.language import Language
from onething.kernel.workdays import Calendar
from onething.plumbing.packs import Pack, PackInvalid, Problem, look_at, schema
from onething.plumbing.packs.problems import BASE_UNREAD, UNREAD, in_order, suggestion
from onething.plumbing.packs.sections import BY_NAME, ENTITLEMENTS, GRANTS, section_of
from onething.plumbing.sentences import filled_in, refusal_in

RULES = "onething.engine.rules"
"""The package whose locale has what can be wrong with a condition."""

CHOICES = ("choice", "choices")


@dataclass(frozen=True, slots=True)
class Report:
    """
    What a check found. `problems` must be corrected before the pack can be used, `advice` should be looked at.

    `compiled` is there when the pack can be computed, even if an example does not come out as expected.
    """

    pack: Pack | None
    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...] = ()
    runs: tuple[Run | Ran, ...] = ()
    compiled: Compiled | None = field(default=None, repr=False)

    @property
    def is_good(self) -> bool:
        """Whether the pack may be used and published."""
        return not self.problems

    @property
    def is_usable(self) -> bool:
        """Whether it can be calculated with, even if an example does not come out as expected."""
        return self.compiled is not None or bool(self.runs) or self.is_good


def check_pack(where: str, calendar: Calendar) -> Report:
    """Check a pack (a folder, or an id under the packs root) in every way there is; find all problems at once."""
    pack, problems = look_at(where)
    if pack is None:
        return Report(None, tuple(in_order(problems)))
    if pack.header.kind == ENTITLEMENTS:
        return _entitlements(pack, problems)
    problems += list(contradictions(pack, unread(problems)))
    if problems:
        return Report(pack, tuple(in_order(problems)))
    compiled, refused = _compiled(pack)
    if compiled is None:
        return Report(pack, tuple(in_order(refused)))
    runs = tuple(run_examples(pack, compiled, calendar))
    differences = [difference for run in runs for difference in run.problems]
    return Report(pack, tuple(in_order(differences)), tuple(in_order(advice_on(pack))), runs, compiled)


def _entitlements(pack: Pack, problems: list[Problem]) -> Report:
    if problems:
        return Report(pack, tuple(in_order(problems)))
    checked = check_entitlements(pack)
    found = [*checked.problems, *_no_granting_pack(pack)]
    return Report(pack, tuple(in_order(found)), runs=checked.ran)


def _no_granting_pack(pack: Pack) -> Iterator[Problem]:
    """The pack in which one applies must be there, and be one of grants."""
    named = pack.header.granted_by
    granting = look_at(named)[0] if named else None
    if named and (granting is None or granting.header.kind != GRANTS):
        facts = {"id": named, "kind": lambda language: "待遇办理包" if language == "zh" else "pack of kind grants"}
        yield Problem("unknown_name", pack.place("pack", "granted_by"), {**facts, **suggestion(named, ())})


def compile_pack(pack: Pack) -> Compiled:
    """Make a pack computable, without running its examples. Refuses PackInvalid with every problem found."""
    problems = list(contradictions(pack))
    if problems:
        raise PackInvalid(problems)
    compiled, refused = _compiled(pack)
    if compiled is None:
        raise PackInvalid(refused)
    return compiled


def unread(problems: Iterable[Problem]) -> frozenset[str]:
    """Name the sections of which a file, or the pack it extends, could not be read: what they lack proves nothing."""
    listed = list(problems)
    if any(problem.code in BASE_UNREAD for problem in listed):
        return frozenset(BY_NAME)
    sections = (section_of(problem.place.file) for problem in listed if problem.code in UNREAD)
    return frozenset(section.name for section in sections if section is not None)


def contradictions(pack: Pack, unread: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """
    Find every name, source and condition that cannot stand, and what does not go together.

    A name is not missed where a file of its section is `unread`.
    """
    yield from references.unknown_names(pack, unread)
    if "sources" not in unread:
        yield from references.unknown_sources(pack)
    yield from _bad_expressions(pack, "fields" not in unread)
    yield from _mismatches(pack)


# conditions


def _bad_expressions(pack: Pack, is_read: bool) -> Iterator[Problem]:
    dictionary = resolve.fields_of(pack)
    is_whole = is_read and len(dictionary) == len(pack.known["fields"])
    for pattern in references.EXPRESSIONS:
        for found in references.at(pack.tree, pattern):
            refusal = _refusal(found.node.value, dictionary)
            if refusal is not None and (is_whole or isinstance(refusal, RuleUnreadable)):
                yield Problem("bad_expression", found.node.place, {"reason": partial(_reason, refusal)})


def _reason(refusal: RuleRefused, language: Language) -> str:
    problem, correction = (filled_in(language, RULES, said) for said in (refusal.problem, refusal.correction))
    if language == "zh":
        return f"“{refusal.expression}”：{problem}（第 {refusal.position} 个字符）。{correction}"
    return f"“{refusal.expression}”: {problem} (position {refusal.position}). {correction}"


def _refusal(expression: object, dictionary: Mapping[str, FieldDef]) -> RuleRefused | None:
    if not isinstance(expression, str):
        return None
    try:
        parse(expression, dictionary)
    except RuleRefused as refusal:
        return refusal
    return None


# what belongs together


def _mismatches(pack: Pack) -> Iterator[Problem]:
    yield from _period(pack)
    for name, entry in pack.of(schema.FieldEntry).items():
        yield from _field(pack, name, entry)
    for name, matter in pack.of(schema.Matter).items():
        yield from _matter(pack, name, matter)
    for name, term in pack.of(schema.Term).items():
        yield from _term(pack, name, term)
    for name, way in pack.of(schema.Objection).items():
        if way.days and way.months:
            zh, en = "期限写日数或者月数，只写一样。", "Give the term in days or in months, not in both."
            yield _goes_with(pack, ("objections", name, "months"), "days, months", zh, en)
    for name, notice in pack.of(schema.Notice).items():
        yield from _notice(pack, name, notice)


def _period(pack: Pack) -> Iterator[Problem]:
    until = pack.header.effective.to
    if until is not None and until <= pack.header.effective.from_:
        zh, en = "`to` 是不再有效的第一天。", "`to` is the first day on which it no longer holds."
        yield _goes_with(pack, ("pack", "effective", "to"), "to ≤ from", zh, en)


def _field(pack: Pack, name: str, entry: schema.FieldEntry) -> Iterator[Problem]:
    if (entry.type in CHOICES) != bool(entry.options):
        yield _goes_with(
            pack,
            ("fields", name),
            f"type: {entry.type}, options: {len(entry.options)}",
            "选择类字段（choice、choices）要写 options，其他类型不写。",
            "A choice or choices field has options; no other field has.",
        )
    if entry.agrees_with is not None:
        yield from _of_type(pack, ("fields", name, "agrees_with", "field"), entry.agrees_with.field, "id_number")
        yield from _comparable(pack, name, entry, entry.agrees_with.part)


def _comparable(pack: Pack, name: str, entry: schema.FieldEntry, part: str) -> Iterator[Problem]:
    """A date of birth is held against a date, a sex against the options male and female."""
    if part == "sex" and set(entry.options) != {sex.value for sex in Sex}:
        yield _goes_with(
            pack,
            ("fields", name, "agrees_with", "part"),
            f"options: {', '.join(entry.options)}",
            "要和身份证号里的性别对照，选项须是 male 和 female。",
            "To be held against the sex in an ID number, the options must be male and female.",
        )
    if part == "birth_date":
        yield from _of_type(pack, ("fields", name, "agrees_with", "part"), name, "date")


def _matter(pack: Pack, name: str, matter: schema.Matter) -> Iterator[Problem]:
    if matter.consent is not None:
        yield from _of_type(pack, ("matters", name, "consent"), matter.consent, "boolean")
    if matter.cosign is not None:
        yield from _cosign(pack, name, matter, matter.cosign)
    for index, need in enumerate(matter.needs):
        if (need.matter is None) == (need.event is None):
            facts = {"owner": f"matters.{name}.needs.{index}", "keys": "matter, event"}
            yield Problem("one_of", pack.place("matters", name, "needs", index), facts)
    for index, act in enumerate(matter.acts):
        if (act.presence == "station") != (act.capability is not None):
            yield _goes_with(
                pack,
                ("matters", name, "acts", index),
                f"presence: {act.presence}, capability: {act.capability}",
                "到场办理（station）要写 capability，网上办理（online）不写。",
                "An act at a station names its capability; an online act does not.",
            )


def _cosign(pack: Pack, name: str, matter: schema.Matter, cosign: schema.CosignEntry) -> Iterator[Problem]:
    """Who signs beside the applicant can be reached, and everything they sign is asked on the matter's own form."""
    yield from _of_type(pack, ("matters", name, "cosign", "phone"), cosign.phone, "phone")
    asked = {need.field for need in matter.fields if need.when in (None, cosign.when) and not need.optional}
    for used in dict.fromkeys((cosign.name, cosign.phone, *cosign.shows)):
        if used not in asked:
            yield _goes_with(
                pack,
                ("matters", name, "cosign"),
                f"cosign: {used}",
                "共同签字要用到的字段，这个事项自己的表上必须问（不能是选填）。",
                "What a second signer signs with or sees must be asked on the matter's own form, and not be optional.",
            )


def _term(pack: Pack, name: str, term: schema.Term) -> Iterator[Problem]:
    yield from _of_type(pack, ("terms", name, "from_field"), term.from_field, "date")
    if (term.when is None) != (term.only_if is None):
        given = "when" if term.when else "only_if"
        yield _goes_with(
            pack,
            ("terms", name, given),
            given,
            "when 和 only_if 要一起写：一个给机器判断，一个是还不知道时给本人看的话。",
            "`when` and `only_if` go together: the condition, and its words for those of whom it is not known.",
        )


def _of_type(pack: Pack, path: tuple[str | int, ...], name: str, wanted: str) -> Iterator[Problem]:
    entry = pack.of(schema.FieldEntry).get(name)
    if entry is not None and entry.type != wanted:
        yield _goes_with(
            pack,
            path,
            f"{name}: type {entry.type} ≠ {wanted}",
            f"这里要用类型为 {wanted} 的字段。",
            f"Name a field of type {wanted}.",
        )


_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def _notice(pack: Pack, name: str, notice: schema.Notice) -> Iterator[Problem]:
    texts = {"sms": notice.sms, "in_app": notice.in_app}
    if notice.email:
        texts |= {"email.subject": notice.email.subject, "email.body": notice.email.body}
    for channel, words in texts.items():
        if words:
            yield from _placeholders(pack, name, ("notices", name, *channel.split(".")), words)


def _placeholders(pack: Pack, name: str, path: tuple[str, ...], words: schema.W) -> Iterator[Problem]:
    zh, en = (set(_PLACEHOLDER.findall(text)) for text in (words.zh, words.en))
    filled = OCCASIONS.get(name, zh | en)  # an occasion that there is not is refused by its name
    for one in sorted((zh | en) - filled):
        known = ", ".join(f"{{{each}}}" for each in sorted(filled))
        yield _goes_with(pack, path, f"{{{one}}}", f"这里能填的占位符：{known}。", f"What is filled here: {known}.")
    if zh != en:
        said = "两种语言要用同样的占位符。", "Both languages need the same placeholders."
        yield _goes_with(pack, path, "zh {…} ≠ en {…}", *said)


def _goes_with(pack: Pack, path: tuple[str | int, ...], reason: str, zh: str, en: str) -> Problem:
    def hint(language: str) -> str:
        return zh if language == "zh" else en

    return Problem("goes_with", pack.place(*path), {"owner": ".".join(map(str, path)), "reason": reason, "hint": hint})


# the engine's refusals


def _compiled(pack: Pack) -> tuple[Compiled | None, list[Problem]]:
    try:
        return compile_catalogue(resolve.catalogue_of(pack)), []
    except CatalogueRefused as refused:
        return None, [_refused(pack, refusal) for refusal in refused.problems]


def _refused(pack: Pack, refusal: Refusal) -> Problem:
    """Say an engine's refusal with the places of the entries that it names."""
    named = _named(pack, refusal)
    place = pack.place(*named[0]) if named else pack.place("pack")
    files = "; ".join(f"{path[1]}: {pack.place(*path)}" for path in named)

    def reason(language: Language) -> str:
        return refusal_in(language, refusal)[0]

    def hint(language: Language) -> str:
        remedy = refusal_in(language, refusal)[1]
        return f"{remedy} ({files})" if files else remedy

    return Problem("refused", place, {"reason": reason, "hint": hint})


def _named(pack: Pack, refusal: Refusal) -> list[tuple[str, str]]:
    facts = refusal.facts_in("en", with_remedy).values()
    words = dict.fromkeys(word for fact in facts for word in re.findall(r"[a-z][a-z0-9_]*", str(fact)))
    sections = ("matters", "materials", "derived")
    return [(section, word) for word in words for section in sections if word in pack.known[section]]


def effective_day(pack: Pack) -> date:
    """Give the first day on which the pack holds."""
    return date.fromisoformat(pack.header.effective.from_)
