"""Slots and menus: how an upper module shows something on a page below it, without the page knowing the module.

A module's `panels.py` is loaded when the house starts:

    @panel("cases.case")    # a slot that a page offers with {% slot "cases.case" case=case %}
    def booking(request: Request, *, case: CaseBoard) -> Panel | None:
        return Panel("desks/appointments/booking_panel.html", {"booking": ...})

    menu("workbench", "exchange:desk", _("My orders"), icon="inbox", may=policy.ANSWER_ORDER, order=10, count=waiting)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from onething.kernel.access import Actor, Permission
from onething.plumbing.ui.doors import Request

Text = str | Promise
Face = Literal["portal", "workbench", "life_events"]


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of a page: a template and what it shows."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Maker = Callable[..., Panel | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a menu. `count` tells how many things wait there for this actor."""

    url_name: str
    title: Text
    icon: str
    may: Permission = ""
    order: int = 50
    small: Text = ""
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A menu line as this person sees it."""

    title: Text
    small: Text
    icon: str
    url: str
    count: int | None
    is_here: bool


_panels: dict[str, list[tuple[int, Maker]]] = defaultdict(list)
_menus: dict[str, dict[str, Entry]] = defaultdict(dict)


def panel(slot: str, *, order: int = 50) -> Callable[[Maker], Maker]:
    """Make a function a panel of a slot. It gets the request and what the page hands over; None shows nothing."""

    def register(maker: Maker) -> Maker:
        _panels[slot].append((order, maker))
        _panels[slot].sort(key=lambda entry: entry[0])
        return maker

    return register


def panels_for(slot: str, request: Request, subject: Mapping[str, Any]) -> Iterator[Panel]:
    """Make the panels of a slot, in their order."""
    for _, maker in _panels[slot]:
        made = maker(request, **subject)
        if made is not None:
            yield made


def menu(
    face: Face,
    url_name: str,
    title: Text,
    *,
    icon: str,
    may: Permission = "",
    order: int = 50,
    small: Text = "",
    count: Callable[[Actor], int] | None = None,
) -> None:
    """Put a line into a menu. A second line for the same address replaces the first."""
    entry = Entry(url_name=url_name, title=title, icon=icon, may=may, order=order, small=small, count=count)
    _menus[face][url_name] = entry


def shown(face: Face, actor: Actor, here: str = "") -> list[Shown]:
    """List the lines of a menu that this actor may open, in their order; `here` is the path of the present page."""
    entries = sorted(_menus[face].values(), key=lambda entry: entry.order)
    allowed = [(entry, _address(entry)) for entry in entries if not entry.may or actor.may(entry.may)]
    current = _longest_match(here, [address for _, address in allowed if address])
    return [_show(entry, address, actor, current) for entry, address in allowed if address]


def _show(entry: Entry, address: str, actor: Actor, current: str) -> Shown:
    count = entry.count(actor) if entry.count else None
    return Shown(entry.title, entry.small, entry.icon, address, count, address == current)


def _address(entry: Entry) -> str:
    """Find the address; a page that this installation does not have is left out of the menu."""
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _longest_match(here: str, addresses: list[str]) -> str:
    fitting = [a for a in addresses if here == a or (a != "/" and here.startswith(a))]
    return max(fitting, key=len, default="")
