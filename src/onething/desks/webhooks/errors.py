"""Every way this module says no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Invalid, NotFound


class ReceiverNotListed(Invalid):
    """Programs are not told at this address: {host} is not on the list of this installation."""

    remedy = "Ask the operator to add the host to ONETHING_WEBHOOK_HOSTS; it must answer by https."


class KindUnknown(Invalid):
    """Nothing of the kind “{kind}” is told to programs."""

    remedy = "Choose among the kinds in /api/v1/openapi.json, under webhooks."


class TooManySubscriptions(Conflict):
    """This key has {most} subscriptions already."""

    remedy = "Remove one first: DELETE /api/v1/webhooks/{{id}}."


class OnlyByKey(Invalid):
    """A subscription belongs to a key: only a program with one can make it."""

    remedy = "Send the key in the header Authorization."


class NoSuchSubscription(NotFound):
    """There is no such subscription, or it is not yours."""

    remedy = "List yours: GET /api/v1/webhooks."


class NoSuchDelivery(NotFound):
    """There is no such message, it is older than 30 days, or it is not yours."""

    remedy = "List those of the subscription."
