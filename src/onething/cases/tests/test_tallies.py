"""The numbers on the tabs are kept counters: after every step they are what counting row by row would find."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from onething.cases import queries, services, tallying
from onething.cases.models import Case, Concern, Draft, Task, Thread
from onething.cases.piles import Pile
from onething.cases.states import AT_WORK, OPEN, CaseState, TaskState
from onething.cases.tests import factories
from onething.cases.tests.factories import NOW
from onething.cases.tests.test_services import say
from onething.exchange import queue
from onething.exchange.queue import Ask, Group
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing import clock, tallies
from onething.plumbing.tallies import merging

pytestmark = pytest.mark.django_db

TODAY = clock.day_of(NOW)
DAYS = [None, *(TODAY + timedelta(days=n) for n in range(-2, 4))]
VILLAGE, COUNTY, PROVINCE, ELSEWHERE = "990123001001", "990123000000", "990000000000", "980101000000"
DIVISIONS = (VILLAGE, COUNTY, PROVINCE, ELSEWHERE)


def clerk(region: str, *more: str) -> Actor:
    permissions = frozenset({"cases.read_case", "cases.take_up_concern", "cases.talk", "exchange.work_queue", *more})
    return Actor(
        door=Door.STAFF, account_id=uuid4(), post_id=uuid4(), organisation="hall", region=region,
        permissions=permissions,
    )  # fmt: skip


CLERKS = [clerk(region) for region in DIVISIONS]


def counted(actor: Actor, today: object) -> dict[Pile, int]:
    """Count the piles as the list shows them, row by row."""
    found = Counter(Pile(case.pile) for case in queries.work_list(actor, today=today))
    return {pile: found[pile] for pile in Pile if pile is not Pile.ENDED}


def agree() -> None:
    for actor in (SYSTEM, *CLERKS):
        for today in (TODAY, TODAY + timedelta(days=2)):
            assert queries.pile_sizes(actor, today=today) == counted(actor, today)
    assert tallies.differences(*tallying.BOARDS) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_moves_the_counters_are_what_counting_finds(seed: int) -> None:
    dice = random.Random(seed)
    cases = [factories.case()]
    for _ in range(3):
        cases.append(copy_of(cases[0]))
    agree()
    for _ in range(40):
        step(dice, dice.choice(cases))
        if dice.random() < 0.2:
            merging.add_up(portion=dice.choice([2, 1000]))
        agree()


def copy_of(case: Case) -> Case:
    """Write another case with the same matters, row by row, as nothing of ours does."""
    tasks = list(case.tasks.all())
    other = Case.objects.get(pk=case.pk)
    other.pk, other.number = uuid4(), f"{case.number[:-4]}{uuid4().hex[:6]}"
    other.save(force_insert=True)
    for task in tasks:
        task.pk, task.case = uuid4(), other
    Task.objects.bulk_create(tasks)
    return other


def step(dice: random.Random, case: Case) -> None:
    """Move one or several rows in one statement, in any way their constraints allow."""
    tasks = list(Task.objects.filter(case=case))
    kind = dice.randrange(7)
    if kind == 0:
        Case.objects.filter(pk=case.pk).update(due=dice.choice(DAYS))
    elif kind == 1:
        Case.objects.filter(pk=case.pk).update(
            region=dice.choice(DIVISIONS), intake_region=dice.choice(("", *DIVISIONS))
        )
    elif kind == 2:
        ended = dice.random() < 0.5
        state, at = (CaseState.SETTLED, NOW) if ended else (CaseState.RUNNING, None)
        Case.objects.filter(pk=case.pk).update(state=state, settled_at=at)
    elif kind == 3 and not Draft.objects.filter(case=case).exists() and dice.random() < 0.3:
        Case.objects.filter(pk=case.pk).delete()
    elif kind == 4 and dice.random() < 0.3:
        Task.objects.filter(pk__in=[task.pk for task in dice.sample(tasks, min(2, len(tasks)))]).delete()
    else:
        for task in dice.sample(tasks, min(dice.randrange(1, 5), len(tasks))):
            put(dice, task)
        Task.objects.bulk_update(tasks, ["state", "due", "started_at", "ended_at", "said"]) if tasks else None


def put(dice: random.Random, task: Task) -> None:
    task.state = dice.choice(list(TaskState))
    task.due = dice.choice(DAYS)
    task.started_at = NOW if task.state in AT_WORK else task.started_at
    task.ended_at = None if task.state in OPEN else NOW
    task.said = b"." if task.state == TaskState.REFUSED else task.said


def test_a_case_is_counted_from_its_submission_to_its_end() -> None:
    agree()
    case = factories.case()
    agree()
    assert queries.pile_sizes(CLERKS[1], today=TODAY)[Pile.RUNNING] == 1
    say(case, "report_in", "returned", message="改", correction={"fields": ["full_name"]}, at=NOW)
    agree()
    assert queries.pile_sizes(CLERKS[2], today=TODAY)[Pile.PERSON] == 1
    services.withdraw_case(case=case, actor=SYSTEM, now=NOW)
    agree()
    assert sum(queries.pile_sizes(SYSTEM, today=TODAY).values()) == 0


def test_a_refused_service_leaves_the_counters_as_they_were() -> None:
    case = factories.case()
    with pytest.raises(RuntimeError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(due=TODAY - timedelta(days=5))
        assert queries.pile_sizes(SYSTEM, today=TODAY)[Pile.OVERDUE] == 1
        raise RuntimeError
    assert queries.pile_sizes(SYSTEM, today=TODAY)[Pile.OVERDUE] == 0
    agree()


def test_nobody_is_told_numbers_who_may_not_read_cases() -> None:
    factories.case()
    stranger = Actor(door=Door.STAFF, account_id=uuid4(), region=COUNTY, permissions=frozenset())
    assert sum(queries.pile_sizes(stranger, today=TODAY).values()) == 0
    assert sum(queries.pile_sizes(clerk(""), today=TODAY).values()) == 0


def test_the_tabs_cost_one_query_that_reads_no_case() -> None:
    factories.case()
    with CaptureQueriesContext(connection) as asked:
        queries.pile_sizes(CLERKS[1], today=TODAY)
    assert len(asked) == 1
    assert "cases_" not in asked.captured_queries[0]["sql"]


@pytest.mark.parametrize("seed", [3, 4])
def test_concerns_and_threads_are_counted_as_they_move(seed: int) -> None:
    dice, case = random.Random(seed), factories.case()
    mine = CLERKS[1].account_id
    for number in range(30):
        if dice.random() < 0.4:
            Concern.objects.create(
                case=case, region=dice.choice(DIVISIONS), kind="stuck", about=str(number), since=NOW,
                due=dice.choice(DAYS),
            )  # fmt: skip
        for concern in Concern.objects.all()[: dice.randrange(3)]:
            taken = dice.choice([None, mine, uuid4()])
            concern.taken_by, concern.taken_at = taken, NOW if taken else None
            concern.done_at = dice.choice([None, NOW])
            concern.save()
        waits = dice.random() < 0.6
        Thread.objects.update_or_create(
            case=case,
            defaults={
                "region": dice.choice(DIVISIONS), "unanswered": int(waits), "waiting_since": NOW if waits else None,
                "due": dice.choice(DAYS[1:]) if waits else None,
            },
        )  # fmt: skip
        assert tallies.differences(tallying.CONCERNS, tallying.THREADS) == []
        for actor in CLERKS:
            for is_mine in (True, False):
                ask = Ask(now=NOW, today=TODAY, is_mine=is_mine)
                rows = queue.count([one.arms(actor, ask) for one in queue._sources])
                assert queue.sizes(actor, ask) == dict.fromkeys(Group, 0) | rows
