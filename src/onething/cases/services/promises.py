"""Papers that come later (容缺受理)."""

from __future__ import annotations

from datetime import datetime

from onething.cases.events import PaperCame
from onething.cases.models import Case, PaperToCome
from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes


@writes
def note_paper(*, case: Case, material: str, actor: Actor, now: datetime) -> None:
    """Note that a paper which was to follow has come. Again changes nothing."""
    came = PaperToCome.objects.filter(case=case, material=material, came_at=None).update(came_at=now)
    if came:
        publish(PaperCame(case_id=case.pk, material=material), actor=actor, at=now)
