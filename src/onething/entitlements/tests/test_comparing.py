"""Before publishing: who gains and who loses in the registry; after it: what is open is decided again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.template.loader import render_to_string

from onething.catalogue import services as catalogue
from onething.catalogue.drafts import services as drafts
from onething.catalogue.drafts.checking import check_files, shipped_files
from onething.catalogue.models import PackDraft, Release
from onething.catalogue.tests.test_workbench import decide, sitting, work
from onething.entitlements import comparing, comparison, errors, jobs, leads, sweeps
from onething.entitlements.models import FRESH, Comparison, Decision, Offer, Sweep
from onething.entitlements.tests import people
from onething.entitlements.tests.test_offers import answer, offer, official, raised
from onething.identity.models import Proposal
from onething.kernel.access import SYSTEM
from onething.kernel.codes import NATION
from onething.plumbing import clock
from onething.plumbing.packs import read_pack
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db
PACK = "national/entitlements"
YOUNGER = ("years_between(birth_date, as_of()) >= 60", "years_between(birth_date, as_of()) >= 50")
POLICIES = "policies/living_allowances.yaml"


@pytest.fixture(autouse=True)
def regions() -> None:
    factories.load_regions()


def published() -> Release:
    files = shipped_files(PACK)
    pack = check_files(PACK, files).pack
    assert pack is not None
    return catalogue.publish_pack(pack=pack, files=files, actor=SYSTEM, now=people.NOW)


def draft_of(release: Release, **texts: str) -> PackDraft:
    """Begin a draft in which people are entitled at 50; situations that say otherwise are left out."""
    draft = drafts.begin_from_release(release_id=release.pk, version="2", actor=SYSTEM, now=people.NOW)
    kept = {name: text for name, text in draft.files.items() if "/situations/" not in name}
    old = kept[f"{PACK}/{POLICIES}"]
    assert YOUNGER[0] in old
    draft.files = {**kept, f"{PACK}/{POLICIES}": old.replace(*YOUNGER), **texts}
    draft.save()
    return draft


@pytest.mark.slow
def test_it_is_counted_who_gains_and_what_it_costs() -> None:
    release = published()
    old = people.person(serial=1)
    for serial in range(2, 5):
        people.person(f"197{serial}-03-01", serial=serial)
    people.person("1972-03-01", serial=9, hukou_type_at_discharge=None)  # cannot be said
    draft = draft_of(release)
    made = comparing.begin_comparison(draft_id=draft.pk, actor=SYSTEM, now=clock.now())
    assert comparing.begin_comparison(draft_id=draft.pk, actor=SYSTEM, now=clock.now()) == made
    while comparing.compare_on(comparison_id=made.pk, now=clock.now(), most=2):
        pass
    made.refresh_from_db()
    assert made.finished_at and (made.seen, made.persons) == (5, 5)
    assert made.moved == {people.POLICY: {"gain": [3, 3 * 12 * 4 * 6000, 0], "opens": [1, 0, 0]}}
    assert made.entitled[people.POLICY] == [1, 4]
    assert (made.better, made.worse) == (3, 0)
    assert old.pk


@pytest.mark.slow
def test_few_people_are_not_told_apart() -> None:
    release = published()
    people.person("1972-03-01", serial=2)
    draft = draft_of(release)
    made = comparing.begin_comparison(draft_id=draft.pk, actor=SYSTEM, now=clock.now())
    sweeps.compare_everybody(made.pk)
    told = comparison.of_draft(draft, made.digest, now=clock.now())
    assert told is not None
    (line,) = told.changes[0].lines
    assert line.persons is None
    page = render_to_string("entitlements/comparison_panel.html", {"draft": draft, "told": told, "is_open": True})
    assert "2,880" not in page and "2880" not in page


@pytest.mark.slow
def test_a_draft_that_moved_on_is_left_and_one_with_faults_is_refused() -> None:
    draft = draft_of(published())
    made = comparing.begin_comparison(draft_id=draft.pk, actor=SYSTEM, now=clock.now())
    draft.files = {**draft.files, f"{PACK}/{POLICIES}": "no: [yaml"}
    draft.save()
    assert not comparing.compare_on(comparison_id=made.pk, now=clock.now())
    assert Comparison.objects.get().finished_at is None
    with pytest.raises(errors.NothingToCompare):
        comparing.begin_comparison(draft_id=draft.pk, actor=SYSTEM, now=clock.now())


def publish_raised(number: int = 6) -> None:
    release = people.publish(number, raised())
    jobs.recompute_open(jobs.PackPublished(release_id=release.pk, pack=release.pack, digest=release.digest))


def test_publishing_decides_again_what_is_open() -> None:
    people.publish()
    soldier, other = people.person(serial=1), people.person(serial=2)
    sweeps.decide_everybody(clock.day_of(clock.now()))
    made = offer(soldier)
    before = Sweep.objects.get()
    publish_raised()
    made.refresh_from_db()
    assert made.amount == 4 * 6000
    assert made.changed is not None and made.changed["amount"] == 4 * 7000
    assert [one.offer.pk for one in leads.offers(official(), state="changed", now=people.NOW)] == [made.pk]
    assert not Sweep.objects.filter(pk=before.pk, finished_at__isnull=True).exists()
    assert Decision.objects.shown().get(person=other, policy=people.POLICY).amount == 4 * 7000


def test_a_no_stays_a_no_and_what_is_the_same_is_not_listed() -> None:
    people.publish()
    soldier = people.person(serial=1)
    sweeps.decide_everybody(clock.day_of(clock.now()))
    answer(offer(soldier), "declined", soldier)
    publish_raised()
    assert Offer.objects.get().changed is None
    assert not leads.offers(official(), state="changed", now=people.NOW)


def test_other_packs_decide_nothing_again() -> None:
    people.publish()
    people.person(serial=1)

    release = catalogue.publish_pack(pack=read_pack("national/grants"), actor=SYSTEM, now=people.NOW)
    jobs.recompute_open(jobs.PackPublished(release_id=release.pk, pack=release.pack, digest=release.digest))
    assert not Sweep.objects.exists()
    assert isinstance(release.pk, UUID)


@pytest.mark.slow
def test_two_people_publish_only_what_was_compared_and_the_second_sees_it() -> None:
    release = published()
    for serial in range(2, 14):
        people.person("1972-03-01", serial=serial)
    draft = draft_of(release)
    one, two = (sitting(name, region=NATION) for name in ("pack.one", "pack.two"))
    address = f"/packs/drafts/{draft.pk}/"
    refused = work(one, draft, "propose", reason="entitled at 50").content.decode()
    assert "not worked out who gains and who loses" in refused
    assert not Proposal.objects.exists()
    one.post(f"/entitlements/drafts/{draft.pk}/compare/")
    sweeps.compare_everybody(Comparison.objects.get().pk)
    assert work(one, draft, "propose", reason="entitled at 50").status_code == 302
    seen = two.get(address).content.decode()
    assert "12 people, 12 gain, 0 lose" in seen
    assert "34,560" in seen  # 12 persons, 4 years, 60 yuan, 12 months
    Comparison.objects.update(finished_at=clock.now() - FRESH - timedelta(hours=1))
    assert "over 7 days ago" in decide(two).content.decode()
    assert Release.objects.count() == 1
    one.post(f"/entitlements/drafts/{draft.pk}/compare/")
    sweeps.compare_everybody(Comparison.objects.get().pk)
    assert decide(two).status_code == 302
    assert Release.objects.count() == 2
