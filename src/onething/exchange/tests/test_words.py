"""Every sentence of this module is there in Chinese, and the page for vendors is true."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from onething import exchange
from onething.exchange import errors, messages, queries
from onething.exchange.models import Department, Reply
from onething.exchange.tests.factories import connect, load_regions, order
from onething.kernel import envelopes, signing
from onething.kernel.envelopes import read_envelope
from onething.kernel.errors import Refusal
from onething.plumbing.places import PROJECT

ROOM = Path(exchange.__file__ or "").parent
PAGE = (PROJECT / "docs" / "department-interface.md").read_text()
TRANSLATED = re.compile(r"""(?:\b_|\bsay|gettext)\(\s*"([^"]+)"|{% trans "([^"]+)" """)


def sentences() -> set[str]:
    found = {words for path in [*ROOM.glob("*.py"), *ROOM.glob("templates/**/*.html")]
             for pair in TRANSLATED.findall(path.read_text()) for words in pair if words}  # fmt: skip
    for module in (errors, signing, envelopes):
        refusals = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Refusal)]
        own = [kind for kind in refusals if kind.__module__ == module.__name__]
        found |= {words for kind in own for words in (kind().sentence, kind.remedy) if words}
    return found - {errors.NotFound.remedy}


def test_every_sentence_is_there_in_chinese() -> None:
    with (ROOM / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        known = {message.id for message in read_po(file) if message.string}
    assert len(sentences()) > 60
    assert sentences() - known == set()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_of_the_page_can_be_read() -> None:
    asked, answered = (read_envelope(text.encode()) for text in blocks("json"))
    assert asked.data["order"] == asked.subject == answered.subject
    assert messages.read_reply(answered).kind == "approved"


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("onething.exchange.tests.urls")
def test_the_python_of_the_page_answers_an_order(live_server) -> None:
    load_regions()
    police = connect("police", "http", address="https://gat.example.gov.cn/orders")
    asked = order()
    done = subprocess.run([sys.executable, "-c", _filled(police, str(asked.pk), live_server.url)], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert Reply.objects.get().disposition == "applied"


def _filled(department: Department, order_id: str, house: str) -> str:
    (text,) = blocks("python")
    example = json.loads(blocks("json")[0])["subject"]
    text = text.replace("whsec_…", queries.handover(department)["secret"]).replace(example, order_id)
    return text.replace("urn:onething:department:police:230000000000", department.source).replace(
        "https://house.example", house
    )
