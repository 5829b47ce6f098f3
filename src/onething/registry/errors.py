"""Every way the registry says no. No sentence here repeats a personal datum."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Gone, Invalid, NotFound, Unavailable


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
