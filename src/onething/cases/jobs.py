"""Reactions and sweeps of cases: ids in, one call out, safe to run twice."""

from __future__ import annotations

from onething.cases import letters, sweeps
from onething.cases import services as cases
from onething.cases.events import (
    CaseSettled,
    CaseSubmitted,
    CaseWithdrawn,
    CorrectionAsked,
    CorrectionDueSoon,
    PaperOverdue,
    TaskSettled,
)
from onething.exchange.events import ReplyReceived
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal import every, on


@on(ReplyReceived, lock="case:{case_id}", at_once=True)
def apply_reply(fact: ReplyReceived) -> None:
    """
    Let a department's reply take effect on its matter, as of the moment it came in.

    A worker that was down must not lengthen anybody's clock.
    """
    cases.apply_reply(reply_id=fact.reply_id, actor=SYSTEM)


@on(CaseSubmitted, queue_name="letters")
def write_receipt(fact: CaseSubmitted) -> None:
    """Give the person a receipt, as a document and as a short message."""
    letters.write_receipt(case_id=fact.case_id, now=clock.now())


@on(CorrectionAsked, queue_name="letters")
def ask_for_correction(fact: CorrectionAsked) -> None:
    """Tell the person what has to be mended, and by when."""
    letters.ask_for_correction(correction_id=fact.correction_id, now=clock.now())


@on(CorrectionDueSoon, queue_name="letters")
def remind_of_correction(fact: CorrectionDueSoon) -> None:
    """Remind the person before the last day: silence must not cost a right."""
    letters.ask_for_correction(correction_id=fact.correction_id, now=clock.now(), again=True)


@on(TaskSettled, queue_name="letters", when=lambda fact: fact.outcome == "refused")
def tell_of_refusal(fact: TaskSettled) -> None:
    """Tell the person at once that a matter was refused, why, and what can be done."""
    letters.tell_of_refusal(case_id=fact.case_id, matter=fact.matter, now=clock.now())


@on(CaseSettled, queue_name="letters")
def write_slip(fact: CaseSettled) -> None:
    """Write the one result slip and tell the person that it is there."""
    letters.write_slip(case_id=fact.case_id, now=clock.now())


@on(CaseWithdrawn, queue_name="letters")
def confirm_withdrawal(fact: CaseWithdrawn) -> None:
    """Write the slip of a case that was taken back: what was done before stays done."""
    letters.write_slip(case_id=fact.case_id, now=clock.now())


@on(PaperOverdue, queue_name="letters")
def ask_for_paper(fact: PaperOverdue) -> None:
    """Remind the person of a paper that was to follow."""
    letters.ask_for_paper(case_id=fact.case_id, material=fact.material, now=clock.now())


@every("*/5 * * * *")
def remind_persons() -> None:
    """Find papers whose promised day has come, and corrections whose last day is near."""
    sweeps.remind_of_papers(now=clock.now())
    sweeps.remind_of_corrections(now=clock.now())


@every("0 4 * * *")
def recompute_deadlines() -> None:
    """Count open deadlines again if the calendar has changed since they were counted."""
    sweeps.recompute_deadlines(now=clock.now())
