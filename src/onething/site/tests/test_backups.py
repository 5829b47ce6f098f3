"""A backup is taken of an installation that works, and brought back into an empty one: all of it, or nothing of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from onething.cases.tests import factories
from onething.kernel.access import SYSTEM
from onething.plumbing import keys, places, storage
from onething.plumbing.embedded import EmbeddedServer
from onething.plumbing.journal import counting, sealing
from onething.registry import forgotten, jobs
from onething.registry import services as registry
from onething.registry.events import PersonForgotten
from onething.registry.models import Person
from onething.site.backups import key_folders, pool, programs, restoring, taking
from onething.site.backups.errors import (
    BackupDamaged,
    FilesMissing,
    KeysBeside,
    KeysWanting,
    NotABackup,
    NotEmpty,
    ProgramFailed,
)
from onething.site.backups.manifest import Manifest, sha256_of
from onething.site.backups.taking import Taken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """Start another server, whose counter of transactions begins anew."""
    server = EmbeddedServer(Path("/var/tmp") / f"onething-pg-elsewhere-{os.getpid()}", options={"fsync": "off"})
    server.start()
    yield server
    server.stop()
    subprocess.run(["rm", "-rf", str(server.cluster)], check=True)


@pytest.fixture
def empty(elsewhere: EmbeddedServer, tmp_path: Path) -> dict[str, str]:
    """Give the environment of an empty installation on the other server."""
    name = f"empty_{uuid4().hex[:8]}"
    address = elsewhere.start()
    with psycopg.connect(address.url, autocommit=True) as session:
        session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = address.url.rpartition("/")[0] + f"/{name}"
    home = tmp_path / "new home"
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ONETHING_", "DATABASE_"))}
    return {**kept, "DATABASE_URL": url, "ONETHING_HOME": str(home), "ONETHING_LANG": "en"}


@pytest.fixture
def taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Taken:
    """Save an installation with one submitted case, its papers and a sealed journal."""
    monkeypatch.setenv("ONETHING_HOME", str(tmp_path / "home"))
    factories.case()
    sealing.seal_journal(folder=places.private("seals"), now=factories.NOW)
    key_folders.save_keys(tmp_path / "keys", backups=tmp_path / "backups", ring=keys.provider())
    return taking.take(tmp_path / "backups", now=factories.NOW)


def onething(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from onething.site.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)


def tables_of(environment: dict[str, str]) -> int:
    with psycopg.connect(environment["DATABASE_URL"]) as session:
        row = session.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return int(row[0]) if row else 0


def test_everything_comes_back_on_another_server_and_the_journal_goes_on(
    taken: Taken, empty: dict[str, str], tmp_path: Path
) -> None:
    done = onething(empty, "restore", taken.folder, "--keys", tmp_path / "keys", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["journal_is_intact"]
    assert told["rows"] == sum(taken.manifest.rows.values()) > 100
    assert told["files"] == len(taken.manifest.files) > 0
    with psycopg.connect(empty["DATABASE_URL"]) as session:
        beyond = session.execute("SELECT max(until) FROM journal_seal").fetchone()
        ahead = session.execute("SELECT max(ahead) FROM journal_moved").fetchone()
        here = session.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
    assert beyond and ahead and here
    assert here[0] < beyond[0] < here[0] + ahead[0]  # without counting on, nothing would be sealed for a long time
    write_and_seal = (
        "from onething.site.installing import set_django_up; set_django_up();"
        "from onething.cases.tests import factories; factories.person('990123199905210177');"
        "from onething.plumbing import clock, places;"
        "from onething.plumbing.journal import sealing;"
        "print(sum(s.rows for s in sealing.seal_journal(folder=places.private('seals'), now=clock.now())))"
    )
    sealed = subprocess.run([sys.executable, "-c", write_and_seal], env=empty, capture_output=True, text=True)
    assert int(sealed.stdout) > 0, sealed.stderr
    assert onething(empty, "journal", "verify").returncode == 0


def forget_the_soldier(home: Path) -> UUID:
    """Forget the one person of the backup, and let the worker write it down."""
    person = Person.objects.get(forgotten_at=None)
    registry.forget_person(person_id=person.pk, actor=SYSTEM, now=factories.NOW)
    jobs.remember_to_forget(PersonForgotten(person_id=person.pk))
    assert forgotten.read(home / "seals") == {person.pk}
    return person.pk


FORGOTTEN = (
    "SELECT forgotten_at IS NOT NULL, NOT EXISTS (SELECT FROM registry_personkey k WHERE k.person_id = p.id "
    "AND length(k.wrapped) > 0) FROM registry_person p WHERE id = %s"
)


def test_who_was_forgotten_after_the_backup_is_forgotten_again(
    taken: Taken, empty: dict[str, str], tmp_path: Path
) -> None:
    person = forget_the_soldier(tmp_path / "home")
    taking.take(tmp_path / "backups", now=factories.NOW.replace(hour=8))  # the list beside all backups is newer now
    assert forgotten.read(tmp_path / "backups") == {person}
    done = onething(empty, "restore", taken.folder, "--keys", tmp_path / "keys", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["forgotten_again"] == 1
    with psycopg.connect(empty["DATABASE_URL"]) as session:
        assert session.execute(FORGOTTEN, [person]).fetchone() == (True, True)
    assert forgotten.read(Path(empty["ONETHING_HOME"]) / "seals") == {person}  # and by the next restore again
    assert onething(empty, "journal", "verify").returncode == 0


def test_a_list_that_broke_off_keeps_its_whole_lines(tmp_path: Path) -> None:
    one, two = uuid4(), uuid4()
    forgotten.write(tmp_path, {one})
    with (tmp_path / forgotten.NAME).open("a") as file:
        file.write(str(two)[:20])
    assert forgotten.read(tmp_path) == {one}
    forgotten.write(tmp_path, {two})
    assert forgotten.read(tmp_path) == {one, two}


def test_a_backup_holds_no_number_no_name_and_no_key(taken: Taken, tmp_path: Path) -> None:
    place = programs.binaries.find(programs.database.cluster_folder().parent)
    for part in taking.DUMPS:
        text = subprocess.run([place / "pg_restore", "--file=-", taken.folder / part], capture_output=True, check=True)
        for secret in ("何青松", "990123199905210150", "19900000001"):
            assert secret.encode() not in text.stdout
    secrets = [key.read_bytes() for key in (tmp_path / "keys").iterdir()]
    written = [file.read_bytes() for file in (tmp_path / "backups").rglob("*") if file.is_file()]
    assert secrets
    assert not any(secret in content for secret in secrets for content in written)


def test_the_persons_keys_lie_in_a_dump_of_their_own(taken: Taken) -> None:
    place = programs.binaries.find(programs.database.cluster_folder().parent)
    text = subprocess.run(
        [place / "pg_restore", "--file=-", taken.folder / "database.dump"], capture_output=True, check=True
    )
    assert b"COPY public.registry_person " in text.stdout
    assert b"COPY public.registry_personkey " not in text.stdout


def test_nothing_is_restored_over_something(taken: Taken, tmp_path: Path) -> None:
    with pytest.raises(NotEmpty):
        restoring.restore(taken.folder, key_folder=None, now=factories.NOW)


def test_a_damaged_part_is_named_and_nothing_is_restored(taken: Taken, empty: dict[str, str]) -> None:
    dump = taken.folder / "database.dump"
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)
    done = onething(empty, "restore", taken.folder)
    assert done.returncode == 1
    assert "database.dump differs" in done.stderr
    assert tables_of(empty) == 0


def test_a_second_dump_that_breaks_off_takes_the_first_one_back(
    taken: Taken, empty: dict[str, str], tmp_path: Path
) -> None:
    broken = taken.folder / "person-keys.dump"
    broken.write_bytes(broken.read_bytes()[:-200])
    whole = json.loads((taken.folder / "manifest.json").read_text())
    whole["parts"]["person-keys.dump"] = sha256_of(broken)
    (taken.folder / "manifest.json").write_text(json.dumps(whole))
    done = onething(empty, "restore", taken.folder, "--keys", tmp_path / "keys")
    assert done.returncode == 1
    assert "ended with an error" in done.stderr
    assert tables_of(empty) == 0


def test_other_keys_do_not_fit(taken: Taken, empty: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "keys" / "field.1").write_bytes(b"\x00" * 32)
    done = onething(empty, "restore", taken.folder, "--keys", tmp_path / "keys")
    assert done.returncode == 1
    assert "do not open what the backup holds" in done.stderr
    assert tables_of(empty) == 0


def test_a_file_that_is_gone_from_the_pool_is_named(taken: Taken) -> None:
    first = taken.manifest.files[0]
    (taken.folder.parent / "files" / first[:2] / first).unlink()
    with pytest.raises(FilesMissing, match=first):
        restoring.restore(taken.folder, key_folder=None, now=factories.NOW)


def test_a_folder_without_a_manifest_is_no_backup(taken: Taken, tmp_path: Path) -> None:
    (taken.folder / "manifest.json").unlink()
    with pytest.raises(NotABackup):
        Manifest.read(taken.folder)
    with pytest.raises(NotABackup):
        Manifest.read(tmp_path / "nothing")


def test_a_part_that_was_changed_is_named(taken: Taken) -> None:
    (taken.folder / "seals.jsonl").write_text("{}\n")
    with pytest.raises(BackupDamaged, match=r"seals\.jsonl"):
        Manifest.read(taken.folder)


def test_files_are_kept_once_and_removed_with_their_last_backup(taken: Taken) -> None:
    backups, later = taken.folder.parent, factories.NOW.replace(hour=5)
    before = set(pool.keys_in(backups / "files"))
    gone = storage.put(b"will be removed").key
    between = taking.take(backups, now=factories.NOW.replace(hour=4))
    storage.delete(gone)
    last = taking.take(backups, now=later)
    assert set(between.manifest.files) == before | {gone}
    assert set(last.manifest.files) == before
    assert taking.prune(backups, keep=1) == [taken.folder, between.folder]
    assert set(pool.keys_in(backups / "files")) == before
    assert Manifest.read(last.folder) == last.manifest


def test_a_damaged_file_of_the_store_is_told_and_left_out(taken: Taken) -> None:
    key = storage.put(b"was whole once").key
    (places.private("files") / key[:2] / key).write_bytes(b"is not any more")
    again = taking.take(taken.folder.parent, now=factories.NOW.replace(hour=6))
    assert again.damaged == [key]
    assert key not in again.manifest.files


def test_keys_never_lie_with_the_backups(tmp_path: Path) -> None:
    with pytest.raises(KeysBeside):
        key_folders.save_keys(tmp_path / "backups" / "keys", backups=tmp_path / "backups", ring=keys.provider())


def test_a_backup_that_fails_leaves_nothing(taken: Taken) -> None:
    told = connection.settings_dict["PASSWORD"]
    connection.settings_dict["PASSWORD"] = "wrong"  # of the programs; our own session goes on
    try:
        with pytest.raises(ProgramFailed):
            taking.take(taken.folder.parent, now=factories.NOW.replace(hour=7))
    finally:
        connection.settings_dict["PASSWORD"] = told
    assert [folder.name for folder in taken.folder.parent.iterdir()] in (
        ["files", taken.folder.name],
        [taken.folder.name, "files"],
    )


def test_a_server_that_is_not_behind_changes_nothing() -> None:
    assert counting.go_on_here() == counting.ahead() == 0


def test_without_keys_nothing_is_restored(taken: Taken, empty: dict[str, str]) -> None:
    done = onething(empty, "restore", taken.folder)
    assert done.returncode == 1
    assert KeysWanting.remedy.split(".")[0] in done.stderr
