"""
The retirement packs: the published totals come out of the parts, and move when a part moves.

No database. The expected figures are those of the report (S3) or were worked out by hand; the examples carry the sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from onething.catalogue.check import Report, check_pack
from onething.catalogue.resolve import catalogue_of
from onething.engine.bundle import Plan, check_answers, compile_catalogue, compute_plan
from onething.engine.bundle.errors import AnswersNotUsable
from onething.engine.bundle.model import Basis, Catalogue, Figure, SupplyBy, Unit
from onething.engine.bundle.plan import Action, Ask, Removal
from onething.kernel.codes import id_check_digit
from onething.kernel.workdays import Calendar
from onething.plumbing.calendars import national_calendar, reaching
from onething.plumbing.packs import Pack, read_pack, schema

NATIONAL, HLJ, DEMO = "national/retirement", "hlj/retirement", "demo/retirement"
PACKS = (NATIONAL, HLJ, DEMO)
SUBMITTED = date(2026, 9, 9)
PUBLISHED_BEFORE, PUBLISHED_AFTER = (61, 31, 13, 12), (15, 14, 2, 1)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return national_calendar()


@pytest.fixture(scope="module")
def reports(calendar: Calendar) -> dict[str, Report]:
    return {name: check_pack(name, calendar) for name in PACKS}


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {name: read_pack(name) for name in PACKS}


@pytest.fixture(scope="module")
def hlj(packs: dict[str, Pack]) -> Catalogue:
    return catalogue_of(packs[HLJ])


@pytest.fixture(scope="module")
def person(packs: dict[str, Pack]) -> dict[str, Any]:
    return dict(packs[HLJ].of(schema.Example)["published"].answers)


def plan_of(catalogue: Catalogue, answers: Mapping[str, Any], basis: str | None = None) -> Plan:
    compiled = compile_catalogue(catalogue)
    return reaching(national_calendar(), lambda days: compute_plan(compiled, answers, SUBMITTED, days, basis))


def example(packs: Mapping[str, Pack], name: str, pack: str = HLJ) -> dict[str, Any]:
    return dict(packs[pack].of(schema.Example)[name].answers)


def before(plan: Plan) -> tuple[int, int, int, int]:
    cost = plan.before
    return cost.working_days, cost.materials, cost.steps, cost.trips


def after(plan: Plan) -> tuple[int, int, int, int]:
    cost = plan.after
    return cost.working_days, cost.materials, cost.steps, cost.trips


def names(plan: Plan) -> set[str]:
    return {matter.id for matter in plan.matters}


def edges(plan: Plan) -> set[tuple[str, str]]:
    return {(edge.first, edge.then) for edge in plan.edges}


def starts_after(plan: Plan, name: str) -> set[str]:
    """Every matter that must be settled before `name` starts, directly or not."""
    waiting, found = [name], set()
    while waiting:
        then = waiting.pop()
        earlier = {first for first, second in edges(plan) if second == then} - found
        found |= earlier
        waiting += earlier
    return found


# changing one part


def with_days(catalogue: Catalogue, name: str, more: int) -> Catalogue:
    matter = catalogue.matters[name]
    longer = replace(matter, joined=replace(matter.joined, value=matter.joined.value + more))
    return replace(catalogue, matters={**catalogue.matters, name: longer})


def without_share(catalogue: Catalogue, name: str) -> Catalogue:
    material = catalogue.materials[name]
    left = tuple(supply for supply in material.supplies if supply.by is not SupplyBy.SHARE)
    return replace(catalogue, materials={**catalogue.materials, name: replace(material, supplies=left)})


def without_desk(catalogue: Catalogue, desk: str) -> Catalogue:
    hall = catalogue.stations["county_hall"]
    smaller = replace(hall, can=hall.can - {desk})
    return replace(catalogue, stations={**catalogue.stations, "county_hall": smaller})


# the packs hold


@pytest.mark.parametrize("name", PACKS)
def test_pack_has_no_problem_and_no_advice_but_on_what_it_says_is_not_verified(
    reports: dict[str, Report], name: str
) -> None:
    report = reports[name]
    assert [str(problem) for problem in report.problems] == []
    unverified = [way for way in report.pack.of(schema.Objection).values() if way.unverified]
    assert [str(advice.place.file.name) for advice in report.advice] == ["objections.yaml"] * len(unverified)
    assert len(unverified) <= 2


@pytest.mark.parametrize("name", PACKS)
def test_every_example_comes_out_as_it_says(reports: dict[str, Report], name: str) -> None:
    runs = reports[name].runs
    assert runs
    assert {run.example for run in runs if not run.passed} == set()


@pytest.mark.parametrize("name", PACKS)
def test_every_example_states_the_whole_result(packs: dict[str, Pack], name: str) -> None:
    for one, entry in packs[name].of(schema.Example).items():
        left_out = {key for key, value in entry.expect.model_dump().items() if value is None}
        assert left_out == set(), one


def test_eleven_national_matters_become_thirteen_in_heilongjiang(packs: dict[str, Pack]) -> None:
    national, hlj = (list(packs[name].of(schema.Matter)) for name in (NATIONAL, HLJ))
    assert (len(national), len(hlj)) == (11, 13)
    assert hlj[:11] == national
    assert hlj[0] == "report_in"


# the published totals, and that they are computed


def test_published_totals_come_out(hlj: Catalogue, person: dict[str, Any]) -> None:
    plan = plan_of(hlj, person)
    assert len(plan.matters) == 13
    assert before(plan) == PUBLISHED_BEFORE
    assert after(plan) == PUBLISHED_AFTER
    assert plan.promise.due == date(2026, 9, 30)
    assert plan.open_questions == ()


def test_totals_are_the_sums_of_the_parts(hlj: Catalogue, person: dict[str, Any]) -> None:
    """Thirty-one materials are fourteen handed in and seventeen removed, each with its reason."""
    plan = plan_of(hlj, person)
    handed_in = [material for material in plan.materials if material.action is Action.HAND_IN]
    reasons = [removed.reason for removed in plan.removed]
    assert len(handed_in) + len(reasons) == 31
    assert {reason: reasons.count(reason) for reason in Removal} == {
        Removal.REPEATED: 6,
        Removal.SHARED: 5,
        Removal.PRODUCED: 3,
        Removal.DERIVED: 3,
    }
    assert sum(matter.alone.working_days.value for matter in hlj.matters.values()) == 61


def test_a_share_that_ends_costs_one_more_material(hlj: Catalogue, person: dict[str, Any]) -> None:
    plan = plan_of(without_share(hlj, "identity_proof"), person)
    assert before(plan) == PUBLISHED_BEFORE
    assert after(plan) == (15, 15, 2, 1)


@pytest.mark.parametrize("desk", ["police_desk", "bank_desk"])
def test_a_desk_that_leaves_the_hall_costs_one_more_trip(hlj: Catalogue, person: dict[str, Any], desk: str) -> None:
    plan = plan_of(without_desk(hlj, desk), person)
    assert after(plan) == (15, 14, 3, 2)


def test_a_desk_nobody_needs_may_leave(hlj: Catalogue, person: dict[str, Any]) -> None:
    assert after(plan_of(without_desk(hlj, "veterans_desk"), person)) == PUBLISHED_AFTER


@pytest.mark.parametrize("name", ["report_in", "household_registration", "id_card", "social_security_card"])
def test_a_longer_critical_matter_moves_the_promise(hlj: Catalogue, person: dict[str, Any], name: str) -> None:
    plan = plan_of(with_days(hlj, name, 2), person)
    assert plan.after.working_days == 17
    assert plan.promise.due == date(2026, 10, 9)  # 1 to 7 October are holidays


@pytest.mark.parametrize("name", ["self_employment_grant", "pension_transfer", "medical_transfer", "skills_training"])
def test_a_longer_matter_beside_it_does_not(hlj: Catalogue, person: dict[str, Any], name: str) -> None:
    plan = plan_of(with_days(hlj, name, 2), person)
    assert plan.after.working_days == 15
    assert plan.promise.due == date(2026, 9, 30)


def test_a_matter_that_is_not_needed_changes_all_totals(hlj: Catalogue, person: dict[str, Any]) -> None:
    """With a valid ID card: ten days, three materials, a step and a trip less alone; the old card stays at home."""
    plan = plan_of(hlj, {**person, "id_card_state": "valid"})
    assert before(plan) == (51, 28, 12, 11)
    assert after(plan) == (11, 13, 2, 1)


def test_linking_the_file_takes_two_papers_off(hlj: Catalogue, person: dict[str, Any]) -> None:
    by_file = replace(hlj.materials["identity_proof"].supplies[0], department="veterans_affairs", share="archive")
    linked = {
        name: replace(hlj.materials[name], supplies=(by_file, *hlj.materials[name].supplies))
        for name in ("enlistment_notice", "merit_certificate")
    }
    plan = plan_of(replace(hlj, materials={**hlj.materials, **linked}), person)
    assert after(plan) == (15, 12, 2, 1)


# statutory figures alone


def test_law_alone_names_what_it_leaves_open(hlj: Catalogue, person: dict[str, Any]) -> None:
    """Sixty calendar days for the ID card are 38 working days here, then ten for the social security card."""
    plan = plan_of(hlj, person, "law")
    assert plan.critical_path == ("id_card", "social_security_card")
    assert plan.promise.working_days == 48
    with_a_term = {"id_card", "social_security_card", "social_insurance_registration", "medical_insurance_registration"}
    assert set(plan.promise.lower_bound) == names(plan) - with_a_term


def test_no_promise_is_longer_than_the_law_allows(hlj: Catalogue) -> None:
    for matter in hlj.matters.values():
        if matter.law is not None:
            assert matter.law.basis is Basis.LAW
            least = matter.law.value // 2 if matter.law.unit is Unit.CALENDAR_DAYS else matter.law.value
            assert matter.joined.value <= matter.alone.working_days.value <= least


# the order of work


def test_members_move_their_membership_before_money(hlj: Catalogue, person: dict[str, Any]) -> None:
    assert ("membership_transfer", "self_employment_grant") in edges(plan_of(hlj, person))
    longer = with_days(hlj, "membership_transfer", 30)
    assert plan_of(longer, person).after.working_days == 1 + 30 + 5
    assert plan_of(longer, {**person, "membership": "none"}).after.working_days == 15


def test_the_id_card_waits_for_the_household_only_if_it_was_cancelled(hlj: Catalogue, person: dict[str, Any]) -> None:
    cancelled = plan_of(hlj, person)
    kept = plan_of(hlj, {**person, "hukou_cancelled": False})
    assert "household_registration" in starts_after(cancelled, "id_card")
    assert "household_registration" not in names(kept)
    assert starts_after(kept, "id_card") == {"report_in"}


def test_pension_transfer_never_waits_for_the_household(hlj: Catalogue, person: dict[str, Any]) -> None:
    assert starts_after(plan_of(hlj, person), "pension_transfer") == {"social_insurance_registration"}


def test_the_remittance_is_waited_for_and_not_promised(hlj: Catalogue, person: dict[str, Any]) -> None:
    (external,) = plan_of(hlj, person).external
    assert external.id == "army_remittance"
    assert {one.matter for one in external.needed_by} == {"pension_transfer", "medical_transfer"}


def test_physical_acts_are_said(hlj: Catalogue, person: dict[str, Any]) -> None:
    (visit,) = plan_of(hlj, person).visits
    assert visit.station == "county_hall"
    assert {act.id for act in visit.acts} == {"household_page", "fingerprints", "card_bank_check"}


def test_the_discharge_certificate_may_follow(hlj: Catalogue, person: dict[str, Any]) -> None:
    may_follow = {line.id for line in plan_of(hlj, person).materials if line.may_follow is not None}
    assert may_follow == {"discharge_certificate"}


# placement, clause by clause (L1:12, 18 to 38)

CONSCRIPT = {"soldier_kind": "conscript", "service_months": 24}
JUNIOR = {"soldier_kind": "junior_nco", "service_months": 96}
SENIOR = {"soldier_kind": "senior_nco", "service_months": 143, "birth_date": "1971-09-02"}
PLACEMENTS: list[tuple[str, dict[str, Any], str]] = [
    ("none of the others: L1:20", CONSCRIPT, "self_employed"),
    ("an NCO short of twelve years: L1:20", SENIOR, "self_employed"),
    ("twelve years as an NCO: L1:25(1)", {**SENIOR, "service_months": 144}, "assigned_work"),
    ("twelve years count for NCOs only: L1:25(1)", {**CONSCRIPT, "service_months": 144}, "self_employed"),
    ("title of honour: L1:25(2)", {**CONSCRIPT, "highest_merit": "honour_title"}, "assigned_work"),
    ("war merit, third class: L1:25(3)", {**CONSCRIPT, "highest_merit": "war_merit_3"}, "assigned_work"),
    ("war merit, fourth class, is not enough", {**CONSCRIPT, "highest_merit": "war_merit_4"}, "self_employed"),
    ("merit, second class: L1:25(3)", {**JUNIOR, "highest_merit": "merit_2"}, "assigned_work"),
    ("merit, third class, is not enough", {**JUNIOR, "highest_merit": "merit_3"}, "self_employed"),
    ("commendation, first level: L1:25(4)", {**JUNIOR, "highest_merit": "commendation_1"}, "assigned_work"),
    ("commendation, second level, is not enough", {**JUNIOR, "highest_merit": "commendation_2"}, "self_employed"),
    ("in action, grade 8: L1:25(5)", {**CONSCRIPT, "disability_cause": "war", "disability_grade": 8}, "assigned_work"),
    ("in action, grade 9", {**CONSCRIPT, "disability_cause": "war", "disability_grade": 9}, "self_employed"),
    ("on duty, grade 8", {**CONSCRIPT, "disability_cause": "duty", "disability_grade": 8}, "self_employed"),
    ("a martyr's child: L1:25(6)", {**CONSCRIPT, "martyr_child": True}, "assigned_work"),
    ("expelled: L1:35(1)", {**CONSCRIPT, "martyr_child": True, "assignment_bar": "expelled"}, "self_employed"),
    ("sentenced: L1:35(2)", {**SENIOR, "service_months": 200, "assignment_bar": "sentenced"}, "self_employed"),
    ("grade 4, conscript: L1:38", {**CONSCRIPT, "disability_cause": "illness", "disability_grade": 4}, "provided_for"),
    ("grade 1, junior NCO: L1:38", {**JUNIOR, "disability_cause": "war", "disability_grade": 1}, "provided_for"),
    ("fifty-five: L1:36(1)", {**SENIOR, "birth_date": "1971-09-01"}, "retired"),
    ("thirty years: L1:36(2)", {**SENIOR, "service_months": 360}, "retired"),
    ("in action, grade 6: L1:36(3)", {**SENIOR, "disability_cause": "war", "disability_grade": 6}, "retired"),
    ("illness, grade 6", {**SENIOR, "disability_cause": "illness", "disability_grade": 6}, "self_employed"),
    ("unfit for work: L1:36(4)", {**SENIOR, "medically_unfit": True}, "retired"),
    (
        "work instead of retirement: L1:25",
        {**SENIOR, "disability_cause": "war", "disability_grade": 5, "placement_wish": "assigned_work"},
        "assigned_work",
    ),
    (
        "provision instead of retirement: L1:38",
        {**SENIOR, "disability_cause": "duty", "disability_grade": 3, "placement_wish": "provided_for"},
        "provided_for",
    ),
    ("a monthly pension: L1:18", {**SENIOR, "monthly_pension_confirmed": True}, "monthly_pension"),
    (
        "work instead of the monthly pension: L1:25",
        {**SENIOR, "monthly_pension_confirmed": True, "placement_wish": "assigned_work"},
        "assigned_work",
    ),
    (
        "own choice against a monthly pension: L1:20",
        {**SENIOR, "monthly_pension_confirmed": True, "placement_wish": "self_employed"},
        "self_employed",
    ),
    (
        "own choice against assigned work: L1:20",
        {**SENIOR, "service_months": 200, "placement_wish": "self_employed"},
        "self_employed",
    ),
    (
        "provision leaves no choice: L1:38",
        {**CONSCRIPT, "disability_cause": "war", "disability_grade": 2, "placement_wish": "self_employed"},
        "provided_for",
    ),
    ("an officer: L1:12", {"soldier_kind": "officer", "officer_placement": "transferred"}, "transferred"),
]


def with_number(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with an ID number that says the same date of birth."""
    body = f"990101{answers['birth_date'].replace('-', '')}015"
    return {**answers, "id_number": body + id_check_digit(body)}


@pytest.mark.parametrize(("facts", "placement"), [pytest.param(*case[1:], id=case[0]) for case in PLACEMENTS])
def test_placement_follows_the_regulation(
    hlj: Catalogue, person: dict[str, Any], facts: dict[str, Any], placement: str
) -> None:
    plain = {"highest_merit": "none", "placement_wish": "by_law"}
    plan = plan_of(hlj, with_number({**person, **plain, **facts}))
    assert [line.value for line in plan.derived if line.id == "placement_type"] == [placement]
    assert ("self_employment_grant" in names(plan)) == (placement == "self_employed")


def test_an_unknown_fact_that_cannot_matter_is_not_waited_for(hlj: Catalogue) -> None:
    """Whoever chooses self-employment needs no answer about merit, service or a monthly pension."""
    plan = plan_of(hlj, {"soldier_kind": "junior_nco", "disability_cause": "none", "placement_wish": "self_employed"})
    assert [line.value for line in plan.derived] == ["self_employed"]


def test_a_declined_matter_is_left_out(hlj: Catalogue, person: dict[str, Any]) -> None:
    plan = plan_of(hlj, {**person, "wants_training": False})
    assert "skills_training" in {line.id for line in plan.not_needed}
    assert plan.after.materials == 13  # the school certificate stays at home


# honesty


def figures(catalogue: Catalogue) -> Iterator[Figure]:
    for matter in catalogue.matters.values():
        yield from (matter.joined, matter.alone.working_days, matter.alone.steps, matter.alone.trips)


def test_no_figure_of_a_matter_passes_for_published(hlj: Catalogue) -> None:
    assert {figure.basis for figure in figures(hlj)} == {Basis.RECONSTRUCTED}


@pytest.mark.parametrize("name", PACKS)
def test_the_marks_say_that_figures_are_reconstructed(packs: dict[str, Pack], name: str) -> None:
    marks = packs[name].header.marks
    assert any("推算" in mark.zh and "reconstructed" in mark.en for mark in marks)


def test_the_demonstration_says_so(packs: dict[str, Pack]) -> None:
    assert any("虚构" in mark.zh and "invented" in mark.en for mark in packs[DEMO].header.marks)


@pytest.mark.parametrize("name", PACKS)
def test_every_matter_says_where_its_name_is_found(packs: dict[str, Pack], name: str) -> None:
    assert all(matter.title_source for matter in packs[name].of(schema.Matter).values())


# people


WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.mark.parametrize("name", PACKS)
def test_people_are_invented(packs: dict[str, Pack], name: str) -> None:
    """Region 99 does not exist; the check digit is counted here after GB 11643, and agrees with birthday and sex."""
    for given in (one.answers for one in packs[name].of(schema.Example).values()):
        number = str(given["id_number"])
        assert number.startswith("99")
        rest = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11
        assert number[17] == "10X98765432"[rest]
        assert number[6:14] == str(given["birth_date"]).replace("-", "")
        assert int(number[16]) % 2 == (given["sex"] == "male")


def test_every_field_that_may_be_asked_has_its_question(hlj: Catalogue) -> None:
    """Also those a department should know: it may be down, or know nothing of this person."""
    derived = {one.field for one in hlj.derived}
    assert [name for name, one in hlj.fields.items() if one.question is None and name not in derived] == []


def test_what_a_department_knows_is_not_asked(hlj: Catalogue, person: dict[str, Any]) -> None:
    for field in plan_of(hlj, person).form.fields:
        assert (field.ask is Ask.PREFILL) == (hlj.fields[field.id].known_from is not None), field.id


# words

LONG = {
    "case_number": "WS-2026-0909-0037",
    "due": "10月30日",
    "matter": "军地基本养老保险关系转移接续",
    "what": "照片背景要白色",
    "link": "https://example.cn/s/7K2Q9",
    "only_if": "如果您是义务兵或者军士，",
    "consequence": "没有正当理由又晚了 30 天以上，就当作放弃安置待遇。",
    "objection": "10月30日前可以申请行政复议",
}
NOTICES = {"submitted", "correction_needed", "task_refused", "paper_overdue", "settled", "day_to_keep"}


def test_every_text_message_fits(packs: dict[str, Pack]) -> None:
    """Seventy characters are one text message."""
    notices = packs[HLJ].of(schema.Notice)
    assert set(notices) >= NOTICES
    for name in NOTICES:
        sms = notices[name].sms
        assert sms is not None
        assert len(sms.zh.format(**LONG)) <= 70, name


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"discharge_date": "2018-08-31"}, "discharge_date"),
        ({"discharge_date": "2026-09-10"}, "discharge_date"),  # the day after the submission
        ({"birth_date": "2018-09-01"}, "birth_date"),
        ({"birth_date": "2026-09-10", "enlist_date": None, "discharge_date": None}, "birth_date"),
    ],
)
@pytest.mark.parametrize("pack", PACKS)
def test_days_in_an_impossible_order_are_refused(
    packs: dict[str, Pack], person: dict[str, Any], pack: str, wrong: dict[str, Any], name: str
) -> None:
    compiled = compile_catalogue(catalogue_of(packs[pack]))
    with pytest.raises(AnswersNotUsable) as caught:
        check_answers(compiled, {**person, **wrong}, SUBMITTED)
    assert name in [problem.field for problem in caught.value.problems]
