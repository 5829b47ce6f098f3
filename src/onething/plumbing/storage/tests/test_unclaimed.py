"""Files between being written and being named: a crash leaves no stranger, and nothing that is named is ever swept."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from onething.plumbing import storage
from onething.plumbing.storage import files
from onething.plumbing.storage import services as store
from onething.plumbing.storage.models import UnclaimedFile

NOW = datetime(2026, 9, 28, 8, 0, tzinfo=UTC)
LATER = NOW + store.SAFE_AGE

pytestmark = pytest.mark.django_db


def _new() -> str:
    return store.put_unclaimed(os.urandom(40), now=NOW).key


def test_what_no_row_ever_named_is_swept_after_the_safe_age_and_not_before():
    key = _new()
    assert store.sweep_unclaimed(now=LATER - timedelta(seconds=1)) == 0
    assert files.exists(key)
    assert store.sweep_unclaimed(now=LATER) == 1
    assert not files.exists(key)
    assert store.sweep_unclaimed(now=LATER) == 0


def test_a_claimed_file_is_never_swept():
    key = _new()
    store.claim(key)
    assert store.sweep_unclaimed(now=NOW + timedelta(days=10_000)) == 0
    assert files.exists(key)


def test_a_file_of_the_plain_store_is_never_swept():
    key = storage.put(os.urandom(40)).key
    assert store.sweep_unclaimed(now=NOW + timedelta(days=10_000)) == 0
    assert files.exists(key)


def test_a_row_that_was_taken_back_leaves_its_file_unclaimed():
    key = _new()
    with pytest.raises(RuntimeError), transaction.atomic():
        store.claim(key)
        raise RuntimeError("the row is refused after all")
    assert store.sweep_unclaimed(now=LATER) == 1


def test_a_file_announced_and_never_written_is_forgotten():
    UnclaimedFile.objects.create(key="0" * 64, since=NOW)
    assert store.sweep_unclaimed(now=LATER) == 1
    assert not UnclaimedFile.objects.exists()


def test_equal_content_stays_somebodys():
    content = os.urandom(40)
    key = store.put_unclaimed(content, now=NOW).key
    store.claim(key)
    store.put_unclaimed(content, now=NOW)  # written again, never claimed
    assert store.sweep_unclaimed(now=LATER) == 0
    assert files.exists(key)


def test_what_is_let_go_is_swept_later():
    key = _new()
    store.claim(key)
    store.let_go(key=key, now=NOW)
    assert files.exists(key)
    assert store.sweep_unclaimed(now=LATER) == 1
    assert not files.exists(key)


def test_whoever_claims_too_late_is_told():
    key = _new()
    store.sweep_unclaimed(now=LATER)
    with pytest.raises(storage.FileMissing):
        store.claim(key)


def test_a_removal_is_a_fact():
    key = _new()
    store.sweep_unclaimed(now=LATER)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM journal_entry WHERE kind LIKE '%%FileSwept' AND payload->>'file_key' = %s", [key]
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_sweep_leaves_what_is_being_claimed_at_this_moment(transactional_db):
    """Two connections: while one transaction holds the claim, the sweep of another passes by."""
    key, swept = _new(), []

    def sweep() -> None:
        swept.append(store.sweep_unclaimed(now=LATER))
        connection.close()

    with transaction.atomic():
        store.claim(key)
        other = threading.Thread(target=sweep)
        other.start()
        other.join(timeout=20)
        assert swept == [0]
    assert files.exists(key)
    assert store.sweep_unclaimed(now=LATER) == 0
