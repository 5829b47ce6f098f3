"""The sweep that removes what is over its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from onething.kernel.access import SYSTEM
from onething.plumbing.journal import publish, writes
from onething.registry import chosen, events, retention
from onething.registry.models import Arrival, CorrectionRequest, DataExport, Roster, Sharing
from onething.registry.retention import RULES, Rule
from onething.registry.services.closing import close_file
from onething.registry.services.exporting import let_exports_go
from onething.registry.services.rosters import discard_roster


def sweep(*, now: datetime, is_dry: bool = False) -> dict[str, int]:
    """Remove what is over its time, rule by rule; give how much by each rule's name. A dry run only counts."""
    return {rule.name: _swept(rule, now, is_dry=is_dry) for rule in RULES}


@writes
def _swept(rule: Rule, now: datetime, *, is_dry: bool) -> int:
    count = _SWEEPS[rule.name](retention.moment(now, chosen.days_kept(rule)), now, is_dry)
    if count and not is_dry:
        publish(events.RetentionSwept(rule=rule.name, count=count), actor=SYSTEM, at=now)
    return count


def _roster_files(before: datetime, now: datetime, is_dry: bool) -> int:
    old = Roster.objects.filter(state=Roster.State.APPLIED, applied_at__lt=before, wrapped_key__isnull=False)
    if is_dry:
        return old.count()
    rosters = list(old.select_for_update())
    for roster in rosters:
        close_file(roster, now)
    return len(rosters)


def _unused_rosters(before: datetime, now: datetime, is_dry: bool) -> int:
    unused = [Roster.State.TAKEN, Roster.State.CHECKED]
    old = list(Roster.objects.filter(state__in=unused, taken_at__lt=before).values_list("pk", flat=True))
    if not is_dry:
        for roster_id in old:
            discard_roster(roster_id=roster_id, actor=SYSTEM, now=now)
    return len(old)


def _arrivals(before: datetime, now: datetime, is_dry: bool) -> int:
    old = Arrival.objects.filter(state=Arrival.State.ARRIVED, reviewed_at__lt=before)
    return old.count() if is_dry else old.delete()[0]


def _corrections(before: datetime, now: datetime, is_dry: bool) -> int:
    old = CorrectionRequest.objects.filter(answered_at__lt=before)
    return old.count() if is_dry else old.delete()[0]


def _sharing(before: datetime, now: datetime, is_dry: bool) -> int:
    old = Sharing.objects.filter(at__lt=before)
    return old.count() if is_dry else old.delete()[0]


def _exports(before: datetime, now: datetime, is_dry: bool) -> int:
    old = DataExport.objects.filter(state=DataExport.State.READY, ready_at__lt=before)
    return old.count() if is_dry else let_exports_go(old, now)


_SWEEPS: dict[str, Callable[[datetime, datetime, bool], int]] = {
    "roster_files": _roster_files,
    "unused_rosters": _unused_rosters,
    "arrivals": _arrivals,
    "corrections": _corrections,
    "exports": _exports,
    "sharing": _sharing,
}
