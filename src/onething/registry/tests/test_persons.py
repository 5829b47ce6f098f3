"""Persons: found by their number, read with their key, seen by those who may, and forgotten for good."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from onething.kernel.access import NOBODY, SYSTEM, Actor, Door, department
from onething.kernel.errors import Invalid
from onething.plumbing import keys
from onething.plumbing.journal.models import Entry
from onething.plumbing.looks.models import Look
from onething.registry import cipher, masks, queries, sealing, services
from onething.registry.cipher import DataKey, WrappedKey
from onething.registry.errors import (
    NameMissing,
    NoSuchPerson,
    NoSuchRegion,
    PersonAlreadyRegistered,
    PersonErased,
    PhoneWrong,
    PurposeMissing,
    SealBroken,
)
from onething.registry.models import KnownFact, Person, PersonKey
from onething.registry.tests.factories import (
    CITY,
    COUNTY,
    NEIGHBOUR,
    NOW,
    PROVINCE,
    TOWN,
    VILLAGE,
    id_number,
    load_regions,
    person,
    staff,
)

Grade = KnownFact.Grade


@pytest.fixture(autouse=True)
def county(request: pytest.FixtureRequest) -> None:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        load_regions()


# ── reading back ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_person_is_found_by_number_and_read_back() -> None:
    number = id_number()
    registered = person(name="欧阳䶮", id_number=number, phone="+86 138 0000 0014")
    found = queries.person_by_id_number(f" {number[:6]} {number[6:]} ")
    assert found == registered
    assert (found.name, found.id_number, found.phone) == ("欧阳䶮", number, "13800000014")
    assert found.masked_name == "欧*䶮"
    assert queries.person_by_id_number(id_number()) is None


@pytest.mark.django_db
def test_no_table_holds_a_personal_datum_in_the_clear() -> None:
    number = id_number()
    registered = person(name="贺长平", id_number=number, phone="13800000014", known={"bank": "6222020000001234567"})
    secrets = ["贺长平", number, number[6:14], "13800000014", "6222020000001234567"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text, row_to_json(t)::text FROM "{table}" t')
            for row in cursor.fetchall():
                written = " ".join(row)
                for secret in secrets:
                    assert secret not in written, table
                    assert secret.encode().hex() not in written, table
    assert registered.name == "贺长平"


@pytest.mark.django_db
def test_the_same_value_is_never_sealed_the_same_way() -> None:
    one, other = person(), person()
    assert bytes(one.sealed_name) != bytes(other.sealed_name)
    assert len(one.sealed_name) == len(person(name="买买提·吐尔逊").sealed_name)


@pytest.mark.django_db
def test_a_value_moved_to_another_person_or_field_does_not_open() -> None:
    one, other = person(), person()
    Person.objects.filter(pk=other.pk).update(sealed_name=one.sealed_name)
    with pytest.raises(SealBroken):
        _ = Person.objects.get(pk=other.pk).name
    Person.objects.filter(pk=one.pk).update(sealed_phone=one.sealed_name)
    with pytest.raises(SealBroken):
        _ = Person.objects.get(pk=one.pk).phone


@pytest.mark.django_db
def test_another_persons_key_does_not_open_even_when_its_row_is_swapped() -> None:
    one, other = person(), person()
    theirs = PersonKey.objects.get(person=other)
    PersonKey.objects.filter(person=one).update(wrapped=theirs.wrapped)
    with pytest.raises(SealBroken):
        _ = Person.objects.get(pk=one.pk).name


@pytest.mark.django_db
def test_values_of_upper_modules_are_bound_to_person_and_field() -> None:
    one, other = person(), person()
    answers = {"地址": "柳湾村", "children": [1, 2], "none": None}
    sealed = sealing.seal(one.pk, answers, field="case.answers")
    assert sealing.unseal(one.pk, sealed, field="case.answers") == answers
    for person_id, field in [(other.pk, "case.answers"), (one.pk, "case.reply")]:
        with pytest.raises(SealBroken):
            sealing.unseal(person_id, sealed, field=field)
    assert set(sealing.keys_of([one.pk, other.pk, uuid4()])) == {one.pk, other.pk}


@pytest.mark.django_db
def test_rotating_the_field_key_leaves_old_values_readable() -> None:
    provider = keys.provider()
    one = person()
    folder = provider.folder  # type: ignore[attr-defined]
    newer = folder / f"field.{provider.newest('field') + 1}"
    newer.write_bytes(b"n" * 32)
    try:
        two = person(name="任晓舟")
        assert PersonKey.objects.get(person=two).version == PersonKey.objects.get(person=one).version + 1
        names = {p.name for p in Person.objects.with_keys()}
        assert names == {"贺长平", "任晓舟"}
    finally:
        newer.unlink()
    with pytest.raises(keys.KeyMissing):
        _ = Person.objects.get(pk=two.pk).name


@given(value=st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.lists(v), max_leaves=8))
def test_every_json_value_comes_back(value: object) -> None:
    key = DataKey.fresh(uuid4())
    assert key.unseal("f", key.seal("f", value)) == value


@given(place=st.integers(min_value=0, max_value=60), flip=st.integers(min_value=1, max_value=255))
def test_no_changed_byte_goes_unnoticed(place: int, flip: int) -> None:
    key = DataKey(uuid4(), b"k" * 32)
    sealed = bytearray(key.seal("f", "贺长平"))
    sealed[place] ^= flip
    assert len(sealed) == 61
    with pytest.raises(SealBroken):
        key.unseal("f", bytes(sealed))


def test_a_wrapped_key_opens_for_its_person_only() -> None:
    key = DataKey.fresh(uuid4())
    wrapped = key.wrap()
    assert DataKey.unwrap(key.person_id, wrapped) == key
    with pytest.raises(SealBroken):
        DataKey.unwrap(uuid4(), wrapped)
    with pytest.raises(SealBroken):
        DataKey.unwrap(key.person_id, WrappedKey(wrapped.version, wrapped.content[:-1] + b"x"))


def test_the_index_depends_on_the_key_and_the_kind() -> None:
    assert cipher.blind_index("phone", "1") == cipher.blind_index("phone", "1")
    assert cipher.blind_index("phone", "1") != cipher.blind_index("id_number", "1")


def test_a_key_is_not_printed() -> None:
    assert "secret" not in repr(DataKey(uuid4(), b"secret".ljust(32)))


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_number_is_registered_once() -> None:
    number = id_number()
    person(id_number=number)
    facts = Entry.objects.count()
    with pytest.raises(PersonAlreadyRegistered):
        person(id_number=number.lower(), name="任晓舟")
    assert (Person.objects.count(), PersonKey.objects.count(), Entry.objects.count()) == (1, 1, facts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"name": "  "}, NameMissing),
        ({"phone": "12"}, PhoneWrong),
        ({"phone": "0451-8888888"}, PhoneWrong),
        ({"region": "980000000000"}, NoSuchRegion),
        ({"id_number": "990110200403050011"}, Invalid),
        ({"id_number": "990110200413050014"}, Invalid),
    ],
)
def test_bad_input_is_refused_by_name(wish: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        person(**wish)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_half_a_person_is_refused_by_the_database() -> None:
    one = person()
    for change in [{"sealed_name": None}, {"id_index": None}, {"forgotten_at": NOW}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=one.pk).update(**change)


# ── correcting, looking, forgetting ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_correction_changes_what_is_given_and_tells_only_the_fields() -> None:
    one, number = person(), id_number()
    services.correct_person(
        person_id=one.pk, name="贺长安", id_number=number, source="police", actor=staff(COUNTY), now=NOW
    )
    found = queries.person_by_id_number(number)
    assert found is not None and (found.pk, found.name, found.phone) == (one.pk, "贺长安", "13800000014")
    fact = Entry.objects.get(kind="registry.PersonCorrected")
    assert fact.payload == {"person_id": str(one.pk), "fields": ["name", "id_number"], "source": "police"}


@pytest.mark.django_db
def test_a_correction_cannot_take_somebody_elses_number() -> None:
    one, other = person(), person()
    with pytest.raises(PersonAlreadyRegistered):
        services.correct_person(person_id=one.pk, id_number=other.id_number, source="x", actor=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_a_neighbour_county_cannot_correct_or_forget() -> None:
    one = person()
    with pytest.raises(NoSuchPerson):
        services.correct_person(person_id=one.pk, name="某", source="x", actor=staff(NEIGHBOUR), now=NOW)
    with pytest.raises(NoSuchPerson):
        services.forget_person(person_id=one.pk, actor=staff(NEIGHBOUR), now=NOW)
    assert Person.objects.get().name == "贺长平"


@pytest.mark.django_db
def test_forgetting_makes_everything_unreadable_everywhere() -> None:
    one = person(known={"bank": "6222"})
    kept_elsewhere = sealing.seal(one.pk, "answers")
    number = one.id_number
    services.forget_person(person_id=one.pk, actor=SYSTEM, now=NOW)
    with pytest.raises(PersonErased):
        sealing.unseal(one.pk, kept_elsewhere)
    with pytest.raises(PersonErased):
        sealing.seal(one.pk, "new")
    with pytest.raises(PersonErased):
        queries.known_facts(one.pk)
    with pytest.raises(PersonErased):
        _ = Person.objects.get(pk=one.pk).name
    assert queries.person_by_id_number(number) is None
    assert not KnownFact.objects.exists() and not PersonKey.objects.exists()
    assert Entry.objects.filter(kind="registry.PersonForgotten", subject=one.pk).count() == 1
    with pytest.raises(NoSuchPerson):
        services.forget_person(person_id=one.pk, actor=SYSTEM, now=NOW)
    assert person(id_number=number).pk != one.pk


@pytest.mark.django_db
def test_a_look_is_noted_with_its_purpose() -> None:
    one = person()
    services.note_look(one.pk, "cases.handle_case", staff(COUNTY), NOW)
    look = Look.objects.get()
    assert (look.person_ids, look.purpose) == ([one.pk], "cases.handle_case")
    with pytest.raises(PurposeMissing):
        services.note_look(one.pk, " ", staff(COUNTY), NOW)


# ── known facts ─────────────────────────────────────────────────────────────────────────────────────────────────────


def learn(one: Person, value: object, *, source: str, grade: int, days: int = 0) -> None:
    services.learn_facts(
        person_id=one.pk, known={"hukou_address": value}, source=source, grade=grade,
        checked_at=NOW + timedelta(days=days), actor=SYSTEM, now=NOW + timedelta(days=days),
    )  # fmt: skip


@pytest.mark.django_db
def test_the_form_is_filled_from_the_person_and_the_best_source() -> None:
    number = id_number(15)
    one = person(id_number=number, known={"hukou_address": "甲", "served_months": 24})
    learn(one, "乙", source="police", grade=Grade.AUTHORITATIVE)
    learn(one, "丙", source="citizen", grade=Grade.STATED, days=9)
    known = queries.known_facts(one.pk)
    assert (known["hukou_address"].value, known["hukou_address"].source) == ("乙", "police")
    assert (known["served_months"].value, known["served_months"].source) == (24, "roster")
    assert {field: known[field].value for field in ("full_name", "id_number", "phone", "sex", "birth_date")} == {
        "full_name": "贺长平", "id_number": number, "phone": "13800000014", "sex": "male", "birth_date": "2004-03-05",
    }  # fmt: skip
    assert [k.value for k in queries.sources_of(one.pk, "hukou_address")] == ["乙", "甲", "丙"]


@pytest.mark.django_db
def test_of_equal_grades_the_newer_counts_and_a_source_speaks_once() -> None:
    one = person()
    learn(one, "旧", source="police", grade=Grade.AUTHORITATIVE)
    learn(one, "新", source="civil", grade=Grade.AUTHORITATIVE, days=1)
    assert queries.known_facts(one.pk)["hukou_address"].value == "新"
    learn(one, "最新", source="police", grade=Grade.AUTHORITATIVE, days=2)
    learn(one, "过时", source="police", grade=Grade.AUTHORITATIVE, days=-5)
    assert queries.known_facts(one.pk)["hukou_address"].value == "最新"
    assert len(queries.sources_of(one.pk, "hukou_address")) == 2


# ── who sees whom ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (staff("0" * 12), {PROVINCE, CITY, COUNTY, NEIGHBOUR, TOWN, VILLAGE}),
        (staff(PROVINCE), {PROVINCE, CITY, COUNTY, NEIGHBOUR, TOWN, VILLAGE}),
        (staff(CITY), {CITY, COUNTY, NEIGHBOUR, TOWN, VILLAGE}),
        (staff(COUNTY), {COUNTY, TOWN, VILLAGE}),
        (staff(NEIGHBOUR), {NEIGHBOUR}),
        (staff(TOWN), {TOWN, VILLAGE}),
        (staff(VILLAGE), {VILLAGE}),
        (staff(""), set()),
        (NOBODY, set()),
        (department("police"), set()),
        (Actor(door=Door.DEPARTMENT, organisation="police", region=COUNTY), set()),
        (Actor(door=Door.CITIZEN), set()),
        (Actor(door=Door.CITIZEN, person_id=uuid4(), region=COUNTY), set()),
        (SYSTEM, {PROVINCE, CITY, COUNTY, NEIGHBOUR, TOWN, VILLAGE}),
    ],
)
def test_who_sees_whom(actor: Actor, seen: set[str]) -> None:
    for region in (PROVINCE, CITY, COUNTY, NEIGHBOUR, TOWN, VILLAGE):
        person(region=region, known={"x": 1})
    assert set(Person.objects.visible_to(actor).values_list("region_id", flat=True)) == seen
    assert set(KnownFact.objects.visible_to(actor).values_list("person__region_id", flat=True)) == seen


@pytest.mark.django_db
def test_a_citizen_sees_only_themselves() -> None:
    one, other = person(), person()
    actor = Actor(door=Door.CITIZEN, person_id=one.pk, region=COUNTY)
    assert list(Person.objects.visible_to(actor)) == [one]
    assert queries.person(actor, one.pk).name == "贺长平"
    with pytest.raises(NoSuchPerson):
        queries.person(actor, other.pk)


# ── masks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("贺长平", "贺*平"),
        ("贺平", "贺*"),
        ("欧阳建国", "欧**国"),
        ("买买提·吐尔逊", "买**逊"),
        ("贺", "贺*"),
        ("", ""),
    ],
)
def test_names_are_masked(name: str, mask: str) -> None:
    assert masks.name(name) == mask


def test_numbers_are_masked() -> None:
    assert masks.id_number("990110200403050014") == "99********0014"
    assert (masks.phone("13800000014"), masks.phone("")) == ("138****0014", "")


def test_facts_and_prints_hold_no_value() -> None:
    assert "贺" not in json.dumps(repr(Person(masked_name="贺*平")))
