"""Every way a catalogue, or the answers of a person, are refused by the computation."""

from __future__ import annotations

from dataclasses import dataclass

from onething.kernel.errors import Conflict, Invalid, Refusal
from onething.kernel.telling import APART, Listed, Named, Say

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


class QuestionUnknown(Invalid):
    """This question does not exist; the nearest one is called “{near}”."""

    remedy = "Correct the name, or leave it out."


class AnswerFollows(Invalid):
    """This is not asked: it follows from other answers."""

    remedy = "Leave it out."


class TextNeeded(Invalid):
    """A text is needed here."""

    remedy = "Write it out; leave the answer away if there is none."


class QuotesMissing(Invalid):
    """A number was read where a text is needed, which loses leading zeros and long digits."""

    remedy = "Put it in quotes, e.g. '0451'."


class TextTooLong(Invalid):
    """This is too long: {count} characters; there is room for {limit}."""

    remedy = "Say it in fewer words; details can be told at the counter."


class PhoneWrong(Invalid):
    """A mobile number has 11 digits and begins with 1; this is another."""

    remedy = "Write the number again, without country code."


class BankCardWrong(Invalid):
    """A bank card number has 12 to 19 digits; this one has {count} characters."""

    remedy = "Copy the long number from the front of the card."


class NumberOutOfRange(Invalid):
    """This number is beyond all bounds: it has more than {digits} digits."""

    remedy = "Check the number; it may have been typed twice."


class YesOrNoNeeded(Invalid):
    """Yes or no is needed here."""

    remedy = "Choose yes or no; in a file write true or false, without quotes."


class WholeNumberNeeded(Invalid):
    """A whole number is needed here."""

    remedy = "Write digits only; in a file without quotes, e.g. 24."


class AmountNeeded(Invalid):
    """An amount in whole fen is needed here."""

    remedy = "Write whole fen, e.g. 450000 for 4,500 yuan."


class DayNeeded(Invalid):
    """This is no day of the calendar."""

    remedy = "Write it as 2026-09-01."


class NotAChoice(Invalid):
    """This is none of the choices, which are: {options}."""

    remedy = "Choose one of them."


class ChoicesNeeded(Invalid):
    """A list of choices is needed here, out of: {options}."""

    remedy = "Choose as many as fit, or none; in a file write [] or [first, second]."


class BirthDateDiffers(Invalid):
    """The ID number says another date of birth, in its places 7 to 14."""

    remedy = (
        "Compare both with the ID card and correct the one that is wrong; a wrong ID card is corrected by the police."
    )


class SexDiffers(Invalid):
    """The ID number says otherwise: its place 17 is odd for men and even for women."""

    remedy = (
        "Compare both with the ID card and correct the one that is wrong; a wrong ID card is corrected by the police."
    )


class ValueImpossible(Invalid):
    """This value is not possible; it must hold that {check}."""

    remedy = "Compare it with your papers and correct it."


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One answer that cannot be used: its field, and the refusal whose sentence and remedy a door translates.

    `beside` is the other field where two answers contradict each other; `label` is for people who do not know the id.
    """

    field: str
    refusal: Refusal
    beside: str | None = None
    label: Named | None = None

    def told(self, language: str, say: Say) -> str:
        """Say the field, what is wrong with its answer and what to do, in `language`."""
        named = self.label.told(language, say) if self.label else self.field
        return f"{named}{'：' if language == 'zh' else ': '}{say(self.refusal)}"

    @property
    def wrong(self) -> str:
        """What is wrong, in English."""
        return str(self.refusal)

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return self.refusal.remedy


class AnswersNotUsable(Invalid):
    """Some answers cannot be used: {summary}"""

    remedy = "Correct the answers that are listed; the others are kept."

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(summary=Listed(problems, APART))
        self.problems = problems
