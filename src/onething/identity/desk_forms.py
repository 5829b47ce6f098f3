"""Shape of what administrators type. Organisations and divisions are those the actor works with."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onething.identity import queries
from onething.identity.policy import NO_POSTS
from onething.kernel.access import Actor, Permission
from onething.plumbing import clock
from onething.plumbing.ui.context import reading_language
from onething.registry.models import Organisation, Region

MOST_REGIONS = 2000  # of one division and below; a province gives posts at its offices, whose division is known


class PostForm(forms.Form):
    """A role at an organisation, for a division, for a time."""

    role = forms.ChoiceField(label=_("Role"))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    region = forms.ChoiceField(label=_("Division"), required=False)
    until = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    acting = forms.BooleanField(label=_("Acting: stands in for somebody"), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = reading_language() == "en"
        titles = [(role, queries.role_title(role)[place]) for role in queries.roles() if role not in NO_POSTS]
        regions = Region.objects.visible_to(actor).order_by("code")[:MOST_REGIONS]
        self.fields["role"].choices = titles  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.visible_to(actor).order_by("code")  # type: ignore[attr-defined]
        self.fields["region"].choices = [  # type: ignore[attr-defined]
            ("", _("that of the organisation")),
            *((region.code, f"{region.code} {region.name}") for region in regions),
        ]

    def post(self, now: datetime) -> dict[str, Any]:
        """Give what `give_post` takes; the last day is included."""
        given = self.cleaned_data
        until = given["until"] and datetime.combine(given["until"] + timedelta(days=1), time(), clock.BEIJING)
        return {
            "role": given["role"],
            "organisation": given["organisation"],
            "region": given["region"] or given["organisation"].region_id,
            "valid_from": now,
            "valid_to": until,
            "acting": given["acting"],
        }


class AccountForm(PostForm):
    """A new member of staff, with the first post."""

    username = forms.CharField(label=_("User name"), max_length=40)
    display_name = forms.CharField(label=_("Shown to colleagues as"), max_length=60)
    work_email = forms.EmailField(label=_("Work e-mail, for notices"), required=False, max_length=254)
    field_order = ["username", "display_name", "work_email", "role", "organisation", "region", "until", "acting"]


class WorkEmailForm(forms.Form):
    """Where the house writes to a member of staff."""

    work_email = forms.EmailField(label=_("Work e-mail, for notices"), required=False, max_length=254)


class KeyForm(forms.Form):
    """A key for programs: what it is for, what it may, how long, how often."""

    label = forms.CharField(label=_("What the key is for"), max_length=80)
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, max_value=730, initial=365)
    per_minute = forms.IntegerField(label=_("Calls a minute, at most"), min_value=1, max_value=60000, initial=600)

    reason = forms.CharField(
        label=_("Why (a colleague must agree if it shows persons)"), max_length=500, required=False
    )

    def __init__(self, held: frozenset[Permission], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reading_language()
        choices = [(scope, queries.permission_in_words(scope, language)) for scope in sorted(held)]
        self.fields["scopes"].choices = choices  # type: ignore[attr-defined]
