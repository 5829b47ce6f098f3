"""Everything that is wrong with a policy pack although each expression can be read; each fault with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

from onething.engine.policies.dated import circles
from onething.engine.policies.model import NATION, FactDef, PolicyPack
from onething.engine.policies.parsing import BENEFITS, Fault, Line, ParsedPack, ParsedPolicy, Path, parse_pack
from onething.engine.rules.errors import RuleRefused
from onething.engine.rules.nodes import Call, Literal, Node, walk
from onething.engine.rules.satisfying import may_hold
from onething.engine.rules.soundness import Flaw, Judge
from onething.kernel.periods import Period


def check_policies(pack: PolicyPack) -> tuple[ParsedPack, list[Fault]]:
    """Read and check a pack; without faults it can be decided with."""
    parsed, faults = parse_pack(pack)
    faults += _facts(pack)
    faults += _figures(pack)
    faults += _payers(pack)
    units = {name: standard.unit for name, standard in pack.standards.items()}
    judge = Judge(units | {name: table.unit for name, table in pack.tables.items()})
    for policy in parsed.policies.values():
        faults += _unsound(judge, policy)
        faults += _impossible(policy)
        faults += _unordered(policy)
        faults += _unpaid(policy)
        faults += _gaps(pack, policy)
    faults += [_fault(("policies", name), name, str(circle), circle.remedy) for name, circle in circles(parsed)]
    return parsed, faults


def _fault(path: Path, expression: str, problem: str, correction: str, at: int = 1) -> Fault:
    return Fault(path, RuleRefused(expression=expression, position=at, problem=problem, correction=correction))


# facts and figures


def _facts(pack: PolicyPack) -> Iterator[Fault]:
    for fact in pack.facts.values():
        for problem, correction in _fact(fact):
            yield _fault(("facts", fact.id), fact.id, problem, correction)


def _fact(fact: FactDef) -> Iterator[tuple[str, str]]:
    if fact.type == "integer" and not fact.unit:
        yield "nobody says what this number counts", "Add `unit: years` (months, persons, grade …)."
    if fact.type != "integer" and fact.unit:
        yield "only whole numbers have a unit", "Take `unit` away; money is counted in fen."
    if (fact.type in ("choice", "choices")) != bool(fact.options):
        yield "a choice has options, and nothing else has", "Write `options: {a: {zh: …, en: …}}` for choices only."
    if fact.absent == "running" and fact.type != "date":
        yield "only a date can still be running", "Write `absent: none` or `absent: unknown`."
    if fact.type == "region" and fact.absent != "unknown":
        yield "everybody has a place; it can only be unknown", "Write `absent: unknown`."
    if fact.id == BENEFITS and fact.type != "choices":
        yield "benefits_received is of type choices", "Write `type: choices` with the benefits as options."


def _figures(pack: PolicyPack) -> Iterator[Fault]:
    for standard in pack.standards.values():
        dated = [(one.region, one.period) for one in standard.figures]
        yield from _overlaps(dated, ("standards", standard.id, "values"), standard.id)
    for table in pack.tables.values():
        dated = [(one.region, one.period) for one in table.editions]
        yield from _overlaps(dated, ("tables", table.id, "periods"), table.id)
        for index, edition in enumerate(table.editions):
            path = ("tables", table.id, "periods", index, "rows")
            if not table.gaps:
                yield from _holes(pack, table.keys, edition.rows, path, table.id)
            yield from _strangers(pack, table.keys, edition.rows, path, table.id)


def _overlaps(dated: list[tuple[str, Period]], path: Path, name: str) -> Iterator[Fault]:
    for (first, (region, period)), (second, (elsewhere, other)) in combinations(enumerate(dated), 2):
        if region == elsewhere and period.overlaps(other):
            problem = f"two figures hold on {max(period.start, other.start)} in {region}"
            correction = f"End the one of line {first + 1} where the one of line {second + 1} begins."
            yield _fault((*path, second), name, problem, correction)


Rows = Mapping[tuple[int | str, ...], int]


def _strangers(pack: PolicyPack, keys: tuple[str, ...], rows: Rows, path: Path, name: str) -> Iterator[Fault]:
    for row in rows:
        if len(row) != len(keys):
            yield _fault((*path, str(row[0])), name, f"{row} has not {len(keys)} keys", f"Its keys: {', '.join(keys)}.")
            continue
        for key, value in zip(keys, row, strict=True):
            options = [option.value for option in pack.facts[key].options] if key in pack.facts else []
            if options and value not in options:
                yield _fault((*path, str(row[0])), name, f"“{value}” is no option of {key}", f"{', '.join(options)}.")


def _holes(pack: PolicyPack, keys: tuple[str, ...], rows: Rows, path: Path, name: str) -> Iterator[Fault]:
    """Every option of the last key must be there beside each row."""
    last = pack.facts.get(keys[-1])
    options = [option.value for option in last.options] if last else []
    for head in dict.fromkeys(row[:-1] for row in rows):
        lacking = [option for option in options if (*head, option) not in rows]
        if lacking:
            problem = f"{', '.join(map(str, head))} has no figure for {', '.join(lacking)}"
            yield _fault(path, name, problem, "Add it, or write `gaps: unknown` if nobody knows it.")


def _payers(pack: PolicyPack) -> Iterator[Fault]:
    for policy in pack.policies.values():
        fact = pack.facts.get(policy.payer)
        if fact is None or fact.type != "region":
            problem = f"the payer “{policy.payer}” is no fact of type region"
            yield _fault(("policies", policy.id, "payer"), policy.payer, problem, "Name a region fact: hukou_region.")


# policies


def _unsound(judge: Judge, parsed: ParsedPolicy) -> Iterator[Fault]:
    at = ("policies", parsed.policy.id)
    for line in parsed.every_line:
        yield from _flaws(judge.condition(line.node), line.path, line.condition.when)
    for way in parsed.ways:
        if way.amount is not None and way.paid is not None:
            yield from _flaws(judge.amount(way.amount), _amount_path(parsed, way.id), way.paid.value)
    yield from _flaws(judge.day(parsed.start), (*at, "start", "day"), parsed.policy.start_day)


def _flaws(flaws: Iterable[Flaw], path: Path, text: str) -> Iterator[Fault]:
    for flaw in dict.fromkeys(flaws):
        yield _fault(path, text, flaw.problem, flaw.correction, flaw.at)


def _amount_path(parsed: ParsedPolicy, way: str) -> Path:
    at: Path = ("policies", parsed.policy.id)
    for index, rule in enumerate(parsed.policy.rules):
        if rule.id == way and rule.amount is not None:
            return (*at, "rules", index, "amount", "value")
    return (*at, "amount", "value")


def _impossible(parsed: ParsedPolicy) -> Iterator[Fault]:
    common = [line.node for line in parsed.lines]
    for way in parsed.ways:
        nodes = [*common, *(line.node for line in way.lines)]
        if not may_hold(nodes):
            culprit = _culprit([*parsed.lines, *way.lines])
            problem = "nobody can ever fulfil this together with the other conditions"
            yield _fault(culprit.path, culprit.condition.when, problem, "Correct the one that contradicts it.")


def _culprit(lines: list[Line]) -> Line:
    """The first condition that contradicts those before it."""
    nodes: list[Node] = []
    for line in lines:
        nodes.append(line.node)
        if not may_hold(nodes):
            return line
    return lines[-1]


def _unordered(parsed: ParsedPolicy) -> Iterator[Fault]:
    common = [line.node for line in parsed.lines]
    index = {rule.id: number for number, rule in enumerate(parsed.policy.rules)}
    for one, other in combinations(parsed.ways, 2):
        is_ordered = one.order is not None and other.order is not None and one.order != other.order
        nodes = [*common, *(line.node for way in (one, other) for line in way.lines)]
        if not is_ordered and may_hold(nodes):
            problem = f"{one.id} and {other.id} may both hold for one person"
            path = ("policies", parsed.policy.id, "rules", index[other.id])
            yield _fault(path, other.id, problem, "Give both an `order`: the lowest counts.")


def _unpaid(parsed: ParsedPolicy) -> Iterator[Fault]:
    paid = [way.amount is not None for way in parsed.ways]
    at = ("policies", parsed.policy.id)
    if any(paid) != all(paid):
        yield _fault(at, parsed.policy.id, "some ways have an amount and others none", "Give every way an amount.")
    if any(paid) == (parsed.policy.in_kind is not None):
        yield _fault(
            at, parsed.policy.id, "it has an amount or is in kind", "Write `amount` or `in_kind`, one of them."
        )


def _gaps(pack: PolicyPack, parsed: ParsedPolicy) -> Iterator[Fault]:
    """Every figure a policy uses must hold on each of its days, in the pack's whole region."""
    for kind, name in dict.fromkeys(figures_used(parsed)):
        periods = _everywhere(pack, kind, name)
        day = None if periods is None else _first_gap(parsed.policy.effective, periods)
        if day is not None:
            problem = f"{name} has no value on {day} in {pack.region}"
            hint = "Add the value with its source, or write `gaps: unknown` if nobody knows it."
            yield _fault((kind, name), name, f"{problem}, and {parsed.policy.id} needs one", hint)


def figures_used(parsed: ParsedPolicy) -> Iterator[tuple[str, str]]:
    """Name the figures that a policy reads, as ("standards" or "tables", id); one may come twice."""
    nodes = [line.node for line in parsed.every_line]
    nodes += [way.amount for way in parsed.ways if way.amount is not None]
    for part in (part for node in nodes for part in walk(node)):
        if isinstance(part, Call) and part.function in ("param", "table") and isinstance(part.arguments[0], Literal):
            yield "standards" if part.function == "param" else "tables", str(part.arguments[0].value)


def _everywhere(pack: PolicyPack, kind: str, name: str) -> list[Period] | None:
    """The periods of the figures that hold in the pack's whole region; None where gaps are allowed."""
    found = pack.standards[name] if kind == "standards" else pack.tables[name]
    if found.gaps:
        return None
    figures = found.figures if kind == "standards" else found.editions  # type: ignore[union-attr]
    return [figure.period for figure in figures if figure.region in (NATION, pack.region)]


def _first_gap(needed: Period, periods: list[Period]) -> date | None:
    day = needed.start
    while needed.end is None or day < needed.end:
        ends = [period.end for period in periods if period.contains(day)]
        if not ends:
            return day
        if None in ends:
            return None
        day = max(end for end in ends if end is not None)
    return None
