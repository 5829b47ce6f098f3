"""Pages: the inbox, own documents, and the public check of a slip."""

from __future__ import annotations

from uuid import uuid4

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from onething.correspondence import services
from onething.correspondence.digesting import MEGABYTES
from onething.correspondence.models import Document, Notice
from onething.correspondence.tests.samples import NOW, SLIP
from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM
from onething.plumbing import places
from onething.registry.models import Person
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def slip() -> Document:
    factories.load_regions()
    return services.issue_document(
        kind="slip", number="JG-2026-7K3M", person_id=factories.person().pk, case_id=uuid4(), content=SLIP,
        actor=SYSTEM, now=NOW,
    )  # fmt: skip


def _address(slip: Document) -> str:
    return services.check_path(slip.number, slip.check_code)


def _pdf(slip: Document) -> bytes:
    return services.open_document(document=slip, actor=SYSTEM, now=NOW)


def _upload(client: Client, slip: Document, content: bytes):
    file = SimpleUploadedFile("slip.pdf", content, content_type="application/pdf")
    return client.post(_address(slip), {"file": file})


def _verdict(answer) -> str:
    return answer.context["verdict"]


def test_the_check_page_shows_the_true_figures_and_no_person(client, slip):
    shown = client.get(_address(slip)).content.decode()
    for words in (slip.number, "望山县退役军人服务中心", "何**", slip.short_digest, ">13<", " 10<", "2026"):
        assert words in shown
    for secret in ("何青松", "户口地址", "补助金", "和平里"):
        assert secret not in shown


def test_the_code_may_be_typed_as_people_type(client, slip):
    typed = f"{slip.check_code[:8].lower()}-{slip.check_code[8:]} "
    found = client.get(reverse("correspondence:find_slip"), {"number": slip.number, "d": typed})
    assert found.status_code == 302
    assert client.get(found["Location"]).status_code == 200


def test_unknown_number_wrong_code_and_no_code_answer_alike(client, slip):
    def answer(number: str, code: str | None) -> tuple[int, str]:
        given = client.get(reverse("correspondence:slip", args=[number]), {"d": code} if code else {})
        return given.status_code, given.content.decode().replace(number, "N").replace(code or "no code", "C")

    wrong = "0" * 16
    known = [answer(slip.number, wrong), answer(slip.number, None), answer(slip.number, slip.check_code[:15])]
    unknown = [
        answer("JG-2026-NONE", wrong),
        answer("JG-2026-NONE", None),
        answer("JG-2026-NONE", slip.check_code[:15]),
    ]
    assert [status for status, _ in known] == [404, 404, 404]
    assert [_without_token(text) for _, text in known] == [_without_token(text) for _, text in unknown]


def test_the_issued_file_is_recognised(client, slip):
    assert _verdict(_upload(client, slip, _pdf(slip))) == "same"


def test_one_changed_byte_is_not_the_issued_file(client, slip):
    pdf = bytearray(_pdf(slip))
    pdf[len(pdf) // 2] ^= 1
    assert _verdict(_upload(client, slip, bytes(pdf))) == "other"


def test_a_forged_slip_with_the_copied_qr_is_not_the_issued_file(client, slip):
    """The forger prints another name and all matters as done, with the true number, code and QR, and signs it."""
    from dataclasses import replace

    from onething.correspondence import certificates, printing, signing

    forged = printing.to_pdf(
        kind="slip", number=slip.number, content=replace(SLIP, person_name="贺长平", outcomes=SLIP.outcomes[:4]),
        check_code=slip.check_code, check_address=services.check_address(slip.number, slip.check_code), issued_at=NOW,
    )  # fmt: skip
    forged = signing.sign(forged, chain=certificates.current(NOW), issuer="?", reason="?", now=NOW)
    answer = _upload(client, slip, forged)
    assert _verdict(answer) == "other"
    assert "何**" in answer.content.decode()  # and the page itself contradicts the forged paper


def test_the_qr_on_the_paper_leads_to_the_page(client, slip, tmp_path):
    import io

    import pypdf

    page = pypdf.PdfReader(io.BytesIO(_pdf(slip))).pages[0]
    assert slip.number in page.extract_text()
    read = zxingcpp.read_barcode(_qr_picture(slip))
    assert read.text == services.check_address(slip.number, slip.check_code)
    assert client.get(read.text.partition("//")[2].partition("/")[2].join(["/", ""])).status_code == 200


def test_an_upload_without_a_file_is_refused(client, slip):
    assert client.post(_address(slip), {}).status_code == 422


def test_a_file_too_big_is_refused_and_nothing_is_kept(client, slip):
    before = _files()
    answer = _upload(client, slip, b"%PDF" + bytes(MEGABYTES * 1024 * 1024))
    assert answer.status_code == 422
    _upload(client, slip, _pdf(slip))
    assert _files() == before


def test_a_stranger_with_the_code_cannot_upload_by_another_number(client, slip):
    elsewhere = services.check_path("JG-2026-NONE", slip.check_code)
    assert client.post(elsewhere, {"file": SimpleUploadedFile("a.pdf", b"x")}).status_code == 404


def test_documents_and_letters_ask_for_sign_in(client, slip):
    for address in (reverse("correspondence:inbox"), reverse("correspondence:document", args=[slip.pk])):
        answer = client.get(address)
        assert answer.status_code == 302
        assert reverse("identity:sign_in") in answer["Location"]


def _signed_in(client: Client, person: Person) -> Client:
    enter(client, identity.open_account(person=person, actor=SYSTEM, now=NOW))
    return client


def test_a_person_reads_their_letters_and_saves_their_slip(client, slip):
    texts = {"in_app": ("", "都办好了。请看 <b>结果单</b>。")}
    services.send_notice(
        person_id=slip.person_id, case_id=slip.case_id, kind="settled", texts=texts, actor=SYSTEM, now=NOW
    )
    _signed_in(client, slip.person)
    inbox = client.get(reverse("correspondence:inbox")).content.decode()
    assert "都办好了。" in inbox
    address = reverse("correspondence:letter", args=[Notice.objects.get().pk])
    assert address in inbox
    assert "&lt;b&gt;结果单" in client.get(address).content.decode()
    assert Notice.objects.get().read_at is not None
    saved = client.get(reverse("correspondence:document", args=[slip.pk]))
    assert saved.content == _pdf(slip)
    assert saved["Content-Type"] == "application/pdf"
    assert saved["Content-Disposition"] == 'attachment; filename="slip-JG-2026-7K3M.pdf"'
    assert "no-store" in saved["Cache-Control"]


def test_somebody_else_gets_the_same_answer_as_for_nothing(client, slip):
    _signed_in(client, factories.person(name="魏长河"))
    theirs = client.get(reverse("correspondence:document", args=[slip.pk]))
    nothing = client.get(reverse("correspondence:document", args=[uuid4()]))
    assert (theirs.status_code, nothing.status_code) == (404, 404)


def test_the_authority_s_certificate_is_public(client):
    from cryptography import x509

    answer = client.get(reverse("correspondence:root_certificate"))
    assert x509.load_der_x509_certificate(answer.content).extensions.get_extension_for_class(x509.BasicConstraints)


def _files() -> set[str]:
    return {path.name for path in (places.home() / "files").rglob("*") if path.is_file()}


def _without_token(text: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def _qr_picture(slip: Document) -> Image.Image:
    """Draw the code of the paper as a scanner would see it (typst itself turns the page into pixels)."""
    import io

    import typst

    from onething.correspondence import printing

    svg = printing.qr(services.check_address(slip.number, slip.check_code))
    markup = b"#set page(width: 6cm, height: 6cm, margin: 0pt)\n#image(bytes(sys.inputs.svg), width: 6cm)"
    return Image.open(io.BytesIO(typst.compile(markup, format="png", ppi=144, sys_inputs={"svg": svg})))
