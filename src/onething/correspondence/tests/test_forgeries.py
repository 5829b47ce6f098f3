"""What a forger does to a true slip, and what the public page and strangers' programs say to it."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from uuid import uuid4

import pypdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from onething.correspondence import certificates, printing, services, signing
from onething.correspondence.models import Document
from onething.correspondence.tests.judges import needs_poppler, said, status_of
from onething.correspondence.tests.samples import NOW, OUTCOMES, SLIP
from onething.kernel.access import SYSTEM
from onething.plumbing import places
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def slip() -> Document:
    shutil.rmtree(places.home() / "certificates", ignore_errors=True)
    factories.load_regions()
    return services.issue_document(
        kind="slip", number="JG-2026-7K3M", person_id=factories.person().pk, case_id=uuid4(), content=SLIP,
        actor=SYSTEM, now=NOW,
    )  # fmt: skip


@pytest.fixture
def true(slip) -> bytes:
    return services.open_document(document=slip, actor=SYSTEM, now=NOW)


def _printed(slip: Document, **changes) -> bytes:
    """Print another content under the true number, code and QR."""
    return printing.to_pdf(
        kind="slip", number=slip.number, content=replace(SLIP, **changes), check_code=slip.check_code,
        check_address=services.check_address(slip.number, slip.check_code), issued_at=NOW,
    )  # fmt: skip


def _page_replaced(slip: Document, true: bytes) -> bytes:
    """Take the first page from a paper on which everything was approved."""
    better = _printed(slip, outcomes=tuple(o for o in OUTCOMES if o.outcome == "done"))
    writer = pypdf.PdfWriter()
    writer.add_page(pypdf.PdfReader(io.BytesIO(better)).pages[0])
    for page in pypdf.PdfReader(io.BytesIO(true)).pages[1:]:
        writer.add_page(page)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _update_appended(slip: Document, true: bytes) -> bytes:
    """Leave every signed byte as it is and write another first page behind them (an incremental update)."""
    writer = IncrementalPdfFileWriter(io.BytesIO(true))
    page = writer.find_page_for_modification(0)[0].get_object()
    words = generic.StreamObject(stream_data=b"BT /F1 30 Tf 80 500 Td (all approved) Tj ET")
    name = generic.pdf_name
    letters = {name("/Type"): name("/Font"), name("/Subtype"): name("/Type1"), name("/BaseFont"): name("/Helvetica")}
    fonts = generic.DictionaryObject({name("/F1"): writer.add_object(generic.DictionaryObject(letters))})
    page["/Resources"] = generic.DictionaryObject({name("/Font"): fonts})
    page["/Contents"] = writer.add_object(words)
    writer.update_container(page)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _signed_by_a_stranger(slip: Document, true: bytes) -> bytes:
    chain = certificates.current(NOW)
    key = ec.generate_private_key(ec.SECP256R1())
    root = certificates._authority(key, NOW)
    own = replace(chain, key=key, signer=root, root=root)
    return signing.sign(_printed(slip, person_name="贺长平"), chain=own, issuer="望山县", reason="签发文件", now=NOW)


def _verdict(client, slip: Document, content: bytes) -> str:
    address = services.check_path(slip.number, slip.check_code)
    answer = client.post(address, {"file": SimpleUploadedFile("slip.pdf", content, content_type="application/pdf")})
    return answer.context["verdict"]


@pytest.mark.parametrize(
    ("forge", "verdict"),
    [
        (lambda slip, true: true, "same"),
        (lambda slip, true: true + b"\n", "grown"),
        (_update_appended, "grown"),
        (lambda slip, true: true[:-1], "other"),
        (_page_replaced, "other"),
        (lambda slip, true: _printed(slip, person_name="贺长平"), "other"),
        (_signed_by_a_stranger, "other"),
    ],
    ids=["true", "byte more", "update appended", "byte less", "page replaced", "QR copied", "signed by a stranger"],
)  # fmt: skip
def test_the_page_tells_a_forgery_from_the_issued_file(client, slip, true, forge, verdict):
    assert _verdict(client, slip, forge(slip, true)) == verdict


def test_what_follows_a_piece_boundary_is_found_too(client, slip, true):
    """The upload comes in pieces of 64 KiB; the issued file may end inside one or at its edge."""
    for added in (1, 65536 - len(true) % 65536, 65536):
        assert _verdict(client, slip, true + b"%" * added) == "grown"


def test_pyhanko_says_that_the_update_came_after_the_signature(slip, true):
    root = certificates.current(NOW).root
    assert status_of(true, root).coverage.name == "ENTIRE_FILE"
    assert status_of(true, root).bottom_line
    grown = status_of(_update_appended(slip, true), root)
    assert grown.coverage.name != "ENTIRE_FILE"
    assert not grown.bottom_line


def test_the_update_does_what_the_forger_wants(slip, true):
    """Otherwise the tests above would judge a forgery that shows nothing."""
    shown = pypdf.PdfReader(io.BytesIO(_update_appended(slip, true))).pages[0].extract_text()
    assert "all approved" in shown


@needs_poppler
def test_poppler_says_what_is_not_signed(slip, true, tmp_path):
    def judged(pdf: bytes) -> str:
        file = tmp_path / "slip.pdf"
        file.write_bytes(pdf)
        return said("pdfsig", file, home=tmp_path)

    assert "Total document signed" in judged(true)
    assert "Not total document signed" in judged(_update_appended(slip, true))
    assert "Signature is Valid" not in judged(_page_replaced(slip, true))
