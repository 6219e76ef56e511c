"""Shapes."""

from typing import Literal

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import BorderStyle, Font, Geometry, OnBoard, OnItem, Parent, Position, TextAlign, TextAlignVertical
from .types import FontSize, HexColour, Opacity, StrokeWidth

BasicShape = Literal[
    "rectangle",
    "round_rectangle",
    "circle",
    "triangle",
    "rhombus",
    "parallelogram",
    "trapezoid",
    "pentagon",
    "hexagon",
    "octagon",
    "wedge_round_rectangle_callout",
    "star",
    "flow_chart_predefined_process",
    "cloud",
    "cross",
    "can",
    "right_arrow",
    "left_arrow",
    "left_right_arrow",
    "left_brace",
    "right_brace",
]
FlowchartShape = Literal[
    "flow_chart_connector",
    "flow_chart_magnetic_disk",
    "flow_chart_input_output",
    "flow_chart_decision",
    "flow_chart_delay",
    "flow_chart_display",
    "flow_chart_document",
    "flow_chart_magnetic_drum",
    "flow_chart_internal_storage",
    "flow_chart_manual_input",
    "flow_chart_manual_operation",
    "flow_chart_merge",
    "flow_chart_multidocuments",
    "flow_chart_note_curly_left",
    "flow_chart_note_curly_right",
    "flow_chart_note_square",
    "flow_chart_offpage_connector",
    "flow_chart_or",
    "flow_chart_predefined_process_2",
    "flow_chart_preparation",
    "flow_chart_process",
    "flow_chart_online_storage",
    "flow_chart_summing_junction",
    "flow_chart_terminator",
]


class ShapeData(Body):
    """Text and form; `flow_chart_or` and `flow_chart_summing_junction` hold no text."""

    content: str = ABSENT
    shape: BasicShape | FlowchartShape = ABSENT


class ShapeStyle(Body):
    borderColor: HexColour = ABSENT
    borderOpacity: Opacity = ABSENT
    borderStyle: BorderStyle = ABSENT
    borderWidth: StrokeWidth = ABSENT
    color: HexColour = ABSENT
    fillColor: HexColour = ABSENT
    fillOpacity: Opacity = ABSENT
    fontFamily: Font = ABSENT
    fontSize: FontSize = ABSENT
    textAlign: TextAlign = ABSENT
    textAlignVertical: TextAlignVertical = ABSENT


class NewShapeStyle(ShapeStyle):
    textAlign: Literal["left", "right", "center", "unknown"] = ABSENT  # pyright: ignore[reportIncompatibleVariableOverride]
    textAlignVertical: Literal["top", "middle", "bottom", "unknown"] = ABSENT  # pyright: ignore[reportIncompatibleVariableOverride]


class CreateShape(OnBoard):
    data: ShapeData = ABSENT
    style: NewShapeStyle = ABSENT
    position: Position = ABSENT
    geometry: Geometry = ABSENT
    parent: Parent = ABSENT


class UpdateShape(OnItem):
    data: ShapeData = ABSENT
    style: ShapeStyle = ABSENT
    position: Position = ABSENT
    geometry: Geometry = ABSENT
    parent: Parent = ABSENT


GROUP = OperationGroup(
    name="shapes",
    title="Shapes",
    toolset="default",
    pooled_in="items",
    operations=(
        Operation(
            id="create-shape-item",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/shapes",
            arguments=CreateShape,
            summary="Add a shape, basic or flowchart, with text; unseen without style.fillColor or borderOpacity",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="get-shape-item",
            name="get_shape",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/shapes/{item_id}",
            arguments=OnItem,
            summary="One shape",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="update-shape-item",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/shapes/{item_id}",
            arguments=UpdateShape,
            summary="Change a shape",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-shape-item",
            name="delete_shape",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/shapes/{item_id}",
            arguments=OnItem,
            summary="Delete a shape",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
