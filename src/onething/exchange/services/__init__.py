"""Changing orders: connect, place, deliver, answer. Set-based: few statements, many rows."""

from onething.exchange.delivery import MaterialSent, OrderDraft
from onething.exchange.services.amending import (
    amend_orders,
    claim_amendment,
    note_withdrawal,
    record_amendment,
    send_amendments,
)
from onething.exchange.services.collecting import (
    bury_message,
    call_for_replies,
    claim_inbox,
    record_collection,
    take_batch,
)
from onething.exchange.services.connecting import Connection, connect_department
from onething.exchange.services.delivering import (
    claim_order,
    claim_orders,
    record_attempt,
    record_attempts,
    send_due,
)
from onething.exchange.services.handing import Done, do_bundle, hand_over, route_matters
from onething.exchange.services.placing import cancel_orders, place_new_orders, place_orders
from onething.exchange.services.replies import answer_order, receive_reply
from onething.exchange.services.results import keep_file, with_file
from onething.exchange.services.sharing import DataQuestion, ask_department, forget_old
from onething.exchange.services.telling import (
    follow_supervisions,
    record_urging,
    replay_dead,
    retry_order,
    settle_dead_letters,
    supervise_order,
    tell_higher,
    tell_owners,
    urge_order,
    warn_owners,
    write_escalation,
)

__all__ = [
    "Connection",
    "DataQuestion",
    "Done",
    "MaterialSent",
    "OrderDraft",
    "amend_orders",
    "answer_order",
    "ask_department",
    "bury_message",
    "call_for_replies",
    "cancel_orders",
    "claim_amendment",
    "claim_inbox",
    "claim_order",
    "claim_orders",
    "connect_department",
    "do_bundle",
    "follow_supervisions",
    "forget_old",
    "hand_over",
    "keep_file",
    "note_withdrawal",
    "place_new_orders",
    "place_orders",
    "receive_reply",
    "record_amendment",
    "record_attempt",
    "record_attempts",
    "record_collection",
    "record_urging",
    "replay_dead",
    "retry_order",
    "route_matters",
    "send_amendments",
    "send_due",
    "settle_dead_letters",
    "supervise_order",
    "take_batch",
    "tell_higher",
    "tell_owners",
    "urge_order",
    "warn_owners",
    "with_file",
    "write_escalation",
]
