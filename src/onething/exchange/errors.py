"""How the exchange says no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Denied, Invalid, NotFound


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


class ConnectorUnknown(Invalid):
    """There is no connector called “{connector}”."""

    remedy = "Choose one of: {known}."


class WordsMissing(Invalid):
    """A refusal needs its reason and what can be done; a return needs what has to be corrected."""

    remedy = "Write one sentence for each that the applicant understands."
