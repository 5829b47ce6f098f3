"""The signature, judged by three strangers: pyHanko's validator, poppler, and the CMS read by hand."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import timedelta

import pypdf
import pytest
from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from onething.correspondence import certificates, printing, signing
from onething.correspondence.tests.samples import NOW, RARE_NAME, SLIP
from onething.plumbing import places


@pytest.fixture(scope="module")
def chain() -> certificates.Chain:
    """A chain of this file's own day: one that another test made at its own moment may begin later."""
    shutil.rmtree(places.home() / "certificates", ignore_errors=True)
    return certificates.current(NOW)


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return printing.to_pdf(
        kind="slip", number="JG-2026-7K3M", content=SLIP, check_code="0" * 16, check_address="http://h/slip/1?d=0",
        issued_at=NOW,
    )  # fmt: skip


@pytest.fixture(scope="module")
def signed(unsigned, chain) -> bytes:
    return signing.sign(unsigned, chain=chain, issuer="望山县退役军人服务中心", reason="签发文件", now=NOW)


def _status(pdf: bytes, root: x509.Certificate):
    trusted = asn1_x509.Certificate.load(root.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[trusted], moment=NOW, allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, signer_validation_context=context)


def test_pyhanko_finds_it_whole_and_trusted(signed, chain):
    status = _status(signed, chain.root)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"


def test_another_root_is_not_trusted(signed, chain):
    from dataclasses import replace

    stranger = certificates._authority(ec.generate_private_key(ec.SECP256R1()), NOW)
    assert not _status(signed, replace(chain, root=stranger).root).trusted


def test_it_is_a_pades_signature_with_its_moment_and_reason(signed):
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == "签发文件"
    assert signature.self_reported_timestamp == NOW


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_one_changed_byte_breaks_it(signed, chain, place):
    changed = bytearray(signed)
    changed[_place(signed, place)] ^= 1
    assert not _verified_by_hand(bytes(changed))
    assert _verified_by_hand(signed)


def test_the_cms_verifies_with_nothing_but_cryptography(signed, chain):
    assert _verified_by_hand(signed)
    chain.signer.verify_directly_issued_by(chain.root)


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's pdfsig is not installed here")
def test_poppler_verifies_it(signed, tmp_path):
    file = tmp_path / "slip.pdf"
    file.write_bytes(signed)
    said = subprocess.run(
        ["pdfsig", file], capture_output=True, text=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin"}
    )
    assert "Signature is Valid." in said.stdout
    assert "Total document signed" in said.stdout
    changed = bytearray(signed)
    changed[_place(signed, "middle")] ^= 1
    file.write_bytes(changed)
    said = subprocess.run(
        ["pdfsig", file], capture_output=True, text=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin"}
    )
    assert "Signature is Valid." not in said.stdout


def test_keys_are_derived_and_certificates_made_once(chain):
    again = certificates.current(NOW + timedelta(days=1))
    assert again.signer == chain.signer
    assert again.root == chain.root
    assert again.key.public_key() == chain.signer.public_key()
    folder = places.home() / "certificates"
    assert all(b"PRIVATE" not in path.read_bytes() for path in folder.iterdir())


def test_a_signer_near_its_end_is_followed_by_a_new_one(chain):
    later = certificates.current(chain.signer.not_valid_after_utc - timedelta(days=10))
    assert later.signer != chain.signer
    assert later.signer.public_key() == chain.signer.public_key()
    later.signer.verify_directly_issued_by(chain.root)


def test_rare_characters_are_printed_not_boxes():
    from dataclasses import replace

    pdf = printing.to_pdf(
        kind="slip", number="N", content=replace(SLIP, person_name=RARE_NAME), check_code="0" * 16,
        check_address="http://h/slip/1?d=0", issued_at=NOW,
    )  # fmt: skip
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert RARE_NAME in reader.pages[0].extract_text()
    assert _has_no_missing_glyph(reader)


def test_a_value_is_never_markup():
    from dataclasses import replace

    evil = '#panic("read") *bold* $x$ <label> @ref ```raw``` \\ "quote" </svg>'
    pdf = printing.to_pdf(
        kind="slip", number="N", content=replace(SLIP, person_name=evil, title=evil), check_code="0" * 16,
        check_address="http://h/slip/1?d=0", issued_at=NOW,
    )  # fmt: skip
    assert '#panic("read") *bold* $x$' in " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def test_it_is_an_archive_file_with_title_and_language(unsigned):
    reader = pypdf.PdfReader(io.BytesIO(unsigned))
    assert reader.metadata.title == "退役军人服务“一件事” 结果单 JG-2026-7K3M"
    assert reader.root_object["/Lang"].startswith("zh")
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp


def test_every_font_travels_in_the_file(unsigned):
    fonts = [
        f.get_object()
        for page in pypdf.PdfReader(io.BytesIO(unsigned)).pages
        for f in page["/Resources"]["/Font"].values()
    ]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in described)


def test_signing_leaves_the_description_as_it_was_printed(unsigned, signed):
    """Else the mark of PDF/A and the dates would be the signing library's, by its own clock."""
    before, after = (pypdf.PdfReader(io.BytesIO(pdf)) for pdf in (unsigned, signed))
    assert after.xmp_metadata.stream.get_data() == before.xmp_metadata.stream.get_data()
    assert dict(after.metadata) == dict(before.metadata)


def test_the_same_content_is_printed_alike(unsigned):
    again = printing.to_pdf(
        kind="slip", number="JG-2026-7K3M", content=SLIP, check_code="0" * 16, check_address="http://h/slip/1?d=0",
        issued_at=NOW,
    )  # fmt: skip
    assert again == unsigned


def _place(signed: bytes, where: str) -> int:
    """Find a byte that the signature covers: before, in the middle of, and after the rest of the file."""
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    gap_from, gap_to = signature.byte_range[1], signature.byte_range[2]
    return {"first": 9, "middle": gap_from // 2, "last": gap_to + 30}[where]


def _verified_by_hand(pdf: bytes) -> bool:
    """Read the signature out of the file with asn1crypto and compute everything with `cryptography`."""
    start = pdf.index(b"/ByteRange")
    a, b, c, d = (int(n) for n in pdf[pdf.index(b"[", start) + 1 : pdf.index(b"]", start)].split())
    if (a, c + d) != (0, len(pdf)):
        return False
    content = cms.ContentInfo.load(bytes.fromhex(pdf[b + 1 : c - 1].decode()), strict=False)["content"]
    info = content["signer_infos"][0]
    said = {attribute["type"].native: attribute["values"][0] for attribute in info["signed_attrs"]}
    digest = hashes.Hash(hashes.SHA256())
    digest.update(pdf[a : a + b] + pdf[c : c + d])
    if digest.finalize() != said["message_digest"].native:
        return False
    serial = info["sid"].chosen["serial_number"].native
    certificate = next(
        x509.load_der_x509_certificate(c.chosen.dump())
        for c in content["certificates"]
        if c.chosen.serial_number == serial
    )
    signed_attributes = info["signed_attrs"].untag().dump()
    certificate.public_key().verify(info["signature"].native, signed_attributes, ec.ECDSA(hashes.SHA256()))
    return True


def _has_no_missing_glyph(reader: pypdf.PdfReader) -> bool:
    """Tell that no text shows glyph 0 (.notdef), which is what a box is."""
    for page in reader.pages:
        for operands, operator in page.get_contents().operations if page.get_contents() else []:
            texts = operands[0] if operator == b"TJ" else operands[:1] if operator == b"Tj" else []
            for text in texts:
                raw = getattr(text, "original_bytes", None)
                if raw and any(raw[i : i + 2] == b"\0\0" for i in range(0, len(raw), 2)):
                    return False
    return True
