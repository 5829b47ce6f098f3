"""What the house writes to the person about the time of their visit. Called by jobs; each letter is written once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from onething.correspondence import services as correspondence
from onething.desks.appointments import queries
from onething.desks.appointments.models import Appointment, Closure, Wait
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.ui.templatetags.ui import said, spell_day

LANGUAGE = {"zh": "zh-hans", "en": "en"}
"""The language a case was filled in is the one its letters are written in."""


def tell(*, appointment_id: UUID, kind: str, now: datetime) -> None:
    """Tell how an appointment stands: booked, moved, near, missed, cancelled, needless or dropped."""
    found = Appointment.objects.select_related("slot__hall__organisation", "case__release").get(pk=appointment_id)
    with translation.override(LANGUAGE[found.case.language]):
        subject, body = _SUBJECTS[kind](), _BODIES[kind](found)
    _send(found, f"appointment_{kind}", subject, body, once=f"appointment:{found.pk}:{kind}:{found.sequence}", now=now)


def offer(*, wait_id: UUID, now: datetime) -> None:
    """Tell somebody who waits that a place is held for them, and until when."""
    wait = Wait.objects.select_related("slot__hall__organisation", "case").get(pk=wait_id)
    if wait.state != Wait.State.OFFERED or wait.slot is None or wait.accept_by is None:
        return  # answered or lapsed while this letter waited to be written
    with translation.override(LANGUAGE[wait.case.language]):
        subject = _("An earlier time is free for you")
        body = _("%(when)s at %(place)s has become free and is held for you until %(until)s: %(link)s") % {
            "when": moment(wait.slot.starts_at),
            "place": said(wait.slot.hall.title),
            "until": moment(wait.accept_by),
            "link": settings.PUBLIC_URL + reverse("appointments:offer", args=[wait.pk]),
        }
    _send(wait, "place_offered", subject, body, once=f"wait:{wait.pk}:{wait.slot_id}", now=now)


def moment(at: datetime) -> str:
    """Say a moment with its weekday, as people do."""
    local = at.astimezone(clock.BEIJING)
    return f"{spell_day(local.date())} {local:%H:%M}"


def _send(about: Appointment | Wait, kind: str, subject: str, body: str, *, once: str, now: datetime) -> None:
    correspondence.send_notice(
        person_id=about.person_id,
        case_id=about.case_id,
        kind=kind,
        texts={"in_app": (subject, body), "sms": (subject, body)},
        once=once,
        is_reminder=kind == "appointment_near",
        actor=SYSTEM,
        now=now,
    )


def _facts(found: Appointment) -> dict[str, str]:
    hall, case = found.slot.hall, found.case
    visit = queries.visit_of(case, found.station)
    return {
        "when": moment(found.slot.starts_at),
        "place": said(hall.title) + (f"（{hall.address}）" if hall.address else ""),
        "acts": "、".join(said(act["title"]) for act in visit["acts"]),
        "code": found.code,
        "link": settings.PUBLIC_URL + reverse("appointments:choose", args=[case.number, found.station]),
        "reason": _reason(found),
    }


def _reason(found: Appointment) -> str:
    closed = Closure.objects.filter(hall=found.slot.hall, day=found.slot.day)
    return closed.values_list("reason", flat=True).first() or _("the hall is closed that day")


_SUBJECTS = {
    "booked": lambda: _("Your visit is booked"),
    "moved": lambda: _("Your visit has another time"),
    "near": lambda: _("Your visit is tomorrow"),
    "missed": lambda: _("You did not come; you can book again"),
    "cancelled": lambda: _("Your booking is cancelled"),
    "needless": lambda: _("You need not come any more"),
    "dropped": lambda: _("The hall is closed on your day: please choose another time"),
}
_BODIES = {
    "booked": lambda found: (
        _(
            "Booked: %(when)s, %(place)s. What you do there: %(acts)s. Your code in the hall: %(code)s. "
            "To move it: %(link)s"
        )
        % _facts(found)
    ),
    "moved": lambda found: (
        _("Your new time: %(when)s, %(place)s. Your code in the hall: %(code)s. To move it: %(link)s") % _facts(found)
    ),
    "near": lambda found: (
        _(
            "Tomorrow: %(when)s, %(place)s. What you do there: %(acts)s. Your code in the hall: %(code)s. "
            "If you cannot come, move it here: %(link)s"
        )
        % _facts(found)
    ),
    "missed": lambda found: (
        _("Your visit of %(when)s is still to be made. Book another time: %(link)s") % _facts(found)
    ),
    "cancelled": lambda found: _("Your visit of %(when)s is cancelled. Book another time: %(link)s") % _facts(found),
    "needless": lambda found: _("Your case has ended. You need not come on %(when)s.") % _facts(found),
    "dropped": lambda found: (
        _("On %(when)s %(place)s is closed: %(reason)s. We are sorry. Please choose another time: %(link)s")
        % _facts(found)
    ),
}
