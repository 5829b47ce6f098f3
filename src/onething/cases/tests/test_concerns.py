"""What goes on only when a person looks: raised by facts, listed, taken up by name, done."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from onething.cases import concerning, errors, queries, services, sweeps
from onething.cases import jobs as reactions
from onething.cases.events import ConcernRaised
from onething.cases.models import Case, Concern
from onething.cases.tests import factories
from onething.cases.tests.test_services import finish, kinds, say
from onething.cases.tests.test_workbench import ELSEWHERE, staff
from onething.exchange import queries as order_book
from onething.exchange import services as exchange
from onething.exchange.events import OrderStuck, ReplyContradicted
from onething.exchange.models import Order
from onething.identity import services as identity
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing.journal.models import Entry
from onething.plumbing.messages.queries import outbox
from onething.registry import services as registry

pytestmark = pytest.mark.django_db

NOW = factories.NOW
LATER = NOW + timedelta(days=1)


def clerk(region: str = factories.REGION, *permissions: str) -> Actor:
    may = frozenset(permissions or ("cases.take_up_concern", "cases.read_case"))
    return Actor(door=Door.STAFF, account_id=uuid4(), region=region, permissions=may)


def hear(fact: type, react) -> None:
    """Let the reaction run twice for every such fact, as a worker that was killed would."""
    for entry in Entry.objects.filter(kind=f"exchange.{fact.__name__}").order_by("id"):
        for _ in range(2):
            react(fact.from_json(entry.payload))


@pytest.fixture
def case() -> Case:
    return factories.case()


@pytest.fixture
def contradicted(case: Case) -> Concern:
    say(case, "report_in", "approved", at=NOW)
    say(case, "report_in", "refused", reason="弄错了", remedy="请重新报到", at=LATER)
    hear(ReplyContradicted, reactions.raise_contradiction)
    return Concern.objects.get(case=case)


def test_an_answer_that_contradicts_the_first_is_put_before_a_clerk_once(contradicted: Concern, case: Case) -> None:
    assert (contradicted.kind, contradicted.matter, contradicted.since) == ("contradicted", "report_in", LATER)
    (worry,) = queries.worries(clerk())
    assert (worry.number, worry.matter["zh"], worry.taken_by) == (case.number, "退役报到", "")
    assert kinds(case).count("cases.ConcernRaised") == 1


def test_a_department_that_is_silent_is_put_before_a_clerk_once(case: Case) -> None:
    late = NOW + timedelta(days=3)
    exchange.tell_owners(actor=SYSTEM, now=late)
    hear(OrderStuck, reactions.raise_stuck_order)
    stuck = Order.objects.filter(case_id=case.pk, told_at__isnull=False)
    assert stuck
    assert {c.about for c in Concern.objects.filter(kind="stuck")} == {str(order.pk) for order in stuck}
    assert {(c.since, c.detail) for c in Concern.objects.filter(kind="stuck")} == {(late, "silent")}


def test_a_department_that_answers_after_all_needs_nobody(case: Case) -> None:
    exchange.tell_owners(actor=SYSTEM, now=NOW + timedelta(days=3))
    hear(OrderStuck, reactions.raise_stuck_order)
    say(case, "report_in", "approved", at=NOW + timedelta(days=4))
    hear(OrderStuck, reactions.raise_stuck_order)  # a job that comes late raises nothing
    before = Concern.objects.open().count()
    assert sweeps.drop_settled_concerns(now=NOW + timedelta(days=4)) == 1
    assert sweeps.drop_settled_concerns(now=NOW + timedelta(days=4)) == 0
    assert Concern.objects.open().count() == before - 1
    (settled,) = Concern.objects.filter(done_at__isnull=False)
    assert (settled.matter, settled.taken_by) == ("report_in", None)


def test_a_correction_that_nobody_answers_is_put_before_a_clerk_and_comes_off_when_it_is(case: Case) -> None:
    say(case, "report_in", "returned", message="看不清", correction={"fields": ["full_name"]}, at=NOW)
    asked = case.corrections.get()
    after_it = NOW + (asked.answer_by - NOW.date()) + timedelta(days=1)
    for _ in range(2):
        sweeps.remind_of_corrections(now=after_it)
    assert [c.kind for c in Concern.objects.open()] == ["lapsed"]
    services.answer_correction(correction=asked, answers={"full_name": "何青松"}, actor=SYSTEM, now=after_it)
    assert not Concern.objects.open().exists()


def test_a_contradiction_about_a_closed_case_is_raised_as_well(case: Case) -> None:
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=NOW)
    finish(case)
    say(case, "report_in", "refused", reason="弄错了", remedy="请重新报到", at=LATER)
    hear(ReplyContradicted, reactions.raise_contradiction)
    assert [worry.concern.kind for worry in queries.worries(clerk())] == ["contradicted"]


# taken up, done


def test_one_takes_it_up_in_their_name_and_says_when_it_is_done(contradicted: Concern, case: Case) -> None:
    mine = clerk()
    for _ in range(2):
        services.take_up_concern(concern_id=contradicted.pk, actor=mine, now=LATER)
    services.finish_concern(concern_id=contradicted.pk, actor=mine, now=LATER)
    contradicted.refresh_from_db()
    assert (contradicted.taken_by, contradicted.done_at) == (mine.account_id, LATER)
    assert [k for k in kinds(case) if "Concern" in k][1:] == ["cases.ConcernTaken", "cases.ConcernDone"]
    with pytest.raises(errors.ConcernClosed):
        services.finish_concern(concern_id=contradicted.pk, actor=mine, now=LATER)


def test_a_colleague_takes_it_over_after_a_day_only(contradicted: Concern) -> None:
    services.take_up_concern(concern_id=contradicted.pk, actor=clerk(), now=LATER)
    colleague = clerk()
    with pytest.raises(errors.ConcernWithColleague):
        services.take_up_concern(concern_id=contradicted.pk, actor=colleague, now=LATER + timedelta(hours=23))
    with pytest.raises(errors.ConcernWithColleague):
        services.finish_concern(concern_id=contradicted.pk, actor=colleague, now=LATER)
    services.take_up_concern(concern_id=contradicted.pk, actor=colleague, now=LATER + timedelta(hours=24))
    services.finish_concern(concern_id=contradicted.pk, actor=colleague, now=LATER + timedelta(hours=25))


def test_what_nobody_took_up_cannot_be_done(contradicted: Concern) -> None:
    with pytest.raises(errors.TakeUpFirst):
        services.finish_concern(concern_id=contradicted.pk, actor=clerk(), now=LATER)


def test_another_division_and_another_post_neither_see_nor_take_it(contradicted: Concern) -> None:
    assert queries.worries(clerk(ELSEWHERE)) == []
    assert len(queries.worries(clerk("990100000000"))) == 1  # the city above
    with pytest.raises(errors.ConcernNotFound):
        services.take_up_concern(concern_id=contradicted.pk, actor=clerk(ELSEWHERE), now=LATER)
    with pytest.raises(Denied):
        services.take_up_concern(
            concern_id=contradicted.pk, actor=clerk(factories.REGION, "cases.read_case"), now=LATER
        )  # fmt: skip


# the letter


def test_the_clerks_of_the_division_get_one_letter_without_a_name(contradicted: Concern, client: Client) -> None:
    colleague = factories.person("990123199006150131")
    registry.learn_facts(
        person_id=colleague.pk, known={"email": "clerk@example.org"}, source="invented", grade=1, checked_at=NOW,
        actor=SYSTEM, now=NOW,
    )  # fmt: skip
    hall = registry.open_organisation(
        code="hall", name="窗口", kind="station", region="990100000000", actor=SYSTEM, now=NOW
    )
    account = identity.open_account(username="a.clerk", person=colleague, actor=SYSTEM, now=NOW)
    identity.give_post(
        account=account, role="clerk", organisation=hall, region="990100000000", valid_from=NOW, actor=SYSTEM, now=NOW
    )
    fact = ConcernRaised(case_id=contradicted.case_id, concern_id=contradicted.pk, concern_kind="contradicted")
    for _ in range(2):
        concerning.tell_clerks(concern_id=fact.concern_id, now=LATER)
    (letter,) = outbox(channel="email", to="clerk@example.org")
    assert contradicted.case.number in letter.subject
    assert "何" not in letter.body


def test_a_colleague_with_a_work_address_is_written_to_there(contradicted: Concern) -> None:
    hall = registry.open_organisation(
        code="hall", name="窗口", kind="station", region="990100000000", actor=SYSTEM, now=NOW
    )
    for name, address in (("a.clerk", "a@office.example.org"), ("b.clerk", "a@office.example.org"), ("c.clerk", "")):
        account = identity.open_account(username=name, work_email=address, actor=SYSTEM, now=NOW)
        identity.give_post(
            account=account, role="clerk", organisation=hall, region="990100000000", valid_from=NOW, actor=SYSTEM,
            now=NOW,
        )  # fmt: skip
    assert queries.clerks_addresses(factories.REGION, now=NOW) == ["a@office.example.org"]


def test_a_withdrawal_that_did_not_reach_the_department_is_put_before_a_clerk_in_its_own_words(case: Case) -> None:
    Order.objects.filter(case_id=case.pk).update(attempts=1)  # the call is under way
    services.withdraw_case(case=case, actor=SYSTEM, now=NOW)
    lost = order_book.amendments_of(Order.objects.filter(case_id=case.pk).first()).get()
    for _ in range(2):
        concerning.raise_lost_amendment(order_id=lost.order_id, amendment_id=lost.pk, now=LATER)
    concern = Concern.objects.get(case=case, kind="undelivered")
    assert "申请人已撤回" in concerning.happened(concern)
    assert "告知停办" in concerning.to_do(concern)


# the page


def test_a_clerk_does_it_on_the_workbench(contradicted: Concern, client: Client) -> None:
    signed_in = staff(client)
    home = signed_in.get(reverse("cases:desk")).content.decode()
    assert contradicted.case.number in home
    assert "先作数" in home
    taken = signed_in.post(reverse("cases:concern_take", args=[contradicted.pk]), follow=True).content.decode()
    assert "已办好" in taken
    done = signed_in.post(reverse("cases:concern_done", args=[contradicted.pk]), follow=True).content.decode()
    assert "先作数" not in done
    again = signed_in.post(reverse("cases:concern_done", args=[contradicted.pk]))
    assert again.status_code == 409


def test_a_department_officer_has_no_such_list(contradicted: Concern, client: Client) -> None:
    signed_in = staff(client, role="department")
    assert signed_in.post(reverse("cases:concern_take", args=[contradicted.pk])).status_code == 403
