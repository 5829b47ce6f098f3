"""Result documents of departments: what is taken in, and how they travel inside the slip as attachments (PDF/A-3).

The files are carried as they came and never opened: only their first and last bytes and their dictionaries are looked
at, so a file that would unpack to gigabytes costs nothing here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.embed import EmbeddedFileObject, EmbeddedFileParams, FileSpec

from onething.correspondence.adding import Addition
from onething.correspondence.errors import EnclosureLocked, EnclosureNoPdf, EnclosureTooBig

LARGEST = 2 * 1024 * 1024
PDF = "application/pdf"

_SEEK = 1024  # readers look for head and end of a PDF within so many bytes
_HEAD, _END, _LOCKED = re.compile(rb"%PDF-[12]\.\d"), b"%%EOF", re.compile(rb"/Encrypt\b")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One file on its way into a PDF: its ASCII name there, what it is in words, and its bytes."""

    name: str
    words: str
    content: bytes = field(repr=False)


def require_pdf(content: bytes) -> None:
    """Refuse what cannot be enclosed: EnclosureTooBig, EnclosureNoPdf, EnclosureLocked."""
    if len(content) > LARGEST:
        raise EnclosureTooBig(megabytes=LARGEST // 2**20)
    if not _HEAD.search(content[:_SEEK]) or _END not in content[-_SEEK:]:
        raise EnclosureNoPdf
    if _LOCKED.search(content):
        raise EnclosureLocked


def enclose(pdf: bytes, files: Sequence[Enclosed], *, at: datetime) -> bytes:
    """
    Attach files to a PDF, so that a reader lists them and PDF/A-3 knows what they are to the whole ("supplement").

    pyHanko's own `embed_file` would lift the file to PDF 2.0, which PDF/A-3 forbids. Without files: the PDF as it was.
    """
    if not files:
        return pdf
    writer = Addition(io.BytesIO(pdf))
    specs = [(file, writer.add_object(_specification(writer, file, at))) for file in sorted(files, key=_name)]
    names = [part for file, spec in specs for part in (generic.pdf_string(file.name), spec)]
    listed = _dictionary("/EmbeddedFiles", writer.add_object(_dictionary("/Names", generic.ArrayObject(names))))
    writer.root["/Names"] = writer.add_object(listed)
    writer.root["/AF"] = generic.ArrayObject(spec for _, spec in specs)
    writer.update_root()  # type: ignore[no-untyped-call]
    target = io.BytesIO()
    writer.write(target)  # type: ignore[no-untyped-call]
    return target.getvalue()


def _dictionary(name: str, value: generic.PdfObject) -> generic.DictionaryObject:
    return generic.DictionaryObject({generic.pdf_name(name): value})  # type: ignore[no-untyped-call]


def _specification(writer: Addition, file: Enclosed, at: datetime) -> generic.DictionaryObject:
    params = EmbeddedFileParams(modification_date=at)
    kept = EmbeddedFileObject.from_file_data(writer, file.content, params=params, mime_type=PDF)
    supplement = generic.pdf_name("/Supplement")
    spec = FileSpec(file.name, file.name, kept, description=file.words, af_relationship=supplement)
    return spec.as_pdf_object()


def _name(file: Enclosed) -> str:
    return file.name
