"""Every way a catalogue, or the answers of a person, are refused by the computation."""

from __future__ import annotations

from dataclasses import dataclass

from onething.kernel.errors import Conflict, Invalid, Refusal

FIX_THE_PACK = "Correct the pack and run `onething pack check` again."


class CatalogueRefused(Invalid):
    """This pack cannot be computed: {summary}"""

    remedy = FIX_THE_PACK

    def __init__(self, problems: tuple[Refusal, ...]) -> None:
        super().__init__(summary=" ".join(str(problem) for problem in problems))
        self.problems = problems


class UnknownReference(Invalid):
    """{where} names the {kind} “{name}”, which this pack does not have. {correction}"""

    remedy = FIX_THE_PACK


class UnknownCapability(Invalid):
    """{where} needs “{capability}” in person, but no station can do it."""

    remedy = "Add the capability to a station in stations.yaml, or correct its name in the act."


class CyclicNeeds(Invalid):
    """These matters wait for each other and could never start: {chain}."""

    remedy = "Remove one of the needs in the chain; a condition on a need does not open a cycle."


class CyclicDerivation(Invalid):
    """These derived fields follow from each other: {chain}."""

    remedy = "Let one of them be an answer instead."


class MaterialNobodySupplies(Invalid):
    """Nobody can supply the material “{material}” for “{matter}”: {chain}."""

    remedy = "Add a way to supplies: by applicant, share, form, or another matter."


class MatterNeverApplies(Invalid):
    """The matter “{matter}” can never apply to anybody: {conditions}."""

    remedy = "Correct the conditions under applies, or remove the matter."


class WrongDerivedValue(Invalid):
    """The derived field “{field}” gives “{value}”, which does not fit its type. {correction}"""

    remedy = FIX_THE_PACK


class TooEntangled(Invalid):
    """The ways to supply the materials of this pack depend on each other too much to find the smallest set exactly."""

    remedy = "Reduce the alternatives under any_of, or the matters that supply each other."


class MaterialOutOfReach(Conflict):
    """In this situation nobody can supply the material “{material}” for “{matter}”: {chain}."""

    remedy = "This is a gap in the pack: please tell the office that publishes it."


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer, and what to do."""

    field: str
    wrong: str
    remedy: str


class AnswersNotUsable(Invalid):
    """Some answers cannot be used: {summary}"""

    remedy = "Correct the answers that are listed; the others are kept."

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(summary=" ".join(f"{one.field}: {one.wrong} {one.remedy}" for one in problems))
        self.problems = problems
