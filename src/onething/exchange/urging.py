"""催办 on the wire: one signed message, sent once; a department that does not take it is rung up by a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onething.exchange import connectors, queries, wire
from onething.exchange.delivery import BY_HTTP, HOUSE
from onething.exchange.keyring import Keyring
from onething.exchange.models import Urging
from onething.exchange.wire import CallFailed
from onething.kernel import signing
from onething.kernel.envelopes import MEDIA_TYPE, Envelope

URGING_TYPE = "org.onething.urging.v1"


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """An urging on its way."""

    address: str
    envelope: Envelope
    keyring: Keyring


def letter_of(urging_id: UUID, *, now: datetime) -> Letter | None:
    """Write an urging as the event that goes out; None where there is nothing to send any more, or nowhere to."""
    urging = Urging.objects.select_related("order__port").get(pk=urging_id)
    order, port = urging.order, urging.order.port
    if urging.delivered_at or port is None or not order.is_open or port.connector not in BY_HTTP:
        return None
    data = {
        "order": str(order.pk), "round": order.round, "case_number": order.case_number, "message": urging.words,
        "due": order.due.isoformat() if order.due else None,
    }  # fmt: skip
    envelope = Envelope(
        id=f"urging-{urging.pk}", source=HOUSE, type=URGING_TYPE, time=urging.at, subject=str(order.pk), data=data
    )
    return Letter(connectors.named(port.connector).check_address(port.address), envelope, queries.keyring_of(port))


def send(letter: Letter, *, now: datetime) -> str:
    """Post an urging once; give the problem, or nothing."""
    body = letter.envelope.to_bytes()
    signers: list[signing.Signer] = [letter.keyring.shared, letter.keyring.house]
    headers = signing.sign(signers, message_id=letter.envelope.id, at=now, body=body)
    try:
        answer = wire.call("POST", letter.address, headers={"content-type": MEDIA_TYPE, **headers}, body=body)
    except CallFailed as failure:
        return failure.words
    return "" if answer.status in (200, 202) else f"HTTP {answer.status}"
