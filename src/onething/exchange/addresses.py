"""Which addresses the house calls: https, and http only to this machine itself; and which machines lie behind. Pure.

An address is checked twice: as it is written, when somebody enters it or a department names it (`allowed`), and as
what its name stands for, at the moment of the call (`may_be_called`); the call then goes to exactly that machine.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from onething.exchange.errors import AddressNotAllowed

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Machine = ipaddress.IPv4Address | ipaddress.IPv6Address

_PLAIN = re.compile(r"[!-\[\]-~]{1,300}")  # no blanks and no backslash: two readers could see two hosts
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*\.?", re.IGNORECASE)
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_RELAYS = tuple(ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "100::/64"))


def allowed(address: str) -> str:
    """Check an address as it is written. Refuses AddressNotAllowed."""
    parts = _split(address)
    if parts.username or parts.password or parts.fragment:
        raise AddressNotAllowed
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        return address
    raise AddressNotAllowed


def _split(address: str) -> SplitResult:
    if not _PLAIN.fullmatch(address):
        raise AddressNotAllowed
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as broken:
        raise AddressNotAllowed from broken
    if port == 0 or not _is_host(parts.hostname or ""):
        raise AddressNotAllowed
    return parts


def _is_host(host: str) -> bool:
    """Tell whether a host is a name, or a machine's number in its one usual form (not 2130706433, 0x7f.1 or 127.1)."""
    if machine(host) is not None:
        return True
    last = host.rstrip(".").rpartition(".")[2]
    return bool(_NAME.fullmatch(host)) and not _NUMBER.fullmatch(last)


def is_loopback(host: str) -> bool:
    """Tell whether a host, as it is written, is this machine itself."""
    number = machine(host)
    return number.is_loopback if number else host.lower().rstrip(".") == "localhost"


def machine(text: str) -> Machine | None:
    """Read a machine's number; None for a name. One with a zone (fe80::1%eth0) is no number that others could reach."""
    try:
        return None if "%" in text else ipaddress.ip_address(text)
    except ValueError:
        return None


def may_be_called(found: str, *, host: str, networks: Sequence[Network]) -> bool:
    """
    Tell whether the machine that a host's name stands for now may be called.

    This machine only when the host says so in so many words; the open internet; and of the closed networks those
    that the installation names. Never link-local (a cloud's metadata), multicast, unspecified or relayed ones.
    """
    number = machine(found)
    if number is None:
        return False
    inner = _unwrapped(number)
    if inner.is_loopback:
        return is_loopback(host)
    if inner.is_link_local or inner.is_multicast or inner.is_unspecified or _is_relayed(inner):
        return False
    return inner.is_global or any(inner in network for network in networks if network.version == inner.version)


def _unwrapped(number: Machine) -> Machine:
    """Look through the ways of writing an IPv4 machine as IPv6."""
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped:
        return number.ipv4_mapped
    return number


def _is_relayed(number: Machine) -> bool:
    if isinstance(number, ipaddress.IPv4Address):
        return False
    return bool(number.sixtofour or number.teredo) or any(number in relay for relay in _RELAYS)


def read_networks(text: str) -> tuple[Network, ...]:
    """Read the closed networks that an installation names: 10.0.0.0/8,fd00::/8."""
    return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
