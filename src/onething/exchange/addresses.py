"""Which addresses orders may be sent to: https, and http only to this machine itself. Pure."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from onething.exchange.errors import AddressNotAllowed

_PLAIN = re.compile(r"[!-\[\]-~]{1,300}")  # no blanks and no backslash: two readers could see two hosts


def allowed(address: str) -> str:
    """Check a department's address. Refuses AddressNotAllowed."""
    if not _PLAIN.fullmatch(address):
        raise AddressNotAllowed
    try:
        parts = urlsplit(address)
    except ValueError as broken:
        raise AddressNotAllowed from broken
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        raise AddressNotAllowed
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname)):
        return address
    raise AddressNotAllowed


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
