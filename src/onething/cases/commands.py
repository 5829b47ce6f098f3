"""`onething submit` hands a filled form in over HTTP; `onething case` reads a case for the operator of the house."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import httpx
from rich.console import Console

from onething.cases import pages, papers, policy, queries
from onething.cases.errors import (
    AnswerOfTheHouse,
    FollowUnreadable,
    HouseSilent,
    PaperFileTwice,
    PapersFolderMissing,
    SubmitterUnknown,
)
from onething.catalogue import answers as answer_files
from onething.identity import queries as identity
from onething.identity import services as keys
from onething.identity.models import Account, ApiKey
from onething.kernel.access import SYSTEM
from onething.kernel.language import Language, language
from onething.plumbing import clock, sentences
from onething.registry import services as registry

KEY_LIVES = timedelta(minutes=10)
PATIENCE_SECONDS = 60.0
WIDE = 140
"""Columns where no terminal says how wide it is: files and pipes get no shortened titles."""
LOOKED_AT = "operator"
"""Why the operator looked, as the journal and the person's own “who looked” page name it."""


def _here() -> str:
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


@click.command()
@click.argument("pack", metavar="PACK")
@click.option("--answers", "file", required=True, metavar="FILE", help="Answers as YAML or JSON; - reads stdin.")
@click.option("--papers", "folder", metavar="DIR", help="Folder of papers, each named by its material: photo.jpg.")
@click.option("--to-follow", "follow", multiple=True, metavar="MATERIAL=DAY", help="A paper that comes later.")
@click.option("--as", "who", metavar="WHO", help="The person: ID number, phone or user name; needs the database here.")
@click.option("--key", envvar="ONETHING_KEY", help="An API key of the person instead (or ONETHING_KEY).")
@click.option("--url", default=_here, metavar="URL", help="Where the house answers; otherwise on PORT here.")
@click.option("--json", "as_json", is_flag=True, help="Plain JSON for programs.")
def submit(
    pack: str,
    file: str,
    folder: str | None,
    follow: tuple[str, ...],
    who: str | None,
    key: str | None,
    url: str,
    as_json: bool,
) -> None:
    """Submit a filled form as one case to a running house: PACK is the id of a published pack."""
    if bool(who) == bool(key):
        raise click.UsageError(_("Say for whom: either --as WHO or --key KEY."))
    body = {
        "pack": pack,
        "answers": _answers(file),
        "papers": list(_papers(folder)),
        "to_follow": dict(_followed(pair) for pair in follow),
    }
    with _key_of(who) if who else _given(key or "") as token:
        receipt = _send(url, token, body)
    click.echo(json.dumps(receipt, ensure_ascii=False, indent=2) if as_json else pages.receipt(receipt, _tongue()))


def _answers(file: str) -> dict[str, Any]:
    try:
        with click.open_file(file, "rb") as stream:
            raw = stream.read()
    except OSError as error:
        said = sentences.speaking(_tongue(), "onething.catalogue")("the answers cannot be read from {file}: {reason}")
        raise click.UsageError(said.format(file=file, reason=sentences.reason_in(_tongue(), error))) from error
    values = answer_files.read_answers(raw, Path(file)).values
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _papers(folder: str | None) -> Iterator[dict[str, str]]:
    if folder is None:
        return
    place = Path(folder)
    if not place.is_dir():
        raise PapersFolderMissing(folder=folder)
    seen: set[str] = set()
    for path in sorted(p for p in place.iterdir() if p.is_file() and not p.name.startswith(".")):
        if path.stem in seen:
            raise PaperFileTwice(material=path.stem)
        seen.add(path.stem)
        content = path.read_bytes()
        papers.kind_of(content)
        yield {"material": path.stem, "content": base64.b64encode(content).decode()}


def _followed(pair: str) -> tuple[str, str]:
    material, _, day = pair.partition("=")
    try:
        return material, date.fromisoformat(day).isoformat()
    except ValueError:
        raise FollowUnreadable(given=pair) from None


@contextmanager
def _given(key: str) -> Iterator[str]:
    yield key


@contextmanager
def _key_of(who: str) -> Iterator[str]:
    """Issue a key for this one submission, and revoke it afterwards."""
    account, now = _account(who), clock.now()
    token = keys.issue_api_key(
        account=account, label="onething submit", scopes=[policy.FILE_OWN], expires_at=now + KEY_LIVES,
        actor=SYSTEM, now=now,
    )  # fmt: skip
    try:
        yield token
    finally:
        issued = ApiKey.objects.filter(account=account, label="onething submit", revoked_at=None)
        for key_id in issued.values_list("pk", flat=True):
            keys.revoke_api_key(key_id=key_id, actor=SYSTEM, now=clock.now())


def _account(who: str) -> Account:
    account = identity.account_named(who)
    if account is not None and account.person_id is not None:
        return account
    person = identity.person_meant(who)
    if person is None:
        raise SubmitterUnknown
    return keys.open_account(person=person, actor=SYSTEM, now=clock.now())


def _send(url: str, token: str, body: Mapping[str, Any]) -> dict[str, Any]:
    try:
        answer = httpx.post(
            f"{url.rstrip('/')}/api/v1/cases",
            json=body,
            headers={"Authorization": f"Bearer {token}", "Accept-Language": _WEB_LANGUAGE[_tongue()]},
            timeout=PATIENCE_SECONDS,
        )
    except (httpx.TransportError, httpx.InvalidURL) as silence:
        raise HouseSilent(url=url) from silence
    if answer.status_code != httpx.codes.CREATED:
        raise _refusal(url, answer)
    receipt: dict[str, Any] = answer.json()
    return receipt


_WEB_LANGUAGE: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}


def _refusal(url: str, answer: httpx.Response) -> AnswerOfTheHouse | HouseSilent:
    """Pass the house's own refusal on, word by word; anything else at that address is not our house."""
    try:
        said = answer.json()
        return AnswerOfTheHouse(title=said["title"], detail=said["detail"])
    except (json.JSONDecodeError, KeyError, TypeError):
        return HouseSilent(url=url)


@click.command()
@click.argument("number", metavar="NUMBER")
@click.option("--proof", is_flag=True, help="Show how each due day was counted.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="zh or en; otherwise as the terminal.")
@click.option("--json", "as_json", is_flag=True, help="Plain JSON for programs.")
def case(number: str, proof: bool, lang: Language | None, as_json: bool) -> None:
    """Show a case: its matters, days, what it waits for. Reads the database as the operator; the look is noted."""
    now = clock.now()
    board = queries.case_board(SYSTEM, number.strip().upper(), now=now)
    registry.note_look(board.case.person_id, LOOKED_AT, SYSTEM, now, way="command")
    clocks = queries.clocks_of(board.case, today=clock.day_of(now))
    if as_json:
        click.echo(json.dumps(pages.case_json(board, clocks), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=WIDE)
    for part in pages.case_page(board, clocks, lang or _tongue(), with_proof=proof):
        console.print(part, soft_wrap=isinstance(part, str))


def _tongue() -> Language:
    return language(os.environ)


def _(sentence: str) -> str:
    return sentences.speaking(_tongue(), __package__ or "")(sentence)
