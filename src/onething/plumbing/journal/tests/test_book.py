"""One service is one transaction: its facts, the jobs of those who listen, and what it has read once."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from onething.kernel.access import SYSTEM
from onething.plumbing.journal import book, joins, listening, on, publish, writes
from onething.plumbing.journal.models import Entry
from onething.plumbing.journal.tests.stories import NOW, LampLit

pytestmark = pytest.mark.django_db


@pytest.fixture
def _listens_to_many_lamps() -> Iterator[None]:
    @on(LampLit, lock="street:{street}", when=lambda fact: fact.lamps > 10)
    def admire(fact: LampLit) -> None: ...

    yield
    listening._listeners[LampLit].pop()


@writes
def light(*lamps: int) -> None:
    for count in lamps:
        publish(LampLit(case_id=uuid4(), street="北大街", lamps=count), actor=SYSTEM, at=NOW)


@pytest.mark.usefixtures("_listens_to_many_lamps")
def test_a_listener_that_has_nothing_to_do_gets_no_job() -> None:
    entries = Entry.objects.count()
    light(3, 12, 7)
    assert Entry.objects.count() == entries + 3
    lamps = ProcrastinateJob.objects.filter(args__fact_values__has_key="lamps")  # others may have left jobs of theirs
    jobs = list(lamps.values_list("lock", "args"))
    assert [(lock, args["fact_values"]["lamps"]) for lock, args in jobs] == [("street:北大街", 12)]


class Well:
    """Counts how often somebody draws from it."""

    def __init__(self) -> None:
        self.drawn = 0

    def draw(self) -> int:
        self.drawn += 1
        return self.drawn


def test_once_is_once_in_a_service_and_every_time_outside() -> None:
    well = Well()

    @writes
    def inner() -> int:
        return book.once("well", well.draw)

    @writes
    def outer() -> list[int]:
        return [book.once("well", well.draw), inner(), book.once("well", well.draw)]

    assert outer() == [1, 1, 1]
    assert outer() == [2, 2, 2]
    assert [book.once("well", well.draw), book.once("well", well.draw)] == [3, 4]


def test_what_is_changed_is_read_anew() -> None:
    well = Well()

    @writes
    def change() -> list[int]:
        first = book.once("well", well.draw)
        book.read_anew("well")
        return [first, book.once("well", well.draw)]

    assert change() == [1, 2]


@joins
def burn_out(*lamps: int) -> None:
    light(*lamps)
    raise LookupError


def test_a_part_that_was_refused_ends_its_service_even_if_that_goes_on() -> None:
    @writes
    def go_on() -> None:
        light(1)
        with pytest.raises(LookupError):
            burn_out(2)

    entries = Entry.objects.count()
    with pytest.raises(RuntimeError, match="went on"):
        go_on()
    assert Entry.objects.count() == entries


def test_a_part_within_one_that_was_taken_back_is_taken_back_with_it() -> None:
    @writes
    def inner() -> None:
        burn_out(2)

    @writes
    def outer() -> None:
        light(1)
        with pytest.raises(LookupError):
            inner()

    entries = Entry.objects.count()
    outer()
    assert Entry.objects.count() == entries + 1


def test_a_part_alone_is_a_transaction_of_its_own() -> None:
    entries = Entry.objects.count()
    with pytest.raises(LookupError):
        burn_out(1)
    assert Entry.objects.count() == entries
    joins(light)(1, 2)
    assert Entry.objects.count() == entries + 2
