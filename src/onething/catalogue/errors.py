"""Every way this module says no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Denied, Invalid, NotFound


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


class DraftNotFound(NotFound):
    """There is no such draft in your division."""

    remedy = "Look at the list of packs; it may have been published or thrown away."


class DraftClosed(Conflict):
    """This draft was published or thrown away."""

    remedy = "Begin a new draft from the release in force."


class DraftMovedOn(Conflict):
    """Somebody has changed this draft since you opened it; nothing was overwritten."""

    remedy = "Look at the draft as it stands now, then make your change again."


class DraftOutdated(Conflict):
    """Another release of this pack was published after this draft began, and this draft would undo it."""

    remedy = "Begin a new draft from the release in force, and make your changes there."


class DraftNotGood(Invalid):
    """This draft does not pass its check, so nobody was asked to publish it."""

    remedy = "Correct what the check lists."


class DraftUnchanged(Conflict):
    """This draft reads exactly as a release that is published already."""

    remedy = "Change something, or throw the draft away. To bring an older release back, give it a new version."


class NothingToUndo(Conflict):
    """There is no change to take back."""

    remedy = "The draft is as it was when it began."


class PlaceNotEditable(Invalid):
    """“{place}” cannot be changed on this page."""

    remedy = "Change it in the pack's files, and upload them."


class FileWithAliases(Invalid):
    """The file {file} uses YAML anchors (& and *), which this page cannot change safely."""

    remedy = "Write the texts out in the file, and upload the pack again."


class TextNotWritable(Invalid):
    """A text has characters that cannot be seen, or is too long."""

    remedy = "Type it anew in at most 4,000 characters, without what was pasted along."


class VersionMissing(Invalid):
    """A release needs a version of its own, at most 40 characters."""

    remedy = "Count on from the last one, for example 2026.2."


class SourceNotKept(Conflict):
    """The files of this release were not kept: it was published by an older version of this system."""

    remedy = "Upload its folder as a ZIP archive; from then on the files are kept."


class PackOfOtherDivision(Conflict):
    """A pack called “{pack}” belongs to another division."""

    remedy = "Give your pack an id of its own in pack.yaml."


class ArchiveEmpty(Invalid):
    """The file is empty."""

    remedy = "Choose the ZIP archive of the pack's folder again."


class ArchiveTooLarge(Invalid):
    """The archive has more than {limit} MB, or unpacks to more."""

    remedy = "A pack holds texts only and is small; check that this is the right file."


class ArchiveUnreadable(Invalid):
    """This is no ZIP archive that can be read; it may be damaged or locked with a password."""

    remedy = "Pack the pack's folder again as a plain ZIP archive."


class ArchiveLeavesFolder(Invalid):
    """“{name}” in the archive would lead out of the pack's folder."""

    remedy = "Pack the pack's own folder, with no links in it and no absolute paths."


class ArchiveStranger(Invalid):
    """“{name}” in the archive is no part of a pack."""

    remedy = "Leave only .yaml, .json and .md files in the folder, then pack it again."


class ArchiveFileTooLarge(Invalid):
    """“{name}” in the archive is larger than a file of a pack may be."""

    remedy = "Split it into several files; a file has at most 1 MB."


class ArchiveCrowded(Invalid):
    """The archive has more than {limit} entries."""

    remedy = "A pack has some dozens of files; check that this is the right folder."


class ArchiveSaysTwice(Invalid):
    """The archive has two files called “{name}”."""

    remedy = "Keep one of them; upper and lower case make no difference."


class ArchiveNotText(Invalid):
    """“{name}” in the archive is not written in UTF-8."""

    remedy = "Save it as UTF-8 and pack the folder again."


class ArchiveWithoutPack(Invalid):
    """The archive must hold exactly one pack.yaml; this one holds {count}."""

    remedy = "Pack the folder of one pack, the one that pack.yaml lies in."


class PackNotNamed(Invalid):
    """pack.yaml does not say which pack this is and for which division."""

    remedy = 'Write `id: level/name` and `region: "230000000000"` in pack.yaml.'


class CalendarNotFound(NotFound):
    """There is no such calendar."""

    remedy = "Look at the list of years."


class CalendarOvertaken(Conflict):
    """Another calendar of this year has come into force since this one was entered."""

    remedy = "Compare it with the notice; if it is still wrong, enter the year again."


class CalendarTextBad(Invalid):
    """The calendar cannot be read. {reason}"""

    remedy = "Correct it as said; the calendar of another year shows how it is written."


class CalendarForAll(Denied):
    """A calendar holds for the whole installation; your division is only a part of it."""

    remedy = "Send the notice to the administrators of the division above: they enter it, and two of them agree."
