"""This module's lines in the workbench's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.exchange import policy, queries
from onething.kernel.access import Actor
from onething.plumbing.ui.panels import menu


def _waiting(actor: Actor) -> int:
    return queries.open_orders(actor).count()


menu("workbench", "exchange:desk", _("My orders"), icon="inbox", may=policy.ANSWER_ORDER, order=10, count=_waiting)
menu("workbench", "exchange:stuck", _("Stuck orders"), icon="alert", may=policy.WATCH_ORDERS, order=30)
menu("workbench", "exchange:ports", _("Port board"), icon="list", may=policy.WATCH_ORDERS, order=35)
