"""This module's lines in the workbench's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.kernel.access import Actor
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.panels import Panel, menu, panel
from onething.registry import chosen, policy, queries


@panel("portal.foot")
def whom_to_ask(request: Request) -> Panel | None:
    """Say on every page what the province chose to say: its name, a telephone, its hours, what is new."""
    language = reading_language()
    told = {name: chosen.words(name, language) for name in ("name", "hours", "note")}
    told["phone"] = str(chosen.settings()["phone"])
    return Panel("registry/foot.html", told) if any(told.values()) else None


def _to_answer(actor: Actor) -> int:
    return queries.corrections_open(actor).count()


menu("workbench", "registry:find", _("People"), icon="user", may=policy.READ_PERSON, order=40)
menu("workbench", "registry:rosters", _("Rosters"), icon="file", may=policy.IMPORT_ROSTER, order=42)
menu("workbench", "registry:arrivals", _("To arrive"), icon="clock", may=policy.REVIEW_ARRIVAL, order=44)
menu(
    "workbench",
    "registry:corrections",
    _("Corrections"),
    icon="pen",
    may=policy.ANSWER_CORRECTION,
    order=46,
    count=_to_answer,
)
menu("workbench", "registry:sharing", _("What was shared"), icon="scale", may=policy.READ_SHARING, order=48)
menu("workbench", "registry:offices", _("Offices and stations"), icon="list", may=policy.OPEN_ORGANISATION, order=66)
menu("workbench", "registry:divisions", _("Divisions"), icon="list", may=policy.LOAD_REGIONS, order=67)
