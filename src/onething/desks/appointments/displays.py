"""The keys in the addresses of a hall's screen and entrance: no account; withdrawn by raising a number."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare, salted_hmac

from onething.desks.appointments.errors import DisplayKeyWrong
from onething.desks.appointments.models import Hall

LENGTH = 24


def key_of(hall: Hall) -> str:
    """Give the key of a hall's displays: 96 bits, from the installation's secret."""
    digest = salted_hmac("onething.desks.appointments.display", f"{hall.pk}:{hall.display_round}", algorithm="sha256")
    return digest.hexdigest()[:LENGTH]


def require(hall: Hall, key: str) -> None:
    """Refuse (DisplayKeyWrong) an address that is not, or no longer, one of the hall's displays."""
    if not constant_time_compare(key.encode(), key_of(hall).encode()):
        raise DisplayKeyWrong
