"""The life of one case, as its departments tell it. Real database, real order book, no network."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from onething.cases import errors, letters, papers, queries, services, sweeps
from onething.cases import jobs as reactions
from onething.cases.models import Case, Task
from onething.cases.states import CaseState, TaskState
from onething.cases.tests import factories
from onething.correspondence.models import Notice
from onething.exchange import services as exchange
from onething.exchange.events import ReplyReceived
from onething.exchange.models import Order
from onething.kernel.access import SYSTEM
from onething.plumbing.journal.models import Entry

pytestmark = pytest.mark.django_db

NOW = factories.NOW
LATER = NOW + timedelta(days=1)


def say(case: Case, matter: str, kind: str, *, at=LATER, **words) -> None:
    """Let a department say something, and let the reaction run as the worker would."""
    order = Order.objects.get(case_id=case.pk, matter=matter)
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    exchange.receive_reply(
        order_id=order.pk, message_id=factories.message_id(), kind=kind, actor=SYSTEM, now=at, **words
    )
    for entry in Entry.objects.filter(id__gt=before, kind="exchange.ReplyReceived"):
        reactions.apply_reply(ReplyReceived.from_json(entry.payload))


def finish(case: Case, *, but: tuple[str, ...] = (), at=LATER) -> None:
    """Let every department approve, as its orders come in, until nothing more goes out."""
    while waiting := [t.matter for t in at_work(case) if t.matter not in but]:
        for matter in waiting:
            say(case, matter, "approved", at=at, result={"number": f"N-{matter}"})


def at_work(case: Case) -> list[Task]:
    return list(case.tasks.filter(state__in=[TaskState.AT_DEPARTMENT, TaskState.IN_WORK]).order_by("matter"))


def states(case: Case) -> dict[str, str]:
    return dict(case.tasks.values_list("matter", "state"))


def kinds(case: Case) -> list[str]:
    return list(Entry.objects.filter(subject=case.pk).order_by("id").values_list("kind", flat=True))


def test_one_form_becomes_thirteen_tasks_and_only_the_free_ones_go_out():
    case = factories.case()
    assert case.tasks.count() == 13
    free = {m["id"] for m in case.plan["matters"] if not m["needs"] and not m["waits_for"]}
    assert {t.matter for t in at_work(case)} == free
    assert set(Order.objects.filter(case_id=case.pk).values_list("matter", flat=True)) == free
    assert case.promised == date(2026, 9, 30)


def test_submitting_twice_gives_the_same_case():
    first = factories.case()
    again = services.submit_case(draft=first.draft, actor=factories.citizen(factories.Person.objects.get()), now=LATER)
    assert again.pk == first.pk
    assert Case.objects.count() == 1


def test_only_what_the_pack_lets_follow_may_follow():
    factories.regions()
    factories.connect()
    draft = factories.draft(factories.person())
    draft.uploads.filter(material="photo").delete()
    with pytest.raises(errors.MaterialMayNotFollow, match="photo"):
        services.submit_case(draft=draft, to_follow={"photo": LATER.date()}, actor=SYSTEM, now=NOW)
    assert not Case.objects.exists()


def test_everything_approved_settles_the_case_once():
    case = factories.case()
    finish(case)
    assert set(states(case).values()) == {TaskState.DONE, TaskState.NOT_YET}
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=LATER)
    finish(case)
    case.refresh_from_db()
    assert case.state == CaseState.SETTLED
    assert set(states(case).values()) == {TaskState.DONE}
    assert kinds(case).count("cases.CaseSettled") == 1


def test_a_case_whose_last_matter_is_refused_is_settled_too():
    case = factories.case()
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=NOW)
    finish(case, but=("skills_training",))
    assert [task.matter for task in at_work(case)] == ["skills_training"]
    say(case, "skills_training", "refused", reason="名额满了", remedy="下一期再报")
    case.refresh_from_db()
    assert case.state == CaseState.SETTLED
    assert kinds(case).count("cases.CaseSettled") == 1


def test_nothing_starts_before_what_it_needs_is_done():
    case = factories.case()
    started: dict[str, int] = {}
    step = 0
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=NOW)
    while waiting := at_work(case):
        for task in waiting:
            started.setdefault(task.matter, step)
        say(case, waiting[0].matter, "approved")
        step += 1
    for matter in case.plan["matters"]:
        assert all(started[need] < started[matter["id"]] for need in matter["needs"])


def test_one_refusal_ends_only_what_depends_on_it():
    case = factories.case()
    say(case, "report_in", "approved")
    say(case, "household_registration", "refused", reason="户主没有同意", remedy="请户主到派出所签字后再申请")
    now = states(case)
    needs = {m["id"]: set(m["needs"]) for m in case.plan["matters"]}
    lost = {"household_registration"}
    while more := {m for m, before in needs.items() if before & lost} - lost:
        lost |= more
    assert {m for m, s in now.items() if s in (TaskState.REFUSED, TaskState.CUT_OFF)} == lost
    assert len(lost) < 13
    board = queries.case_board(SYSTEM, case.number, now=LATER)
    lanes = {lane.matter: lane for lane in board.lanes}
    assert (board.counts["stop"], board.counts["cut"]) == (1, len(lost) - 1)
    assert {(lanes[m].words, lanes[m].cause) for m in lost - {"household_registration"}} == {
        ("", "household_registration")
    }
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=LATER)
    finish(case)
    case.refresh_from_db()
    assert case.state == CaseState.SETTLED


def test_a_correction_stops_the_clock_and_moves_the_day_by_exactly_that():
    case = factories.case()
    say(case, "report_in", "approved", at=NOW)
    task = case.tasks.get(matter="household_registration")
    before, promised = task.due, case.due
    say(case, task.matter, "returned", message="户主姓名看不清", correction={"fields": ["host_name"]}, at=NOW)
    task.refresh_from_db()
    assert task.state == TaskState.WITH_PERSON
    assert task.due is None
    correction = case.corrections.get()
    three_days_later = NOW + timedelta(days=3)  # Wednesday to Saturday: three days, of which two are worked
    services.answer_correction(
        correction=correction, answers={"host_name": "何守田"}, actor=SYSTEM, now=three_days_later
    )
    task.refresh_from_db()
    case.refresh_from_db()
    assert task.state == TaskState.AT_DEPARTMENT
    assert (before, task.due) == (date(2026, 9, 10), date(2026, 9, 14))
    assert (promised, case.due) == (date(2026, 9, 30), date(2026, 10, 8))  # promised from the 10th: one day inside


def test_a_correction_off_the_critical_path_moves_no_promise():
    case = factories.case()
    say(
        case,
        "job_seeker_registration",
        "returned",
        message="写清楚想做什么",
        correction={"fields": ["job_wish"]},
        at=NOW,
    )
    services.answer_correction(
        correction=case.corrections.get(), answers={"job_wish": "电工"}, actor=SYSTEM, now=NOW + timedelta(days=2)
    )
    case.refresh_from_db()
    assert case.due == case.promised


def test_a_correction_takes_exactly_what_was_asked_for():
    case = factories.case()
    asked = {"fields": ["job_wish"], "materials": []}
    say(case, "job_seeker_registration", "returned", message="写清楚想做什么", correction=asked, at=NOW)
    correction, before = case.corrections.get(), queries.answers_in(case)
    with pytest.raises(errors.CorrectionIncomplete) as lacking:
        services.answer_correction(correction=correction, answers={}, actor=SYSTEM, now=LATER)
    assert "Work you are looking for (job_wish)" in str(lacking.value)
    beyond = {"job_wish": "电工", "bank_account": "6222021234567890128"}
    with pytest.raises(errors.AnswerNotAsked, match="bank_account"):
        services.answer_correction(correction=correction, answers=beyond, actor=SYSTEM, now=LATER)
    case.refresh_from_db()
    assert queries.answers_in(case) == before
    services.answer_correction(correction=correction, answers={"job_wish": "电工"}, actor=SYSTEM, now=LATER)
    case.refresh_from_db()
    assert queries.answers_in(case) == before | {"job_wish": "电工"}


def test_several_corrections_do_not_make_a_case_overdue():
    case = factories.case()
    for day in (0, 20, 40):
        say(
            case,
            "report_in",
            "returned",
            message="再改一处",
            correction={"fields": ["full_name"]},
            at=NOW + timedelta(days=day),
        )
        services.answer_correction(
            correction=case.corrections.get(answered_at=None),
            answers={"full_name": "何青松"},
            actor=SYSTEM,
            now=NOW + timedelta(days=day + 20),
        )
    task = case.tasks.get(matter="report_in")
    assert task.due > (NOW + timedelta(days=60)).date()


def test_replies_that_come_twice_late_or_out_of_order_change_nothing_and_are_kept():
    case = factories.case()
    say(case, "report_in", "approved")
    for kind in ("accepted", "approved", "refused"):
        say(case, "report_in", kind, reason="说晚了", remedy="-")
    assert states(case)["report_in"] == TaskState.DONE
    assert Order.objects.get(case_id=case.pk, matter="report_in").replies.count() == 4


def test_a_reply_applied_twice_starts_nothing_twice():
    case = factories.case()
    say(case, "report_in", "approved")
    orders = Order.objects.count()
    for entry in Entry.objects.filter(kind="exchange.ReplyReceived"):
        reactions.apply_reply(ReplyReceived.from_json(entry.payload))
    assert Order.objects.count() == orders
    assert kinds(case).count("cases.TaskSettled") == 1


def test_a_reply_for_a_withdrawn_case_is_kept_and_changes_nothing():
    case = factories.case()
    services.withdraw_case(case=case, actor=SYSTEM, now=LATER)
    say(case, "report_in", "approved")
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN
    assert set(states(case).values()) == {TaskState.WITHDRAWN}
    with pytest.raises(errors.CaseClosed):
        services.withdraw_case(case=case, actor=SYSTEM, now=LATER)


def test_a_refusal_while_something_is_to_be_mended_asks_for_nothing_any_more():
    case = factories.case()
    say(case, "job_seeker_registration", "returned", message="看不清", correction={"fields": ["job_wish"]}, at=NOW)
    say(case, "job_seeker_registration", "refused", reason="名额满了", remedy="下一期再报")
    board = queries.case_board(SYSTEM, case.number, now=LATER)
    assert not board.corrections
    assert not case.pauses.filter(until=None).exists()
    with pytest.raises(errors.CorrectionNotOpen):
        given = {"job_wish": "电工"}
        services.answer_correction(correction=case.corrections.get(), answers=given, actor=SYSTEM, now=LATER)


def test_taken_back_no_clock_stands_and_nothing_is_asked_for():
    case = factories.case()
    say(case, "job_seeker_registration", "returned", message="看不清", correction={"fields": ["job_wish"]}, at=NOW)
    assert case.pauses.filter(until=None).exists()
    services.withdraw_case(case=case, actor=SYSTEM, now=LATER)
    assert not case.pauses.filter(until=None).exists()
    assert not queries.case_board(SYSTEM, case.number, now=LATER).corrections
    assert set(Order.objects.filter(case_id=case.pk).values_list("state", flat=True)) == {"cancelled"}
    letters.write_slip(case_id=case.pk, now=LATER)
    assert "您已撤回" in Notice.objects.get(kind="withdrawn", channel="in_app").text[1]
    assert not Notice.objects.filter(kind="settled").exists()


def test_what_was_done_before_a_withdrawal_stays_done():
    case = factories.case()
    say(case, "report_in", "approved")
    services.withdraw_case(case=case, actor=SYSTEM, now=LATER)
    assert states(case)["report_in"] == TaskState.DONE


def test_an_outside_event_twice_or_unknown():
    case = factories.case()
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=NOW)
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=LATER)
    assert kinds(case).count("cases.OutsideEventRecorded") == 1
    with pytest.raises(errors.EventUnknown):
        services.record_event(case=case, event="rain", actor=SYSTEM, now=NOW)


def test_missing_answers_and_papers_are_named():
    factories.regions()
    factories.connect()
    somebody = factories.person()
    actor = factories.citizen(somebody)
    draft = services.start_draft(person_id=somebody.pk, release=factories.release(), actor=actor, now=NOW)
    draft = services.save_answers(
        draft=draft, answers={k: v for k, v in factories.answers().items() if k != "host_name"}, actor=actor, now=NOW
    )
    with pytest.raises(errors.AnswersMissing, match="host_name"):
        services.submit_case(draft=draft, actor=actor, now=NOW)
    draft = services.save_answers(draft=draft, answers={"host_name": "何守田"}, actor=actor, now=NOW)
    with pytest.raises(errors.MaterialsMissing, match="14"):
        services.submit_case(draft=draft, actor=actor, now=NOW)
    assert not Case.objects.exists()
    assert not Order.objects.exists()


def test_a_board_tells_what_the_rows_say():
    case = factories.case()
    say(case, "report_in", "approved")
    board = queries.case_board(SYSTEM, case.number, now=LATER)
    assert sum(board.counts.values()) == 13
    assert {lane.status for lane in board.lanes if lane.matter == "report_in"} == {"done"}
    assert board.story[0].kind == "CaseSubmitted"


def test_the_board_costs_the_same_number_of_queries_for_any_state(django_assert_max_num_queries):
    case = factories.case()
    finish(case)
    queries.case_board(SYSTEM, case.number, now=LATER)
    with django_assert_max_num_queries(6 + case.tasks.exclude(result=None).count()):
        queries.case_board(SYSTEM, case.number, now=LATER)


def test_while_something_waits_for_the_person_no_day_is_promised_and_afterwards_one_is_again():
    case = factories.case()
    say(case, "report_in", "approved", at=NOW)
    say(case, "household_registration", "returned", message="看不清", correction={"fields": ["host_name"]}, at=NOW)
    case.refresh_from_db()
    assert case.due is None, "an open stop on the critical path must never make the day earlier"
    assert case.promised == date(2026, 9, 30)


def test_waiting_for_the_army_leaves_the_promise_of_the_rest():
    case = factories.case()
    say(case, "social_insurance_registration", "approved", at=NOW)  # the pension now waits for the remittance only
    say(case, "job_seeker_registration", "returned", message="写清楚", correction={"fields": ["job_wish"]}, at=NOW)
    services.answer_correction(
        correction=case.corrections.get(), answers={"job_wish": "电工"}, actor=SYSTEM, now=NOW + timedelta(days=1)
    )
    case.refresh_from_db()
    assert case.due == case.promised


def test_a_paper_may_follow_only_within_the_term_of_the_pack():
    factories.regions()
    factories.connect()
    somebody = factories.person()
    actor = factories.citizen(somebody)
    draft = factories.draft(somebody)
    draft.uploads.filter(material="discharge_certificate").delete()
    with pytest.raises(errors.PaperPromisedTooLate):
        services.submit_case(draft=draft, to_follow={"discharge_certificate": date(2099, 1, 1)}, actor=actor, now=NOW)
    with pytest.raises(errors.MaterialsMissing):
        services.submit_case(draft=draft, actor=actor, now=NOW)
    soon = {"discharge_certificate": date(2026, 10, 9)}  # thirty days, the last one allowed
    assert services.submit_case(draft=draft, to_follow=soon, actor=actor, now=NOW).papers_to_come.count() == 1


def test_a_correction_that_nobody_answers_is_asked_for_again_once_before_its_last_day():
    case = factories.case()
    say(case, "report_in", "returned", message="看不清", correction={"fields": ["full_name"]}, at=NOW)
    last = case.corrections.get().answer_by
    assert sweeps.remind_of_corrections(now=NOW) == 0
    near = NOW + (last - NOW.date()) - timedelta(days=2)
    assert sweeps.remind_of_corrections(now=near) == 1
    assert sweeps.remind_of_corrections(now=near + timedelta(days=1)) == 0
    assert kinds(case).count("cases.CorrectionDueSoon") == 1


def test_the_same_file_sent_twice_is_one_paper():
    factories.regions()
    factories.connect()
    somebody = factories.person()
    draft = factories.draft(somebody)
    before = draft.uploads.count()
    for _ in range(2):
        papers.attach_to_draft(
            draft=draft, material="photo", content=factories.PAPER, actor=factories.citizen(somebody), now=NOW
        )
    assert draft.uploads.count() == before


# what is told to the person


def test_a_refusal_is_told_with_the_day_until_which_one_can_object():
    case = factories.case()
    say(case, "report_in", "refused", reason="不在本县安置", remedy="请到安置地报到", at=NOW)
    letters.tell_of_refusal(case_id=case.pk, matter="report_in", now=LATER)
    (letter,) = Notice.objects.filter(case_id=case.pk, kind="task_refused", channel="in_app")
    assert "11月9日" in letter.text[1]  # 60 days from 9 September is 8 November, a Sunday


def test_a_correction_that_never_comes_can_be_ended_by_the_department():
    case = factories.case()
    say(case, "report_in", "returned", message="看不清", correction={"fields": ["full_name"]}, at=NOW)
    asked = case.corrections.get()
    say(case, "report_in", "refused", reason="逾期没有补正", remedy="可以重新申请", at=NOW + timedelta(days=30))
    assert case.tasks.get(matter="report_in").state == TaskState.REFUSED
    with pytest.raises(errors.CorrectionNotOpen):
        services.answer_correction(correction=asked, answers={"full_name": "何青松"}, actor=SYSTEM, now=LATER)


def test_a_reply_that_a_worker_applies_again_later_returns_nothing_twice():
    case = factories.case()
    say(case, "report_in", "returned", message="照片不清楚", correction={"fields": ["residence_address"]})
    correction = case.corrections.get()
    services.answer_correction(
        correction=correction, answers={"residence_address": "柳湾村 8 号"}, actor=SYSTEM, now=LATER
    )
    fact = Entry.objects.filter(kind="exchange.ReplyReceived").latest("id")
    reactions.apply_reply(ReplyReceived.from_json(fact.payload))
    assert states(case)["report_in"] == TaskState.AT_DEPARTMENT
    assert case.corrections.count() == 1
