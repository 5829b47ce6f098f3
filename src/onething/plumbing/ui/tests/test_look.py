"""The stylesheets keep their promises: weight, contrast, nothing from elsewhere, every icon drawn."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onething.plumbing import places, ui
from onething.plumbing.ui import assets, icons, npm

STATIC = Path(ui.__file__).parent / "static" / "ui"
SHEETS = sorted(STATIC.glob("*.css"))
BUDGET = 40_000
FETCH = """
import sys; from pathlib import Path; from onething.plumbing.ui import npm
try:
    npm._install(Path(sys.argv[1]))
except npm.StylesNotFetched as refusal:
    sys.exit(print(refusal, refusal.remedy) or 1)
"""
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


@pytest.mark.parametrize("face", ["portal", "workbench"])
def test_every_icon_that_is_used_is_drawn(face: str) -> None:
    built = (assets.BUILT / f"{face}.css").read_text()
    drawn = set(re.findall(r"--i-([\w-]+):url", built))
    assert set(re.findall(r"var\(--i-([\w-]+)\)", built)) <= drawn
    house = Path(ui.__file__).parents[2]
    for page in house.rglob("templates/**/*.html"):
        named = set(re.findall(r'{% icon "([\w-]+)" %}', page.read_text()))
        assert named <= drawn, f"{page}: {named - drawn}"


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert [file.name for file in assets.build(first)] == ["portal.css", "workbench.css"]
    assets.build(second)
    for file in first.iterdir():
        assert file.read_bytes() == (second / file.name).read_bytes() == (assets.BUILT / file.name).read_bytes()
    assert assets.build(first) == [], "what has not changed is not written again"


@pytest.mark.parametrize("face", ["portal", "workbench"])
def test_the_library_lies_below_our_theme(face: str) -> None:
    built = (assets.BUILT / f"{face}.css").read_text()
    assert built.startswith("@layer library{")
    assert {"portal": ".weui-cells{", "workbench": ".card-header{"}[face] in built
    assert not re.search(r"@import|@charset|sourceMappingURL|url\([^)]{0,2}http", built)


def test_an_icon_that_nobody_draws_is_refused() -> None:
    drawings = npm.packages() / "@tabler" / "icons" / "icons" / "outline"
    assert "%3Csvg" in icons.sheet(["left", "calendar"], drawings)
    with pytest.raises(icons.IconUnknown, match="no-such-thing"):
        icons.sheet(["no-such-thing"], drawings)


def test_npm_is_asked_for_what_the_lock_names_and_nothing_else() -> None:
    lock = json.loads((places.PROJECT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((places.PROJECT / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values()), "exact versions only"
    for name, package in lock.items():
        if name:
            assert package["integrity"].startswith("sha512-") and "resolved" not in package, name
    for name, version in wanted.items():
        assert lock[f"node_modules/{name}"]["version"] == version


def test_without_npm_one_line_says_what_to_do(tmp_path: Path) -> None:
    for name in npm.LISTS:
        shutil.copy(places.PROJECT / name, tmp_path)
    line = [sys.executable, "-c", FETCH, str(tmp_path)]
    nowhere = {**os.environ, "npm_config_registry": "http://127.0.0.1:9", "npm_config_fetch_retries": "0"}
    done = subprocess.run(line, env=nowhere, capture_output=True, text=True)
    assert done.returncode == 1
    assert "ECONNREFUSED" in done.stdout and "could not be fetched from npm" in done.stdout
