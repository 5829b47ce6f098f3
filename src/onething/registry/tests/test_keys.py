"""Keys: rotated under running work, indexed anew, their loss rehearsed; retired only when nothing needs them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onething.kernel.access import SYSTEM
from onething.kernel.errors import Refusal
from onething.plumbing import keys
from onething.plumbing.journal.models import Entry as Fact
from onething.plumbing.keys import FileKeys, KeyMissing
from onething.registry import queries, sealing, services
from onething.registry.commands import keys as command
from onething.registry.errors import KeyStillNeeded, KeyStraight, NotRotatedHere, PersonAlreadyRegistered, RosterSealed
from onething.registry.models import Person, PersonKey, Roster
from onething.registry.services import rotation
from onething.registry.tests.factories import NOW, load_regions, person
from onething.registry.tests.rosters import apply, check, row, take, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of keys of this test's own."""
    own = tmp_path / "keys"
    own.mkdir(mode=0o700)
    monkeypatch.setenv("ONETHING_KEYS", str(own))
    keys.provider.cache_clear()
    load_regions()
    yield own
    keys.provider.cache_clear()


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words, input="y\n")


def test_a_rotation_locks_every_key_anew_and_changes_no_value(folder: Path) -> None:
    someone, sealed = person(), {}
    case = sealing.seal(someone.pk, {"a": 1}, field="case")
    sealed = {p.pk: bytes(p.sealed_name or b"") for p in Person.objects.all()}
    assert run("rotate", "field").output == "field.2  1\n"
    assert set(PersonKey.objects.values_list("version", flat=True)) == {2}
    assert {p.pk: bytes(p.sealed_name or b"") for p in Person.objects.all()} == sealed
    assert queries.person(SYSTEM, someone.pk).name == "贺长平"
    assert sealing.unseal(someone.pk, case, field="case") == {"a": 1}
    assert run("retire", "field", "1").exit_code == 0
    assert not (folder / "field.1").exists()
    assert queries.person(SYSTEM, someone.pk).name == "贺长平"
    assert {f.kind for f in Fact.objects.all()} >= {"registry.KeyRotated", "registry.KeyRetired"}


@pytest.mark.slow
def test_more_than_one_piece_is_rotated_to_the_end() -> None:
    count = rotation.PIECE + 3
    roster = apply(take(text(*[row() for _ in range(count)]), kind="extract"))
    assert rotation.rotate(purpose="field", actor=SYSTEM, now=NOW) == (2, count + 1)  # and the roster's own
    assert rotation.rows_by_version("field") == {2: count + 1}
    assert rotation.finish_rotation(purpose="field", actor=SYSTEM, now=NOW) == 0
    assert rotation.rotate(purpose="index", actor=SYSTEM, now=NOW) == (2, count)
    assert Roster.objects.get(pk=roster.pk).data_key


def test_a_version_that_is_needed_or_in_use_is_not_retired() -> None:
    person()
    keys.provider().renew("field")
    with pytest.raises(KeyStillNeeded):
        rotation.retire(purpose="field", version=1, actor=SYSTEM, now=NOW)
    with pytest.raises(KeyStraight):
        rotation.retire(purpose="field", version=2, actor=SYSTEM, now=NOW)
    with pytest.raises(NotRotatedHere):
        rotation.rotate(purpose="seal", actor=SYSTEM, now=NOW)


def test_an_open_roster_counts_as_a_row_and_is_locked_anew() -> None:
    roster = take(text(row("李?")))
    rotation.rotate(purpose="field", actor=SYSTEM, now=NOW)
    assert rotation.rows_by_version("field") == {2: 1}
    assert check(Roster.objects.get(pk=roster.pk)).faulty == 1


def test_between_a_new_index_key_and_the_end_of_the_re_index_everybody_is_found() -> None:
    old = person(phone="13800000001")
    keys.provider().renew("index")
    new = person(phone="13800000002")
    for someone in (old, new):
        assert queries.person_by_id_number(someone.id_number) == someone
        assert queries.persons_by_phone(someone.phone) == [someone]
    with pytest.raises(PersonAlreadyRegistered):
        person(id_number=old.id_number)
    known = check(take(text(row("贺长平", 身份证号=old.id_number), row("贺长平", 身份证号=new.id_number))))
    assert (known.new_persons, known.known_persons) == (0, 2)
    assert run("reindex").output == "1\n"
    assert rotation.rows_by_version("index") == {2: 2}
    assert run("retire", "index", "1").exit_code == 0
    assert queries.person_by_id_number(old.id_number) == old
    assert queries.persons_by_phone("13800000001") == [old]


def test_a_correction_brings_the_index_to_the_newest_key() -> None:
    someone = person()
    keys.provider().renew("index")
    services.correct_person(person_id=someone.pk, phone="13900000009", source="desk", actor=SYSTEM, now=NOW)
    assert rotation.rows_by_version("index") == {2: 1}


def test_the_drill_shows_that_a_good_backup_brings_everything_back(folder: Path, tmp_path: Path) -> None:
    for _ in range(3):
        person()
    shutil.copytree(folder, tmp_path / "backup")
    answer = run("drill", "--backup", str(tmp_path / "backup"))
    assert answer.exit_code == 0
    assert answer.output == ("persons 3, sample 3\nwithout keys: 0 open\nwith the backup: 3 open, 3 found by number\n")


@pytest.mark.parametrize("missing", ["field.1", "index.1"])
def test_the_drill_fails_where_the_backup_lacks_a_key(folder: Path, tmp_path: Path, missing: str) -> None:
    person()
    backup = tmp_path / "backup"
    shutil.copytree(folder, backup)
    (backup / missing).unlink()
    answer = run("drill", "--backup", str(backup))
    assert answer.exit_code == 1
    assert f"not in the backup: {missing}" in answer.output
    assert (folder / missing).exists()  # those in use were not touched
    assert not (backup / missing).exists()


def test_the_drill_fails_where_the_backup_holds_another_key(folder: Path, tmp_path: Path) -> None:
    person()
    backup = tmp_path / "backup"
    shutil.copytree(folder, backup)
    (backup / "field.1").write_bytes(b"x" * 32)
    assert run("drill", "--backup", str(backup)).exit_code == 1


def test_after_a_real_loss_nothing_opens_and_the_backup_heals_it(folder: Path, tmp_path: Path) -> None:
    someone = person()
    backup = tmp_path / "backup"
    shutil.copytree(folder, backup)
    (folder / "field.1").unlink()
    with pytest.raises(KeyMissing):
        _ = Person.objects.with_keys().get(pk=someone.pk).name
    shutil.copy(backup / "field.1", folder / "field.1")
    assert Person.objects.with_keys().get(pk=someone.pk).name == "贺长平"


def test_the_status_tells_versions_and_rows() -> None:
    person()
    rotation.rotate(purpose="index", actor=SYSTEM, now=NOW)
    lines = [line.split() for line in run("status").output.splitlines()]
    assert ["index", "1", "0"] in lines
    assert ["index", "2", "1", "*"] in lines
    assert ["field", "1", "1", "*"] in lines


def test_a_file_that_names_a_forgotten_person_is_closed_too() -> None:
    roster = apply(take(text(row("甲乙"), row("丙丁"))))
    gone = Person.objects.first()
    assert gone is not None
    services.forget_person(person_id=gone.pk, actor=SYSTEM, now=NOW)
    roster = Roster.objects.get(pk=roster.pk)
    assert roster.wrapped_key is None
    with pytest.raises(RosterSealed):
        _ = roster.data_key
    assert not gone.statements.exists()
    assert not hasattr(Person.objects.get(pk=gone.pk), "arrival")
    with pytest.raises(Refusal):
        queries.person(SYSTEM, gone.pk)


def test_a_key_file_that_was_replaced_is_read_again_and_one_that_is_gone_is_missing(tmp_path: Path) -> None:
    ring = FileKeys(tmp_path)
    before = ring.secret("field")
    assert ring.secret("field", 1) == before
    fresh = tmp_path / "restored"
    fresh.write_bytes(bytes(32))
    fresh.rename(tmp_path / "field.1")
    assert ring.secret("field", 1) == bytes(32)
    (tmp_path / "field.1").unlink()
    with pytest.raises(KeyMissing):
        ring.secret("field", 1)
