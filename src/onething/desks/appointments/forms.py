"""Shape of what people and staff type here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from onething.desks.appointments.errors import SlotNotFound
from onething.desks.appointments.hours import Hours
from onething.desks.appointments.models import Hall
from onething.plumbing import clock
from onething.plumbing.ui.templatetags.ui import said

STRETCHES = 3  # so many stretches of hours a day: morning, afternoon, evening
MOST_COUNTERS = 99


def slot_in(given: Mapping[str, str]) -> int:
    """Read which time was chosen. Refuses SlotNotFound for anything that is no number."""
    text = given.get("slot", "")
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise SlotNotFound
    return int(text)


class HallForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """A hall: whom it serves, its counters, how its times are cut."""

    serves = forms.MultipleChoiceField(label=_("What can be done here"), widget=forms.CheckboxSelectMultiple)
    counters = forms.IntegerField(label=_("Counters there are"), min_value=1, max_value=MOST_COUNTERS)
    staff = forms.IntegerField(label=_("People who can sit at them"), min_value=1, max_value=MOST_COUNTERS)
    slot_minutes = forms.IntegerField(label=_("Minutes for one person"), min_value=5, max_value=240)
    per_counter = forms.IntegerField(label=_("Bookings at a time for each counter"), min_value=1, max_value=20)
    days_ahead = forms.IntegerField(label=_("Working days that can be booked ahead"), min_value=1, max_value=60)
    elders_first = forms.BooleanField(label=_("Elders and disabled persons are called first"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    does = forms.CharField(
        label=_("What this hall does, a line each (for the sign)"), required=False, max_length=1000,
        widget=forms.Textarea,
    )  # fmt: skip

    class Meta:
        model = Hall
        fields = (
            "serves", "counters", "staff", "slot_minutes", "per_counter", "days_ahead", "elders_first", "address",
            "does",
        )  # fmt: skip

    def __init__(self, stations: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serves = self.fields["serves"]
        assert isinstance(serves, forms.MultipleChoiceField)  # noqa: S101  # for the type checker
        serves.choices = [(name, said(title)) for name, title in stations.items()]


_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class StretchForm(forms.Form):
    """One stretch of a day's hours; left empty where the day has fewer."""

    opens = forms.TimeField(label=_("Opens"), required=False, widget=_TIME)
    closes = forms.TimeField(label=_("Closes"), required=False, widget=_TIME)
    counters = forms.IntegerField(
        label=_("Counters staffed"), min_value=1, max_value=MOST_COUNTERS, required=False
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for all three, or none."""
        given = super().clean() or {}
        filled = [name for name in ("opens", "closes", "counters") if given.get(name) is not None]
        if filled and len(filled) < 3 and not self.errors:
            raise forms.ValidationError(say("Give the beginning, the end and the number of counters."))
        return given

    @property
    def hours(self) -> Hours | None:
        """The hours, if the line was filled."""
        given: dict[str, Any] = self.cleaned_data
        opens, closes = given.get("opens"), given.get("closes")
        if not isinstance(opens, time) or not isinstance(closes, time):
            return None
        return Hours(opens, closes, int(given["counters"]))


Stretches = forms.formset_factory(StretchForm, extra=0, min_num=STRETCHES, max_num=STRETCHES, absolute_max=STRETCHES)


def stretches(data: Mapping[str, Any] | None, hours: list[Hours]) -> Any:
    """Make the lines of a day's hours, as typed or as they stand."""
    standing = [{"opens": one.opens, "closes": one.closes, "counters": one.counters} for one in hours]
    return Stretches(data, initial=standing, prefix="hours")


class ClosureForm(forms.Form):
    """A day on which the hall is closed, and why."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Why, in words for those who had booked"), min_length=2, max_length=200)


class DrawForm(forms.Form):
    """Drawing a ticket: with the code of an appointment, or without."""

    code = forms.CharField(max_length=12, required=False)
    goes_first = forms.BooleanField(required=False)


class CounterForm(forms.Form):
    """Which counter somebody sits at."""

    counter = forms.IntegerField(min_value=1, max_value=MOST_COUNTERS)


def day_in(given: Mapping[str, str], *, now: datetime) -> date:
    """Read which day is asked for; today where none is, or none that can be read."""
    try:
        return date.fromisoformat(given.get("day", ""))
    except ValueError:
        return clock.day_of(now)
