"""Reactions and sweeps of cases: ids in, one call out, safe to run twice."""

from __future__ import annotations

from onething.cases import applying, concerning, granting, letters, shares, sweeps
from onething.cases import services as cases
from onething.cases.events import (
    CaseSettled,
    CaseSubmitted,
    CaseWithdrawn,
    ConcernRaised,
    CorrectionAsked,
    CorrectionDueSoon,
    DayToKeepNear,
    MessageAnswered,
    OutcomeCorrected,
    PaperDueSoon,
    PaperMissed,
    PaperOverdue,
    SlipCorrected,
    TaskSettled,
)
from onething.cases.services import moving
from onething.catalogue.events import CalendarPublished
from onething.entitlements import queries as entitlements
from onething.entitlements.events import OfferAccepted
from onething.exchange.events import AmendmentLost, OrderStuck, ReplyContradicted, ReplyReceived
from onething.identity.events import MandateGiven
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal import every, on
from onething.registry.events import RegionChanged

DAYTIME = range(8, 21)


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


@on(CaseSubmitted, when=lambda fact: entitlements.are_policies([*fact.matters, *fact.later]))
def record_applications(fact: CaseSubmitted) -> None:
    """A case in which a matter bears a policy's id applies for what that gives: it is no longer offered."""
    applying.record_applications(fact.case_id, now=clock.now())


@on(OfferAccepted, lock="offer:{offer_id}")
def begin_form(fact: OfferAccepted) -> None:
    """Begin the form for what a person said yes to; they look it through and send it."""
    granting.begin(offer_id=fact.offer_id, actor=SYSTEM, now=clock.now())


@on(CaseSubmitted, queue_name="exchange", when=lambda fact: bool(fact.asked))
def ask_departments(fact: CaseSubmitted) -> None:
    """Ask departments for what the person need not hand in; one that is silent is asked again."""
    shares.ask_departments(fact.case_id, now=clock.now())


@on(MandateGiven, queue_name="letters")
def tell_of_mandate(fact: MandateGiven) -> None:
    """Tell a person who may act in their name now, and how to end it."""
    letters.tell_of_mandate(mandate_id=fact.mandate_id, now=clock.now())


@on(CorrectionAsked, queue_name="letters")
def ask_for_correction(fact: CorrectionAsked) -> None:
    """Tell the person what has to be mended, and by when."""
    letters.ask_for_correction(correction_id=fact.correction_id, now=clock.now())


@on(CorrectionDueSoon, queue_name="letters")
def remind_of_correction(fact: CorrectionDueSoon) -> None:
    """Remind the person before the last day: silence must not cost a right."""
    letters.ask_for_correction(correction_id=fact.correction_id, now=clock.now(), again=fact.on)


@on(TaskSettled, queue_name="letters", when=lambda fact: fact.outcome == "refused")
def tell_of_refusal(fact: TaskSettled) -> None:
    """Tell the person at once that a matter was refused, why, and what can be done."""
    letters.tell_of_refusal(case_id=fact.case_id, matter=fact.matter, now=clock.now())


@on(CaseSettled, queue_name="letters")
def write_slip(fact: CaseSettled) -> None:
    """Write the one result slip and tell the person that it is there."""
    letters.write_slip(case_id=fact.case_id, now=clock.now())


@on(SlipCorrected, queue_name="letters")
def write_slip_again(fact: SlipCorrected) -> None:
    """Write the slip that stands in the place of a wrong one, and tell the person."""
    letters.write_slip_again(case_id=fact.case_id, replaces=fact.document_id, now=clock.now())


@on(OutcomeCorrected, queue_name="letters")
def tell_of_outcome(fact: OutcomeCorrected) -> None:
    """Tell the person that an office decided otherwise after all, and that what hangs on it goes on."""
    letters.tell_of_outcome(case_id=fact.case_id, matter=fact.matter, outcome=fact.outcome, now=clock.now())


@on(CaseWithdrawn, queue_name="letters")
def confirm_withdrawal(fact: CaseWithdrawn) -> None:
    """Write the slip of a case that was taken back: what was done before stays done."""
    letters.write_slip(case_id=fact.case_id, now=clock.now())


@on(DayToKeepNear, queue_name="letters")
def remind_of_day(fact: DayToKeepNear) -> None:
    """Remind the person of a day that the law sets: silence must not cost a right."""
    letters.remind_of_day(draft_id=fact.draft_id, term=fact.term, on=fact.on, now=clock.now())


@on(PaperDueSoon, queue_name="letters")
def remind_of_paper(fact: PaperDueSoon) -> None:
    """Remind the person of a paper before the day for which it was promised."""
    letters.ask_for_paper(
        case_id=fact.case_id, material=fact.material, kind="paper_due_soon", on=fact.on, now=clock.now()
    )


@on(PaperOverdue, queue_name="letters")
def ask_for_paper(fact: PaperOverdue) -> None:
    """Tell the person that a paper did not come on the day for which it was promised, and until when it still can."""
    letters.ask_for_paper(
        case_id=fact.case_id, material=fact.material, kind="paper_overdue", on=fact.on, now=clock.now()
    )


@on(PaperMissed, queue_name="letters")
def tell_of_missed_paper(fact: PaperMissed) -> None:
    """Tell the person that the departments go on without the paper, and what that can mean."""
    letters.ask_for_paper(case_id=fact.case_id, material=fact.material, kind="paper_missed", now=clock.now())


@on(ReplyContradicted)
def raise_contradiction(fact: ReplyContradicted) -> None:
    """Put before a clerk that a department now says something else."""
    concerning.raise_contradiction(reply_id=fact.reply_id, now=clock.now())


@on(OrderStuck)
def raise_stuck_order(fact: OrderStuck) -> None:
    """Put before a clerk that a department is silent or cannot be reached."""
    concerning.raise_stuck_order(order_id=fact.order_id, reason=fact.reason, now=clock.now())


@on(AmendmentLost)
def raise_lost_amendment(fact: AmendmentLost) -> None:
    """Put before a clerk that a department did not get a paper that came later."""
    concerning.raise_lost_amendment(order_id=fact.order_id, amendment_id=fact.amendment_id, now=clock.now())


@on(ConcernRaised, queue_name="letters")
def tell_clerks(fact: ConcernRaised) -> None:
    """Write to the clerks who can take it up."""
    concerning.tell_clerks(concern_id=fact.concern_id, now=clock.now())


@on(MessageAnswered, queue_name="letters")
def tell_of_message(fact: MessageAnswered) -> None:
    """Tell the person that a clerk wrote; what, stands on the page behind the sign-in only."""
    letters.tell_of_message(case_id=fact.case_id, message_id=fact.message_id, now=clock.now())


@every("*/5 * * * *")
def remind_persons() -> None:
    """Find papers, corrections and days of the law that are near or past; at night nobody's phone rings."""
    sweeps.read_days(now=clock.now())
    if clock.now().astimezone(clock.BEIJING).hour in DAYTIME:
        sweeps.remind_of_days(now=clock.now())
        sweeps.remind_of_papers(now=clock.now())
        sweeps.remind_of_corrections(now=clock.now())


@every("*/5 * * * *")
def escalate_calls() -> None:
    """Hand calls that nobody made in time a level up."""
    cases.escalate_calls(now=clock.now())


@every("*/5 * * * *")
def drop_settled_concerns() -> None:
    """Take off the clerks' list what has settled itself."""
    sweeps.drop_settled_concerns(now=clock.now())


@every("*/5 * * * *")
def drop_questions() -> None:
    """Take off the queues what desks asked and no longer need to know."""
    cases.drop_questions(now=clock.now())


@on(CalendarPublished, lock="calendar")
def follow_calendar(fact: CalendarPublished) -> None:
    """Count open deadlines again by the calendar that stands now, whichever notice came last."""
    sweeps.recompute_deadlines(now=clock.now())


@every("0 4 * * *")
def recompute_deadlines() -> None:
    """Count open deadlines again if the calendar has changed since they were counted."""
    sweeps.recompute_deadlines(now=clock.now())


@on(RegionChanged, lock="region")
def follow_division(fact: RegionChanged) -> None:
    """Move open work along when divisions get other codes."""
    moving.move_open_work(change_id=fact.change_id, actor=SYSTEM, now=clock.now())
