"""Strangers' programs that judge our files: pyHanko's validator and poppler's tools."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from onething.correspondence.tests.samples import NOW

needs_poppler = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's tools are not installed here")


def status_of(pdf: bytes, root: x509.Certificate) -> Any:
    """Let pyHanko validate the one signature of a PDF, trusting one root."""
    trusted = asn1_x509.Certificate.load(root.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[trusted], moment=NOW, allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, signer_validation_context=context)


def said(*command: str | Path, home: Path) -> str:
    """Run one of poppler's tools with an empty home; give what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, env={"HOME": str(home), "PATH": "/usr/bin:/bin"})
    return done.stdout
