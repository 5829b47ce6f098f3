"""A release prepared at the desk: uploaded, edited, compared, agreed to by two, and brought back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onething.catalogue import queries, resolve, stored
from onething.catalogue import services as catalogue
from onething.catalogue.drafts.checking import check_files
from onething.catalogue.models import PackDraft, Release
from onething.catalogue.tests.test_archives import packed
from onething.catalogue.tests.written import files_in_the_document
from onething.identity.models import Proposal
from onething.identity.tests.factories import clerk, enter, post, with_app
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry.tests.factories import COUNTY, NEIGHBOUR, load_regions

pytestmark = pytest.mark.django_db

ID = "town/noodle_shop"
SHOP = {name: text.replace("990123000000", COUNTY) for name, text in files_in_the_document().items()}


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    load_regions()


def sitting(username: str, role: str = "administrator", region: str = COUNTY) -> Client:
    account = with_app(clerk(username))
    post(account, role, region=region)
    return enter(Client(headers={"accept-language": "en"}), account)


@pytest.fixture
def one() -> Client:
    return sitting("admin.one")


@pytest.fixture
def two() -> Client:
    return sitting("admin.two")


def published() -> Release:
    """Publish the shop, as the command line does."""
    files = {f"{ID}/{name}": text for name, text in SHOP.items()}
    pack = check_files(ID, files).pack
    assert pack is not None
    return catalogue.publish_pack(pack=pack, files=files, actor=SYSTEM, now=clock.now())


def begun(client: Client, release: Release, version: str = "2") -> PackDraft:
    answer = client.post(f"/packs/releases/{release.pk}/draft/", {"version": version})
    assert answer.status_code == 302, answer.content.decode()
    return PackDraft.objects.get(pk=answer["Location"].strip("/").split("/")[-1])


def upload(client: Client, raw: bytes) -> Any:
    return client.post("/packs/upload/", {"file": SimpleUploadedFile("pack.zip", raw)})


def work(client: Client, draft: PackDraft, does: str, revision: int | None = None, **more: str) -> Any:
    given = {"does": does, "revision": draft.revision if revision is None else revision, **more}
    return client.post(f"/packs/drafts/{draft.pk}/work/", given)


def decide(client: Client, answer: str = "yes") -> Any:
    return client.post(f"/door/second-eyes/{Proposal.objects.get(state='waiting').pk}/", {"answer": answer})


def edit(client: Client, draft: PackDraft, name: str, revision: int | None = None, **typed: str) -> Any:
    given = {"revision": str(draft.revision if revision is None else revision), **typed}
    return client.post(f"/packs/drafts/{draft.pk}/matters/{name}/", {k.replace("__", "."): v for k, v in given.items()})


def test_a_title_is_edited_compared_and_published_by_two(one: Client, two: Client) -> None:
    before = published()
    name = next(iter(before.content["matters"]))
    draft = begun(one, before)
    assert edit(one, draft, name, **{f"matters.{name}.title.en": "A new title"}).status_code == 302
    draft.refresh_from_db()
    page = one.get(f"/packs/drafts/{draft.pk}/").content.decode()
    assert "A new title" in page and before.content["matters"][name]["title"]["en"] in page
    assert work(one, draft, "propose", reason="renamed by the office").status_code == 302
    assert Release.objects.count() == 1, "one person publishes nothing"
    assert "A new title" in two.get(f"/packs/drafts/{draft.pk}/").content.decode()
    assert decide(two).status_code == 302
    newest = queries.newest_release(ID)
    assert newest is not None and newest.content["matters"][name]["title"]["en"] == "A new title"
    assert newest.digest == resolve.release_digest(stored.pack_from(newest.content))
    before.refresh_from_db()
    assert before.content["matters"][name]["title"]["en"] != "A new title"
    for kind in ("PackDraftBegun", "PackDraftChanged", "PackPublished"):
        assert Entry.objects.filter(kind=f"catalogue.{kind}").exists(), kind


def test_nobody_agrees_to_their_own_draft(one: Client) -> None:
    draft = begun(one, published())
    work(one, draft, "propose", reason="x")
    answer = decide(one)
    assert answer.status_code == 403 and Release.objects.count() == 1


def test_what_changed_after_it_was_asked_for_is_not_published(one: Client, two: Client) -> None:
    release = published()
    name = next(iter(release.content["matters"]))
    draft = begun(one, release)
    work(one, draft, "propose", reason="x")
    edit(one, draft, name, **{f"matters.{name}.title.en": "Slipped in"})
    assert "can no longer be agreed to" in two.get(f"/packs/drafts/{draft.pk}/").content.decode()
    assert decide(two).status_code == 409
    assert Release.objects.count() == 1 and Proposal.objects.get().state == "waiting"


def test_a_draft_does_not_undo_what_was_published_meanwhile(one: Client, two: Client) -> None:
    release = published()
    first, second = begun(one, release, "2"), begun(one, release, "3")
    work(one, first, "propose", reason="x")
    assert decide(two).status_code == 302
    answer = work(one, second, "propose", reason="y")
    assert answer.status_code == 409 and "was published after this draft began" in answer.content.decode()


def test_a_stale_page_overwrites_nothing_and_a_double_click_changes_nothing_twice(one: Client) -> None:
    release = published()
    name = next(iter(release.content["matters"]))
    draft = begun(one, release)
    typed = {f"matters.{name}.title.en": "First"}
    assert edit(one, draft, name, 1, **typed).status_code == 302
    assert edit(one, draft, name, 1, **typed).status_code == 302, "the same again"
    draft.refresh_from_db()
    assert draft.revision == 2 and draft.steps.count() == 1
    answer = edit(one, draft, name, 1, **{f"matters.{name}.title.en": "Second"})
    assert answer.status_code == 409 and "nothing was overwritten" in answer.content.decode()
    work(one, draft, "propose", reason="x")
    assert work(one, draft, "propose", reason="x").status_code == 409
    assert Proposal.objects.count() == 1


def test_undo_gives_back_exactly_what_was_there(one: Client) -> None:
    release = published()
    name = next(iter(release.content["matters"]))
    draft = begun(one, release)
    there = draft.files
    edit(one, draft, name, **{f"matters.{name}.title.en": "First"})
    draft.refresh_from_db()
    assert draft.files != there
    assert work(one, draft, "undo").status_code == 302
    draft.refresh_from_db()
    assert draft.files == there
    assert work(one, draft, "undo").status_code == 409


def test_a_wrong_figure_is_named_by_file_and_line_and_is_not_published(one: Client) -> None:
    release = published()
    name = next(iter(release.content["matters"]))
    draft = begun(one, release)
    edit(one, draft, name, **{f"matters.{name}.working_days.joined.value": "soon"})
    draft.refresh_from_db()
    page = one.get(f"/packs/drafts/{draft.pk}/").content.decode()
    assert f"{ID}/matters/" in page and "a whole number is expected" in page and "/tmp/" not in page
    answer = work(one, draft, "propose", reason="x")
    assert answer.status_code == 422 and not Proposal.objects.exists()


def test_the_example_is_computed_again_while_one_edits(one: Client) -> None:
    release = published()
    draft = begun(one, release)
    for name in release.content["matters"]:
        draft.refresh_from_db()
        edit(one, draft, name, **{f"matters.{name}.working_days.joined.value": "41"})
    page = one.get(f"/packs/drafts/{draft.pk}/matters/{name}/").content.decode()
    assert "<b>41</b>" in page or "<b>82</b>" in page, "the figures move with the edit"


def test_the_examples_follow_when_a_civil_servant_says_the_new_results_are_right(one: Client) -> None:
    release = published()
    draft = begun(one, release)
    for name in release.content["matters"]:
        draft.refresh_from_db()
        edit(one, draft, name, **{f"matters.{name}.working_days.joined.value": "4"})
    draft.refresh_from_db()
    assert work(one, draft, "propose", reason="x").status_code == 422
    assert work(one, draft, "accept").status_code == 302
    draft.refresh_from_db()
    assert check_files(ID, draft.files).report.is_good
    assert work(one, draft, "propose", reason="x").status_code == 302


def test_a_paper_is_asked_for_and_taken_away(one: Client) -> None:
    release = published()
    name, matter = next((n, m) for n, m in release.content["matters"].items() if m.get("materials"))
    draft = begun(one, release)
    paper = matter["materials"][0]["any_of"][0]
    more = {
        "papers": "shown",
        "add_paper": paper,
        "add_zh": "要",
        "add_en": "Needed",
        "add_source": matter["materials"][0]["source"],
    }
    assert edit(one, draft, name, **more).status_code == 302
    draft.refresh_from_db()
    pack = check_files(ID, draft.files).pack
    assert pack is not None
    assert len(stored.content_of(pack)["matters"][name]["materials"]) == len(matter["materials"]) + 1
    assert edit(one, draft, name, papers="shown", drop_paper="0").status_code == 302


def test_an_older_release_comes_back_as_the_newest(one: Client, two: Client) -> None:
    first = published()
    name = next(iter(first.content["matters"]))
    draft = begun(one, first, "2")
    edit(one, draft, name, **{f"matters.{name}.title.en": "Wrong"})
    draft.refresh_from_db()
    work(one, draft, "propose", reason="x")
    decide(two)
    back = begun(two, first, "3")
    work(two, back, "propose", reason="the title was wrong")
    decide(one)
    newest = queries.newest_release(ID)
    assert newest is not None and newest.version == "3" and newest.content["matters"] == first.content["matters"]
    assert Release.objects.count() == 3


def test_an_archive_becomes_a_draft_once_published_a_release(one: Client, two: Client) -> None:
    answer = upload(one, packed(dict(SHOP), start="noodle_shop/"))
    draft = PackDraft.objects.get()
    assert answer.status_code == 302 and draft.pack == ID and draft.own_files == SHOP
    work(one, draft, "propose", reason="first")
    decide(two)
    assert Release.objects.get().pack == ID


def test_a_bad_archive_leaves_no_draft(one: Client) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{n}: &{n} [{','.join(['*' + p] * 9)}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    for raw, words in (
        (b"", "is empty"),
        (b"PK\x03\x04 nonsense", "no ZIP archive"),
        (packed({**SHOP, "../x.yaml": ""}), "lead out"),
    ):
        answer = upload(one, raw)
        assert answer.status_code == 422 and words in answer.content.decode()
    assert not PackDraft.objects.exists()
    assert upload(one, packed({**SHOP, "fields.yaml": bomb})).status_code == 302
    page = one.get(f"/packs/drafts/{PackDraft.objects.get().pk}/")
    assert page.status_code == 200 and "fields.yaml" in page.content.decode() and "to correct" in page.content.decode()


def test_nobody_takes_over_the_pack_of_another_division(one: Client) -> None:
    published()
    theirs = {**SHOP, "pack.yaml": SHOP["pack.yaml"].replace(COUNTY, NEIGHBOUR)}
    assert upload(one, packed(theirs)).status_code == 403
    neighbour = sitting("admin.neighbour", region=NEIGHBOUR)
    answer = upload(neighbour, packed(theirs))
    assert answer.status_code == 409 and "belongs to another division" in answer.content.decode()


def test_a_draft_is_seen_in_its_own_division_only(one: Client) -> None:
    draft = begun(one, published())
    neighbour = sitting("admin.neighbour", region=NEIGHBOUR)
    assert neighbour.get(f"/packs/drafts/{draft.pk}/").status_code == 404
    assert work(neighbour, draft, "discard").status_code == 404
    assert ID not in neighbour.get("/packs/").content.decode().split("Published")[0]


@pytest.mark.parametrize("role", ["clerk", "supervisor", "department", "hall"])
def test_other_roles_do_not_come_in(one: Client, role: str) -> None:
    draft = begun(one, published())
    other = sitting(f"{role}.x", role)
    for address in ("/packs/", f"/packs/drafts/{draft.pk}/", f"/packs/releases/{draft.based_on_id}/"):
        assert other.get(address).status_code == 403
    assert work(other, draft, "discard").status_code == 403


def test_text_nobody_sees_and_text_without_end_are_refused(one: Client) -> None:
    release = published()
    name = next(iter(release.content["matters"]))
    draft = begun(one, release)
    for text in ("a\u202eb", "x" * 5000):
        assert edit(one, draft, name, **{f"matters.{name}.title.en": text}).status_code == 422
    draft.refresh_from_db()
    assert draft.revision == 1
