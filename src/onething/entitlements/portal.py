"""What am I entitled to? Question by question, for everybody; and the library of policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onething.engine.policies.deciding import Decision
from onething.engine.policies.facts import typed_fact
from onething.engine.policies.model import FactDef
from onething.entitlements import library, queries
from onething.entitlements.answers import Answer, Answers, read
from onething.entitlements.forms import NotUnderstood, SeveralPlaces, read_answer
from onething.entitlements.lines import result_of
from onething.entitlements.queries import InForce
from onething.kernel.access import Door
from onething.kernel.codes import NATION
from onething.plumbing import clock
from onething.plumbing.ui.doors import Request, page
from onething.registry import queries as registry

WHY = "what the law gives is no secret, and the answers are kept nowhere"


@dataclass(slots=True)
class _Visit:
    """One step of a conversation: what holds, what was answered, and what went wrong with the last answer."""

    holds: InForce
    answers: Answers
    asked: str = ""
    typed: str = ""
    wrong: NotUnderstood | None = None
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return self.holds.asking.decide(self.answers.facts, asked=self.answers.settled)

    @property
    def fact(self) -> FactDef | None:
        return self.holds.parsed.pack.facts.get(self.asked)


@page(public=WHY)
def check(request: Request) -> HttpResponse:
    """Ask the next question, or show what is due to somebody with these answers."""
    visit = _take_up(request)
    decisions = visit.decisions
    if not visit.asked:
        visit.asked = visit.holds.asking.next_question(decisions, asked=visit.answers.seen) or ""
    if visit.fact is None or "show" in request.POST:
        return _result(request, visit, decisions)
    left = sum(bool(one.missing) for one in decisions)
    context = {
        "visit": visit,
        "fact": visit.fact,
        "answers": visit.answers.written(),
        "decided": len(decisions) - left,
        "policies": len(decisions),
        "places": visit.wrong.places if isinstance(visit.wrong, SeveralPlaces) else [],
    }
    return render(request, "entitlements/question.html", context)


def _take_up(request: Request) -> _Visit:
    """Read the conversation out of the page, and the answer that was just given."""
    holds = queries.in_force(_region(request), on=clock.day_of(request.now))
    facts = holds.parsed.pack.facts
    if request.method != "POST":
        return _Visit(holds, _from_registry(request, holds))
    visit = _Visit(holds, read(request.POST.get("answers", ""), facts))
    asked = request.POST.get("question", "")
    if "again" in request.POST:
        visit.asked = request.POST["again"]
        visit.answers = visit.answers.without(visit.asked)
    elif asked in facts:
        _answer(request, visit, asked)
    return visit


def _answer(request: Request, visit: _Visit, asked: str) -> None:
    if "none" in request.POST:
        visit.answers = visit.answers.and_(Answer(asked, "not"))
    elif "skip" in request.POST:
        visit.answers = visit.answers.and_(Answer(asked, "later"))
    elif "answer" in request.POST:
        fact, visit.typed = visit.holds.parsed.pack.facts[asked], request.POST.get("value", "")
        try:
            value = read_answer(fact, visit.typed)
        except NotUnderstood as wrong:
            visit.asked, visit.wrong = asked, wrong
        else:
            visit.answers = visit.answers.and_(Answer(asked, "is", typed_fact(fact, value)))


def _from_registry(request: Request, holds: InForce) -> Answers:
    """Begin with what is known of somebody who has signed in; nobody else is known."""
    if request.actor.person_id is None:
        return Answers()
    known = queries.known_facts(request.actor.person_id, holds.parsed)
    return Answers(tuple(Answer(name, "is", value) for name, value in known.items()))


def _region(request: Request) -> str:
    if request.actor.door is Door.CITIZEN and request.actor.person_id is not None:
        return str(registry.person(request.actor, request.actor.person_id).region_id)
    return NATION


def _result(request: Request, visit: _Visit, decisions: tuple[Decision, ...]) -> HttpResponse:
    asking, pack = visit.holds.asking, visit.holds.parsed.pack
    given = asking.given(visit.answers.facts, visit.answers.settled)
    result = result_of(decisions, given, day=asking.program.day, pack=pack, askable=asking.questions)
    context = {
        "visit": visit,
        "result": result,
        "answers": visit.answers.written(),
        "day": asking.program.day,
        "impossible": all(not decision.trace for decision in decisions),
        "assumed": [fact.label for fact in pack.facts.values() if fact.question is None],
        "shown": [(pack.facts[one.question], one) for one in visit.answers.given],
        "places": registry.region_names(value for value in visit.answers.facts.values() if isinstance(value, str)),
        "marks": pack.marks,
    }
    return render(request, "entitlements/result.html", context)


@page(public=WHY, methods=("GET",))
def policies(request: Request) -> HttpResponse:
    """Show the library of policies, or those in which words stand."""
    holds, words = queries.in_force(_region(request), on=clock.day_of(request.now)), request.GET.get("q", "").strip()
    context = {"holds": holds, "found": library.look_for(holds, words), "words": words}
    return render(request, "entitlements/policies.html", context)


@page(public=WHY, methods=("GET",))
def policy(request: Request, policy_id: str) -> HttpResponse:
    """Show one policy: its words, its conditions, its figures over time, examples."""
    holds = queries.in_force(_region(request), on=clock.day_of(request.now))
    sheet = library.sheet_of(holds, policy_id)
    places = registry.region_names(figure.region for history in sheet.histories for figure in history.figures)
    return render(request, "entitlements/policy.html", {"holds": holds, "sheet": sheet, "places": places})
