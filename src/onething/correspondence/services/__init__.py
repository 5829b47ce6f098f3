"""Writing to people: letters, documents that are printed, signed and kept, and the result documents of departments."""

from onething.correspondence.services.documents import (
    check_address,
    check_path,
    issue_document,
    open_document,
    record_document,
    record_opening,
    revoke_document,
)
from onething.correspondence.services.enclosures import keep_enclosure, open_enclosure, record_enclosure
from onething.correspondence.services.letters import (
    hand_over,
    mark_read,
    record_delivery,
    record_failure,
    send_notice,
)
from onething.correspondence.services.wishes import choose_reminders

__all__ = [
    "check_address",
    "check_path",
    "choose_reminders",
    "hand_over",
    "issue_document",
    "keep_enclosure",
    "mark_read",
    "open_document",
    "open_enclosure",
    "record_delivery",
    "record_document",
    "record_enclosure",
    "record_failure",
    "record_opening",
    "revoke_document",
    "send_notice",
]
