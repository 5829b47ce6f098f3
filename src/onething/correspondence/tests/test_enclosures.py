"""Result documents inside the slip: attached, named in words, covered by the signature; judged by pypdf and poppler."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from uuid import UUID, uuid4

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from onething.correspondence import certificates, enclosing, printing, services
from onething.correspondence.contents import Result, SlipContent
from onething.correspondence.enclosing import LARGEST, Enclosed
from onething.correspondence.errors import EnclosureLocked, EnclosureMissing, EnclosureNoPdf, EnclosureTooBig
from onething.correspondence.models import Document, Enclosure
from onething.correspondence.tests.judges import needs_poppler, said, status_of
from onething.correspondence.tests.samples import NOW, OUTCOMES, SLIP
from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM
from onething.plumbing import places, storage
from onething.plumbing.storage.models import UnclaimedFile
from onething.registry.models import Person
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db


def _paper(text: str) -> bytes:
    """Make a small PDF with another program than ours."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": text})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


PAPER, OTHER = _paper("居民户口簿"), _paper("居民身份证")


@pytest.fixture
def person() -> Person:
    factories.load_regions()
    return factories.person()


def _keep(person: Person, case_id: UUID, content: bytes = PAPER, title: str = "恢复户口") -> Enclosure:
    return services.keep_enclosure(
        person_id=person.pk, case_id=case_id, title=title, content=content, actor=SYSTEM, now=NOW
    )


def _content(*enclosures: UUID) -> SlipContent:
    """Take the sample and put a document under its second matter, another one under its third."""
    changed = list(OUTCOMES)
    for place, enclosure in enumerate(enclosures, start=1):
        (result,) = changed[place].results
        changed[place] = replace(changed[place], results=(replace(result, enclosure=enclosure),))
    return replace(SLIP, outcomes=tuple(changed))


def _issue(person: Person, case_id: UUID, content: SlipContent) -> Document:
    return services.issue_document(
        kind="slip", number="JG-2026-7K3M", person_id=person.pk, case_id=case_id, content=content, actor=SYSTEM,
        now=NOW,
    )  # fmt: skip


def _slip(person: Person) -> bytes:
    case_id = uuid4()
    kept = [_keep(person, case_id).pk, _keep(person, case_id, OTHER, "申领居民身份证").pk]
    document = _issue(person, case_id, _content(*kept))
    return services.open_document(document=document, actor=SYSTEM, now=NOW)


def _status(pdf: bytes):
    return status_of(pdf, certificates.current(NOW).root)


@pytest.fixture(autouse=True)
def _certificates_of_this_day():
    shutil.rmtree(places.home() / "certificates", ignore_errors=True)


def test_the_documents_travel_in_the_slip_byte_for_byte(person):
    attached = pypdf.PdfReader(io.BytesIO(_slip(person))).attachments
    assert {name: content[0] for name, content in attached.items()} == {"result-01.pdf": PAPER, "result-02.pdf": OTHER}


def test_the_paper_names_each_document_beside_number_issuer_and_day(person):
    text = _text(_slip(person))
    household = text[text.index("居民户口簿") :]
    for words in ("HK-20260914-031", "望山县公安局城关派出所", "2026年9月14日", "result-01.pdf"):
        assert words in household[:260]
    assert "有2份原件附在这份电子文件里" in text


def test_a_result_without_document_says_so(person):
    text = _text(services.open_document(document=_issue(person, uuid4(), SLIP), actor=SYSTEM, now=NOW))
    assert text.count("部门只发来编号和日期") == 1
    assert "部门没有发来编号" not in text
    assert "附在这份电子文件里" not in text


@pytest.mark.parametrize("title", ["恢复户口", "居民户口簿"])
def test_no_box_says_its_title_twice(person, title):
    done = replace(OUTCOMES[1], title="恢复户口", results=(Result(title=title, number="HK-1"),))
    pdf = services.open_document(
        document=_issue(person, uuid4(), replace(SLIP, outcomes=(done,))), actor=SYSTEM, now=NOW
    )
    annex = _text(pdf).partition("办下来的东西")[2]
    assert annex.count(title) == 1


def test_the_signature_covers_the_documents(person):
    pdf = _slip(person)
    status = _status(pdf)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    place = _stream_of(pdf, "result-01.pdf")
    changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    assert not _status(changed).bottom_line


@needs_poppler
def test_poppler_finds_the_documents_and_the_whole_file_signed(person, tmp_path):
    file = tmp_path / "slip.pdf"
    file.write_bytes(_slip(person))
    assert "Total document signed" in said("pdfsig", file, home=tmp_path)
    assert "2 embedded files" in said("pdfdetach", "-list", file, home=tmp_path)
    said("pdfdetach", "-saveall", "-o", tmp_path, file, home=tmp_path)
    assert (tmp_path / "result-01.pdf").read_bytes() == PAPER


def test_they_are_associated_files_of_an_archive_file(person):
    reader = pypdf.PdfReader(io.BytesIO(_slip(person)))
    associated = [entry.get_object() for entry in reader.root_object["/AF"]]
    assert [(str(a["/UF"]), str(a["/AFRelationship"]), str(a["/Desc"])) for a in associated] == [
        ("result-01.pdf", "/Supplement", "恢复户口"),
        ("result-02.pdf", "/Supplement", "申领居民身份证"),
    ]
    for entry in associated:
        stream = entry["/EF"]["/F"].get_object()
        assert stream["/Subtype"] == "/application/pdf"
        assert stream["/Params"]["/ModDate"]
    assert "<pdfaid:part>3</pdfaid:part>" in reader.xmp_metadata.stream.get_data().decode()
    assert reader.root_object.get("/Version", "/1.7") <= "/1.7"


def test_a_document_of_another_case_is_never_put_in(person):
    foreign = _keep(person, uuid4())
    with pytest.raises(EnclosureMissing):
        _issue(person, uuid4(), _content(foreign.pk))
    assert not Document.objects.exists()


def test_the_same_file_is_kept_once_and_another_case_s_apart(person):
    case_id = uuid4()
    first = _keep(person, case_id)
    assert _keep(person, case_id) == first
    assert _keep(person, uuid4()) != first
    assert not UnclaimedFile.objects.exists()


def test_whoever_comes_second_at_the_same_moment_gets_the_first(person):
    case_id = uuid4()
    first = _keep(person, case_id)
    late = Enclosure(
        person=person, case_id=case_id, title="恢复户口", digest=bytes(first.digest), size=1, storage_key="0" * 64,
        received_at=NOW,
    )  # fmt: skip
    assert services.record_enclosure(enclosure=late, actor=SYSTEM, now=NOW) == first


def test_on_disk_it_tells_nothing(person):
    assert b"%PDF" not in storage.read(_keep(person, uuid4()).storage_key)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EnclosureNoPdf),
        (b"GIF89a", EnclosureNoPdf),
        (PAPER[: len(PAPER) // 2], EnclosureNoPdf),
        (b"x" * 1025 + PAPER, EnclosureNoPdf),
        (PAPER + b" " * (LARGEST - len(PAPER) + 1), EnclosureTooBig),
        (PAPER.replace(b"/Root", b"/Encrypt 9 0 R /Root"), EnclosureLocked),
    ],
)
def test_what_cannot_be_enclosed_is_refused(content, refusal):
    with pytest.raises(refusal):
        enclosing.require_pdf(content)
    enclosing.require_pdf(PAPER)


def test_without_documents_the_paper_is_left_as_it_is():
    assert enclosing.enclose(b"anything", (), at=NOW) == b"anything"


def test_many_documents_are_listed_in_the_order_of_their_names():
    printed = printing.to_pdf(
        kind="slip", number="N", content=SLIP, check_code="0" * 16, check_address="http://h/slip/1?d=0", issued_at=NOW
    )
    files = [Enclosed(f"result-{place:02}.pdf", "…", PAPER) for place in (11, 2, 1)]
    found = pypdf.PdfReader(io.BytesIO(enclosing.enclose(printed, files, at=NOW))).attachments
    assert list(found) == ["result-01.pdf", "result-02.pdf", "result-11.pdf"]


def test_a_person_downloads_what_a_phone_does_not_show(client, person):
    kept = _keep(person, uuid4())
    enter(client, identity.open_account(person=person, actor=SYSTEM, now=NOW))
    address = reverse("correspondence:enclosure", args=[kept.pk])
    assert address in client.get(reverse("correspondence:inbox")).content.decode()
    answer = client.get(address)
    assert answer.content == PAPER
    assert answer["Content-Disposition"] == f'attachment; filename="{kept.file_name}"'
    stranger = enter(Client(), identity.open_account(person=factories.person(name="魏长河"), actor=SYSTEM, now=NOW))
    assert stranger.get(address).status_code == 404
    assert Client().get(address).status_code == 302


def _text(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def _stream_of(pdf: bytes, name: str) -> int:
    """Find a byte in the middle of an attachment, as it lies in the file."""
    return pdf.index(b"stream", pdf.index(b"/EmbeddedFile")) + 60
