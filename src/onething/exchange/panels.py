"""This module's lines in the workbench's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.exchange import policy, queue, waiting
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.ui.panels import menu

__all__ = ["waiting"]  # a source of the queue: loaded with this


def _waiting(actor: Actor) -> int:
    now = clock.now()
    return queue.waiting(actor, queue.Ask(now=now, today=clock.day_of(now), is_mine=False))


menu("workbench", "exchange:desk", _("My queue"), icon="inbox", may=policy.WORK_QUEUE, order=1, count=_waiting)
menu("workbench", "exchange:stuck", _("Supervision"), icon="alert", may=policy.WATCH_ORDERS, order=30)
menu("workbench", "exchange:ports", _("Port board"), icon="list", may=policy.WATCH_ORDERS, order=35)
menu("workbench", "exchange:connect", _("Connect a department"), icon="pen", may=policy.CONNECT_DEPARTMENT, order=36)
