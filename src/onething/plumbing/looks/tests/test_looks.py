"""Looks: one row per view, append-only, counted, and proven by the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from django.db import ProgrammingError, connection, transaction

from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing import looks
from onething.plumbing.journal.models import Entry
from onething.plumbing.looks import sealing
from onething.plumbing.looks.commands import looks as command
from onething.plumbing.looks.models import Look, LookSeal

NOW = datetime(2026, 11, 2, 3, 4, 5, 678901, tzinfo=UTC)
ONE, OTHER = uuid4(), uuid4()
CLERK = Actor(
    door=Door.STAFF, account_id=uuid4(), post_id=uuid4(), role="clerk", organisation="hall", region="990101000000"
)


def note(*persons: UUID, actor: Actor = CLERK, way: str = "page", now: datetime = NOW) -> None:
    looks.note(persons or [ONE], way=way, purpose="case", actor=actor, now=now)


def change(statement: str) -> None:
    """Change rows as somebody with the owner's rights would: past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.mark.django_db
def test_a_list_is_one_row_and_ones_own_file_is_none() -> None:
    note(ONE, OTHER, ONE, way="list")
    note(ONE, actor=Actor(door=Door.CITIZEN, person_id=ONE))
    looks.note([], way="list", purpose="case", actor=CLERK, now=NOW)
    look = Look.objects.get()
    assert (sorted(look.person_ids), look.way, look.actor) == (sorted([ONE, OTHER]), "list", f"staff:{CLERK.post_id}")
    assert (look.role, look.organisation, look.region) == ("clerk", "hall", CLERK.region)


@pytest.mark.django_db
def test_a_person_sees_the_looks_at_themselves_and_nobody_else_does() -> None:
    note(ONE, OTHER, way="list")
    note(OTHER)
    seen = {
        actor: Look.objects.visible_to(actor).count()
        for actor in (Actor(door=Door.CITIZEN, person_id=ONE), Actor(door=Door.CITIZEN, person_id=OTHER), CLERK, SYSTEM)
    }
    assert list(seen.values()) == [1, 2, 0, 2]


@pytest.mark.django_db
def test_looks_lie_in_the_partition_of_their_month_and_none_is_lost() -> None:
    note()
    note(now=datetime(2001, 1, 1, tzinfo=UTC))
    with connection.cursor() as cursor:
        cursor.execute("SELECT looks_make_room('2026-11-15', 2)")
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM looks_look ORDER BY 1")
        places = [name for (name,) in cursor.fetchall()]
    assert places == ["looks_look_202611", "looks_look_other"]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE looks_look SET purpose = 'x'", "DELETE FROM looks_look_202611"])
def test_a_look_is_neither_changed_nor_deleted(statement: str) -> None:
    note()
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def sealed(transactional_db: None) -> list[Look]:
    """Three looks, two seals, one look that is not sealed yet."""
    note(ONE)
    note(OTHER)
    assert sealing.seal_looks(now=NOW) == 2
    note(ONE, now=NOW + timedelta(minutes=1))
    assert sealing.seal_looks(now=NOW) == 1
    assert sealing.seal_looks(now=NOW) == 0
    note(OTHER, now=NOW + timedelta(minutes=2))
    return list(Look.objects.order_by("id"))


@pytest.mark.usefixtures("sealed")
class TestSealed:
    def test_what_nobody_touched_is_intact(self) -> None:
        report = sealing.verify()
        assert (report.is_intact, report.rows, report.seals, report.unsealed) == (True, 4, 2, 1)
        assert Entry.objects.filter(kind=sealing.KIND).count() == 2
        assert "intact" in CliRunner(env={"ONETHING_LANG": "en"}).invoke(command).output

    @pytest.mark.parametrize(
        ("done", "found"),
        [
            ("UPDATE looks_look SET purpose = 'x' WHERE id = {0}", "was changed"),
            ("DELETE FROM looks_look WHERE id = {1}", "now there are 1"),
            ("UPDATE looks_look SET digest = sha256('x') WHERE id = {2}", "are not those"),
            ("UPDATE looks_seal SET rows = 9", "journal proves"),
            ("DELETE FROM looks_seal", "was removed"),
            ("INSERT INTO looks_look SELECT nextval(pg_get_serial_sequence('looks_look', 'id')), at, actor, "
             "account_id, role, organisation, region, way, purpose, person_ids, digest, "
             "transaction FROM looks_look WHERE id = {0}",
             "now there are 3"),
        ],
    )  # fmt: skip
    def test_what_somebody_did_behind_our_back_is_found(self, done: str, found: str, sealed: list[Look]) -> None:
        change(done.format(*(look.pk for look in sealed)))
        report = sealing.verify()
        assert not report.is_intact
        assert any(found in finding for finding in report.findings), report.findings
        assert CliRunner().invoke(command).exit_code == 1


@pytest.mark.django_db
def test_a_seal_says_until_where() -> None:
    assert sealing.seal_looks(now=NOW) == 0
    assert not LookSeal.objects.exists()
