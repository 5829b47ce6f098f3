"""Every way this module says no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Invalid, NotFound


class ReleaseNotFound(NotFound):
    """Nothing is published for this place and day yet."""

    remedy = "Ask at the counter; an operator publishes a pack with “onething pack publish”."


class PackNotPublished(NotFound):
    """No pack called “{pack}” can be used on this day. {known}"""

    remedy = "Correct the name; an operator publishes a pack with “onething pack publish”."


class PackNotInForce(Conflict):
    """On {day} the pack “{pack}” is not in force: {span}."""

    remedy = "Name another day of submission with --on, or a pack that is in force on that day."


class NotInThePack(NotFound):
    """The pack “{pack}” has nothing called “{name}”. {hint}"""

    remedy = "Leave the name away to see everything that the pack has."


class AnswersUnreadable(Invalid):
    """The answers cannot be read. {problems}"""

    remedy = "Write one answer a line, `field: value`, as in the examples of the pack, or give the same as JSON."


class AnswersNotMapped(Invalid):
    """The answers under `answers:` are not written as `field: value`."""

    remedy = "Write one answer a line below `answers:`, indented by two spaces: `field: value`."


class AnswersTooBig(Invalid):
    """The answers have more than {limit} bytes."""

    remedy = "Check that this is the right file."


class DayUnreadable(Invalid):
    """“{day}” is not a day."""

    remedy = "Write the day as 2026-09-09."


class FolderNotEmpty(Conflict):
    """The folder {folder} is not empty."""

    remedy = "Name a new folder for the new pack."


class PackNotGood(Invalid):
    """The pack {path} does not pass its check, so nothing was published."""

    remedy = "Run `onething pack check` on it and mend what it lists."
