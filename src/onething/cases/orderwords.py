"""Lending a desk the words of its order: questions, options, papers as the release of the case says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from onething.cases.forms.questions import in_words as spoken
from onething.cases.models import Case, Choice
from onething.catalogue import planning
from onething.engine.bundle.model import FieldDef
from onething.exchange.models import Order
from onething.exchange.wording import Answered, OrderWords, reader
from onething.plumbing import rows
from onething.plumbing.ui.templatetags.ui import said
from onething.registry import queries as registry


@reader
def in_words(order: Order) -> OrderWords | None:
    """Say an order in the reader's language. As the house: a desk sees its order, not the case behind it."""
    with rows.as_house():
        case = Case.objects.select_related("release").filter(pk=order.case_id).defer("plan", "answers").first()
        if case is None:
            return None
        choices = {one.field: one.takes for one in Choice.objects.filter(case=case).order_by("made_at")}
    catalogue, payload = planning.compiled(case.release).catalogue, order.payload
    regions = _regions(catalogue.fields, payload["fields"])
    fields = {
        name: _answered(catalogue.fields.get(name), name, value, regions, choices.get(name, ""), payload)
        for name, value in payload["fields"].items()
    }
    papers = {one["id"]: _paper(catalogue.materials, one) for one in payload["materials"]}
    matter = catalogue.matters.get(order.matter)
    return OrderWords(said(matter.title) if matter else order.title, fields, papers)


def _answered(
    field: FieldDef | None, name: str, value: Any, regions: Mapping[str, str], takes: str, payload: Mapping[str, Any]
) -> Answered:
    if field is None:  # no word of the form
        return Answered(payload.get("labels", {}).get(name, name), str(value))
    return Answered(said(field.label), spoken(field, value, regions), _note(takes))


def _note(takes: str) -> str:
    return {
        Choice.Takes.SAID: _("The register says otherwise; the window chose what the person says."),
        Choice.Takes.KNOWN: _("The person says otherwise; the window chose what the register says."),
        Choice.Takes.ASK: _("The register says otherwise; the window has asked the person."),
    }.get(Choice.Takes(takes), "") if takes else ""  # fmt: skip


def _paper(materials: Mapping[str, Any], sent: Mapping[str, Any]) -> str:
    known = materials.get(sent["id"])
    return said(known.title) if known else str(sent["title"])


def _regions(fields: Mapping[str, FieldDef], answers: Mapping[str, Any]) -> dict[str, str]:
    """Name the divisions among the answers. One query, or none."""
    codes = [str(value) for name, value in answers.items() if name in fields and fields[name].type == "region"]
    return {code: said(words) for code, words in registry.region_names(codes).items()} if codes else {}
