"""Whoever reads English gets English letters and documents; what a department wrote stays, and is marked as its own."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pypdf
import pytest

from onething.cases import contents, letters, notice_letter, queries, services
from onething.cases.models import Case
from onething.cases.tests import factories
from onething.cases.tests.test_services import finish, say
from onething.correspondence import printing
from onething.correspondence.contents import Content
from onething.correspondence.models import Notice
from onething.kernel.access import SYSTEM

pytestmark = pytest.mark.django_db

NOW = factories.NOW
NAME = "何青松"
WHY, REMEDY, GIVEN, OFFICE = "本期名额已满", "请报下一期", "报到登记回执", "望山县退役军人事务局"
HAN = re.compile(r"[㐀-鿿]+")


def han_in(kind: str, content: Content) -> set[str]:
    """Print a document and list the runs of Chinese characters that can be read on it."""
    pdf = printing.to_pdf(
        kind=kind, number="TY1", content=content, check_code="0" * 16, check_address="http://1.2/3/4?d=0",
        issued_at=NOW,
    )  # fmt: skip
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return set(HAN.findall(text))


@pytest.fixture
def case() -> Case:
    factories.regions()
    factories.connect()
    draft = factories.draft(factories.person())
    draft.uploads.filter(material="discharge_certificate").delete()
    later = {"discharge_certificate": (NOW + timedelta(days=20)).date()}
    return services.submit_case(draft=draft, to_follow=later, language="en", actor=SYSTEM, now=NOW)


def test_the_receipt_is_english(case: Case) -> None:
    assert han_in("receipt", contents.receipt(case)) == {NAME}


def test_the_slip_is_english_but_for_the_department_s_own_words(case: Case) -> None:
    say(case, "report_in", "approved", at=NOW, result={"title": GIVEN, "number": "DJ-1", "issuer": OFFICE})
    say(case, "skills_training", "refused", at=NOW, reason=WHY, remedy=REMEDY)
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=NOW)
    finish(case)
    slip = contents.slip(queries.case_board(SYSTEM, case.number, now=NOW))
    assert {outcome.outcome for outcome in slip.outcomes} == {"done", "refused"}
    assert slip.open_points
    assert han_in("slip", slip) == {NAME, WHY, REMEDY, GIVEN, OFFICE}
    (refused,) = [outcome for outcome in slip.outcomes if outcome.outcome == "refused"]
    assert refused.is_quoted
    quoted = [detail for result in slip.results for detail in result.details]
    assert quoted == [("As written", GIVEN), ("Issuer, as written", OFFICE)]


def test_the_notice_is_english() -> None:
    factories.regions()
    draft = factories.draft(factories.person(), discharge_date="2026-09-01")
    plan = queries.plan_of(draft, on=NOW.date())
    notice = notice_letter.content_of(draft, plan, NAME, "en", on=NOW.date())
    assert notice.statutory_days
    assert han_in("notice", notice) == {NAME}
    numbers = {notice_letter.number_of(draft, plan, language, on=NOW.date()) for language in ("zh", "en")}
    assert len(numbers) == 2  # each language is a document of its own


def test_a_chinese_reader_s_documents_stay_chinese() -> None:
    receipt = contents.receipt(factories.case())
    assert receipt.language == "zh"
    assert HAN.search(receipt.follow)


def test_letters_are_english(case: Case) -> None:
    letters.write_receipt(case_id=case.pk, now=NOW)
    say(case, "report_in", "returned", at=NOW, message="看不清", correction={"materials": ["identity_proof"]})
    correction = case.corrections.first()
    assert correction is not None
    letters.ask_for_correction(correction_id=correction.pk, now=NOW)
    said: dict[str, Any] = {n.kind: n.text[1] for n in Notice.objects.filter(channel="in_app")}
    assert said["submitted"].startswith(f"Received, no. {case.number}.")
    assert "Please send it by" in said["correction_needed"]
    assert not HAN.search("".join(said.values()))


@pytest.mark.parametrize("reason", ["The photo is too old.", "照片太旧。", "照片太旧；"])
def test_a_reason_brings_no_second_stop(case: Case, reason: str) -> None:
    say(case, "report_in", "approved", at=NOW)
    say(case, "skills_training", "refused", at=NOW, reason=reason, remedy=REMEDY)
    letters.tell_of_refusal(case_id=case.pk, matter="skills_training", now=NOW)
    (said,) = (n.text[1] for n in Notice.objects.filter(channel="in_app", kind="task_refused"))
    assert f"was not approved: {reason[:-1]}. The other matters" in said


def test_a_letter_about_a_refusal_says_in_english_how_to_object(case: Case) -> None:
    say(case, "report_in", "approved", at=NOW)
    say(case, "skills_training", "refused", at=NOW, reason=WHY, remedy=REMEDY)
    letters.tell_of_refusal(case_id=case.pk, matter="skills_training", now=NOW)
    body = Notice.objects.get(kind="task_refused", channel="in_app").text[1]
    assert set(HAN.findall(body)) == {WHY}
    assert "Ask for administrative reconsideration" in body
    assert "by 9 November" in body
