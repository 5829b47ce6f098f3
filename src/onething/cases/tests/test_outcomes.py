"""A department refuses, and approves after all: what hung on it goes on, also in a case that had ended."""

from __future__ import annotations

from uuid import UUID

import pytest

from onething.cases import errors, flow, jobs, letters, services
from onething.cases.events import CaseSettled, SlipCorrected
from onething.cases.models import Case
from onething.cases.states import TRANSITIONS, CaseState, TaskState
from onething.cases.tests import factories
from onething.cases.tests.test_services import finish, say
from onething.cases.tests.test_slips import CHIEF, CLERK, LATER, contradicted, slip_of
from onething.correspondence.models import Document, Notice
from onething.exchange.events import ReplyContradicted
from onething.exchange.models import Order
from onething.identity import services as identity
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry

NOW = factories.NOW
REFUSED = "household_registration"
BEHIND = {"id_card", "medical_insurance_registration", "medical_transfer", "social_security_card"}
"""What cannot be without it, in the pack of the tests."""


def refuse(case: Case, matter: str) -> None:
    say(case, matter, "refused", at=NOW, reason="户口页缺页", remedy="补齐后再来")


def change_their_mind(case: Case, matter: str, kind: str = "approved", **words) -> UUID:
    """Let the department say it otherwise, and a clerk be told; gives the reply that may count."""
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    say(case, matter, kind, at=LATER, **(words or {"result": {"number": "HK-1"}}))
    for entry in Entry.objects.filter(id__gt=before, kind="exchange.ReplyContradicted"):
        jobs.raise_contradiction(ReplyContradicted.from_json(entry.payload))
    return services.contradictions(case)[0].reply_id


def let_it_count(case: Case, reply_id: UUID) -> None:
    """Ask and agree, as a clerk and a chief do."""
    case.refresh_from_db()
    if case.is_open:
        asked = services.ask_for_outcome(case=case, reply_id=reply_id, reason="改了", actor=CLERK, now=LATER)
    else:
        asked = services.ask_for_slip(
            case=case, kind="cases.replace_slip", reply_id=reply_id, reason="改了", actor=CLERK, now=LATER
        )
    identity.approve(proposal_id=asked.pk, actor=CHIEF, now=LATER)
    case.refresh_from_db()


def states(case: Case) -> dict[str, str]:
    return dict(case.tasks.values_list("matter", "state"))


def write_slips(case: Case) -> None:
    """Run the jobs that write slips, each twice, as a worker may."""
    for entry in list(Entry.objects.filter(kind__in=["cases.CaseSettled", "cases.SlipCorrected"]).order_by("id")) * 2:
        if entry.kind == "cases.CaseSettled":
            letters.write_slip(case_id=CaseSettled.from_json(entry.payload).case_id, now=LATER)
        else:
            fact = SlipCorrected.from_json(entry.payload)
            letters.write_slip_again(case_id=fact.case_id, replaces=fact.document_id, now=LATER)


@pytest.fixture
def case(db: None) -> Case:
    """A case whose household registration was refused."""
    begun = factories.case()
    say(begun, "report_in", "approved", at=NOW, result={"number": "N-1"})
    refuse(begun, REFUSED)
    assert {matter for matter, state in states(begun).items() if state == TaskState.CUT_OFF} == BEHIND
    return begun


def ended(case: Case) -> Case:
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=NOW)
    finish(case)
    case.refresh_from_db()
    assert case.state == CaseState.SETTLED
    letters.write_slip(case_id=case.pk, now=case.settled_at)
    return case


def test_in_a_running_case_it_goes_on_at_once(case: Case) -> None:
    reply = change_their_mind(case, REFUSED)
    assert states(case)[REFUSED] == TaskState.REFUSED  # nothing happens before two agree
    let_it_count(case, reply)
    now = states(case)
    assert now[REFUSED] == TaskState.DONE
    assert {now[matter] for matter in ("id_card", "medical_insurance_registration")} == {TaskState.AT_DEPARTMENT}
    assert now["social_security_card"] == TaskState.NOT_YET
    assert Order.objects.filter(case_id=case.pk, matter="id_card").count() == 1
    assert not case.tasks.exclude(cause="").exists()
    finish(case)
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=LATER)
    finish(case)
    assert set(states(case).values()) == {TaskState.DONE}


def test_the_lost_time_is_nobodys(case: Case) -> None:
    due = Case.objects.get(pk=case.pk).due
    let_it_count(case, change_their_mind(case, REFUSED))
    assert due is not None
    card = case.tasks.get(matter="id_card")
    assert case.due is not None
    assert card.due is not None
    assert case.due > due
    assert case.due >= card.due > clock.day_of(LATER)


def test_an_answer_counts_once(case: Case) -> None:
    reply = change_their_mind(case, REFUSED)
    asked = services.ask_for_outcome(case=case, reply_id=reply, reason="改了", actor=CLERK, now=LATER)
    identity.approve(proposal_id=asked.pk, actor=CHIEF, now=LATER)
    assert services.contradictions(case) == []
    with pytest.raises(errors.NoSuchReply):
        services.ask_for_outcome(case=case, reply_id=reply, reason="改了", actor=CLERK, now=LATER)


def test_a_case_that_had_ended_runs_again_and_its_end_replaces_the_slip(case: Case) -> None:
    first = slip_of(ended(case))
    let_it_count(case, change_their_mind(case, REFUSED))
    assert (case.state, case.settled_at) == (CaseState.RUNNING, None)
    write_slips(case)
    assert [slip.number for slip in Document.objects.filter(case_id=case.pk, kind="slip")] == [first.number]
    assert slip_of(case).is_void  # whoever checks it meanwhile is told
    finish(case, at=LATER)
    case.refresh_from_db()
    assert case.state == CaseState.SETTLED
    write_slips(case)
    assert slip_of(case).replaces_id == first.pk
    assert slip_of(case).summary["done"] == 13
    assert Document.objects.filter(case_id=case.pk, kind="slip").count() == 2


def test_what_another_refusal_stops_stays_stopped_and_names_it(case: Case) -> None:
    refuse(case, "social_insurance_registration")
    let_it_count(case, change_their_mind(case, REFUSED))
    card = case.tasks.get(matter="social_security_card")
    assert (card.state, card.cause) == (TaskState.CUT_OFF, "social_insurance_registration")
    assert states(case)["id_card"] == TaskState.AT_DEPARTMENT


def test_a_refusal_after_all_ends_what_has_not_begun_and_leaves_what_is_done(db: None) -> None:
    case = factories.case()
    for matter in ("report_in", REFUSED):
        say(case, matter, "approved", at=NOW, result={"number": matter})
    say(case, "medical_insurance_registration", "approved", at=NOW, result={"number": "YB"})
    let_it_count(case, change_their_mind(case, REFUSED, "refused", reason="查错了", remedy="去派出所"))
    now = states(case)
    assert now[REFUSED] == TaskState.REFUSED
    assert now["medical_insurance_registration"] == TaskState.DONE
    assert now["id_card"] == TaskState.AT_DEPARTMENT  # its own office decides
    assert now["social_security_card"] == TaskState.CUT_OFF


def test_a_clock_that_stood_for_the_army_stands_no_longer_for_what_is_cut_off(db: None) -> None:
    case = factories.case()
    say(case, "social_insurance_registration", "approved", at=NOW, result={"number": "SB"})
    waiting = case.pauses.get(task__matter="pension_transfer", until=None)
    reply = change_their_mind(case, "social_insurance_registration", "refused", reason="查错了", remedy="再报")
    let_it_count(case, reply)
    waiting.refresh_from_db()
    assert waiting.until == clock.day_of(LATER)


def test_the_person_is_told_once(case: Case) -> None:
    let_it_count(case, change_their_mind(case, REFUSED))
    for _ in range(2):
        letters.tell_of_outcome(case_id=case.pk, matter=REFUSED, outcome="done", now=LATER)
    told = Notice.objects.filter(kind="outcome_corrected")
    assert sorted(told.values_list("channel", flat=True)) == ["in_app", "sms"]
    assert all("后来批准了" in letter.text[1] for letter in told)


def test_what_decides_nothing_cannot_count(case: Case) -> None:
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    say(case, REFUSED, "returned", at=LATER, message="补一页", correction={"materials": ["host_household_book"]})
    for entry in Entry.objects.filter(id__gt=before, kind="exchange.ReplyContradicted"):
        jobs.raise_contradiction(ReplyContradicted.from_json(entry.payload))
    assert services.contradictions(case) == []


def test_while_a_case_runs_there_is_no_slip_to_replace(case: Case) -> None:
    ended(case)
    let_it_count(case, change_their_mind(case, REFUSED))
    with pytest.raises(errors.SlipNotYet):
        services.ask_for_slip(case=case, kind="cases.replace_slip", reason="x", actor=CLERK, now=LATER)


def test_only_what_nobody_else_refused_is_revived() -> None:
    needs = {"a": frozenset(), "b": frozenset(), "c": frozenset("a"), "d": frozenset("cb"), "e": frozenset("c")}
    assert flow.revived_by("a", needs, []) == ["c", "d", "e"]
    assert flow.revived_by("a", needs, ["b"]) == ["c", "e"]


def test_what_has_ended_changes_only_by_the_five_lines_of_two_people() -> None:
    late = {(state, happening) for state, happening in TRANSITIONS if state in ("done", "refused", "cut_off")}
    assert {happening.value for _, happening in late} == {"approved_after_all", "refused_after_all", "revived"}
    assert len(late) == 5


def test_a_settled_case_with_nothing_to_revive_only_gets_its_slip_written_again(case: Case) -> None:
    ended(case)
    contradicted(case)
    let_it_count(case, services.contradictions(case)[0].reply_id)
    assert case.state == CaseState.SETTLED
    assert not slip_of(case).is_void
