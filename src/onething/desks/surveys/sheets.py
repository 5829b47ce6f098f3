"""Questionnaires on paper: one page a person, with a code by which the answers are typed in, or given on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from onething.correspondence import printing
from onething.desks.surveys import letters
from onething.desks.surveys.models import Invitation, Survey
from onething.kernel.language import Language
from onething.plumbing.ui.templatetags.ui import spell_day
from onething.registry import queries as registry

LAYOUT = Path(__file__).parent / "typst" / "questionnaire.typ"


def to_pdf(
    survey: Survey, invitations: Iterable[Invitation], *, issuer: str, language: Language, now: datetime
) -> bytes:
    """
    Print questionnaires as one PDF, in the order given.

    Needs each invitation's person with their key. Refuses DocumentNotMade.
    """
    asked = list(invitations)
    places = registry.region_names(one.region for one in asked)
    document = {
        "language": language,
        "title": survey.title[language],
        "intro": survey.intro.get(language, ""),
        "issuer": issuer,
        "last_day": spell_day(survey.last_day),
        "questions": [_question(one, language) for one in survey.questions],
        "sheets": [_sheet(one, places.get(one.region, {}).get(language, one.region)) for one in asked],
    }
    return printing.print_paper(LAYOUT, document, at=now)


def _question(stored: dict[str, Any], language: Language) -> dict[str, Any]:
    options = [option["title"][language] for option in stored["options"]]
    return {"kind": stored["kind"], "title": stored["title"][language], "options": options}


def _sheet(one: Invitation, place: str) -> dict[str, str]:
    return {"name": one.person.name, "place": place, "code": one.code, "qr": printing.qr(letters.address_of(one))}
