"""`onething pack publish`: a release, its digest, and what changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onething.catalogue.commands import pack
from onething.catalogue.errors import PackNotGood
from onething.catalogue.models import Release
from onething.catalogue.publishing.changes import Changes, changes
from onething.catalogue.tests.written import noodle_shop

pytestmark = pytest.mark.django_db


def publish(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(pack, ["publish", str(folder), *more], env={"ONETHING_LANG": "en"})


def test_the_first_the_same_and_a_changed_release(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path)
    first = publish(folder)
    assert first.exit_code == 0, first.output + str(first.exception)
    release = Release.objects.get()
    assert release.digest in first.stdout
    assert "first release" in first.stdout
    assert "Nothing has changed" in publish(folder).stdout
    matter = folder / "matters" / "licence.yaml"
    matter.write_text(matter.read_text().replace('en: "Business licence"', 'en: "Trading licence"'))
    changed = publish(folder, "--json")
    assert changed.exit_code == 0, changed.output
    told = json.loads(changed.stdout)
    assert (told["new"], told["previous"]) == (True, release.digest)
    assert [one["section"] for one in told["changes"]] == ["matters"]
    assert Release.objects.count() == 2


def test_a_pack_that_is_not_good_is_not_published(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("fields.yaml", "type: integer", "type: intger"))
    assert isinstance(publish(folder).exception, PackNotGood)
    assert not Release.objects.exists()


def test_what_came_went_and_changed() -> None:
    before = {"header": {"v": 1}, "matters": {"a": 1, "b": 2}, "fields": {"x": 1}, "materials": {"m": 1, "n": 2}}
    after = {"header": {"v": 2}, "matters": {"b": 3, "c": 4}, "fields": {"x": 1}, "materials": {"n": 2, "m": 1}}
    assert list(changes(before, after)) == [Changes(section="matters", added=("c",), removed=("a",), changed=("b",))]
