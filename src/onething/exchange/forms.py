"""What a department's officer writes into an answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from onething.correspondence import enclosing
from onething.exchange import reasons
from onething.exchange.states import ReplyKind
from onething.exchange.wording import OrderWords
from onething.kernel.errors import Refusal
from onething.plumbing.ui.middleware import in_words

_TOLD = ("sentence", "remedy")
BY_HAND = (ReplyKind.ACCEPTED, ReplyKind.APPROVED, ReplyKind.RETURNED, ReplyKind.REFUSED)


class AnswerForm(forms.Form):
    """One answer. `token` is made with the page, so that a double click counts once."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in BY_HAND])
    token = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    number = forms.CharField(label=_("Number of the result"), required=False, max_length=80)
    file = forms.FileField(label=_("Result document (PDF, at most 2 MB)"), required=False, max_length=120)
    text = forms.CharField(label=_("What was decided"), required=False, max_length=1000, widget=forms.Textarea)
    fields_ = forms.MultipleChoiceField(label=_("Answers to correct"), required=False)
    materials = forms.MultipleChoiceField(label=_("Papers to hand in again"), required=False)
    why = forms.MultipleChoiceField(label=_("Why"), required=False, choices=list(reasons.REASONS.items()))
    message = forms.CharField(label=_("What has to be corrected"), required=False, max_length=1000)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)
    remedy = forms.CharField(label=_("What the applicant can do"), required=False, max_length=1000)

    def __init__(self, words: OrderWords, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_"].choices = [(name, said.label) for name, said in words.fields.items()]  # type: ignore[attr-defined]
        self.fields["materials"].choices = list(words.papers.items())  # type: ignore[attr-defined]

    def clean_file(self) -> bytes:
        """Read the result document; its content decides what it is, not its name."""
        given = self.cleaned_data.get("file")
        content: bytes = given.read(enclosing.LARGEST + 1) if given else b""
        if content:
            try:
                enclosing.require_pdf(content)
            except Refusal as refusal:
                raise forms.ValidationError("".join(in_words(refusal)[part] for part in _TOLD)) from refusal
        return content

    def clean(self) -> dict[str, Any]:
        """Ask for the words that this kind of answer needs."""
        given = super().clean() or {}
        for name in _NEEDED.get(given.get("kind", ""), ()):
            if name not in self.errors and not given.get(name) and not (name == "message" and given.get("why")):
                self.add_error(name, say("Please write this in one sentence that the applicant understands."))
        if given.get("kind") == ReplyKind.RETURNED and not (given.get("fields_") or given.get("materials")):
            self.add_error("materials", say("Please choose what has to be corrected."))
        return given

    @property
    def words(self) -> dict[str, Any]:
        """Give the answer as `answer_order` takes it."""
        given = self.cleaned_data
        kind = ReplyKind(given["kind"])
        words: dict[str, Any] = {"kind": kind, "token": given["token"]}
        if kind is ReplyKind.APPROVED:
            words["result"] = {name: given[name] for name in ("number", "text") if given[name]}
        elif kind is ReplyKind.RETURNED:
            words["message"] = reasons.spoken(given["why"], given["message"])
            words["correction"] = {"fields": given["fields_"], "materials": given["materials"]}
        elif kind is ReplyKind.REFUSED:
            words |= {"reason": given["reason"], "remedy": given["remedy"]}
        return words


_NEEDED = {
    ReplyKind.APPROVED.value: ("text",),
    ReplyKind.RETURNED.value: ("message",),
    ReplyKind.REFUSED.value: ("reason", "remedy"),
}


class UrgingForm(forms.Form):
    """催办: what the department is to read."""

    words = forms.CharField(label=_("What the department is to read"), min_length=2, max_length=400)


class SupervisionForm(forms.Form):
    """督办: what is asked, and by which day."""

    words = forms.CharField(label=_("What is asked"), min_length=2, max_length=400)
    answer_by = forms.DateField(label=_("Answer by"))


def read_id(text: str) -> UUID | None:
    """Read an id from a form; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
