"""Icons: those of Tabler that our pages name, as custom properties that `.ic` paints in the colour of the text.

A page says `{% icon "calendar" %}`, a menu `icon="calendar"`, a style `var(--i-calendar)`. The name is one of ours
below or Tabler's own (https://tabler.io/icons); drawn are only those that are used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

OURS: Mapping[str, str] = {
    "list": "list-check",
    "left": "chevron-left",
    "right": "chevron-right",
    "down": "chevron-down",
    "done": "circle-check",
    "work": "player-play",
    "you": "user-exclamation",
    "ext": "hourglass",
    "later": "circle-dashed",
    "none": "circle-minus",
    "stop": "circle-x",
    "size": "text-size",
    "file": "file-text",
    "info": "info-circle",
    "help": "help-circle",
    "shield": "shield-check",
    "pin": "map-pin",
    "back-home": "home-move",
    "bag": "briefcase",
    "globe": "world",
    "message": "message-2",
    "alert": "alert-triangle",
    "badge": "id-badge-2",
    "exit": "logout",
    "diff": "equal-not",
    "pen": "pencil",
    "sound": "volume",
}
"""Our word for what an icon means → Tabler's name of the drawing. Status words are in docs/how-to/write-a-page.md."""

_NAMED = {
    ".html": re.compile(r"""{% icon ["']([\w-]+)["']|icon=["']([\w-]+)["']"""),
    ".py": re.compile(r"""\bicon=["']([\w-]+)["']"""),
    ".css": re.compile(r"var\(--i-([\w-]+)\)"),
}


class IconUnknown(KeyError):
    """No such icon: neither a word of ours nor one of Tabler's outline icons."""


def named_in(files: Iterable[Path]) -> set[str]:
    """Find every icon that templates, menus and styles name."""
    found: set[str] = set()
    for file in files:
        for groups in _NAMED[file.suffix].finditer(file.read_text()):
            found |= {name for name in groups.groups() if name}
    return found


def sheet(names: Iterable[str], drawings: Path) -> str:
    """Draw these icons in one style sheet, from Tabler's folder of outline icons; sorted, so the same every time."""
    names = sorted(names)
    drawn = "".join(f'--i-{name}:url("data:image/svg+xml,{_drawing(name, drawings)}");\n' for name in names)
    classes = "".join(f".ic-{name}{{--i:var(--i-{name})}}\n" for name in names)
    return f":root{{{drawn}}}\n{classes}"


def _drawing(name: str, drawings: Path) -> str:
    file = drawings / f"{OURS.get(name, name)}.svg"
    if not file.exists():
        raise IconUnknown(name)
    svg = re.sub(r'<path stroke="none"[^>]*/>|\s(?:class|width|height)="[^"]*"(?=[^>]*viewBox)', "", file.read_text())
    svg = re.sub(r'\sclass="[^"]*"', "", svg).replace("currentColor", "#000").replace('"', "'")
    return quote(re.sub(r">\s+<", "><", re.sub(r"\s+", " ", svg)).strip(), safe=" ='/:,.()-;")
