"""What `miro_diagram_write` takes."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from ...catalogue.connectors import StrokeCap
from ...catalogue.operation import ABSENT, Body
from ...catalogue.shapes import BasicShape
from ...catalogue.shared import OnBoard, Position
from ...catalogue.types import HexColour, Id, Number

NEAREST = {
    "flow_chart_process": "rectangle",
    "flow_chart_decision": "rhombus",
    "flow_chart_terminator": "round_rectangle",
    "flow_chart_magnetic_disk": "can",
    "flow_chart_online_storage": "can",
    "flow_chart_magnetic_drum": "can",
    "flow_chart_input_output": "parallelogram",
    "flow_chart_manual_input": "parallelogram",
    "flow_chart_manual_operation": "trapezoid",
    "flow_chart_preparation": "hexagon",
    "flow_chart_connector": "circle",
    "flow_chart_offpage_connector": "pentagon",
    "flow_chart_merge": "triangle",
    "flow_chart_delay": "round_rectangle",
    "flow_chart_display": "hexagon",
    "flow_chart_document": "rectangle",
    "flow_chart_multidocuments": "rectangle",
    "flow_chart_internal_storage": "flow_chart_predefined_process",
    "flow_chart_predefined_process_2": "flow_chart_predefined_process",
}
"""Flowchart shapes, which can't be made in bulk, and the shapes they are drawn as."""

MOST_NODES, MOST_EDGES = 1_000, 2_000

DirectionName = Literal["down", "up", "right", "left"]
LayoutGiven = Literal["flow", "columns", "rows", "tree", "stacked"]
Side = Literal["top", "right", "bottom", "left"]
Count = Annotated[int, Field(ge=0, le=1_000)]
Key = Annotated[str, Field(min_length=1, max_length=200, examples=["start"])]


def _one_of(*names: str) -> AfterValidator:
    """Says what may be given in the error instead of the schema: the model pays for that in every conversation."""

    def check(value: str) -> str:
        if value not in names:
            raise ValueError(f"is one of {', '.join(names)}")
        return value

    return AfterValidator(check)


Shape = Annotated[str, _one_of(*get_args(BasicShape), *NEAREST), Field(examples=["rhombus"])]
EndCap = Annotated[str, _one_of(*get_args(StrokeCap)), Field(examples=["stealth"])]


class NodeGiven(Body):
    key: Key
    text: str = ABSENT
    shape: Shape = ABSENT
    group: Key = ABSENT
    link: str = ABSENT
    fill: HexColour = ABSENT
    border: HexColour = ABSENT
    colour: HexColour = ABSENT
    size: Key = ABSENT
    rank: Count = ABSENT
    column: Count = ABSENT


class EdgeGiven(Body):
    key: Key = ABSENT
    start: Key
    end: Key
    text: str = ABSENT
    start_text: str = ABSENT
    end_text: str = ABSENT
    start_cap: EndCap = ABSENT
    end_cap: EndCap = ABSENT
    line: Literal["normal", "dashed", "dotted"] = ABSENT
    width: Annotated[Number, Field(ge=1, le=24)] = ABSENT
    colour: HexColour = ABSENT
    visible: bool = ABSENT
    start_side: Side = ABSENT
    end_side: Side = ABSENT
    caption_at: Annotated[Number, Field(ge=5, le=95)] = ABSENT


class GroupGiven(Body):
    key: Key
    title: str = ABSENT
    parent: Key = ABSENT
    direction: DirectionName = ABSENT
    fill: HexColour = ABSENT
    border: HexColour = ABSENT


class WriteDiagram(OnBoard):
    mermaid: Annotated[str, Field(min_length=1, examples=["flowchart LR\n a[Order] --> b{Paid?}"])] = ABSENT
    nodes: Annotated[list[NodeGiven], Field(max_length=MOST_NODES)] = ABSENT
    edges: Annotated[list[EdgeGiven], Field(max_length=MOST_EDGES)] = ABSENT
    groups: Annotated[list[GroupGiven], Field(max_length=MOST_NODES)] = ABSENT
    direction: DirectionName = ABSENT
    layout: LayoutGiven = ABSENT
    relayout: bool = ABSENT
    title: str = ABSENT
    diagram_id: Id = ABSENT
    frame_id: Id = ABSENT
    position: Position = ABSENT
    near: Annotated[list[Id], Field(max_length=100)] = ABSENT
    framed: bool = ABSENT
    as_mind_map: bool = ABSENT
    dry_run: bool = ABSENT


def has(given: Body, name: str) -> bool:
    """Whether an optional argument was given."""
    return name in given.model_fields_set
