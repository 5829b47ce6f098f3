"""
A plan as BPMN 2.0, with its diagram, for whoever draws or runs processes with other tools.

The applicant submits once (user task); what waits for nobody starts side by side (parallel gateways); each matter is
a service task behind a join of all it waits for; outside events are message catch events; visits and later online acts
are user tasks; all branches join before the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as Xml

from onething.engine.bundle.model import Words
from onething.engine.bundle.plan import Plan

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
SHAPES = "http://www.omg.org/spec/DD/20100524/DC"
LINES = "http://www.omg.org/spec/DD/20100524/DI"
TARGET = "https://onething.invalid/bpmn"

SUBMIT = Words("一次提交", "Submit once")
_SIZES = {"startEvent": (36, 36), "endEvent": (36, 36), "parallelGateway": (50, 50), "intermediateCatchEvent": (36, 36)}
_TASK_SIZE = (140, 60)
_COLUMN, _ROW = 200, 100

for _prefix, _address in (("bpmn", BPMN), ("bpmndi", DIAGRAM), ("dc", SHAPES), ("di", LINES)):
    Xml.register_namespace(_prefix, _address)


@dataclass(slots=True, eq=False)
class _Node:
    id: str
    kind: str
    title: str
    before: list[_Node] = field(default_factory=list)
    after: list[_Node] = field(default_factory=list)
    message: str = ""
    column: int = 0
    row: int = 0

    def then(self, other: _Node) -> None:
        self.after.append(other)
        other.before.append(self)


def to_bpmn(plan: Plan, language: str = "zh") -> str:
    """Write the plan as one executable BPMN 2.0 process with its diagram, titles in `language`."""
    nodes = _with_gateways(_nodes_of(plan, language))
    _place(nodes)
    root = Xml.Element(_tag(BPMN, "definitions"), {"id": "one_thing", "targetNamespace": TARGET})
    for node in nodes:
        if node.message:
            Xml.SubElement(root, _tag(BPMN, "message"), {"id": node.message, "name": node.message})
    title = {"id": "process", "name": plan.title.in_(language), "isExecutable": "true"}
    process = Xml.SubElement(root, _tag(BPMN, "process"), title)
    for node in nodes:
        _write_node(process, node)
    for first, then in _flows(nodes):
        Xml.SubElement(process, _tag(BPMN, "sequenceFlow"), _flow(first, then))
    _write_diagram(root, nodes)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _nodes_of(plan: Plan, language: str) -> list[_Node]:
    """What is to be done, and what waits for what; gateways come later."""
    start, submit = _Node("start", "startEvent", ""), _Node("submit", "userTask", SUBMIT.in_(language))
    start.then(submit)
    matters = {one.id: _Node(f"matter_{one.id}", "serviceTask", one.title.in_(language)) for one in plan.matters}
    events = [_event(event.id, event.title.in_(language)) for event in plan.external]
    for event, node in zip(plan.external, events, strict=True):
        for waiting in event.needed_by:
            if matters[waiting.matter] not in node.after:
                node.then(matters[waiting.matter])
    for line in plan.matters:
        for name in line.needs:
            matters[name].then(matters[line.id])
    acts = list(_acts(plan, matters, language))
    for node in (*events, *matters.values(), *acts):
        if not node.before:
            submit.then(node)
    return [start, submit, *events, *matters.values(), *acts, *_end(submit, [*events, *matters.values(), *acts])]


def _event(name: str, title: str) -> _Node:
    return _Node(f"event_{name}", "intermediateCatchEvent", title, message=f"message_{name}")


def _acts(plan: Plan, matters: dict[str, _Node], language: str) -> Iterator[_Node]:
    for visit in plan.visits:
        yield _Node(f"visit_{visit.station}", "userTask", visit.title.in_(language))
    for act in plan.online:
        node = _Node(f"act_{act.matter}_{act.id}", "userTask", act.title.in_(language))
        matters[act.matter].then(node)
        yield node


def _end(submit: _Node, nodes: list[_Node]) -> list[_Node]:
    end = _Node("end", "endEvent", "")
    for node in [one for one in nodes if not one.after] or [submit]:
        node.then(end)
    return [end]


def _with_gateways(nodes: list[_Node]) -> list[_Node]:
    """Put a join before every node with several predecessors and a fork behind every one with several successors."""
    joins = [_join(node) for node in nodes if len(node.before) > 1]
    forks = [_fork(node) for node in nodes if len(node.after) > 1]
    return nodes + joins + forks


def _join(node: _Node) -> _Node:
    gateway = _Node(f"join_{node.id}", "parallelGateway", "", before=node.before, after=[node])
    for first in node.before:
        first.after[first.after.index(node)] = gateway
    node.before = [gateway]
    return gateway


def _fork(node: _Node) -> _Node:
    gateway = _Node(f"fork_{node.id}", "parallelGateway", "", before=[node], after=node.after)
    for then in node.after:
        then.before[then.before.index(node)] = gateway
    node.after = [gateway]
    return gateway


def _flows(nodes: list[_Node]) -> Iterator[tuple[_Node, _Node]]:
    return ((node, then) for node in nodes for then in node.after)


def _flow(first: _Node, then: _Node) -> dict[str, str]:
    return {"id": _flow_id(first, then), "sourceRef": first.id, "targetRef": then.id}


def _flow_id(first: _Node, then: _Node) -> str:
    return f"flow_{first.id}_{then.id}"


def _write_node(process: Xml.Element, node: _Node) -> None:
    element = Xml.SubElement(
        process, _tag(BPMN, node.kind), {"id": node.id} | ({"name": node.title} if node.title else {})
    )
    for first in node.before:
        Xml.SubElement(element, _tag(BPMN, "incoming")).text = _flow_id(first, node)
    for then in node.after:
        Xml.SubElement(element, _tag(BPMN, "outgoing")).text = _flow_id(node, then)
    if node.message:
        definition = {"id": f"on_{node.id}", "messageRef": node.message}
        Xml.SubElement(element, _tag(BPMN, "messageEventDefinition"), definition)


def _place(nodes: list[_Node]) -> None:
    """Column by how much lies before a node, row by order within the column."""
    waiting = {id(node): len(node.before) for node in nodes}
    ready = [node for node in nodes if not node.before]
    filled: dict[int, int] = {}
    for node in ready:  # grows while it is walked
        node.row = filled.setdefault(node.column, 0)
        filled[node.column] += 1
        for then in node.after:
            then.column = max(then.column, node.column + 1)
            waiting[id(then)] -= 1
            if not waiting[id(then)]:
                ready.append(then)


def _write_diagram(root: Xml.Element, nodes: list[_Node]) -> None:
    diagram = Xml.SubElement(root, _tag(DIAGRAM, "BPMNDiagram"), {"id": "diagram"})
    plane = Xml.SubElement(diagram, _tag(DIAGRAM, "BPMNPlane"), {"id": "plane", "bpmnElement": "process"})
    for node in nodes:
        shape = {"id": f"shape_{node.id}", "bpmnElement": node.id}
        width, height = _size(node)
        bounds = {"x": node.column * _COLUMN, "y": node.row * _ROW - height // 2, "width": width, "height": height}
        element = Xml.SubElement(plane, _tag(DIAGRAM, "BPMNShape"), shape)
        Xml.SubElement(element, _tag(SHAPES, "Bounds"), {key: str(value) for key, value in bounds.items()})
    for first, then in _flows(nodes):
        _write_line(plane, first, then)


def _write_line(plane: Xml.Element, first: _Node, then: _Node) -> None:
    flow = _flow_id(first, then)
    line = Xml.SubElement(plane, _tag(DIAGRAM, "BPMNEdge"), {"id": f"line_{flow}", "bpmnElement": flow})
    ends = ((first.column * _COLUMN + _size(first)[0], first.row), (then.column * _COLUMN, then.row))
    for x, row in ends:
        Xml.SubElement(line, _tag(LINES, "waypoint"), {"x": str(x), "y": str(row * _ROW)})


def _size(node: _Node) -> tuple[int, int]:
    return _SIZES.get(node.kind, _TASK_SIZE)


def _tag(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"
