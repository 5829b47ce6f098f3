# ruff: noqa: E501
"""Twenty-four policies in the manner of the national pack, over the invented population: what the benchmarks decide.

Their figures are invented and stand for nothing; the national pack has the sourced ones.
"""

from __future__ import annotations

from datetime import date

from onething.engine.bundle.model import Option, Words
from onething.engine.policies.model import (
    NATION,
    Amount,
    Condition,
    FactDef,
    Figure,
    PolicyDef,
    PolicyPack,
    StandardDef,
    TableDef,
    TableEdition,
)
from onething.engine.policies.parsing import ParsedPack, parse_pack
from onething.kernel.periods import Period

DAY = date(2026, 11, 1)
ALWAYS = Period(date(1990, 1, 1))


def words(text: str) -> Words:
    return Words(text, text)


def fact(name: str, kind: str, absent: str = "unknown", unit: str = "", options: str = "") -> FactDef:
    return FactDef(name, words(name), kind, absent, unit, tuple(Option(one, words(one)) for one in options.split()))


FACTS = [
    FactDef("birth_date", words("birth"), "date", "unknown", check="birth_date <= as_of()"),
    fact("death_date", "date", "none"),
    fact("hukou_region", "region"),
    fact("hukou_type", "choice", options="rural urban"),
    fact("hukou_type_at_discharge", "choice", options="rural urban"),
    fact("enlist_region", "region"),
    fact("enlist_date", "date"),
    FactDef("discharge_date", words("discharge"), "date", "running", check="discharge_date >= enlist_date"),
    fact("compulsory_start", "date"),
    fact("compulsory_end", "date", "running"),
    fact("service_kind", "choice", options="conscript junior_nco senior_nco officer"),
    fact(
        "placement_type",
        "choice",
        "none",
        options="self_employed assigned_work monthly_pension retired demobilised transferred",
    ),
    fact("highest_merit", "choice", "none", options="merit_3 merit_2 merit_1 war_merit_3"),
    fact("disability_grade", "integer", "none", "grade"),
    fact("disability_nature", "choice", "none", options="war duty illness mental"),
    fact("war_veteran", "boolean", "none"),
    fact("nuclear_test_veteran", "boolean", "none"),
    fact("chronic_illness_from_service", "boolean"),
    fact("army_medical_record", "boolean"),
    fact("survivor_of", "choice", "none", options="martyr duty illness"),
    fact("survivor_relation", "choice", "none", options="parent spouse child sibling"),
    fact("able_to_work", "boolean"),
    fact("employment", "choice", options="employed unemployed retired self_employed student"),
    fact("employee_pension", "boolean"),
    fact("monthly_income", "money"),
    fact("household_size", "integer", "unknown", "persons"),
    fact("household_income", "money"),
    fact("hardship", "choice", "none", options="illness disaster accident"),
    fact("minimum_living_allowance", "boolean"),
    fact("business_registered_on", "date", "none"),
    fact("tax_deduction_used", "boolean", "none"),
    fact("degree_at_enlistment", "choice", "none", options="bachelor college enrolled freshman"),
    fact("tuition_paid", "money"),
    fact("medical_cost_self_paid", "money"),
    fact("living_with", "choice", "none", options="dispersed institution"),
    fact("sentence", "choice", "none", options="imprisonment deprived_of_rights wanted"),
    fact("dishonoured", "boolean", "none"),
    fact("benefits_received", "choices", "none", options="disability_pension war_veteran_allowance"),
]
AGE = "years_between(birth_date, as_of())"
SERVED = "years_between(enlist_date, discharge_date)"
OUT = "discharge_date IS NOT NULL"
POLICIES: list[tuple[str, list[str], str, str]] = [
    # id, conditions, amount, day of the start
    ("rural_60", [f"{AGE} >= 60", "hukou_type_at_discharge = 'rural'", "enlist_date BETWEEN DATE '1954-11-01' AND DATE '2011-10-31'",
                  "NOT employee_pension", "NOT receives('disability_pension')"],
     "param('rural') * ceil_years(compulsory_start, compulsory_end)", "anniversary(birth_date, 60)"),
    ("disability", [OUT, "disability_grade <= 10", "disability_nature IN ('war', 'duty')"],
     "table('pension', disability_grade, disability_nature)", "as_of()"),
    ("disability_illness", [OUT, "disability_grade <= 6", "disability_nature = 'illness'"],
     "table('pension', disability_grade, disability_nature)", "as_of()"),
    ("nursing", [OUT, "disability_grade <= 4", "living_with = 'dispersed'"], "div_round(param('wage') * param('nursing'), 100)",
     "as_of()"),
    ("war", ["war_veteran", f"{AGE} >= 55 OR NOT able_to_work", "hukou_type = 'rural' OR employment = 'unemployed'"],
     "param('war')", "as_of()"),
    ("nuclear", ["nuclear_test_veteran", "hukou_type = 'rural' OR employment = 'unemployed'"], "param('war')", "as_of()"),
    ("ill_at_home", [OUT, "chronic_illness_from_service", "army_medical_record", "service_kind IN ('conscript', 'junior_nco')",
                     "hukou_type = 'rural' OR employment <> 'employed'"], "param('ill')", "as_of()"),
    ("demobilised", ["enlist_date <= DATE '1954-10-31'", "employment <> 'employed'"], "param('old')", "as_of()"),
    ("survivor", ["survivor_of IN ('martyr', 'duty')", "survivor_relation IN ('parent', 'spouse')", "NOT able_to_work OR monthly_income < param('low')"],
     "param('survivor')", "as_of()"),
    ("survivor_illness", ["survivor_of = 'illness'", f"survivor_relation = 'child' AND {AGE} < 18 OR NOT able_to_work"],
     "param('survivor')", "as_of()"),
    ("lump_sum", ["placement_type = 'self_employed'", f"{SERVED} >= 1"],
     "div_round(param('year') * half_years(enlist_date, discharge_date), 2)", "discharge_date"),
    ("lump_sum_merit", ["placement_type = 'self_employed'", "highest_merit IN ('merit_1', 'merit_2', 'merit_3')"],
     "div_round(param('year') * ceil_years(enlist_date, discharge_date) * param('uplift'), 100)", "discharge_date"),
    ("local_grant", ["placement_type = 'self_employed'", "service_kind = 'conscript'", "months_between(discharge_date, as_of()) < 12"],
     "param('local') * ceil_years(enlist_date, discharge_date)", "discharge_date"),
    ("family", ["service_kind = 'conscript'", "discharge_date IS NULL", "months_between(enlist_date, as_of()) <= 24"],
     "param('family')", "enlist_date"),
    ("student", ["degree_at_enlistment IN ('bachelor', 'college', 'enrolled')", "tuition_paid > 0"],
     "smaller_of(tuition_paid, param('tuition'))", "enlist_date"),
    ("self_employed_tax", ["placement_type = 'self_employed'", "employment = 'self_employed'", "business_registered_on >= DATE '2023-01-01'",
                           "months_between(business_registered_on, as_of()) < 36", "NOT tax_deduction_used"],
     "param('tax')", "business_registered_on"),
    ("loan", [OUT, "employment = 'self_employed'", f"{AGE} < 60", "years_between(business_registered_on, as_of()) >= 1"], "param('loan')", "as_of()"),
    ("hardship", [OUT, "hardship IN ('illness', 'disaster')", "household_income < param('low') * household_size"],
     "param('aid')", "as_of()"),
    ("medical", ["disability_grade BETWEEN 1 AND 6 OR minimum_living_allowance", "medical_cost_self_paid > param('floor')"],
     "div_round((medical_cost_self_paid - param('floor')) * param('share'), 100)", "as_of()"),
    ("training", [OUT, f"{AGE} < 60", "employment = 'unemployed'", "placement_type = 'self_employed' OR placement_type = 'demobilised'"],
     "param('training')", "as_of()"),
    ("monthly_pension", ["placement_type = 'monthly_pension'", f"{SERVED} >= 16", "employment <> 'employed'"],
     f"div_round(param('wage') * (50 + 2 * ({SERVED} - 16)), 100)", "discharge_date"),
    ("eighty", [f"{AGE} >= 80", OUT, "hukou_type = 'rural' OR monthly_income < param('low')"], "param('old')", "anniversary(birth_date, 80)"),
    ("reserved_post", [OUT, f"{SERVED} >= 5", "degree_at_enlistment IN ('bachelor', 'college')", f"{AGE} < 40"], "param('floor')", "as_of()"),
    ("placement_wait", ["placement_type = 'assigned_work'", "months_between(discharge_date, as_of()) < 12", "employment = 'unemployed'"],
     "param('wage')", "discharge_date"),
]  # fmt: skip
STANDARDS = {
    "rural": 6000, "wage": 800_000, "war": 64_200, "ill": 58_150, "old": 120_000, "survivor": 250_000, "year": 450_000,
    "local": 900_000, "family": 1_800_000, "tuition": 2_000_000, "tax": 2_000_000, "loan": 30_000_000, "aid": 200_000,
    "floor": 50_000, "training": 150_000,
}  # fmt: skip
SHARES = {"nursing": 40, "uplift": 5, "share": 70}
LINE = {11: 140_000, 31: 150_000, 33: 120_000, 42: 90_000, 44: 110_000}
"""The low-income line by province; the rest has the nation's."""


def parsed_pack(count: int = 24) -> ParsedPack:
    """Give the first so many policies as a pack that has been read."""
    standards = {name: _standard(name, "fen", value) for name, value in STANDARDS.items()}
    standards |= {name: _standard(name, "percent", value) for name, value in SHARES.items()}
    lines = [Figure(ALWAYS, f"{province}0000000000", value, "X:1", "published") for province, value in LINE.items()]
    standards["low"] = StandardDef("low", words("low"), "fen", (Figure(ALWAYS, NATION, 80_000, "X:1", "law"), *lines))
    policies = {one[0]: _policy(*one) for one in POLICIES[:count]}
    facts = {one.id: one for one in FACTS}
    table = TableDef(
        "pension", words("pension"), "fen", ("disability_grade", "disability_nature"), (_pension(),), gaps=True
    )
    pack = PolicyPack(
        "bench/entitlements", "r1", words("bench"), NATION, facts, policies, standards, {"pension": table}
    )
    parsed, faults = parse_pack(pack)
    if faults:
        raise SystemExit("\n".join(f"{fault.path}: {fault.refusal}" for fault in faults))
    return parsed


def _standard(name: str, unit: str, value: int) -> StandardDef:
    return StandardDef(name, words(name), unit, (Figure(ALWAYS, NATION, value, "X:1", "published"),))


def _pension() -> TableEdition:
    rows = {(grade, nature): 100_000 * (11 - grade) + 777 * number
            for grade in range(1, 11) for number, nature in enumerate(("war", "duty", "illness"))}  # fmt: skip
    return TableEdition(ALWAYS, NATION, rows, "X:1", "published")


def _policy(name: str, conditions: list[str], amount: str, start: str) -> PolicyDef:
    when = tuple(Condition(f"c{number}", text, words(text), "X:1") for number, text in enumerate(conditions))
    ended = (
        Condition("died", "death_date IS NOT NULL", words("died"), "X:1"),
        Condition("sentence", "sentence IN ('imprisonment', 'wanted')", words("sentence"), "X:1"),
    )
    paid = Amount(amount, "month", "X:1")
    return PolicyDef(
        name, words(name), words(name), ALWAYS, "hukou_region", when, stops=ended, amount=paid, start_day=start
    )
