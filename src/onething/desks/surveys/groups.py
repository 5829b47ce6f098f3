"""Who belongs to the group of a survey: people of a division, by their kind of service and by how their cases stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onething.cases.models import Case
from onething.cases.states import CaseState
from onething.desks.surveys.models import Survey
from onething.registry import queries as registry
from onething.registry import regions
from onething.registry.models import Person

KIND_FIELD = "soldier_kind"
KINDS: Mapping[str, Promise | str] = {
    "conscript": _("Conscripts"),
    "junior_nco": _("Junior NCOs"),
    "senior_nco": _("Intermediate and senior NCOs"),
    "officer": _("Officers"),
}
"""As the data dictionary of the packs names them (field `soldier_kind`)."""
CASES: Mapping[str, Promise | str] = {
    Survey.Cases.ANY: _("Everybody"),
    Survey.Cases.RUNNING: _("People whose case is under way"),
    Survey.Cases.ENDED: _("People whose cases have ended"),
    Survey.Cases.NONE: _("People who never had a case here"),
}


def persons_of(survey: Survey) -> QuerySet[Person]:
    """Find the persons of a survey's group, but for their kind of service, which is sealed. By id."""
    found = Person.objects.filter(region__code__startswith=regions.prefix(survey.region), forgotten_at__isnull=True)
    return _by_cases(found, survey.cases).order_by("pk")


def _by_cases(found: QuerySet[Person], wanted: str) -> QuerySet[Person]:
    own = Case.objects.filter(person_id=OuterRef("pk"))
    running = own.filter(state=CaseState.RUNNING)
    if wanted == Survey.Cases.RUNNING:
        return found.filter(Exists(running))
    if wanted == Survey.Cases.ENDED:
        return found.filter(Exists(own), ~Exists(running))
    return found.filter(~Exists(own)) if wanted == Survey.Cases.NONE else found


def is_of_kind(person_id: UUID, kinds: Sequence[str]) -> bool:
    """Tell whether a person is of one of the kinds of service; of a person of whom none is known: no."""
    if not kinds:
        return True
    known = registry.known_facts(person_id).get(KIND_FIELD)
    return known is not None and known.value in kinds
