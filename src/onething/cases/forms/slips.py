"""Slips of the hand: what a person typed cannot be read, and how it should look."""

from __future__ import annotations

from onething.kernel.errors import Invalid


class AnswerMissing(Invalid):
    """Please answer this one: “{question}”"""

    remedy = "Every question without “optional” is needed by one of your matters."


class DateIncomplete(Invalid):
    """The date needs year, month and day: “{question}”"""

    remedy = "Write it like 2026, 9, 1."


class DateImpossible(Invalid):
    """There is no such day in the calendar: {year}-{month}-{day}."""

    remedy = "Look at the document again; write it like 2026, 9, 1."


class NotANumber(Invalid):
    """A number is needed here; you wrote “{typed}”."""

    remedy = "Write digits only, for example 24."


class NotAnAmount(Invalid):
    """An amount in yuan is needed here; you wrote “{typed}”."""

    remedy = "Write it like 4500 or 4500.50."


class PhoneWrong(Invalid):
    """A mobile number has 11 digits and begins with 1; you wrote {count}."""

    remedy = "Write the number again, without country code."


class BankCardWrong(Invalid):
    """A bank card number has 12 to 19 digits; you wrote {count}."""

    remedy = "Copy the long number from the front of the card."


class NotAChoice(Invalid):
    """This is none of the choices: “{question}”"""

    remedy = "Tap one of the answers that are offered."


class TextTooLong(Invalid):
    """This is too long: {count} characters; there is room for {limit}."""

    remedy = "Say it in fewer words; details can be told at the counter."


class ValueImpossible(Invalid):
    """This cannot be right: “{question}”"""

    remedy = "Look at the document again and correct it."


class NoFileChosen(Invalid):
    """No photo has been chosen yet."""

    remedy = "Tap the box, then take a photo or choose one from the phone."


class PromiseMissing(Invalid):
    """Please tick that this paper will follow, or add it now."""

    remedy = "Nothing is held up as long as it comes by the day named."
