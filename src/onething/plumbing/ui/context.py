"""What every page needs to know about its reader: language, care mode, where they are, which menus they see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import translation

from onething.kernel.access import NOBODY, Actor, Door
from onething.kernel.language import Language
from onething.plumbing import clock
from onething.plumbing.ui import comfort, panels

SIZES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page. `care` is 0 (off) or the size of type 1–3."""

    actor: Actor
    language: Language
    care: int
    here: str
    now: datetime

    @property
    def is_signed_in(self) -> bool:
        """Tell whether somebody known is reading."""
        return self.actor.door is not Door.NOBODY

    @property
    def is_staff(self) -> bool:
        """Tell whether a clerk, not a citizen, is reading."""
        return self.actor.door is Door.STAFF

    @property
    def other_language(self) -> tuple[str, str]:
        """Name the language one can switch to: its code and its own name."""
        return ("zh-hans", "中文") if self.language == "en" else ("en", "English")

    @property
    def body_class(self) -> str:
        """Give the classes of care mode: `care` turns it on, `care-2` and `care-3` enlarge further."""
        return f"care care-{self.care}" if self.care else ""

    @property
    def sizes(self) -> tuple[int, ...]:
        """List the sizes of care mode."""
        return SIZES

    def tabs(self) -> list[panels.Shown]:
        """List the portal's tabs."""
        return panels.shown("portal", self.actor, self.here)

    def areas(self) -> list[panels.Shown]:
        """List the workbench's areas."""
        return panels.shown("workbench", self.actor, self.here)


def reading_language() -> Language:
    """Tell the language of this request: Chinese first, English where it was chosen."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give every template its `shell`."""
    actor = getattr(request, "actor", NOBODY)
    now = getattr(request, "now", None) or clock.now()
    return {"shell": Shell(actor, reading_language(), comfort.care_of(request, actor), request.get_full_path(), now)}
