"""Several photographs bound into one PDF, a page for each, the right way up. Nothing touches the disk."""

from __future__ import annotations

import base64
import json
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import typst

from onething.cases import pictures
from onething.cases.errors import PictureBroken

LONG_EDGE = 842.0
"""Points of the longer side of a page: as long as A4."""

LAYOUT = b"""
#set document(title: "", date: none)
#for leaf in json(bytes(sys.inputs.leaves)) {
  page(width: leaf.width * 1pt, height: leaf.height * 1pt, margin: 0pt,
    image(bytes(leaf.picture), format: "svg", width: 100%, height: 100%))
}
"""
_TURNS = {
    1: "", 2: "translate({w} 0) scale(-1 1)", 3: "translate({w} {h}) rotate(180)", 4: "translate(0 {h}) scale(1 -1)",
    5: "matrix(0 1 1 0 0 0)", 6: "translate({h} 0) rotate(90)", 7: "matrix(0 -1 -1 0 {h} {w})",
    8: "translate(0 {w}) rotate(-90)",
}  # fmt: skip
"""How a stored picture of width w and height h is laid to be seen the right way up, by Exif's number."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One photograph, cleaned, and its kind."""

    content: bytes
    kind: str


def bind(leaves: Sequence[Leaf]) -> bytes:
    """Bind photographs into one PDF, in their order; the same ones give the same bytes. Refuses PictureBroken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", typst.TypstWarning)
            bound: bytes = typst.compile(
                LAYOUT,
                ignore_system_fonts=True,
                sys_inputs={"leaves": json.dumps([_laid(leaf) for leaf in leaves])},
                timestamp=0,
            )
    except typst.TypstError as fault:
        raise PictureBroken from fault
    return bound


def _laid(leaf: Leaf) -> dict[str, object]:
    shape = pictures.shape_of(leaf.content, leaf.kind)
    width, height = shape.seen
    scale = LONG_EDGE / max(width, height)
    turn = _TURNS[shape.up].format(w=shape.width, h=shape.height)
    return {
        "width": round(width * scale, 2),
        "height": round(height * scale, 2),
        "picture": (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
            f'<image width="{shape.width}" height="{shape.height}" transform="{turn}" preserveAspectRatio="none" '
            f'href="data:{leaf.kind};base64,{base64.b64encode(_upright(leaf)).decode()}"/></svg>'
        ),
    }


def _upright(leaf: Leaf) -> bytes:
    """Give the stored picture without its note of which way is up: the page turns it, and nothing turns it twice."""
    return pictures.without_note(leaf.content) if leaf.kind == pictures.JPEG else leaf.content
