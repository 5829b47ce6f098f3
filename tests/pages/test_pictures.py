"""The twelve most important pages as pictures: looked at by people, kept as artefacts (`make pictures`)."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from onething.plumbing import places
from tests.pages.conftest import DESKTOP, PHONE, House

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

ARTEFACTS = places.PROJECT / "test-artefacts"
PICTURES = {
    "01-home": ("home", "following", {}),
    "02-notice": ("cases:notice", "filling", {}),
    "03-form": ("cases:question", "beginning", {}),
    "04-timeline": ("cases:case", "following", {}),
    "05-correction": ("cases:correction", "following", {}),
    "06-papers": ("cases:papers", "filling", {}),
    "07-finished": ("cases:case", "finished", {}),
    "08a-care-home": ("home", "following", {"care": 1}),
    "08b-care-timeline": ("cases:case", "following", {"care": 3, "language": "en"}),
    "09-who-looked": ("identity:looks", "following", {}),
    "11-desk": ("cases:desk", "", {}),
    "12-case": ("cases:desk_case", "", {}),
}
"""Named as the screens of the design are, where there is one: route, reader, wishes."""


def test_twelve_pages_are_kept_as_pictures(house: House) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    for name, (route, reader, wishes) in PICTURES.items():
        seen = house.of(route, reader)
        size = PHONE if seen.is_portal else DESKTOP
        with house.open(seen.reader, size, **wishes) as context:
            page = context.new_page()
            page.goto(seen.address)
            whole = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": size[0], "height": max(size[1], whole)})  # bars at the end, not amid
            page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)
        width, height = _size_of(ARTEFACTS / f"{name}.png")
        assert width == size[0] and height >= size[1], f"{name} is {width} × {height}"


def _size_of(picture: Path) -> tuple[int, int]:
    return struct.unpack(">II", picture.read_bytes()[16:24])
