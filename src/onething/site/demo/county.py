"""The invented county: 云川省清和市望山县 does not exist, its people and numbers are made up, their IDs begin with 99.

It enters only a database that is empty or already carries it. Passwords are random for each installation.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict, cast

import yaml

from onething.cases import policy
from onething.catalogue import queries as catalogue
from onething.catalogue.models import Release
from onething.desks.appointments import services as appointments
from onething.desks.appointments.hours import Hours
from onething.desks.appointments.models import Hall
from onething.exchange import services as exchange
from onething.identity import queries as people_at_the_door
from onething.identity import services as identity
from onething.identity import totp
from onething.identity.models import Account, Post, SecondFactor
from onething.kernel import codes
from onething.kernel.access import SYSTEM
from onething.kernel.errors import Conflict, NotFound
from onething.plumbing import clock, places
from onething.registry import queries as people
from onething.registry import services as registry
from onething.registry.models import Organisation, Person, Region
from onething.registry.regions import RegionRow
from onething.site.terminal import program
from onething.site.terminal import translated as _

PACK = "demo/retirement"
COUNTY = "990101000000"
SOURCE = "demo"
HALL = "hall"
CLERK = "clerk"
KEY_LIVES = timedelta(days=1)
REGIONS = (
    ("990000000000", "云川省", "Yunchuan Province"),
    ("990100000000", "清和市", "Qinghe City"),
    (COUNTY, "望山县", "Wangshan County"),
    ("990101100000", "石桥镇", "Shiqiao Town"),
    ("990101100201", "柳湾村", "Liuwan Village"),
)
STAFF = (
    (CLERK, "clerk", HALL, "窗口 沈知行"),
    ("hall", "hall", HALL, "窗口主管 顾明川"),
    ("supervisor", "supervisor", HALL, "督办 陆问渠"),
    ("admin", "administrator", HALL, "管理员 顾行舟"),
    ("admin.two", "administrator", HALL, "管理员 叶听泉"),
)
SHOWN = ("clerk", "hall", "police", "supervisor", "admin")
"""The accounts that the invitation names; `onething demo accounts` shows them again."""

SINCE = timedelta(days=8)
"""So long ago the demonstration's soldier was discharged: well inside the 30 days for reporting."""


class NotADemoDatabase(Conflict):
    """This database holds people who are not the demonstration's."""

    remedy = "Start with `onething up --no-demo`, or give the demonstration a database of its own."


class NotInTheCounty(NotFound):
    """Nobody of the invented county is called {name}."""

    remedy = "Give the phone number of an invented soldier, or clerk; `onething demo accounts` shows them."


class Remembered(TypedDict):
    """What the demonstration keeps on disk (0600): made once per installation."""

    passwords: dict[str, str]
    factors: dict[str, str]
    shown: list[str]
    begun: NotRequired[list[str]]


@dataclass(frozen=True, slots=True)
class Department:
    """One department of the demonstration, as the pack names it; short is how people say it."""

    code: str
    title: str
    title_en: str
    short: Mapping[str, str]


def load() -> None:
    """Load the county into an empty database. Refuses NotADemoDatabase."""
    now = clock.now()
    if not Region.objects.filter(code=COUNTY).exists():
        if Person.objects.exists():
            raise NotADemoDatabase
        rows = [RegionRow(code=code, name=name, name_en=english) for code, name, english in REGIONS]
        registry.load_regions(rows=rows, source=SOURCE, actor=SYSTEM, now=now)
    _open_offices(now)
    _open_hall(now)
    _open_accounts(now)


def departments() -> list[Department]:
    """List the departments of the demonstration's pack."""
    titles = release().content["departments"]
    return [
        Department(code, entry["title"]["zh"], entry["title"]["en"], entry.get("short") or entry["title"])
        for code, entry in titles.items()
    ]


def release() -> Release:
    """Find the demonstration's published pack."""
    return catalogue.current_release(PACK, on=clock.day_of(clock.now()))


def _open_offices(now: datetime) -> None:
    known = set(Organisation.objects.values_list("code", flat=True))
    if HALL not in known:
        registry.open_organisation(
            code=HALL,
            name="望山县政务服务中心退役军人综合窗口",
            name_en="Wangshan service hall, veterans' one-stop counter",
            kind=Organisation.Kind.STATION,
            region=COUNTY,
            actor=SYSTEM,
            now=now,
        )
    for office in departments():
        if office.code not in known:
            registry.open_organisation(
                code=office.code,
                name=office.title,
                name_en=office.title_en,
                kind=Organisation.Kind.DEPARTMENT,
                department=office.code,
                region=COUNTY,
                actor=SYSTEM,
                now=now,
            )


def _open_hall(now: datetime) -> None:
    office = Organisation.objects.get(code=HALL)
    if not Hall.objects.filter(organisation=office).exists():
        appointments.open_hall(
            organisation=office,
            serves=["county_hall"],
            counters=7,
            staff=5,
            hours=[Hours(time(9), time(12), 3), Hours(time(13, 30), time(17), 3)],
            address="云川省清和市望山县文山路 18 号一楼",
            does="退役军人服务“一件事”\n优待证、光荣牌\n就业、法律咨询",
            actor=SYSTEM,
            now=now,
        )


def _open_accounts(now: datetime) -> None:
    staff = [
        *STAFF,
        *((office.code.replace("_", "-"), "department", office.code, office.title) for office in departments()),
    ]
    for username, role, organisation, shown_as in staff:
        known = Account.objects.filter(username=username).first()
        if known is not None:
            _give_authenticator(known, now)  # one of an older release has none
            continue
        account = identity.open_account(
            username=username, password=_password(username), display_name=shown_as, actor=SYSTEM, now=now
        )
        identity.give_post(
            account=account,
            role=role,
            organisation=Organisation.objects.get(code=organisation),
            region=COUNTY,
            valid_from=now,
            actor=SYSTEM,
            now=now,
        )
        _give_authenticator(account, now)


def _give_authenticator(account: Account, now: datetime) -> None:
    if not people_at_the_door.has_factor(account.pk):
        identity.enrol(account=account, secret=_factor(account.username), actor=SYSTEM, now=now)


def soldier(number: int = 1) -> tuple[Person, dict[str, Any]]:
    """
    Find or register the demonstration's n-th soldier and give what they still have to answer.

    What departments know of them is in the registry, so that the form shows it instead of asking.
    """
    answers = _answers(number)
    known = {name: value for name, value in answers.items() if name in _known_fields()}
    person = people.person_by_id_number(answers["id_number"]) or registry.register_person(
        name=answers["full_name"],
        id_number=answers["id_number"],
        phone=answers["phone"],
        region=COUNTY,
        known=known,
        source=SOURCE,
        actor=SYSTEM,
        now=clock.now(),
    )
    return person, {name: value for name, value in answers.items() if name not in known}


@cache
def _known_fields() -> frozenset[str]:
    return frozenset(name for name, entry in release().content["fields"].items() if entry.get("known_from"))


def _answers(number: int) -> dict[str, Any]:
    """Take the pack's own example, discharged a week ago; each further person has a number of their own."""
    example = places.packs_root() / PACK / "examples" / "published.yaml"
    given = yaml.safe_load(example.read_text(encoding="utf-8"))["answers"]
    answers = {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}
    discharged = clock.day_of(clock.now()) - SINCE
    answers["discharge_date"] = discharged.isoformat()
    answers["enlist_date"] = discharged.replace(year=discharged.year - 8, day=min(discharged.day, 28)).isoformat()
    if number > 1:
        answers |= _person_number(number, answers["id_number"])
    return answers


NAMES = ("何青松", "田望舒", "秦远山", "罗小满", "孟长林", "祝向阳", "程亦安", "魏听澜")


def _person_number(number: int, pattern: str) -> dict[str, str]:
    body = f"{pattern[:14]}{(2 * number + 15) % 1000:03d}"
    return {
        "full_name": NAMES[(number - 1) % len(NAMES)],
        "id_number": body + codes.id_check_digit(body),
        "phone": f"199{number:08d}",
        "sex": "male",
    }


def key_for(name: str) -> str:
    """Issue a key of the API for the clerk, or for an invented soldier by phone number. Refuses NotInTheCounty."""
    if name == CLERK:
        return clerk_key()
    person = people_at_the_door.person_meant(name)
    if person is None or person.region_id != COUNTY:
        raise NotInTheCounty(name=name)
    return api_key(person)


def api_key(person: Person) -> str:
    """Issue a key under which programs submit and follow as this person."""
    now = clock.now()
    account = Account.objects.filter(person=person).first() or identity.open_account(
        person=person, actor=SYSTEM, now=now
    )
    return identity.issue_api_key(
        account=account, label="demo", scopes=[policy.FILE_OWN], expires_at=now + KEY_LIVES, actor=SYSTEM, now=now
    )


def clerk_key() -> str:
    """Issue a key under which the demonstration's clerk records an outside event."""
    account, now = Account.objects.get(username=CLERK), clock.now()
    return identity.issue_api_key(
        account=account, label="demo", scopes=[policy.RECORD_EVENT, policy.READ_CASE],
        post=Post.objects.get(account=account), expires_at=now + KEY_LIVES, actor=SYSTEM, now=now,
    )  # fmt: skip


def connect_departments(simulators: str) -> None:
    """Connect every department to its simulator, and write the keys that the simulators are given (0600)."""
    keys: dict[str, Mapping[str, str]] = {}
    for office in departments():
        made = exchange.connect_department(
            code=office.code,
            title=office.title,
            title_en=office.title_en,
            connector="http",
            address=f"{simulators}/d/{office.code}/orders",
            region=COUNTY,
            organisation=office.code,
            actor=SYSTEM,
            now=clock.now(),
        )
        ring = made.keyring
        keys[office.code] = {
            "source": made.department.source,
            "secret": ring.shared.text,
            "signing_key": ring.department.text,
            "house_key": ring.house.public.text,
        }
    _write(_keys_file(), keys)


def simulator_arguments(port: int, web: int) -> list[str]:
    """Give the command line of the simulators."""
    callback = f"http://127.0.0.1:{web}/api/v1/exchange/replies"
    memory = str(_keys_file().with_name("simulators.sqlite3"))
    return [
        *("--port", str(port), "--callback", callback, "--keys", str(_keys_file())),
        *("--memory", memory, "--pace", "2.0"),
    ]


def invitation(home: str) -> list[str]:
    """Say where to look and how to sign in."""
    person = soldier()[0]
    passwords = _remembered()["passwords"]  # not in a backup: a restored county is entered by a new one-time link
    demo = f"{program()} demo"
    code = _("code: {demo} code {phone}").format(demo=demo, phone=person.phone)
    return [
        _("Portal     {url}").format(url=f"{home}/"),
        f"  {person.phone}      {code}",
        _("Workbench  {url}").format(url=f"{home}/door/sign-in/password/"),
        *(f"  {name:<16} {_('password: {word}').format(word=passwords[name])}" for name in SHOWN if name in passwords),
        f"  {'':<16} {_('then the code of the app: {demo} code NAME').format(demo=demo)}",
        _("API        {url}").format(url=f"{home}/api/v1/docs"),
        _("Once more: {demo}        stop: Ctrl-C").format(demo=demo),
    ]


def has_been_shown() -> bool:
    """Tell whether a retirement was carried through here before."""
    return bool(_remembered()["shown"])


def remember_begun(number: str) -> None:
    """Keep that a retirement was submitted: whether or not it comes to its end, its person is not sent again."""
    kept = _remembered()
    kept["begun"] = [*kept.get("begun", kept["shown"]), number]
    _write(_memory_file(), kept)


def remember_shown(number: str) -> None:
    """Keep that a retirement was carried through."""
    kept = _remembered()
    kept["shown"].append(number)
    _write(_memory_file(), kept)


def next_soldier() -> int:
    """Number the next person to be carried through."""
    kept = _remembered()
    return len(kept.get("begun", kept["shown"])) + 1


def _password(username: str) -> str:
    kept = _remembered()
    if username not in kept["passwords"]:
        kept["passwords"][username] = "-".join(secrets.token_hex(2) for _ in range(3))
        _write(_memory_file(), kept)
    return kept["passwords"][username]


def _factor(username: str) -> bytes:
    kept = _remembered()
    if username not in kept["factors"]:
        kept["factors"][username] = totp.fresh_secret().hex()
        _write(_memory_file(), kept)
    return bytes.fromhex(kept["factors"][username])


def app_code(username: str) -> str | None:
    """Tell what a demonstration account's authenticator app shows, the next code if that one was used; None if none."""
    known = _remembered()["factors"].get(username)
    used = SecondFactor.objects.filter(account__username=username).values_list("last_step", flat=True).first()
    if known is None or used is None:
        return None
    return totp.code_at(bytes.fromhex(known), max(totp.step_at(clock.now()), used + 1))


def _remembered() -> Remembered:
    try:
        kept: dict[str, Any] = json.loads(_memory_file().read_text())
    except FileNotFoundError:
        kept = {}
    whole: dict[str, Any] = {"passwords": {}, "factors": {}, "shown": [], **kept}
    return cast(Remembered, whole)


def _memory_file() -> Path:
    return places.private("demo") / "memory.json"


def _keys_file() -> Path:
    return places.private("demo") / "department-keys.json"


def _write(path: Path, values: Mapping[str, Any]) -> None:
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(values, ensure_ascii=False))
    draft.replace(path)
