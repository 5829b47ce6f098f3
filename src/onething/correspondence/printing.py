"""Content in, PDF out (PDF/A-3b, typst). Values travel as one JSON input and are never part of the markup."""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import segno
import typst

from onething.correspondence import check_codes, glyphs, wording
from onething.correspondence.contents import Content, NoticeContent, ReceiptContent, SlipContent
from onething.correspondence.enclosing import Enclosed
from onething.correspondence.errors import ContentWrong, DocumentNotMade

TYPST = Path(__file__).parent / "typst"
_CONTENT: dict[str, type[Content]] = {"notice": NoticeContent, "receipt": ReceiptContent, "slip": SlipContent}


def canonical(content: Content) -> bytes:
    """Write a content in the one form that its check code is computed from."""
    return json.dumps(wording.plain(content, "zh"), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def require_kind(kind: str, content: Content) -> None:
    """Refuse (ContentWrong) a content that does not belong to a document of this kind."""
    if not isinstance(content, _CONTENT.get(kind, ())):
        raise ContentWrong(kind=kind)


def to_pdf(
    *,
    kind: str,
    number: str,
    content: Content,
    check_code: str,
    check_address: str,
    issued_at: datetime,
    files: Mapping[UUID, Enclosed] | None = None,
) -> bytes:
    """
    Print a document; not signed yet. The same input gives the same bytes.

    `check_address` is what the QR opens. `files` are named on the paper; `enclosing.enclose` puts them in. Refuses
    DocumentNotMade.
    """
    document = _drawable(wording.plain(content, content.language)) | {
        "number": glyphs.drawable(number),
        "headline": wording.headline(content),
        "release": wording.rules(content),
        "issued_at": wording.moment(issued_at, content.language),
        "check_code": check_codes.grouped(check_code),
        "check_site": check_address.rpartition("/")[0] + "/",
        "qr": qr(check_address),
        "files": {str(id_): file.name for id_, file in (files or {}).items()},
    }
    return _compile(TYPST / f"{kind}.typ", document, issued_at.replace(microsecond=0))


def print_paper(layout: Path, document: Mapping[str, Any], *, at: datetime) -> bytes:
    """
    Print a paper that is no document: neither signed nor kept, in the layout of the module it belongs to.

    The layout reads `sys.inputs.document` (JSON) and finds what it includes in its own folder. Refuses DocumentNotMade.
    """
    return _compile(layout, _drawable(dict(document)), at.replace(microsecond=0))


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return glyphs.drawable(value)
    if isinstance(value, list):
        return [_drawable(item) for item in value]
    return {name: _drawable(item) for name, item in value.items()} if isinstance(value, dict) else value


def _compile(layout: Path, document: dict[str, Any], issued_at: datetime) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", typst.TypstWarning)
            printed: bytes = typst.compile(
                layout,
                root=layout.parent,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
                pdf_standards="a-3b",
                timestamp=issued_at,
            )
    except typst.TypstError as fault:
        raise DocumentNotMade(reason=fault.message) from fault
    return printed


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FONT.parent])


def qr(address: str) -> str:
    """Draw an address as a QR code (SVG)."""
    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(picture, kind="svg", border=4, light="#fff", svgclass=None, lineclass=None)
    return picture.getvalue().decode()
