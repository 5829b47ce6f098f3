"""Where a register says otherwise the window chooses; orders carry it, the desk reads it, the person is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onething.cases import differing, layout, queries, services
from onething.cases.errors import CaseClosed, NothingDiffers
from onething.cases.models import Case, Choice, Message
from onething.cases.tests import factories
from onething.exchange import wording
from onething.exchange.models import Order
from onething.identity.queries import permissions_of
from onething.identity.tests.factories import clerk, enter, post, with_app
from onething.kernel.access import SYSTEM, Actor
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry import services as registry
from onething.registry.tests.factories import load_regions

pytestmark = pytest.mark.django_db
FIELD = "soldier_kind"


@pytest.fixture
def case() -> Case:
    """A case whose person says junior NCO, of whom a register says officer."""
    load_regions()
    made = factories.case()
    registry.learn_facts(
        person_id=made.person_id,
        known={FIELD: "officer"},
        source="army",
        grade=4,
        checked_at=factories.NOW,
        actor=SYSTEM,
        now=factories.NOW,
    )
    assert queries.answers_in(made)[FIELD] != "officer"
    return made


def actor() -> Actor:
    account = with_app(clerk("choosing"))
    held = post(account, "clerk", region=factories.REGION)
    from onething.kernel.access import Door

    return Actor(
        door=Door.STAFF, account_id=account.pk, post_id=held.pk, region=factories.REGION, role="clerk",
        organisation=held.organisation_id and held.organisation.code, permissions=permissions_of("clerk"),
    )  # fmt: skip


def choose(case: Case, takes: str, by: Actor, **more: Any) -> None:
    given = {"field": FIELD, "takes": takes, "why": "register_newer", "actor": by, "now": clock.now(), **more}
    services.choose_source(case=case, **given)


def ordered(case: Case) -> Any:
    """What the next order about a matter that uses the field carries."""
    task = next(task for task in case.tasks.all() if FIELD in task.sheet["fields"])
    return layout.orders_for(case, [task], layout.handed_in(case))[0].fields[FIELD]


def test_what_the_register_says_goes_into_the_next_order_until_the_person_counts_again(case: Case) -> None:
    by, said = actor(), queries.answers_in(case)[FIELD]
    assert ordered(case) == said
    choose(case, "known", by)
    assert ordered(case) == "officer"
    choose(case, "said", by, why="paper_seen")
    assert ordered(case) == said
    assert list(Choice.objects.order_by("made_at").values_list("takes", "why", "made_by")) == [
        ("known", "register_newer", by.account_id), ("said", "paper_seen", by.account_id),
    ]  # fmt: skip
    facts = Entry.objects.filter(kind="cases.SourceChosen", subject=case.pk)
    assert [fact.payload["takes"] for fact in facts.order_by("pk")] == ["known", "said"]
    assert "officer" not in str([fact.payload for fact in facts])


def test_asking_writes_to_the_person(case: Case) -> None:
    choose(case, "ask", actor())
    assert "哪个对" in Message.objects.get(case=case).words


def test_what_the_person_mends_afterwards_counts_again(case: Case) -> None:
    from onething.cases.services import choosing

    choose(case, "known", actor())
    case.refresh_from_db()
    choosing.mended(case, [FIELD, "phone"])
    assert differing.taken_of(Case.objects.get(pk=case.pk)) == {}


def test_refusals(case: Case) -> None:
    by = actor()
    with pytest.raises(NothingDiffers):
        choose(case, "known", by, field="full_name")
    with pytest.raises(Denied):
        choose(case, "known", replace(by, permissions=permissions_of("supervisor")))
    Case.objects.filter(pk=case.pk).update(state="withdrawn", settled_at=factories.NOW)
    with pytest.raises(CaseClosed):
        choose(case, "known", by)


def test_the_page_offers_three_keys_and_works_as_a_plain_form(case: Case) -> None:
    account = with_app(clerk("choosing.page"))
    post(account, "clerk", region=factories.REGION)
    desk = enter(Client(headers={"accept-language": "en"}), account)
    address = reverse("cases:desk_case", args=[case.number])
    page = desk.get(address).content.decode()
    assert all(f'data-key="{key}"' in page for key in "123")
    assert "Junior NCO" in page and "Officer" in page  # words, not codes
    there = reverse("cases:desk_choose", args=[case.number])
    assert desk.post(there, {"field": FIELD, "takes": "known", "why": "register_newer"}).status_code == 302
    shown = desk.get(address).content.decode()
    assert "What the register says counts" in shown and "choosing.page" in shown
    assert desk.post(there, {"field": FIELD, "takes": "both", "why": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("language", "label", "value"), [("zh-hans", "退役时的身份", "初级军士"), ("en", None, "Junior NCO")]
)
def test_a_desk_reads_titles_in_its_language_and_what_the_window_chose(
    case: Case, language: str, label: str | None, value: str
) -> None:
    from django.utils import translation

    choose(case, "known", actor())
    order = next(one for one in Order.objects.filter(case_id=case.pk) if FIELD in one.payload["fields"])
    with translation.override(language):
        words = wording.words_of(order)
        told = words.fields[FIELD]
    assert value in told.value and told.note
    assert label is None or told.label == label
    assert all(not code.isascii() or language == "en" for code in words.papers.values())
