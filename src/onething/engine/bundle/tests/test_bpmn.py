"""The BPMN export is valid by the standard's schema; an independent engine runs it to its end, in the right order."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition

from onething.engine.bundle.bpmn import to_bpmn
from onething.engine.bundle.plan import Plan
from onething.engine.bundle.tests import build
from onething.engine.bundle.tests.build import act, asks, catalogue, matter, need, plan_of
from onething.engine.bundle.tests.test_properties import catalogues, plan_or_skip


def run(text: str, limit: int = 500) -> list[str]:
    """Run the process with SpiffWorkflow, sending every message it waits for; give the ids in the order they end."""
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_xml(etree.parse(BytesIO(text.encode())))
    workflow = BpmnWorkflow(parser.get_spec("process"))
    for _step in range(limit):
        workflow.do_engine_steps()
        if workflow.is_completed():
            done = workflow.get_tasks(state=TaskState.COMPLETED)
            return [task.task_spec.name for task in sorted(done, key=lambda task: task.last_state_change)]
        _go_on(workflow)
    pytest.fail("the process does not come to its end")


def _go_on(workflow: BpmnWorkflow) -> None:
    """One step of the outside world: a person acts, a department settles what it began, or a message comes."""
    if not _act(workflow):
        for event in workflow.waiting_events():
            workflow.catch(BpmnEvent(MessageEventDefinition(event.name), {}))


def _act(workflow: BpmnWorkflow) -> bool:
    started = workflow.get_tasks(state=TaskState.STARTED)
    ready = workflow.get_tasks(state=TaskState.READY)
    if started:
        started[0].complete()
    elif ready:
        ready[0].run()
    return bool(started or ready)


def things(plan: Plan) -> set[str]:
    return (
        {f"matter_{one.id}" for one in plan.matters}
        | {f"event_{one.id}" for one in plan.external}
        | {f"visit_{one.station}" for one in plan.visits}
        | {f"act_{one.matter}_{one.id}" for one in plan.online}
    )


def assert_runs(plan: Plan) -> None:
    ended = run(to_bpmn(plan))
    assert things(plan) <= set(ended)
    assert len(ended) == len(set(ended))
    place = {name: number for number, name in enumerate(ended)}
    assert all(place[f"matter_{edge.first}"] < place[f"matter_{edge.then}"] for edge in plan.edges)
    assert place["submit"] < min((place[one] for one in things(plan)), default=len(ended))


def test_a_plan_with_everything_runs_to_its_end() -> None:
    one = catalogue(
        matter("report", materials=[asks("p")]),
        matter("money", needs=[need("report"), need(event="remittance")]),
        matter("hukou", needs=[need("report")], acts=[act("page", "desk")]),
        matter("card", needs=[need("hukou"), need("money")], acts=[act("activate")]),
        matter("alone"),
        events=[build.event("remittance")],
        stations=[build.station("hall", "desk")],
    )
    assert_runs(plan_of(one))


def test_nothing_to_do_runs_too() -> None:
    one = catalogue(matter("a", applies=["x"]), fields=[build.field("x")])
    assert_runs(plan_of(one, {"x": False}))


def test_an_event_that_never_comes_holds_back_only_what_waits_for_it() -> None:
    one = catalogue(matter("money", needs=[need(event="pay")]), matter("free"), events=[build.event("pay")])
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(BytesIO(to_bpmn(plan_of(one)).encode())))
    workflow = BpmnWorkflow(parser.get_spec("process"))
    for _step in range(20):
        workflow.do_engine_steps()
        _act(workflow)
    done = {task.task_spec.name for task in workflow.get_tasks(state=TaskState.COMPLETED)}
    assert "matter_free" in done and "matter_money" not in done
    assert not workflow.is_completed()


@settings(max_examples=40, deadline=None)
@given(catalogues())
def test_every_plan_runs_to_its_end(one) -> None:
    assert_runs(plan_or_skip(one))
