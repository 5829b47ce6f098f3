"""
Put what somebody had typed back into the form it came from: HTML in, HTML out. Pure.

The form is the one that leads where the text was sent and has boxes of all its names; its boxes are filled as they
were, what it is folded into is opened, and a sentence says so. Secrets and files are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

Attrs = list[tuple[str, str | None]]
Typed = Mapping[str, Sequence[str]]
_BOXES = ("input", "textarea", "select", "button")
_LEFT_ALONE = ("hidden", "password", "file", "submit", "button", "image", "reset")
_TICKED = ("checkbox", "radio")


@dataclass
class _Form:
    """One form of a page: where it leads, what its boxes are called, what its buttons send, what it is folded into."""

    place: int
    action: str
    folds: tuple[int, ...]
    names: set[str] = field(default_factory=set)
    buttons: set[tuple[str, str]] = field(default_factory=set)

    def is_of(self, typed: Typed) -> bool:
        """Tell whether everything that was sent has a box, or a button of that value, here."""
        pressed = {name for name, _ in self.buttons}
        given = {(name, value) for name, values in typed.items() if name in pressed - self.names for value in values}
        return given <= self.buttons and {name for name, values in typed.items() if any(values)} <= self.names | pressed


class _Finder(HTMLParser):
    """Reads which forms a page has."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.forms, self._folds, self._count = page, list[_Form](), list[int](), 0
        self._open = False

    def handle_starttag(self, tag: str, attrs: Attrs) -> None:
        given = dict(attrs)
        if tag == "details":
            self._folds.append(self._count)
            self._count += 1
        elif tag == "form":
            is_post = (given.get("method") or "").lower() == "post"
            action = (given.get("action") or self.page).partition("#")[0].partition("?")[0] if is_post else ""
            self.forms.append(_Form(len(self.forms), action, tuple(self._folds)))
            self._open = True
        elif self._open and tag in _BOXES and given.get("name"):
            self._box(tag, str(given["name"]), given)

    def _box(self, tag: str, name: str, given: Mapping[str, str | None]) -> None:
        if tag == "button":
            self.forms[-1].buttons.add((name, given.get("value") or ""))
        else:
            self.forms[-1].names.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        elif tag == "details" and self._folds:
            self._folds.pop()


class _Filler(HTMLParser):
    """Writes the page again as it stands, but for the boxes of one form."""

    def __init__(self, form: _Form, typed: Typed, note: str) -> None:
        super().__init__(convert_charrefs=False)
        self.form, self.note, self.out = form, note, list[str]()
        self.typed = {name: list(values) for name, values in typed.items()}
        self._forms, self._folds, self._here = -1, -1, False
        self._select, self._skips = "", False

    def handle_starttag(self, tag: str, attrs: Attrs) -> None:
        written = self.get_starttag_text() or ""
        if tag == "details":
            self._folds += 1
            written = _written(tag, attrs, open="") if self._folds in self.form.folds else written
        elif tag == "form":
            self._forms += 1
            self._here = self._forms == self.form.place
            written += f'<div class="ot-note" role="status"><span>{escape(self.note)}</span></div>' * self._here
        elif self._here:
            written = self._filled(tag, attrs, dict(attrs)) or written
        self.out.append(written)

    def _filled(self, tag: str, attrs: Attrs, given: Mapping[str, str | None]) -> str:
        name, kind, value = given.get("name") or "", given.get("type") or "text", given.get("value") or ""
        if tag == "option" and self._select in self.typed and "value" in given:
            return _chosen(tag, attrs, "selected", value in self.typed[self._select])
        if tag == "select":
            self._select = name
        if name not in self.typed or (tag == "input" and kind in _LEFT_ALONE):
            return ""
        if tag == "input" and kind in _TICKED:
            return _chosen(tag, attrs, "checked", (value or "on") in self.typed[name])
        if tag == "input":
            return _written(tag, attrs, value=self._next(name))
        if tag == "textarea":
            self._skips = True
            return (self.get_starttag_text() or "") + "\n" + escape(self._next(name))
        return ""

    def _next(self, name: str) -> str:
        values = self.typed[name]
        return values.pop(0) if values else ""

    def handle_startendtag(self, tag: str, attrs: Attrs) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._skips = False
        self._select = "" if tag == "select" else self._select
        self._here = self._here and tag != "form"
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skips:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")


def refilled(html: str, *, page: str, sent_to: str, typed: Typed, note: str) -> str | None:
    """Give the page with the form filled as it was; None where the page has no such form."""
    finder = _Finder(page)
    finder.feed(html)
    form = next((one for one in finder.forms if one.action == sent_to and one.is_of(typed)), None)
    if form is None:
        return None
    filler = _Filler(form, typed, note)
    filler.feed(html)
    filler.close()
    return "".join(filler.out)


def _chosen(tag: str, attrs: Attrs, mark: str, is_chosen: bool) -> str:
    others = [(name, value) for name, value in attrs if name != mark]
    return _written(tag, others, **({mark: ""} if is_chosen else {}))


def _written(tag: str, attrs: Attrs, **changed: str) -> str:
    given: dict[str, str | None] = {**dict(attrs), **changed}
    inside = "".join(f' {name}="{escape(value)}"' if value else f" {name}" for name, value in given.items())
    return f"<{tag}{inside}>"
