"""A case keeps the release it began with, whatever is published while it runs."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from onething.cases import contents, objecting, queries, services
from onething.cases.tests import factories
from onething.cases.tests.test_services import finish, say
from onething.catalogue import planning
from onething.catalogue import queries as catalogue
from onething.catalogue import services as publishing
from onething.catalogue.models import Release
from onething.kernel import workdays
from onething.kernel.access import SYSTEM
from onething.plumbing import places
from onething.plumbing.packs import read_pack

pytestmark = pytest.mark.django_db

NOW = factories.NOW
MATTER = "household_registration"


@pytest.fixture
def changed_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same packs, in which the police need nine days, the term to object is thirty, and the title is another."""
    root = tmp_path / "packs"
    shutil.copytree(places.packs_root(), root)
    matter = root / "national/retirement/matters/03_household_registration.yaml"
    text, count = re.subn(r"(joined:\s*\{\s*value:\s*)\d+", r"\g<1>9", matter.read_text())
    assert count == 1
    matter.write_text(text)
    for path in (root / "hlj/retirement").rglob("*.yaml"):
        assert f"{MATTER}:" not in path.read_text()
    ways = root / "national/retirement/objections.yaml"
    ways.write_text(ways.read_text().replace("days: 60", "days: 30"))
    shutil.rmtree(root / "hlj/retirement/examples")  # they hold the old totals
    monkeypatch.setenv("ONETHING_PACKS", str(root))
    return root


def test_a_running_case_goes_on_by_its_own_release_to_the_slip(changed_packs: Path, monkeypatch) -> None:
    with monkeypatch.context() as before:
        before.delenv("ONETHING_PACKS")
        case = factories.case()
    own = case.release
    old_days = case.tasks.get(matter=MATTER).days
    newer = publishing.publish_pack(pack=read_pack("hlj/retirement"), actor=SYSTEM, now=NOW + timedelta(minutes=1))
    assert newer.pk != own.pk
    assert catalogue.current_release("hlj/retirement", on=NOW.date()).pk == newer.pk
    assert Release.objects.get(pk=newer.pk).content["matters"][MATTER]["working_days"]["joined"]["value"] == 9

    say(case, "report_in", "approved", at=NOW)
    say(case, MATTER, "returned", message="看不清", correction={"fields": ["host_name"]}, at=NOW)
    services.answer_correction(
        correction=case.corrections.get(), answers={"host_name": "何守田"}, actor=SYSTEM, now=NOW + timedelta(days=1)
    )
    task = case.tasks.get(matter=MATTER)
    assert (task.days, task.round) == (old_days, 2) != (9, 2)
    counted = workdays.add_working_days(planning.calendar(), NOW.date(), old_days, queries.stops(task))
    assert task.due == counted.due

    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=NOW)
    finish(case)
    slip = contents.slip(queries.case_board(SYSTEM, case.number, now=NOW))
    assert slip.release == str(own)
    assert slip.promise.working_days == case.plan["promise"]["working_days"]
    assert "60 日" in slip.appeals[0].ways[0].term


def test_a_case_submitted_afterwards_goes_by_the_new_one(changed_packs: Path) -> None:
    case = factories.case()
    assert case.tasks.get(matter=MATTER).days == 9
    assert "30 日" in objecting.ways(case, MATTER, learned=NOW.date())[0].term
