"""
Changing halls, appointments and tickets: one verb a function, one transaction, time and actor from outside.

Whoever takes several locks takes them in this order: the case, the hall's turn of places, times by their number.
"""

from onething.desks.appointments.services.booking import (
    book,
    cancel,
    move,
    record_kept,
    record_missed,
    remind,
)
from onething.desks.appointments.services.counters import (
    bring_back,
    call_again,
    call_next,
    draw_ticket,
    finish_ticket,
    miss_ticket,
    return_ticket,
    transfer_ticket,
)
from onething.desks.appointments.services.ending import drop_needless
from onething.desks.appointments.services.halls import (
    close_day,
    follow_division,
    lay_out_all,
    open_hall,
    open_windows,
    reopen_day,
    set_hall,
    withdraw_displays,
)
from onething.desks.appointments.services.waiting import (
    accept_offer,
    decline_offer,
    lapse_offers,
    offer_places,
    stop_waiting,
    wait_for_earlier,
)

__all__ = [
    "accept_offer",
    "book",
    "bring_back",
    "call_again",
    "call_next",
    "cancel",
    "close_day",
    "decline_offer",
    "draw_ticket",
    "drop_needless",
    "finish_ticket",
    "follow_division",
    "lapse_offers",
    "lay_out_all",
    "miss_ticket",
    "move",
    "offer_places",
    "open_hall",
    "open_windows",
    "record_kept",
    "record_missed",
    "remind",
    "reopen_day",
    "return_ticket",
    "set_hall",
    "stop_waiting",
    "transfer_ticket",
    "wait_for_earlier",
    "withdraw_displays",
]
