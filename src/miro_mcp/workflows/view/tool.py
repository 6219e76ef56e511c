"""`miro_board_view`: a board, a frame, a region or chosen items as a picture, with what looks wrong in words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ...board.region import Region
from ...catalogue.operation import ABSENT, READ
from ...catalogue.shared import OnBoard
from ...catalogue.types import Id
from ...tools.fit import MOST_TOKENS, MaxTokens
from ..workflow import Workflow

APP_URI = "ui://miro-mcp/board.html"


class ViewBoard(OnBoard):
    one_of = (("frame_id", "region"), ("frame_id", "item_ids"), ("region", "item_ids"))

    frame_id: Id = ABSENT
    region: Region = ABSENT
    item_ids: Annotated[list[Id], Field(min_length=1, max_length=1000)] = ABSENT
    format: Literal["png", "svg"] = "png"
    max_px: Annotated[int, Field(ge=100, le=4096)] = ABSENT
    max_tokens: MaxTokens = MOST_TOKENS


VIEW = Workflow(
    name="miro_board_view",
    title="See a board",
    description=(
        "Picture of a board, frame, region or items, and findings: overlaps, cut text, lines through items, items out "
        "of their frame. svg has each item as a group with data-miro-id, in board coordinates. Look after drawing."
    ),
    arguments=ViewBoard,
    effect=READ,
    meta={"ui": {"resourceUri": APP_URI}, "ui/resourceUri": APP_URI},
)
