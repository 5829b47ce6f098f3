"""Every way this module says no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Gone, Invalid, NotFound


class PolicyNotFound(NotFound):
    """There is no such policy in the library."""

    remedy = "Look for it in the list of policies; it may have another name, or no longer be in force."


class LeadGone(NotFound):
    """This line is no longer on the list."""

    remedy = "The list was made anew, or the line is not of your division. Open the list again."


class AlreadyOffered(Conflict):
    """This was offered to the person already."""

    remedy = "Look under the offers how they answered. A no is respected until what is offered changes."


class AppliedAlready(Conflict):
    """The person has applied for this already."""

    remedy = "Nothing is to be done: their case is under way."


class OfferNotFound(NotFound):
    """There is no such offer for you."""

    remedy = "Open it from your letters, signed in as the person it was written to."


class OfferAnswered(Conflict):
    """You have answered this offer already."""

    remedy = "If you have changed your mind, ring up the office or go there: they change it for you."


class OfferLapsed(Gone):
    """The time to answer this offer is over."""

    remedy = "Nothing is lost: ask at the station, or apply for it yourself at any time."


class AnswerUnknown(Invalid):
    """Please choose one of the three answers."""

    remedy = "Say yes, no, or that you would like to talk with somebody."


class NothingToSettle(Conflict):
    """Nothing is to be done about this offer."""

    remedy = "It was not answered yet, the answer was no, or a colleague has done it. Open the list again."


class NoLineChosen(Invalid):
    """No line was chosen."""

    remedy = "Mark the people to whom it is to be offered, then go on."


class SweepDoesNotAddUp(Conflict):
    """The rows kept are not the rows counted: {kept} of {counted}."""

    remedy = "Nothing was shown of it. Run the search again; if it happens twice, tell whoever runs this installation."


class NotCompared(Conflict):
    """It was not worked out who gains and who loses by this draft as it stands, or that is over {days} days ago."""

    remedy = "Open the draft, have it worked out for everybody, and look at it; then go on."


class NothingToCompare(Conflict):
    """Only for a draft of entitlements that passes its check and changes a release it is worked out who gains."""

    remedy = "Correct what the check found; a pack's first release has nothing to be compared with."
