"""Neither a dump of the database nor a log at its most talkative holds a personal datum."""

from __future__ import annotations

import base64
import logging
import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.db import connection

from onething.kernel.access import SYSTEM
from onething.plumbing import binaries
from onething.registry import queries, services
from onething.registry.errors import RosterHasFaults
from onething.registry.models import Person, Statement
from onething.registry.tests.factories import NOW, id_number, load_regions, person
from onething.registry.tests.rosters import apply, check, row, take, text

NAME, OTHER, WRONG = "欧阳𬎆青", "尉迟松明", "宇文知行"
PHONE, CARD, ADDRESS, REASON = "13700009876", "6222021234567890128", "清和市望山县石桥镇柳湾街77号", "证上写的是上士衔"


def live_through_everything() -> list[str]:
    """Do what is done with persons; give every datum that must not be found."""
    load_regions()
    first, second, third = id_number(), id_number(), id_number()
    someone = person(name=NAME, id_number=first, phone=PHONE, known={"address": ADDRESS})
    services.record_statement(
        person_id=someone.pk, section="bank_card", values={"number": CARD, "holder": NAME}, source="bank:x",
        actor=SYSTEM, now=NOW,
    )  # fmt: skip
    services.note_archive(
        person_id=someone.pk, kind="held", day=NOW.date(), outside="某部", reference="档案7788", actor=SYSTEM, now=NOW
    )
    stated = Statement.objects.get(section="bank_card")
    request = services.ask_correction(
        person_id=someone.pk, section="bank_card", match=bytes(stated.match), field="holder", wanted=OTHER,
        because=REASON, actor=SYSTEM, now=NOW,
    )  # fmt: skip
    services.answer_correction(correction_id=request.pk, is_accepted=True, answer=REASON, actor=SYSTEM, now=NOW)
    good = take(text([*row(OTHER, 身份证号=second, 手机号=PHONE), ADDRESS], titles=(*_titles(), "户籍地址")))
    apply(good)
    bad = take(text(row(WRONG, 身份证号=third, 手机号="1370000")))
    check(bad)
    with pytest.raises(RosterHasFaults):
        apply(bad)
    queries.person_file(SYSTEM, someone.pk)
    assert queries.look_for(SYSTEM, second)
    return [NAME, OTHER, WRONG, PHONE, CARD, ADDRESS, REASON, "档案7788", first, second, third]


def _titles() -> tuple[str, ...]:
    from onething.registry.tests.rosters import TITLES

    return TITLES


def dumped() -> bytes:
    """Dump the database as an operator does."""
    given = connection.settings_dict
    program = binaries.find(Path(tempfile.gettempdir())) / "pg_dump"
    url = f"postgresql://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    environment = os.environ | {"PGPASSWORD": given["PASSWORD"]}
    return subprocess.run([program, url], env=environment, capture_output=True, check=True).stdout


def disguises(datum: str) -> list[bytes]:
    """The datum as a dump or a log could hold it: plain, as hex of bytea, in base64, escaped as JSON does."""
    plain = datum.encode()
    return [plain, plain.hex().encode(), base64.b64encode(plain).rstrip(b"=")[:-1], ascii(datum)[1:-1].encode()]


def found_in(content: bytes, data: list[str]) -> list[str]:
    return [datum for datum in data if any(disguise in content for disguise in disguises(datum))]


@pytest.mark.django_db(transaction=True)
def test_a_dump_and_a_log_hold_no_personal_datum(caplog: pytest.LogCaptureFixture) -> None:
    connection.force_debug_cursor = True  # every statement with its values goes to the log
    with caplog.at_level(logging.DEBUG):
        data = live_through_everything()
    connection.force_debug_cursor = False
    dump = dumped()
    assert b"COPY public.registry_person " in dump
    assert Person.objects.count() == 2
    assert found_in(dump, data) == []
    assert found_in(caplog.text.encode(), data) == []


def test_the_search_would_find_one() -> None:
    """The search itself can fail: each disguise is found."""
    for disguise in disguises(NAME):
        assert found_in(b"x" + disguise + b"y", [PHONE, NAME]) == [NAME]
