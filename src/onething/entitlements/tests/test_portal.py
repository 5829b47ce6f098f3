"""What am I entitled to, asked page by page, and the library of policies."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from onething.catalogue import queries as matters
from onething.catalogue import services as catalogue
from onething.catalogue import stored
from onething.catalogue.models import Kind, Release
from onething.entitlements.answers import Answer, Answers, read
from onething.kernel.access import SYSTEM
from onething.kernel.codes import NATION
from onething.plumbing import clock
from onething.plumbing.packs import read_pack
from onething.registry import services as registry
from onething.registry.regions import RegionRow

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 9, 2, 0, tzinfo=UTC)
HIDDEN = re.compile(r'name="(answers|question)" value="([^"]*)"')

OLD_SOLDIER = {
    "birth_date": "1966-03-01", "enlist_date": "1984-11-01", "discharge_date": "1988-01-15",
    "compulsory_start": "1984-11-01", "compulsory_end": "1988-01-15", "service_kind": "conscript",
    "hukou_type": "rural", "hukou_type_at_discharge": "rural", "employee_pension": "no", "employment": "self_employed",
    "hukou_region": "望山",
}  # fmt: skip


@cache
def content() -> dict[str, Any]:
    return stored.content_of(read_pack("national/entitlements"))


@pytest.fixture(autouse=True)
def published() -> None:
    """Put the pack there as publishing leaves it (its check is tried in its own test), and an invented county."""
    Release.objects.create(
        pk=UUID(int=5), kind=Kind.ENTITLEMENTS, pack="national/entitlements", digest="0" * 64, version="2026.1",
        title=content()["header"]["title"], region=NATION, effective_from=date(2011, 8, 1), content=content(),
        published_at=NOW,
    )  # fmt: skip
    names = {"990000000000": "云川省", "990100000000": "清和市", "990123000000": "望山县"}
    rows = [RegionRow(code=code, name=name, name_en="") for code, name in names.items()]
    registry.load_regions(rows=rows, source="invented", actor=SYSTEM, now=NOW)


def test_a_pack_is_published_once_and_checked() -> None:
    Release.objects.all().delete()
    first = catalogue.publish_pack(pack=read_pack("national/entitlements"), actor=SYSTEM, now=NOW)
    again = catalogue.publish_pack(pack=read_pack("national/entitlements"), actor=SYSTEM, now=NOW)
    assert (first.pk, first.kind) == (again.pk, Kind.ENTITLEMENTS)
    assert matters.releases_for(NATION, on=date(2026, 9, 9)) == []


def boxes(page: str) -> dict[str, str]:
    return {name: value.replace("&quot;", '"') for name, value in HIDDEN.findall(page)}


def talk(client: Client, person: dict[str, str], most: int = 40) -> tuple[str, list[str]]:
    """Answer until the result is shown, with no to what the person does not have. Gives it and the questions."""
    page, asked = client.get("/entitlements/").content.decode(), []
    while (there := boxes(page)).get("question"):
        assert len(asked) < most
        asked.append(there["question"])
        given = {"answer": "1", "value": person[asked[-1]]} if asked[-1] in person else {}
        if not given:
            given = {"none": "1"} if 'name="none"' in page else {"answer": "1", "value": "no"}
            if 'type="radio" name="value" value="no"' not in page and "none" not in given:
                given = {"skip": "1"}
        page = client.post("/entitlements/", {**there, **given}).content.decode()
    return page, asked


def test_an_old_rural_conscript_is_told_what_is_due_and_how_much(client: Client) -> None:
    page, asked = talk(client, OLD_SOLDIER)
    due = page.split("按您的回答")[1].split("现在不符合")[0]
    assert "农村籍" in due
    assert "240.00 元" in due  # 60 yuan for each of four years, both ends counted as the law counts them
    assert len(asked) == len(set(asked)) <= 32


def test_the_first_question_needs_no_account_and_leaves_no_trace(client: Client) -> None:
    answer = client.get("/entitlements/")
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    after = client.post("/entitlements/", {**boxes(answer.content.decode()), "skip": "1"})
    assert "sessionid" not in after.cookies


def test_what_was_typed_wrong_stays_and_says_how_to_write_it(client: Client) -> None:
    there = {"answers": "[]", "question": "birth_date"}
    page = client.post("/entitlements/", {**there, "answer": "1", "value": "六六年"}).content.decode()
    assert "1966-10-01" in page
    assert 'value="六六年"' in page
    page = client.post("/entitlements/", {**there, "answer": "1", "value": "1966年3月1日"}).content.decode()
    assert "1966-03-01" in boxes(page)["answers"]


@pytest.mark.parametrize(
    "forged",
    ["", "nonsense", "{}", '[["birth_date"]]', '[["no_such","is",1]]', '[["birth_date","is","soon"]]', "[" * 9000],
)
def test_forged_answers_are_asked_again(client: Client, forged: str) -> None:
    answer = client.post("/entitlements/", {"answers": forged, "question": "sex", "skip": "1"})
    assert answer.status_code == 200


@pytest.mark.parametrize("value", ["", "<script>alert(1)</script>", "9" * 400, "‮1966", "𬎆𠮷", "1966-13-45"])
@pytest.mark.parametrize("question", ["birth_date", "monthly_income", "disability_grade", "hukou_region", "sex"])
def test_whatever_is_typed_is_answered_with_a_page(client: Client, question: str, value: str) -> None:
    answer = client.post("/entitlements/", {"answers": "[]", "question": question, "answer": "1", "value": value})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_answers_that_do_not_fit_together_are_named(client: Client) -> None:
    written = Answers((Answer("enlist_date", "is", date(2001, 1, 1)), Answer("discharge_date", "is", date(1999, 1, 1))))
    page = client.post("/entitlements/", {"answers": written.written(), "show": "1"}).content.decode()
    assert "对不上" in page
    assert "入伍日期" in page


def test_an_answer_can_be_changed(client: Client) -> None:
    facts = {"answers": Answers((Answer("birth_date", "is", date(1966, 3, 1)),)).written()}
    page = client.post("/entitlements/", {**facts, "again": "birth_date"}).content.decode()
    assert boxes(page) == {"answers": "[]", "question": "birth_date"}


def test_a_future_yes_names_its_day(client: Client) -> None:
    today = clock.day_of(clock.now())  # the only way in is the door, and the door reads the clock
    born = date(today.year - 58, 3, 1)
    page, _asked = talk(client, {**OLD_SOLDIER, "birth_date": born.isoformat()})
    assert f"{born.year + 60}年3月1日" in page


def test_the_library_finds_by_words_and_shows_a_policy_with_source_and_history(client: Client) -> None:
    assert "农村籍" in client.get("/entitlements/policies/", {"q": "农村"}).content.decode()
    nothing = client.get("/entitlements/policies/", {"q": "没有这样的词"}).content.decode()
    assert "看全部" in nothing or "全部政策" in nothing
    sheet = client.get("/entitlements/policies/rural_veteran_60/").content.decode()
    assert "<svg" in sheet
    assert "2011-08-01" in sheet
    assert "10.00 元" in sheet
    assert client.get("/entitlements/policies/no-such/").status_code == 404


def test_a_rule_is_shown_as_a_tree_and_as_it_is_calculated(client: Client) -> None:
    sheet = client.get("/entitlements/policies/nursing_fee/").content.decode()
    tree = sheet[sheet.index("ot-tree") : sheet.index("<details>")]
    kinds = ["都要满足", "并且满足其中一种", "第 1 种", "第 4 种", "有一条就不行", "遇到这些就停"]
    assert sorted(kinds, key=tree.index) == kinds
    assert tree.count("ot-tree__leaf_way") == 4
    assert tree.count("<ul>") == tree.count("</ul>") == 8
    assert "disability_grade &lt;= 2" in sheet[sheet.index("<details>") :]


def test_everything_is_there_in_english(client: Client) -> None:
    client.cookies["django_language"] = "en"
    page, _asked = talk(client, OLD_SOLDIER)
    assert "By your answers" in page
    assert "¥240.00" in page


def test_a_page_with_a_pack_nobody_published_says_so(client: Client) -> None:
    Release.objects.all().delete()
    assert client.get("/entitlements/").status_code == 404


def test_answers_read_back_as_written() -> None:
    from onething.catalogue.policies.checking import read_policies

    facts = read_policies("national/entitlements").pack.facts
    answers = Answers().and_(Answer("birth_date", "is", date(1966, 3, 1))).and_(Answer("disability_grade", "not"))
    answers = answers.and_(Answer("sex", "later")).and_(Answer("sex", "is", "male"))
    assert read(answers.written(), facts) == answers
    assert answers.settled == {"birth_date", "disability_grade", "sex"}
