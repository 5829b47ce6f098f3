"""The certificates of this installation: an authority of its own, and under it the signer of documents.

Private keys (P-256) are derived from the "slip" secret of `plumbing.keys` and never lie anywhere else; certificates are
public and lie in `certificates/` of the installation's home, the signer's named after the secret's version and its own
number. A province with a certificate authority signs the same public key instead (docs/decisions/0009-documents.md).
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID

from onething.plumbing import keys, places

ROOT_LIFE = timedelta(days=20 * 365)
SIGNER_LIFE = timedelta(days=3 * 365)
EARLY = timedelta(days=1)  # clocks differ: a certificate begins a day before it is made
RENEW = timedelta(days=30)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-5)


@dataclass(frozen=True, slots=True)
class Chain:
    """What signs: the signer's key and certificate, and the authority's certificate."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    signer: x509.Certificate
    root: x509.Certificate


def current(now: datetime) -> Chain:
    """Give the chain that signs now, making what is missing; a signer near its end is followed by a new one."""
    keys.provider().secret("slip")  # made at first use, so before its version is asked
    version = keys.provider().newest("slip")
    root = _root(now)
    key = _derived("signer", version)
    number = 1
    while (
        signer := _kept(f"signer.{version}.{number}", lambda: _signer(key, root, now))
    ).not_valid_after_utc - RENEW < now:
        number += 1
    return Chain(key, signer, root)


def root_certificate(now: datetime) -> x509.Certificate:
    """Give the authority's certificate, which a person may add to a PDF reader as trusted."""
    keys.provider().secret("slip")
    return _root(now)


def _root(now: datetime) -> x509.Certificate:
    return _kept("root", lambda: _authority(_derived("root", 1), now))


def _derived(purpose: str, version: int) -> ec.EllipticCurvePrivateKey:
    secret = keys.provider().secret("slip", version)
    stretched = HKDF(hashes.SHA256(), 48, None, f"onething {purpose} P-256".encode()).derive(secret)
    return ec.derive_private_key(int.from_bytes(stretched, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _authority(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = _name("一件事 One Thing: root of this installation")
    ca = x509.BasicConstraints(ca=True, path_length=0)
    draft = _draft(name, name, key.public_key(), now, ROOT_LIFE)
    return draft.add_extension(ca, True).add_extension(_usage(authority=True), True).sign(key, hashes.SHA256())


def _signer(key: ec.EllipticCurvePrivateKey, root: x509.Certificate, now: datetime) -> x509.Certificate:
    authority = _derived("root", 1)
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
    draft = _draft(_name("一件事 One Thing: documents"), root.subject, key.public_key(), now, SIGNER_LIFE)
    draft = draft.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
    draft = draft.add_extension(_usage(authority=False), True).add_extension(issued_by, False)
    return draft.sign(authority, hashes.SHA256())


def _draft(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    draft = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    draft = draft.serial_number(x509.random_serial_number()).not_valid_before(now - EARLY).not_valid_after(now + life)
    return draft.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), False)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _kept(name: str, make: Callable[[], x509.Certificate]) -> x509.Certificate:
    path = places.private("certificates") / f"{name}.pem"
    if not path.exists():
        _write_once(path, make().public_bytes(serialization.Encoding.PEM))
    return x509.load_pem_x509_certificate(path.read_bytes())


def _write_once(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent) as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
        with contextlib.suppress(FileExistsError):  # somebody was faster: then theirs is the certificate
            os.link(draft.name, path)
