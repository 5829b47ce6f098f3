"""
The small pack of docs/how-to/write-a-pack.md, with a second signature: published, published anew while a form was
being filled, and a draft of it on the desk of an administrator; a holiday notice beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.test import Client

from onething.cases import services
from onething.cases.models import Draft
from onething.catalogue import services as catalogue
from onething.catalogue.drafts import editing, years
from onething.catalogue.drafts import services as desk
from onething.catalogue.drafts.checking import check_files
from onething.catalogue.models import Release
from onething.catalogue.tests.written import files_in_the_document
from onething.kernel.access import SYSTEM, Actor
from onething.plumbing import clock
from onething.plumbing.messages import queries as messages
from tests.journeys import stage

ID = "town/noodle_shop"
LICENCE = "matters/licence.yaml"
LANDLORD = "19900000077"
FIELDS = """
landlord_name:
  label: {zh: "房东姓名", en: "Name of the landlord"}
  type: text
landlord_phone:
  label: {zh: "房东手机号", en: "Mobile number of the landlord"}
  type: phone
"""
ASKED = """
  - {field: landlord_name, because: {zh: "房东要签字。", en: "The landlord signs."}, source: "L1:4"}
  - {field: landlord_phone, because: {zh: "给房东发验证码。", en: "A code goes there."}, source: "L1:4"}
"""
COSIGN = """
cosign:
  name: landlord_name
  phone: landlord_phone
  shows: [shop_address]
  because: {zh: "房东同意，才能在这里开面馆。", en: "The shop opens here only if the landlord agrees."}
  source: "L1:4"
"""
LATER = (
    ("pack.yaml", '"2026.1"', '"2026.2"'),
    ("matters/food_permit.yaml", "joined: {value: 5", "joined: {value: 4"),
    ("matters/food_permit.yaml", 'title: {zh: "食品经营许可"', 'title: {zh: "食品经营许可（小餐饮）"'),
)
"""What the second release says otherwise."""
ROWS = [
    {"name": "元旦", "first": date(2027, 1, 1), "last": date(2027, 1, 3)},
    {
        "name": "春节",
        "first": date(2027, 2, 5),
        "last": date(2027, 2, 12),
        "make_up": [date(2027, 1, 30), date(2027, 2, 20)],
    },
]


def _files() -> dict[str, str]:
    """Write the shop's pack, of this county, with the landlord's signature; the examples do not know that."""
    files = {n: text for n, text in files_in_the_document().items() if not n.startswith("examples/")}
    files["pack.yaml"] = files["pack.yaml"].replace("990123000000", stage.COUNTY)
    files["fields.yaml"] += FIELDS
    files[LICENCE] = files[LICENCE].replace("\nfields:\n", "\nfields:" + ASKED, 1) + COSIGN
    return files


def _publish(files: Mapping[str, str]) -> Release:
    named = {f"{ID}/{name}": text for name, text in files.items()}
    checked = check_files(ID, named)
    assert checked.pack is not None, checked.problems("en")
    return catalogue.publish_pack(pack=checked.pack, files=named, actor=SYSTEM, now=clock.now())


def fill(actor: Actor) -> tuple[Draft, str]:
    """Fill the shop's form, ask the landlord to sign, and publish the pack anew. Gives the form, and the link's end."""
    files, now = _files(), clock.now()
    assert actor.person_id
    draft = services.start_draft(person_id=actor.person_id, release=_publish(files), actor=actor, now=now)
    answers = {
        "owner_name": "陆远帆", "shop_address": "望山县石桥镇柳湾街 3 号", "seats": 12, "has_sign": False,
        "landlord_name": "常青山", "landlord_phone": LANDLORD,
    }  # fmt: skip
    draft = services.save_answers(draft=draft, answers=answers, actor=actor, now=now)
    services.ask_cosignature(draft=draft, matter="licence", actor=actor, now=now)
    for name, old, new in LATER:
        assert old in files[name], (name, old)
        files[name] = files[name].replace(old, new)
    _publish(files)
    return draft, re.findall(r"/cosign/([\w-]+)/", _message())[0]


def _message() -> str:
    return messages.outbox(channel="sms", to=LANDLORD, limit=1)[0].body


def sign(client: Client, secret: str) -> Client:
    """Open the link with the code that was sent, as the landlord."""
    code = re.findall(r"\b\d{6}\b", _message())[0]
    assert client.post(f"/matters/cosign/{secret}/", {"code": code}).status_code == 302
    return client


def at_desk(actor: Actor) -> dict[str, Any]:
    """Begin a draft of the next release, change a word, enter a holiday notice. Gives the ids of both."""
    now, newest = clock.now(), Release.objects.filter(pack=ID).latest("published_at")
    draft = desk.begin_from_release(release_id=newest.pk, version="2026.3", actor=actor, now=now)
    merged = {**newest.content, "pack": newest.content["header"]}
    files = editing.with_value(draft.own_files, merged, ("matters", "licence", "title", "zh"), "面馆营业执照")
    desk.change_draft(draft_id=draft.pk, revision=draft.revision, files=files, actor=actor, now=now)
    text = years.written(2027, {"title": "虚构的通知", "number": "", "date": "", "address": ""}, ROWS)
    entry = years.enter_year(year=2027, text=text, reason="收到了通知。", actor=actor, now=now)
    return {
        "catalogue:draft draft_id": draft.pk,
        "catalogue:entry draft_id": draft.pk,
        "catalogue:entry section": ("matters", "fields", "materials"),
        "catalogue:entry name": ("licence", "seats", "lease"),
        "entry_id": entry.pk,
    }
