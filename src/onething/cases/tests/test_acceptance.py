"""The clerk's case page: papers side by side, the one-window list, differences, search, handing over; two places."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from onething.cases import acceptance, orderpapers, papers, services
from onething.cases.errors import SearchTooWide
from onething.cases.finding import found_by
from onething.cases.models import Case, Concern, Upload
from onething.cases.services.submitting import deciding_region
from onething.cases.tests import factories
from onething.cases.tests.test_workbench import staff
from onething.exchange.models import Order
from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing.looks.models import Look
from onething.registry import services as registry
from onething.registry.models import Organisation, Person
from onething.registry.regions import RegionRow

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SETTLED = "990101000000"  # where the example settles


@pytest.fixture
def case() -> Case:
    return factories.case()


def png() -> bytes:
    """Draw one grey dot."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    drawn = io.BytesIO(b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(b"\0\x80")))
    return drawn.getvalue() + part(b"IEND", b"")


def officer(client: Client, code: str = "police-desk") -> Client:
    """Sign an officer in at a desk of the county."""
    desk = registry.open_organisation(
        code=code, name=code, kind="department", department=code, region=factories.REGION, actor=SYSTEM, now=NOW
    )
    account = identity.open_account(username=f"at.{code}", actor=SYSTEM, now=NOW)
    identity.give_post(
        account=account, role="department", organisation=desk, region=factories.REGION,
        valid_from=NOW - timedelta(days=900), actor=SYSTEM, now=NOW,
    )  # fmt: skip
    return enter(client, account)


def picture_of(case: Case) -> Upload:
    case.papers_to_come.create(material="photo", promised_for=NOW.date())
    return papers.attach_to_case(case=case, material="photo", content=png(), actor=SYSTEM, now=NOW)


# ---- papers ----------------------------------------------------------------------------------------------------


def test_a_paper_is_never_part_of_our_pages(client: Client, case: Case) -> None:
    upload = picture_of(case)
    staff(client)
    answer = client.get(reverse("cases:desk_paper", args=[case.number, upload.pk]))
    assert answer.content == png()
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Content-Disposition"].startswith("inline")
    pdf = next(file for file in papers.uploads_of(case.pk) if file.kind == "application/pdf")
    shown = client.get(reverse("cases:desk_paper", args=[case.number, pdf.pk]))
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert Look.objects.filter(way="file").count() == 2


def test_another_division_another_case_another_hat_get_no_paper(client: Client, case: Case) -> None:
    upload = papers.uploads_of(case.pk)[0]
    address = reverse("cases:desk_paper", args=[case.number, upload.pk])
    row = RegionRow(code="990200000000", name="临水市", name_en="Linshui")
    registry.load_regions(rows=[row], source="invented", actor=SYSTEM, now=NOW)
    assert staff(client, region="990200000000").get(address).status_code == 404
    assert staff(Client(), "department").get(address).status_code == 403
    strange = reverse("cases:desk_paper", args=[case.number, case.pk])
    assert staff(Client(), "supervisor").get(strange).status_code == 404


def test_an_officer_sees_the_papers_of_the_order_and_no_others(client: Client, case: Case) -> None:
    naming = {
        order: {(paper["id"], digest) for paper in order.payload["materials"] for digest in paper["digests"]}
        for order in Order.objects.filter(case_id=case.pk)
    }  # an order may name only papers that have yet to come
    order, named = next((order, told) for order, told in naming.items() if told)
    Order.objects.filter(pk=order.pk).update(organisation="police-desk")
    here = next(file for file in papers.uploads_of(case.pk) if (file.material, file.digest) in named)
    other = picture_of(case)
    officer(client)
    assert client.get(reverse("cases:order_paper", args=[order.pk, here.pk])).status_code == 200
    assert client.get(reverse("cases:order_paper", args=[order.pk, other.pk])).status_code == 404
    assert (
        reverse("cases:order_paper", args=[order.pk, here.pk])
        in client.get(reverse("exchange:order", args=[order.pk])).content.decode()
    )
    assert (
        officer(Client(), "banks-desk").get(reverse("cases:order_paper", args=[order.pk, here.pk])).status_code == 404
    )


def test_the_same_file_for_two_papers_is_shown_under_the_one_that_the_order_names(case: Case) -> None:
    order = next(one for one in Order.objects.filter(case_id=case.pk) if one.matter == "report_in")
    named = {paper["id"] for paper in order.payload["materials"]}
    assert len({file.digest for file in papers.uploads_of(case.pk)}) == 1  # the tests hand in one file for all
    assert {file.material for file in orderpapers.uploads_of(order)} <= named


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, (1, 0, 0)), ({"paper": "2", "turn": "3", "zoom": "4"}, (2, 3, 4)),
        ({"paper": "99", "turn": "5", "zoom": "99"}, (2, 1, 4)), ({"paper": "x", "turn": "-1", "zoom": "²"}, (1, 0, 0)),
    ],
)  # fmt: skip
def test_the_address_says_what_the_viewer_shows(asked: dict[str, str], shown: tuple[int, int, int]) -> None:
    files = [Upload(material=name, kind="image/png") for name in ("photo", "letter")]
    view = acceptance.view_of({"materials": []}, files, asked)
    assert (view.at, view.turn, view.zoom) == shown


def test_the_page_turns_and_enlarges_without_script(client: Client, case: Case) -> None:
    picture = picture_of(case)
    staff(client)
    last = [file.pk for file in papers.uploads_of(case.pk)].index(picture.pk) + 1
    address = reverse("cases:desk_case", args=[case.number])
    text = client.get(address, {"paper": str(last), "turn": "1", "zoom": "2"}).content.decode()
    assert 'class="turn-1 zoom-2"' in text
    assert "turn=2&amp;zoom=2#viewer" in text


# ---- the one window --------------------------------------------------------------------------------------------


def test_the_list_says_who_gets_what_and_what_lacks(case: Case) -> None:
    given = {file.material for file in papers.uploads_of(case.pk)}
    whole = acceptance.acceptance_of(case, given)
    assert {m["department"] for m in case.plan["matters"]} and len(whole.shares) == len(
        {m["department"] for m in case.plan["matters"]}
    )
    assert sum(len(share.matters) for share in whole.shares) == len(case.plan["matters"])
    assert (whole.lacking, whole.papers) == (0, len(case.plan["materials"]))
    gone = next(m for m in case.plan["materials"] if m["action"] == "hand_in")
    lacking = acceptance.acceptance_of(case, given - {gone["id"]})
    assert lacking.lacking == 1
    assert any(gone["title"] in share.lacking for share in lacking.shares)


def test_only_what_differs_is_opened_and_what_names_the_person_is_masked(case: Case) -> None:
    assert acceptance.differences(case, {"full_name": "何青松"}) == []
    (one,) = acceptance.differences(case, {"full_name": "何青林"})
    assert (one.said, one.known, one.source) == ("何*林", "何*松", "invented")
    (number,) = acceptance.differences(case, {"id_number": "990101199905210152", "full_name": "何青松"})
    assert number.said == "99********0152"


# ---- finding ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("何青松", True), ("何青柏", False), ("99*********0150", True), ("*0150", True), ("*0151", False),
        ("990123199905210150", True), ("990123199905210151", False), ("19900000001", True), ("19900000009", False),
    ],
)  # fmt: skip
def test_a_case_is_found_by_what_is_said_at_the_window(client: Client, case: Case, words: str, is_found: bool) -> None:
    staff(client)
    text = client.get(reverse("cases:desk"), {"number": words}).content.decode()
    assert (reverse("cases:desk_case", args=[case.number]) in text) == is_found
    look = Look.objects.filter(purpose="case_search").last()
    assert (look is not None) == is_found
    assert "何青松" not in text.replace(words, "")


def test_a_search_that_would_open_too_many_is_refused(case: Case) -> None:
    with pytest.raises(SearchTooWide):
        found_by(Case.objects.filter(pk=case.pk), "*0150", most=0)


# ---- handing over ----------------------------------------------------------------------------------------------


def test_a_case_is_handed_to_a_colleague_of_the_same_hall(client: Client, case: Case) -> None:
    staff(client)
    hall = Organisation.objects.get(code=f"hall-clerk-{factories.REGION}")
    theirs = identity.open_account(username="colleague", display_name="许安然", actor=SYSTEM, now=NOW)
    post = identity.give_post(
        account=theirs, role="clerk", organisation=hall, region=factories.REGION,
        valid_from=NOW - timedelta(days=900), actor=SYSTEM, now=NOW,
    )  # fmt: skip
    address = reverse("cases:desk_hand_over", args=[case.number])
    assert client.post(address, {"colleague": str(theirs.pk), "words": "请核对户口"}).status_code == 302
    concern = Concern.objects.get(kind="handed_over")
    assert (concern.taken_by, concern.words) == (theirs.pk, "请核对户口")
    post.valid_to = post.valid_from + timedelta(days=1)
    post.save()
    assert client.post(address, {"colleague": str(theirs.pk), "words": "请核对户口"}).status_code == 422


# ---- two places ------------------------------------------------------------------------------------------------


def test_the_place_of_settlement_decides_if_it_stands_here() -> None:
    factories.regions()
    assert deciding_region(factories.REGION, {"placement_region": SETTLED}) == factories.REGION
    registry.load_regions(
        rows=[RegionRow(code=SETTLED, name="城关区", name_en="Chengguan")], source="invented", actor=SYSTEM, now=NOW
    )
    assert deciding_region(factories.REGION, {"placement_region": SETTLED}) == SETTLED
    assert deciding_region(factories.REGION, {}) == factories.REGION


def test_both_places_see_the_case_and_the_deciding_one_gets_the_orders(client: Client) -> None:
    factories.regions()
    third = "990102000000"
    rows = [
        RegionRow(code=SETTLED, name="城关区", name_en="Chengguan"),
        RegionRow(code=third, name="三区", name_en="T"),
    ]
    registry.load_regions(rows=rows, source="invented", actor=SYSTEM, now=NOW)
    somebody = factories.person()
    case = services.submit_case(draft=factories.draft(somebody), actor=factories.citizen(somebody), now=NOW)
    assert (case.region, case.intake_region, case.is_across) == (SETTLED, factories.REGION, True)
    assert set(Order.objects.values_list("region", flat=True)) == {SETTLED}
    for region, sees in ((factories.REGION, True), (SETTLED, True), (third, False)):
        actor = Actor(door=Door.STAFF, region=region, permissions=frozenset({"cases.read_case"}))
        assert Case.objects.visible_to(actor).exists() is sees, region
    page = staff(client, region=SETTLED).get(reverse("cases:desk_case", args=[case.number])).content.decode()
    assert "望山县受理，城关区决定" in page
    shown = client.post(reverse("cases:desk_person", args=[case.number])).content.decode()
    assert Person.objects.get(pk=case.person_id).name in shown
