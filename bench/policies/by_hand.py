"""
Twenty policies of `made` as one would write them by hand for DuckDB, over the snapshot that `onething scan` makes.

One filtered pass each, conjuncts bare so that row groups are skipped, constants as ENUMs; what is asked for is
worked out for the few who are left. The calculated columns of the snapshot have numbers for names: see CALCULATED. Its
`stands` says that somebody's facts are possible, and that they are alive and free: what all twenty ask.
"""

from __future__ import annotations

from dataclasses import dataclass

OUT = "discharge_date IS NOT NULL"
VERDICT = "CAST('{}' AS ENUM('eligible', 'amount_unknown', 'unknown'))"
YES, UNPAID, UNKNOWN = (VERDICT.format(one) for one in ("eligible", "amount_unknown", "unknown"))
THIS_MONTH = "DATE '2026-11-01'"
CALCULATED = {
    "receives_pension": "d0",
    "compulsory_years": "d1",
    "low_line": "d2",
    "served_years": "d3",
    "served_half_years": "d4",
    "served_years_begun": "d5",
    "months_out": "d6",
    "months_in": "d7",
    "months_in_business": "d8",
}
WAR = [1000000, 900000, 800000, 700000, 600000, 500000, 400000, 300000, 200000, 100000]
DUTY = [figure + 777 for figure in WAR]
ILLNESS = [figure + 2 * 777 for figure in WAR]
POOR_OR_RURAL = "(hukou_type = 'rural' OR hukou_type IS NULL OR employment = 'unemployed' OR employment IS NULL)"
POOR_OR_RURAL_GAPS = {
    "employment": "employment IS NULL AND hukou_type IS DISTINCT FROM 'rural'",
    "hukou_type": "hukou_type IS NULL AND employment IS DISTINCT FROM 'unemployed'",
}


@dataclass(frozen=True)
class ByHand:
    """
    One pass. `where`: who is not surely out. `gaps`: what is unknown about those, sorted; with none they are entitled.

    `open`: what of the entitled is unknown and leaves them without amount or month.
    """

    policy: str
    where: str
    amount: str
    gaps: dict[str, str] | None = None
    month: str = THIS_MONTH
    open: dict[str, str] | None = None

    def sql(self, snapshot: str) -> str:
        """Write the pass as one query."""
        named = [f"{column} AS {name}" for name, column in CALCULATED.items() if name in self.text()]
        inner = f"SELECT *, {', '.join(named)} FROM {snapshot}" if named else f"FROM {snapshot}"
        return (
            f"SELECT person, {self.constants()}, {self.said()}"
            f" FROM ({inner}) WHERE stands AND {self.where}"
            f" UNION ALL SELECT person, {self.constants()}, {UNKNOWN}, impossible, NULL, NULL"
            f" FROM {snapshot} WHERE impossible IS NOT NULL"
        )

    def constants(self) -> str:
        policy = f"CAST('{self.policy}' AS ENUM('{self.policy}'))"
        return f"{policy} AS policy, CAST('r1' AS ENUM('r1')) AS release, DATE '2026-11-01' AS as_of"

    def text(self) -> str:
        return " ".join([self.where, self.amount, self.month, *(self.gaps or {}).values()])

    def said(self) -> str:
        if self.open is None and self.gaps is None:
            return f"{YES} AS verdict, '' AS missing, {self.amount} AS amount, {self.month} AS start_month"
        unknown = " OR ".join(f"({one})" for one in (self.gaps or {}).values()) or "FALSE"
        paid = f"CASE WHEN ({self.amount}) IS NULL THEN {UNPAID} ELSE {YES} END" if self.open else YES
        return (
            f"CASE WHEN {unknown} THEN {UNKNOWN} ELSE {paid} END AS verdict,"
            f" CASE WHEN {unknown} THEN {listed(self.gaps or {})} ELSE {listed(self.open or {})} END AS missing,"
            f" CASE WHEN NOT ({unknown}) THEN {self.amount} END AS amount,"
            f" CASE WHEN NOT ({unknown}) THEN {self.month} END AS start_month"
        )


def listed(gaps: dict[str, str]) -> str:
    lines = [f"CASE WHEN {gap} THEN '{name}' END" for name, gap in gaps.items()]
    return f"concat_ws(',', {', '.join(lines)})" if lines else "''"


def absent(*names: str) -> dict[str, str]:
    return {name: f"{name} IS NULL" for name in names}


PASSES = [
    ByHand(
        "rural_60",
        "(birth_date <= DATE '1966-11-01' OR birth_date IS NULL)"
        " AND (hukou_type_at_discharge = 'rural' OR hukou_type_at_discharge IS NULL)"
        " AND (enlist_date BETWEEN DATE '1954-11-01' AND DATE '2011-10-31' OR enlist_date IS NULL)"
        " AND employee_pension IS NOT TRUE AND receives_pension IS NOT TRUE",
        "6000 * compulsory_years",
        absent("birth_date", "employee_pension", "enlist_date", "hukou_type_at_discharge"),
        "date_trunc('month', birth_date + INTERVAL 60 YEAR)::DATE",
        absent("compulsory_start"),
    ),
    ByHand(
        "disability",
        f"{OUT} AND disability_grade <= 10 AND disability_nature IN ('war', 'duty')",
        f"CASE disability_nature WHEN 'war' THEN {WAR}[disability_grade] ELSE {DUTY}[disability_grade] END",
    ),
    ByHand(
        "disability_illness",
        f"{OUT} AND disability_grade <= 6 AND disability_nature = 'illness'",
        f"{ILLNESS}[disability_grade]",
    ),
    ByHand("nursing", f"{OUT} AND disability_grade <= 4 AND living_with = 'dispersed'", "320000"),
    ByHand(
        "war",
        "war_veteran AND (birth_date <= DATE '1971-11-01' OR birth_date IS NULL OR able_to_work IS NOT TRUE)"
        f" AND {POOR_OR_RURAL}",
        "64200",
        {
            "able_to_work": "able_to_work IS NULL AND (birth_date <= DATE '1971-11-01') IS NOT TRUE",
            "birth_date": "birth_date IS NULL AND able_to_work IS DISTINCT FROM FALSE",
            **POOR_OR_RURAL_GAPS,
        },
    ),
    ByHand("nuclear", f"nuclear_test_veteran AND {POOR_OR_RURAL}", "64200", POOR_OR_RURAL_GAPS),
    ByHand(
        "ill_at_home",
        f"{OUT} AND chronic_illness_from_service IS NOT FALSE AND army_medical_record IS NOT FALSE"
        " AND (service_kind IN ('conscript', 'junior_nco') OR service_kind IS NULL)"
        " AND (hukou_type = 'rural' OR hukou_type IS NULL OR employment <> 'employed' OR employment IS NULL)",
        "58150",
        {
            **absent("army_medical_record", "chronic_illness_from_service"),
            "employment": "employment IS NULL AND hukou_type IS DISTINCT FROM 'rural'",
            "hukou_type": "hukou_type IS NULL AND coalesce(employment = 'employed', TRUE)",
            **absent("service_kind"),
        },
    ),
    ByHand(
        "demobilised",
        "(enlist_date <= DATE '1954-10-31' OR enlist_date IS NULL)"
        " AND (employment <> 'employed' OR employment IS NULL)",
        "120000",
        absent("employment", "enlist_date"),
    ),
    ByHand(
        "survivor",
        "survivor_of IN ('martyr', 'duty') AND survivor_relation IN ('parent', 'spouse')"
        " AND (able_to_work IS NOT TRUE OR (monthly_income < low_line) IS NOT FALSE)",
        "250000",
        {
            "able_to_work": "able_to_work IS NULL AND (monthly_income < low_line) IS NOT TRUE",
            "hukou_region": "hukou_region IS NULL AND able_to_work IS DISTINCT FROM FALSE",
            "monthly_income": "monthly_income IS NULL AND able_to_work IS DISTINCT FROM FALSE",
        },
    ),
    ByHand(
        "survivor_illness",
        "survivor_of = 'illness' AND (able_to_work IS NOT TRUE"
        " OR survivor_relation = 'child' AND (birth_date > DATE '2008-11-01' OR birth_date IS NULL))",
        "250000",
        {
            "able_to_work": "able_to_work IS NULL AND"
            " (survivor_relation = 'child' AND birth_date > DATE '2008-11-01') IS NOT TRUE",
            "birth_date": "birth_date IS NULL AND survivor_relation = 'child' AND able_to_work IS DISTINCT FROM FALSE",
        },
    ),
    ByHand(
        "lump_sum",
        "placement_type = 'self_employed' AND (served_years >= 1 OR enlist_date IS NULL)",
        "225000 * served_half_years",
        absent("enlist_date"),
        "date_trunc('month', coalesce(discharge_date, DATE '9999-12-31'))::DATE",
    ),
    ByHand(
        "lump_sum_merit",
        "placement_type = 'self_employed' AND highest_merit IN ('merit_1', 'merit_2', 'merit_3')",
        "22500 * served_years_begun",
        None,
        "date_trunc('month', coalesce(discharge_date, DATE '9999-12-31'))::DATE",
        absent("enlist_date"),
    ),
    ByHand(
        "local_grant",
        "placement_type = 'self_employed' AND (service_kind = 'conscript' OR service_kind IS NULL) AND months_out < 12",
        "900000 * served_years_begun",
        absent("service_kind"),
        "date_trunc('month', coalesce(discharge_date, DATE '9999-12-31'))::DATE",
        absent("enlist_date"),
    ),
    ByHand(
        "family",
        "(service_kind = 'conscript' OR service_kind IS NULL) AND discharge_date IS NULL"
        " AND (months_in <= 24 OR enlist_date IS NULL)",
        "1800000",
        absent("enlist_date", "service_kind"),
        "date_trunc('month', enlist_date)::DATE",
    ),
    ByHand(
        "student",
        "degree_at_enlistment IN ('bachelor', 'college', 'enrolled') AND (tuition_paid > 0 OR tuition_paid IS NULL)",
        "least(tuition_paid, 2000000)",
        absent("tuition_paid"),
        "date_trunc('month', enlist_date)::DATE",
        absent("enlist_date"),
    ),
    ByHand(
        "self_employed_tax",
        "placement_type = 'self_employed' AND (employment = 'self_employed' OR employment IS NULL)"
        " AND business_registered_on >= DATE '2023-01-01' AND months_in_business < 36"
        " AND tax_deduction_used IS NOT TRUE",
        "2000000",
        absent("employment"),
        "date_trunc('month', business_registered_on)::DATE",
    ),
    ByHand(
        "loan",
        f"{OUT} AND (employment = 'self_employed' OR employment IS NULL)"
        " AND (birth_date > DATE '1966-11-01' OR birth_date IS NULL) AND business_registered_on <= DATE '2025-11-01'",
        "30000000",
        absent("birth_date", "employment"),
    ),
    ByHand(
        "hardship",
        f"{OUT} AND hardship IN ('illness', 'disaster')"
        " AND (household_income < low_line * household_size) IS NOT FALSE",
        "200000",
        absent("household_income", "household_size", "hukou_region"),
    ),
    ByHand(
        "medical",
        "(disability_grade BETWEEN 1 AND 6 OR minimum_living_allowance IS NOT FALSE)"
        " AND (medical_cost_self_paid > 50000 OR medical_cost_self_paid IS NULL)",
        "((medical_cost_self_paid - 50000) * 70 + 50) // 100",
        {
            **absent("medical_cost_self_paid"),
            "minimum_living_allowance": "minimum_living_allowance IS NULL"
            " AND (disability_grade BETWEEN 1 AND 6) IS NOT TRUE",
        },
    ),
    ByHand(
        "training",
        f"{OUT} AND (birth_date > DATE '1966-11-01' OR birth_date IS NULL)"
        " AND (employment = 'unemployed' OR employment IS NULL) AND placement_type IN ('self_employed', 'demobilised')",
        "150000",
        absent("birth_date", "employment"),
    ),
]
