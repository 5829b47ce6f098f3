"""What of a pack a civil servant changes by form: for each kind of entry its places, with what they are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onething.plumbing.packs.nodes import INVISIBLE

Path = tuple[str | int, ...]
Kind = Literal["line", "text", "number", "basis", "code"]
Entry = Mapping[str, Any]
BASES = (
    ("published", gettext_lazy("published in a report")),
    ("law", gettext_lazy("in a statute")),
    ("reconstructed", gettext_lazy("our estimate")),
)
LONGEST = 4000
EDITED = ("matters", "materials", "fields", "notices")
"""The sections that have a form, in the order in which the page lists them."""


@dataclass(frozen=True, slots=True)
class Place:
    """One value that can be typed. `path` leads to it from the pack; `value` is None where nothing is written yet."""

    path: Path
    label: str
    kind: Kind
    value: str | int | None

    @property
    def name(self) -> str:
        """How the form calls it."""
        return ".".join(map(str, self.path))

    def read(self, typed: str) -> str | int:
        """Read what was typed; a number that is none stays a text, and the check says so."""
        typed = typed.strip().replace("\r\n", "\n")
        return int(typed) if self.kind == "number" and typed.isascii() and typed.isdigit() and len(typed) < 7 else typed


@dataclass(frozen=True, slots=True)
class Group:
    """Places that belong together, under one heading."""

    title: str
    about: str
    places: tuple[Place, ...]


def groups_of(content: Mapping[str, Any], section: str, name: str) -> list[Group]:
    """List what can be changed of one entry; empty for what has no form."""
    if section == "pack":
        return list(_header(content["header"]))
    entry = content.get(section, {}).get(name)
    return list(_GROUPS[section](name, entry)) if entry is not None and section in _GROUPS else []


def is_writable(text: str) -> bool:
    """Tell whether a text may stand in a pack: not too long, nothing in it that cannot be seen."""
    return len(text) <= LONGEST and INVISIBLE.search(text) is None


def _said(path: Path, entry: Any, label: str, kind: Kind = "line") -> Iterator[Place]:
    """A text in both languages."""
    words = _inner(entry)
    for language, shown in (("zh", _("Chinese")), ("en", _("English"))):
        value = words.get(language) if isinstance(words, Mapping) else None
        yield Place((*path, language), f"{label} · {shown}", kind, value)


def _inner(entry: Any) -> Any:
    return entry if isinstance(entry, Mapping) else {}


def _figure(path: Path, entry: Any) -> tuple[Place, ...]:
    figure = _inner(entry)
    return (
        Place((*path, "value"), _("Days"), "number", figure.get("value")),
        Place((*path, "basis"), _("How it is founded"), "basis", figure.get("basis")),
        Place((*path, "source"), _("Source and article"), "code", figure.get("source")),
    )


def _header(header: Entry) -> Iterator[Group]:
    held = header.get("effective", {})
    places = (
        *_said(("pack", "title"), header.get("title"), _("Title")),
        Place(("pack", "version"), _("Version"), "code", header.get("version")),
        Place(("pack", "effective", "from"), _("In force from"), "code", held.get("from")),
    )
    yield Group(_("The pack"), "", places)


def _matter(name: str, entry: Entry) -> Iterator[Group]:
    at: Path = ("matters", name)
    title = (
        *_said((*at, "title"), entry.get("title"), _("Title")),
        *_said((*at, "result"), entry["result"], _("Result")),
    )
    yield Group(_("Words"), "", title)
    days = entry["working_days"]
    yield Group(_("Working days, done alone"), "", _figure((*at, "working_days", "alone"), days["alone"]))
    yield Group(
        _("Working days, as part of the one thing"), "", _figure((*at, "working_days", "joined"), days["joined"])
    )
    for index, clause in enumerate(entry.get("applies", [])):
        here = (*at, "applies", index)
        yield Group(
            _("Condition"),
            str(index + 1),
            (
                Place((*here, "when"), _("Condition"), "code", clause["when"]),
                *_said((*here, "because"), clause["because"], _("Said when it is needed"), "text"),
                *_said((*here, "otherwise"), clause["otherwise"], _("Said when it is not"), "text"),
                Place((*here, "source"), _("Source and article"), "code", clause["source"]),
            ),
        )
    for key, word, of in (
        ("fields", _("Why this field is asked"), "field"),
        ("materials", _("Why this paper"), "any_of"),
    ):
        for index, use in enumerate(entry.get(key, [])):
            about = use[of] if isinstance(use[of], str) else ", ".join(use[of])
            why = _said((*at, key, index, "because"), use["because"], _("Why"), "text")
            source = Place((*at, key, index, "source"), _("Source and article"), "code", use["source"])
            yield Group(word, about, (*why, source))


def _material(name: str, entry: Entry) -> Iterator[Group]:
    at: Path = ("materials", name)
    title = _said((*at, "title"), entry.get("title"), _("Title"))
    hint = _said((*at, "hint"), entry.get("hint"), _("Hint"), "text")
    yield Group(_("Words"), "", (*title, *hint))
    if "may_follow_within" in entry:
        yield Group(_("May be handed in later"), "", _figure((*at, "may_follow_within"), entry["may_follow_within"]))
    for index, supply in enumerate(entry["supplies"]):
        why = _said((*at, "supplies", index, "because"), supply["because"], _("Why"), "text")
        source = Place((*at, "supplies", index, "source"), _("Source and article"), "code", supply["source"])
        yield Group(_("Where it comes from"), str(supply["by"]), (*why, source))


def _field(name: str, entry: Entry) -> Iterator[Group]:
    at: Path = ("fields", name)
    yield Group(
        _("Words"),
        "",
        (
            *_said((*at, "label"), entry.get("label"), _("Label")),
            *_said((*at, "question"), entry.get("question"), _("Question")),
            *_said((*at, "hint"), entry.get("hint"), _("Hint"), "text"),
            *_said((*at, "help_to_find"), entry.get("help_to_find"), _("Where the answer is found"), "text"),
        ),
    )
    for option, words in entry.get("options", {}).items():
        yield Group(_("Option"), option, tuple(_said((*at, "options", option), words, _("Label"))))


def _notice(name: str, entry: Entry) -> Iterator[Group]:
    at: Path = ("notices", name)
    mail = _inner(entry.get("email"))
    yield Group(_("Text message"), "", tuple(_said((*at, "sms"), entry.get("sms"), _("Text"), "text")))
    yield Group(_("Letter on the page"), "", tuple(_said((*at, "in_app"), entry.get("in_app"), _("Text"), "text")))
    subject = _said((*at, "email", "subject"), mail.get("subject"), _("Subject"))
    yield Group(_("E-mail"), "", (*subject, *_said((*at, "email", "body"), mail.get("body"), _("Text"), "text")))


_GROUPS: dict[str, Callable[[str, Entry], Iterator[Group]]] = {
    "matters": _matter,
    "materials": _material,
    "fields": _field,
    "notices": _notice,
}
