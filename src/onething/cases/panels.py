"""This module's lines in the workbench's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.cases import policy, standing
from onething.plumbing.ui.panels import menu

__all__ = ["standing"]  # loaded with the menu: the port board shows what it finds

menu("workbench", "cases:desk", _("Cases"), icon="list", may=policy.READ_CASE, order=5)
