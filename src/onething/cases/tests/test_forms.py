"""Posted boxes become plain answers or a kind word; the sheet asks what decides first, and nothing twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from onething.cases import forms, queries, services
from onething.cases.forms import slips
from onething.cases.forms.sheet import TOGETHER, deciding
from onething.cases.tests import factories
from onething.engine.bundle.model import FieldDef, Option, Words
from onething.kernel import codes
from onething.registry.queries import Known

OPTIONS = tuple(Option(value, Words(value, value)) for value in ("a", "b", "c"))


def question(kind: str, *, required: bool = True, **more: Any) -> forms.Question:
    label = Words("栏目", "the field")
    return forms.Question(
        field=FieldDef("f", label, kind, options=OPTIONS if "choice" in kind else ()), required=required, **more
    )


def read(kind: str, posted: str, **more: Any) -> Any:
    reading = forms.read([question(kind, **more)], QueryDict(posted))
    return next(iter(reading.slips.values()), None) or reading.answers.get("f")


@pytest.mark.parametrize(
    ("kind", "posted", "answer"),
    [
        ("text", "q_f= 何青松 ", "何青松"),
        ("boolean", "q_f=yes", True),
        ("boolean", "q_f=no", False),
        ("choice", "q_f=b", "b"),
        ("choices", "q_f=a&q_f=c", ["a", "c"]),
        ("choices", "q_f=none", []),
        ("integer", "q_f=1 200", 1200),
        ("integer", "q_f=２４", 24),
        ("money", "q_f=4500.5", 450_050),
        ("money", "q_f=4,500 元", 450_000),
        ("date", "q_f_y=2026&q_f_m=9&q_f_d=1", "2026-09-01"),
        ("date", "q_f_y=２０２６&q_f_m=0９&q_f_d=01", "2026-09-01"),
        ("phone", "q_f=199 0000 0001", "19900000001"),
        ("bank_card", "q_f=6230 9900 0000 0000 011", "6230990000000000011"),
        ("id_number", "q_f=990123199905210150", "990123199905210150"),
        ("region", "q_f=990101", "990101000000"),
    ],
)
def test_what_people_type_is_understood(kind: str, posted: str, answer: Any) -> None:
    assert read(kind, posted) == answer


@pytest.mark.parametrize(
    ("kind", "posted", "slip"),
    [
        ("text", "", slips.AnswerMissing),
        ("boolean", "q_f=maybe", slips.NotAChoice),
        ("choice", "q_f=z", slips.NotAChoice),
        ("choices", "q_f=a&q_f=z", slips.NotAChoice),
        ("integer", "q_f=many", slips.NotANumber),
        ("integer", "q_f=" + "9" * 40, slips.NotANumber),
        ("money", "q_f=NaN", slips.NotAnAmount),
        ("money", "q_f=1.005", slips.NotAnAmount),
        ("money", "q_f=-1", slips.NotAnAmount),
        ("date", "q_f_y=2026&q_f_m=9", slips.DateIncomplete),
        ("date", "q_f_y=2026&q_f_m=2&q_f_d=30", slips.DateImpossible),
        ("date", "q_f_y=0&q_f_m=1&q_f_d=1", slips.DateImpossible),
        ("phone", "q_f=12345", slips.PhoneWrong),
        ("bank_card", "q_f=62", slips.BankCardWrong),
        ("id_number", "q_f=990123199905210151", codes.CheckDigitWrong),
        ("id_number", "q_f=99012319990521", codes.IdNumberLengthWrong),
        ("region", "q_f=here", codes.RegionCodeWrong),
        ("text", "q_f=" + "长" * 201, slips.TextTooLong),
    ],
)
def test_a_slip_is_named(kind: str, posted: str, slip: type) -> None:
    assert isinstance(read(kind, posted), slip)


def test_what_was_typed_stays_in_the_boxes() -> None:
    reading = forms.read([question("date")], QueryDict("q_f_y=2026&q_f_m=13&q_f_d=1"))
    assert reading.questions[0].date_boxes == {"y": "2026", "m": "13", "d": "1"}


def test_putting_away_demands_nothing() -> None:
    reading = forms.read([question("text")], QueryDict(""), all_required=False)
    assert not reading.slips


def test_a_known_fact_left_alone_is_no_answer_and_a_correction_is() -> None:
    known = Known("a", "police", factories.NOW, 1)
    assert forms.read([question("choice", known=known, value="a")], QueryDict("")).answers == {}
    changed = forms.read([question("choice", known=known, value="a")], QueryDict("q_f=b"))
    assert changed.answers == {"f": "b"}


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_goes_through_the_boxes_and_back(day: date) -> None:
    shown = question("date", value=day.isoformat()).date_boxes
    posted = "&".join(f"q_f_{part}={text}" for part, text in shown.items())
    assert read("date", posted) == day.isoformat()


@given(st.integers(min_value=0, max_value=10**12))
def test_every_amount_goes_through_the_box_and_back(fen: int) -> None:
    assert read("money", f"q_f={question('money', value=fen).text}") == fen


@given(st.text(max_size=60), st.sampled_from(["integer", "money", "phone", "bank_card", "id_number", "region", "date"]))
def test_nothing_that_can_be_typed_breaks_the_reading(text: str, kind: str) -> None:
    posted = QueryDict(mutable=True)
    for name in ("q_f", "q_f_y", "q_f_m", "q_f_d"):
        posted[name] = text
    reading = forms.read([question(kind)], posted)
    assert reading.slips or "f" in reading.answers


@pytest.fixture
def sheet(db: None) -> forms.Sheet:
    factories.regions()
    factories.connect()
    somebody = factories.person()
    draft = services.start_draft(
        person_id=somebody.pk, release=factories.release(), actor=factories.citizen(somebody), now=factories.NOW
    )
    return forms.sheet_of(draft, on=factories.NOW.date())


def _answered(sheet: forms.Sheet, **answers: Any) -> forms.Sheet:
    actor = factories.citizen(factories.Person.objects.get(pk=sheet.draft.person_id))
    services.save_answers(draft=sheet.draft, answers=answers, actor=actor, now=factories.NOW)
    return forms.sheet_of(queries.draft_for(actor, sheet.draft.pk), on=factories.NOW.date())


def test_questions_that_decide_come_first_and_end(sheet: forms.Sheet) -> None:
    given_answers, asked = factories.answers(), []
    while (question := sheet.next_question()) is not None:
        assert question.field.id not in asked, "asked twice"
        asked.append(question.field.id)
        sheet = _answered(sheet, **{question.field.id: given_answers[question.field.id]})
    assert set(asked) <= deciding(sheet.draft.release_id)
    assert not sheet.plan["open_questions"]


def test_the_question_that_decides_most_comes_first(sheet: forms.Sheet) -> None:
    opened = [q["field"] for q in sheet.plan["open_questions"]]
    order = list(sheet.compiled.catalogue.fields)
    assert sheet.undecided[: len(opened)] == [name for name in opened if name not in sheet.known]
    assert opened != sorted(opened, key=order.index), "the dictionary's order would prove nothing"


def test_where_an_answer_is_found_stands_at_its_question(sheet: forms.Sheet) -> None:
    question = sheet.question("hukou_cancelled")
    shown = render_to_string("cases/field.html", {"q": question})
    assert "户口簿上您自己那一页" in shown
    assert f"{question.id}_find" in question.described_by
    assert f'id="{question.id}_find"' in shown


def test_passing_a_question_over_leads_to_the_next_one(sheet: forms.Sheet) -> None:
    first = sheet.next_question()
    assert first is not None
    second = sheet.next_question(after=first.field.id)
    assert second is not None
    assert sheet.undecided.index(second.field.id) == 1
    assert sheet.next_question(after="no_such_field") == first


def test_every_field_of_the_form_stands_on_exactly_one_page(sheet: forms.Sheet) -> None:
    sheet = _answered(sheet, **factories.answers())
    on_pages = [name for step in sheet.steps for name in step]
    alone = deciding(sheet.draft.release_id)
    known = {question.field.id for question in sheet.known_questions}
    asked = {f["id"] for f in sheet.plan["form"]["fields"] if f["ask"] != "derived"}
    assert len(on_pages) == len(set(on_pages))
    assert set(on_pages) | known | (asked & alone) == asked
    assert max(map(len, sheet.steps)) <= TOGETHER
    assert not sheet.missing


def test_one_goes_on_where_one_left_off(sheet: forms.Sheet) -> None:
    sheet = _answered(sheet, **factories.answers())
    last = next(q.field.id for q in reversed(sheet.step(len(sheet.steps))) if q.required)
    assert sheet.first_open_step == 0
    assert _answered(sheet, **{last: None}).first_open_step == len(sheet.steps)


def test_choices_stand_in_the_order_of_the_pack(sheet: forms.Sheet) -> None:
    choices = [choice.value for choice in sheet.question("education_level").choices]
    assert choices == ["junior_middle", "senior_middle", "college", "bachelor", "postgraduate"]


def test_a_question_says_who_reads_the_answer_and_by_which_law(sheet: forms.Sheet) -> None:
    sheet = _answered(sheet, **factories.answers())
    uses = sheet.question("bank_account").uses
    assert uses
    assert all(use.because["zh"] and use.department["zh"] and use.source.startswith("《") for use in uses)
