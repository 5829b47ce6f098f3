"""This module's line in the workbench's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.desks.webhooks import policy, queries
from onething.plumbing.ui.panels import menu

menu(
    "workbench",
    "webhooks:programs",
    _("Calls to programs"),
    icon="shield",
    may=policy.LOOK_AFTER,
    order=73,
    count=queries.given_up,
)
