"""This module's lines in the workbench's menu; loading it makes the deeds of two known."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.catalogue import policy, settings_desk
from onething.catalogue.drafts import services, years
from onething.plumbing.ui.panels import menu
from onething.registry import policy as registry

DEEDS = (services.PUBLISH, years.AGREE, settings_desk.CHANGE)

menu("workbench", "catalogue:packs", _("Packs"), icon="file", may=policy.READ_RELEASE, order=74)
menu("workbench", "catalogue:years", _("Working days"), icon="calendar", may=policy.EDIT_CALENDAR, order=76)
menu("workbench", "catalogue:settings", _("Settings"), icon="pen", may=registry.CHOOSE_SETTINGS, order=78)
