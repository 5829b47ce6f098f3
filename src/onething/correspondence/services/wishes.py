"""How a person wants to be reminded."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from onething.correspondence import policy, queries
from onething.correspondence.errors import NoEmailKnown, ReminderWayWrong
from onething.correspondence.events import ReminderWayChosen
from onething.correspondence.models import ReminderWish
from onething.kernel.access import Actor
from onething.kernel.errors import Denied
from onething.plumbing.journal import publish, writes


@writes
def choose_reminders(*, way: str, actor: Actor, now: datetime) -> ReminderWish:
    """
    Keep how the person who asks wants to be reminded. The same again changes nothing.

    Refuses Denied, ReminderWayWrong, NoEmailKnown: nothing can be sent where no address is known.
    """
    actor.must(policy.CHOOSE_REMINDERS)
    if actor.person_id is None:
        raise Denied
    if way not in ReminderWish.Way.values:
        raise ReminderWayWrong
    if way == ReminderWish.Way.EMAIL and not queries.email_of(actor.person_id):
        raise NoEmailKnown
    before = ReminderWish.objects.select_for_update().filter(person_id=actor.person_id).first()
    if before is not None and before.way == way:
        return before
    wish, _ = ReminderWish.objects.update_or_create(person_id=actor.person_id, defaults={"way": way, "chosen_at": now})
    publish(ReminderWayChosen(person_id=actor.person_id, way=way), actor=actor, at=now)
    return wish


def as_wished(person_id: UUID, texts: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Give the texts of a reminder that the person wants; all of them where they never said. None may be left."""
    wish = ReminderWish.objects.filter(person_id=person_id).values_list("way", flat=True).first()
    if wish is None:
        return texts
    if wish == ReminderWish.Way.EMAIL and not queries.email_of(person_id):
        wish = ReminderWish.Way.SMS  # the address is gone: a reminder must not be lost for that
    if wish == ReminderWish.Way.EMAIL and "in_app" in texts:
        texts = {"email": texts["in_app"], **texts}
    return {channel: text for channel, text in texts.items() if channel in _CHANNELS[wish]}


_CHANNELS: dict[str, tuple[str, ...]] = {
    ReminderWish.Way.SMS: ("in_app", "sms"),
    ReminderWish.Way.EMAIL: ("in_app", "email"),
    ReminderWish.Way.LETTER: ("in_app",),
    ReminderWish.Way.NONE: (),
}
