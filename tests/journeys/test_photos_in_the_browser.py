"""A paper of several pages photographed with the phone: shrunk and put in order there, or, without script, here."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from onething.cases import paging, papers
from onething.cases.models import Case, Draft, Upload
from onething.cases.tests import photos
from onething.plumbing import places
from onething.registry.models import Person
from tests.journeys import citizen
from tests.pages.world import filled

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PAPER = "administrative_letter"
PICTURES = places.PROJECT / "test-artefacts"


def photograph(colour: str) -> dict[str, object]:
    """Hold the phone upright: the dots lie on their side, and the file says so."""
    taken = photos.jpeg(6, (3000, 2250), colour=colour)
    return {"name": f"IMG_{colour}.jpg", "mimeType": "image/jpeg", "buffer": taken}


def test_several_photographs_become_one_document(phone: Page, soldier: Person, request: pytest.FixtureRequest) -> None:
    script = "with-script" in request.node.name
    draft: Draft = filled(soldier, but=PAPER)
    citizen.sign_in(phone)
    phone.goto(f"/matters/forms/{draft.pk}/papers/")
    choose = phone.locator(f"#file_{PAPER}")
    choose.set_input_files([photograph("red"), photograph("green")])
    if script:
        _arrange_before_sending(phone)
    _save(phone)
    pages = [page for page in paging.pages_of(draft) if page.material == PAPER]
    if script:
        assert [_marks(page) for page in pages] == ["black", "green"]
        assert all(max(photos.seen(papers.content_of(page)).size) == 2000 for page in pages)
    else:
        assert [_marks(page) for page in pages] == ["red", "green"]
        _card(phone).get_by_role("button", name="往前挪").click()
        expect(_card(phone).get_by_role("listitem")).to_have_count(2)
        pages = [page for page in paging.pages_of(draft) if page.material == PAPER]
        assert [_marks(page) for page in pages] == ["green", "red"]
    _card(phone).get_by_text("看看").first.click()
    picture = _card(phone).get_by_role("img").first
    expect(picture).to_be_visible()
    PICTURES.mkdir(exist_ok=True)
    phone.screenshot(path=PICTURES / f"photos-{'script' if script else 'plain'}.png")
    phone.get_by_role("button", name="存好，去核对").click()
    citizen.submit(phone)
    bound = Case.objects.get().uploads.get(material=PAPER)
    assert (bound.kind, bound.pages) == ("application/pdf", 2)
    content = papers.content_of(bound)
    sizes = [(float(leaf.mediabox.width), float(leaf.mediabox.height)) for leaf in PdfReader(io.BytesIO(content)).pages]
    assert sizes == [(631.5, 842.0)] * 2, "both stand upright"
    assert photos.SECRET not in content


def _card(page: Page) -> Locator:
    return page.locator("section.ot-card").filter(has=page.locator(f"#file_{PAPER}"))


def _arrange_before_sending(page: Page) -> None:
    """Photograph a third one, put it first, take the red one out; turn it four times, which is none."""
    chosen = _card(page).locator("[data-photos] li")
    expect(chosen).to_have_count(2)
    page.locator(f"#shot_{PAPER}").set_input_files(photograph("black"))
    expect(chosen).to_have_count(3)
    page.locator(f"#file_{PAPER}").scroll_into_view_if_needed()
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "photos-chosen.png")
    chosen.nth(2).get_by_role("button", name="往前挪").click()
    chosen.nth(1).get_by_role("button", name="往前挪").click()
    expect(chosen.nth(0).get_by_role("img")).to_have_attribute("aria-label", "第 1 页")
    for tall in (False, True, False, True):
        chosen.nth(0).get_by_role("button", name="转一下").click()
        expect(chosen.nth(0).locator("canvas")).to_have_attribute("height", "2000" if tall else "1500")
    chosen.nth(1).get_by_role("button", name="拿掉").click()
    expect(chosen).to_have_count(2)


def _save(page: Page) -> None:
    page.get_by_role("button", name="先把照片存好").click()
    expect(_card(page).get_by_role("button", name="拿掉")).to_have_count(2)


def _marks(page: Upload) -> str:
    """Tell which photograph a page is by the colour of its mark, which stands in the right upper corner."""
    shown = photos.seen(papers.content_of(page))
    red, green, blue = shown.getpixel((shown.width - 20, 20))
    if max(red, green, blue) < 60:
        return "black"
    return "red" if red > green else "green"
