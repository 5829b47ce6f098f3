"""Setting up: how a department is reached, and the keys between it and the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from onething.exchange import connectors, policy, queries
from onething.exchange.delivery import TELL_AFTER
from onething.exchange.events import (
    DepartmentConnected,
)
from onething.exchange.keyring import Keyring
from onething.exchange.models import Circuit, Department
from onething.exchange.services.collecting import open_inbox
from onething.kernel.access import Actor
from onething.kernel.signing import PublicKey
from onething.plumbing import keys
from onething.plumbing.journal import publish, writes

REPEAT_AFTER = timedelta(minutes=10)
MOST_IN_BULK = 500


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Connection:
    """A department as it was connected, and the keys it has to be given (once, by a safe way)."""

    department: Department
    keyring: Keyring


@writes
def connect_department(
    *, code: str, title: str, connector: str, address: str, region: str, actor: Actor, now: datetime,
    title_en: str = "", organisation: str = "", owner: str = "", public_key: str = "",
    repeat_after: timedelta | None = REPEAT_AFTER, tell_after: timedelta = TELL_AFTER,
    is_held: bool = False, at_once: int = 8, bulk: int = 1, host_key: str = "",
) -> Connection:  # fmt: skip
    """
    Connect a department in a region, or change how it is connected. Safe to repeat.

    `organisation`: the code whose desk sees its orders. `owner`: who is told when it is silent (by default the
    region's supervisors). `public_key` (whpk_…): the department's own. `is_held`: only what it signs with Ed25519
    counts. `at_once`: how many calls it takes beside each other. `bulk`: how many orders in one message. `host_key`: of
    its SFTP server. Refuses ConnectorUnknown, AddressNotAllowed, FolderNotAllowed, KeyMalformed.
    """
    policy.require(actor, policy.CONNECT_DEPARTMENT)
    kind = connectors.named(connector)
    values = {
        "title": title, "title_en": title_en, "connector": connector, "organisation": organisation,
        "address": kind.check_address(address) if kind.NEEDS_ADDRESS else "",
        "public_key": PublicKey.read(public_key).text if public_key else "",
        "key_version": keys.provider().newest("department"), "is_open": True,
        "owner": owner or f"supervisor:{region}",
        "repeat_after": repeat_after if kind.NEEDS_ADDRESS else None, "tell_after": tell_after,
        "is_held": is_held, "at_once": max(1, at_once), "bulk": min(max(1, bulk), MOST_IN_BULK), "host_key": host_key,
    }  # fmt: skip
    department, _ = Department.objects.update_or_create(code=code, region=region, defaults=values)
    Circuit.objects.get_or_create(port=department)
    open_inbox(department, now)
    publish(DepartmentConnected(department_id=department.pk, department=code, region_code=region), actor=actor, at=now)
    return Connection(department=department, keyring=queries.keyring_of(department))
