"""A PDF gets its signature: PAdES baseline B, so that a standard reader verifies it."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import Certificate
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from onething.correspondence.adding import Addition
from onething.correspondence.certificates import Chain

FIELD = "OneThing"


def sign(pdf: bytes, *, chain: Chain, issuer: str, reason: str, now: datetime) -> bytes:
    """
    Sign a PDF as a whole; any byte changed afterwards breaks the signature.

    `issuer` and `reason` are what a PDF reader shows beside the signature.
    """
    about = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=issuer, reason=reason
    )
    target = io.BytesIO()
    signer = _SignerAt(about, signer=_signer(chain))
    signer.now = now
    with ThreadPoolExecutor(max_workers=1) as apart:  # pyHanko starts an event loop; here one may be running
        apart.submit(signer.sign_pdf, Addition(io.BytesIO(pdf)), output=target).result()
    return target.getvalue()


class _SignerAt(PdfSigner):
    """Signs at the moment it was given; pyHanko itself would read the clock."""

    now: datetime

    def init_signing_session(self, *given: Any, **named: Any) -> PdfSigningSession:
        """Begin as pyHanko does, with our moment."""
        session = super().init_signing_session(*given, **named)
        session.system_time = self.now
        return session


def _signer(chain: Chain) -> SimpleSigner:
    return SimpleSigner(
        signing_cert=_converted(chain.signer),
        signing_key=asn1_keys.PrivateKeyInfo.load(
            chain.key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        ),
        cert_registry=SimpleCertificateStore.from_certs([_converted(chain.root)]),  # type: ignore[no-untyped-call]
    )


def _converted(certificate: Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
