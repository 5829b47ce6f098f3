"""Photographs as phones make them: drawn here, with everything a phone writes into them."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageOps

SECRET = b"SecretPhone"
"""Stands in several places of a photograph besides the picture."""


@cache
def jpeg(up: int = 1, size: tuple[int, int] = (400, 300), *, progressive: bool = False, colour: str = "red") -> bytes:
    """Draw a photograph with a mark in one corner; `up` is Exif's number of which way is up."""
    exif, target = Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x010F] = up, SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    words = {"exif": exif, "comment": SECRET, "xmp": SECRET}
    _drawn(size, colour).save(target, "JPEG", progressive=progressive, **words)
    return target.getvalue() + b" a film of two seconds " + SECRET


@cache
def png(mode: str = "RGB") -> bytes:
    """Draw a picture of the screen."""
    from PIL.PngImagePlugin import PngInfo

    info, target = PngInfo(), io.BytesIO()
    info.add_text("Software", SECRET.decode())
    _drawn((300, 500), "green").convert(mode).save(target, "PNG", pnginfo=info)
    return target.getvalue()


def _drawn(size: tuple[int, int], colour: str) -> Image.Image:
    drawn = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 0, size[0] // 3, size[1] // 4), fill=colour)
    pen.rectangle((0, size[1] * 3 // 4, size[0] // 6, size[1]), fill="blue")
    return drawn


def seen(content: bytes) -> Image.Image:
    """Show a photograph as a careful program does: the right way up."""
    return ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
