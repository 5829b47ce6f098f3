"""Every way correspondence says no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Invalid, NotFound, Unavailable


class DocumentMissing(NotFound):
    """There is no such document, or it is not yours."""

    remedy = "Open the document from your list of letters."


class NoticeMissing(NotFound):
    """There is no such letter, or it is not yours."""

    remedy = "Open the letter from your list of letters."


class NoText(Invalid):
    """A letter needs a text in at least one channel."""

    remedy = "Give the text for in_app, sms or email in the pack's notices."


class ChannelWrong(Invalid):
    """Letters travel as in_app, sms or email, not as “{channel}”."""

    remedy = "Correct the channel in the pack's notices."


class NumberTaken(Conflict):
    """The document number {number} has been used for another document."""

    remedy = "Issue the document again; it will get a new number."


class DocumentVoid(Conflict):
    """The document {number} was revoked or replaced before."""

    remedy = "Open the case again; its newest slip counts."


class ContentWrong(Invalid):
    """The content given does not belong to a document of the kind “{kind}”."""

    remedy = "Hand a notice its notice content, a receipt its receipt content, a slip its slip content."


class DocumentNotMade(Unavailable):
    """The document could not be printed: {reason}."""

    remedy = "Nothing was issued. The office sees this fault and issues the document again."


class FileTooBig(Invalid):
    """This file is bigger than {megabytes} MB; no document of ours is."""

    remedy = "Choose the PDF that was issued to you, not a photograph or a scan of it."


class NoFile(Invalid):
    """No file was chosen."""

    remedy = "Choose the PDF that you want to check, then press the button again."


class EnclosureTooBig(Invalid):
    """This result document is bigger than {megabytes} MB."""

    remedy = "Send it in fewer pages or with smaller pictures."


class EnclosureNoPdf(Invalid):
    """This result document is not a whole PDF."""

    remedy = "Send the document as a PDF file, complete from its first to its last byte."


class EnclosureLocked(Invalid):
    """This result document is locked with a password; the person could not open it."""

    remedy = "Send the document without a password."


class EnclosureMissing(NotFound):
    """There is no such result document, or it is not yours."""

    remedy = "Open it from your list of letters."


class ReminderWayWrong(Invalid):
    """Please choose one of the ways to be reminded."""

    remedy = "Text message, e-mail, only letters here, or no reminders."


class NoEmailKnown(Invalid):
    """No e-mail address of yours is known."""

    remedy = "Choose text messages; or have the address entered at a service station first."
