"""`onething pack publish` below its door: check, publish, and tell what changed. The one part that needs a database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from onething.catalogue import check
from onething.catalogue.errors import PackNotGood
from onething.catalogue.publishing.changes import NAMES, Changes, changes
from onething.kernel.access import SYSTEM
from onething.kernel.language import Language
from onething.plumbing import calendars, places
from onething.plumbing.packs.texts import texts_of
from onething.plumbing.sentences import speaking

if TYPE_CHECKING:
    from onething.catalogue.models import Release


def publish(path: str, *, now: datetime, tongue: Language, as_json: bool) -> None:
    """Publish a pack that passes its check, and print the release. Refuses PackNotGood."""
    report = check.check_pack(path, calendars.national_calendar())
    if report.pack is None or not report.is_good:
        for problem in report.problems:
            click.echo(str(problem), err=True)
        raise PackNotGood(path=path)
    _set_up()
    from onething.catalogue import queries, services

    before = queries.newest_release(report.pack.id)
    release = services.publish_pack(pack=report.pack, files=texts_of(report.pack), actor=SYSTEM, now=now)
    is_new = before is None or before.pk != release.pk
    found = list(changes(before.content, release.content)) if before and is_new else []
    if as_json:
        click.echo(json.dumps(_plain(release, before, is_new, found), ensure_ascii=False, indent=2))
        return
    for line in _lines(release, before, is_new, found, tongue):
        click.echo(line)


def publish_calendar(*, now: datetime, tongue: Language) -> None:
    """Check the calendar files and publish them. Refuses the first thing that is wrong in them."""
    problems = calendars.check_calendar(places.packs_root() / "national" / "calendars")
    if problems:
        raise problems[0]
    _set_up()
    from onething.catalogue import services

    calendar = calendars.national_calendar()
    services.publish_calendar(calendar=calendar, actor=SYSTEM, now=now)
    said = speaking(tongue, "onething.catalogue")("Calendar {version}: open deadlines are being counted again.")
    click.echo(said.format(version=calendar.version))


def _set_up() -> None:
    """
    Wake Django, with the settings that the process was started under (DJANGO_SETTINGS_MODULE): `site` names them.

    Only once: setting up again would tie the logs to whatever the output of this moment is, and mix them into it.
    """
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _plain(release: Release, before: Release | None, is_new: bool, found: list[Changes]) -> dict[str, Any]:
    return {
        "pack": release.pack,
        "version": release.version,
        "release": release.digest,
        "new": is_new,
        "effective_from": str(release.effective_from),
        "effective_to": str(release.effective_to) if release.effective_to else None,
        "previous": before.digest if before and is_new else None,
        "changes": [asdict(one) for one in found],
    }


def _lines(
    release: Release, before: Release | None, is_new: bool, found: list[Changes], tongue: Language
) -> Iterator[str]:
    yield f"{release.pack} {release.version}  {release.digest}"
    if not is_new:
        yield _say(
            tongue, "内容没有变化，这一版已经发布过。", "Nothing has changed: this release is published already."
        )
        return
    until = f" – {release.effective_to}" if release.effective_to else ""
    yield _say(tongue, "已发布，生效：", "Published, in force: ") + f"{release.effective_from}{until}"
    if before is None:
        yield _say(tongue, "这是这个事项包的第一版。", "This is the pack's first release.")
        return
    yield _say(tongue, "上一版：", "Release before: ") + f"{before.version}  {before.digest[:8]}"
    for one in found:
        zh, en = NAMES.get(one.section, (one.section, one.section))
        yield f"{_say(tongue, zh, en)}: {'; '.join(_told(one, tongue))}"
    if not found:
        yield _say(tongue, "只有说明或顺序变了。", "Only the header or the order has changed.")


def _told(one: Changes, tongue: Language) -> Iterator[str]:
    for names, zh, en in (
        (one.added, "新增", "added"),
        (one.removed, "去掉", "removed"),
        (one.changed, "改", "changed"),
    ):
        if names:
            yield f"{_say(tongue, zh, en)} {', '.join(names)}"


def _say(tongue: Language, chinese: str, english: str) -> str:
    return english if tongue == "en" else chinese
