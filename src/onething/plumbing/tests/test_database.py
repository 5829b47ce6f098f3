"""The address of the database, as the environment names it."""

from __future__ import annotations

import os

import psycopg
import pytest

from onething.plumbing import database


def test_several_hosts_are_tried_in_their_order() -> None:
    entry = database.from_url(
        "postgresql://a:p%40ss@db1:5432,db2:5433/one?target_session_attrs=read-write&sslmode=require"
    )
    assert (entry["HOST"], entry["PORT"], entry["USER"], entry["PASSWORD"], entry["NAME"]) == (
        "db1,db2", "5432,5433", "a", "p@ss", "one",
    )  # fmt: skip
    assert entry["OPTIONS"] == {"target_session_attrs": "read-write", "sslmode": "require"}


def test_a_host_that_is_away_is_passed_over() -> None:
    """With the driver itself: the first host answers nobody, the second one is the server of this run."""
    told = database.from_url(os.environ["DATABASE_URL"])
    url = f"postgresql://{told['USER']}:{told['PASSWORD']}@127.0.0.1:9,{told['HOST']}:{told['PORT']}/{told['NAME']}"
    entry = database.from_url(url)
    with psycopg.connect(
        host=entry["HOST"], port=entry["PORT"], user=entry["USER"], password=entry["PASSWORD"], dbname=entry["NAME"]
    ) as session:
        assert session.info.port == int(told["PORT"])


@pytest.mark.parametrize("url", ["nonsense", "mysql://a:secret@h/x", "postgresql://a:secret@h/x?no_such=1"])
def test_what_postgresql_does_not_read_is_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(database.UrlUnreadable) as refused:
        database.from_url(url)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None
