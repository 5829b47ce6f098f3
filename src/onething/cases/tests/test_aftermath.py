"""After the end: a rating that nobody changes, a call by somebody by name, an objection within its term."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from onething.cases import aftermath, errors, services
from onething.cases.models import CallBack, Case, Concern, Objection, Rating, Task
from onething.cases.states import CaseState, TaskState
from onething.cases.tests import factories
from onething.catalogue import planning
from onething.identity import services as identity
from onething.identity.models import Account, Post
from onething.identity.tests.factories import clerk, enter, post
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.registry.models import Organisation

pytestmark = pytest.mark.django_db
NOW = factories.NOW
MATTER = "job_seeking"


@pytest.fixture
def case() -> Case:
    """A case that has ended, one of its matters refused on the day of submission."""
    made = factories.case()
    task = made.tasks.order_by("matter")[0]
    task.refuse(reason="没有参战记录", remedy="请补一份证明")
    Task.objects.filter(pk=task.pk).update(state=TaskState.REFUSED, ended_at=NOW, said=task.said)
    made.tasks.exclude(pk=task.pk).update(state=TaskState.DONE, ended_at=NOW)
    Case.objects.filter(pk=made.pk).update(state=CaseState.SETTLED, settled_at=NOW)
    made.refresh_from_db()
    return made


def refused(case: Case) -> str:
    return case.tasks.get(state=TaskState.REFUSED).matter


def owner(case: Case) -> Actor:
    may = frozenset({"cases.file_own", "cases.rate_own", "cases.object_own"})
    return Actor(door=Door.CITIZEN, person_id=case.person_id, region=case.region, permissions=may)


def browser(case: Case) -> Client:
    from onething.registry.models import Person

    person = Person.objects.get(pk=case.person_id)
    account = Account.objects.filter(person=person).first()
    return enter(Client(), account or identity.open_account(person=person, actor=SYSTEM, now=clock.now()))


def supervisor(region: str, name: str) -> Post:
    office = Organisation.objects.create(code=name, name=f"{name}局", kind="station", region_id=region)
    return post(clerk(name, display_name=name), "supervisor", region=region, organisation=office)


def staff(held: Post) -> Actor:
    may = frozenset({"cases.call_back", "cases.read_case", "cases.take_up_concern"})
    return Actor(door=Door.STAFF, account_id=held.account_id, post_id=held.pk, region=held.region_id, permissions=may)


def rate(case: Case, level: int = 1, words: str = "等了太久", actor: Actor | None = None) -> Rating:
    return services.rate_case(case=case, level=level, words=words, actor=actor or owner(case), now=NOW)


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_good_rating_is_kept_and_opens_nothing(case: Case) -> None:
    assert rate(case, 5, "").level == 5
    assert not CallBack.objects.exists()


def test_it_is_given_once(case: Case) -> None:
    rate(case, 5)
    with pytest.raises(errors.RatedAlready):
        rate(case, 1)
    assert Rating.objects.get().level == 5


def test_not_before_the_end(case: Case) -> None:
    Case.objects.update(state=CaseState.RUNNING, settled_at=None)
    with pytest.raises(errors.NotEndedYet):
        rate(case)
    assert browser(case).get(f"/matters/{case.number}/rating/").status_code == 409


def test_staff_helpers_and_strangers_rate_nothing(case: Case) -> None:
    held = supervisor(case.region, "sup.one")
    with pytest.raises(Denied):
        rate(case, actor=staff(held))
    desk = enter(Client(), held.account)
    assert desk.post(f"/matters/{case.number}/rating/", {"level": "5"}).status_code == 403
    from onething.registry import services as registry
    from onething.registry.tests.factories import id_number

    other = registry.register_person(
        name="路人", id_number=id_number(9), phone="", region=case.region, known={}, source="x", actor=SYSTEM, now=NOW
    )
    stranger = enter(Client(), identity.open_account(person=other, actor=SYSTEM, now=NOW))
    assert stranger.post(f"/matters/{case.number}/rating/", {"level": "5"}).status_code == 404
    assert not Rating.objects.exists()


@pytest.mark.parametrize("level", ["", "0", "6", "-1", "x", "５x", "1.5"])
def test_only_the_five_levels_are_taken(case: Case, level: str) -> None:
    answer = browser(case).post(f"/matters/{case.number}/rating/", {"level": level, "words": "🙂𬎆 \u202e<b>"})
    assert answer.status_code == 422
    assert "请在五档里选一档" in words(answer)
    assert "&lt;b&gt;" in words(answer), "what was typed is still there"
    assert not Rating.objects.exists()


def test_too_many_words_are_refused_and_kept_on_the_page(case: Case) -> None:
    answer = browser(case).post(f"/matters/{case.number}/rating/", {"level": "5", "words": "字" * 1001})
    assert answer.status_code == 422
    assert "字" * 1001 in words(answer)


@pytest.mark.parametrize("level", [1, 2])
def test_a_bad_one_is_called_back_by_somebody_by_name_within_a_working_day(case: Case, level: int) -> None:
    held = supervisor(case.region, "sup.one")
    rate(case, level)
    order = CallBack.objects.get()
    assert (order.post_id, order.due) == (held.pk, date(2026, 9, 10))  # the day after a Wednesday
    assert order.deadline["working_days"] == 1 and order.deadline["calendar"]["version"]
    desk = enter(Client(), held.account)
    shown = words(desk.get("/matters/desk/calls/"))
    assert "等了太久" in shown and "sup.one局" in shown
    answer = desk.post(f"/matters/desk/calls/{case.pk}/", {"outcome": "mended", "words": "当面道歉，补办好了"})
    assert answer.status_code == 302
    seen = words(browser(case).get(f"/matters/{case.number}/"))
    assert ("当面道歉，补办好了" in seen and "非常不满意" in seen) or level == 2


def test_a_call_is_recorded_once_and_with_words(case: Case) -> None:
    held = supervisor(case.region, "sup.one")
    rate(case)
    for outcome, said in (("", "x"), ("mended", "  "), ("nonsense", "x")):
        with pytest.raises(errors.OutcomeMissing):
            services.record_call(case_id=case.pk, outcome=outcome, words=said, actor=staff(held), now=NOW)
    services.record_call(case_id=case.pk, outcome="explained", words="说明了", actor=staff(held), now=NOW)
    with pytest.raises(errors.CallBackDone):
        services.record_call(case_id=case.pk, outcome="mended", words="改口", actor=staff(held), now=NOW)


def test_another_county_sees_and_records_nothing(case: Case) -> None:
    supervisor(case.region, "sup.one")
    rate(case)
    from onething.registry import services as registry
    from onething.registry.regions import RegionRow

    row = RegionRow(code="990199000000", name="临水县", name_en="Linshui")
    registry.load_regions(rows=[row], source="invented", actor=SYSTEM, now=NOW)
    there = supervisor("990199000000", "sup.there")
    assert not aftermath.calls(staff(there), today=NOW.date())
    with pytest.raises(errors.NoSuchCallBack):
        services.record_call(case_id=case.pk, outcome="mended", words="x", actor=staff(there), now=NOW)


def test_nobody_rang_up_so_it_goes_a_level_up_each_time(case: Case) -> None:
    county, city = supervisor(case.region, "sup.county"), supervisor("990100000000", "sup.city")
    rate(case)
    assert CallBack.objects.get().post_id == county.pk
    assert services.escalate_calls(now=NOW + timedelta(days=1)) == 0, "its day has not passed"
    late = datetime.fromisoformat("2026-09-11T01:00:00Z")
    assert services.escalate_calls(now=late) == 1
    order = CallBack.objects.get()
    assert (order.post_id, order.rung, order.due) == (city.pk, 1, date(2026, 9, 14))  # over a weekend
    assert services.escalate_calls(now=late) == 0, "twice changes nothing"
    services.escalate_calls(now=late + timedelta(days=9))
    assert CallBack.objects.get().post_id == city.pk, "above the last there is nobody"


def test_without_anybody_for_it_the_list_says_so(case: Case) -> None:
    rate(case)
    order = CallBack.objects.get()
    assert order.post_id is None
    shown = words(enter(Client(), supervisor(case.region, "sup.late").account).get("/matters/desk/calls/"))
    assert "没有人负责" in shown


# objections


def lodge(case: Case, *, on: datetime = NOW, because: str = "", text: str = "档案里有") -> Objection:
    return services.lodge_objection(
        number=case.number, matter=refused(case), words=text, late_because=because, actor=owner(case), now=on
    )


def test_the_term_is_sixty_days_on_to_a_working_day_with_its_proof(case: Case) -> None:
    _case, decision = aftermath.decision(owner(case), case.number, refused(case))
    assert decision.until == date(2026, 11, 9)  # the sixtieth day, 8 November, is a Sunday
    assert (decision.term["days"], decision.term["learned"]) == (60, "2026-09-09")
    assert decision.term["calendar"] == planning.calendar().version
    assert "行政复议法" in words(browser(case).get(f"/matters/{case.number}/objections/{decision.matter}/"))


def test_it_is_written_kept_sent_and_put_before_the_clerks(case: Case) -> None:
    page = f"/matters/{case.number}/objections/{refused(case)}/"
    mine = browser(case)
    assert mine.post(page, {"words": "我有参战记录 𠮷", "later": "1"}).status_code == 302
    assert "我有参战记录 𠮷" in words(browser(case).get(page)), "on another device"
    assert Objection.objects.get().state == "draft" and not Concern.objects.exists()
    assert mine.post(page, {"words": "我有参战记录 𠮷", "late_because": "住院", "send": "1"}).status_code == 302
    assert Concern.objects.get().kind == "objected"
    held = supervisor(case.region, "sup.one")
    shown = words(enter(Client(), held.account).get(f"/matters/desk/{case.number}/"))
    assert "我有参战记录 𠮷" in shown and "行政复议机构" in shown


def test_what_is_still_a_draft_no_clerk_reads(case: Case) -> None:
    browser(case).post(f"/matters/{case.number}/objections/{refused(case)}/", {"words": "还没想好", "later": "1"})
    held = supervisor(case.region, "sup.one")
    assert "还没想好" not in words(enter(Client(), held.account).get(f"/matters/desk/{case.number}/"))


def test_on_the_last_day_it_is_in_time_a_day_later_it_needs_a_reason(case: Case) -> None:
    last = datetime.fromisoformat("2026-11-09T15:59:00Z")
    after = last + timedelta(minutes=1)  # midnight in the departments' time
    with pytest.raises(errors.ObjectionTooLate):
        lodge(case, on=after)
    assert lodge(case, on=last).state == "lodged"
    services.withdraw_objection(number=case.number, matter=refused(case), actor=owner(case), now=last)
    assert lodge(case, on=after, because="住院到昨天").said["late_because"] == "住院到昨天"


def test_an_empty_one_is_refused_and_one_that_is_sent_is_not_changed(case: Case) -> None:
    with pytest.raises(errors.ObjectionEmpty):
        lodge(case, text="  ")
    lodge(case)
    with pytest.raises(errors.ObjectionLodged):
        lodge(case, text="又改")
    assert Objection.objects.get().said["words"] == "档案里有"


def test_taken_back_it_leaves_the_clerks_list_and_can_be_made_again(case: Case) -> None:
    lodge(case)
    services.withdraw_objection(number=case.number, matter=refused(case), actor=owner(case), now=NOW)
    assert not Concern.objects.open().exists()
    with pytest.raises(errors.NothingToObject):
        services.withdraw_objection(number=case.number, matter=refused(case), actor=owner(case), now=NOW)
    lodge(case, text="再提")
    assert Objection.objects.filter(state="lodged").count() == 1


def test_only_a_refusal_of_ones_own_can_be_objected_to(case: Case) -> None:
    done = case.tasks.filter(state=TaskState.DONE)[0].matter
    for actor, matter, refusal in (
        (owner(case), done, errors.NothingToObject),
        (owner(case), "no_such_matter", errors.NothingToObject),
        (Actor(door=Door.CITIZEN, person_id=case.release_id, permissions=owner(case).permissions), refused(case),
         errors.CaseNotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            services.save_objection(number=case.number, matter=matter, words="x", actor=actor, now=NOW)
