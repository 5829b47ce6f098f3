"""What was found, clause by clause, and how it is written down: text, JSON, JUnit. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from xml.etree import ElementTree


class Status(StrEnum):
    """What came of a clause."""

    PASS = "pass"  # noqa: S105  # no password
    FAIL = "fail"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Finding:
    """One clause of the page, whether it was kept, and how we know."""

    clause: str
    title: str
    status: Status
    words: str = ""


NAME = "department-interface"
MARKS = {Status.PASS: "✓", Status.FAIL: "✗", Status.SKIP: "–"}


def is_conformant(findings: Sequence[Finding]) -> bool:
    """Tell whether no clause failed."""
    return all(finding.status is not Status.FAIL for finding in findings)


def as_text(findings: Sequence[Finding]) -> str:
    """Write one line per clause, and a sum."""
    lines = [f"{MARKS[one.status]} {one.clause:<5} {one.title}{_why(one)}" for one in findings]
    sums = {status: sum(f.status is status for f in findings) for status in Status}
    return "\n".join([*lines, "", ", ".join(f"{count} {status}" for status, count in sums.items())])


def _why(finding: Finding) -> str:
    return f"\n        {finding.words}" if finding.words else ""


def as_json(findings: Sequence[Finding]) -> str:
    """Write the findings as JSON."""
    whole = {"conformant": is_conformant(findings), "clauses": [asdict(finding) for finding in findings]}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def as_junit(findings: Sequence[Finding]) -> str:
    """Write the findings as JUnit XML, one test case per clause."""
    counts = {"failures": Status.FAIL, "skipped": Status.SKIP}
    numbers = {name: str(sum(f.status is status for f in findings)) for name, status in counts.items()}
    suite = ElementTree.Element("testsuite", {"name": NAME, "tests": str(len(findings)), **numbers})
    for finding in findings:
        case = ElementTree.SubElement(suite, "testcase", classname=NAME, name=_name(finding))
        if finding.status is Status.FAIL:
            ElementTree.SubElement(case, "failure", message=finding.words)
        elif finding.status is Status.SKIP:
            ElementTree.SubElement(case, "skipped", message=finding.words)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


def _name(finding: Finding) -> str:
    return f"{finding.clause} {finding.title}"


WRITERS = {"text": as_text, "json": as_json, "junit": as_junit}
