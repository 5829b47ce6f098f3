"""Addresses of people: which shapes are accepted, and how one is shown without giving it away."""

from __future__ import annotations

import re

from onething.kernel.errors import Invalid

_PHONE = re.compile(r"\+?[0-9]{5,15}")
_EMAIL = re.compile(r"[^\s@<>,;:\"()\\\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+")


class ChannelUnknown(Invalid):
    """Messages go out as text message (sms) or e-mail, not as “{channel}”."""

    remedy = "Choose sms or email."


class AddressWrong(Invalid):
    """This is no telephone number or e-mail address that a message can be sent to."""

    remedy = "Compare it with what the person wrote down, and correct it."


def checked(channel: str, address: str) -> str:
    """Give an address in the form it is sent to. Refuses ChannelUnknown, AddressWrong."""
    if channel == "sms":
        return _matching(_PHONE, re.sub(r"[\s-]", "", address))
    if channel == "email":
        return _matching(_EMAIL, address.strip())
    raise ChannelUnknown(channel=channel)


def masked(address: str) -> str:
    """Show only the end of a telephone number (…0417), or the first letter and the house of an e-mail (z…@mail.cn)."""
    name, at, house = address.partition("@")
    return f"{name[:1]}…@{house}" if at else f"…{address[-4:]}"


def _matching(shape: re.Pattern[str], address: str) -> str:
    if not shape.fullmatch(address):
        raise AddressWrong
    return address
