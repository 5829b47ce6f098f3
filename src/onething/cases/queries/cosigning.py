"""Reading second signatures: which a form needs as it stands, what a signer reads, where a link leads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.crypto import salted_hmac

from onething.cases.errors import CosignatureGone
from onething.cases.models import Cosignature, Draft
from onething.catalogue import planning
from onething.registry import sealing

SHOWN, REASON = "cases.cosign", "cases.cosign_reason"
Plan = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One second signature that a form needs now: of whom, on which matter, and exactly what they read."""

    matter: str
    title: Mapping[str, str]
    name: str
    phone: str
    shown: dict[str, Any]

    @property
    def digest(self) -> str:
        """The sha256 of what is read: the same text, the same signature."""
        return hashlib.sha256(json.dumps(self.shown, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def wanted(draft: Draft, plan: Plan, answers: Mapping[str, Any], *, on: date) -> list[Wanted]:
    """Find the second signatures that the pack asks for, as the form stands; one whose answers lack comes later."""
    return list(_wanted(draft, plan, answers, on))


def _wanted(draft: Draft, plan: Plan, answers: Mapping[str, Any], on: date) -> Iterator[Wanted]:
    entries = planning.cosigned(draft.release_id)
    for line in plan["matters"]:
        entry = entries.get(line["id"])
        if entry is None or not planning.holds(draft.release_id, entry.get("when"), answers, on):
            continue
        names = [entry["name"], entry["phone"], *entry["shows"]]
        if all(answers.get(name) not in (None, "") for name in names):
            shown = {
                "title": line["title"], "department": line["department_title"], "because": entry["because"],
                "name": answers[entry["name"]], "phone": answers[entry["phone"]],
                "answers": {name: answers[name] for name in entry["shows"]},
            }  # fmt: skip
            yield Wanted(line["id"], line["title"], answers[entry["name"]], answers[entry["phone"]], shown)


def open_one(secret: str, *, now: datetime) -> Cosignature:
    """Find the open request that a link leads to. Refuses CosignatureGone: unknown, answered, replaced, too old."""
    rows = Cosignature.objects.select_related("draft").filter(token=token_of(secret))
    found = rows.filter(state=Cosignature.State.ASKED, expires_at__gt=now, draft__case=None).first()
    if found is None:
        raise CosignatureGone
    return found


def shown_in(row: Cosignature) -> dict[str, Any]:
    """Open what a second signer reads."""
    shown: dict[str, Any] = sealing.unseal(row.person_id, bytes(row.sealed_shown), field=SHOWN)
    return shown


def reason_in(row: Cosignature) -> str:
    """Open why a second signer refused; "" if they said nothing."""
    return str(sealing.unseal(row.person_id, bytes(row.sealed_reason), field=REASON)) if row.sealed_reason else ""


def token_of(secret: str) -> bytes:
    """Give what is kept of a link's secret: a keyed digest."""
    return salted_hmac("cases.cosign_link", secret, algorithm="sha256").digest()
