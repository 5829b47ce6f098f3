"""Every way the registry says no. No sentence here repeats a personal datum."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Denied, Gone, Invalid, NotFound, Unavailable


class PersonAlreadyRegistered(Conflict):
    """A person with this ID number is already registered."""

    remedy = "Look the person up by the ID number and correct the entry that is there."


class NoSuchPerson(NotFound):
    """There is no such person, or none that you may see."""

    remedy = "Check the ID number, or ask the station that keeps this person's file."


class PersonErased(Gone):
    """This person's data has been deleted and cannot be read any more."""

    remedy = "Nothing can bring it back. If the person needs something, register them anew."


class SealBroken(Unavailable):
    """A protected value cannot be opened: it was changed, or belongs to somebody else."""

    remedy = "Tell the operator of this platform; the value must be restored from a backup."


class NameMissing(Invalid):
    """The name is missing."""

    remedy = "Write the name as it stands on the ID card."


class PhoneWrong(Invalid):
    """A mobile number has 11 digits and begins with 1."""

    remedy = "Check the number; leave out the country code 86."


class PurposeMissing(Invalid):
    """Looking into a personal file needs a purpose."""

    remedy = "Say what you need the file for."


class NoSuchRegion(NotFound):
    """There is no region with the code {code}."""

    remedy = "Choose the region from the list."


class RegionTwice(Invalid):
    """The region {code} stands in the list twice."""

    remedy = "Remove one of the two lines and load the list again."


class RegionWithoutParent(Invalid):
    """The region {code} has nothing above it: {parent} is missing."""

    remedy = "Load the region above it first, or in the same list."


class RegionEnded(Conflict):
    """The region {code} no longer exists under this code."""

    remedy = "Choose the region that took its place; the list shows it."


class RegionCodeTaken(Conflict):
    """The code {code} is in use by another division: {name}."""

    remedy = "Name this division in the list of changes, with the code it really gets."


class ChangeImpossible(Invalid):
    """This is no change of a division that can be carried out: {problem}."""

    remedy = "Write founded, renamed, recoded or abolished, and codes of one level."


class ListUnreadable(Invalid):
    """Line {line} of this list cannot be read: {problem}."""

    remedy = "Mend the line; the list needs the columns that the manual names. Nothing was loaded."


class OrganisationAlreadyOpen(Conflict):
    """An organisation with the code {code}, or of this department in this region, already exists."""

    remedy = "Use the one that exists, or choose another code."


class NoOrganisation(NotFound):
    """No organisation of “{department}” is responsible for the region {region}."""

    remedy = "Ask the administrator to enter the department's office for this region."


class FieldUnknown(Invalid):
    """The personal file has no field “{field}” here."""

    remedy = "Choose one of the fields that the page offers."


class SectionUnknown(Invalid):
    """The personal file has no section “{section}”."""

    remedy = "Choose one of the sections that the page offers."


class NothingStated(Invalid):
    """Nothing was written."""

    remedy = "Fill in at least one field."


class FormulaInCell(Invalid):
    """This cell holds a formula, not a value."""

    remedy = "In the table, copy the cell and paste it as a value; then it begins without = + - or @."


class CharacterLost(Invalid):
    """A character was lost when the file was converted: there stands a ?, an empty box or a sign of no script."""

    remedy = "Type the character from the ID card; save the file as UTF-8."


class NameImpossible(Invalid):
    """This is no name."""

    remedy = "Write the name as it stands on the ID card: no digits, no titles, no remarks."


class TextTooLong(Invalid):
    """This text is longer than {longest} characters."""

    remedy = "Shorten it; look whether a quotation mark is missing in this line."


class DayUnreadable(Invalid):
    """This is no date."""

    remedy = "Write it as 1987-03-15; where only the month is known, as 1987-03."


class DayIncomplete(Invalid):
    """This names a month; the whole day is needed here."""

    remedy = "Write it as 1987-03-15."


class MonthUncertain(Invalid):
    """The table stored the date as a decimal number: January and October look the same."""

    remedy = "Make the column a text column and write 1987-10 or 1987-01."


class DigitsLost(Invalid):
    """The number was stored as a figure, and its last digits are lost."""

    remedy = "Make the column a text column and enter the number again."


class BankCardWrong(Invalid):
    """This is no bank card number: it has 12 to 19 digits, and the last one must fit."""

    remedy = "Copy the number from the card again."


class FigureOutOfRange(Invalid):
    """A whole number from {least} to {most} is needed here."""

    remedy = "Write only the number."


class ChoiceUnknown(Invalid):
    """This is none of the words that are known here: {words}."""

    remedy = "Write one of these words."


class RosterSealed(Gone):
    """This file was deleted when its time was over; it cannot be opened or undone any more."""

    remedy = "Persons that came from it are in the registry; correct them there, one by one."


class RosterEmpty(Invalid):
    """This file is empty."""

    remedy = "Save the table again and choose that file."


class RosterTooLarge(Invalid):
    """This file is larger than {most} MB."""

    remedy = "Split it by division, or ask the operator to import it with `onething registry import`."


class RosterIsOldExcel(Invalid):
    """This is a table in the format of before 2007 (.xls)."""

    remedy = "Open it and save it as .xlsx or as CSV."


class RosterDamaged(Invalid):
    """This table is damaged: it cannot be opened to its end."""

    remedy = "It was probably cut off on the way. Ask for the file again; nothing was imported."


class EncodingUnknown(Invalid):
    """Line {line} is written neither in UTF-8 nor in GB18030."""

    remedy = "Open the file where it came from and save it as CSV in UTF-8. Nothing was imported."


class RosterWithoutTitles(Invalid):
    """No line with titles was found within the first ten lines."""

    remedy = "Put one line with the titles of the columns above the persons."


class RosterCutOff(Invalid):
    """The file says that it holds {told} persons; {found} are in it."""

    remedy = "It was probably cut off on the way. Ask for the file again; nothing was imported."


class ColumnMissing(Invalid):
    """No column is chosen for “{field}”."""

    remedy = "Choose the column that holds it."


class ColumnTwice(Invalid):
    """Two columns are chosen for “{field}”."""

    remedy = "Choose one of them."


class RosterHasFaults(Conflict):
    """{count} lines have faults: nothing was imported."""

    remedy = "Mend these lines or leave them out; then import again."


class RosterNotNow(Conflict):
    """This list is not at that point: it was imported, undone or discarded already, or was not checked yet."""

    remedy = "Open the list again; the page shows what can be done with it."


class NoSuchRoster(NotFound):
    """There is no such list, or none that you may see."""

    remedy = "Open it from the overview of lists."


class UndoTooLate(Conflict):
    """An import can be undone within {days} days."""

    remedy = "Correct single persons in their file."


class LineTooShort(Invalid):
    """This line has {cells} cells; there are {titles} titles."""

    remedy = "Add the missing cells; look for a missing comma."


class LineTooLong(Invalid):
    """This line has {cells} cells; there are only {titles} titles."""

    remedy = "Look for a comma inside a text: such a text stands in quotation marks."


class LineCutOff(Invalid):
    """The file ends in the middle of this line: {cells} of {titles} cells are there."""

    remedy = "The file was cut off. Ask for it again; nothing was imported."


class QuoteBroken(Invalid):
    """A quotation mark is opened here and not closed; the rest of the file cannot be read."""

    remedy = "Close the quotation mark, or ask for the file again: it may have been cut off."


class MergedCells(Invalid):
    """The cells {cells} are merged into one."""

    remedy = "Dissolve the merged cells in the table program and fill every line."


class CellMissing(Invalid):
    """This cell must not be empty."""

    remedy = "Fill it in, or leave the line out."


class NumberTwice(Invalid):
    """The same ID number stands in line {line}."""

    remedy = "Leave one of the two lines out, or correct the number."


class OtherName(Invalid):
    """This ID number is registered under another name."""

    remedy = "Compare with the ID card; if the name was changed, correct the person's file first."


class PersonElsewhere(Invalid):
    """This person is registered in a division outside of yours."""

    remedy = "Ask that division to move the file, or leave the line out."


class BirthDateDiffers(Invalid):
    """The date of birth differs from the one in the ID number."""

    remedy = "Compare both with the ID card."


class SexDiffers(Invalid):
    """The sex differs from the one in the ID number, or is none of 男 and 女."""

    remedy = "Compare both with the ID card."


class RegionNotBelow(Invalid):
    """There is no such division within the one this list is for."""

    remedy = "Write its code with 12 digits, or its name as in the official list."


class RegionNameUncertain(Invalid):
    """{count} divisions bear this name."""

    remedy = "Write the code with 12 digits instead."


class KeyStillNeeded(Conflict):
    """{count} rows still need version {version} of the key “{purpose}”."""

    remedy = "Run `onething keys rotate` or `onething keys reindex` to its end; then retire the version."


class KeyStraight(Conflict):
    """Version {version} of the key “{purpose}” is the one in use."""

    remedy = "Rotate first: only older versions are retired."


class NotRotatedHere(Invalid):
    """The key “{purpose}” is not rotated by this command."""

    remedy = "Choose field or index; the manual says how the others are renewed."


class CorrectionWaits(Conflict):
    """A correction of this field is waiting for an answer already."""

    remedy = "Wait for the answer, or add to it at the desk."


class CorrectionAnswered(Conflict):
    """This correction was answered already."""

    remedy = "Open the person's file; if something is still wrong, ask for a new correction."


class NoSuchCorrection(NotFound):
    """There is no such correction, or none that you may see."""

    remedy = "Open it from the list of corrections."


class ArchiveNowhere(Invalid):
    """It is not said where the archive is."""

    remedy = "Choose one of our offices, or name the holder outside; not both."


class StillLacking(Conflict):
    """{count} items are still lacking."""

    remedy = "Ask the unit for them, or enter them in the file; then mark the person as ready."


class NoSuchExport(NotFound):
    """There is no such file here for you."""

    remedy = "Open “My data” and ask for a copy there."


class ExportNotReady(Conflict):
    """The copy of your data is still being put together."""

    remedy = "Come back in a few minutes; it takes care of itself."


class ExportOver(Gone):
    """This copy of your data is no longer kept."""

    remedy = "Ask for a new one on “My data”; it is ready within minutes."


class ExportTooSoon(Conflict):
    """You already asked for a copy today."""

    remedy = "Fetch that one, or ask again tomorrow."


class SettingUnknown(Invalid):
    """There is no setting “{name}”."""

    remedy = "Choose among those on the page."


class SettingTooLong(Invalid):
    """“{name}” is longer than {most} characters."""

    remedy = "Shorten it: it stands on every page."


class SettingOutOfBounds(Invalid):
    """“{name}” is not a number of days between {least} and {most}."""

    remedy = "Choose a number of days within these bounds; they come from the law or from what the days are for."


class OutsideDivision(Denied):
    """This lies outside your division."""

    remedy = "Ask an administrator whose division holds it; what counts for everybody, one who holds the whole."


class ListTooLarge(Invalid):
    """This list is larger than {most} MB."""

    remedy = "Hand it in in parts, or load it with `onething registry divisions import`."
