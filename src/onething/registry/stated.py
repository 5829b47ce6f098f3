"""What a file states in the words of rules: the newest term of service, the highest merit, the disability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from onething.registry.cipher import DataKey
from onething.registry.models import Said, Statement
from onething.registry.person_file import EntryView, entries_of

SECTIONS: Final = ("service", "merit", "disability")
_DAY: Final = 10  # letters of a whole day; a month alone is no day that rules can count from
PLACEMENTS: Final = {
    "自主就业": "self_employed",
    "安排工作": "assigned_work",
    "退休": "retired",
    "供养": "provided_for",
    "逐月领取退役金": "monthly_pension",
    "复员": "demobilised",
    "转业": "transferred",
}
MERITS: Final = {"三等功": "merit_3", "二等功": "merit_2", "一等功": "merit_1", "荣誉称号": "honour"}
"""In order of their rank; what is no class of merit ends in no fact."""
NATURES: Final = {"因战": "war", "因公": "duty", "因病": "illness"}


def facts_of(statements: Iterable[Statement], key: DataKey) -> dict[str, Said]:
    """Give what the best sources of each entry state, by the name of the fact, in the values of facts."""
    entries = entries_of(sorted(statements, key=lambda row: row.source), key)  # of equals the same one every time
    found = {section: [_best(one) for one in entries if one.section.name == section] for section in SECTIONS}
    return {
        **_service(found["service"]),
        **_merit(found["merit"]),
        **_disability(found["disability"]),
    }


def _best(entry: EntryView) -> dict[str, Said]:
    return {view.field.name: view.best for view in entry.fields}


def _service(terms: Sequence[Mapping[str, Said]]) -> dict[str, Said]:
    if not terms:
        return {}
    newest = max(terms, key=lambda term: _text(term, "enlisted_on"))
    return dict(
        [
            *_day(newest, "enlisted_on", "enlist_date"),
            *_day(newest, "discharged_on", "discharge_date"),
            *_choice(newest, "placement", "placement_type", PLACEMENTS),
        ]
    )


def _merit(merits: Sequence[Mapping[str, Said]]) -> dict[str, Said]:
    ranks = list(MERITS)
    known = [one for one in merits if _text(one, "class") in MERITS]
    if not known:
        return {}
    highest = max(known, key=lambda one: ranks.index(_text(one, "class")))
    return dict(_choice(highest, "class", "highest_merit", MERITS))


def _disability(found: Sequence[Mapping[str, Said]]) -> dict[str, Said]:
    if not found:
        return {}
    grade = [("disability_grade", found[0]["grade"])] if "grade" in found[0] else []
    return dict([*grade, *_choice(found[0], "nature", "disability_nature", NATURES)])


def _text(entry: Mapping[str, Said], name: str) -> str:
    return str(entry[name].value) if name in entry else ""


def _day(entry: Mapping[str, Said], name: str, fact: str) -> Iterator[tuple[str, Said]]:
    if len(_text(entry, name)) == _DAY:
        yield fact, entry[name]


def _choice(entry: Mapping[str, Said], name: str, fact: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Said]]:
    if _text(entry, name) in values:
        yield fact, replace(entry[name], value=values[_text(entry, name)])
