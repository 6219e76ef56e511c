"""Bulk creation."""

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from .app_cards import AppCardData, AppCardStyle
from .cards import CardData, CardStyle
from .embeds import EmbedUrlData
from .frames import FrameData, FrameGeometry, FrameStyle
from .operation import ABSENT, WRITE, Body, Operation, OperationGroup
from .schema import schema_of
from .shapes import BasicShape, ShapeStyle
from .shared import FixedRatioGeometry, Geometry, OnBoard, Parent, Position, UploadData, UrlData
from .sticky_notes import StickyNoteData, StickyNoteStyle
from .texts import TextData, TextGeometry, TextStyle
from .types import FilePath, Number


class BulkItem(Body):
    position: Position = ABSENT
    parent: Parent = ABSENT


class OwnedAppCardData(AppCardData):
    owned: bool = ABSENT


class BulkAppCard(BulkItem):
    type: Literal["app_card"]
    data: OwnedAppCardData = ABSENT
    style: AppCardStyle = ABSENT
    geometry: Geometry = ABSENT


class BulkCard(BulkItem):
    type: Literal["card"]
    data: CardData = ABSENT
    style: CardStyle = ABSENT
    geometry: Geometry = ABSENT


class BulkDocument(BulkItem):
    type: Literal["document"]
    data: UrlData = ABSENT
    geometry: FixedRatioGeometry = ABSENT


class BulkEmbed(BulkItem):
    type: Literal["embed"]
    data: EmbedUrlData = ABSENT
    geometry: FixedRatioGeometry = ABSENT


class BulkFrameGeometry(FrameGeometry):
    rotation: Number = ABSENT


class BulkFrame(BulkItem):
    type: Literal["frame"]
    data: FrameData = ABSENT
    style: FrameStyle = ABSENT
    geometry: BulkFrameGeometry = ABSENT


class BulkImage(BulkItem):
    type: Literal["image"]
    data: UrlData = ABSENT
    geometry: FixedRatioGeometry = ABSENT


class BulkShapeData(Body):
    content: str = ABSENT
    shape: BasicShape = ABSENT


class BulkShape(BulkItem):
    type: Literal["shape"]
    data: BulkShapeData = ABSENT
    style: ShapeStyle = ABSENT
    geometry: Geometry = ABSENT


class BulkStickyNote(BulkItem):
    type: Literal["sticky_note"]
    data: StickyNoteData = ABSENT
    style: StickyNoteStyle = ABSENT
    geometry: FixedRatioGeometry = ABSENT


class BulkText(BulkItem):
    type: Literal["text"]
    data: TextData = ABSENT
    style: TextStyle = ABSENT
    geometry: TextGeometry = ABSENT


AnyBulkItem = Annotated[
    BulkAppCard | BulkCard | BulkDocument | BulkEmbed | BulkFrame | BulkImage | BulkShape | BulkStickyNote | BulkText,
    Field(discriminator="type"),
]


class CreateItems(OnBoard):
    items: Annotated[list[AnyBulkItem], Field(min_length=1, max_length=20)]


class FileItem(UploadData):
    type: Literal["image", "document"]


class CreateItemsFromFiles(OnBoard):
    data: Annotated[
        list[FileItem] | FilePath,
        WithJsonSchema({"type": "array", "items": schema_of(FileItem)}),
        Field(min_length=1, examples=[[{"type": "image", "title": "Plan", "position": {"x": 0, "y": 0}}]]),
    ]
    resources: Annotated[list[FilePath], Field(min_length=1, max_length=20)]


GROUP = OperationGroup(
    name="bulk",
    title="Bulk creation",
    toolset="default",
    operations=(
        Operation(
            id="create-items",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/items/bulk",
            arguments=CreateItems,
            summary="Create 1 to 20 items of any type at once, all or none",
            scopes=("boards:write",),
            level=2,
            per_item=True,
            risk=1,
            why="up to 20 items, all or none",
            has_body=True,
            body_is="items",
            answers="data",
        ),
        Operation(
            id="create-items-in-bulk-using-file-from-device",
            name="create_from_files",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/items/bulk",
            arguments=CreateItemsFromFiles,
            summary="Create up to 20 items from local files, all or none; data lists them (or a JSON file's path)",
            scopes=("boards:write",),
            level=2,
            per_item=True,
            risk=1,
            why="reads local files; up to 20 items",
            has_body=True,
            files=("data", "resources"),
            answers="data",
        ),
    ),
)
