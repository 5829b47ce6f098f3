"""The pack is published anew while a form is being filled: the person is told what changed, keeps what was typed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from onething.cases import forms, queries, services
from onething.cases.errors import DraftAlreadySubmitted, RulesRenewedAgain
from onething.cases.models import Case, Draft, Upload
from onething.cases.renewal import compare
from onething.cases.tests import factories
from onething.cases.tests.test_portal import page, sign_in, words
from onething.catalogue import services as publishing
from onething.catalogue.models import Release
from onething.kernel.access import SYSTEM
from onething.plumbing import places
from onething.plumbing.journal.models import Entry
from onething.plumbing.packs import read_pack
from onething.registry.models import Person

pytestmark = pytest.mark.django_db

NOW = factories.NOW
LATER = NOW + timedelta(minutes=1)
Edit = Callable[[Path], None]

MATTER = """
id: health_check
title: {zh: "退役体检建档", en: "Health file after service"}
title_source: S3
department: human_resources
result: {zh: "健康档案", en: "A health file"}
applies:
  - when: "placement_type IN ('self_employed', 'monthly_pension', 'demobilised')"
    because: {zh: "试验用的事项。", en: "A matter for trying."}
    otherwise: {zh: "不用办。", en: "Not needed."}
    source: S3
working_days:
  alone: {value: 2, basis: reconstructed, source: S3}
  joined: {value: 2, basis: reconstructed, source: S3}
alone: {steps: {value: 1, basis: reconstructed, source: S3}, trips: {value: 1, basis: reconstructed, source: S3}}
fields:
  - {field: blood_type, source: S3, because: {zh: "建档要写。", en: "The file names it."}}
materials:
  - {any_of: [health_card], source: S3, because: {zh: "体检结果在上面。", en: "The results stand on it."}}
"""
FIELD = """
blood_type:
  label: {zh: "血型", en: "Blood type"}
  question: {zh: "您是什么血型？", en: "Which blood type have you?"}
  type: text
"""
MATERIAL = """
health_card:
  title: {zh: "体检表", en: "Health check form"}
  hint: {zh: "拍全四个角。", en: "All four corners."}
  supplies:
    - {by: applicant, source: S3, because: {zh: "体检表在您手里。", en: "You hold it."}}
"""


def _replace(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text, before
    path.write_text(text.replace(before, after))


def _more(root: Path) -> None:
    """One matter with its question and its paper comes, one question and one paper go, one matter needs nine days."""
    national, here = root / "national/retirement", root / "hlj/retirement"
    (here / "matters/99_health_check.yaml").write_text(MATTER)
    with (here / "fields.yaml").open("a") as fields:
        fields.write(FIELD)
    with (national / "materials/papers.yaml").open("a") as papers:
        papers.write(MATERIAL)
    registration = national / "matters/03_household_registration.yaml"
    lines = [line for line in registration.read_text().splitlines() if "former_hukou_address" not in line]
    lines = [line for line in lines if "any_of: [host_household_book]" not in line]
    registration.write_text("\n".join(lines))
    _replace(registration, "joined: {value: 1,", "joined: {value: 9,")
    _drop_entry(national / "fields.yaml", "former_hukou_address")
    _drop_entry(national / "materials/papers.yaml", "host_household_book")


def _drop_entry(path: Path, name: str) -> None:
    """Take one entry out of a file of entries."""
    kept, is_in = [], False
    for line in path.read_text().splitlines():
        is_in = line == f"{name}:" or (is_in and line[:1] in (" ", ""))
        kept += [] if is_in else [line]
    path.write_text("\n".join(kept) + "\n")


def _one_choice_less(root: Path) -> None:
    _replace(root / "national/retirement/fields.yaml", '    single: {zh: "未婚", en: "Single"}\n', "")


def _other_words(root: Path) -> None:
    _replace(root / "hlj/retirement/pack.yaml", 'version: "2026.1"', 'version: "2026.2"')


@pytest.fixture
def republish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Release]:
    """Publish the pack anew after an edit of its files, as somebody does while forms are being filled."""

    def edited(edit: Edit, at: timedelta = timedelta(minutes=1)) -> Release:
        root = tmp_path / str(uuid4())
        shutil.copytree(places.packs_root(), root)
        edit(root)
        shutil.rmtree(root / "hlj/retirement/examples", ignore_errors=True)  # they hold the old totals
        monkeypatch.setenv("ONETHING_PACKS", str(root))
        return publishing.publish_pack(pack=read_pack("hlj/retirement"), actor=SYSTEM, now=NOW + at)

    return edited


@pytest.fixture
def soldier(db: None) -> Person:
    factories.regions()
    factories.connect()
    return factories.person()


@pytest.fixture
def citizen(client: Client, soldier: Person) -> Client:
    return sign_in(client, "19900000001")


def test_a_form_is_told_what_changed_and_goes_on_by_the_new_rules(citizen, soldier, republish) -> None:
    draft = factories.draft(soldier)
    newer = republish(_more)
    for name in ("questions", "notice", "known", "steps/1", "papers", "check"):
        assert citizen.get(page(draft, name))["Location"] == page(draft, "renewed"), name
    told = words(citizen.get(page(draft, "renewed")))
    for said in ("退役体检建档", "体检表", "血型", "现在 9 个工作日，原来 1 个"):
        assert said in told, said
    for section, gone in (("不用再交", "户口簿"), ("不再问", "户口")):
        assert gone in told.partition(section)[2], gone
    answer = citizen.post(page(draft, "renewed"), {"release": str(newer.pk)})
    assert answer["Location"] == f"/matters/forms/{draft.pk}/"
    moved = Draft.objects.get(pk=draft.pk)
    assert moved.release_id == newer.pk
    before = {name: value for name, value in factories.answers().items() if name != "former_hukou_address"}
    assert queries.answers_of(moved) == before
    assert not Upload.objects.filter(draft=draft, material="host_household_book").exists()
    assert Upload.objects.filter(draft=draft, material="photo").exists()
    assert "血型" in words(citizen.get(page(draft, "check")))
    assert Entry.objects.get(kind="cases.DraftRenewed").payload["release_id"] == str(newer.pk)


def test_pressing_submit_by_the_old_rules_submits_nothing(citizen, soldier, republish) -> None:
    draft = factories.draft(soldier)
    republish(_more)
    assert citizen.post(page(draft, "check"))["Location"] == page(draft, "renewed")
    assert not Case.objects.exists()


def test_what_was_just_typed_is_kept_before_the_person_is_told(citizen, soldier, republish) -> None:
    draft = factories.draft(soldier)
    citizen.get(page(draft, "steps/1"))
    names = [q.field.id for q in _sheet(draft).step(1)]
    typed = {f"q_{name}": str(factories.answers()[name]) for name in names}
    republish(_other_words)
    changed = names[next(i for i, name in enumerate(names) if isinstance(factories.answers()[name], str))]
    answer = citizen.post(page(draft, "steps/1"), {**typed, **_boxes(names), f"q_{changed}": "改过的话"})
    assert answer.status_code == 302, words(answer)
    assert queries.answers_of(Draft.objects.get(pk=draft.pk))[changed] == "改过的话"
    assert citizen.get(answer["Location"])["Location"] == page(draft, "renewed")


def _sheet(draft: Draft) -> forms.Sheet:
    return forms.sheet_of(Draft.objects.get(pk=draft.pk), on=NOW.date())


def _boxes(names: list[str]) -> dict[str, str]:
    """Write yes-or-no answers as their boxes do."""
    given = {name: factories.answers()[name] for name in names}
    return {f"q_{n}": "yes" if v else "no" for n, v in given.items() if isinstance(v, bool)}


def test_an_answer_that_no_longer_fits_is_shown_and_asked_again(citizen, soldier, republish) -> None:
    draft = factories.draft(soldier)
    newer = republish(_one_choice_less)
    told = words(citizen.get(page(draft, "renewed")))
    assert "未婚" in told and "还有 1 题要答" in told
    citizen.post(page(draft, "renewed"), {"release": str(newer.pk)})
    assert "marital_status" not in queries.answers_of(Draft.objects.get(pk=draft.pk))
    checked = citizen.get(page(draft, "check"))
    assert checked.status_code == 200 and "还有 1 题没答" in words(checked)


def test_where_nothing_is_different_for_the_person_one_press_goes_on_to_the_end(citizen, soldier, republish) -> None:
    draft = factories.draft(soldier)
    newer = republish(_other_words)
    assert "对您没有影响" in words(citizen.get(page(draft, "renewed")))
    citizen.post(page(draft, "renewed"), {"release": str(newer.pk)})
    citizen.post(page(draft, "check"))
    assert Case.objects.get().release_id == newer.pk


def test_agreeing_to_what_was_replaced_once_more_shows_the_newest(citizen, soldier, republish) -> None:
    draft = factories.draft(soldier)
    seen = republish(_more)
    newest = republish(_other_words, timedelta(minutes=2))
    answer = citizen.post(page(draft, "renewed"), {"release": str(seen.pk)})
    assert "请再看一遍" in words(answer)
    with pytest.raises(RulesRenewedAgain):
        services.renew_draft(draft=draft, release=seen, actor=factories.citizen(soldier), now=LATER)
    services.renew_draft(draft=draft, release=newest, actor=factories.citizen(soldier), now=LATER)
    again = services.renew_draft(draft=draft, release=newest, actor=factories.citizen(soldier), now=LATER)
    assert again.release_id == newest.pk
    assert Entry.objects.filter(kind="cases.DraftRenewed").count() == 1, "agreeing twice is one fact"


def test_a_submitted_form_is_not_carried_over(citizen, soldier, republish) -> None:
    draft = factories.draft(soldier)
    services.submit_case(draft=draft, actor=factories.citizen(soldier), now=NOW)
    newer = republish(_more)
    assert citizen.get(page(draft, "renewed"))["Location"] == f"/matters/forms/{draft.pk}/"
    with pytest.raises(DraftAlreadySubmitted):
        services.renew_draft(draft=draft, release=newer, actor=factories.citizen(soldier), now=LATER)


def test_nobody_else_is_told_or_agrees(client, soldier, republish) -> None:
    draft = factories.draft(soldier)
    newer = republish(_more)
    assert client.get(page(draft, "renewed")).status_code == 302
    assert "/door/" in client.post(page(draft, "renewed"), {"release": str(newer.pk)})["Location"]
    assert Draft.objects.get(pk=draft.pk).release_id != newer.pk


def test_a_plan_beside_itself_differs_in_nothing(soldier) -> None:
    plan = queries.plan_of(factories.draft(soldier), on=NOW.date())
    assert compare(plan, plan).is_empty
