"""My queue: the order of work, pages, tabs, who has what, and many orders at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from onething.catalogue import services as catalogue
from onething.exchange import queue, routing, services
from onething.exchange.errors import NoSuchColleague, OrderAlreadyAnswered
from onething.exchange.models import Order, Reply, Urging
from onething.exchange.queue import Ask, Group, Key
from onething.exchange.tests.factories import COUNTY, NOW, answer, clerk, connect, draft, load_regions, order, place
from onething.identity import services as identity
from onething.identity.models import Post
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing import clock
from onething.plumbing.looks.models import Look
from onething.plumbing.packs import read_pack
from onething.registry.models import Organisation
from onething.registry.tests.factories import organisation, person

pytestmark = pytest.mark.django_db

TODAY = clock.day_of(NOW)
INDEXES = ("exchange_order_queue", "exchange_order_desk")
OWN_INDEX = {Group.WITHDRAWN: ("exchange_withdrawal_open",), Group.RETURNED: ("exchange_order_returned",)}


@pytest.fixture(autouse=True)
def _county() -> None:
    load_regions()
    connect(connector="desk")


def ask(**more: Any) -> Ask:
    return Ask(**{"now": NOW, "today": TODAY, **more})


def seat(name: str, code: str = "police-desk", role: str = "department") -> Post:
    """Give somebody a post at a desk."""
    office = Organisation.objects.filter(code=code).first() or organisation(code, department=code)
    account = identity.open_account(username=f"at.{name}", display_name=name, actor=SYSTEM, now=NOW)
    return identity.give_post(
        account=account, role=role, organisation=office, region=COUNTY, valid_from=NOW - timedelta(days=900),
        actor=SYSTEM, now=NOW,
    )  # fmt: skip


def actor_of(post: Post) -> Actor:
    return Actor(
        door=Door.STAFF, account_id=post.account_id, post_id=post.pk, organisation=post.organisation.code,
        region=COUNTY, permissions=frozenset({"exchange.answer_order", "exchange.work_queue"}),
    )  # fmt: skip


def listed(**more: Any) -> list[UUID]:
    return [item.key.pk for item in queue.page_of(clerk(), ask(**more)).items]


def test_the_order_of_work() -> None:
    """Overdue, due today, corrected, new, begun; in each the shortest time left first."""
    days = {"begun": 2, "new": 9, "new soon": 3, "fixed": 8, "due": 0, "late": -1, "very late": -4}
    made = {name: order(due=TODAY + timedelta(days=n)) for name, n in days.items()}
    answer(made["begun"], "accepted")
    answer(made["fixed"], "returned")
    place(draft(person_id=made["fixed"].person_id, task_id=made["fixed"].task_id, round=2,
                due=TODAY + timedelta(days=8)))  # fmt: skip
    asked_back = order(due=TODAY)
    answer(asked_back, "returned")
    made["asked back"] = asked_back
    expected = ["very late", "late", "due", "fixed", "new soon", "new", "begun", "asked back"]
    assert listed() == [made[name].pk for name in expected]
    page = queue.page_of(clerk(), ask())
    assert page.counts == {
        "withdrawn": 0, "overdue": 2, "due": 1, "fixed": 1, "new": 2, "begun": 1, "returned": 1,
    }  # fmt: skip
    assert page.total == 7, "what lies with the applicant is not to be done"
    assert listed(group=Group.NEW) == [made["new soon"].pk, made["new"].pk]


def test_pages_follow_each_other_without_gap_or_double() -> None:
    soldier = person().pk
    dues = [None, *(TODAY + timedelta(days=n % 5 - 2) for n in range(22))]
    place(*(draft(person_id=soldier, due=due) for due in dues))
    whole = listed()
    turned: list[UUID] = []
    after: Key | None = None
    for _page in range(9):
        page = queue.page_of(clerk(), ask(after=after), rows=5)
        turned += [item.key.pk for item in page.items]
        after = page.after
        if after is None:
            break
        assert Key.read(str(after)) == after
    assert turned == whole
    assert len(whole) == len(set(whole)) == 23


@given(text=st.text() | st.from_regex(r"\d\.\d{4}-\d\d-\d\d\.[0-9a-f-]{36}", fullmatch=True))
def test_what_stands_in_the_address_is_a_key_or_nothing(text: str) -> None:
    key = Key.read(text)
    assert key is None or Key.read(str(key)) == key


def test_three_rows_cost_what_three_hundred_cost(client: Client) -> None:
    enter(client, seat("li").account)
    soldier = person().pk
    place(*(draft(person_id=soldier, due=TODAY + timedelta(days=n)) for n in range(3)))
    client.get(reverse("exchange:desk"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("exchange:desk"))
    place(*(draft(person_id=soldier, due=TODAY + timedelta(days=n % 40 - 10)) for n in range(297)))
    with CaptureQueriesContext(connection) as many:
        text = client.get(reverse("exchange:desk")).content.decode()
    assert text.count("data-row>") == queue.ROWS
    assert len(many) == len(few) <= 16


def test_counting_ends_at_its_bound() -> None:
    """A desk with more than that waiting is told “more than”; PostgreSQL reads no further."""
    order()
    arms = queue._sources[0].arms(clerk(), ask())
    with CaptureQueriesContext(connection) as seen:
        queue.count([arms])
    assert seen.captured_queries[0]["sql"].count(f"LIMIT {queue.MOST_COUNTED + 1}") == len(arms)


def test_the_groups_are_read_by_the_desks_indexes() -> None:
    soldier = person().pk
    place(*(draft(person_id=soldier, due=TODAY + timedelta(days=n % 30)) for n in range(60)))
    arms = queue._sources[0].arms(clerk(), ask())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        for group, rows in arms.items():
            plan = rows.order_by("due", "pk").values("pk")[:50].explain()
            used = OWN_INDEX.get(group, INDEXES)
            assert any(index in plan for index in used), (group, plan)


def test_what_lies_with_a_colleague_is_not_mine_until_their_post_ends() -> None:
    mine, theirs = seat("li"), seat("wang")
    one, free = order(), order()
    services.hand_over(order=one, post_id=theirs.pk, actor=actor_of(mine), now=NOW)
    others = frozenset({theirs.pk})
    assert {i.key.pk for i in queue.page_of(actor_of(mine), ask(colleagues=others)).items} == {free.pk}
    assert {i.key.pk for i in queue.page_of(actor_of(mine), ask(is_mine=False)).items} == {one.pk, free.pk}
    assert {i.holder for i in queue.page_of(actor_of(theirs), ask(colleagues=frozenset({mine.pk}))).items} == {
        "", "wang",
    }  # fmt: skip
    with pytest.raises(NoSuchColleague):  # not at this desk
        services.hand_over(order=one, post_id=seat("zhao", "banks-desk").pk, actor=actor_of(mine), now=NOW)


def test_an_expired_post_gets_nothing_and_hides_nothing(client: Client) -> None:
    mine, gone = seat("li"), seat("wang")
    one = order()
    services.hand_over(order=one, post_id=gone.pk, actor=actor_of(mine), now=NOW)
    enter(client, mine.account)
    assert one.case_number not in client.get(reverse("exchange:desk")).content.decode()
    Post.objects.filter(pk=gone.pk).update(valid_to=clock.now() - timedelta(seconds=1))
    assert one.case_number in client.get(reverse("exchange:desk")).content.decode()
    with pytest.raises(NoSuchColleague):
        services.hand_over(order=order(), post_id=gone.pk, actor=actor_of(mine), now=clock.now())


def test_a_strange_desk_has_another_queue(client: Client) -> None:
    one = order()
    enter(client, seat("zhao", "banks-desk").account)
    assert one.case_number not in client.get(reverse("exchange:desk"), {"whose": "all"}).content.decode()
    assert client.post(reverse("exchange:hand_over", args=[one.pk]), {"post": str(uuid4())}).status_code == 404


def test_the_queue_notes_whose_affairs_were_seen(client: Client) -> None:
    one = order()
    enter(client, seat("li").account)
    client.get(reverse("exchange:desk"))
    look = Look.objects.get()
    assert (look.way, look.purpose, look.person_ids) == ("list", "order", [one.person_id])


def test_the_next_one_opens_and_the_filters_stay_in_the_address(client: Client) -> None:
    late, fresh = order(due=TODAY - timedelta(days=90)), order(due=clock.day_of(clock.now()) + timedelta(days=9))
    enter(client, seat("li").account)
    answered = client.get(reverse("exchange:next"), {"group": "new"})
    assert answered["Location"] == reverse("exchange:order", args=[fresh.pk])
    assert client.get(reverse("exchange:next"))["Location"] == reverse("exchange:order", args=[late.pk])
    text = client.get(reverse("exchange:desk"), {"group": "new", "whose": "all"}).content.decode()
    assert "whose=all&amp;group=overdue" in text
    assert client.get(reverse("exchange:desk"), {"group": "x", "after": "%", "whose": "?"}).status_code == 200


# ---- routes ----------------------------------------------------------------------------------------------------


def test_a_matter_goes_to_its_post_and_another_to_everybody() -> None:
    post = seat("li")
    port = order().port
    assert port is not None
    port.routes.create(matter="hukou", post_id=post.pk, set_at=NOW)
    assert order().post_id == post.pk
    assert order(matter="passport").post_id is None


def test_a_corrected_order_comes_back_to_who_has_it() -> None:
    mine, theirs = seat("li"), seat("wang")
    one = order()
    services.hand_over(order=one, post_id=theirs.pk, actor=actor_of(mine), now=NOW)
    assert one.port is not None
    one.port.routes.create(matter="hukou", post_id=mine.pk, set_at=NOW)
    answer(one, "returned")
    (again,) = place(draft(person_id=one.person_id, task_id=one.task_id, round=2))
    assert again.post_id == theirs.pk


# ---- many at once ----------------------------------------------------------------------------------------------


def bundle(client: Client, action: str, orders: list[Order], **words: Any) -> str:
    """Choose, look at the preview, confirm; give the page that tells what became of them."""
    preview = client.post(reverse("exchange:bundle"), {"action": action, "order": [str(o.pk) for o in orders]})
    fields = hidden(preview.content.decode())
    return client.post(reverse("exchange:bundle_done"), {**fields, **words}).content.decode()


def hidden(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', text):
        found.setdefault(name, []).append(value)
    return found


def test_many_are_approved_each_by_itself(client: Client) -> None:
    complete = [order() for _ in range(3)]
    lacking = order(materials=[services.MaterialSent(id="photo", title="照片")])
    enter(client, seat("li").account)
    preview = client.post(
        reverse("exchange:bundle"), {"action": "approve", "order": [str(o.pk) for o in [*complete, lacking]]}
    ).content.decode()
    assert "4 件中 3 件可以办" in preview
    assert "还缺材料：照片" in preview
    assert not Reply.objects.exists()
    text = bundle(client, "approve", [*complete, lacking], words="准予")
    assert "办好 3 件，没动 0 件" in text
    assert {o.state for o in Order.objects.filter(pk__in=[o.pk for o in complete])} == {"answered"}
    lacking.refresh_from_db()
    assert lacking.state == "sent"


def test_sent_twice_counts_once_and_says_the_same(client: Client) -> None:
    orders = [order(), order()]
    enter(client, seat("li").account)
    preview = client.post(reverse("exchange:bundle"), {"action": "approve", "order": [str(o.pk) for o in orders]})
    fields = {**hidden(preview.content.decode()), "words": "准予"}
    for _ in range(2):
        text = client.post(reverse("exchange:bundle_done"), fields).content.decode()
        assert "办好 2 件，没动 0 件" in text
    assert Reply.objects.count() == 2


def test_what_changed_meanwhile_is_skipped_and_named(client: Client) -> None:
    changed, same = order(case_number="CHANGED-1"), order()
    enter(client, seat("li").account)
    preview = client.post(
        reverse("exchange:bundle"), {"action": "approve", "order": [str(changed.pk), str(same.pk)]}
    ).content.decode()
    answer(changed, "returned")
    text = client.post(reverse("exchange:bundle_done"), {**hidden(preview), "words": "准予"}).content.decode()
    row = next(part for part in text.split("<tr>") if "CHANGED-1" in part)
    assert "跳过" in row
    assert "办好 1 件，没动 1 件" in text
    changed.refresh_from_db()
    assert changed.state == "returned"


def test_nothing_is_refused_in_a_bundle_and_nothing_by_a_wrong_hat(client: Client) -> None:
    one = order()
    enter(client, seat("li").account)
    chosen = {"order": str(one.pk), "words": "不行不行"}
    assert client.post(reverse("exchange:bundle"), {"action": "refuse", **chosen}).status_code == 422
    assert client.post(reverse("exchange:bundle"), {"action": "urge", **chosen}).status_code == 403
    assert client.post(reverse("exchange:bundle"), {"action": "approve"}).status_code == 422
    strange = enter(Client(), seat("zhao", "banks-desk").account)
    assert (
        one.case_number
        not in strange.post(reverse("exchange:bundle"), {"action": "approve", **chosen}).content.decode()
    )
    assert (
        "办好 0 件" in strange.post(reverse("exchange:bundle_done"), {"action": "approve", **chosen}).content.decode()
    )
    assert not Reply.objects.exists()


def test_words_that_are_missing_are_asked_for_and_nothing_is_done(client: Client) -> None:
    one = order()
    enter(client, seat("li").account)
    answered = client.post(reverse("exchange:bundle_done"), {"action": "approve", "order": str(one.pk), "words": " "})
    assert (answered.status_code, Reply.objects.count()) == (422, 0)


def test_many_are_handed_over_and_many_are_urged(client: Client) -> None:
    orders, theirs = [order(), order()], seat("wang")
    enter(client, seat("li").account)
    assert "办好 2 件" in bundle(client, "hand_over", orders, post=str(theirs.pk))
    assert set(Order.objects.values_list("post_id", flat=True)) == {theirs.pk}
    watching = enter(Client(), seat("sun", "hall", "supervisor").account)
    assert "办好 2 件" in bundle(watching, "urge", orders, words="请在今天答复")
    assert Urging.objects.count() == 2


def test_an_answered_order_is_not_handed_over() -> None:
    mine, theirs, one = seat("li"), seat("wang"), order()
    answer(one, "approved")
    with pytest.raises(OrderAlreadyAnswered):
        services.hand_over(order=one, post_id=theirs.pk, actor=actor_of(mine), now=NOW)


def test_an_administrator_routes_what_packs_give_the_department(client: Client) -> None:
    catalogue.publish_pack(pack=read_pack("hlj/retirement"), actor=SYSTEM, now=NOW)
    port = connect("police", "desk", region=COUNTY, organisation="police-desk")
    post = seat("li")
    matter = next(iter(routing.matters_of(port, on=TODAY)), None)
    assert matter, "the pack gives the police a matter"
    enter(client, seat("qian", "office", "administrator").account)
    address = reverse("exchange:routes", args=[port.pk])
    assert client.post(address, {f"post-{matter}": str(post.pk)}).status_code == 302
    assert list(port.routes.values_list("matter", "post_id")) == [(matter, post.pk)]
    assert client.post(address, {f"post-{matter}": str(uuid4())}).status_code == 422
    assert enter(Client(), post.account).get(address).status_code == 403
