"""Several photographs of one paper: in order, turned, taken out, and one document in the end; without JavaScript."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from onething.cases import paging, papers, services
from onething.cases.errors import DraftAlreadySubmitted, PaperTooThick
from onething.cases.models import Case, Draft, Upload
from onething.cases.tests import factories, photos
from onething.cases.tests.test_portal import page, sign_in, words
from onething.cases.tests.test_services import say
from onething.exchange.models import Order
from onething.kernel.access import SYSTEM
from onething.registry.models import Person

pytestmark = pytest.mark.django_db

PAPER = "administrative_letter"
COLOURS = ("red", "green", "black")


@pytest.fixture
def soldier(db: None) -> Person:
    factories.regions()
    factories.connect()
    return factories.person()


@pytest.fixture
def citizen(client: Client, soldier: Person) -> Client:
    return sign_in(client, "19900000001")


@pytest.fixture
def draft(soldier: Person) -> Draft:
    """A filled form, in which one paper is still to come."""
    filled = factories.draft(soldier)
    Upload.objects.filter(material=PAPER).delete()
    return filled


def taken(*colours: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{c}.jpg", photos.jpeg(6, (300, 200), colour=c), "image/jpeg") for c in colours]


def kept(draft: Draft) -> list[str]:
    """Name the pages of the paper by the colour of their mark, in order."""
    own = {papers.take(photos.jpeg(6, (300, 200), colour=c)).digest: c for c in COLOURS}
    return [own.get(one.digest, "turned") for one in paging.pages_of(draft) if one.material == PAPER]


def press(citizen: Client, draft: Draft, deed: str, at: int) -> None:
    pages = [one for one in paging.pages_of(draft) if one.material == PAPER]
    assert citizen.post(page(draft, "papers"), {deed: str(pages[at].pk)}).status_code == 302


def test_pages_are_kept_in_order_moved_and_taken_out(citizen: Client, draft: Draft) -> None:
    citizen.post(page(draft, "papers"), {f"file_{PAPER}": taken("red", "green")})
    citizen.post(page(draft, "papers"), {f"file_{PAPER}": taken("black")})
    assert kept(draft) == ["red", "green", "black"]
    press(citizen, draft, "earlier", 2)
    assert kept(draft) == ["red", "black", "green"]
    press(citizen, draft, "earlier", 0)
    assert kept(draft) == ["red", "black", "green"], "the first one has nowhere to go"
    press(citizen, draft, "remove", 0)
    assert kept(draft) == ["black", "green"]
    press(citizen, draft, "turn", 1)
    assert kept(draft) == ["black", "turned"]
    assert "第 2 页" in words(citizen.get(page(draft, "papers")))


def test_in_the_case_they_are_one_document_that_the_department_is_told_of(citizen: Client, draft: Draft) -> None:
    citizen.post(page(draft, "papers"), {f"file_{PAPER}": taken(*COLOURS)})
    citizen.post(page(draft, "check"))
    case = Case.objects.get()
    bound = case.uploads.get(material=PAPER)
    assert (bound.kind, bound.pages) == ("application/pdf", 3)
    content = papers.content_of(bound)
    assert len(PdfReader(io.BytesIO(content)).pages) == 3
    assert photos.SECRET not in content
    told = [
        m for order in Order.objects.filter(case_id=case.pk) for m in order.payload["materials"] if m["id"] == PAPER
    ]
    assert told and all(paper["digests"] == [bound.digest] for paper in told)
    paging.bind_pages(draft=draft, actor=SYSTEM, now=factories.NOW)
    assert case.uploads.get(material=PAPER).pk == bound.pk


def test_a_single_photograph_stays_one(citizen: Client, draft: Draft) -> None:
    citizen.post(page(draft, "papers"), {f"file_{PAPER}": taken("red")})
    citizen.post(page(draft, "check"))
    assert Case.objects.get().uploads.get(material=PAPER).kind == "image/jpeg"


def test_mended_and_late_papers_are_bound_as_they_come(citizen: Client, draft: Draft, soldier: Person) -> None:
    citizen.post(page(draft, "papers"), {f"file_{PAPER}": taken("red")})
    case = services.submit_case(draft=draft, actor=factories.citizen(soldier), now=factories.NOW)
    say(case, "report_in", "returned", message="拍糊了", correction={"materials": ["discharge_certificate"]})
    asked = case.corrections.get()
    pdf = SimpleUploadedFile("more.pdf", factories.PAPER + b" more")
    box = {"file_discharge_certificate": [*taken("red", "green"), pdf]}
    assert citizen.post(f"/matters/{case.number}/corrections/{asked.pk}/", box).status_code == 302
    fresh = case.uploads.filter(material="discharge_certificate", added_at__gte=asked.asked_at)
    assert sorted((one.kind, one.pages) for one in fresh) == [("application/pdf", 1), ("application/pdf", 2)]


def test_a_torn_page_among_good_ones_is_said_and_nothing_half_is_handed_in(citizen, draft, soldier) -> None:
    case = services.submit_case(draft=whole(citizen, draft), actor=factories.citizen(soldier), now=factories.NOW)
    say(case, "report_in", "returned", message="拍糊了", correction={"materials": ["discharge_certificate"]})
    asked, torn = case.corrections.get(), SimpleUploadedFile("torn.jpg", photos.jpeg()[:60])
    answer = citizen.post(
        f"/matters/{case.number}/corrections/{asked.pk}/", {"file_discharge_certificate": [*taken("red"), torn]}
    )
    assert answer.status_code == 422 and "这张照片坏了" in words(answer)
    late = {"material": "discharge_certificate", "added_at__gte": asked.asked_at}
    assert not case.uploads.filter(**late).exists()


def whole(citizen: Client, draft: Draft) -> Draft:
    citizen.post(page(draft, "papers"), {f"file_{PAPER}": taken("red")})
    return draft


def test_a_paper_of_too_many_pages_is_refused(draft: Draft) -> None:
    for number in range(papers.MOST_PAGES):
        papers.attach_to_draft(
            draft=draft, material=PAPER, content=factories.PAPER + b"%d" % number, actor=SYSTEM, now=factories.NOW
        )
    with pytest.raises(PaperTooThick):
        papers.attach_to_draft(draft=draft, material=PAPER, content=photos.jpeg(), actor=SYSTEM, now=factories.NOW)
    assert len(kept(draft)) == papers.MOST_PAGES


def test_a_page_is_seen_by_its_person_alone(citizen: Client, draft: Draft) -> None:
    citizen.post(page(draft, "papers"), {f"file_{PAPER}": taken("red")})
    (one,) = (one for one in paging.pages_of(draft) if one.material == PAPER)
    shown = citizen.get(f"{page(draft, 'papers')}{one.pk}/")
    assert shown["Content-Type"] == "image/jpeg" and shown.content == papers.content_of(one)
    assert Client().get(f"{page(draft, 'papers')}{one.pk}/").status_code == 302


def test_pages_of_a_submitted_form_stand_still(citizen: Client, draft: Draft, soldier: Person) -> None:
    services.submit_case(draft=whole(citizen, draft), actor=factories.citizen(soldier), now=factories.NOW)
    one = Upload.objects.get(material=PAPER)
    for deed in (paging.move_page, paging.turn_page, papers.remove_upload):
        with pytest.raises(DraftAlreadySubmitted):
            deed(draft=Draft.objects.get(pk=draft.pk), upload_id=one.pk, actor=SYSTEM, now=factories.NOW)
