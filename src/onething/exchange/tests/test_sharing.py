"""Questions for shared data: answered over the wire, with a purpose, and a line in the ledger whatever comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from onething.exchange import services
from onething.exchange.errors import DataNotGiven, OrderNotFound, PurposeMissing
from onething.exchange.models import Sharing
from onething.exchange.services import DataQuestion
from onething.exchange.tests.conftest import Town
from onething.exchange.tests.factories import COUNTY, NEIGHBOUR, clerk, supervisor
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry.models import Sharing as Ledger
from onething.registry.tests.factories import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("onething.exchange.tests.urls")]


def question(**more: Any) -> DataQuestion:
    given: dict[str, Any] = {
        "department": "police", "region": COUNTY, "person_id": person().pk, "matter": "hukou",
        "identity": {"id_number": "990101199001011234"}, "fields": ["address", "household"],
        "purpose": "恢复户口，免交户口簿", "basis": "L5:7",
    }  # fmt: skip
    return DataQuestion(**given | more)


def ask(**more: Any) -> dict[str, Any]:
    return services.ask_department(question=question(**more), actor=SYSTEM, now=clock.now())


def test_a_department_gives_what_was_asked_and_the_ledger_names_the_fields_not_the_values(town: Town) -> None:
    assert ask() == {"address": "address-1234", "household": "household-1234"}
    line = Sharing.objects.get()
    assert (line.outcome, line.asked, line.answered) == ("answered", ["address", "household"], ["address", "household"])
    assert (line.purpose, line.matter, line.actor) == ("恢复户口，免交户口簿", "hukou", "system:-")
    kept = str(list(Sharing.objects.values())) + str(list(Entry.objects.values_list("payload", flat=True)))
    assert "address-1234" not in kept
    assert "990101199001011234" not in kept
    (given,) = Ledger.objects.all()
    assert (given.direction, given.partner, given.fields) == ("taken", "police", ["address", "household"])
    assert (given.person_id, given.basis, given.reference) == (line.person_id, "L5:7", str(line.pk))


def test_a_question_that_is_not_answered_is_in_the_ledger_too(town: Town) -> None:
    town.behave(department="police", down_for=60)
    with pytest.raises(DataNotGiven):
        ask()
    assert Sharing.objects.get().outcome == "failed"
    assert not Ledger.objects.exists()  # nothing was shared


def test_an_answer_that_somebody_else_signed_is_not_taken(town: Town) -> None:
    town.behave(department="police", bad_signature=True)
    with pytest.raises(DataNotGiven):
        ask()


@pytest.mark.parametrize("more", [{"purpose": " "}, {"basis": " "}, {"fields": []}, {"fields": ["x"] * 51}])
def test_nothing_is_asked_without_purpose_or_by_the_bushel(town: Town, more: dict[str, Any]) -> None:
    with pytest.raises(PurposeMissing):
        ask(**more)
    assert not Sharing.objects.exists()


def test_who_may_not_ask_does_not(town: Town) -> None:
    with pytest.raises(Denied):
        services.ask_department(question=question(), actor=clerk(), now=clock.now())
    with pytest.raises(OrderNotFound):
        ask(department="nobody")


def test_a_person_sees_who_asked_about_them_a_supervisor_the_own_region_others_nothing(town: Town) -> None:
    ask()
    line = Sharing.objects.get()
    myself = Actor(door=Door.CITIZEN, person_id=line.person_id)
    assert list(Sharing.objects.visible_to(myself)) == [line]
    assert not Sharing.objects.visible_to(Actor(door=Door.CITIZEN, person_id=person().pk)).exists()
    assert not Sharing.objects.visible_to(supervisor(NEIGHBOUR)).exists()
    assert not Sharing.objects.visible_to(clerk()).exists()


def test_the_ledger_is_kept_for_three_years_and_no_longer(town: Town) -> None:
    ask()
    asked = Sharing.objects.get().asked_at
    three_years = asked.replace(year=asked.year + 3)
    assert services.forget_old(actor=SYSTEM, now=three_years) == 0
    assert services.forget_old(actor=SYSTEM, now=three_years + timedelta(days=4)) == 1
