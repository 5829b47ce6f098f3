"""Everything correspondence says is said in Chinese too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from onething.correspondence import errors
from onething.kernel.errors import Refusal
from onething.plumbing.messages import addresses
from onething.plumbing.storage import files

HOUSE = Path(errors.__file__).parents[1]


def _said_in_chinese(room: str) -> set[str]:
    with (HOUSE / room / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        return {message.id for message in read_po(file) if message.id and message.string}


@pytest.mark.parametrize(
    ("room", "module"), [("correspondence", errors), ("plumbing/messages", addresses), ("plumbing/storage", files)]
)
def test_every_refusal_and_its_remedy(room, module):
    refusals = [
        r
        for r in vars(module).values()
        if isinstance(r, type) and issubclass(r, Refusal) and r.__module__ == module.__name__
    ]
    needed = {words for r in refusals for words in (r().sentence, r.remedy) if words}
    assert refusals
    assert needed <= _said_in_chinese(room)


def test_every_word_of_the_pages():
    pages = "".join(page.read_text() for page in (HOUSE / "correspondence/templates").rglob("*.html"))
    said = set(re.findall(r'{% trans "([^"]+)" %}', pages)) | set(re.findall(r'_\("([^"]+)"\)', pages))
    blocks = {
        b.replace("{{ megabytes }}", "%(megabytes)s") for b in re.findall(r"{% blocktrans %}(.+?){% endblock", pages)
    }
    assert len(said) > 20
    assert said | blocks <= _said_in_chinese("correspondence")
