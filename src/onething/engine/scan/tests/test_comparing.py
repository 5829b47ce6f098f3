"""What a new edition changes, counted by DuckDB, is what the one-person program says of each, before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from onething.engine.policies.comparing import BETTER, IN_A_YEAR, WORSE, more_of
from onething.engine.policies.comparing import kind_of as said_of
from onething.engine.policies.deciding import Decision, Outcome, compile_program
from onething.engine.policies.model import PolicyDef, PolicyPack
from onething.engine.policies.parsing import ParsedPack, parse_pack
from onething.engine.policies.tests.build import TODAY, condition, pack, people
from onething.engine.scan.comparing import EXAMPLES, Comparing, Comparison, compare
from onething.engine.scan.errors import ColumnMissing
from onething.engine.scan.tests.engines import table_of

YES = (Outcome.ELIGIBLE, Outcome.AMOUNT_UNKNOWN)
Key = tuple[str, str]


def edited() -> ParsedPack:
    """The same pack with one policy wider and dearer, one narrower, one gone, one new and one paid by the month."""
    made = pack().pack
    sixty, grant = made.policies["sixty"], made.policies["grant"]
    wider = replace(sixty, when=(condition("age", "years_between(birth_date, as_of()) >= 55"), *sixty.when[1:]))
    policies: dict[str, PolicyDef] = {
        **made.policies,
        "sixty": replace(wider, starts_next=False),
        "grant": replace(grant, stops=(*grant.stops, condition("rich", "income >= 240000"))),
        "newer": replace(sixty, id="newer", amount=replace(sixty.amount, per="quarter")),  # type: ignore[type-var]
    }
    del policies[next(name for name in policies if name not in ("sixty", "pension", "grant", "newer"))]
    standards = {
        name: replace(one, figures=tuple(replace(each, value=each.value * 11 // 10) for each in one.figures))
        for name, one in made.standards.items()
    }
    parsed, faults = parse_pack(replace(made, release="r2", policies=policies, standards=standards))
    assert not faults, [str(fault.refusal) for fault in faults]
    return parsed


def kind_of(old: Decision | None, new: Decision | None) -> str | None:
    """Say what happens to a person, from the two decisions alone."""
    was = old.outcome if old else Outcome.NOT_ELIGIBLE
    now = new.outcome if new else Outcome.NOT_ELIGIBLE
    if (was in YES) != (now in YES):
        return "gain" if now in YES else "doubt" if now is Outcome.UNKNOWN else "lose"
    if was not in YES:
        return None if was is now else "opens" if now is Outcome.UNKNOWN else "closes"
    assert old is not None
    assert new is not None
    if was is not now:
        return "known" if now is Outcome.ELIGIBLE else "open"
    before, after = yearly(old), yearly(new)
    if before != after:
        return "more" if after > before else "less"
    return "start" if old.start != new.start else None


def yearly(decision: Decision) -> int:
    return (decision.amount or 0) * IN_A_YEAR[decision.policy.payment]


def by_hand(old: ParsedPack, new: ParsedPack, persons: list[dict[str, Any]]) -> Mapping[Key, dict[int, int]]:
    """Decide for each person twice: (policy, kind) → person → fen more."""
    found: dict[Key, dict[int, int]] = defaultdict(dict)
    programs = [compile_program(edition, TODAY) for edition in (old, new)]
    for number, facts in enumerate(persons):
        before, after = ({one.policy.id: one for one in program.decide(facts)} for program in programs)
        for policy in before.keys() | after.keys():
            was, now = before.get(policy), after.get(policy)
            kind = kind_of(was, now)
            assert said_of(was, now) == kind
            if kind:
                more = (yearly(now) if now else 0) - (yearly(was) if was else 0)
                found[policy, kind][number] = 0 if kind in ("known", "open") else more
                assert more_of(kind, was, now) == found[policy, kind][number]
    return found


@pytest.fixture(scope="module")
def persons() -> list[dict[str, Any]]:
    return list(people(3000))


@pytest.fixture(scope="module")
def file(persons: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("people") / "people.parquet"
    pq.write_table(table_of(pack().pack.facts.values(), persons), made)
    return made


@pytest.fixture(scope="module")
def found(file: Path) -> Comparison:
    return compare(Comparing(pack(), edited(), TODAY, file, out=file.with_name("moved.parquet"), memory="256MB"))


def test_everybody_is_counted_as_the_program_says(found: Comparison, persons: list[dict[str, Any]], file: Path) -> None:
    expected = by_hand(pack(), edited(), persons)
    counted = {(one.policy, kind): moved for one in found.policies for kind, moved in one.moved.items()}
    assert {key: (one.persons, one.fen) for key, one in counted.items()} == {
        key: (len(moved), sum(moved.values())) for key, moved in expected.items()
    }
    assert {kind for _policy, kind in expected} >= {"gain", "lose", "more", "start", "opens"}
    for key, moved in counted.items():
        assert list(moved.examples) == sorted(map(str, expected[key]))[:EXAMPLES]
    listed = pq.read_table(file.with_name("moved.parquet")).to_pylist()
    assert {(one["policy"], one["kind"], int(one["person"])) for one in listed} == {
        (policy, kind, person) for (policy, kind), moved in expected.items() for person in moved
    }


def test_the_sums_are_those_of_the_policies(found: Comparison, persons: list[dict[str, Any]]) -> None:
    expected = by_hand(pack(), edited(), persons)
    for group, count in ((BETTER, found.better), (WORSE, found.worse)):
        assert count == len({person for (_p, kind), moved in expected.items() if kind in group for person in moved})
    once = {one.policy for one in found.policies if not one.is_yearly}
    assert "grant" in once
    assert found.once == sum(sum(moved.values()) for (name, _k), moved in expected.items() if name in once)
    assert found.yearly == sum(sum(moved.values()) for (name, _k), moved in expected.items() if name not in once)


def test_the_same_edition_changes_nothing(file: Path) -> None:
    same = compare(Comparing(pack(), pack(), TODAY, file))
    assert (same.policies, same.better, same.worse, same.yearly, same.once) == ((), 0, 0, 0, 0)
    assert same.persons == 3000


def test_a_policy_that_comes_or_goes_is_named_even_if_it_is_for_nobody(file: Path) -> None:
    made = pack().pack
    nobody = replace(made.policies["sixty"], id="nobody", when=(condition("far", "income = 987654321"),))
    parsed, _faults = parse_pack(replace(made, policies={**made.policies, "nobody": nobody}))
    for one, other in ((pack(), parsed), (parsed, pack())):
        (change,) = compare(Comparing(one, other, TODAY, file)).policies
        assert (change.policy, change.entitled) == ("nobody", (0, 0))
        assert change.moved.keys() <= {"opens", "closes"}  # of some nobody knows what they earn
        assert change.is_new == (other is parsed)


def test_a_column_that_is_not_there_is_named(file: Path) -> None:
    made = pack().pack
    fact = replace(made.facts["income"], id="savings")
    policies = {
        "rich": replace(made.policies["sixty"], id="rich", when=(condition("rich", "savings > 5"),), excluding=())
    }
    extended: PolicyPack = replace(made, facts={**made.facts, "savings": fact}, policies=policies)
    with pytest.raises(ColumnMissing, match="savings"):
        compare(Comparing(pack(), parse_pack(extended)[0], TODAY, file))
