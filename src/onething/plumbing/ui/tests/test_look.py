"""The stylesheets keep their promises: weight, contrast, nothing from elsewhere, every icon drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onething.plumbing import ui

STATIC = Path(ui.__file__).parent / "static" / "ui"
SHEETS = sorted(STATIC.glob("*.css"))
BUDGET = 40_000
TOKENS = dict(re.findall(r"(--ot-[\w-]+):(#[0-9a-f]{3,6})", (STATIC / "ground.css").read_text()))
CARE = dict(re.findall(r"(--ot-[\w-]+):(#[0-9a-f]{3,6})", (STATIC / "portal.css").read_text().split("}")[0]))


def luminance(colour: str) -> float:
    """WCAG 2.2: relative luminance of an sRGB colour."""
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    ("ink", "paper"), ("ink-2", "paper"), ("ink-3", "paper"), ("ink-3", "card"), ("ink-3", "pine-0"),
    ("pine-7", "card"), ("pine-7", "pine-0"), ("done", "done-0"), ("work", "work-0"), ("you", "you-0"),
    ("ext", "ext-0"), ("stop", "stop-0"), ("stop", "paper"), ("ink-2", "grey-0"),
]  # fmt: skip


@pytest.mark.parametrize("look", [TOKENS, TOKENS | CARE], ids=["ordinary", "care"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(look: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(look[f"--ot-{ink}"], look[f"--ot-{ground}"]) >= 4.5


def test_white_can_be_read_on_the_buttons() -> None:
    assert min(contrast("#fff", TOKENS[f"--ot-pine-{n}"]) for n in (7, 8, 9)) >= 4.5
    assert contrast(TOKENS["--ot-edge"], "#fff") >= 3, "the edge of a box must be seen"


def test_all_styles_together_stay_light() -> None:
    assert sum(len(sheet.read_bytes()) for sheet in SHEETS) < BUDGET


def test_nothing_is_fetched_from_elsewhere() -> None:
    for sheet in SHEETS:
        links = re.findall(r"url\(([^)]{0,30})|@import", sheet.read_text())
        assert all(link.startswith('"data:image/svg+xml,') for link in links), sheet


def test_every_icon_that_is_used_is_drawn() -> None:
    drawn = set(re.findall(r"--i-([\w-]+):url", (STATIC / "ground.css").read_text()))
    for sheet in SHEETS:
        assert set(re.findall(r"var\(--i-([\w-]+)\)", sheet.read_text())) <= drawn
    house = Path(ui.__file__).parents[2]
    for page in house.rglob("templates/**/*.html"):
        named = set(re.findall(r'{% icon "([\w-]+)" %}', page.read_text()))
        assert named <= drawn, f"{page}: {named - drawn}"
