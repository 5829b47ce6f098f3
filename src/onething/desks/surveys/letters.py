"""What the house writes to somebody who is asked: the one-time link, and on paper the questionnaire."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from onething.correspondence import services as correspondence
from onething.desks.surveys.models import Invitation
from onething.kernel.access import SYSTEM
from onething.plumbing.ui.templatetags.ui import said, spell_day


def ask(*, invitation_id: UUID, now: datetime) -> None:
    """Send somebody the link to their questionnaire. Twice writes once; nothing once it was answered or has ended."""
    found = Invitation.objects.select_related("survey").filter(pk=invitation_id, answered_at=None).first()
    if found is None or not found.survey.takes_answers:
        return
    with translation.override("zh-hans"):
        subject = said(found.survey.title)
        body = _("%(title)s: %(n)d short questions, until %(day)s. No account needed: %(link)s") % {
            "title": subject,
            "n": len(found.survey.asks),
            "day": spell_day(found.survey.last_day),
            "link": address_of(found),
        }
    correspondence.send_notice(
        person_id=found.person_id, case_id=None, kind="survey", texts={"sms": (subject, body)},
        once=f"survey:{found.pk}", actor=SYSTEM, now=now,
    )  # fmt: skip


def address_of(invitation: Invitation) -> str:
    """Give the address under which a questionnaire is answered."""
    return settings.PUBLIC_URL + reverse("surveys:answer", args=[invitation.code])
