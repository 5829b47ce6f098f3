"""Shape of what an administrator hands in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ArchiveForm(forms.Form):
    """A pack's folder as a ZIP archive."""

    file = forms.FileField(label=_("ZIP archive of the pack's folder"), allow_empty_file=True)


class NoticeForm(forms.Form):
    """The State Council's notice for a year; its holidays are rows beside it, or the whole is a file."""

    year = forms.IntegerField(label=_("Year"), min_value=2004, max_value=2099)
    title = forms.CharField(label=_("Title of the notice"), max_length=200, required=False)
    number = forms.CharField(label=_("Number of the notice"), max_length=60, required=False)
    issued = forms.DateField(
        label=_("Issued on"), required=False, widget=forms.DateInput(attrs={"type": "date", "class": "in"})
    )
    address = forms.URLField(label=_("Where it can be read"), required=False, assume_scheme="https")
    file = forms.FileField(label=_("Or a calendar file (.yaml)"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=500)
