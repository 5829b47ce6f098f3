"""
The table of docs/evidence/entitlements.md: each policy of the national pack with its clauses, as the pack has them.

`.venv/bin/python tools/entitlements_table.py` writes it anew; a test in tests/packs says when it is not current.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from onething.catalogue.policies.checking import read_policies
from onething.engine.policies.checking import figures_used
from onething.engine.policies.model import Amount, Condition, PolicyDef, StandardDef
from onething.engine.policies.parsing import ParsedPack
from onething.kernel.periods import Period

DOC = Path(__file__).parents[1] / "docs" / "evidence" / "entitlements.md"
BEGIN, END = "<!-- the table begins: written by tools/entitlements_table.py -->", "<!-- the table ends -->"
DOMAIN = {
    "3.1 (1)": ("discharge_grant_2011", "discharge_grant"),
    "3.1 (2)": ("local_discharge_grant",),
    "3.1 (3)": ("family_allowance",),
    "3.1 (4)": ("college_bonus",),
    "3.1 (5)": ("merit_bonus",),
    "3.1 (6)": ("student_aid",),
    "3.1 (7)": ("study_resumption",),
    "3.2 (8)": ("disability_pension", "disability_funeral_grant"),
    "3.2 (9)": ("nursing_fee",),
    "3.2 (10)": ("survivors_pension", "survivors_funeral_grant"),
    "3.2 (13)": ("rural_veteran_60",),
    "3.2 (14)": ("chronic_illness_allowance",),
    "3.2 (15)": ("war_veteran_allowance", "nuclear_test_allowance", "war_veteran_funeral_grant"),
    "3.2 (16)": ("demobilised_allowance",),
    "3.2 (18)": ("hardship_help",),
    "3.2 (19)": ("medical_guarantee", "old_wound_treatment"),
    "3.2 (20)": ("waiting_allowance", "housing_fund", "unemployment_insurance"),
    "3.3 (22)": ("self_employment_tax",),
    "3.3 (24)": ("startup_loan",),
    "3.3 (25)": ("veteran_business_loan",),
    "3.3 (26)": ("skills_training",),
    "3.3 (27)": ("exam_bonus", "exam_waiver"),
    "3.4 (30)": ("city_transport_free", "half_fare"),
    "3.4 (33)": ("honour_plaque",),
    "3.4 (35)": ("preference_card",),
}
"""The lines of the domain digest, section 3, and the policies that carry them."""


HEAD = (
    "domain digest", "policy", "conditions", "exclusions", "stops", "first month", "amount, rounding", "figures since",
    "conflicts",
)  # fmt: skip


def main() -> None:
    """Write the table into the document."""
    text = DOC.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    DOC.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")


def table() -> str:
    """Write every policy as a row, in the order of the digest."""
    parsed = read_policies("national/entitlements")
    known = {name: line for line, names in DOMAIN.items() for name in names}
    order = [name for names in DOMAIN.values() for name in names]
    rest = [name for name in parsed.pack.policies if name not in known]
    lines = [f"| {' | '.join(HEAD)} |", "|" + "---|" * len(HEAD)]
    for name in [*order, *rest]:
        policy = parsed.pack.policies[name]
        cells = [known.get(name, "–"), f"`{name}`", *cells_of(policy, parsed)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def cells_of(policy: PolicyDef, parsed: ParsedPack) -> Iterator[str]:
    """Give what the pack says of a policy, cell by cell."""
    ways = [f"{way.id}: {clauses(way.when)}" for way in policy.rules]
    yield "; ".join(filter(None, [clauses(policy.when), *ways]))
    yield clauses(policy.excluding) or "–"
    yield clauses(policy.stops) or "–"
    month = "the month after" if policy.starts_next else "the month of"
    yield f"{month} `{policy.start_day}`"
    amounts = dict.fromkeys(filter(None, [policy.amount, *(way.amount for way in policy.rules)]))
    yield "; ".join(map(paid, amounts)) or "in kind"
    yield "; ".join(history(policy, parsed)) or "–"
    yield str(len(policy.conflicts)) if policy.conflicts else "–"


def clauses(conditions: tuple[Condition, ...]) -> str:
    """Name conditions with their clause."""
    return ", ".join(f"{one.id} [{one.source}]" for one in conditions)


def paid(amount: Amount) -> str:
    """Say how often, in which coin and how it is rounded, and by which clause."""
    coin = {1: "fen", 10: "jiao", 100: "yuan"}[amount.coin]
    return f"per {amount.per}, {coin} {amount.how.replace('_', ' ')} [{amount.source}]"


def history(policy: PolicyDef, parsed: ParsedPack) -> Iterator[str]:
    """Say since when each figure of a policy is known, and how good the evidence is."""
    for kind, name in dict.fromkeys(figures_used(parsed.policies[policy.id])):
        found = getattr(parsed.pack, kind)[name]
        parts = found.figures if isinstance(found, StandardDef) else found.editions
        spans = ", ".join(f"{span(one.period)} {one.basis} [{one.source}]" for one in parts)
        yield f"{name}: {spans}"


def span(period: Period) -> str:
    """Write a period as months."""
    end: date | None = period.end
    return f"{period.start:%Y-%m}–{f'{end:%Y-%m}' if end else ''}"


def is_current() -> bool:
    """Tell whether the document has the table that would be written."""
    found = re.search(re.escape(BEGIN) + "\n(.*?)\n" + re.escape(END), DOC.read_text(encoding="utf-8"), re.DOTALL)
    return found is not None and found[1] == table()


if __name__ == "__main__":
    main()
