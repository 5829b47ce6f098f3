"""
The peer: SpiffWorkflow on the BPMN that the engine exports for the same plan, one process, same PostgreSQL.

With every message the workflow is read FOR UPDATE, put together again, moved on and written back, in one transaction
and in the library's own JSON. Measured twice: as its documentation does it (`serialize_json`: the process definition
travels with the state), and lean, where the definition is kept in memory and only the state travels. No journal, no
jobs, no clocks, no sealing: less than the other two do.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import psycopg
from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import DEFAULT_CONFIG, BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default import BpmnWorkflowConverter
from SpiffWorkflow.bpmn.serializer.default.task_spec import BpmnTaskSpecConverter
from SpiffWorkflow.bpmn.specs.defaults import ServiceTask
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition

from onething.cases.tests import factories
from onething.engine.bundle import Plan
from onething.engine.bundle.bpmn import to_bpmn
from spine_variants import town
from spine_variants.clockwork import Stopwatch

_TABLE = "CREATE TABLE IF NOT EXISTS peer_workflow (id uuid PRIMARY KEY, state text NOT NULL)"


def _lean(spec: Any) -> type[BpmnWorkflowConverter]:
    """Make a converter of workflows that leaves their definition at home."""

    class StateOnly(BpmnWorkflowConverter):  # type: ignore[misc]  # the library is untyped
        def to_dict(self, workflow: BpmnWorkflow) -> dict[str, Any]:
            state = super(BpmnWorkflowConverter, self).to_dict(workflow)
            return {**state, "bpmn_events": self.registry.convert(workflow.bpmn_events)}

        def from_dict(self, state: dict[str, Any]) -> BpmnWorkflow:
            workflow = self.target_class(spec, {}, deserializing=True)
            workflow.tasks = self.mapping_from_dict(state["tasks"], UUID, workflow=workflow)
            workflow.task_tree = workflow.tasks[UUID(state["root"])]
            self.set_default_attributes(workflow, state)
            workflow.bpmn_events = self.registry.restore(state.pop("bpmn_events"))
            return workflow

    return StateOnly


class Peer:
    """Carries retirements through SpiffWorkflow."""

    def __init__(self, url: str, plan: Plan, *, is_lean: bool) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.parse(BytesIO(to_bpmn(plan).encode())))
        self.spec = parser.get_spec("process")
        chosen = {ServiceTask: BpmnTaskSpecConverter} | ({BpmnWorkflow: _lean(self.spec)} if is_lean else {})
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, **chosen}))
        self.connection = psycopg.connect(url, autocommit=True)
        self.connection.execute(_TABLE)

    def carry(self, order: list[str]) -> Stopwatch:
        """Submit, then accept and approve each matter in this order; time the 27 messages."""
        watch, workflow_id = Stopwatch(), uuid4()
        with watch.runs("messages"):
            self._submit(workflow_id)
        self._change(workflow_id, self._event)
        for matter in order:
            with watch.runs("messages"):
                self._change(workflow_id, lambda workflow: self._accept(workflow, matter))  # noqa: B023  # used at once
            with watch.runs("messages"):
                self._change(workflow_id, lambda workflow: self._approve(workflow, matter))  # noqa: B023
        self._change(workflow_id, self._require_done)
        return watch

    def _submit(self, workflow_id: UUID) -> None:
        workflow = BpmnWorkflow(self.spec)
        workflow.do_engine_steps()
        submit = self._task(workflow, "submit")
        submit.data.update(factories.answers())  # what the person filled in goes with the workflow, as in the others
        submit.run()
        self._go_on(workflow)
        written = self.serializer.serialize_json(workflow)
        with self.connection.transaction():
            self.connection.execute("INSERT INTO peer_workflow VALUES (%s, %s)", [workflow_id, written])

    def _change(self, workflow_id: UUID, change: Any) -> None:
        with self.connection.transaction():
            row = self.connection.execute(
                "SELECT state FROM peer_workflow WHERE id = %s FOR UPDATE", [workflow_id]
            ).fetchone()
            assert row
            workflow = self.serializer.deserialize_json(row[0])
            change(workflow)
            written = self.serializer.serialize_json(workflow)
            self.connection.execute(
                "UPDATE peer_workflow SET state = %s WHERE id = %s",
                [written, workflow_id],
            )

    def _event(self, workflow: BpmnWorkflow) -> None:
        for event in workflow.waiting_events():
            workflow.catch(BpmnEvent(MessageEventDefinition(event.name), {}))
        self._go_on(workflow)

    def _require_done(self, workflow: BpmnWorkflow) -> None:
        matters = [task for task in workflow.get_tasks() if task.task_spec.name.startswith("matter_")]
        assert len(matters) == 13 and all(task.state == TaskState.COMPLETED for task in matters)

    def _accept(self, workflow: BpmnWorkflow, matter: str) -> None:
        self._task(workflow, f"matter_{matter}").data["accepted"] = town.REPLIED.isoformat()

    def _approve(self, workflow: BpmnWorkflow, matter: str) -> None:
        task = self._task(workflow, f"matter_{matter}")
        task.data[matter] = town.result_of(matter)
        task.complete()
        self._go_on(workflow)

    def _go_on(self, workflow: BpmnWorkflow) -> None:
        """Run what needs nobody, and set the matters going that are ready now."""
        workflow.do_engine_steps()
        for task in workflow.get_tasks(state=TaskState.READY):
            if task.task_spec.name.startswith("matter_"):
                task.run()

    def _task(self, workflow: BpmnWorkflow, name: str) -> Any:
        return next(t for t in workflow.get_tasks(state=TaskState.NOT_FINISHED_MASK) if t.task_spec.name == name)
