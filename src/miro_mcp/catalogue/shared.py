"""Arguments that operations of several groups have in common."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, Arguments, Body, Count
from .types import BoardId, FilePath, Id, Number, PageSize1000, Unshown, Wanted, Whole

Font = Annotated[
    Literal[
        "arial",
        "abril_fatface",
        "bangers",
        "eb_garamond",
        "georgia",
        "graduate",
        "gravitas_one",
        "fredoka_one",
        "nixie_one",
        "open_sans",
        "permanent_marker",
        "pt_sans",
        "pt_sans_narrow",
        "pt_serif",
        "rammetto_one",
        "roboto",
        "roboto_condensed",
        "roboto_slab",
        "caveat",
        "times_new_roman",
        "titan_one",
        "lemon_tuesday",
        "roboto_mono",
        "noto_sans",
        "plex_sans",
        "plex_serif",
        "plex_mono",
        "spoof",
        "tiempos_text",
        "formular",
    ],
    Unshown(),
]
BorderStyle = Literal["normal", "dotted", "dashed"]
TextAlign = Literal["left", "right", "center"]
TextAlignVertical = Literal["top", "middle", "bottom"]
ItemType = Literal[
    "text",
    "shape",
    "sticky_note",
    "image",
    "document",
    "card",
    "app_card",
    "preview",
    "frame",
    "embed",
    "doc_format",
    "data_table_format",
]

TEAM_BOARDS = Count("boards", "get-boards", {"team_id": "team_id"})
PROJECT_BOARDS = Count("boards in it", "get-boards", {"project_id": "project_id"})
GROUP_MEMBERS = Count("members of the user group", "enterprise-get-group-members")
ITEMS_INSIDE = Count(
    "items inside it, which stay on the board", "get-items-within-frame", {"parent_item_id": "item_id"}
)


class OnBoard(Arguments):
    board_id: BoardId


class OnItem(OnBoard):
    item_id: Id


class InOrganization(Arguments):
    org_id: Id


class InTeam(InOrganization):
    team_id: Id


class ScimList(Arguments):
    attributes: Wanted = ABSENT
    filter: Wanted = ABSENT
    startIndex: Annotated[Whole, Field(ge=1)] = ABSENT
    count: PageSize1000 = ABSENT
    sortBy: Wanted = ABSENT
    sortOrder: Literal["ascending", "descending"] = ABSENT


class ScimResource(Arguments):
    id: Id
    attributes: Wanted = ABSENT


class Position(Body):
    """Where an item's centre is: on the board, or from the top left corner of its parent frame."""

    x: Number = ABSENT
    y: Number = ABSENT
    origin: Literal["center"] = ABSENT


class Parent(Body):
    """The frame an item is in."""

    id: Id = ABSENT


class Geometry(Body):
    """Size in board units, rotation in degrees clockwise."""

    height: Number = ABSENT
    rotation: Number = ABSENT
    width: Number = ABSENT


class FixedRatioGeometry(Geometry):
    """Size of an item that keeps its proportions: one side follows from the other."""

    one_of = (("width", "height"),)


class FixedRatioNoRotationGeometry(Body):
    """Size of an item that keeps its proportions and can't be turned."""

    one_of = (("width", "height"),)

    height: Number = ABSENT
    width: Number = ABSENT


class UrlData(Body):
    """A file that Miro fetches from the web."""

    title: str = ABSENT
    url: str


class UrlDataChanges(Body):
    title: str = ABSENT
    url: str = ABSENT


class ReplaceUrl(OnItem):
    data: UrlDataChanges = ABSENT
    position: Position = ABSENT
    geometry: FixedRatioGeometry = ABSENT
    parent: Parent = ABSENT


class UploadData(Body):
    """What goes along with an uploaded file."""

    title: str = ABSENT
    altText: str = ABSENT
    position: Position = ABSENT
    geometry: FixedRatioGeometry = ABSENT
    parent: Parent = ABSENT


class Upload(OnBoard):
    data: UploadData = ABSENT
    resource: FilePath


class ReplaceFile(OnItem):
    data: UploadData = ABSENT
    resource: FilePath
