"""
Every form of every page takes whatever is typed: nothing breaks, nothing typed is markup, a stolen token opens none,
and what was typed when a session ended is there again after signing in.

The forms are found on the pages themselves, so a new one is tried without anybody's doing. Each is sent inside a
savepoint that is taken back: the world stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from lxml import html

from onething.identity import sessions
from onething.identity.typed import KEPT
from tests.pages.conftest import House
from tests.pages.listing import PageSeen
from tests.pages.world import Reader

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

RARE = "欧阳𬎆𠮷㼆 何🙂"
ODD = {
    "odd": f"{RARE} \u202eمحمد אבג\u202c {{{{ 7*7 }}}} '; DROP TABLE cases_case; -- \"'><script>alert(1)</script>",
    "long": "长" * 5000,
    "empty": "",
    "nothing": "\x00",
    "number": "-99999999999999999999",
}
WRONG = "<b>not among them</b>"
"""What no list offers and no id is."""
TYPED = ("text", "search", "tel", "email", "number", "password", "date")
KEPT_KINDS = ("text", "search", "tel", "email")
PLAIN = "application/x-www-form-urlencoded"
TOKEN = "csrfmiddlewaretoken"
SECRETS = ("password", "code")
MARKUP = (b"<script>alert(1)", b"<b>not among them")
WORN = (SESSION_KEY, HASH_SESSION_KEY, "_auth_user_backend", sessions.MEANS, sessions.HAT)


@dataclass(frozen=True)
class Form:
    """One form as it stands on a page: where it goes, its boxes with what is in them, the ones that are typed in."""

    page: PageSeen
    action: str
    boxes: tuple[tuple[str, str], ...]
    typed: frozenset[str]
    kept: frozenset[str]
    is_plain: bool

    @property
    def kind(self) -> tuple[str, tuple[str, ...]]:
        """Tell what makes it another form than one that was tried: its page's route, and its boxes."""
        return self.page.route, tuple(sorted({name for name, _ in self.boxes}))

    def filled(self, text: str) -> dict[str, str]:
        """Type this into every box that is typed in; all else as it stands."""
        return {name: text if name in self.typed else value for name, value in self.boxes}

    def __str__(self) -> str:
        return f"{self.page}: {self.action} {sorted(name for name, _ in self.boxes)}"


@dataclass(frozen=True)
class Box:
    """One element of a form that sends something."""

    element: Any

    @cached_property
    def kind(self) -> str:
        """Tell what is done with it: typed, ticked, chosen, pressed."""
        tag = str(self.element.tag)
        return str(self.element.get("type", "text")) if tag == "input" else "text" if tag == "textarea" else tag

    @property
    def value(self) -> str:
        """Give what it sends as it stands; of a list what is chosen, else the first."""
        if self.element.tag == "select":
            options = list(self.element.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            return next((option.get("value") or "" for option in chosen), "")
        return (self.element.text or "" if self.element.tag == "textarea" else self.element.get("value")) or ""


def forms_in(content: bytes, page: PageSeen) -> Iterator[Form]:
    """Find the forms of a page that change something."""
    for form in html.fromstring(content).iterfind(".//form"):
        if form.get("method", "").lower() != "post":
            continue
        found = [Box(one) for one in form.iter("input", "textarea", "select", "button") if one.get("name")]
        boxes = {box.element.get("name"): box for box in reversed(found) if box.kind != "file"}
        boxes.pop(TOKEN, None)
        typed = frozenset(name for name, box in boxes.items() if box.kind in TYPED)
        kept = frozenset(n for n in typed if boxes[n].kind in KEPT_KINDS and not any(word in n for word in SECRETS))
        given = tuple((name, box.value) for name, box in boxes.items())
        yield Form(
            page,
            urljoin(page.address, form.get("action") or "").partition("#")[0],
            given,
            typed,
            kept,
            form.get("enctype") is None,
        )


def client_of(reader: Reader, *, strict: bool = False) -> Client:
    """Open another browser with the reader's session."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=strict, headers={"accept-language": "zh-hans"})
    for name, value in reader.cookies.items():
        client.cookies[name] = value
    return client


def posted_by(client: Client, form: Form, posted: dict[str, str]) -> HttpResponse:
    """Send a form as a browser would."""
    if form.is_plain:
        return client.post(form.action, urlencode(posted), content_type=PLAIN)
    return client.post(form.action, posted)


def sent(form: Form, posted: dict[str, str], *, strict: bool = False, follows: bool = False) -> list[HttpResponse]:
    """Send a form, and open what it leads to; whatever it did is taken back."""
    client = client_of(form.page.reader, strict=strict)
    with transaction.atomic():
        answers = [posted_by(client, form, posted)]
        where = answers[0].headers.get("Location", "")
        if follows and where.startswith("/"):
            answers.append(client.get(where))
        transaction.set_rollback(True)
    return answers


@pytest.fixture(scope="module")
def forms(house: House) -> list[Form]:
    """Find one of each kind of form."""
    found: dict[object, Form] = {}
    for page in house.pages:
        for form in forms_in(page.content, page) if page.content else ():
            found.setdefault(form.kind, form)
    assert len(found) > 80, "the forms were not there"
    return list(found.values())


def broken(form: Form, posted: dict[str, str], *, follows: bool = False) -> str:
    """Send a form; say how it broke, or nothing."""
    for answer in sent(form, posted, follows=follows):
        content = b"" if answer.streaming else answer.content
        if answer.status_code >= 500 or any(mark in content for mark in MARKUP):
            return f"{form}: {answer.status_code}"
    return ""


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_no_form_breaks_by_what_is_typed_and_nothing_typed_is_markup(forms: list[Form], text: str) -> None:
    shown = "<script>" in text  # only then is the page looked at that it leads to
    found = [how for form in forms if form.typed and (how := broken(form, form.filled(text), follows=shown))]
    assert not found, "\n".join(found)


def test_no_form_breaks_by_what_it_does_not_offer(forms: list[Form]) -> None:
    """Lists, ticks, hidden ids and buttons bring what nobody could choose; then they bring nothing at all."""
    found = [how for form in forms if (how := broken(form, {name: WRONG for name, _ in form.boxes}))]
    found += [how for form in forms if (how := broken(form, {}))]
    assert not found, "\n".join(found)


WITHOUT_TOKEN = {"correspondence:slip": "changes nothing: it checks a file that somebody holds"}


def test_no_form_is_opened_by_a_stolen_token(forms: list[Form]) -> None:
    stolen = {TOKEN: "x" * 64}
    opened = [
        str(form)
        for form in forms
        if form.page.route not in WITHOUT_TOKEN
        and sent(form, form.filled("偷来的") | stolen, strict=True)[0].status_code != 403
    ]
    assert not opened, "\n".join(opened)


NO_SESSION = {
    "identity:password": "one signs in here",
    "identity:factor": "one signs in here",
    "entitlements:check": "everybody may ask, whether signed in or not; the conversation stands in the page",
}


def test_what_was_typed_is_there_again_after_signing_in(forms: list[Form]) -> None:
    signed_in = [form for form in forms if SESSION_KEY in form.page.reader.client.session]
    asked = [form for form in signed_in if form.kept and form.page.route not in NO_SESSION]
    assert len(asked) > 40, "the forms were not there"
    lost = [str(form) for form in asked if not is_kept(form, f"{RARE}\"'")]
    assert not lost, "\n".join(lost)


def is_kept(form: Form, text: str) -> bool:
    """Let the session end before the form is sent, sign in again and open the page: is the text in its boxes?"""
    with transaction.atomic():
        late, again = _another(form.page.reader, hours=11), _another(form.page.reader)
        answer = posted_by(late, form, form.filled(text))
        kept = late.session.get(KEPT)
        if answer.status_code != 302 or not kept:
            return False
        session = again.session
        session[KEPT] = kept
        session.save()
        shown = list(forms_in(again.get(form.page.address).content, form.page))
        transaction.set_rollback(True)
    same = [one for one in shown if one.kind == form.kind]
    return any(all(_shows(one, name, text) for name in form.kept) for one in same)


def _shows(form: Form, name: str, text: str) -> bool:
    return text in dict(form.boxes)[name]


def _another(reader: Reader, hours: int = 0) -> Client:
    """Open a second session of the same person, that began so many hours ago."""
    client = Client(headers={"accept-language": "zh-hans"})
    first, session = reader.client.session, client.session
    for name in WORN:
        if name in first:
            session[name] = first[name]
    for name in (sessions.BEGAN, sessions.SEEN):
        session[name] = first[name] - hours * 3600
    session.save()
    client.cookies[next(iter(reader.cookies))] = session.session_key
    return client
