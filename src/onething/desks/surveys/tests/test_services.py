"""A survey written, sent, answered once a person, counted apart, followed up."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Sum

from onething.cases.tests import factories as cases
from onething.desks.surveys import jobs, letters, queries, services
from onething.desks.surveys.errors import (
    AnsweredAlready,
    AnswerNotFound,
    CodeNotKnown,
    FollowedAlready,
    FollowUpOver,
    GroupOutside,
    LastDayPast,
    NoQuestions,
    NothingAnswered,
    OwnerUnknown,
    ResultsNotYet,
    SurveyAlreadySent,
    SurveyNotFound,
    SurveyOver,
)
from onething.desks.surveys.models import Answer, FollowUp, Invitation, Survey, Tally
from onething.desks.surveys.tests import factories
from onething.desks.surveys.tests.factories import COUNTY, NEIGHBOUR, NOW, TOWN, answer, given, sent, staff, survey
from onething.exchange import queue
from onething.kernel.access import SYSTEM
from onething.kernel.errors import Denied
from onething.plumbing.journal.models import Entry
from onething.plumbing.messages import queries as outbox
from onething.registry import exports
from onething.registry import services as registry_services
from onething.registry.models import Person, RegionMove
from onething.registry.regions import ChangeRow
from onething.registry.tests import factories as registry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    registry.load_regions()


def people(count: int, region: str = COUNTY, **more: object) -> list[Person]:
    return [registry.person(region=region, **more) for _ in range(count)]


def test_everybody_of_the_division_is_asked_once_and_by_phone() -> None:
    here = [*people(3), *people(2, TOWN)]
    people(1, NEIGHBOUR)
    made = survey()
    services.open_survey(survey_id=made.pk, actor=staff("supervisor"), now=NOW)
    assert services.invite_batch(survey_id=made.pk, now=NOW, most=2)
    assert services.invite_batch(survey_id=made.pk, now=NOW, most=2)
    assert not services.invite_batch(survey_id=made.pk, now=NOW, most=2)
    assert not services.invite_batch(survey_id=made.pk, now=NOW, most=2)
    asked = Invitation.objects.filter(survey=made)
    assert {one.person_id for one in asked} == {one.pk for one in here}
    made.refresh_from_db()
    assert (made.state, made.asked, made.on_paper) == ("open", 5, 0)
    assert Entry.objects.filter(kind="desks.surveys.PersonAsked").count() == 5


def test_without_a_phone_on_paper() -> None:
    people(1, phone="")
    made = sent()
    assert (made.asked, made.on_paper) == (1, 1)


def test_the_link_goes_out_once() -> None:
    (somebody,) = people(1)
    one = Invitation.objects.get(survey=sent())
    letters.ask(invitation_id=one.pk, now=NOW)
    letters.ask(invitation_id=one.pk, now=NOW)
    from onething.correspondence import services as correspondence
    from onething.correspondence.models import Notice

    notice = Notice.objects.get(person=somebody, channel="sms")
    correspondence.hand_over(notice_id=notice.pk, now=NOW)
    (message,) = outbox.outbox(channel="sms", to=somebody.phone)
    assert f"/surveys/a/{one.code}/" in message.body and "3 个小问题" in message.body


@pytest.mark.parametrize(("wanted", "who"), [("any", "ab"), ("running", "a"), ("ended", ""), ("none", "b")])
def test_a_group_by_how_cases_stand(wanted: str, who: str) -> None:
    case = cases.case()
    other = registry.person(region=cases.REGION)
    named = {case.person_id: "a", other.pk: "b"}
    made = sent(cases.REGION, cases=wanted)
    assert "".join(sorted(named[one.person_id] for one in made.invitations.all())) == who


def test_a_group_by_kind_of_service() -> None:
    officer, conscript = people(1, known={"soldier_kind": "officer"}), people(1, known={"soldier_kind": "conscript"})
    people(1)
    made = sent(kinds=["officer"])
    assert [one.person_id for one in made.invitations.all()] == [officer[0].pk] != [conscript[0].pk]


def test_one_person_answers_once_and_is_counted() -> None:
    one, other = people(2)
    made = sent()
    answer(made, one, "o1", "o1", "o2", words="谢谢")
    with pytest.raises(AnsweredAlready):
        answer(made, one, "o2")
    answer(made, other, "o1")
    counted = {(row.question, row.option): row.people for row in Tally.objects.filter(survey=made, region=COUNTY)}
    assert counted == {("", ""): 2, ("q1", "o1"): 2, ("q2", "o1"): 1, ("q2", "o2"): 1}
    made.refresh_from_db()
    assert made.answered == 2


def test_what_was_answered_is_sealed_and_in_no_fact() -> None:
    (one,) = people(1)
    kept = answer(sent(), one, "o1", words="我想找工作")
    assert "我想找工作".encode() not in bytes(kept.sealed)
    fact = Entry.objects.get(kind="desks.surveys.SurveyAnswered")
    assert "工作" not in str(fact.payload) and "o1" not in str(fact.payload)
    assert Answer.objects.get().given["words"] == {"q3": "我想找工作"}


def test_refusals_of_answering() -> None:
    one, _other = people(2)
    made = sent()
    code = made.invitations.get(person=one).code
    with pytest.raises(NothingAnswered):
        services.give_answer(code=code, given=given(), wants_contact=False, actor=SYSTEM, now=NOW)
    with pytest.raises(CodeNotKnown):
        services.give_answer(code="A" * 10, given=given("o1"), wants_contact=False, actor=SYSTEM, now=NOW)
    with pytest.raises(SurveyOver):
        late = NOW + timedelta(days=20)
        services.give_answer(code=code, given=given("o1"), wants_contact=False, actor=SYSTEM, now=late)
    with pytest.raises(CodeNotKnown):
        services.type_answer(
            code=code, given=given("o1"), wants_contact=False, actor=staff("clerk", NEIGHBOUR), now=NOW
        )  # fmt: skip
    with pytest.raises(Denied):
        services.type_answer(code=code, given=given("o1"), wants_contact=False, actor=staff("hall"), now=NOW)
    services.type_answer(code=code, given=given("o1"), wants_contact=False, actor=staff("clerk"), now=NOW)


def test_refusals_of_writing() -> None:
    with pytest.raises(GroupOutside):
        survey(NEIGHBOUR, actor=staff("supervisor"))
    with pytest.raises(NoQuestions):
        survey(asks=())
    with pytest.raises(LastDayPast):
        survey(last_day=NOW.date() - timedelta(days=1))
    with pytest.raises(Denied):
        survey(actor=staff("clerk"))
    made = sent()
    with pytest.raises(SurveyAlreadySent):
        services.open_survey(survey_id=made.pk, actor=staff("supervisor"), now=NOW)
    with pytest.raises(SurveyNotFound):
        services.close_survey(survey_id=made.pk, actor=staff("supervisor", NEIGHBOUR), now=NOW)


def test_a_county_does_not_end_the_survey_of_its_city() -> None:
    made = sent(factories.CITY)
    with pytest.raises(GroupOutside):
        services.close_survey(survey_id=made.pk, actor=staff("supervisor"), now=NOW)


def test_the_last_day_ends_it() -> None:
    made = sent()
    services.close_due(now=NOW + timedelta(days=14))
    assert Survey.objects.get(pk=made.pk).takes_answers
    services.close_due(now=NOW + timedelta(days=15))
    services.close_due(now=NOW + timedelta(days=15))
    assert Survey.objects.get(pk=made.pk).state == "closed"


def test_results_by_division_are_read_when_it_has_ended() -> None:
    made_of = {COUNTY: people(6), NEIGHBOUR: people(5, NEIGHBOUR), TOWN: people(1, TOWN)}
    made = sent(factories.CITY)
    for somebody in [*made_of[COUNTY], *made_of[NEIGHBOUR], *made_of[TOWN]]:
        answer(made, somebody, "o1" if somebody in made_of[COUNTY] else "o2")
    with pytest.raises(ResultsNotYet):
        queries.results_for(staff("supervisor", factories.CITY), made)
    services.close_survey(survey_id=made.pk, actor=SYSTEM, now=NOW)
    made.refresh_from_db()
    city = queries.results_for(staff("supervisor", factories.CITY), made)
    assert city.results.sizes == (7, 5) and [name["zh"] for name in city.names] == ["望山县", "临水县"]
    assert [row.whole.people for row in city.results.tables[0].rows] == [6, 6, 0]
    county = queries.results_for(staff("supervisor", COUNTY), made)
    assert county.results.answered == 7 and county.results.groups == ()  # the town’s one person is not to be computed


def test_words_are_shown_without_a_name_where_five_answered() -> None:
    asked = people(5)
    made = sent()
    for n, somebody in enumerate(asked):
        answer(made, somebody, "o1", words=f"话{n}")
    services.close_survey(survey_id=made.pk, actor=SYSTEM, now=NOW)
    made.refresh_from_db()
    assert queries.words_of(staff("supervisor"), made) == {"q3": [f"话{n}" for n in range(5)]}
    with pytest.raises(SurveyNotFound):
        queries.words_of(staff("supervisor", NEIGHBOUR), made)


def test_only_who_asks_for_somebody_is_seen() -> None:
    silent, asking = people(2)
    made = sent()
    hidden, shown = answer(made, silent, "o1"), answer(made, asking, "o1", wants=True)
    clerk = staff("clerk")
    assert [row.answer for row in queries.wishes(clerk, made)] == [shown]
    with pytest.raises(AnswerNotFound):
        queries.wish_for(clerk, hidden.pk)
    with pytest.raises(AnswerNotFound):
        queries.wish_for(staff("clerk", NEIGHBOUR), shown.pk)


def test_an_answer_becomes_a_visit_in_the_queue_of_its_owner() -> None:
    (asking,) = people(1)
    made, clerk = sent(), staff("clerk")
    found = answer(made, asking, "o1", wants=True)
    day = NOW.date() + timedelta(days=3)
    begin = {"answer_id": found.pk, "work": "visit", "due": day, "note": "腿脚不便", "actor": clerk, "now": NOW}
    with pytest.raises(OwnerUnknown):
        services.begin_followup(owner=uuid4(), **begin)
    work = services.begin_followup(owner=clerk.account_id, **begin)
    with pytest.raises(FollowedAlready):
        services.begin_followup(owner=clerk.account_id, **begin)
    ask = queue.Ask(now=NOW, today=NOW.date())
    (item,) = [one for one in queue.page_of(clerk, ask).items if one.kind == "survey"]
    assert (item.key.group, item.person, item.address) == (
        queue.Group.BEGUN, asking.masked_name, f"/surveys/answers/{found.pk}/",
    )  # fmt: skip
    late = queue.Ask(now=NOW + timedelta(days=5), today=day + timedelta(days=1))
    assert queue.page_of(clerk, late).counts[queue.Group.OVERDUE] == 1
    services.finish_followup(followup_id=work.pk, outcome="已上门", actor=clerk, now=NOW)
    with pytest.raises(FollowUpOver):
        services.finish_followup(followup_id=work.pk, outcome="", actor=clerk, now=NOW)
    assert FollowUp.objects.get().outcome == "已上门" and FollowUp.objects.get().note == "腿脚不便"
    assert queue.page_of(clerk, ask).counts.get(queue.Group.BEGUN, 0) == 0


def test_a_submitted_case_settles_what_was_to_lead_to_one() -> None:
    case = cases.case()
    made, clerk = sent(cases.REGION), staff("clerk", cases.REGION)
    found = answer(made, Person.objects.get(pk=case.person_id), "o1", wants=True)
    services.begin_followup(
        answer_id=found.pk, work="case", owner=clerk.account_id, due=NOW.date() + timedelta(days=99), note="",
        actor=clerk, now=NOW,
    )  # fmt: skip
    from onething.cases.events import CaseSubmitted

    fact = CaseSubmitted(
        case_id=case.pk, release_id=case.release_id, matters=(), promised=NOW.date(), person_id=case.person_id
    )
    jobs.settle_followups(fact)
    jobs.settle_followups(fact)
    assert FollowUp.objects.get().case_id == case.pk
    assert Entry.objects.filter(kind="desks.surveys.FollowUpDone").count() == 1


def test_forgetting_somebody_takes_what_they_said_and_leaves_the_count() -> None:
    (one,) = people(1)
    made = sent()
    answer(made, one, "o1", wants=True)
    services.forget(person_id=one.pk)
    services.forget(person_id=one.pk)
    assert not Answer.objects.exists() and not Invitation.objects.exists()
    assert Tally.objects.filter(survey=made).aggregate(Sum("people"))["people__sum"] == 2


def test_a_person_takes_home_what_they_answered() -> None:
    (one,) = people(1)
    answer(sent(), one, "o1", words="想学电工")
    part = exports._parts["surveys"](one.pk)
    assert part.tables["answers"][0]["given"]["words"] == {"q3": "想学电工"}
    assert "code" not in part.tables["invitations"][0]


def test_everything_follows_a_division_to_its_new_code() -> None:
    somebody = people(1, NEIGHBOUR)[0]
    made = sent(NEIGHBOUR)
    answer(made, somebody, "o1", wants=True)
    row = ChangeRow(
        kind="recoded", year=NOW.year, day=NOW.date(), old_code=NEIGHBOUR, new_code="990188000000", new_name="临水市"
    )
    registry_services.enter_changes(rows=[row], source="invented", actor=SYSTEM, now=NOW)
    registry_services.apply_due_changes(actor=SYSTEM, now=NOW)
    change_id = RegionMove.objects.values_list("change_id", flat=True)[0]
    services.follow_division(change_id=change_id)
    services.follow_division(change_id=change_id)
    moved = {row.region for kind in (Survey, Invitation, Answer, Tally) for row in kind.objects.all()}
    assert moved == {"990188000000"}
    assert Tally.objects.get(survey=made, question="").people == 1
