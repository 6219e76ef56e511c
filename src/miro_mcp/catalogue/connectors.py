"""Connectors."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import BorderStyle, OnBoard, TextAlignVertical
from .types import FontSize, HexColour, Id, PageCursor, PageSizeFrom10, Percent, StrokeWidth

StrokeCap = Literal[
    "none",
    "stealth",
    "rounded_stealth",
    "diamond",
    "filled_diamond",
    "oval",
    "filled_oval",
    "arrow",
    "triangle",
    "filled_triangle",
    "erd_one",
    "erd_many",
    "erd_only_one",
    "erd_zero_or_one",
    "erd_one_or_many",
    "erd_zero_or_many",
]


class GetConnectors(OnBoard):
    limit: PageSizeFrom10 = ABSENT
    cursor: PageCursor = ABSENT


class GetConnector(OnBoard):
    connector_id: Id


class RelativeOffset(Body):
    x: Percent = ABSENT
    y: Percent = ABSENT


class _End(Body):
    """Where a line is attached: to a side, or to a point in percent of the item from its top left corner."""

    one_of = (("position", "snapTo"),)

    position: RelativeOffset = ABSENT
    snapTo: Literal["auto", "top", "right", "bottom", "left"] = ABSENT


class NewEnd(_End):
    id: Id


class ChangedEnd(_End):
    id: Id = ABSENT


class Caption(Body):
    content: Annotated[str, Field(max_length=200)]
    position: Percent = ABSENT
    textAlignVertical: TextAlignVertical = ABSENT


class ConnectorStyle(Body):
    color: HexColour = ABSENT
    endStrokeCap: StrokeCap = ABSENT
    fontSize: FontSize = ABSENT
    startStrokeCap: StrokeCap = ABSENT
    strokeColor: HexColour = ABSENT
    strokeStyle: BorderStyle = ABSENT
    strokeWidth: StrokeWidth = ABSENT
    textOrientation: Literal["horizontal", "aligned"] = ABSENT


class _Line(OnBoard):
    shape: Literal["straight", "elbowed", "curved"] = ABSENT
    captions: Annotated[list[Caption], Field(max_length=20)] = ABSENT
    style: ConnectorStyle = ABSENT

    @model_validator(mode="after")
    def _ends_differ(self) -> Self:
        start, end = (getattr(getattr(self, name), "id", None) for name in ("startItem", "endItem"))
        if start is not None and start == end:
            raise ValueError("startItem and endItem must be different items")
        return self


class CreateConnector(_Line):
    startItem: NewEnd
    endItem: NewEnd


class UpdateConnector(_Line):
    connector_id: Id
    startItem: ChangedEnd = ABSENT
    endItem: ChangedEnd = ABSENT


GROUP = OperationGroup(
    name="connectors",
    title="Connectors",
    toolset="default",
    operations=(
        Operation(
            id="get-connectors",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/connectors",
            arguments=GetConnectors,
            summary="Lines between items, with ends and captions",
            scopes=("boards:read",),
            level=2,
        ),
        Operation(
            id="get-connector",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/connectors/{connector_id}",
            arguments=GetConnector,
            summary="One connector",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="create-connector",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/connectors",
            arguments=CreateConnector,
            summary="Draw a line from one item to another (not to a frame)",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="update-connector",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/connectors/{connector_id}",
            arguments=UpdateConnector,
            summary="Change a connector's ends, captions, path or style",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-connector",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/connectors/{connector_id}",
            arguments=GetConnector,
            summary="Delete a connector; the items stay",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
