"""Photographs are stripped, turned and bound. Judged by Pillow, pypdf and poppler."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pypdf import PdfReader

from onething.cases import binding, pictures
from onething.cases.errors import PictureBroken, PictureTooManyDots
from onething.cases.pictures import JPEG, PNG
from onething.cases.tests import photos

WAYS_UP = range(1, 9)


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("up", WAYS_UP)
def test_a_photograph_looks_the_same_and_says_nothing_else(up: int, progressive: bool) -> None:
    taken = photos.jpeg(up, progressive=progressive)
    kept = pictures.cleaned(taken, JPEG)
    assert _same(photos.seen(kept), photos.seen(taken))
    assert photos.SECRET in taken and photos.SECRET not in kept
    assert set(Image.open(io.BytesIO(kept)).getexif()) <= {0x0112}
    assert pictures.cleaned(kept, JPEG) == kept


@pytest.mark.parametrize("up", WAYS_UP)
def test_a_turn_is_a_quarter_to_the_right_and_four_are_none(up: int) -> None:
    kept = pictures.cleaned(photos.jpeg(up), JPEG)
    once = pictures.turned(kept)
    assert _same(photos.seen(once), photos.seen(kept).transpose(Image.Transpose.ROTATE_270))
    assert pictures.turned(pictures.turned(pictures.turned(once))) == kept


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_a_picture_of_the_screen_is_stripped_too(mode: str) -> None:
    kept = pictures.cleaned(photos.png(mode), PNG)
    assert _same(photos.seen(kept), photos.seen(photos.png(mode)))
    assert photos.SECRET not in kept


def test_another_kind_stays_as_it_is() -> None:
    assert pictures.cleaned(b"%PDF-1.4 a paper", "application/pdf") == b"%PDF-1.4 a paper"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(photos.jpeg()[:30], JPEG), (b"\xff\xd8\xff\xe0 no photo", JPEG), (photos.png()[:40], PNG), (b"\x89PNG", PNG)],
)
def test_what_is_torn_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(PictureBroken):
        pictures.cleaned(content, kind)


def test_a_small_file_that_would_unpack_to_gigabytes_is_refused() -> None:
    bomb = bytearray(photos.png())
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(PictureTooManyDots):
        pictures.cleaned(bytes(bomb), PNG)


@given(st.binary(max_size=400), st.integers(0, 800), st.sampled_from([JPEG, PNG]))
def test_whatever_comes_is_read_or_refused(noise: bytes, at: int, kind: str) -> None:
    """Any damage at any place: never anything but the one refusal."""
    whole = photos.jpeg(6) if kind == JPEG else photos.png()
    with contextlib.suppress(PictureBroken, PictureTooManyDots):
        pictures.cleaned(whole[:at] + noise + whole[at + len(noise) :], kind)


def test_photographs_become_one_document_each_the_right_way_up(tmp_path) -> None:
    taken = [photos.jpeg(up) for up in WAYS_UP]
    leaves = [binding.Leaf(pictures.cleaned(one, JPEG), JPEG) for one in taken]
    leaves.append(binding.Leaf(pictures.cleaned(photos.png("RGBA"), PNG), PNG))
    bound = binding.bind(leaves)
    sizes = [page.mediabox for page in PdfReader(io.BytesIO(bound)).pages]
    assert [float(max(size.width, size.height)) for size in sizes] == [binding.LONG_EDGE] * 9
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler is not here to look at the pages")
    (tmp_path / "bound.pdf").write_bytes(bound)
    subprocess.run(["pdftoppm", "-r", "40", "-png", tmp_path / "bound.pdf", tmp_path / "page"], check=True)
    for number, one in enumerate([*taken, photos.png("RGBA")], 1):
        page = Image.open(tmp_path / f"page-{number}.png").convert("RGB")
        assert _near(page, photos.seen(one).resize(page.size)), number


def test_the_same_photographs_in_the_same_order_give_the_same_bytes() -> None:
    first, second = (binding.Leaf(pictures.cleaned(photos.jpeg(colour=c), JPEG), JPEG) for c in ("red", "black"))
    assert binding.bind([first, second]) == binding.bind([first, second]) != binding.bind([second, first])


def _same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None


def _near(one: Image.Image, other: Image.Image) -> bool:
    """Tell whether two pictures show the same, edges aside."""
    off = ImageChops.difference(one, other).convert("L").point(lambda dot: 255 if dot > 90 else 0)
    return off.histogram()[255] < one.width * one.height // 50
