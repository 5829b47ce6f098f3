"""What verifying may find, and the report of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

MOST_NAMED = 1000


class Fault(Enum):
    """What can be wrong; the value is the sentence that says it, and the key of its translation."""

    ROW_CHANGED = "Row {entry} was changed (seal {seal})."
    ROW_CHANGED_UNSEALED = "Row {entry} was changed; it is not sealed yet."
    ROW_REMOVED = "Row {entry} was removed (seal {seal})."
    ROW_INSERTED = "Row {entry} was inserted: no seal knows it."
    ROWS_DIFFER = "The rows of seal {seal} are not those that were sealed; without its manifest they cannot be named."
    MANIFEST_DAMAGED = "The manifest of seal {seal} is damaged; its rows are as they were sealed."
    SEAL_FORGED = "Seal {seal} in the database was changed, or not signed with our key."
    SEAL_GONE = "Seal {seal} is neither in the database nor in the file."
    SEAL_NOT_IN_DATABASE = "Seal {seal} is missing in the database; the file has it."
    SEAL_NOT_IN_FILE = "Seal {seal} is missing in the file; the database has it."
    SEALS_DIFFER = "Seal {seal} is another one in the file than in the database, and both are signed."
    LINE_IS_NO_SEAL = "Line {line} of the seal file is not a seal that we signed, or not in its place."
    CHAIN_BROKEN = "Seal {seal} does not follow from the seal before it."
    KEY_MISSING = "The key that seal {seal} names is not in the key folder."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and the numbers its sentence names."""

    fault: Fault
    entry: int | None = None
    seal: int | None = None
    line: int | None = None

    @property
    def places(self) -> dict[str, int]:
        """Give the numbers that are known of it: entry, seal, line."""
        numbers = {"entry": self.entry, "seal": self.seal, "line": self.line}
        return {name: number for name, number in numbers.items() if number is not None}


@dataclass(slots=True)
class Report:
    """What was verified and what was found. `findings` are the first thousand of all `faults`."""

    rows: int = 0
    seals: int = 0
    unsealed: int = 0
    oldest_unsealed: datetime | None = None
    unsealed_age: timedelta = timedelta(0)
    seconds: float = 0.0
    faults: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        """Tell whether nothing was found."""
        return self.faults == 0

    def note(self, fault: Fault, *, entry: int | None = None, seal: int | None = None, line: int | None = None) -> None:
        """Add a finding."""
        self.faults += 1
        if len(self.findings) < MOST_NAMED:
            self.findings.append(Finding(fault, entry, seal, line))

    def see_unsealed(self, at: datetime | None) -> None:
        """Count a row that no seal covers yet."""
        self.unsealed += 1
        if at is not None and (self.oldest_unsealed is None or at < self.oldest_unsealed):
            self.oldest_unsealed = at
