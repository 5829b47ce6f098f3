"""What can be permitted here. Row access stands beside each table: `visible_to` in models.py."""

from onething.kernel.access import Permission

FILE_OWN: Permission = "cases.file_own"
"""Fill, submit, follow and correct one's own, or that of a person who allowed it."""

WITHDRAW_OWN: Permission = "cases.withdraw_own"
"""Withdraw one's own: never a helper."""

READ_CASE: Permission = "cases.read_case"
"""Read the cases of one's division."""

TAKE_UP_CONCERN: Permission = "cases.take_up_concern"
"""Take up what goes on only when a person looks, and say when it is done."""

CORRECT_SLIP: Permission = "cases.correct_slip"
"""Ask that a wrong slip is replaced or revoked."""

APPROVE_SLIP: Permission = "cases.approve_slip"
"""Agree that a wrong slip is replaced or revoked; never to what one asked for oneself."""


CHOOSE_SOURCE: Permission = "cases.choose_source"
"""Choose which counts where a register says otherwise than the person, or ask the person."""

RATE_OWN: Permission = "cases.rate_own"
"""Say once how one was served, after a case of one's own has ended: never a helper, never staff."""

OBJECT_OWN: Permission = "cases.object_own"
"""Object to a decision about oneself, and take that back."""

CALL_BACK: Permission = "cases.call_back"
"""Ring up people who were not content, and record what came of it."""

RECORD_EVENT: Permission = "cases.record_event"
"""Record that an outside event has happened."""

TALK: Permission = "cases.talk"
"""Read what persons write and departments ask about cases, and answer them."""
