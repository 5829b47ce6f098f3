"""A department with neither: orders lie in a folder as CSV or Excel, its replies are laid beside them.

orders/     from the house: one row per order                    replies/   to the house: one row per reply
receipts/   what became of each row of a file of replies         taken/, refused/   the files that were read
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from onething.exchange import messages
from onething.exchange.collecting import Batch, Collected, Item, Port, Told
from onething.exchange.connectors.file import folders, tables
from onething.exchange.connectors.file.folders import Folder, check_address
from onething.exchange.delivery import WITHDRAWAL_TYPE, Delivery, Outcome, Verdict
from onething.exchange.errors import FolderNotAllowed, MessageMalformed
from onething.exchange.wire import CallFailed
from onething.kernel.envelopes import Envelope
from onething.kernel.errors import Refusal
from onething.kernel.signing import SigningKey

__all__ = ["COLLECTS", "NEEDS_ADDRESS", "TRAVELS", "check_address", "collect", "send", "settle"]

NEEDS_ADDRESS = True
TRAVELS = True
COLLECTS = True
MOST_FILES = 20
_TEXTS = ("kind", "message", "reason", "remedy")


def send(deliveries: Sequence[Delivery], *, now: datetime) -> list[Outcome]:
    """Lay one file down with a row per order."""
    first = deliveries[0]
    kind = "xlsx" if first.address.endswith("format=xlsx") else "csv"
    name = f"orders-{now.astimezone(UTC):%Y%m%dT%H%M%S}-{first.envelope.id}-{first.number}.{kind}"
    content = tables.write([order_row(delivery.envelope) for delivery in deliveries], kind)
    try:
        with folders.opened(first.address, first.keyring.house, first.host_key) as folder:
            folder.write("orders", name, content)
    except CallFailed as failure:
        return [Outcome(verdict=Verdict.RETRY, words=failure.words) for _ in deliveries]
    except FolderNotAllowed as refusal:
        return [Outcome(verdict=Verdict.FINAL, words=refusal.code) for _ in deliveries]
    return [Outcome(verdict=Verdict.DELIVERED, receipt=name) for _ in deliveries]


def order_row(envelope: Envelope) -> dict[str, str]:
    """Write an order as one row: its ids, its matter, one column per field, its papers; or that it is withdrawn."""
    data = envelope.data
    row = {
        "id": envelope.id, "order": data["order"], "round": str(data["round"]), "case_number": data["case_number"],
        "matter": data["matter"]["id"], "matter_title": data["matter"]["title"], "due": data["due"] or "",
    }  # fmt: skip
    row |= {f"field.{name}": _plain(value) for name, value in data["fields"].items()}
    row["materials"] = ";".join(paper["id"] for paper in data["materials"])
    row["digests"] = ";".join(digest for paper in data["materials"] for digest in paper["digests"])
    return row | ({"withdrawn": "true"} if envelope.type == WITHDRAWAL_TYPE else {})


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ";".join(_plain(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def collect(port: Port, *, cursor: str, now: datetime) -> Collected:
    """Read the files of replies that lie there. Raises CallFailed."""
    with folders.opened(port.address, port.keyring.house, port.host_key) as folder:
        names = folder.names("replies")
        batches = tuple(_batch(folder, name, port) for name in names[:MOST_FILES])
    return Collected(batches=batches, has_more=len(names) > MOST_FILES)


def _batch(folder: Folder, name: str, port: Port) -> Batch:
    content = folder.read("replies", name, tables.MOST_BYTES)
    try:
        if port.is_held:
            _require_signature(folder, name, content, port)
        rows = tables.read(content, name)
    except Refusal as refusal:
        broken = Item(place=name, digest=hashlib.sha256(content).digest(), problem=str(refusal))
        return Batch(name=name, items=(broken,))
    lines = enumerate(rows, start=2)
    return Batch(name=name, items=tuple(_item(row, name, line, port) for line, row in lines if row))


def _require_signature(folder: Folder, name: str, content: bytes, port: Port) -> None:
    """Whoever is held to its answers lays `<name>.sig` beside its file: v1a, of the name, a dot and the bytes."""
    try:
        text = folder.read("replies", f"{name}.sig", 200).decode().strip()
        signature = base64.b64decode(text.removeprefix("v1a,"), validate=True)
    except (FileNotFoundError, UnicodeDecodeError, binascii.Error) as missing:
        raise MessageMalformed(problem="there is no signature beside this file") from missing
    if not any(one.fits(name.encode() + b"." + content, signature) for one in port.verifiers if one.version == "v1a"):
        raise MessageMalformed(problem="the signature beside this file does not fit")


def _item(row: tables.Row, name: str, line: int, port: Port) -> Item:
    digest = hashlib.sha256(repr((name, sorted(row.items()))).encode()).digest()
    try:
        return Item(place=f"{name} {line}", digest=digest, message=_reply(row, name, line, port.source))
    except Refusal as refusal:
        return Item(place=f"{name} {line}", digest=digest, problem=str(refusal))


def _reply(row: tables.Row, name: str, line: int, source: str) -> messages.ReplyMessage:
    said: dict[str, object] = {key: row[key].strip() for key in _TEXTS if row.get(key)}
    said["result"] = {key.removeprefix("result."): value for key, value in row.items() if _is_result(key, value)}
    said["correction"] = {key: _names(row, f"correct_{key}") for key in ("fields", "materials")}
    if row.get("round"):
        said["round"] = _number(row["round"])
    envelope = Envelope(
        id=(row.get("id") or f"{name} {line}")[:120], source=source, type=messages.REPLY_TYPE,
        time=datetime.fromtimestamp(0, UTC), subject=row.get("order", "").strip(), data=said,
    )  # fmt: skip
    return messages.read_reply(envelope)


def _is_result(key: str, value: str) -> bool:
    return key.startswith("result.") and bool(value)


def _names(row: Mapping[str, str], key: str) -> list[str]:
    return [part.strip() for part in row.get(key, "").replace("；", ";").split(";") if part.strip()]


def _number(text: str) -> int | str:
    return int(text) if text.strip().isascii() and text.strip().isdigit() else text


def settle(port: Port, batch: Batch, told: Sequence[Told], *, now: datetime) -> None:
    """Write beside the file what became of each row, and put it away: taken, or refused as a whole."""
    rows = [{"row": one.item.place, "disposition": one.disposition, "problem": one.problem} for one in told]
    is_refused = bool(told) and all(one.problem for one in told)
    with folders.opened(port.address, port.keyring.house, port.host_key) as folder:
        folder.write("receipts", f"{batch.name}.receipt.csv", tables.write(rows or [{"row": ""}], "csv"))
        folder.move("replies", batch.name, "refused" if is_refused else "taken")


def public_key_line(key: SigningKey) -> str:
    """Write the house's key as a line for the server's authorized_keys."""
    return f"ssh-ed25519 {folders.ssh_public(key)} onething"
