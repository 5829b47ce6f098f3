"""The registry's pages through the browser's door: files with masks, lists mended, corrections answered."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM
from onething.plumbing.journal.models import Entry as Fact
from onething.registry import queries, sections, services, words
from onething.registry.models import Arrival, CorrectionRequest, Person, Roster
from onething.registry.rosters import columns
from onething.registry.tests.factories import COUNTY, NEIGHBOUR, NOW, load_regions, person
from onething.registry.tests.rosters import row, text
from tests.house.test_words import in_chinese

pytestmark = pytest.mark.django_db
CARD = "6222021234567890128"


@pytest.fixture(autouse=True)
def county() -> None:
    load_regions()


def staff(role: str = "clerk", region: str = COUNTY) -> Client:
    account = identity.open_account(username=f"{role}-{region}", actor=SYSTEM, now=NOW)
    hall = services.open_organisation(
        code=f"hall-{role}-{region}", name="大厅", kind="station", region=region, actor=SYSTEM, now=NOW
    )
    identity.give_post(
        account=account, role=role, organisation=hall, region=region, valid_from=NOW, actor=SYSTEM, now=NOW
    )
    return enter(Client(), account)


@pytest.fixture
def clerk() -> Client:
    return staff()


@pytest.fixture
def someone() -> Person:
    known = person(name="贺长平")
    services.record_statement(
        person_id=known.pk, section="bank_card", values={"number": CARD, "bank": "清和银行"}, source="bank:x",
        actor=SYSTEM, now=NOW,
    )  # fmt: skip
    return known


def looks() -> list[str]:
    return list(Fact.objects.filter(kind="registry.PersonLookedAt").values_list("payload__purpose", flat=True))


def body(client: Client, name: str, *place: object) -> str:
    answer = client.get(reverse(f"registry:{name}", args=place))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_file_shows_masks_and_says_that_the_look_is_recorded(clerk: Client, someone: Person) -> None:
    page = body(clerk, "person", someone.pk)
    assert "贺*平" in page
    assert "这次查看有记录" in page
    assert not [datum for datum in (someone.name, someone.id_number, someone.phone, CARD) if datum in page]
    assert "****0128" in page


def test_the_full_numbers_are_shown_for_a_purpose_only(clerk: Client, someone: Person) -> None:
    there = reverse("registry:person_full", args=[someone.pk])
    assert clerk.post(there).status_code == 422
    assert clerk.post(there, {"purpose": "curiosity"}).status_code == 422
    page = clerk.post(there, {"purpose": "ring_up"}).content.decode()
    assert all(datum in page for datum in (someone.name, someone.id_number, someone.phone, CARD))
    assert staff("supervisor").post(there, {"purpose": "ring_up"}).status_code == 403


def test_a_number_is_looked_for_in_no_address(clerk: Client, someone: Person) -> None:
    answer = clerk.post(reverse("registry:find"), {"number": someone.id_number})
    page = answer.content.decode()
    assert reverse("registry:person", args=[someone.pk]) in page
    assert someone.id_number not in page
    assert "没有这个号码" in clerk.post(reverse("registry:find"), {"number": "13999999999"}).content.decode()
    assert clerk.post(reverse("registry:find"), {"number": "123"}).status_code == 422


def test_another_county_gets_the_same_answer_as_for_nobody(someone: Person) -> None:
    stranger = staff(region=NEIGHBOUR)
    assert stranger.get(reverse("registry:person", args=[someone.pk])).status_code == 404
    assert "没有这个号码" in stranger.post(reverse("registry:find"), {"number": someone.id_number}).content.decode()


def test_what_a_clerk_records_is_checked_beside_its_field(clerk: Client, someone: Person) -> None:
    there = reverse("registry:record", args=[someone.pk, "service"])
    wrong = clerk.post(there, {"authority": "person", "enlisted_on": "87.3"})
    assert wrong.status_code == 422
    assert "这不是日期" in wrong.content.decode()
    assert clerk.post(there, {"authority": "person"}).status_code == 422
    assert clerk.post(there, {"authority": "person", "enlisted_on": "1987.3", "rank": "班长"}).status_code == 302
    assert "1987-03" in body(clerk, "person", someone.pk)


def test_sources_that_disagree_are_shown_side_by_side(clerk: Client, someone: Person) -> None:
    for source, rank in (("army:x", "中士"), ("person:desk", "上士")):
        services.record_statement(
            person_id=someone.pk, section="service", values={"enlisted_on": "2008-12", "rank": rank}, source=source,
            actor=SYSTEM, now=NOW,
        )  # fmt: skip
    page = body(clerk, "person", someone.pk)
    assert page.count("来源不一致") == 1
    assert page.index("中士") < page.index("上士")


def test_a_correction_goes_from_the_file_to_an_answer(clerk: Client, someone: Person) -> None:
    stated = queries.person_file(SYSTEM, someone.pk).entries[0]
    asked = {
        "section": "bank_card",
        "match": stated.match.hex(),
        "field": "bank",
        "wanted": "望山银行",
        "because": "卡",
    }
    assert clerk.post(reverse("registry:ask", args=[someone.pk]), asked).status_code == 302
    request = CorrectionRequest.objects.get()
    assert reverse("registry:correction", args=[request.pk]) in body(clerk, "corrections")
    assert "望山银行" in body(clerk, "correction", request.pk)
    there = reverse("registry:correction", args=[request.pk])
    assert clerk.post(there, {"does": "refuse", "answer": " "}).status_code == 422
    assert clerk.post(there, {"does": "pass_on"}).status_code == 302
    assert "已转责任部门" in body(clerk, "corrections")
    assert clerk.post(there, {"does": "accept", "answer": "看过卡"}).status_code == 302
    assert "没有等答复的更正申请" in body(clerk, "corrections")
    assert "看过卡" in body(clerk, "correction", request.pk)


def upload(client: Client, content: str | bytes, name: str = "花名册.csv") -> str:
    """Hand a file in; gives the address of the list."""
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    given = {"file": file, "title": "秋季", "kind": "discharge", "authority": "army", "region": COUNTY}
    answer = client.post(reverse("registry:rosters"), given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def work(client: Client, there: str, does: str, **given: object) -> str:
    answer = client.post(f"{there}work/", {"does": does, **given}, follow=True)
    return answer.content.decode()


def targets(there: str) -> list[str]:
    return list(Roster.objects.get(pk=re.findall(r"[0-9a-f-]{36}", there)[0]).columns)


def test_a_list_is_checked_mended_imported_and_taken_back(clerk: Client) -> None:
    wrong = row("李?")
    there = upload(clerk, text(row("甲乙"), wrong, row("丙丁", 手机号="1")).encode("gbk"))
    page = work(clerk, there, "check", column=targets(there))
    assert "第 3 行" in page
    assert "丢了字" in page
    assert "第 4 行" in page
    assert 'value="apply"' not in page
    assert "有 2 行有问题" in work(clerk, there, "apply")
    assert not Person.objects.exists()
    work(clerk, there, "mend", number=3, cell=["李四", *wrong[1:]])
    page = work(clerk, there, "leave_out", number=4)
    assert "导入 2 人" in page
    assert "已全部导入" in work(clerk, there, "apply")
    assert Person.objects.count() == 2
    assert "银行卡" not in body(clerk, "arrivals")
    assert "卡号" in body(clerk, "arrivals")
    assert "去掉 2 人" in work(clerk, there, "undo")
    assert not Person.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_on_the_page(clerk: Client) -> None:
    given = {"title": "x", "kind": "discharge", "authority": "army", "region": COUNTY}
    for content, words_ in ((b"", "这个文件是空的"), (b"\xd0\xcf\x11\xe0", "2007"), (b"PK\x03\x04xx", "损坏")):
        file = SimpleUploadedFile("x.xlsx", content)
        answer = clerk.post(reverse("registry:rosters"), {**given, "file": file})
        assert answer.status_code == 422
        assert words_ in answer.content.decode()


def test_a_list_of_another_county_is_not_there(clerk: Client) -> None:
    there = upload(clerk, text(row()))
    assert staff(region=NEIGHBOUR).get(there).status_code == 404
    assert staff("supervisor").get(there).status_code == 403


def test_a_cell_is_shown_as_text_never_as_markup(clerk: Client) -> None:
    there = upload(clerk, text(row("<script>alert(1)</script>")))
    assert "<script>alert" not in work(clerk, there, "check", column=targets(there))


def test_who_is_expected_is_reviewed(clerk: Client) -> None:
    there = upload(clerk, text(row()))
    work(clerk, there, "check", column=targets(there))
    work(clerk, there, "apply")
    expected = Arrival.objects.get()
    review = reverse("registry:review", args=[expected.person_id])
    assert clerk.post(review, {"state": "ready"}).status_code == 409
    assert clerk.post(review, {"state": "asked"}).status_code == 302
    assert "已请部队补充" in body(clerk, "arrivals")


def test_the_ledger_of_sharing_is_for_supervisors(clerk: Client) -> None:
    services.note_sharing(
        direction="given", partner="police", purpose="恢复户口", basis="L1:53", fields=["full_name"], region=COUNTY,
        actor=SYSTEM, now=timezone.now(),
    )  # fmt: skip
    assert clerk.get(reverse("registry:sharing")).status_code == 403
    assert "L1:53" in body(staff("supervisor"), "sharing")


def test_every_word_of_the_file_is_chinese_too() -> None:
    labels = {columns.label_of(target) for target in columns.TARGETS}
    labels |= {part.label for part in sections.SECTIONS.values()}
    for name, table in vars(words).items():
        if name.isupper():
            labels |= set(table.values())
    assert not {label for label in labels if not in_chinese(label)}
    assert set(words.AUTHORITIES) == set(sections.Authority)


def test_every_page_is_english_too(clerk: Client, someone: Person) -> None:
    clerk.cookies["django_language"] = "en"
    with override("en"):
        pages = [body(clerk, "person", someone.pk), body(clerk, "rosters"), body(clerk, "corrections")]
    for page in pages:
        main = page[page.index("<main") : page.index("</main>")]
        left = set(re.findall(r"[一-鿿]+", re.sub(r"<option.*?</option>", "", main)))
        assert left <= {"贺", "平", "望山县", "清和银行"}, left
