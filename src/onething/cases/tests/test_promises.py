"""Papers that come later (容缺受理): who gets them, once, and what is told when they do not come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings

from onething.cases import errors, letters, papers, services, sweeps
from onething.cases.models import Case, Concern, PaperToCome
from onething.cases.states import CaseState, TaskState
from onething.cases.tests import factories
from onething.cases.tests.test_services import finish, kinds, say
from onething.correspondence.models import Notice
from onething.exchange import queries as order_book
from onething.exchange.models import Amendment, Order
from onething.kernel.access import SYSTEM

pytestmark = pytest.mark.django_db

NOW = factories.NOW
LATER = NOW + timedelta(days=2)
PROMISED, LAST = date(2026, 9, 20), date(2026, 10, 9)  # the pack allows thirty days
PAPER = "discharge_certificate"
SCAN = b"%PDF-1.4 an invented certificate"


@pytest.fixture
def case() -> Case:
    factories.regions()
    factories.connect()
    somebody = factories.person()
    draft = factories.draft(somebody)
    draft.uploads.filter(material=PAPER).delete()
    actor = factories.citizen(somebody)
    return services.submit_case(draft=draft, to_follow={PAPER: PROMISED}, actor=actor, now=NOW)


def users(case: Case) -> set[str]:
    return set(next(m["used_by"] for m in case.plan["materials"] if m["id"] == PAPER))


def out(case: Case) -> set[str]:
    return set(Order.objects.filter(case_id=case.pk).values_list("matter", flat=True))


def amended(case: Case) -> dict[str, list[dict]]:
    """What was sent after each order."""
    found = {order.matter: order_book.papers_after(order) for order in Order.objects.filter(case_id=case.pk)}
    return {matter: after for matter, after in found.items() if after}


def paper_in(order: Order) -> dict:
    return next(paper for paper in order.payload["materials"] if paper["id"] == PAPER)


def hand_in(case: Case, content: bytes = SCAN, at=LATER):
    return papers.attach_to_case(case=case, material=PAPER, content=content, actor=SYSTEM, now=at)


def night(n: int) -> None:
    for _ in range(2):  # twice: nothing may happen twice
        sweeps.remind_of_papers(now=NOW + timedelta(days=n))


def test_an_order_says_that_a_paper_is_to_follow_and_until_when(case: Case) -> None:
    order = Order.objects.get(case_id=case.pk, matter="report_in")
    assert paper_in(order) == {
        "id": PAPER, "title": paper_in(order)["title"], "digests": [], "follows_by": "2026-09-20", "missed": False,
    }  # fmt: skip


def test_what_comes_later_reaches_the_orders_that_are_out_once_and_no_clock_starts_again(case: Case) -> None:
    before = list(case.tasks.order_by("matter").values_list("matter", "state", "round", "due", "started_at"))
    upload = hand_in(case)
    assert hand_in(case, at=LATER + timedelta(hours=1)).pk == upload.pk
    assert set(amended(case)) == users(case) & out(case) != set()
    assert all([paper["digests"] for paper in after] == [[upload.digest]] for after in amended(case).values())
    assert list(case.tasks.order_by("matter").values_list("matter", "state", "round", "due", "started_at")) == before
    assert kinds(case).count("cases.PaperCame") == 1


def test_a_matter_that_starts_later_simply_gets_it(case: Case) -> None:
    upload, early = hand_in(case), out(case)
    finish(case)
    later = Order.objects.filter(case_id=case.pk, matter__in=users(case) - early)
    assert later
    for order in later:
        assert paper_in(order)["digests"] == [upload.digest]
        assert "follows_by" not in paper_in(order)
        assert order.matter not in amended(case)


def test_a_second_page_is_sent_after_it_as_well(case: Case) -> None:
    first, second = hand_in(case), hand_in(case, b"%PDF-1.4 its second page")
    assert [paper["digests"] for paper in amended(case)["report_in"]] == [[first.digest], [second.digest]]


def test_a_department_that_has_decided_gets_it_for_its_file(case: Case) -> None:
    say(case, "report_in", "approved", at=NOW)
    hand_in(case)
    order = Order.objects.get(case_id=case.pk, matter="report_in")
    assert (order.state, len(amended(case)["report_in"])) == ("answered", 1)


def test_a_paper_that_was_not_promised_is_nobodys(case: Case) -> None:
    with pytest.raises(errors.MaterialNotAsked):
        papers.attach_to_case(case=case, material="photo", content=SCAN, actor=SYSTEM, now=LATER)


def test_a_withdrawn_case_takes_no_paper(case: Case) -> None:
    services.withdraw_case(case=case, actor=SYSTEM, now=NOW)
    with pytest.raises(errors.CaseClosed):
        hand_in(case)
    assert case.uploads.filter(material=PAPER).count() == 0


def test_a_case_that_has_ended_still_takes_what_its_slip_leaves_open(case: Case) -> None:
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=NOW)
    finish(case)
    case.refresh_from_db()
    assert case.state == CaseState.SETTLED
    hand_in(case)
    assert set(amended(case)) == users(case)


def test_a_correction_with_the_paper_keeps_the_promise(case: Case) -> None:
    say(case, "report_in", "returned", message="请补退出现役证", correction={"materials": [PAPER]}, at=NOW)
    asked = case.corrections.get()
    mended = papers.attach_to_correction(
        correction=asked, material=PAPER, content=SCAN, actor=SYSTEM, now=LATER
    )  # fmt: skip
    services.answer_correction(correction=asked, answers={}, actor=SYSTEM, now=LATER)
    assert PaperToCome.objects.get(case=case).came_at == LATER
    order = Order.objects.get(case_id=case.pk, matter="report_in")
    assert (order.round, paper_in(order)["digests"]) == (2, [mended.digest])
    assert "report_in" not in amended(case)  # the new round holds it
    assert set(amended(case)) == users(case) & out(case) - {"report_in"}
    night(40)
    assert "cases.PaperMissed" not in kinds(case)


def test_a_promise_is_reminded_of_before_its_day_told_after_it_and_has_a_consequence_at_last(case: Case) -> None:
    for n in range(45):
        night(n)
    told = [kind for kind in kinds(case) if "Paper" in kind]
    assert told == ["cases.PaperDueSoon"] * 2 + ["cases.PaperOverdue"] * 5 + ["cases.PaperMissed"]
    assert all(after == [after[0]] and after[0]["missed"] for after in amended(case).values())
    assert set(amended(case)) == users(case) & out(case)
    (concern,) = Concern.objects.filter(case=case)
    assert (concern.kind, concern.about, concern.done_at) == ("paper_missed", PAPER, None)


def test_a_matter_that_starts_after_the_last_day_is_told_that_the_paper_did_not_come(case: Case) -> None:
    night(31)
    early = out(case)
    finish(case)
    later = Order.objects.filter(case_id=case.pk, matter__in=users(case) - early)
    assert later
    assert all(paper_in(order)["missed"] for order in later)


def test_a_late_paper_is_still_taken_and_passed_on(case: Case) -> None:
    night(31)
    assert "cases.PaperMissed" in kinds(case)
    upload = hand_in(case, at=NOW + timedelta(days=33))
    assert [paper["digests"] for paper in amended(case)["report_in"]] == [[], [upload.digest]]
    assert Concern.objects.get(case=case).done_at is not None
    night(40)
    assert kinds(case).count("cases.PaperMissed") == 1


def test_nobody_is_reminded_of_the_papers_of_a_withdrawn_case(case: Case) -> None:
    services.withdraw_case(case=case, actor=SYSTEM, now=NOW)
    for n in range(40):
        night(n)
    assert not [kind for kind in kinds(case) if "Paper" in kind]


def test_of_somebody_forgotten_nothing_more_is_sent(case: Case) -> None:
    factories.registry.forget_person(person_id=case.person_id, actor=SYSTEM, now=NOW)
    night(31)
    assert not Amendment.objects.exists()
    assert PaperToCome.objects.get(case=case).missed_at is not None


def test_each_letter_names_the_paper_the_matters_and_the_day_that_counts(case: Case) -> None:
    for kind, on in (
        ("paper_due_soon", PROMISED),
        ("paper_overdue", LAST),
        ("paper_overdue", LAST),
        ("paper_missed", None),
    ):
        letters.ask_for_paper(case_id=case.pk, material=PAPER, kind=kind, on=on, now=LATER)
    told = dict(Notice.objects.filter(case_id=case.pk, channel="in_app").values_list("kind", "pk"))
    text = {kind: Notice.objects.get(pk=pk).text[1] for kind, pk in told.items()}
    assert "9月20日" in text["paper_due_soon"]
    assert "10月9日" in text["paper_overdue"]
    assert (
        f"{settings.PUBLIC_URL}/matters/{case.number}/"
        in Notice.objects.filter(channel="sms", kind="paper_missed").get().text[1]
    )
    assert all("退出现役证" in words for words in text.values())
    assert "报到" in text["paper_missed"]
    assert Notice.objects.filter(case_id=case.pk, kind="paper_overdue", channel="in_app").count() == 1


def test_a_letter_that_waited_while_the_paper_came_is_not_written(case: Case) -> None:
    hand_in(case)
    letters.ask_for_paper(case_id=case.pk, material=PAPER, kind="paper_overdue", on=LAST, now=LATER)
    assert not Notice.objects.filter(case_id=case.pk).exists()
    assert case.tasks.filter(state=TaskState.AT_DEPARTMENT).exists()
