"""Shape of what clerks type into files and lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onething.kernel.access import Actor
from onething.plumbing.ui.middleware import in_words
from onething.registry import sections, words
from onething.registry.models import Organisation, Region, Roster

MOST_CHOICES = 300


def _said(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, gettext(text)) for code, text in table.items()]


class RosterForm(forms.Form):
    """A file of persons: for which division, from whom, of what kind."""

    file = forms.FileField(label=_("File (.csv or .xlsx)"), allow_empty_file=True)
    title = forms.CharField(label=_("What it is called"), max_length=100)
    kind = forms.ChoiceField(label=_("What it holds"))
    authority = forms.ChoiceField(label=_("Who it comes from"))
    region = forms.ChoiceField(label=_("Division it is for"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.visible_to(actor).filter(valid_to__isnull=True).order_by("level", "code")
        for name, choices in (
            ("kind", _said(words.ROSTER_KINDS)),
            ("authority", _said(words.AUTHORITIES)),
            ("region", [(region.code, region.name) for region in regions[:MOST_CHOICES]]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
            field.choices = choices
        self.fields["kind"].initial = Roster.Kind.DISCHARGE


class StatementForm(forms.Form):
    """One entry of a section, as a document or the person tells it; every field is read by the section's own rule."""

    authority = forms.ChoiceField(label=_("Who says so"))

    def __init__(self, section: sections.Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        authority = self.fields["authority"]
        assert isinstance(authority, forms.ChoiceField)  # noqa: S101  # for the type checker
        authority.choices = _said(words.AUTHORITIES)
        for field in section.fields:
            self.fields[field.name] = forms.CharField(label=gettext(field.label), required=False, max_length=200)

    @property
    def values(self) -> dict[str, str]:
        """What was typed into the section's fields."""
        return {field.name: self.cleaned_data.get(field.name, "") for field in self.section.fields}

    def clean(self) -> dict[str, Any]:
        """Tell what is wrong beside the field it stands in."""
        given = super().clean() or {}
        typed = {field.name: given.get(field.name, "") for field in self.section.fields}
        for name, refusal in sections.problems_of(self.section, typed).items():
            told = in_words(refusal)
            self.add_error(name, f"{told['sentence']}{told['remedy']}")
        if not any(text.strip() for text in typed.values()):
            self.add_error(None, gettext("Fill in at least one field."))
        return given


class ArchiveForm(forms.Form):
    """One line of the archive's ledger."""

    kind = forms.ChoiceField(label=_("What happened"))
    day = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}))
    holder = forms.ModelChoiceField(Organisation.objects.none(), label=_("At which of our offices"), required=False)
    outside = forms.CharField(label=_("Or at whom outside"), max_length=100, required=False)
    way = forms.CharField(label=_("How it travels"), max_length=40, required=False)
    reference = forms.CharField(label=_("Number of the archive"), max_length=60, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, holder = self.fields["kind"], self.fields["holder"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101  # for the type checker
        assert isinstance(holder, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        kind.choices = _said(words.ARCHIVE_MOVES)
        holder.queryset = Organisation.objects.visible_to(actor).order_by("code")


class OfficeForm(forms.Form):
    """A department's office or a station to be entered."""

    code = forms.RegexField(r"^[a-z0-9][a-z0-9-]{1,59}$", label=_("Code (small letters, digits, hyphens)"))
    name = forms.CharField(label=_("Name of the office"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of office"), choices=[("station", _("Service station")), ("department", _("Department"))]
    )
    department = forms.RegexField(
        r"^[a-z][a-z0-9_]{1,39}$", label=_("Code of the department, as in packs (for a department)"), required=False
    )
    region = forms.RegexField(r"^\d{12}$", label=_("Code of its division (12 digits)"))


class DivisionsForm(forms.Form):
    """A list of divisions, a province's own tree, or a list of changes."""

    what = forms.ChoiceField(
        label=_("What the file holds"),
        choices=[
            ("list", _("Divisions (townships, villages)")),
            ("own", _("The province's own tree")),
            ("changes", _("Moves, mergers, new names")),
        ],
    )
    source = forms.CharField(label=_("Where it comes from (document, number)"), max_length=120)
    file = forms.FileField(label=_("File (CSV, UTF-8)"))
    load = forms.BooleanField(label=_("Load it (otherwise it is only looked through)"), required=False)
