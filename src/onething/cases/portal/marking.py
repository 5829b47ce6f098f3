"""What the catalogue refuses, put beside the questions of the page that brought it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onething.cases import forms
from onething.cases.forms.slips import ValueImpossible
from onething.engine.bundle.errors import AnswersNotUsable
from onething.engine.bundle.model import Words
from onething.kernel.errors import Refusal
from onething.plumbing.ui.templatetags.ui import said


def marked(reading: forms.Reading, refused: AnswersNotUsable) -> forms.Reading:
    """Mark the questions of a page that were refused, what was typed stays; one about none of them is raised again."""
    slips = dict(_slips(refused, {question.field.id: question.words for question in reading.questions}))
    if not slips:
        raise refused
    return reading.with_slips(slips)


def _slips(refused: AnswersNotUsable, labels: Mapping[str, Words]) -> Iterator[tuple[str, Refusal]]:
    """Put what is wrong beside the questions of this page; a contradiction beside either of the two."""
    for problem in refused.problems:
        asked = next((name for name in (problem.field, problem.beside) if name in labels), None)
        if asked is not None:
            is_contradiction = problem.beside is not None
            yield asked, problem.refusal if is_contradiction else ValueImpossible(question=said(labels[asked]))
