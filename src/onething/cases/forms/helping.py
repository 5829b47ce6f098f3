"""Shape of what is typed to act for somebody. What is right or wrong about it, the services say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onething.catalogue.models import Release
from onething.identity.models import Mandate
from onething.plumbing.ui.templatetags.ui import said

KIN = [
    (Mandate.Kin.SPOUSE.value, _("Husband or wife")),
    (Mandate.Kin.CHILD.value, _("Son or daughter")),
    (Mandate.Kin.PARENT.value, _("Father or mother")),
    (Mandate.Kin.SIBLING.value, _("Brother or sister")),
    (Mandate.Kin.OTHER.value, _("Somebody else they trust")),
]


class WishForm(forms.Form):
    """Whom one wants to act for, and for which life event."""

    name = forms.CharField(label=_("Their name"), max_length=60)
    id_number = forms.CharField(label=_("Their ID number"), max_length=24)
    kin = forms.ChoiceField(label=_("I am their"), choices=KIN)
    pack = forms.ChoiceField(label=_("For"))
    number = forms.CharField(
        label=_("Only for one case that was submitted? Its number, else leave this empty"),
        max_length=20,
        required=False,
    )

    def __init__(self, *args: Any, packs: Sequence[Release], is_staff: bool = False) -> None:
        super().__init__(*args)
        self.fields["pack"].choices = [(release.pack, said(release.title)) for release in packs]  # type: ignore[attr-defined]
        if is_staff:
            self.fields["kin"].required = False


class PaperForm(WishForm):
    """The same from a signed paper; the helper is the clerk who records it, or somebody with an ID card."""

    helper_name = forms.CharField(label=_("Name of the helper"), max_length=60, required=False)
    helper_id_number = forms.CharField(label=_("ID number of the helper"), max_length=24, required=False)
    number = None  # type: ignore[assignment]  # Django leaves a field out that is set to None
    paper = forms.FileField(label=_("Photo or PDF of the signed paper"))

    def __init__(self, posted: Any, files: Any, *, packs: Sequence[Release]) -> None:
        super().__init__(posted, files, packs=packs, is_staff=True)


class CodeForm(forms.Form):
    """The six digits that the person read out."""

    code = forms.CharField(label=_("The six digits from their message"), max_length=12)
