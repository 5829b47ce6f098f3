"""This module's pieces on the case's pages, and its lines in the menus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onething.cases.models import Case
from onething.desks.appointments import policy, queries
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.panels import Panel, menu, panel


@panel("cases.case", order=20)
def visits(request: Request, *, case: Case, **more: Any) -> Panel | None:
    """On the case's page: book with one tap, or how the booking stands."""
    boards = [board for board in queries.visits(case, now=request.now) if _concerns(case, board)]
    return Panel("appointments/visits_panel.html", {"boards": boards, "case": case}) if boards else None


def _concerns(case: Case, board: queries.VisitBoard) -> bool:
    return not board.is_made and (case.is_open or board.appointment is not None)


@panel("cases.receipt", order=20)
def book_now(request: Request, *, case: Case, **more: Any) -> Panel | None:
    """On the receipt: the one visit can be booked at once."""
    return visits(request, case=case)


@panel("cases.notice", order=20)
def will_book(request: Request, *, plan: Mapping[str, Any], **more: Any) -> Panel | None:
    """On the notice: the visit will be booked, nobody has to queue."""
    return Panel("appointments/notice_panel.html", {"visits": plan["visits"]}) if plan["visits"] else None


@panel("cases.desk_case", order=20)
def at_desk(request: Request, *, case: Case, **more: Any) -> Panel | None:
    """On the clerk's page of a case: what is booked, and booking for the person."""
    boards = queries.visits(case, now=request.now)
    context = {"boards": boards, "case": case, "may_book": request.actor.may(policy.BOOK_FOR) and case.is_open}
    return Panel("appointments/desk_panel.html", context) if boards else None


menu("workbench", "appointments:halls", _("Bookings and counters"), icon="clock", may=policy.SERVE_COUNTER, order=20)
