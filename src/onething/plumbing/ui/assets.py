"""The two style sheets, built at install: a library of npm underneath, our own theme on top, the icons that we use.

The library lies in a cascade layer: whatever our theme says wins, and a browser too old for layers (Chromium below 99)
shows our theme alone, which stands by itself. The same sources give the same bytes; nothing is fetched twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from onething.plumbing import places
from onething.plumbing.ui import icons, npm

HOUSE = places.PROJECT / "src" / "onething"
STYLES = Path(__file__).parent / "static" / "ui"
BUILT = STYLES / "built"
LIBRARIES = {
    "portal": (
        "weui/dist/style/base/base.min.css",
        *(f"weui/dist/style/widget/weui-{part}.min.css"
          for part in ("button/weui-button", "cell/weui-cell", "cell/weui-check", "tab/weui-tab")),
    ),
    "workbench": ("@tabler/core/dist/css/tabler.min.css",),
}  # fmt: skip
"""Which files of npm lie under which face. WeUI comes in widgets: only those that the pages use."""


def build(into: Path = BUILT) -> list[Path]:
    """Build the style sheet of each face, fetching npm's packages if need be. Gives the files that changed."""
    packages = npm.packages()
    drawn = icons.sheet(icons.named_in(_sources()), packages / "@tabler" / "icons" / "icons" / "outline")
    into.mkdir(parents=True, exist_ok=True)
    sheets = {into / f"{face}.css": _sheet(face, packages, drawn) for face in LIBRARIES}
    return [file for file, text in sheets.items() if _write(file, text)]


def _sources() -> Iterator[Path]:
    yield from HOUSE.rglob("templates/**/*.html")
    yield from (file for file in HOUSE.rglob("*.py") if "tests" not in file.parts)
    yield from (file for file in HOUSE.rglob("static/**/*.css") if not file.is_relative_to(BUILT))


def _sheet(face: str, packages: Path, drawn: str) -> str:
    library = "\n".join(_plain((packages / name).read_text()) for name in LIBRARIES[face])
    ground, theme = ((STYLES / f"{name}.css").read_text() for name in ("ground", face))
    return f"@layer library{{\n{library}\n}}\n{ground}\n{drawn}\n{theme}"


def _plain(css: str) -> str:
    """Drop what only a file of its own may carry: its character set, and the way to its source map."""
    return re.sub(r'@charset "[^"]*";|/\*# sourceMappingURL=.*?\*/', "", css).strip()


def _write(file: Path, text: str) -> bool:
    if file.exists() and file.read_text() == text:
        return False
    unfinished = file.with_suffix(".new")
    unfinished.write_text(text)
    unfinished.replace(file)
    return True
