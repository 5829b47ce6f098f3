"""How the exchange says no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Denied, Invalid, NotFound, Unavailable


class OrderNotFound(NotFound):
    """There is no such order for this department."""

    remedy = "Answer with the order's id as it was sent to you."


class ReplyNotFound(NotFound):
    """There is no such reply."""


class OrderAlreadyAnswered(Conflict):
    """This order has already been answered, returned or cancelled."""

    remedy = "Open it again to see what was answered, and by whom."


class DepartmentUnknown(Denied):
    """No department of this name is connected here."""

    status = 401
    remedy = "Use the source that was agreed when your department was connected."


class MessageTooLarge(Invalid):
    """A message may have at most {limit} bytes."""

    status = 413
    remedy = "Send numbers and references instead of whole documents."


class MessageMalformed(Invalid):
    """This message does not follow the department interface: {problem}."""

    remedy = "Compare it with docs/department-interface.md."


class AddressNotAllowed(Invalid):
    """Orders may be sent over https only, or over http to this machine itself."""

    remedy = "Give an https address without user name, password or fragment."


class FolderNotAllowed(Invalid):
    """Files are exchanged over sftp, or in a folder below the one that this installation names."""

    remedy = "Give sftp://user@host/path with the server's host key, or file:///path below ONETHING_DEPARTMENT_FOLDERS."


class PortNotFound(NotFound):
    """There is no such department connection."""


class AnswerByPast(Invalid):
    """The day by which the department is to answer lies in the past."""

    remedy = "Choose a day from tomorrow on."


class WordsTooShort(Invalid):
    """What the department is to read is missing."""

    remedy = "Write one sentence: what is asked, and until when."


class DataNotGiven(Unavailable):
    """The department “{department}” did not give the data it was asked for."""

    remedy = "Nothing is lost. Ask the person for it, or ask again later."


class PurposeMissing(Invalid):
    """Data about a person may be asked for with a purpose and by name of each field only."""

    remedy = "Say what the data is needed for, and name at most 50 fields."


class ConnectorUnknown(Invalid):
    """There is no connector called “{connector}”."""

    remedy = "Choose one of: {known}."


class WordsMissing(Invalid):
    """A refusal needs its reason and what can be done; a return needs what has to be corrected."""

    remedy = "Write one sentence for each that the applicant understands."


class NoSuchColleague(Invalid):
    """This person does not work at this desk now."""

    remedy = "Choose somebody from the list: it shows whose post is in force."


class NoSuchMatterHere(Invalid):
    """This department does not do this matter."""

    remedy = "Choose from the matters of the department that the page lists."


class PapersLacking(Conflict):
    """Papers are lacking: {papers}."""

    remedy = "Open the order and decide it by itself."


class NothingChosen(Invalid):
    """Nothing was chosen."""

    remedy = "Tick the orders first, then choose what is to be done with them."


class NoSuchBundle(Invalid):
    """This cannot be done with many orders at once."""

    remedy = "Approve, hand over or urge many at once; anything else is decided one by one."
