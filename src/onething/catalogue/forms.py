"""Shape of what an administrator hands in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ArchiveForm(forms.Form):
    """A pack's folder as a ZIP archive."""

    file = forms.FileField(label=_("ZIP archive of the pack's folder"), allow_empty_file=True)
