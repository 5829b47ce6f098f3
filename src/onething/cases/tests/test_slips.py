"""A slip that turned out wrong: one asks, another agrees, and it is replaced or revoked, once."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onething.cases import errors, jobs, letters, policy, services
from onething.cases.events import SlipCorrected
from onething.cases.models import Case
from onething.cases.services import slips
from onething.cases.states import TaskState
from onething.cases.tests import factories
from onething.cases.tests.test_services import finish, say
from onething.correspondence import queries as documents
from onething.correspondence import services as correspondence
from onething.correspondence.models import Document, Notice
from onething.exchange.events import ReplyContradicted
from onething.identity import services as identity
from onething.identity.errors import NoSuchProposal, ProposedAlready, ReasonMissing, SameEyes
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing.journal.models import Entry

pytestmark = pytest.mark.django_db

NOW = factories.NOW
LATER = NOW + timedelta(days=30)
WRONG = "skills_training"


def staff(*permissions: str, region: str = factories.REGION) -> Actor:
    return Actor(
        door=Door.STAFF, account_id=uuid4(), post_id=uuid4(), region=region,
        permissions=frozenset({policy.READ_CASE, "correspondence.read_document", *permissions}),
    )  # fmt: skip


CLERK, CHIEF = staff(policy.CORRECT_SLIP), staff(policy.CORRECT_SLIP, policy.APPROVE_SLIP)


@pytest.fixture
def case() -> Case:
    """A case that has ended with everything done, and its slip."""
    begun = factories.case()
    services.record_event(case=begun, event="army_remittance", actor=SYSTEM, now=NOW)
    finish(begun)
    letters.write_slip(case_id=begun.pk, now=NOW)
    begun.refresh_from_db()
    return begun


def slip_of(case: Case) -> Document:
    found = documents.newest_slip(SYSTEM, case.pk)
    assert found is not None
    return found


def contradicted(case: Case, kind: str = "refused", **words: str) -> None:
    """Let the department say afterwards that it was otherwise, and let a clerk be told."""
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    said = words or {"reason": "重复报名", "remedy": "报下一期"}
    say(case, WRONG, kind, at=LATER, **said)
    for entry in Entry.objects.filter(id__gt=before, kind="exchange.ReplyContradicted"):
        jobs.raise_contradiction(ReplyContradicted.from_json(entry.payload))


def ask(case: Case, kind: str = slips.REPLACE, actor: Actor = CLERK, reason: str = "部门改了结果", **more):
    return services.ask_for_slip(case=case, kind=kind, reason=reason, actor=actor, now=LATER, **more)


def agree(proposal, actor: Actor = CHIEF) -> None:
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    identity.approve(proposal_id=proposal.pk, actor=actor, now=LATER)
    for entry in Entry.objects.filter(id__gt=before, kind="cases.SlipCorrected"):
        for _ in range(2):  # a job may run twice
            fact = SlipCorrected.from_json(entry.payload)
            letters.write_slip_again(case_id=fact.case_id, replaces=fact.document_id, now=LATER)


def checked(document: Document, pdf: bytes | None = None) -> str:
    """Open the public page of a slip as anybody would, in English; with a file, have it compared."""
    address = f"/slip/{document.number}?{urlencode({'d': document.check_code})}"
    client = Client(headers={"accept-language": "en"})
    sent = {"file": SimpleUploadedFile("a.pdf", pdf, "application/pdf")} if pdf else None
    answer = client.post(address, sent) if sent else client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_corrected_outcome_comes_on_a_new_slip_that_names_the_old_one(case: Case) -> None:
    contradicted(case)
    (reply,) = services.contradictions(case)
    old, proposal = slip_of(case), ask(case, reply_id=reply.reply_id)
    assert slip_of(case) == old  # nothing happens before a colleague agrees
    agree(proposal)
    new = slip_of(case)
    assert (new.number, new.replaces_id) == (f"{case.number}-S2", old.pk)
    assert (old.summary["done"], new.summary["done"], new.summary["refused"]) == (13, 12, 1)
    task = case.tasks.get(matter=WRONG)
    assert (task.state, task.reason, task.ended_at) == (TaskState.REFUSED, "重复报名", LATER)
    assert Document.objects.filter(case_id=case.pk, kind="slip").count() == 2
    told = Notice.objects.filter(kind="slip_replaced", channel="in_app")
    assert [old.number in letter.text[1] for letter in told] == [True]


def test_the_public_page_of_the_old_slip_says_what_replaced_it_and_so_does_an_uploaded_pdf(case: Case) -> None:
    old = slip_of(case)
    assert "no longer holds" not in checked(old).partition('id="verdict"')[0]
    agree(ask(case))
    new = slip_of(case)
    said = f"Replaced by {new.number} on 9 October 2026."
    assert said in checked(old)
    verdict = checked(old, correspondence.open_document(document=old, actor=SYSTEM, now=LATER))
    same = verdict.partition('data-verdict="same"')[2].partition("data-verdict")[0]
    assert not same.startswith(" hidden")
    assert "This is the issued file, but it no longer holds." in same
    assert said in same
    assert "no longer holds" not in checked(new)
    fresh = checked(new, correspondence.open_document(document=new, actor=SYSTEM, now=LATER))
    assert "Nothing in it was changed." in fresh


def test_a_revoked_slip_says_so_and_nothing_stands_in_its_place(case: Case) -> None:
    old = slip_of(case)
    agree(ask(case, slips.REVOKE))
    assert slip_of(case).pk == old.pk
    assert "Revoked on 9 October 2026." in checked(slip_of(case))
    with pytest.raises(errors.SlipChanged):
        ask(case, slips.REVOKE)
    agree(ask(case))  # a revoked one may still be replaced
    assert slip_of(case).replaces_id == old.pk
    page = checked(Document.objects.get(pk=old.pk))
    assert "Revoked on" in page
    assert "Replaced by" in page


def test_nobody_agrees_with_themselves_and_nobody_without_the_right(case: Case) -> None:
    proposal = ask(case, actor=CHIEF)
    with pytest.raises(SameEyes):
        agree(proposal)
    with pytest.raises(NoSuchProposal):
        agree(proposal, CLERK)
    with pytest.raises(NoSuchProposal):
        agree(proposal, staff(policy.APPROVE_SLIP, region="330100000000"))
    with pytest.raises(Denied):
        ask(case, actor=staff())
    assert slip_of(case).replaces is None


def test_it_is_asked_once_with_a_reason_and_done_once(case: Case) -> None:
    with pytest.raises(ReasonMissing):
        ask(case, reason="  ")
    first = ask(case)
    with pytest.raises(ProposedAlready):
        ask(case)
    agree(first)
    with pytest.raises(NoSuchProposal):
        agree(first)
    assert documents.slips_of_case(case.pk) == 2


def test_a_request_about_a_slip_that_was_replaced_meanwhile_does_nothing(case: Case) -> None:
    revoke, replace = ask(case, slips.REVOKE), ask(case)
    agree(replace)
    with pytest.raises(errors.SlipChanged):
        identity.approve(proposal_id=revoke.pk, actor=CHIEF, now=LATER)
    assert slip_of(case).revoked_at is None


def test_only_what_a_department_really_said_can_take_effect(case: Case) -> None:
    with pytest.raises(errors.NoSuchReply):
        ask(case, reply_id=uuid4())


def test_without_a_slip_there_is_nothing_to_replace() -> None:
    with pytest.raises(errors.SlipNotYet):
        ask(factories.case())


def test_an_unknown_number_is_not_there(case: Case) -> None:
    assert Client().get("/slip/TY-NONE?d=0000000000000000").status_code == 404
