"""Issuing documents: printed, signed, kept sealed, recorded once."""

from __future__ import annotations

import hashlib
import io
from uuid import uuid4

import pypdf
import pytest
from django.db import connection

from onething.correspondence import services
from onething.correspondence.errors import ContentWrong, DocumentMissing, NumberTaken
from onething.correspondence.models import Document
from onething.correspondence.queries import document_for
from onething.correspondence.tests.samples import NOTICE, NOW, RECEIPT, SLIP
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing import places, storage
from onething.registry.models import Person
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    factories.load_regions()
    return factories.person()


def _issue(person: Person, **wishes) -> Document:
    given = {
        "kind": "slip", "number": "JG-2026-7K3M", "person_id": person.pk, "case_id": uuid4(), "content": SLIP,
        "actor": SYSTEM, "now": NOW,
    }  # fmt: skip
    return services.issue_document(**given | wishes)


def _pdf(document: Document) -> bytes:
    return services.open_document(document=document, actor=SYSTEM, now=NOW)


def _facts(kind: str) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM journal_entry WHERE kind = %s", [f"correspondence.{kind}"])
        import json

        return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]


def test_a_slip_is_issued_with_its_digest_and_one_fact(person):
    document = _issue(person)
    pdf = _pdf(document)
    assert hashlib.sha256(pdf).digest() == bytes(document.digest)
    assert document.size == len(pdf)
    assert document.masked_name == "何**"
    assert document.summary == {"done": 10, "refused": 1, "ended": 1, "withdrawn": 1}
    (fact,) = _facts("DocumentIssued")
    assert fact["digest"] == hashlib.sha256(pdf).hexdigest()


@pytest.mark.parametrize(("kind", "content"), [("slip", SLIP), ("notice", NOTICE), ("receipt", RECEIPT)])
def test_every_kind_is_one_pdf_with_a_title_and_its_number_on_each_page(person, kind, content):
    document = _issue(person, kind=kind, content=content, number="X-2026-0001")
    pages = pypdf.PdfReader(io.BytesIO(_pdf(document)))
    assert pages.metadata.title
    assert all("X-2026-0001" in page.extract_text() for page in pages.pages)


def test_a_repeat_gives_the_document_that_exists(person):
    case_id = uuid4()
    first = _issue(person, case_id=case_id)
    again = _issue(person, case_id=case_id, number="JG-2026-OTHER")
    assert again == first
    assert len(_facts("DocumentIssued")) == 1


def test_a_number_used_for_another_case_is_refused(person):
    _issue(person)
    with pytest.raises(NumberTaken):
        _issue(person, case_id=uuid4())


def test_a_content_of_another_kind_is_refused(person):
    with pytest.raises(ContentWrong):
        _issue(person, kind="receipt")
    assert not Document.objects.exists()


def test_whoever_comes_second_leaves_no_file(person):
    case_id = uuid4()
    first = _issue(person, case_id=case_id)
    before = _files()
    late = Document(
        number="JG-LATE", kind="slip", person_id=person.pk, case_id=case_id, digest=b"1" * 32, size=1, issued_at=NOW,
    )  # fmt: skip
    assert services.record_document(document=late, actor=SYSTEM, now=NOW) == first
    assert _files() == before
    assert len(_facts("DocumentIssued")) == 1


def test_the_file_on_disk_tells_nothing(person):
    document = _issue(person)
    kept = storage.read(document.storage_key)
    assert b"%PDF" not in kept
    assert hashlib.sha256(kept).digest() != bytes(document.digest)


def test_only_the_person_and_the_staff_of_the_region_see_a_document(person):
    document = _issue(person)
    other = factories.person(name="魏长河")
    may = frozenset({"correspondence.read_document"})

    def citizen(of: Person) -> Actor:
        return Actor(door=Door.CITIZEN, person_id=of.pk, permissions=may)

    def clerk(region: str, permissions: frozenset[str] = may) -> Actor:
        return Actor(door=Door.STAFF, region=region, permissions=permissions)

    assert document_for(citizen(person), document.pk) == document
    assert document_for(clerk(factories.COUNTY), document.pk) == document
    assert document_for(clerk(factories.PROVINCE), document.pk) == document
    strangers = [citizen(other), clerk(factories.NEIGHBOUR), clerk(factories.COUNTY, frozenset())]
    strangers += [Actor(door=Door.NOBODY), Actor(door=Door.DEPARTMENT, organisation="police")]
    for stranger in strangers:
        with pytest.raises(DocumentMissing):
            document_for(stranger, document.pk)


def _files() -> set[str]:
    return {path.name for path in (places.home() / "files").rglob("*") if path.is_file()}
