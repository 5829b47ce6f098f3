"""Shape of what staff and people type here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from onething.desks.surveys import groups, questions
from onething.desks.surveys.models import FollowUp, Survey
from onething.desks.surveys.questions import Kind, Question
from onething.registry.models import Region

WANTS = "contact"
"""The box by which somebody asks for somebody."""


class SurveyForm(forms.Form):
    """What a survey is called, whom it asks, how, and until when."""

    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=60)
    title_en = forms.CharField(label=_("Title (English)"), max_length=100, required=False)
    intro_zh = forms.CharField(label=_("What it is for (Chinese)"), max_length=300, required=False)
    intro_en = forms.CharField(label=_("What it is for (English)"), max_length=500, required=False)
    region = forms.ChoiceField(label=_("Division"))
    kinds = forms.MultipleChoiceField(
        label=_("Kind of service (none ticked: all)"), choices=list(groups.KINDS.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    cases = forms.ChoiceField(label=_("Whom, by their cases"), choices=list(groups.CASES.items()))
    way = forms.ChoiceField(
        label=_("How they are asked"),
        choices=[
            (Survey.Way.PHONE, _("By phone; on paper where no number is known")),
            (Survey.Way.PAPER, _("On paper")),
        ],
    )
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, places: Iterable[Region], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["region"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  # for the type checker
        chosen.choices = [(place.code, place.name) for place in places]

    @property
    def written(self) -> dict[str, Any]:
        """Give what was typed as `services.write_survey` takes it."""
        given = self.cleaned_data
        plain = {name: given[name] for name in ("region", "kinds", "cases", "way", "last_day")}
        intro = questions.title_of(given["intro_zh"], given["intro_en"]) if given["intro_zh"].strip() else {}
        return {"title": questions.title_of(given["title_zh"], given["title_en"]), "intro": intro, **plain}


class QuestionForm(forms.Form):
    """One question; left empty where a survey has fewer."""

    title_zh = forms.CharField(label=_("Question (Chinese)"), max_length=120, required=False)
    title_en = forms.CharField(label=_("Question (English)"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Answered by"),
        choices=[(Kind.ONE, _("choosing one")), (Kind.MANY, _("choosing several")), (Kind.WORDS, _("own words"))],
    )
    options = forms.CharField(
        label=_("Answers to choose from, a line each: Chinese | English"), max_length=1500, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for at least two answers to choose from, and for a question where there are answers."""
        given = super().clean() or {}
        title, options = given.get("title_zh", "").strip(), questions.read_options(given.get("options", ""))
        if options and not title:
            raise forms.ValidationError(say("Write the question, too."))
        if title and given.get("kind") != Kind.WORDS and not 2 <= len(options) <= questions.MOST_OPTIONS:
            raise forms.ValidationError(say("Give two to ten answers to choose from, a line each."))
        return given

    def question(self, number: int) -> Question | None:
        """Give the question, if the lines were filled."""
        given = self.cleaned_data
        if not given.get("title_zh", "").strip():
            return None
        kind = Kind(given["kind"])
        options = () if kind is Kind.WORDS else questions.read_options(given["options"])
        title = questions.title_of(given["title_zh"], given["title_en"])
        return Question(id=f"q{number}", kind=kind, title=title, options=options)


_most = questions.MOST_QUESTIONS
Questions = forms.formset_factory(QuestionForm, extra=0, min_num=_most, max_num=_most, absolute_max=_most)


def question_lines(data: Mapping[str, Any] | None, asks: Sequence[Question] = ()) -> Any:
    """Make the lines of the questions, as typed or as they stand."""
    return Questions(data, initial=[_initial(one) for one in asks], prefix="q")


def asked_in(lines: Any) -> list[Question]:
    """Read the questions out of lines that are valid, numbered in their order."""
    filled = [line for line in lines if line.cleaned_data.get("title_zh", "").strip()]
    return [found for n, line in enumerate(filled, 1) if (found := line.question(n))]


def _initial(one: Question) -> dict[str, str]:
    options = "\n".join(f"{option.title['zh']} | {option.title['en']}" for option in one.options)
    return {"title_zh": one.title["zh"], "title_en": one.title["en"], "kind": one.kind, "options": options}


def standing(survey: Survey) -> dict[str, Any]:
    """Give what a survey says as the form begins with."""
    return {
        "title_zh": survey.title["zh"], "title_en": survey.title["en"], "intro_zh": survey.intro.get("zh", ""),
        "intro_en": survey.intro.get("en", ""), "region": survey.region, "kinds": survey.kinds,
        "cases": survey.cases, "way": survey.way, "last_day": survey.last_day,
    }  # fmt: skip


class FollowUpForm(forms.Form):
    """What is to be done, by whom, until when."""

    work = forms.ChoiceField(
        label=_("What is to be done"),
        choices=[(FollowUp.Work.VISIT, _("Visit the person")), (FollowUp.Work.CASE, _("File a case with the person"))],
    )
    owner = forms.ChoiceField(label=_("Who does it"))
    due = forms.DateField(label=_("Until when"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(
        label=_("What to look out for"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, owners: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["owner"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  # for the type checker
        chosen.choices = [(str(account), name) for account, name in owners]

    @property
    def begun(self) -> dict[str, Any]:
        """Give what was typed as `services.begin_followup` takes it."""
        given = self.cleaned_data
        due: date = given["due"]
        return {"work": given["work"], "owner": UUID(given["owner"]), "due": due, "note": given["note"]}
