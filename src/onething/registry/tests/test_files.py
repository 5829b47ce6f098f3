"""The personal file: many sources side by side, one responsible, corrections, the archive's way, who is expected."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing.journal.models import Entry as Fact
from onething.registry import queries, sections, services
from onething.registry.errors import (
    ArchiveNowhere,
    BankCardWrong,
    CorrectionAnswered,
    CorrectionWaits,
    FieldUnknown,
    NoSuchPerson,
    NothingStated,
    PurposeMissing,
    SectionUnknown,
    StillLacking,
)
from onething.registry.models import Arrival, CorrectionRequest, Person, Sharing, Statement
from onething.registry.person_file import FieldView
from onething.registry.retention import RULES
from onething.registry.tests.factories import COUNTY, NEIGHBOUR, NOW, load_regions, organisation, person, staff
from onething.registry.tests.rosters import apply, row, take, text

pytestmark = pytest.mark.django_db
SERVICE = {"enlisted_on": "2008-12", "unit": "某部", "rank": "中士"}


@pytest.fixture(autouse=True)
def county() -> None:
    load_regions()


@pytest.fixture
def someone() -> Person:
    return person()


def record(who: Person, section: str = "service", source: str = "army:roster", **values: Any) -> Statement:
    options = {key: values.pop(key) for key in ("checked_at", "grade", "actor") if key in values}
    given: dict[str, Any] = {"actor": SYSTEM, "now": NOW} | options
    return services.record_statement(
        person_id=who.pk, section=section, values=values or SERVICE, source=source, **given
    )


def view(who: Person, name: str, section: str = "service") -> FieldView:
    (entry,) = [e for e in queries.person_file(SYSTEM, who.pk).entries if e.section.name == section]
    return next(v for v in entry.fields if v.field.name == name)


def test_each_field_has_source_time_and_grade(someone: Person) -> None:
    record(someone)
    best = view(someone, "rank").best
    assert (best.value, best.source, best.checked_at, best.grade) == ("中士", "army:roster", NOW, 4)


def test_two_sources_that_mean_one_entry_stand_side_by_side(someone: Person) -> None:
    record(someone, enlisted_on="2008-12-01", rank="中士")
    record(someone, source="person:form", enlisted_on="2008.12", rank="上士")
    rank = view(someone, "rank")
    assert (rank.best.value, rank.is_conflict) == ("中士", True)
    assert [(shown, said.source) for shown, said in rank.others_shown] == [("上士", "person:form")]
    assert not view(someone, "enlisted_on").is_conflict  # a month agrees with a day in it


def test_only_the_responsible_source_is_authoritative_whatever_it_claims(someone: Person) -> None:
    record(someone, source="veterans:desk", grade=4)
    assert view(someone, "rank").best.grade == sections.Grade.DOCUMENTED
    record(someone, source="army:late", enlisted_on="2008-12", rank="下士", checked_at=NOW - timedelta(days=900))
    assert view(someone, "rank").best.value == "下士"


def test_one_statement_can_hold_fields_of_two_grades(someone: Person) -> None:
    record(someone, "family", "police:extract", relation="配偶", full_name="何远", phone="13800000001", grade=2)
    assert view(someone, "full_name", "family").best.grade == 4
    assert view(someone, "phone", "family").best.grade == 2


def test_of_each_field_the_later_check_counts(someone: Person) -> None:
    record(someone, enlisted_on="2008-12", rank="中士", unit="甲部")
    record(someone, enlisted_on="2008-12", rank="列兵", certificate="字00012345", checked_at=NOW - timedelta(days=1))
    assert view(someone, "rank").best.value == "中士"
    said = view(someone, "certificate").best
    assert (said.value, said.checked_at) == ("字00012345", NOW - timedelta(days=1))
    record(someone, enlisted_on="2008-12", rank="上士", checked_at=NOW + timedelta(days=1))
    assert (view(someone, "rank").best.value, view(someone, "unit").best.checked_at) == ("上士", NOW)
    assert Statement.objects.count() == 1


def test_several_identities_merits_and_cards_are_entries_of_their_own(someone: Person) -> None:
    for number in ("E12345678", "E87654321"):
        record(someone, "identity", "police:x", kind="414", number=number)
    record(someone, "merit", **{"class": "三等功", "awarded_on": "2010.7"})
    record(someone, "merit", **{"class": "三等功", "awarded_on": "2012.7"})
    record(someone, "bank_card", "bank:x", bank="清和银行", number="6222021234567890128")
    found = [entry.section.name for entry in queries.person_file(SYSTEM, someone.pk).entries]
    assert found == ["identity", "identity", "merit", "merit", "bank_card"]


def test_numbers_are_masked_unless_the_full_value_is_asked_for(someone: Person) -> None:
    record(someone, "bank_card", "bank:x", number="6222021234567890128", holder="贺长平")
    card = view(someone, "number", "bank_card")
    assert (card.shown, card.full) == ("****0128", "6222021234567890128")


@pytest.mark.parametrize(
    ("section", "values", "refusal"),
    [
        ("dreams", {"a": "b"}, SectionUnknown),
        ("service", {"a": "b"}, FieldUnknown),
        ("service", {"rank": " "}, NothingStated),
        ("bank_card", {"number": "6222021234567890127"}, BankCardWrong),
    ],
)
def test_what_cannot_be_kept_is_refused(someone: Person, section: str, values: Any, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        services.record_statement(
            person_id=someone.pk, section=section, values=values, source="x", actor=SYSTEM, now=NOW
        )


def test_another_county_neither_reads_nor_writes(someone: Person) -> None:
    with pytest.raises(NoSuchPerson):
        queries.person_file(staff(NEIGHBOUR), someone.pk)
    with pytest.raises(NoSuchPerson):
        record(someone, actor=staff(NEIGHBOUR))
    assert queries.look_for(staff(NEIGHBOUR), someone.id_number) == []
    assert queries.look_for(staff(COUNTY), f" {someone.id_number[:6]} {someone.id_number[6:]}") == [someone]
    assert queries.look_for(staff(COUNTY), someone.phone) == [someone]


# --- corrections ----------------------------------------------------------------------------------------------------


def ask(who: Person, wanted: str = "上士") -> CorrectionRequest:
    row = Statement.objects.get(person=who, source="army:roster")
    return services.ask_correction(
        person_id=who.pk, section="service", match=bytes(row.match), field="rank", wanted=wanted,
        because="退役证上写的是上士", actor=Actor(door=Door.CITIZEN, person_id=who.pk), now=NOW,
    )  # fmt: skip


def answer(request: CorrectionRequest, *, is_accepted: bool = True, words: str = "", actor: Actor = SYSTEM) -> None:
    services.answer_correction(correction_id=request.pk, is_accepted=is_accepted, answer=words, actor=actor, now=NOW)


def test_an_accepted_correction_stands_beside_and_overwrites_nothing(someone: Person) -> None:
    record(someone)
    answer(ask(someone), words="看过退役证")
    rank = view(someone, "rank")
    assert rank.best.value == "中士"  # the army is responsible for it
    assert [said.value for said in rank.others] == ["上士"]
    assert rank.is_conflict
    record(someone, enlisted_on="2008-12", rank="上士", checked_at=NOW + timedelta(days=9))
    assert not view(someone, "rank").is_conflict


def test_a_correction_is_passed_on_to_who_is_responsible(someone: Person) -> None:
    record(someone)
    request = ask(someone)
    assert services.pass_on_correction(correction_id=request.pk, actor=SYSTEM, now=NOW) == "army"
    assert list(queries.corrections_open(staff(COUNTY))) == [request]
    assert not queries.corrections_open(staff(NEIGHBOUR)).exists()


def test_a_refusal_needs_a_reason_and_an_answer_is_given_once(someone: Person) -> None:
    record(someone)
    request = ask(someone)
    with pytest.raises(CorrectionWaits):
        ask(someone)
    with pytest.raises(NothingStated):
        answer(request, is_accepted=False)
    with pytest.raises(Denied):
        answer(request, actor=Actor(door=Door.CITIZEN, person_id=someone.pk))
    answer(request, is_accepted=False, words="档案里是中士")
    with pytest.raises(CorrectionAnswered):
        answer(request)
    request.refresh_from_db()
    assert someone.data_key.unseal("correction", bytes(request.sealed))["answer"] == "档案里是中士"
    assert ask(someone).pk != request.pk


# --- archive, arrival, sharing --------------------------------------------------------------------------------------


def test_the_archive_is_a_ledger_and_part_of_the_life_course(someone: Person) -> None:
    record(someone, enlisted_on="2008-12", discharged_on="2026-09-01")
    record(someone, "merit", **{"class": "三等功", "awarded_on": "2012.7"})
    office = organisation()
    lines = [
        ("held", {"outside": "某部"}),
        ("sent", {"outside": "某部", "way": "机要"}),
        ("received", {"holder": office}),
    ]
    for days, (kind, where) in enumerate(lines):
        services.note_archive(
            person_id=someone.pk, kind=kind, day=date(2026, 9, 2) + timedelta(days=days), reference="档0001",
            actor=SYSTEM, now=NOW, **where,
        )  # fmt: skip
    course = queries.person_file(SYSTEM, someone.pk).course
    assert [m.kind for m in course] == [
        "birth", "service.enlisted_on", "merit.awarded_on", "service.discharged_on", "archive.held", "archive.sent",
        "archive.received", "registered",
    ]  # fmt: skip
    with pytest.raises(ArchiveNowhere):
        services.note_archive(person_id=someone.pk, kind="held", day=NOW.date(), actor=SYSTEM, now=NOW)


def test_who_is_expected_is_ready_when_nothing_lacks() -> None:
    apply(take(text(row(安置方式=""))))
    arrival = Arrival.objects.get()
    review = {"person_id": arrival.person_id, "actor": staff(COUNTY), "now": NOW}
    with pytest.raises(StillLacking):
        services.review_arrival(state="ready", **review)
    services.review_arrival(state="asked", **review)
    who = Person.objects.get()
    record(who, enlisted_on="2024-09", placement="自主就业")
    record(who, "bank_card", "bank:x", number="6222021234567890128")
    assert services.review_arrival(state="ready", **review).lacking == []
    services.review_arrival(state="arrived", **review)
    assert not queries.arrivals(staff(COUNTY)).exists()
    assert Fact.objects.filter(kind="registry.ArrivalReviewed").count() == 3


def test_sharing_is_written_with_purpose_and_basis_and_the_person_sees_it(someone: Person) -> None:
    given: dict[str, Any] = {
        "direction": "given", "partner": "police", "purpose": "household", "basis": "L1:53", "fields": ["full_name"],
        "region": COUNTY, "person_id": someone.pk, "actor": SYSTEM, "now": NOW,
    }  # fmt: skip
    services.note_sharing(**given)
    assert queries.sharings(Actor(door=Door.CITIZEN, person_id=someone.pk)).count() == 1
    assert not queries.sharings(Actor(door=Door.CITIZEN, person_id=person().pk)).exists()
    assert not queries.sharings(staff(NEIGHBOUR)).exists()
    with pytest.raises(PurposeMissing):
        services.note_sharing(**given | {"basis": " "})


def test_the_sweep_removes_by_rule_and_a_dry_run_only_counts(someone: Person) -> None:
    record(someone)
    answer(ask(someone))
    apply(take(text(row())))
    unused = take(text(row()))
    services.note_sharing(
        direction="taken", partner="army", purpose="roster", basis="L1", fields=["name"], region=COUNTY, persons=9,
        actor=SYSTEM, now=NOW,
    )  # fmt: skip
    nothing = dict.fromkeys(("roster_files", "unused_rosters", "arrivals", "corrections", "exports", "sharing"), 0)
    assert services.sweep(now=NOW) == nothing
    late = NOW + timedelta(days=3 * 366 + 2)
    expected = nothing | {"roster_files": 1, "unused_rosters": 1, "corrections": 1, "sharing": 2}
    assert services.sweep(now=late, is_dry=True) == expected
    assert Sharing.objects.exists()
    assert services.sweep(now=late) == expected
    assert services.sweep(now=late) == nothing
    assert not (Sharing.objects.exists() or CorrectionRequest.objects.exists())
    unused.refresh_from_db()
    assert unused.state == "discarded"
    assert Fact.objects.filter(kind="registry.RetentionSwept").count() == 4


def test_the_law_keeps_the_ledger_of_sharing_three_years(someone: Person) -> None:
    rule = next(rule for rule in RULES if rule.name == "sharing")
    assert min(rule.days, rule.least) > 3 * 365
