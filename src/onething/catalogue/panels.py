"""This module's lines in the workbench's menu; loading it makes the deeds of two known."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.catalogue import policy
from onething.catalogue.drafts import services, years
from onething.plumbing.ui.panels import menu

DEEDS = (services.PUBLISH, years.AGREE)

menu("workbench", "catalogue:packs", _("Packs"), icon="file", may=policy.READ_RELEASE, order=74)
menu("workbench", "catalogue:years", _("Working days"), icon="calendar", may=policy.EDIT_CALENDAR, order=76)
